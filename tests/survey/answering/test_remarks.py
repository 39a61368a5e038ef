"""What customers remark in a survey: kept with its point, read, and a complaint when it is one."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from casework.wording import words
from store.engine import writing
from store.tables import (
    Case,
    Message,
    MessageReading,
    Outgoing,
    OutgoingKind,
    SurveyInvitation,
    SurveyResponse,
)
from survey.answering.answers import Outcome, answer, begin, find
from survey.answering.given import COMMENT_LENGTH, Given
from survey.answering.remarks import shipped_reader
from tests.survey.people import BEST, POLICY, add_mail_customers, later, send_letters, start_campaign

ANGRY = "交货又晚了三天，太差劲了，我们要求赔偿。"

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def mark(engine: Engine) -> str:
    add_mail_customers(engine, 1)
    start_campaign(engine)
    return send_letters(engine)[0]


def give(engine: Engine, mark: str, choices: dict[str, str], comment: str = "", **comments: str) -> Outcome:
    with writing(engine) as session:
        return answer(
            session,
            mark,
            choices,
            comment,
            later(days=1),
            POLICY,
            comments=comments,
            reader=shipped_reader,
        )


def the_case(engine: Engine) -> tuple[Case, Message, MessageReading]:
    with writing(engine) as session:
        return (
            session.exec(select(Case)).one(),
            session.exec(select(Message)).one(),
            session.exec(select(MessageReading)).one(),
        )


def test_it_opens_a_complaint_for_an_angry_remark_beside_a_good_score(engine: Engine, mark: str) -> None:
    assert give(engine, mark, BEST, "谢谢。", delivery=ANGRY, nothing="x") == Outcome.KEPT
    case, message, reading = the_case(engine)
    assert (case.kind, case.severity, case.claim) == ("complaint", "severe", True)
    assert f"交货及时状况: 最佳 (20/20)\n› {ANGRY}\n" in message.text
    assert reading.evidence
    assert all(message.text[one["start"] : one["end"]] == one["text"] for one in reading.evidence)
    with writing(engine) as session:
        response = session.exec(select(SurveyResponse)).one()
        called = session.exec(select(Outgoing).where(Outgoing.kind == OutgoingKind.NOTICE)).all()
    assert (response.score, response.case_id, response.comments) == (100.0, case.id, {"delivery": ANGRY})
    assert [notice.wording for notice in called if notice.wording != "low_score"].count("angry_remark") == 1
    assert words("angry_remark", "en", **(called[0].details or {}), link="", timezone=POLICY.timezone).subject


def test_it_opens_one_complaint_for_a_low_score_with_an_angry_remark(engine: Engine, mark: str) -> None:
    give(engine, mark, dict.fromkeys(BEST, "poor"), ANGRY)
    case, message, reading = the_case(engine)
    assert (case.severity, case.claim) == ("severe", True)
    rules = {one["rule"] for one in reading.evidence}
    assert {"survey.low-score", "severe.claim"} <= rules
    fields = {"subject": message.subject or "", "text": message.text}
    assert all(fields[one["field"]][one["start"] : one["end"]] == one["text"] for one in reading.evidence)


@pytest.mark.parametrize("remark", ["Fine.", "质量稳定，没有投诉", "送货小哥很热情", "希望交期再快一点"])
def test_it_opens_nothing_for_other_remarks(engine: Engine, mark: str, remark: str) -> None:
    give(engine, mark, BEST, remark, quality=remark)
    with writing(engine) as session:
        assert session.exec(select(Case)).all() == []


def test_it_keeps_what_is_begun_within_bounds_until_it_counts(engine: Engine, mark: str) -> None:
    hostile = Given(
        {"quality": "best", "staff": "20", "no such": "best"},
        "好" * 100_000,
        {"quality": " 划痕\r\n\x00", "no such": "x", "staff": "  "},
    )
    with writing(engine) as session:
        found = find(session, mark, later(days=1))
        assert found is not None
        assert begin(session, found, hostile)
    with writing(engine) as session:
        begun = session.exec(select(SurveyInvitation)).one().begun
    assert begun == {
        "choices": {"quality": "best"},
        "comment": "好" * COMMENT_LENGTH,
        "comments": {"quality": "划痕"},
    }
    give(engine, mark, BEST)
    with writing(engine) as session:
        invitation = session.exec(select(SurveyInvitation)).one()
        assert (invitation.begun, invitation.remind_at) == (None, None)
        assert not begin(session, found, hostile)  # sent behind the answer
        assert session.exec(select(SurveyInvitation)).one().begun is None
