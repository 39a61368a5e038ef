"""An answer to a moderate or severe complaint waits until another person confirms it (S3 4.3.2 ⑵)."""

from datetime import datetime

from sqlmodel import Session, col, select

from casework.complaints.approvals import approved, right_to_confirm
from casework.complaints.gate import digest
from casework.complaints.telling import confirmers, tell_person, tell_roles
from casework.policy import Policy
from casework.replies import ReplyError, StoredFile, note_reply, reply
from casework.rights import NotAllowed, Right, demand, may
from store.adding import append, number
from store.history import DESK, log, tell
from store.tables import (
    Case,
    DraftState,
    Message,
    ReplyApproval,
    ReplyDraft,
    ReplyDraftFile,
    User,
)

LIVE = (DraftState.WAITING, DraftState.CONFIRMED)


def propose(
    session: Session,
    case: Case,
    user: User,
    text: str,
    now: datetime,
    *,
    files: tuple[StoredFile, ...] = (),
    sends: bool = True,
) -> ReplyDraft:
    """An answer that waits for confirmation. It replaces what waited before: who edits is its author now.

    A confirmation of the earlier words is void with them. `sends` is False for what is told by voice.
    """
    right = right_to_confirm(case)
    if right is None:
        raise NotAllowed("This answer needs nobody's confirmation; send it.")
    if not may(user.role, Right.ANSWER):
        demand(user, right)
    before = live_draft(session, case)
    if before is not None:
        _decide(before, DraftState.REPLACED, user, now)
    session.flush()  # one live draft at a time
    draft = ReplyDraft(
        case_id=case.id or 0,
        author_id=user.id or 0,
        text=text,
        sha256=digest(text, (file.sha256 for file in files)),
        sends=sends,
        state=DraftState.WAITING,
        created_at=now,
    )
    session.add(number(session, draft))
    for file in files:
        append(
            session,
            ReplyDraftFile,
            draft_id=draft.id or 0,
            name=file.name[:255],
            type=file.type[:150],
            size=file.size,
            sha256=file.sha256,
        )
    action = "draft_edited" if before else "draft_proposed"
    log(session, action, now, user_id=user.id, case_id=case.id, details={"draft": draft.id})
    tell_roles(
        session,
        confirmers(right),
        "reply_waits",
        f"draft:{draft.id}",
        case,
        now,
        but=user.id,
        author=user.name,
    )
    tell(session, DESK, now)
    return draft


def may_confirm(draft: ReplyDraft, case: Case, user: User) -> bool:
    """Whether the draft waits for this person: another one than its author, with the right."""
    right = right_to_confirm(case) or Right.CONFIRM_REPLY
    return draft.state == DraftState.WAITING and draft.author_id != user.id and may(user.role, right)


def confirm(
    session: Session, draft: ReplyDraft, case: Case, user: User, now: datetime, policy: Policy
) -> Message | None:
    """Another person than the author takes it for this very text, this severity and claim.

    What is sent leaves at once; what is told by voice waits for its author (None). Raises NotAllowed, and
    ReplyError when the customer cannot be reached.
    """
    _demand_confirmer(draft, case, user)
    session.add(
        ReplyApproval(
            draft_id=draft.id or 0,
            case_id=case.id or 0,
            author_id=draft.author_id,
            confirmer_id=user.id or 0,
            sha256=draft.sha256,
            severity=case.severity,
            claim=case.claim,
            at=now,
        )
    )
    session.flush()
    _decide(draft, DraftState.CONFIRMED, user, now)
    session.flush()
    log(session, "reply_confirmed", now, user_id=user.id, case_id=case.id, details={"draft": draft.id})
    tell(session, DESK, now)
    author = session.get_one(User, draft.author_id)
    if draft.sends:
        message = reply(session, case, author, draft.text, now, policy, files=files_of(session, draft))
        draft.state = DraftState.REPLIED  # also where the case has become so light that none was needed
        return message
    tell_person(session, author, "reply_confirmed", f"confirmed:{draft.id}", case, now, confirmer=user.name)
    return None


def send_back(
    session: Session, draft: ReplyDraft, case: Case, user: User, remark: str, now: datetime
) -> None:
    """The confirmer does not take it; the remark says what to change."""
    _demand_confirmer(draft, case, user)
    _decide(draft, DraftState.SENT_BACK, user, now)
    draft.remark = remark[:2000]
    log(session, "draft_sent_back", now, user_id=user.id, case_id=case.id, details={"draft": draft.id})
    author = session.get_one(User, draft.author_id)
    tell_person(session, author, "reply_sent_back", f"back:{draft.id}", case, now, confirmer=user.name)
    tell(session, DESK, now)


def withdraw(session: Session, draft: ReplyDraft, case: Case, user: User, now: datetime) -> None:
    """Its author takes the draft back."""
    if draft.state not in LIVE or draft.author_id != user.id:
        raise NotAllowed("Only its author may withdraw a draft that is not sent yet.")
    _decide(draft, DraftState.REPLACED, user, now)
    log(session, "draft_withdrawn", now, user_id=user.id, case_id=case.id, details={"draft": draft.id})
    tell(session, DESK, now)


def told_by_voice(session: Session, draft: ReplyDraft, case: Case, user: User, now: datetime) -> Message:
    """The confirmed words were told by voice or on paper. Raises ReplyError if they may not be."""
    if draft.sends or draft.state != DraftState.CONFIRMED:
        raise ReplyError("This answer is not confirmed.")
    demand(user, Right.ANSWER)
    return note_reply(session, case, user, draft.text, now, files=files_of(session, draft))


def live_draft(session: Session, case: Case) -> ReplyDraft | None:
    """The answer that waits in this case, if one does."""
    return session.exec(
        select(ReplyDraft).where(col(ReplyDraft.case_id) == case.id, col(ReplyDraft.state).in_(LIVE))
    ).first()


def is_void(session: Session, draft: ReplyDraft, case: Case) -> bool:
    """Whether it was confirmed, but the complaint has become graver since: it must be confirmed anew."""
    if draft.state != DraftState.CONFIRMED:
        return False
    files = (file.sha256 for file in files_of(session, draft))
    return approved(session, case, draft.text, files) is None


def files_of(session: Session, draft: ReplyDraft) -> tuple[StoredFile, ...]:
    """The files that go with it."""
    rows = session.exec(
        select(ReplyDraftFile)
        .where(col(ReplyDraftFile.draft_id) == draft.id)
        .order_by(col(ReplyDraftFile.id))
    )
    return tuple(StoredFile(row.name, row.type, row.size, row.sha256) for row in rows)


def _demand_confirmer(draft: ReplyDraft, case: Case, user: User) -> None:
    if draft.case_id != case.id or draft.state != DraftState.WAITING:
        raise NotAllowed("This answer no longer waits for a confirmation.")
    if draft.author_id == user.id:
        raise NotAllowed("Another person than its author has to confirm an answer.")
    demand(user, right_to_confirm(case) or Right.CONFIRM_REPLY)


def _decide(draft: ReplyDraft, state: DraftState, user: User, now: datetime) -> None:
    draft.state, draft.decided_by, draft.decided_at = state, user.id, now
