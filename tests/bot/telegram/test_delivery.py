"""From what is owed to what Telegram shows: in order, at its pace; and what becomes of shut chats."""

from collections.abc import Iterator

import pytest

from bot.clock import rings
from bot.telegram.chats import BLOCKED, REMOVED
from bot.telegram.pace import OVERALL
from store.engine import writing
from store.tables import (
    Case,
    CaseStatus,
    Channel,
    ContactAddress,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    Role,
    User,
)
from tests.borders.botapi import BotApiServer
from tests.bot.telegram.office_chat import BotOffice, bot_office
from tests.office import Office, noticed
from web.told import told_in

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def desk(office: Office, telegram: BotApiServer) -> Iterator[BotOffice]:
    with bot_office(office, telegram) as desk:
        yield desk


def greeted(desk: BotOffice, *chats: int) -> list[Case]:
    """Customers who wrote and have their receipts; a minute has passed."""
    for chat in chats:
        desk.telegram.customer_says(chat, "请报价轴承座 500 件")
    desk.receive()
    desk.deliver()
    desk.office.pass_time(minutes=1)
    return desk.office.all(Case)


def to(desk: BotOffice, chat: int) -> list[str]:
    """What stands in the chat after the receipt, by first letters."""
    return [sent.text[:2] for sent in desk.telegram.sent if sent.chat_id == chat][1:]


def replies(desk: BotOffice) -> list[Outgoing]:
    return [row for row in desk.office.all(Outgoing) if row.kind == OutgoingKind.REPLY]


def test_a_long_answer_leaves_at_telegrams_pace_and_holds_up_nobody(
    desk: BotOffice, telegram: BotApiServer
) -> None:
    long, short = greeted(desk, 42, 43)
    sales = desk.office.hire(role=Role.MANAGER)
    desk.office.answer(long, sales, "\n\n".join(f"{number}、" + "字" * 4000 for number in range(1, 6)))
    desk.office.answer(long, sales, "末、完")
    desk.office.answer(short, sales, "短、答")
    desk.deliver()
    assert (to(desk, 42), to(desk, 43)) == (["1、", "2、", "3、"], ["短、"])
    first, last, _ = replies(desk)
    assert (first.state, first.attempts, first.parts_sent) == (OutgoingState.DUE, 0, 3)
    assert (last.state, last.attempts) == (OutgoingState.DUE, 0)
    desk.office.pass_time(seconds=2)
    assert desk.deliver() == 0  # not even claimed
    desk.office.pass_time(seconds=1)
    desk.deliver()
    assert to(desk, 42) == ["1、", "2、", "3、", "4、", "5、", "末、"]
    assert {row.state for row in replies(desk)} == {OutgoingState.SENT}
    assert [row.attempts for row in replies(desk)] == [1, 1, 1]


@ON_SQLITE
def test_a_pause_for_one_chat_is_kept_there_in_order_and_costs_no_attempt(
    desk: BotOffice, telegram: BotApiServer
) -> None:
    held, other, third = greeted(desk, 42, 43, 44)
    sales = desk.office.hire(role=Role.MANAGER)
    desk.office.answer(held, sales, "一、")
    desk.office.answer(held, sales, "二、")
    telegram.fail_next("sendMessage", 429, "Too Many Requests: retry after 17", retry_after=17)
    desk.deliver()
    desk.office.answer(other, sales, "别、")
    desk.deliver()
    assert (to(desk, 42), to(desk, 43)) == ([], ["别、"])
    row = replies(desk)[0]
    assert (row.state, row.attempts, row.error) == (
        OutgoingState.DUE,
        0,
        "Telegram asks us to wait 17 seconds.",
    )
    desk.office.pass_time(seconds=16)
    assert desk.deliver() == 0
    desk.office.pass_time(seconds=2)
    desk.deliver()
    assert to(desk, 42) == ["一、", "二、"]

    # Two chats are told to wait: it is meant for the whole bot.
    for case in (held, other):
        desk.office.answer(case, sales, "三、")
        telegram.fail_next("sendMessage", 429, "Too Many Requests: retry after 5", retry_after=5)
    desk.deliver()
    desk.office.answer(third, sales, "三、")
    desk.deliver()
    assert to(desk, 44) == []
    desk.office.pass_time(seconds=6)
    desk.deliver()
    assert [to(desk, chat)[-1] for chat in (42, 43, 44)] == ["三、"] * 3


