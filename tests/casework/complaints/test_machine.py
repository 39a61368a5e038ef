"""Whatever people do in whatever order: no reply passes the gate, no complaint closes unsettled (P21)."""

import os
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col, select

from casework.complaints import closing, confirming, form
from casework.complaints.approvals import gravity_of
from casework.complaints.gate import Gravity, confirmer, covers
from casework.handling import close, correct, reopen
from casework.replies import ReplyError, note_reply, reply
from casework.rights import NotAllowed, Right, may
from nlp.reading import Kind, Severity
from store.engine import reading, writing
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
    SignedMatter,
    User,
)
from tests.casework.complaints.shop import NOW, POLICY, People, complain, staff

# On each database; more of them find rarer orders: HUIYIN_SEQUENCES=2000.
SEQUENCES, STEPS = int(os.environ.get("HUIYIN_SEQUENCES", "25")), 20
# Those who may are asked more often, or nothing would ever happen.
who = st.sampled_from(["sales", "other", "head", "quality", "manager"])
writes = st.sampled_from(["sales", "sales", "head", "manager"])
decides = st.sampled_from(["manager", "manager", "head", "sales"])
words = st.sampled_from(["换货", "换货，周五到", "赔 5 万元"])


def machine(engine: Engine, people: People) -> type[RuleBasedStateMachine]:
    """The sequences on this database; each has a case of its own."""

    class Sequences(RuleBasedStateMachine):
        case_id: int

        def __init__(self) -> None:
            super().__init__()
            self.now: datetime = NOW
            self.judged: int = 0  # the newest message that was looked at

        @initialize(severity=st.sampled_from(Severity), claim=st.booleans())
        def opened(self, severity: Severity, claim: bool) -> None:
            self.case_id = complain(engine, severity, claim=claim).id or 0
            self.gravity = Gravity(severity, claim)

        def act(self, name: str, what: Any, *, by_hand: bool = False) -> bool:
            """One person tries one thing, in a transaction of its own; False if it was refused.

            The database refuses only what is written by hand: our functions know before.
            """
            self.now += timedelta(minutes=1)
            person: User = getattr(people, name)
            try:
                with writing(engine) as session:
                    what(session, session.get_one(Case, self.case_id), person)
            except (NotAllowed, ReplyError):
                return False
            except DatabaseError:
                assert by_hand
                return False
            return True

        @rule(name=writes, said=words, sends=st.booleans())
        def proposes(self, name: str, said: str, sends: bool) -> None:
            self.act(
                name,
                lambda session, case, user: confirming.propose(
                    session, case, user, said, self.now, sends=sends
                ),
            )

        @rule(author=writes, name=decides, said=words, sends=st.booleans())
        def agree(self, author: str, name: str, said: str, sends: bool) -> None:
            self.proposes(author, said, sends)
            self.confirms(name)

        @rule(name=decides)
        def confirms(self, name: str) -> None:
            self.act(
                name,
                lambda session, case, user: confirming.confirm(
                    session, newest(session, case), case, user, self.now, POLICY
                ),
            )

        @rule(name=decides)
        def sends_back(self, name: str) -> None:
            self.act(
                name,
                lambda session, case, user: confirming.send_back(
                    session, newest(session, case), case, user, "x", self.now
                ),
            )

        @rule(name=writes)
        def tells(self, name: str) -> None:
            self.act(
                name,
                lambda session, case, user: confirming.told_by_voice(
                    session, newest(session, case), case, user, self.now
                ),
            )

        @rule(name=writes, said=words)
        def replies(self, name: str, said: str) -> None:
            self.act(name, lambda session, case, user: reply(session, case, user, said, self.now, POLICY))

        @rule(name=writes, said=words)
        def notes(self, name: str, said: str) -> None:
            self.act(name, lambda session, case, user: note_reply(session, case, user, said, self.now))

        @rule(said=words, with_approval=st.booleans())
        def forges_a_reply(self, said: str, with_approval: bool) -> None:
            """A row past every function."""

            def forge(session: Session, case: Case, user: User) -> None:
                found = select(ReplyApproval.id).where(col(ReplyApproval.case_id) == case.id)
                approval = session.exec(found.order_by(col(ReplyApproval.id).desc())).first()
                insert(session, case, said, approval if with_approval else None, self.now)

            self.act("sales", forge, by_hand=True)

        @rule(severity=st.sampled_from(Severity), claim=st.booleans())
        def customer_writes(self, severity: Severity, claim: bool) -> None:
            with reading(engine) as session:
                case = session.get_one(Case, self.case_id)
            complain(engine, severity, claim=claim, case=case)

        @rule(
            name=decides,
            kind=st.sampled_from([Kind.COMPLAINT, Kind.ORDER]),
            severity=st.sampled_from(Severity),
            claim=st.booleans(),
        )
        def corrects(self, name: str, kind: Kind, severity: Severity, claim: bool) -> None:
            before = self.read()
            done = self.act(
                name,
                lambda session, case, user: correct(
                    session,
                    case,
                    user,
                    self.now,
                    POLICY,
                    kind=kind,
                    severity=severity,
                    claim=claim,
                    categories=(),
                ),
            )
            after = self.read()
            if done and not covers(gravity_of(after), gravity_of(before)):
                right = confirmer(*gravity_of(before)) or Right.CONFIRM_REPLY
                assert may(getattr(people, name).role, right)

        @rule(name=who, satisfied=st.sampled_from([True, False, None]))
        def records_effect(self, name: str, satisfied: bool | None) -> None:
            values: dict[str, form.Value] = {"effect": "好了", "satisfied": satisfied}
            self.act(
                name,
                lambda session, case, user: form.fill(
                    session, session.get_one(Complaint, case.id), case, "effect", values, user, self.now
                ),
            )

        @rule(reason=st.sampled_from(["", "合同外"]))
        def settles(self, reason: str) -> None:
            """As the page does it: the signature and the closing together."""

            def settle(session: Session, case: Case, user: User) -> None:
                complaint = session.get_one(Complaint, case.id)
                closing.sign_closing(session, complaint, user, self.now, reason=reason)
                close(session, case, user, self.now)

            self.act("head", settle)

        @rule(name=decides, reason=st.sampled_from(["", "合同外"]))
        def signs(self, name: str, reason: str) -> None:
            self.act(
                name,
                lambda session, case, user: closing.sign_closing(
                    session, session.get_one(Complaint, case.id), user, self.now, reason=reason
                ),
            )

        @rule(name=decides)
        def closes(self, name: str) -> None:
            self.act(name, lambda session, case, user: close(session, case, user, self.now))

        @rule()
        def closes_by_hand(self) -> None:
            def update(session: Session, case: Case, user: User) -> None:
                case.status = CaseStatus.CLOSED

            self.act("sales", update, by_hand=True)

        @rule(name=who)
        def reopens(self, name: str) -> None:
            if self.read().status == CaseStatus.CLOSED:
                self.act(name, lambda session, case, user: reopen(session, case, user, self.now, POLICY))

        def read(self) -> Case:
            with reading(engine) as session:
                return session.get_one(Case, self.case_id)

        @invariant()
        def no_answer_passed_the_gate(self) -> None:
            """Judged at once, by the case as it was when the answer left."""
            if not hasattr(self, "case_id"):
                return
            with reading(engine) as session:
                case = session.get_one(Case, self.case_id)
                fresh = session.exec(
                    select(Message)
                    .where(
                        col(Message.case_id) == case.id,
                        col(Message.direction) == Direction.OUT,
                        col(Message.id) > self.judged,
                    )
                    .order_by(col(Message.id))
                ).all()
                for message in fresh:
                    self.judged = message.id or 0
                    if confirmer(*gravity_of(case)) is not None:
                        assert is_confirmed(session, case, message)

        @invariant()
        def nobody_confirmed_his_own_words(self) -> None:
            with reading(engine) as session:
                mine = col(ReplyApproval.case_id) == getattr(self, "case_id", 0)
                for approval in session.exec(select(ReplyApproval).where(mine)):
                    draft = session.get_one(ReplyDraft, approval.draft_id)
                    confirmed_by = session.get_one(User, approval.confirmer_id)
                    assert draft.author_id == approval.author_id != approval.confirmer_id
                    right = confirmer(*Gravity.of(approval.severity, claim=approval.claim))
                    assert may(confirmed_by.role, right or Right.CONFIRM_REPLY)

        @invariant()
        def nothing_closed_unsettled(self) -> None:
            if not hasattr(self, "case_id"):
                return
            with reading(engine) as session:
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


def newest(session: Session, case: Case) -> ReplyDraft:
    """The draft that was written last, whatever became of it."""
    wanted = select(ReplyDraft).where(col(ReplyDraft.case_id) == case.id)
    draft = session.exec(wanted.order_by(col(ReplyDraft.id).desc())).first()
    if draft is None:
        raise NotAllowed("There is none.")
    return draft


def insert(session: Session, case: Case, said: str, approval: int | None, now: datetime) -> None:
    """The rows of a reply as somebody at the database would write them."""
    way: dict[str, Any] = {"channel": Channel.EMAIL, "case_id": case.id, "text": said, "created_at": now}
    message = Message(direction=Direction.OUT, new_text=said, at=now, **way)
    session.add(message)
    session.flush()
    owed: dict[str, Any] = {
        "kind": OutgoingKind.REPLY,
        "key": f"forged:{message.id}",
        "recipient": "x",
        "due_at": now,
    }
    session.add(Outgoing(state=OutgoingState.DUE, message_id=message.id, approval_id=approval, **owed, **way))


def test_it_holds_in_every_sequence(engine: Engine) -> None:
    run_state_machine_as_test(
        machine(engine, staff(engine)),
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
