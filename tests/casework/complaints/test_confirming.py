"""No answer to a graver complaint leaves before another person has confirmed this very text."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import col, select

from casework.complaints.confirming import (
    confirm,
    is_void,
    live_draft,
    propose,
    send_back,
    told_by_voice,
    withdraw,
)
from casework.complaints.gate import digest
from casework.handling import correct
from casework.replies import ReplyError, StoredFile, note_reply, reply
from casework.rights import NotAllowed
from nlp.reading import Kind, Severity
from store.engine import reading, writing
from store.tables import (
    Attachment,
    AuditLog,
    Case,
    Channel,
    Direction,
    DraftState,
    Message,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    ReplyApproval,
    ReplyDraft,
    ReplyDraftFile,
    User,
)
from tests.casework.complaints.shop import NOW, POLICY, again, complain, staff

WORDS = "李工，换货 2,000 只，周五到。"
PHOTO = StoredFile("报告.pdf", "application/pdf", 3, "a" * 64)


def proposed(engine: Engine, case: Case, user: User, said: str = WORDS, **more: Any) -> int:
    with writing(engine) as session:
        return propose(session, session.get_one(Case, case.id), user, said, NOW, **more).id or 0


def confirms(engine: Engine, case: Case, user: User, draft_id: int) -> Message | None:
    with writing(engine) as session:
        draft = session.get_one(ReplyDraft, draft_id)
        return confirm(session, draft, session.get_one(Case, case.id), user, NOW, POLICY)


def tells(engine: Engine, case: Case, user: User, draft_id: int) -> None:
    with writing(engine) as session:
        draft = session.get_one(ReplyDraft, draft_id)
        told_by_voice(session, draft, session.get_one(Case, case.id), user, NOW)


def replies(engine: Engine) -> list[Outgoing]:
    with reading(engine) as session:
        return list(session.exec(select(Outgoing).where(col(Outgoing.kind) == OutgoingKind.REPLY)))


def notices(engine: Engine, wording: str) -> list[int | None]:
    with reading(engine) as session:
        found = session.exec(select(Outgoing).where(col(Outgoing.wording) == wording))
        return [notice.user_id for notice in found]


def test_it_refuses_an_answer_that_nobody_confirmed(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)
    for user in (people.sales, people.head, people.manager):
        with pytest.raises(ReplyError, match="confirmation"), writing(engine) as session:
            reply(session, session.get_one(Case, case.id), user, WORDS, NOW, POLICY)
        with pytest.raises(ReplyError, match="confirmation"), writing(engine) as session:
            note_reply(session, session.get_one(Case, case.id), user, WORDS, NOW)
    assert replies(engine) == []


def test_it_sends_the_confirmed_words_with_their_files_once(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)
    draft = proposed(engine, case, people.sales, files=(PHOTO,))
    assert notices(engine, "reply_waits") == [people.head.id, people.manager.id]
    confirms(engine, case, people.head, draft)
    (owed,) = replies(engine)
    with reading(engine) as session:
        approval = session.exec(select(ReplyApproval)).one()
        assert (owed.text, owed.approval_id) == (WORDS, approval.id)
        assert (approval.author_id, approval.confirmer_id) == (people.sales.id, people.head.id)
        assert (approval.severity, approval.claim) == ("moderate", False)
        assert session.exec(select(Attachment.sha256)).all() == [PHOTO.sha256]
        assert session.get_one(ReplyDraft, draft).state == DraftState.REPLIED
        logged = session.exec(select(AuditLog.action).order_by(col(AuditLog.id))).all()
    assert logged[-3:] == ["draft_proposed", "reply_confirmed", "replied"]
    with pytest.raises(ReplyError), writing(engine) as session:
        reply(session, session.get_one(Case, case.id), people.sales, WORDS, NOW, POLICY, files=(PHOTO,))


def test_it_lets_nobody_confirm_his_own_words(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)
    draft = proposed(engine, case, people.head)
    with pytest.raises(NotAllowed, match="Another person"):
        confirms(engine, case, people.head, draft)
    with pytest.raises(NotAllowed, match="Only head, manager"):
        confirms(engine, case, people.other, draft)
    assert replies(engine) == []


def test_it_leaves_a_claim_to_the_general_manager(engine: Engine) -> None:
    people, case = staff(engine), complain(engine, Severity.LIGHT, claim=True)
    draft = proposed(engine, case, people.sales)
    assert notices(engine, "reply_waits") == [people.manager.id]
    with pytest.raises(NotAllowed):
        confirms(engine, case, people.head, draft)
    confirms(engine, case, people.manager, draft)
    assert len(replies(engine)) == 1


def test_it_makes_who_edits_the_author(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)
    first = proposed(engine, case, people.sales)
    edited = proposed(engine, case, people.head, "改过的答复")
    for draft, user in ((first, people.manager), (edited, people.head)):
        with pytest.raises(NotAllowed):
            confirms(engine, case, user, draft)
    confirms(engine, case, people.manager, edited)
    assert [owed.text for owed in replies(engine)] == ["改过的答复"]


def test_it_sends_back_with_a_remark_and_lets_the_author_withdraw(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)
    with writing(engine) as session:
        held = session.get_one(Case, case.id)
        draft = propose(session, held, people.sales, WORDS, NOW)
        session.flush()
        send_back(session, draft, held, people.head, "日期不对", NOW)
        assert (draft.state, draft.remark) == (DraftState.SENT_BACK, "日期不对")
        again_ = propose(session, held, people.sales, WORDS, NOW)
        session.flush()
        with pytest.raises(NotAllowed):
            withdraw(session, again_, held, people.other, NOW)
        withdraw(session, again_, held, people.sales, NOW)
        session.flush()
        assert live_draft(session, held) is None
    assert notices(engine, "reply_sent_back") == [people.sales.id]


def test_it_voids_a_confirmation_of_spoken_words_when_the_complaint_becomes_graver(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)
    with writing(engine) as session:
        held = session.get_one(Case, case.id)
        draft = propose(session, held, people.sales, WORDS, NOW, sends=False)
        session.flush()
        assert confirm(session, draft, held, people.head, NOW, POLICY) is None
        assert not is_void(session, draft, held)
    complain(engine, Severity.SEVERE, case=case)
    with reading(engine) as session:
        assert is_void(session, session.get_one(ReplyDraft, draft.id), session.get_one(Case, case.id))
    with pytest.raises(ReplyError):
        tells(engine, case, people.sales, draft.id or 0)
    with writing(engine) as session:
        held = session.get_one(Case, case.id)
        draft = propose(session, held, people.sales, WORDS, NOW, sends=False)
        session.flush()
        confirm(session, draft, held, people.head, NOW, POLICY)
        told_by_voice(session, draft, held, people.sales, NOW)
        assert draft.state == DraftState.REPLIED
    assert again(engine, case).status == "replied"
    assert replies(engine) == []


def test_it_reports_the_answer_to_a_light_complaint_to_the_head(engine: Engine) -> None:
    people, case = staff(engine), complain(engine, Severity.LIGHT)
    with writing(engine) as session:
        reply(session, session.get_one(Case, case.id), people.sales, WORDS, NOW, POLICY)
    assert notices(engine, "light_answered") == [people.head.id]
    assert len(replies(engine)) == 1


def test_it_lets_only_a_confirmer_make_a_complaint_lighter(engine: Engine) -> None:
    people, case = staff(engine), complain(engine, Severity.SEVERE, claim=True)

    def lighten(user: User, severity: Severity, *, claim: bool) -> None:
        with writing(engine) as session:
            held = session.get_one(Case, case.id)
            correct(
                session,
                held,
                user,
                NOW,
                POLICY,
                kind=Kind.COMPLAINT,
                severity=severity,
                claim=claim,
                categories=(),
            )

    for user in (people.sales, people.head, people.quality):
        with pytest.raises(NotAllowed):
            lighten(user, Severity.SEVERE, claim=False)
    lighten(people.manager, Severity.SEVERE, claim=False)
    with pytest.raises(NotAllowed):
        lighten(people.sales, Severity.LIGHT, claim=False)
    lighten(people.head, Severity.LIGHT, claim=False)
    lighten(people.sales, Severity.SEVERE, claim=True)  # graver: anybody
    case = again(engine, case)
    assert (case.severity, case.claim) == ("severe", True)


def insert_reply(engine: Engine, case_id: int, said: str, approval: int | None, key: str = "x") -> None:
    """The rows of a reply, past every function of ours."""
    way: dict[str, Any] = {"channel": Channel.EMAIL, "case_id": case_id, "text": said, "created_at": NOW}
    with writing(engine) as session:
        message = Message(direction=Direction.OUT, new_text=said, at=NOW, **way)
        session.add(message)
        session.flush()
        owed: dict[str, Any] = {
            "kind": OutgoingKind.REPLY,
            "key": key,
            "recipient": "li@kaimai.example",
            "due_at": NOW,
        }
        session.add(
            Outgoing(state=OutgoingState.DUE, message_id=message.id, approval_id=approval, **owed, **way)
        )


def test_the_database_refuses_a_reply_that_no_confirmation_covers(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)
    with writing(engine) as session:
        held = session.get_one(Case, case.id)
        draft = propose(session, held, people.sales, WORDS, NOW, sends=False)
        session.flush()
        confirm(session, draft, held, people.head, NOW, POLICY)
    with reading(engine) as session:
        approval = session.exec(select(ReplyApproval.id)).one()
    number = case.id or 0
    for said, covered_by in ((WORDS, None), (WORDS + "另赔 5 万元。", approval), (WORDS, 999)):
        with pytest.raises(DatabaseError, match="confirmation"):
            insert_reply(engine, number, said, covered_by)
    insert_reply(engine, number, WORDS, approval)
    with pytest.raises(DatabaseError):
        insert_reply(engine, number, WORDS, approval, key="again")
    changes = (
        ("UPDATE outgoing SET text = 'x' WHERE kind = 'reply'", "not rewritten"),
        ("UPDATE outgoing SET kind = 'reply', text = 'x' WHERE kind = 'notice'", "not rewritten"),
        ("UPDATE reply_approvals SET severity = 'severe'", "append-only"),
        ("DELETE FROM reply_approvals", "append-only"),
        ("UPDATE reply_drafts SET text = 'x'", "not rewritten"),
    )
    for statement, refusal in changes:
        with pytest.raises(DatabaseError, match=refusal), writing(engine) as session:
            session.connection().execute(text(statement))
    complain(engine, Severity.SEVERE, case=case)
    with pytest.raises(DatabaseError, match="confirmation"):
        insert_reply(engine, number, WORDS, approval, key="graver")


def test_the_database_refuses_a_file_that_was_not_confirmed(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)
    with writing(engine) as session:
        held = session.get_one(Case, case.id)
        draft = propose(session, held, people.sales, WORDS, NOW)
        session.flush()
        message = confirm(session, draft, held, people.head, NOW, POLICY)
    assert message is not None
    with pytest.raises(DatabaseError, match="file"), writing(engine) as session:
        session.add(Attachment(message_id=message.id or 0, name="x", type="x", size=1, sha256="b" * 64))
    with pytest.raises(DatabaseError, match="without this"), writing(engine) as session:
        session.add(ReplyDraftFile(draft_id=draft.id or 0, name="x", type="x", size=1, sha256="b" * 64))


def test_the_database_refuses_a_false_confirmation(engine: Engine) -> None:
    people, case = staff(engine), complain(engine, Severity.SEVERE, claim=True)
    draft = proposed(engine, case, people.sales)
    true: dict[str, Any] = {
        "draft_id": draft,
        "case_id": case.id,
        "author_id": people.sales.id,
        "confirmer_id": people.manager.id,
        "sha256": digest(WORDS, ()),
        "severity": "severe",
        "claim": True,
        "at": NOW + timedelta(minutes=1),
    }
    wrong: tuple[dict[str, object], ...] = (
        {"author_id": people.manager.id},  # not the author
        {"confirmer_id": people.sales.id},  # himself
        {"confirmer_id": people.head.id},  # a claim is the manager's
        {"sha256": "0" * 64},
        {"severity": "light"},
        {"claim": False},
    )
    for change in wrong:
        with pytest.raises(DatabaseError), writing(engine) as session:
            session.add(ReplyApproval(**(true | change)))
    with writing(engine) as session:
        session.add(ReplyApproval(**true))