@ON_SQLITE
def test_a_burst_to_a_group_stays_within_twenty_a_minute(desk: BotOffice, telegram: BotApiServer) -> None:
    telegram.open_group(-1001)
    telegram.member_says(-1001, 42, "@huiyin_test_bot 请报价")
    desk.receive()
    desk.deliver()
    desk.office.pass_time(minutes=2)
    sales = desk.office.hire(role=Role.MANAGER)
    for number in range(24):
        desk.office.answer(desk.office.the_case(), sales, f"{number:02}")
    for _ in range(59):
        desk.deliver()
        desk.office.pass_time(seconds=1)
    assert to(desk, -1001) == [f"{number:02}" for number in range(20)]
    desk.office.pass_time(seconds=2)
    desk.deliver()
    desk.office.pass_time(seconds=3)
    desk.deliver()
    assert to(desk, -1001) == [f"{number:02}" for number in range(24)]
    assert OVERALL < 30


def shut_addresses(desk: BotOffice) -> list[str]:
    return [one.address for one in desk.office.all(ContactAddress) if one.undeliverable_at is not None]


@ON_SQLITE
def test_what_is_owed_to_a_customer_who_blocked_the_bot_fails_and_sales_see_why(
    desk: BotOffice, telegram: BotApiServer
) -> None:
    sales = desk.office.hire(role=Role.MANAGER)
    case = greeted(desk, 42)[0]
    desk.office.answer(case, sales, "单价 12.5 元")
    telegram.customer_blocks(42)
    desk.receive()
    (reply,) = replies(desk)
    assert (reply.state, reply.error) == (OutgoingState.FAILED, BLOCKED)
    assert desk.office.the_case().status == CaseStatus.OPEN
    assert shut_addresses(desk) == ["42"]
    told = [noticed(row).text for row in desk.office.all(Outgoing) if row.kind == OutgoingKind.NOTICE]
    assert any(told_in(BLOCKED, "zh") in text for text in told)

    telegram.customer_unblocks(42)
    desk.receive()
    assert shut_addresses(desk) == []
    telegram.customer_says(42, "还在吗？")
    desk.receive()
    desk.office.answer(desk.office.the_case(), sales, "在的")
    desk.deliver()
    assert telegram.sent[-1].text == "在的"


@ON_SQLITE
def test_a_block_that_we_hear_of_only_by_sending_is_the_same(desk: BotOffice, telegram: BotApiServer) -> None:
    sales = desk.office.hire(role=Role.MANAGER)
    case = greeted(desk, 42)[0]
    telegram._world.blocked.add(42)  # while we were down for longer than Telegram keeps updates
    desk.office.answer(case, sales, "单价 12.5 元")
    desk.deliver()
    assert (replies(desk)[0].state, replies(desk)[0].error) == (OutgoingState.FAILED, BLOCKED)
    assert shut_addresses(desk) == ["42"]
    telegram._world.blocked.discard(42)
    telegram.customer_says(42, "你们没有回复？")
    desk.receive()
    assert shut_addresses(desk) == []


@ON_SQLITE
def test_a_group_that_the_bot_was_removed_from_is_shut_until_it_is_back(
    desk: BotOffice, telegram: BotApiServer
) -> None:
    telegram.open_group(-1001)
    telegram.member_says(-1001, 42, "@huiyin_test_bot 请报价")
    desk.receive()
    desk.deliver()
    desk.office.answer(desk.office.the_case(), desk.office.hire(role=Role.MANAGER), "单价 12.5 元")
    telegram.customer_blocks(-1001)
    desk.receive()
    assert (replies(desk)[0].state, replies(desk)[0].error) == (OutgoingState.FAILED, REMOVED)
    telegram.customer_unblocks(-1001)
    desk.receive()
    assert shut_addresses(desk) == []


@ON_SQLITE
def test_notices_in_a_colleagues_own_chat_end_when_it_is_shut(
    desk: BotOffice, telegram: BotApiServer
) -> None:
    lin = desk.office.hire()
    with writing(desk.office.engine) as session:
        session.get_one(User, lin.id).chat = "42"
        session.get_one(User, lin.id).chat_notices = True
    greeted(desk, 43)
    desk.office.pass_time(hours=13)
    rings(desk.office.engine, desk.office.policy, desk.office.clock)["reminders"]()
    own = [row for row in desk.office.all(Outgoing) if row.recipient == "42"]
    assert own
    telegram.customer_says(42, "x")
    telegram.customer_blocks(42)
    desk.receive()
    own = [
        row for row in desk.office.all(Outgoing) if row.recipient == "42" and row.channel == Channel.TELEGRAM
    ]
    assert {row.state for row in own} <= {OutgoingState.FAILED, OutgoingState.CANCELLED}
