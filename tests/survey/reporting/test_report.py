"""The report of a campaign: figures by hand, remarks by what they are about, mail to those who lead, text."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from casework.owing import page_of
from store.engine import reading, writing
from store.tables import (
    Channel,
    Customer,
    CustomerStatus,
    DeliveryMonth,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    Rhythm,
    Role,
    SurveyAction,
    SurveyCampaign,
    SurveyEvent,
    SurveyInvitation,
    SurveyPlan,
    User,
)
from survey.asking.campaigns import close_due
from survey.questionnaires.loading import questionnaire
from survey.reporting.customers import Order, customers
from survey.reporting.mail import owe_report
from survey.reporting.progress import progress
from survey.reporting.report import report
from survey.reporting.scoring import score
from survey.reporting.subjects import subject_of
from survey.reporting.text import report_text
from tests.office import noticed
from tests.survey.invited import add_campaign, add_invitation, add_response
from tests.survey.people import NOW, POLICY, add_mail_customers, add_user, later, start_campaign

SMT = questionnaire("smt-100")
# What five of the six customers chose everywhere, what they wrote, and where they are.
SAID: tuple[tuple[str, str, dict[str, str], str], ...] = (
    ("best", "交期经常改", {"packing": "纸箱破了"}, "华东"),
    ("good", "交货太晚了", {}, "华东"),
    ("good", "", {"packing": "=HYPERLINK(1)"}, "华南"),
    ("fair", "价格偏高", {}, ""),
    ("poor", "", {}, ""),
)


def answered(engine: Engine) -> None:
    """Six customers asked in November, five of whom answered a day later; the books of two months."""
    add_mail_customers(engine, 6)
    start_campaign(engine)
    with writing(engine) as session:
        boss = session.exec(select(User)).one()
        invitations = session.exec(select(SurveyInvitation).order_by(SurveyInvitation.id)).all()  # type: ignore[arg-type]
        for invitation, (level, comment, comments, region) in zip(invitations, SAID, strict=False):
            chosen = dict.fromkeys((item.id for item in SMT.items), level)
            reached, at = score(SMT, chosen), later(days=1)
            add_response(session, invitation, chosen, reached, at, comment=comment, comments=comments)
            session.get_one(Customer, invitation.customer_id).region = region
        for letter in session.exec(select(Outgoing).where(Outgoing.kind == OutgoingKind.SURVEY)):
            letter.state = OutgoingState.SENT
        campaign = session.exec(select(SurveyCampaign)).one()
        campaign.target = 80.0
        for month, late in ((date(2026, 9, 1), 4), (date(2026, 10, 1), 6)):
            session.add(
                DeliveryMonth(
                    month=month,
                    deliveries=100,
                    late=late,
                    returned=2,
                    entered_by=boss.id or 0,
                    entered_at=NOW,
                )
            )
        session.add(
            SurveyAction(campaign_id=campaign.id or 0, item="packing", result=70, bar=80, created_at=NOW)
        )


def test_it_is_what_one_reckons_by_hand(engine: Engine) -> None:
    answered(engine)
    with reading(engine) as session:
        campaign = session.exec(select(SurveyCampaign)).one()
        found = report(session, campaign, later(days=2), POLICY)
        assert found.result == 66.6  # (100 + 80 + 80 + 50 + 23) / 5, each item by its own scores
        assert (found.figures.sent, found.figures.answered, found.answered) == (6, 5, 5)
        assert found.figures.response_rate == 5 / 6
        assert found.enough_answered
        assert (found.figures.coverage, found.enough_asked, found.enough_returned) == (1.0, True, True)
        assert found.below_target == 13.4
        # On time 95 %, kept 98 %, no complaint: (95 + 98 + 100) / 3 = 97.666…; half of each is the whole.
        assert found.internal.score == 97.67
        assert found.internal.months == 2
        assert found.composite == 82.14  # (66.6 + 97.67) / 2 = 82.135
        assert [(one.name, one.answers, one.average) for one in found.regions] == [
            (None, 2, 36.5),
            ("华南", 1, 80.0),
            ("华东", 2, 90.0),
        ]
        assert [(one.about, one.count) for one in found.by_subject] == [("delivery", 2), ("payment", 1)]
        (packing,) = found.by_item
        assert (packing.about, packing.count) == ("packing", 2)
        assert [one.text for one in packing.newest] == ["=HYPERLINK(1)", "纸箱破了"]
        assert [line.action.item for line in found.actions] == ["packing"]
        assert (str(found.period.first), str(found.period.last)) == ("2026-05-01", "2026-10-31")
        lowest = customers(session, campaign)
        assert [one.average for one in lowest.lines] == [23.0, 50.0, 80.0, 80.0, 100.0]
        assert lowest.total == 5
        by_region = customers(session, campaign, Order.REGION).lines
        assert [one.region for one in by_region] == sorted(one.region for one in by_region)


def test_it_says_how_a_campaign_gets_on(engine: Engine) -> None:
    answered(engine)
    with writing(engine) as session:
        lonely = Customer(name="没有联系人", status=CustomerStatus.EXISTING, created_at=NOW)
        session.add(lonely)
        letter = session.exec(select(Outgoing).where(Outgoing.kind == OutgoingKind.SURVEY)).all()[-1]
        letter.state = OutgoingState.FAILED
    with reading(engine) as session:
        found = progress(session, session.exec(select(SurveyCampaign)).one(), later(days=2), POLICY)
    assert (found.figures.invited, found.figures.sent, found.figures.answered) == (6, 5, 5)
    assert (found.failed, found.waiting, found.unreachable, found.refused, found.silent) == (1, 0, 1, 0, 0)
    assert found.days == [(date(2026, 11, 2), 0), (date(2026, 11, 3), 5), (date(2026, 11, 4), 0)]
    assert found.per_day == 2.5


def test_it_goes_to_those_who_lead_once_it_has_closed(engine: Engine) -> None:
    answered(engine)
    with writing(engine) as session:
        boss = session.exec(select(User)).one()
        boss.email = "boss@echo.example"
    add_user(engine, "Grace", Role.HEAD, language="en")
    add_user(engine, "周工", Role.QUALITY)
    add_user(engine, "王芳", Role.SALES)
    over = later(days=8)
    with writing(engine) as session:
        assert close_due(session, over, POLICY) == 1
    with writing(engine) as session:
        campaign = session.exec(select(SurveyCampaign)).one()
        assert owe_report(session, campaign, over, POLICY) == 0  # told already
        told = [row for row in session.exec(select(Outgoing)) if row.wording == "survey_report"]
        assert sorted((row.recipient, str(row.channel)) for row in told) == [
            ("Grace", Channel.DESK),
            ("boss@echo.example", Channel.EMAIL),
            ("周工", Channel.DESK),
            ("总经理", Channel.DESK),
        ]
        assert {page_of(row) for row in told} == {f"/desk/surveys/{campaign.id}"}
        words = noticed(told[0])
        assert "满意度 66.6（满分 100），低于目标 80，差 13.4" in words.text
        assert "综合满意度 82.14（内部评价占 50%）" in words.text
        assert "回收率 83.3%：发出 6 份，收回 5 份。" in words.text
        english = noticed(told[0], "en").text
        assert "13.4 below the target of 80" in english
        assert "Internal evaluation 97.67" in english


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("zh", ("满意度    66.6 / 100，目标 80，低 13.4", "包装箱外观整洁度", "最佳 1", "综合      82.14")),
        ("en", ("Satisfaction         66.6 / 100, target 80, 13.4 below", "Excellent 1", "Response rate")),
    ],
)
def test_it_is_told_as_text(engine: Engine, language: str, lines: tuple[str, ...]) -> None:
    answered(engine)
    with reading(engine) as session:
        campaign = session.exec(select(SurveyCampaign)).one()
        text = report_text(session, campaign, NOW + timedelta(days=2), POLICY, language)
    for line in lines:
        assert line in text
    assert "None" not in text


def test_it_compares_with_what_runs_up_to_the_same(engine: Engine) -> None:
    """A plan that asks the company's own questions now goes on where it was; another scale does not."""
    answered(engine)
    with writing(engine) as session:
        before = session.exec(select(SurveyCampaign)).one()
        for period, name in (("2027-H1", "seven-level-90"), ("2027-H2", "five-level-100")):
            session.get_one(SurveyPlan, before.plan_id).questionnaire = name
            session.flush()
            campaign = add_campaign(session, before.plan_id, period, later(days=200), questionnaire=name)
            invitation = add_invitation(session, campaign.id or 0, 1, later(days=200))
            answers = {item.id: "good" for item in questionnaire(name).items}
            add_response(session, invitation, answers, 60.0, later(days=201))
    with reading(engine) as session:
        newest = session.exec(select(SurveyCampaign).where(SurveyCampaign.period == "2027-H2")).one()
        found = report(session, newest, later(days=202), POLICY)
    assert [(one.period, one.average) for one in found.trend] == [("2026-H2", 66.6), ("2027-H2", 60.0)]


