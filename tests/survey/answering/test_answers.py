"""Answering by the link: recognised by its hash, counted once, acted upon when the score is low."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine
from sqlmodel import SQLModel, col, select

from store.engine import writing
from store.tables import (
    Case,
    Channel,
    Deadline,
    Direction,
    Message,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    Role,
    SurveyResponse,
)
from survey.acting.dissatisfied import dissatisfied
from survey.answering.answers import Outcome, answer, find
from survey.answering.by_buttons import screens
from survey.answering.given import COMMENT_LENGTH, clean
from survey.asking.letters import letter
from survey.asking.links import token
from survey.reporting.overview import overview
from tests.office import noticed
from tests.survey.people import (
    BEST,
    NOW,
    POLICY,
    add_customer,
    add_mail_customers,
    add_user,
    later,
    send_letters,
    start_campaign,
)

POOR = dict.fromkeys(BEST, "poor")


def give(engine: Engine, mark: str, answers: dict[str, str], comment: str = "") -> Outcome:
    with writing(engine) as session:
        return answer(session, mark, answers, comment, later(days=1), POLICY)


def one_link(engine: Engine) -> str:
    add_mail_customers(engine, 1)
    start_campaign(engine)
    return send_letters(engine)[0]


def test_it_writes_a_letter_with_the_link_and_keeps_only_its_hash(engine: Engine) -> None:
    mark = one_link(engine)
    with writing(engine) as session:
        owed = session.exec(select(Outgoing)).one()
        first, second = (letter(session, owed, POLICY) for _ in range(2))
    assert first == second
    assert f"https://echo.example/survey/{mark}" in first.text
    assert len(bytes.fromhex(mark)) >= 16
    give(engine, mark, POOR, "差")
    assert mark not in everything(engine)


def test_it_makes_another_token_for_another_invitation_version_or_key() -> None:
    made = {token(POLICY, 1, 1), token(POLICY, 1, 2), token(POLICY, 2, 1), token(POLICY, 11, 1)}
    assert len(made) == 4


def test_it_knows_a_link_only_once_it_was_sent_and_until_it_expires(engine: Engine) -> None:
    add_mail_customers(engine, 1)
    start_campaign(engine)
    mark = token(POLICY, 1, 1)
    with writing(engine) as session:
        assert find(session, mark, NOW) is None
    send_letters(engine)
    with writing(engine) as session:
        asked = find(session, mark, later(days=6))
        assert asked is not None
        assert not asked.answered_at
        assert asked.questionnaire.id == "smt-100"
        assert find(session, mark, later(days=7)) is None
        assert find(session, "0" * 32, NOW) is None
        assert find(session, "", NOW) is None


def test_it_keeps_the_score_and_opens_nothing_for_a_satisfied_customer(engine: Engine) -> None:
    mark = one_link(engine)
    assert give(engine, mark, BEST | {"problems": "poor"}, "  很好\r\n谢谢\x00 ") == Outcome.KEPT
    with writing(engine) as session:
        response = session.exec(select(SurveyResponse)).one()
        assert (response.score, response.comment) == (85.0, "很好\n谢谢")
        assert response.case_id is None
        assert session.exec(select(Case)).all() == []


def test_it_keeps_the_first_answer(engine: Engine) -> None:
    mark = one_link(engine)
    assert give(engine, mark, BEST) == Outcome.KEPT
    assert give(engine, mark, POOR) == Outcome.ANSWERED_BEFORE
    with writing(engine) as session:
        asked = find(session, mark, later(days=1))
        assert asked is not None
        assert asked.answered_at
        assert session.exec(select(SurveyResponse)).one().score == 100.0


def test_it_keeps_nothing_of_an_incomplete_or_unknown_answer(engine: Engine) -> None:
    mark = one_link(engine)
    assert give(engine, mark, {}) == Outcome.INCOMPLETE
    assert give(engine, mark, BEST | {"staff": "20"}) == Outcome.INCOMPLETE
    assert give(engine, "f" * 32, BEST) == Outcome.UNKNOWN
    with writing(engine) as session:
        assert session.exec(select(SurveyResponse)).all() == []


def test_it_counts_one_of_200_answers_sent_at_the_same_time(engine: Engine) -> None:
    mark = one_link(engine)
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: give(engine, mark, POOR), range(200)))
    assert sorted(outcomes) == [Outcome.ANSWERED_BEFORE] * 199 + [Outcome.KEPT]
    with writing(engine) as session:
        assert len(session.exec(select(SurveyResponse)).all()) == 1
        assert len(session.exec(select(Case)).all()) == 1


def test_it_opens_a_complaint_for_a_low_score_and_calls_quality(engine: Engine) -> None:
    add_user(engine, "品质部", Role.QUALITY)
    add_user(engine, "Head", Role.HEAD)
    add_user(engine, "小李", Role.SALES)
    mark = one_link(engine)
    give(engine, mark, BEST | {"quality": "poor", "staff": "fair"}, "外壳有划痕")
    with writing(engine) as session:
        case = session.exec(select(Case)).one()
        message = session.exec(select(Message)).one()
        deadline = session.exec(select(Deadline)).first()
        notices = session.exec(select(Outgoing).where(col(Outgoing.kind) == OutgoingKind.NOTICE)).all()
        response = session.exec(select(SurveyResponse)).one()
    assert (response.score, response.case_id) == (80.0, case.id)
    assert (case.kind, case.severity, case.subject) == ("complaint", "light", "客户满意度调查: 80/100")
    assert deadline is not None
    assert case.due_at == deadline.due_at == later(days=2)
    assert message.direction == Direction.IN
    assert "产品质量状况: 不及格 (5/20)\n交货及时状况: 最佳 (20/20)\n" in message.text
    assert message.text.endswith("\n\n外壳有划痕")
    assert sorted(notice.recipient for notice in notices) == ["Head", "品质部", "总经理"]
    english = next(notice for notice in notices if notice.recipient == "Head")
    words = noticed(english, "en")
    assert words.subject == "Low satisfaction: C-00001 scored 80"
    assert case.number in words.text


def test_it_opens_the_complaint_of_a_chat_in_its_chat(engine: Engine) -> None:
    with writing(engine) as session:
        add_customer(session, "聊天", (Channel.WEBCHAT, "room-1"), language="en")
    start_campaign(engine)
    mark = send_letters(engine)[0]
    with writing(engine) as session:
        link = f"https://echo.example/survey/{mark}"
        ((_, screen, _),) = screens(session, Channel.WEBCHAT, "room-1", NOW, POLICY)
        assert screen.link == link
        assert screens(session, Channel.WEBCHAT, "room-2", NOW, POLICY) == []
    give(engine, mark, POOR)
    with writing(engine) as session:
        case = session.exec(select(Case)).one()
        assert (case.channel, case.conversation, case.language) == (Channel.WEBCHAT, "room-1", "en")
        assert screens(session, Channel.WEBCHAT, "room-1", NOW, POLICY) == []


def test_it_shows_each_campaign_in_figures(engine: Engine) -> None:
    add_mail_customers(engine, 5)
    start_campaign(engine)
    marks = send_letters(engine)
    with writing(engine) as session:
        for outgoing in session.exec(select(Outgoing).order_by(col(Outgoing.id)).limit(4)):
            outgoing.state = OutgoingState.SENT
    give(engine, marks[0], BEST)
    give(engine, marks[1], POOR, "太慢")
    with writing(engine) as session:
        (campaign,) = overview(session)
        (low,) = dissatisfied(session, None, None)
    assert (campaign.invited, campaign.sent, campaign.answered, campaign.low) == (5, 4, 2, 1)
    assert (campaign.average, campaign.response_rate, campaign.coverage) == (61.5, 0.5, 1.0)
    assert (low.customer, low.score, low.comment, low.case.number) == ("客户1", 23.0, "太慢", "HY-000001")


def test_it_keeps_a_comment_within_bounds() -> None:
    assert clean("好" * 100_000) == "好" * COMMENT_LENGTH
    assert clean("一\u202e\x1b二\t三") == "一二三"


def everything(engine: Engine) -> str:
    """All that the database holds, as text."""
    with engine.connect() as connection:
        rows = [connection.execute(table.select()).all() for table in SQLModel.metadata.sorted_tables]
    return str(rows)
