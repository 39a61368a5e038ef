"""The half-yearly survey by the clock: planned once, released, each customer asked once, closed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlmodel import col, func, select, update

from casework.rights import NotAllowed
from store.engine import writing
from store.tables import (
    CampaignState,
    Channel,
    ContactAddress,
    Customer,
    CustomerStatus,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    Role,
    SurveyCampaign,
    SurveyInvitation,
)
from survey.campaigns import close_due, dispatch_due, period_of, plan_due, release
from tests.survey.people import (
    NOW,
    POLICY,
    add_contact,
    add_customer,
    add_mail_customers,
    add_user,
    hear,
    later,
    ring,
    start_campaign,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


def plan(engine: Engine, now: datetime) -> int:
    with writing(engine) as session:
        return plan_due(session, now, POLICY)


def campaigns(engine: Engine) -> list[SurveyCampaign]:
    with writing(engine) as session:
        return list(session.exec(select(SurveyCampaign).order_by(col(SurveyCampaign.id))))


def invitations(engine: Engine) -> list[SurveyInvitation]:
    with writing(engine) as session:
        return list(session.exec(select(SurveyInvitation).order_by(col(SurveyInvitation.customer_id))))


def owed(engine: Engine) -> list[Outgoing]:
    with writing(engine) as session:
        return list(session.exec(select(Outgoing).where(col(Outgoing.kind) == OutgoingKind.SURVEY)))


def test_it_counts_half_years_by_the_time_at_home() -> None:
    assert period_of(datetime(2026, 6, 30, 15, 59, tzinfo=UTC), SHANGHAI) == "2026-H1"
    assert period_of(datetime(2026, 6, 30, 16, 0, tzinfo=UTC), SHANGHAI) == "2026-H2"
    assert period_of(datetime(2026, 12, 31, 16, 0, tzinfo=UTC), SHANGHAI) == "2027-H1"


def test_it_plans_nothing_without_an_existing_customer(engine: Engine) -> None:
    with writing(engine) as session:
        add_customer(session, "路过", (Channel.EMAIL, "a@b.example"), status=CustomerStatus.POTENTIAL)
    assert plan(engine, NOW) == 0


def test_it_lets_the_first_campaign_wait_for_a_person(engine: Engine) -> None:
    add_mail_customers(engine, 2)
    assert plan(engine, NOW) == 1
    assert plan(engine, later(days=1)) == 0
    assert ring(engine, later(days=1)) == 0
    (campaign,) = campaigns(engine)
    assert (campaign.period, campaign.state, campaign.closes_at) == ("2026-H2", CampaignState.PLANNED, None)


def test_it_plans_the_next_one_afresh_while_nobody_released_the_first(engine: Engine) -> None:
    add_mail_customers(engine, 1)
    plan(engine, NOW)
    plan(engine, later(days=90))
    assert [(campaign.period, campaign.state) for campaign in campaigns(engine)] == [
        ("2026-H2", CampaignState.CLOSED),
        ("2027-H1", CampaignState.PLANNED),
    ]


def test_it_lets_later_campaigns_start_by_themselves(engine: Engine) -> None:
    add_mail_customers(engine, 3)
    start_campaign(engine)
    assert len(owed(engine)) == 3
    new_year = datetime(2027, 1, 1, 2, 0, tzinfo=UTC)
    ring(engine, new_year)
    assert plan(engine, new_year) == 1
    assert ring(engine, new_year) == 3
    assert [(campaign.period, campaign.state) for campaign in campaigns(engine)] == [
        ("2026-H2", CampaignState.CLOSED),
        ("2027-H1", CampaignState.RELEASED),
    ]
    assert len(invitations(engine)) == 6


def test_it_is_released_once_and_only_by_someone_who_may(engine: Engine) -> None:
    add_mail_customers(engine, 1)
    plan(engine, NOW)
    seller, manager = add_user(engine, "小李", Role.SALES), add_user(engine, "总经理", Role.MANAGER)
    with writing(engine) as session:
        campaign = session.exec(select(SurveyCampaign)).one()
        with pytest.raises(NotAllowed, match="manager"):
            release(session, campaign, seller, NOW, POLICY)
        assert release(session, campaign, manager, NOW, POLICY)
        assert not release(session, campaign, manager, later(days=3), POLICY)
        assert campaign.closes_at == NOW + timedelta(days=7)


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


def test_it_invites_in_batches(engine: Engine) -> None:
    add_mail_customers(engine, 130)
    plan(engine, NOW)
    manager = add_user(engine, "总经理", Role.MANAGER)
    with writing(engine) as session:
        release(session, session.exec(select(SurveyCampaign)).one(), manager, NOW, POLICY)
    given = []
    for _ in range(3):
        with writing(engine) as session:
            given.append(dispatch_due(session, NOW, POLICY))
    assert given == [100, 30, 0]


def test_it_asks_everybody_once_when_several_ring_at_the_same_time(engine: Engine) -> None:
    add_mail_customers(engine, 230)
    start_first = add_user(engine, "总经理", Role.MANAGER)
    at_once(engine, lambda: plan(engine, NOW))
    assert len(campaigns(engine)) == 1
    with writing(engine) as session:
        release(session, session.exec(select(SurveyCampaign)).one(), start_first, NOW, POLICY)
    at_once(engine, lambda: ring(engine, NOW))
    ring(engine, NOW)
    with writing(engine) as session:
        asked = session.exec(select(func.count(func.distinct(col(SurveyInvitation.customer_id))))).one()
    assert (len(invitations(engine)), asked, len(owed(engine))) == (230, 230, 230)


def test_it_takes_back_what_was_not_sent_when_its_time_is_over(engine: Engine) -> None:
    add_mail_customers(engine, 2)
    start_campaign(engine)
    with writing(engine) as session:
        first = session.exec(select(Outgoing).order_by(col(Outgoing.id))).first()
        assert first is not None
        first.state = OutgoingState.SENT
    assert ring(engine, later(days=6, hours=23)) == 0
    with writing(engine) as session:
        assert close_due(session, later(days=7)) == 1
        assert close_due(session, later(days=7)) == 0
    assert campaigns(engine)[0].state == CampaignState.CLOSED
    assert [row.state for row in owed(engine)] == [OutgoingState.SENT, OutgoingState.CANCELLED]


def test_it_asks_nobody_after_its_time(engine: Engine) -> None:
    add_mail_customers(engine, 1)
    start_campaign(engine)
    with writing(engine) as session:
        session.add(Customer(name="晚到", status=CustomerStatus.EXISTING, created_at=NOW))
        add_customer(session, "晚到", (Channel.EMAIL, "late@five.example"))
    assert ring(engine, later(days=8)) == 1  # the closing itself
    assert len(invitations(engine)) == 1


def at_once(engine: Engine, call: Callable[[], object]) -> None:
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(call) for _ in range(4)]:
            done.result()