def test_it_asks_no_coverage_of_a_survey_after_events(engine: Engine) -> None:
    answered(engine)
    with writing(engine) as session:
        fresh = [
            Customer(name=f"新{number}", status=CustomerStatus.EXISTING, created_at=NOW)
            for number in range(20)
        ]
        session.add_all(fresh)
        campaign = session.exec(select(SurveyCampaign)).one()
        assert not report(session, campaign, NOW, POLICY).enough_asked
        plan = session.get_one(SurveyPlan, campaign.plan_id)
        plan.rhythm, plan.event = Rhythm.EVENT, SurveyEvent.COMPLAINT_CLOSED
        session.flush()
        assert report(session, campaign, NOW, POLICY).enough_asked
        text = report_text(session, campaign, NOW, POLICY, "zh")
        assert "按事件    已调查 6 位客户" in text
        assert "覆盖率" not in text


def test_it_can_be_told_before_anybody_has_answered(engine: Engine) -> None:
    add_mail_customers(engine, 1)
    start_campaign(engine)
    with writing(engine) as session:
        campaign = session.exec(select(SurveyCampaign)).one()
        for language in ("zh", "en"):
            assert "None" not in report_text(session, campaign, NOW, POLICY, language)
        assert owe_report(session, campaign, NOW, POLICY) == 1
        (told,) = [row for row in session.exec(select(Outgoing)) if row.wording == "survey_report"]
        assert "没有客户作答" in noticed(told).text
        assert "Nobody has answered." in noticed(told, "en").text


@pytest.mark.parametrize(
    ("remark", "subject"),
    [
        ("交期经常改，问题处理要催。", "delivery"),
        ("包裝箱破了", "packaging"),
        ("The goods came late twice", "delivery"),
        ("价格偏高，付款方式不灵活", "payment"),
        ("产品有毛刺，尺寸不稳定", "quality"),
        ("回复太慢", "service"),
        ("好", "other"),
        ("", "other"),
    ],
)
def test_it_knows_what_a_remark_is_about(remark: str, subject: str) -> None:
    assert subject_of(remark) == subject
