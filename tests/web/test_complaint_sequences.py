"""Whatever people do in whatever order: no reply passes the gate, no complaint closes unsettled (P21)."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.complaints.approvals import gravity_of
from casework.complaints.gate import Gravity, confirmer, covers, digest
from casework.rights import Right, may
from nlp.reading import Kind, Severity
from store.engine import open_engine, reading
from store.tables import (
    Case,
    CaseStatus,
    Channel,
    Complaint,
    ComplaintSignature,
    Direction,
    Message,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    ReplyApproval,
    ReplyDraft,
    Role,
    SignedMatter,
    User,
    case_number,
)
from tests.casework.complaints.shop import complain
from tests.web.conftest import Browser, Clock, on_both
from tests.web.filled import NOW
from tests.web.sequences import Desk, run

SALES, OTHER, HEAD, QUALITY, MANAGER = "王芳", "陈志远", "Grace Lin", "周工", "赵敏"
# Those who may are asked more often, or nothing would ever happen.
who = st.sampled_from([SALES, OTHER, HEAD, QUALITY, MANAGER])
writes = st.sampled_from([SALES, SALES, HEAD, MANAGER])
decides = st.sampled_from([MANAGER, MANAGER, HEAD, SALES])
words = st.sampled_from(["换货", "换货，周五到", "赔 5 万元"])


def machine(desk: Desk) -> type[RuleBasedStateMachine]:
    """The sequences on this desk; each has a case of its own."""

    class Sequences(RuleBasedStateMachine):
        @initialize(severity=st.sampled_from(Severity), claim=st.booleans())
        def opened(self, severity: Severity, claim: bool) -> None:
            desk.opens()
            self.case_id = complain(desk.engine, severity, claim=claim).id or 0
            self.judged = 0  # the newest message that was looked at

        @property
        def address(self) -> str:
            return f"/desk/cases/{case_number(self.case_id)}"

        @property
        def seen(self) -> str:
            """The newest message that the page would show."""
            with reading(desk.engine) as session:
                newest = select(Message.id).where(col(Message.case_id) == self.case_id)
                return str(session.exec(newest.order_by(col(Message.id).desc())).first())

        @property
        def draft(self) -> str:
            """The address of the draft that was written last, whatever became of it."""
            with reading(desk.engine) as session:
                return f"{self.address}/drafts/{newest_draft(session, self.case_id)}"

        @rule(name=writes, said=words, noted=st.booleans())
        def replies(self, name: str, said: str, noted: bool) -> None:
            note = {"only_note": "true"} if noted else {}
            desk.act(name, f"{self.address}/reply", text=said, seen=self.seen, **note)

        @rule(author=writes, name=decides, said=words, noted=st.booleans())
        def agree(self, author: str, name: str, said: str, noted: bool) -> None:
            self.replies(author, said, noted)
            self.confirms(name)

        @rule(noted=st.booleans())
        def agree_rightly(self, noted: bool) -> None:
            """Else hardly a claim is ever answered."""
            self.agree(SALES, MANAGER, "换货", noted)

        @rule(name=decides)
        def confirms(self, name: str) -> None:
            desk.act(name, f"{self.draft}/confirm", seen=self.seen)

        @rule(name=writes, said=words)
        def edits(self, name: str, said: str) -> None:
            desk.act(name, f"{self.draft}/edit", text=said)

        @rule(name=decides)
        def sends_back(self, name: str) -> None:
            desk.act(name, f"{self.draft}/back", remark="不行")

        @rule(name=writes)
        def withdraws(self, name: str) -> None:
            desk.act(name, f"{self.draft}/withdraw")

        @rule(name=writes)
        def tells(self, name: str) -> None:
            desk.act(name, f"{self.draft}/told")

        @rule(severity=st.sampled_from(Severity), claim=st.booleans())
        def customer_writes(self, severity: Severity, claim: bool) -> None:
            complain(desk.engine, severity, claim=claim, case=self.read())

        @rule(
            name=decides,
            kind=st.sampled_from([Kind.COMPLAINT, Kind.ORDER]),
            severity=st.sampled_from(Severity),
            claim=st.booleans(),
        )
        def corrects(self, name: str, kind: Kind, severity: Severity, claim: bool) -> None:
            before = self.read()
            claimed = {"claim": "true"} if claim else {}
            done = desk.act(
                name, f"{self.address}/correct", kind=kind.value, severity=severity.value, **claimed
            )
            if done and not covers(gravity_of(self.read()), gravity_of(before)):
                right = confirmer(*gravity_of(before)) or Right.CONFIRM_REPLY
                with reading(desk.engine) as session:
                    role = session.exec(select(User.role).where(User.name == name)).one()
                assert may(Role(role), right)

        @rule(name=who, satisfied=st.sampled_from(["yes", "no", ""]))
        def records_effect(self, name: str, satisfied: str) -> None:
            desk.act(name, f"{self.address}/complaint", effect="好了", satisfied=satisfied)

        @rule(name=decides, reason=st.sampled_from(["", "合同外"]))
        def settles(self, name: str, reason: str) -> None:
            desk.act(name, f"{self.address}/settle", reason=reason)

        @rule()
        def ends_well(self) -> None:
            self.records_effect(QUALITY, "yes")
            self.settles(HEAD, "")

        @rule(name=decides)
        def closes(self, name: str) -> None:
            desk.act(name, f"{self.address}/close")

        @rule(name=who)
        def reopens(self, name: str) -> None:
            desk.act(name, f"{self.address}/reopen")

        @rule(name=who)
        def looks(self, name: str) -> None:
            assert desk.clients[name].get(self.address).status_code in (200, 403)

        @rule(said=words, with_approval=st.booleans())
        def forges_a_reply(self, said: str, with_approval: bool) -> None:
            def forge(session: Session) -> None:
                found = select(ReplyApproval.id).where(col(ReplyApproval.case_id) == self.case_id)
                approval = session.exec(found.order_by(col(ReplyApproval.id).desc())).first()
                forge_reply(session, self.case_id, said, approval if with_approval else None)

            desk.force(forge)

        @rule()
        def forges_a_confirmation(self) -> None:
            """An author under his own words."""

            def forge(session: Session) -> None:
                draft = session.get_one(ReplyDraft, newest_draft(session, self.case_id))
                gravity = gravity_of(session.get_one(Case, self.case_id))
                approval = ReplyApproval(
                    draft_id=draft.id or 0,
                    case_id=self.case_id,
                    author_id=draft.author_id,
                    confirmer_id=draft.author_id,
                    sha256=digest(draft.text, ()),
                    severity=gravity.severity,
                    claim=gravity.claim,
                    at=NOW,
                )
                session.add(approval)

            with reading(desk.engine) as session:
                drafted = newest_draft(session, self.case_id)
            assert not (drafted and desk.force(forge))

        @rule()
        def closes_by_hand(self) -> None:
            def update(session: Session) -> None:
                session.get_one(Case, self.case_id).status = CaseStatus.CLOSED

            desk.force(update)

        def read(self) -> Case:
            with reading(desk.engine) as session:
                return session.get_one(Case, self.case_id)

        @invariant()
        def no_answer_passed_the_gate(self) -> None:
            """Judged at once, by the case as it was when the answer left."""
            with reading(desk.engine) as session:
                case = session.get_one(Case, self.case_id)
                fresh = select(Message).where(
                    col(Message.case_id) == case.id,
                    col(Message.direction) == Direction.OUT,
                    col(Message.id) > self.judged,
                )
                for message in session.exec(fresh.order_by(col(Message.id))):
                    self.judged = message.id or 0
                    if confirmer(*gravity_of(case)) is not None:
                        assert is_confirmed(session, case, message)

        @invariant()
        def nobody_confirmed_his_own_words(self) -> None:
            with reading(desk.engine) as session:
                mine = col(ReplyApproval.case_id) == self.case_id
                for approval in session.exec(select(ReplyApproval).where(mine)):
                    draft = session.get_one(ReplyDraft, approval.draft_id)
                    confirmed_by = session.get_one(User, approval.confirmer_id)
                    assert draft.author_id == approval.author_id != approval.confirmer_id
                    right = confirmer(*Gravity.of(approval.severity, claim=approval.claim))
                    assert may(confirmed_by.role, right or Right.CONFIRM_REPLY)

        @invariant()
        def nothing_closed_unsettled(self) -> None:
            with reading(desk.engine) as session:
                case = session.get_one(Case, self.case_id)
                if case.status != CaseStatus.CLOSED or case.kind != Kind.COMPLAINT:
                    return
                complaint = session.get_one(Complaint, case.id)
                signed = session.exec(
                    select(ComplaintSignature).where(
                        col(ComplaintSignature.case_id) == case.id,
                        col(ComplaintSignature.matter) == SignedMatter.CLOSING,
                        col(ComplaintSignature.words) == complaint.effect,
                    )
                ).all()
                assert complaint.effect
                assert signed
                assert complaint.satisfied is not False or any(one.reason for one in signed)

    return Sequences


def is_confirmed(session: Session, case: Case, message: Message) -> bool:
    """Whether these very words were confirmed by another person while the case was as grave."""
    found = session.exec(
        select(ReplyApproval, ReplyDraft)
        .join(ReplyDraft, col(ReplyDraft.id) == col(ReplyApproval.draft_id))
        .where(col(ReplyApproval.case_id) == case.id, col(ReplyDraft.text) == message.text)
    ).all()
    return any(
        covers(Gravity.of(approval.severity, claim=approval.claim), gravity_of(case))
        for approval, _draft in found
    )


def newest_draft(session: Session, case_id: int) -> int:
    """0 if there is none."""
    drafts = select(ReplyDraft.id).where(col(ReplyDraft.case_id) == case_id)
    return session.exec(drafts.order_by(col(ReplyDraft.id).desc())).first() or 0


def forge_reply(session: Session, case_id: int, said: str, approval: int | None) -> None:
    """The rows of a reply as somebody at the database would write them."""
    way: dict[str, Any] = {"channel": Channel.EMAIL, "case_id": case_id, "text": said, "created_at": NOW}
    message = Message(direction=Direction.OUT, new_text=said, at=NOW, **way)
    session.add(message)
    session.flush()
    owed: dict[str, Any] = {
        "kind": OutgoingKind.REPLY,
        "key": f"forged:{message.id}",
        "recipient": "x",
        "due_at": NOW,
    }
    session.add(Outgoing(state=OutgoingState.DUE, message_id=message.id, approval_id=approval, **owed, **way))


@pytest.fixture
def beside(desk_url: str) -> Iterator[Engine]:
    """The served database by another door."""
    engine = open_engine(desk_url)
    yield engine
    engine.dispose()


@on_both
def test_it_holds_in_every_sequence(browser: Browser, beside: Engine, clock: Clock) -> None:
    people = (SALES, OTHER, HEAD, QUALITY, MANAGER)
    run(machine(Desk({name: browser(name) for name in people}, beside, clock)))
    with reading(beside) as session:
        assert session.exec(select(Outgoing).where(col(Outgoing.approval_id).is_not(None))).first()
        signed = col(ComplaintSignature.matter) == SignedMatter.CLOSING
        assert session.exec(select(ComplaintSignature).where(signed)).first()
