"""Whether somebody confirmed this very answer, and the confirmation still holds."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from casework.complaints.gate import Gravity, confirmer, covers, digest
from casework.rights import Right
from store.tables import Case, DraftState, ReplyApproval, ReplyDraft


def gravity_of(case: Case) -> Gravity:
    """What the gate goes by, as the case stands now."""
    return Gravity.of(case.severity, claim=case.claim)


def right_to_confirm(case: Case) -> Right | None:
    """Whose confirmation an answer in this case takes; None where it may leave at once."""
    return confirmer(*gravity_of(case))


def holds(approval: ReplyApproval, case: Case) -> bool:
    """Whether the case has become no graver since."""
    return covers(Gravity.of(approval.severity, claim=approval.claim), gravity_of(case))


def approved(
    session: Session, case: Case, text: str, files: Iterable[str]
) -> tuple[ReplyDraft, ReplyApproval] | None:
    """The confirmed draft of exactly this text with these files, unused, if its confirmation holds."""
    found = session.exec(
        select(ReplyDraft, ReplyApproval)
        .join(ReplyApproval, col(ReplyApproval.draft_id) == col(ReplyDraft.id))
        .where(
            col(ReplyDraft.case_id) == case.id,
            col(ReplyDraft.state) == DraftState.CONFIRMED,
            col(ReplyApproval.sha256) == digest(text, files),
        )
    ).first()
    return found if found and holds(found[1], case) else None
