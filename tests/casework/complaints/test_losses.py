"""A major loss is reviewed before its complaint closes; a month is evaluated in signed words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import col, select

from casework.complaints import closing, evaluating, form, losses
from casework.handling import close
from casework.rights import NotAllowed
from store.engine import reading, writing
from store.tables import AuditLog, Case, CaseStatus, Complaint, MonthEvaluation, Outgoing
from tests.casework.complaints.shop import NOW, again, complain, staff

LATER = NOW + timedelta(hours=1)
MEETING = losses.Meeting(date(2026, 11, 20), "周工、李厂长", "温控失效", "加装报警", date(2026, 12, 1))


def test_it_closes_a_major_loss_after_quality_has_signed_the_meeting(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)
    with writing(engine) as session:
        for user in (people.sales, people.other):
            with pytest.raises(NotAllowed):
                losses.declare_loss(session, case, "停产", user, NOW)
        with pytest.raises(NotAllowed, match="why"):
            losses.declare_loss(session, case, "", people.head, NOW)
        losses.declare_loss(session, case, "误会", people.head, NOW)
        losses.lift_loss(session, case, people.quality, NOW)
        losses.declare_loss(session, case, "整批报废", people.head, LATER)
        complaint = session.get_one(Complaint, case.id)
        form.fill(session, complaint, case, "effect", {"effect": "好了"}, people.sales, NOW)
        with pytest.raises(NotAllowed, match="major loss closes after"):
            closing.sign_closing(session, complaint, people.head, LATER)
        for user in (people.sales, people.head):
            with pytest.raises(NotAllowed):
                losses.sign_meeting(session, case, MEETING, user, LATER)
        for wrong in (replace(MEETING, cause=""), replace(MEETING, done_by=date(2026, 11, 1))):
            with pytest.raises(NotAllowed):
                losses.sign_meeting(session, case, wrong, people.quality, LATER)
    with reading(engine) as session:
        told = select(Outgoing.user_id).where(col(Outgoing.wording) == "loss_declared")
        assert set(session.exec(told)) == {people.quality.id, people.manager.id}
    with writing(engine) as session:
        losses.sign_meeting(session, again(engine, case), MEETING, people.quality, LATER)
        with pytest.raises(NotAllowed, match="still waits"):
            losses.lift_loss(session, case, people.head, LATER)
        closing.sign_closing(session, session.get_one(Complaint, case.id), people.head, LATER)
        close(session, session.get_one(Case, case.id), people.head, LATER)
    closed = again(engine, case)
    assert closed.status == CaseStatus.CLOSED
    with writing(engine) as session, pytest.raises(NotAllowed, match="closed"):
        losses.sign_meeting(session, closed, MEETING, people.quality, LATER)


def test_it_lets_no_way_around_the_meeting(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)
    with writing(engine) as session:
        complaint = session.get_one(Complaint, case.id)
        form.fill(session, complaint, case, "effect", {"effect": "好了"}, people.sales, NOW)
        closing.sign_closing(session, complaint, people.head, LATER)
        losses.declare_loss(session, case, "整批报废", people.head, LATER)
        with pytest.raises(NotAllowed):
            close(session, case, people.head, LATER)
    for statement in (
        "UPDATE cases SET status = 'closed'",
        "UPDATE loss_reviews SET signed_at = declared_at",
        "INSERT INTO month_evaluations (month, words, signed_by_id, signed_at) "
        "VALUES ('2026-11-01', '', 1, '2026-11-20')",
    ):
        with pytest.raises(DatabaseError), writing(engine) as session:
            session.connection().execute(text(statement))


def test_it_keeps_a_months_words_with_who_signed_them(engine: Engine) -> None:
    people, month = staff(engine), date(2026, 11, 1)
    with writing(engine) as session:
        with pytest.raises(NotAllowed):
            evaluating.evaluate(session, month, "电镀为主", people.sales, NOW)
        with pytest.raises(NotAllowed):
            evaluating.evaluate(session, month, " ", people.quality, NOW)
        evaluating.evaluate(session, month, "电镀为主", people.quality, NOW)
        evaluating.evaluate(session, date(2026, 11, 20), "电镀为主，已改", people.head, LATER)
        evaluating.evaluate(session, month, "电镀为主，已改", people.quality, LATER)  # nothing new
    with reading(engine) as session:
        (kept,) = session.exec(select(MonthEvaluation))
        assert (kept.words, kept.signed_by_id, kept.signed_at) == ("电镀为主，已改", people.head.id, LATER)
        told = select(AuditLog.details).where(col(AuditLog.action) == "month_evaluated")
        assert [line["before"] for line in session.exec(told.order_by(col(AuditLog.id)))] == ["", "电镀为主"]
