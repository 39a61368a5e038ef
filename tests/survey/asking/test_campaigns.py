"""Surveys by the clock: a plan approved once, each customer asked once, closed; and what people may do."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import col, func, select, update

from casework.rights import NotAllowed
from store.engine import writing
from store.tables import (
    Audience,
    CampaignState,
    Channel,
    Contact,
    ContactAddress,
    Customer,
    CustomerStatus,
    KeptQuestionnaire,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    Role,
    SurveyCampaign,
    SurveyInvitation,
    SurveyPlan,
    User,
)
from survey.asking.campaigns import CampaignError, close, close_due, extend, pause, resume
from survey.asking.plans import approve, propose
from tests.survey.people import (
    NOW,
    POLICY,
    add_contact,
    add_customer,
    add_mail_customers,
    add_user,
    approve_plan,
    hear,
    later,
    ring,
    start_campaign,
)


def campaigns(engine: Engine) -> list[SurveyCampaign]:
    with writing(engine) as session:
        return list(session.exec(select(SurveyCampaign).order_by(col(SurveyCampaign.id))))


def invitations(engine: Engine) -> list[SurveyInvitation]:
    with writing(engine) as session:
        return list(session.exec(select(SurveyInvitation).order_by(col(SurveyInvitation.customer_id))))


def owed(engine: Engine) -> list[Outgoing]:
    with writing(engine) as session:
        return list(session.exec(select(Outgoing).where(col(Outgoing.kind) == OutgoingKind.SURVEY)))


def test_it_proposes_nothing_without_an_existing_customer(engine: Engine) -> None:
    with writing(engine) as session:
        add_customer(session, "路过", (Channel.EMAIL, "a@b.example"), status=CustomerStatus.POTENTIAL)
        assert propose(session, NOW, POLICY) is None


def test_it_proposes_once_and_asks_nobody_before_the_manager_approves(engine: Engine) -> None:
    add_mail_customers(engine, 2)
    seller = add_user(engine, "小李", Role.SALES)
    with writing(engine) as session:
        plan = propose(session, NOW, POLICY)
        assert plan is not None
        assert propose(session, later(days=1), POLICY) is None
        with pytest.raises(NotAllowed, match="manager"):
            approve(session, plan, seller, NOW)
    assert ring(engine, later(days=1)) == 0
    assert campaigns(engine) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE survey_plans SET state = 'approved', approved_at = created_at",
        "UPDATE survey_plans SET state = 'approved', approved_at = created_at, approved_by = 1",
        "INSERT INTO survey_campaigns (plan_id, period, questionnaire, questionnaire_version, state,"
        " opens_at, closes_at, created_at) SELECT id, '2026', questionnaire, questionnaire_version,"
        " 'running', created_at, created_at, created_at FROM survey_plans",
    ],
)
def test_the_database_itself_asks_for_the_manager_s_approval(engine: Engine, statement: str) -> None:
    add_mail_customers(engine, 1)
    add_user(engine, "小李", Role.SALES)
    with writing(engine) as session:
        propose(session, NOW, POLICY)
    with pytest.raises(DatabaseError, match="approve"), writing(engine) as session:
        session.connection().execute(text(statement))


def test_it_is_approved_once(engine: Engine) -> None:
    add_mail_customers(engine, 1)
    plan = approve_plan(engine)
    with writing(engine) as session:
        again = session.exec(select(User)).one()
        assert not approve(session, session.get_one(SurveyPlan, plan.id), again, later(days=3))
        assert session.get_one(SurveyPlan, plan.id).approved_at == NOW
        kept = session.exec(select(KeptQuestionnaire)).one()
    assert (kept.name, kept.version) == ("smt-100", plan.questionnaire_version)


def test_it_opens_a_round_when_the_site_opens_on_the_first_day_that_is_worked(engine: Engine) -> None:
    add_mail_customers(engine, 1)
    approve_plan(engine, datetime(2026, 9, 1, tzinfo=UTC), starts_on=date(2026, 10, 1))
    assert ring(engine, datetime(2026, 10, 1, 4, 0, tzinfo=UTC)) == 0  # the week of National Day
    assert ring(engine, datetime(2026, 10, 8, 0, 29, tzinfo=UTC)) == 0
    assert ring(engine, datetime(2026, 10, 8, 0, 30, tzinfo=UTC)) == 2


def test_it_opens_each_half_year_by_itself(engine: Engine) -> None:
    add_mail_customers(engine, 3)
    start_campaign(engine)
    assert len(owed(engine)) == 3
    assert ring(engine, datetime(2027, 1, 4, 0, 30, tzinfo=UTC)) == 5  # the old one is closed
    assert [(campaign.period, campaign.state) for campaign in campaigns(engine)] == [
        ("2026-H2", CampaignState.CLOSED),
        ("2027-H1", CampaignState.RUNNING),
    ]
    assert len(invitations(engine)) == 6


def test_it_waits_with_the_next_round_until_customers_have_rested(engine: Engine) -> None:
    add_mail_customers(engine, 1)
    start_campaign(engine, datetime(2026, 12, 20, 2, 0, tzinfo=UTC))
    assert ring(engine, datetime(2027, 2, 17, 2, 0, tzinfo=UTC)) == 1  # the closing of the first
    assert ring(engine, datetime(2027, 2, 19, 2, 0, tzinfo=UTC)) == 2
    assert [campaign.period for campaign in campaigns(engine)] == ["2026-H2", "2027-H1"]


def test_it_asks_each_existing_customer_once_where_it_can_be_reached(engine: Engine) -> None:
    with writing(engine) as session:
        add_customer(session, "邮件", (Channel.EMAIL, "a@one.example"), language="zh-Hant")
        add_customer(session, "聊天", (Channel.TELEGRAM, "4711"), language="en")
        add_customer(session, "电话", (Channel.PHONE, "13800000000"))
        add_customer(session, "潜在", (Channel.EMAIL, "b@two.example"), status=CustomerStatus.POTENTIAL)
        bounced = add_customer(session, "退信", (Channel.EMAIL, "gone@three.example"))
        add_contact(session, bounced, (Channel.EMAIL, "there@three.example"), language="mixed")
        session.exec(
            update(ContactAddress)
            .where(col(ContactAddress.address) == "gone@three.example")
            .values(undeliverable_at=NOW)
        )
    start_campaign(engine)
    assert ring(engine, later(hours=1)) == 0
    assert [(row.channel, row.address, row.language) for row in invitations(engine)] == [
        (Channel.EMAIL, "a@one.example", "zh-Hant"),
        (Channel.TELEGRAM, "4711", "en"),
        (Channel.EMAIL, "there@three.example", "zh"),
    ]
    assert {(row.recipient, row.text, row.state) for row in owed(engine)} == {
        ("a@one.example", "", OutgoingState.DUE),
        ("4711", "", OutgoingState.DUE),
        ("there@three.example", "", OutgoingState.DUE),
    }


def test_it_asks_the_contact_who_wrote_last_where_it_wrote(engine: Engine) -> None:
    with writing(engine) as session:
        customer = add_customer(session, "老客户", (Channel.EMAIL, "old@one.example"))
        busy = add_contact(session, customer, (Channel.EMAIL, "new@one.example"), (Channel.TELEGRAM, "12"))
        hear(session, busy, Channel.EMAIL, later(days=-9))
        hear(session, busy, Channel.TELEGRAM, later(days=-2))
    start_campaign(engine)
    assert [(row.channel, row.address) for row in invitations(engine)] == [(Channel.TELEGRAM, "12")]


def test_it_asks_as_the_customer_stipulated(engine: Engine) -> None:
    with writing(engine) as session:
        customer = add_customer(session, "规定", (Channel.EMAIL, "a@one.example"), (Channel.TELEGRAM, "12"))
        customer.required_manner, customer.required_language = "telegram", "en"
    start_campaign(engine)
    assert [(row.channel, row.language) for row in invitations(engine)] == [(Channel.TELEGRAM, "en")]


def test_it_asks_a_customer_who_becomes_existing_while_it_runs(engine: Engine) -> None:
    add_mail_customers(engine, 1)
    start_campaign(engine)
    with writing(engine) as session:
        add_customer(session, "新客户", (Channel.EMAIL, "new@four.example"))
    assert ring(engine, later(days=2)) == 1


def test_it_asks_nobody_who_refused_and_nobody_asked_lately_by_another_plan(engine: Engine) -> None:
    with writing(engine) as session:
        add_customer(session, "谢绝", (Channel.EMAIL, "no@one.example"))
        session.exec(update(Contact).values(surveys_refused_at=NOW))
        add_customer(session, "愿意", (Channel.EMAIL, "yes@one.example"))
    first = approve_plan(engine)
    ring(engine, NOW)
    with writing(engine) as session:
        other = SurveyPlan(**session.get_one(SurveyPlan, first.id).values() | {"id": None, "title": "又一个"})
        session.add(other)
    assert ring(engine, later(days=5)) == 1  # opened
    assert [row.address for row in invitations(engine)] == ["yes@one.example"]


def test_it_asks_every_contact_where_the_plan_says_so(engine: Engine) -> None:
    with writing(engine) as session:
        customer = add_customer(session, "一家", (Channel.EMAIL, "a@one.example"))
        add_contact(session, customer, (Channel.EMAIL, "b@one.example"), (Channel.TELEGRAM, "7"))
    approve_plan(engine, every_contact=True, channels=["telegram", "email"])
    ring(engine, NOW)
    assert [(row.channel, row.address) for row in invitations(engine)] == [
        (Channel.EMAIL, "a@one.example"),
        (Channel.TELEGRAM, "7"),
    ]


def test_it_asks_the_customers_of_one_owner(engine: Engine) -> None:
    seller = add_user(engine, "小李", Role.SALES)
    add_mail_customers(engine, 3)
    with writing(engine) as session:
        session.get_one(Customer, 2).owner_id = seller.id
    approve_plan(engine, audience=Audience.OWNER, owner_id=seller.id)
    ring(engine, NOW)
    assert [row.customer_id for row in invitations(engine)] == [2]


def test_it_draws_a_sample_that_its_seed_alone_decides(engine: Engine) -> None:
    add_mail_customers(engine, 101)
    approve_plan(engine, audience=Audience.SAMPLE, share=60, seed=4711)
    ring(engine, NOW)
    asked = [row.customer_id for row in invitations(engine)]
    assert len(asked) == 61  # of 101; never less than the share
    assert sum(asked) == 3445  # drawn the same on every machine and both databases


def test_it_invites_so_many_a_minute(engine: Engine) -> None:
    add_mail_customers(engine, 25)
    approve_plan(engine, per_minute=10)
    assert [ring(engine, later(seconds=second)) for second in (0, 30, 61, 130)] == [11, 0, 10, 5]


def test_it_asks_everybody_once_when_several_ring_at_the_same_time(engine: Engine) -> None:
    add_mail_customers(engine, 230)
    approve_plan(engine)
    at_once(engine, lambda: ring(engine, NOW))
    ring(engine, NOW)
    assert len(campaigns(engine)) == 1
    with writing(engine) as session:
        asked = session.exec(select(func.count(func.distinct(col(SurveyInvitation.customer_id))))).one()
    assert (len(invitations(engine)), asked, len(owed(engine))) == (230, 230, 230)


def test_it_takes_back_what_was_not_sent_when_its_time_is_over(engine: Engine) -> None:
    add_mail_customers(engine, 2)
    start_campaign(engine)
    send_first(engine)
    assert ring(engine, later(days=6, hours=23)) == 0
    with writing(engine) as session:
        assert close_due(session, later(days=7), POLICY) == 1
        assert close_due(session, later(days=7), POLICY) == 0
    assert (campaigns(engine)[0].state, campaigns(engine)[0].customers) == (CampaignState.CLOSED, 2)
    assert [row.state for row in owed(engine)] == [OutgoingState.SENT, OutgoingState.CANCELLED]


def test_it_pauses_resumes_is_extended_and_closed_by_a_person(engine: Engine) -> None:
    add_mail_customers(engine, 2)
    start_campaign(engine)
    send_first(engine)
    with writing(engine) as session:
        boss, campaign = session.exec(select(User)).one(), session.exec(select(SurveyCampaign)).one()
        pause(session, campaign, boss, NOW)
        add_customer(session, "晚来", (Channel.EMAIL, "late@one.example"))
    assert [row.state for row in owed(engine)] == [OutgoingState.SENT, OutgoingState.CANCELLED]
    assert ring(engine, later(days=1)) == 0
    with writing(engine) as session:
        campaign = session.exec(select(SurveyCampaign)).one()
        resume(session, campaign, boss, later(days=1))
        extend(session, campaign, 3, boss, later(days=1))
    assert [row.state for row in owed(engine)] == [OutgoingState.SENT, OutgoingState.DUE]
    assert ring(engine, later(days=9)) == 1
    assert {row.expires_at for row in invitations(engine)} == {later(days=10)}
    with writing(engine) as session:
        campaign = session.exec(select(SurveyCampaign)).one()
        close(session, campaign, boss, later(days=9), POLICY)
        with pytest.raises(CampaignError, match="closed"):
            pause(session, campaign, boss, later(days=9))
    assert {row.expires_at for row in invitations(engine)} == {later(days=9)}
    assert owed(engine)[2].state == OutgoingState.CANCELLED


def test_it_asks_nobody_after_its_time(engine: Engine) -> None:
    add_mail_customers(engine, 1)
    start_campaign(engine)
    with writing(engine) as session:
        add_customer(session, "晚到", (Channel.EMAIL, "late@five.example"))
    assert ring(engine, later(days=8)) == 1  # the closing itself
    assert len(invitations(engine)) == 1


def send_first(engine: Engine) -> None:
    with writing(engine) as session:
        first = session.exec(select(Outgoing).order_by(col(Outgoing.id))).first()
        assert first is not None
        first.state = OutgoingState.SENT


def at_once(engine: Engine, call: Callable[[], object]) -> None:
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(call) for _ in range(4)]:
            done.result()
