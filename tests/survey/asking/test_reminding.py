"""The silent are reminded on the second and fourth working day; nobody else, and nobody twice."""

from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from store.engine import writing
from store.tables import (
    Contact,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    SurveyCampaign,
    SurveyInvitation,
    User,
)
from survey.answering.answers import answer
from survey.asking.campaigns import extend, pause
from survey.asking.letters import letter, still_asked
from survey.asking.reminding import remind_due
from tests.survey.people import (
    BEST,
    POLICY,
    add_mail_customers,
    approve_plan,
    ring,
    send_letters,
)

THURSDAY = datetime(2026, 11, 5, 2, 0, tzinfo=UTC)


def remind(engine: Engine, day: int, hour: int = 2) -> int:
    with writing(engine) as session:
        remind_due(session, datetime(2026, 11, day, hour, 0, tzinfo=UTC), POLICY)
        return len(reminders(session))


def reminders(session: Session) -> list[Outgoing]:
    kind = col(Outgoing.kind) == OutgoingKind.SURVEY_REMINDER
    return list(session.exec(select(Outgoing).where(kind).order_by(col(Outgoing.id))))


def ask(engine: Engine, customers: int) -> list[str]:
    """Asked and sent on a Thursday; the tokens."""
    add_mail_customers(engine, customers)
    approve_plan(engine, THURSDAY)
    ring(engine, THURSDAY)
    marks = send_letters(engine)
    with writing(engine) as session:
        for row in session.exec(select(Outgoing).where(col(Outgoing.kind) == OutgoingKind.SURVEY)):
            row.state = OutgoingState.SENT
    return marks


def test_it_reminds_the_silent_on_the_second_and_the_fourth_working_day(engine: Engine) -> None:
    marks = ask(engine, 2)
    with writing(engine) as session:
        answer(session, marks[0], BEST, "", THURSDAY, POLICY)
    assert [remind(engine, 6), remind(engine, 9, 1), remind(engine, 9), remind(engine, 10)] == [0, 0, 1, 1]
    assert [remind(engine, 11), remind(engine, 11), remind(engine, 12)] == [2, 2, 2]
    with writing(engine) as session:
        found = reminders(session)
        assert {row.invitation_id for row in found} == {2}
        assert [row.key for row in found] == ["invitation:2:1", "invitation:2:2"]
        words = letter(session, found[0], POLICY)
        assert "还等您的评价" in words.subject
        assert f"/survey/{marks[1]}" in words.text


def test_it_gives_one_reminder_for_all_that_were_missed(engine: Engine) -> None:
    ask(engine, 1)
    assert remind(engine, 12, 1) == 1
    assert remind(engine, 12, 1) == 1


def test_it_reminds_nobody_of_a_letter_that_never_left(engine: Engine) -> None:
    ask(engine, 1)
    with writing(engine) as session:
        session.exec(select(Outgoing)).one().state = OutgoingState.FAILED
    assert [remind(engine, 9), remind(engine, 11)] == [0, 0]


def test_it_waits_while_the_survey_is_paused_and_ends_with_it(engine: Engine) -> None:
    ask(engine, 1)
    with writing(engine) as session:
        campaign, boss = session.exec(select(SurveyCampaign)).one(), session.exec(select(User)).one()
        pause(session, campaign, boss, THURSDAY)
    assert remind(engine, 9) == 0
    with writing(engine) as session:
        campaign = session.exec(select(SurveyCampaign)).one()
        campaign.state = "running"  # type: ignore[assignment]
    assert remind(engine, 12, 3) == 0  # its seven days are over
    with writing(engine) as session:
        extend(session, session.exec(select(SurveyCampaign)).one(), 5, boss, THURSDAY)
    assert remind(engine, 12, 4) == 1


def test_it_sends_none_to_who_answers_or_refuses_meanwhile(engine: Engine) -> None:
    marks = ask(engine, 2)
    assert remind(engine, 9) == 2
    at = datetime(2026, 11, 9, 3, 0, tzinfo=UTC)
    with writing(engine) as session:
        answer(session, marks[0], BEST, "", at, POLICY)
        session.get_one(Contact, session.get_one(SurveyInvitation, 2).contact_id).surveys_refused_at = at
        assert [still_asked(session, row, at) for row in reminders(session)] == [False, False]
