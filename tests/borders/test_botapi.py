"""Our small Telegram answers the real client library the way Telegram does."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Thread
from typing import Any, TypeVar

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)
from telegram.request import HTTPXRequest

from tests.borders.botapi import BotApiServer
from tests.borders.http_server import SmallHandler, SmallServer

Answer = TypeVar("Answer")


@pytest.fixture
def telegram() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


class HookPage:
    """A page that notes what it is brought and answers as it is told, then 200."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.brought: list[tuple[str, str | None, dict[str, Any]]] = []
        page = self

        class Handler(SmallHandler):
            def respond(self) -> None:
                secret = self.headers.get("X-Telegram-Bot-Api-Secret-Token")
                page.brought.append((self.path, secret, json.loads(self.body())))
                self.answer(page.answers.pop(0) if page.answers else 200, "text/plain", b"")

        self._server = SmallServer(0, Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def bot_of(telegram: BotApiServer, token: str | None = None) -> Bot:
    return Bot(
        token or telegram.token,
        base_url=f"{telegram.url}/bot",
        base_file_url=f"{telegram.url}/file/bot",
        request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
        get_updates_request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
    )


def ask(
    telegram: BotApiServer, question: Callable[[Bot], Awaitable[Answer]], token: str | None = None
) -> Answer:
    """One visit of the bot: it starts, asks and goes."""

    async def visit() -> Answer:
        async with bot_of(telegram, token) as bot:
            return await question(bot)

    return asyncio.run(visit())


def test_it_says_who_the_bot_is(telegram: BotApiServer) -> None:
    me = ask(telegram, lambda bot: bot.get_me())
    assert me.is_bot
    assert me.username == "huiyin_test_bot"


def test_it_knows_only_its_own_token(telegram: BotApiServer) -> None:
    with pytest.raises(InvalidToken):
        ask(telegram, lambda bot: bot.get_me(), token="1:wrong")


def test_it_hands_over_what_customers_say(telegram: BotApiServer) -> None:
    at = datetime(2026, 11, 20, 8, 30, 5, tzinfo=UTC)
    update_id = telegram.customer_says(42, "你好,6205 轴承座有货吗?😀", name="李工", at=at)
    (update,) = ask(telegram, lambda bot: bot.get_updates())
    assert update.update_id == update_id
    message = update.message
    assert message is not None
    assert message.text == "你好,6205 轴承座有货吗?😀"
    assert message.date == at
    assert message.from_user is not None
    assert (message.from_user.first_name, message.from_user.is_bot) == ("李工", False)
    assert message.from_user.language_code == "zh-hans"
    assert message.chat.type == "private"


def test_it_marks_commands(telegram: BotApiServer) -> None:
    telegram.customer_says(42, "/start abc")
    (update,) = ask(telegram, lambda bot: bot.get_updates())
    assert update.message is not None
    assert list(update.message.parse_entities().values()) == ["/start"]


def test_it_repeats_updates_until_the_offset_confirms_them(telegram: BotApiServer) -> None:
    ids = [telegram.customer_says(42, str(n)) for n in range(5)]

    async def read(bot: Bot) -> list[list[int]]:
        asked: list[dict[str, Any]] = [{}, {"limit": 2}, {"offset": ids[2]}, {}, {"offset": ids[4] + 1}, {}]
        return [[update.update_id for update in await bot.get_updates(**options)] for options in asked]

    assert ask(telegram, read) == [ids, ids[:2], ids[2:], ids[2:], [], []]
    assert telegram.pending == []
    telegram.replay()
    assert telegram.pending == ids


def test_it_forgets_all_but_the_last_when_the_offset_is_negative(telegram: BotApiServer) -> None:
    ids = [telegram.customer_says(42, str(n)) for n in range(3)]
    updates = ask(telegram, lambda bot: bot.get_updates(offset=-1))
    assert [update.update_id for update in updates] == telegram.pending == ids[-1:]


def test_it_lets_a_long_poll_wait_for_the_next_message(telegram: BotApiServer) -> None:
    with ThreadPoolExecutor() as pool:
        poll = pool.submit(ask, telegram, lambda bot: bot.get_updates(timeout=20))
        wait_until(lambda: any(method == "getUpdates" for method, _ in telegram.calls))
        assert not poll.done()
        telegram.customer_says(42, "到了吗?")
        assert len(poll.result(timeout=10)) == 1


def test_it_ends_a_long_poll_after_its_time(telegram: BotApiServer) -> None:
    began = time.monotonic()
    assert ask(telegram, lambda bot: bot.get_updates(timeout=1)) == ()
    assert time.monotonic() - began >= 1


def test_it_lets_one_program_listen_at_a_time(telegram: BotApiServer) -> None:
    with ThreadPoolExecutor() as pool:
        older = pool.submit(ask, telegram, lambda bot: bot.get_updates(timeout=20))
        wait_until(lambda: any(method == "getUpdates" for method, _ in telegram.calls))
        ask(telegram, lambda bot: bot.get_updates())
        with pytest.raises(Conflict):
            older.result(timeout=10)


def test_it_hands_out_only_the_allowed_kinds(telegram: BotApiServer) -> None:
    telegram.customer_says(42, "hi")
    ask(telegram, lambda bot: bot.send_message(42, "?"))
    ask(telegram, lambda bot: bot.get_updates(allowed_updates=["callback_query"]))
    telegram.customer_says(42, "not now")
    pressed = telegram.customer_presses(telegram.sent[0], "yes")
    assert telegram.pending[-1] == pressed
    assert len(telegram.pending) == 2


def test_it_keeps_what_the_bot_sends(telegram: BotApiServer) -> None:
    telegram.customer_says(42, "你好", name="李工")
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("满意", callback_data="q1:8")]])
    message = ask(telegram, lambda bot: bot.send_message(42, "请打分", reply_markup=buttons))
    (sent,) = telegram.wait_for_sent(1)
    assert (sent.chat_id, sent.text, sent.message_id) == (42, "请打分", message.message_id)
    assert sent.buttons[0][0]["callback_data"] == "q1:8"
    assert abs((datetime.now(UTC) - message.date).total_seconds()) < 5

    telegram.customer_presses(sent, "q1:8")
    query = ask(telegram, lambda bot: bot.get_updates())[-1].callback_query
    assert query is not None
    assert query.data == "q1:8"
    assert query.message is not None
    assert query.message.message_id == sent.message_id
    assert ask(telegram, lambda bot: bot.answer_callback_query(query.id))

    def edit(text: str) -> None:
        ask(telegram, lambda bot: bot.edit_message_text(text, 42, sent.message_id))

    edit("谢谢")
    assert [(one.text, one.buttons) for one in telegram.sent] == [("谢谢", [])]
    with pytest.raises(BadRequest, match="not modified"):
        edit("谢谢")


def test_it_says_how_many_messages_came_when_waiting_was_in_vain(telegram: BotApiServer) -> None:
    with pytest.raises(TimeoutError, match="0 of 1"):
        telegram.wait_for_sent(1, timeout=0.01)


def test_it_carries_files_both_ways(telegram: BotApiServer) -> None:
    drawing = bytes(range(256)) * 500 + b"\r\n--x\r\n"
    telegram.customer_sends_file(42, "图纸 A1.pdf", drawing, "application/pdf", caption="请按图报价")
    telegram.customer_sends_photo(42, b"\xff\xd8 scratched", caption="划伤")

    async def download(bot: Bot) -> list[bytes]:
        document, photo = [update.message for update in await bot.get_updates()]
        assert document is not None
        assert document.document is not None
        assert photo is not None
        assert (document.document.file_name, document.caption) == ("图纸 A1.pdf", "请按图报价")
        files = [await document.document.get_file(), await photo.photo[-1].get_file()]
        return [bytes(await file.download_as_bytearray()) for file in files]

    assert ask(telegram, download) == [drawing, b"\xff\xd8 scratched"]
    message = ask(telegram, lambda bot: bot.send_document(42, drawing, "请查收", filename="8D报告.pdf"))
    assert message.document is not None
    assert message.document.file_size == len(drawing)
    (sent,) = telegram.sent
    assert (sent.method, sent.text, sent.file_name) == ("sendDocument", "请查收", "8D报告.pdf")
    assert sent.content == drawing


def test_it_refuses_messages_to_strangers_and_blockers(telegram: BotApiServer) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        ask(telegram, lambda bot: bot.send_message(7, "hello"))
    telegram.customer_says(42, "别再发了")
    telegram.customer_blocks(42)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        ask(telegram, lambda bot: bot.send_message(42, "hello"))
    assert telegram.sent == []


@pytest.mark.parametrize(("text", "reason"), [("", "empty"), ("长" * 4097, "too long")])
def test_it_refuses_a_text_of_wrong_length(telegram: BotApiServer, text: str, reason: str) -> None:
    telegram.customer_says(42, "hi")
    with pytest.raises(BadRequest, match=reason):
        ask(telegram, lambda bot: bot.send_message(42, text))


def test_it_fails_as_told_and_then_works_again(
    telegram: BotApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    telegram.customer_says(42, "hi")
    telegram.fail_next("sendMessage", 429, "Too Many Requests: retry after 3", retry_after=3)
    telegram.fail_next("sendMessage", 403, "Forbidden: user is deactivated")
    telegram.fail_next("sendMessage", 502, "Bad Gateway")
    with pytest.raises(RetryAfter) as flood:
        ask(telegram, lambda bot: bot.send_message(42, "1"))
    assert flood.value.retry_after == timedelta(seconds=3)
    with pytest.raises(Forbidden):
        ask(telegram, lambda bot: bot.send_message(42, "2"))
    with pytest.raises(NetworkError):
        ask(telegram, lambda bot: bot.send_message(42, "3"))
    ask(telegram, lambda bot: bot.send_message(42, "4"))
    assert [sent.text for sent in telegram.sent] == ["4"]


def test_it_hangs_up_after_the_message_went_out(telegram: BotApiServer) -> None:
    telegram.customer_says(42, "hi")
    telegram.hang_up_next("sendMessage")
    with pytest.raises(NetworkError):
        ask(telegram, lambda bot: bot.send_message(42, "once"))
    assert [sent.text for sent in telegram.sent] == ["once"]


def test_it_does_not_poll_while_a_webhook_is_set(telegram: BotApiServer) -> None:
    async def switch(bot: Bot) -> tuple[str, str]:
        await bot.set_webhook("https://huiyin.example/hook", secret_token="s3")
        set_to = (await bot.get_webhook_info()).url
        with pytest.raises(Conflict):
            await bot.get_updates()
        await bot.delete_webhook(drop_pending_updates=True)
        return set_to, (await bot.get_webhook_info()).url

    telegram.customer_says(42, "hi")
    assert ask(telegram, switch) == ("https://huiyin.example/hook", "")
    assert telegram.pending == []


def test_it_refuses_a_webhook_that_telegram_would_refuse(telegram: BotApiServer) -> None:
    for url, secret, reason in (
        ("http://huiyin.example/hook", None, "https url must be provided"),
        ("https://huiyin.example/hook", "a b", "unallowed characters"),
    ):
        with pytest.raises(BadRequest, match=reason):
            ask(telegram, partial(Bot.set_webhook, url=url, secret_token=secret))


def test_it_brings_updates_in_order_until_the_page_answers_well(telegram: BotApiServer) -> None:
    page = HookPage()
    page.answers = [500, 403]  # then well
    with closing(page):
        telegram.reach("https://huiyin.example", page.url)
        options: dict[str, Any] = {"secret_token": "s3", "allowed_updates": ["message"], "max_connections": 5}
        ask(telegram, lambda bot: bot.set_webhook("https://huiyin.example/hook", **options))
        ids = [telegram.customer_says(42, text) for text in ("一", "二")]
        wait_until(lambda: telegram.pending == [])
        info = ask(telegram, lambda bot: bot.get_webhook_info())
    assert [(path, secret) for path, secret, _ in page.brought] == [("/hook", "s3")] * 4
    assert [update["update_id"] for _, _, update in page.brought] == [ids[0], ids[0], ids[0], ids[1]]
    assert (info.url, info.max_connections, info.allowed_updates) == (
        *("https://huiyin.example/hook", 5),
        ("message",),
    )
    assert info.last_error_message == "Wrong response from the webhook: 403 Forbidden"


def test_it_says_that_it_cannot_reach_a_webhook(telegram: BotApiServer) -> None:
    ask(telegram, lambda bot: bot.set_webhook("https://nowhere.example/hook"))
    telegram.customer_says(42, "hi")
    wait_until(lambda: bool(telegram._world.webhook_trouble))
    info = ask(telegram, lambda bot: bot.get_webhook_info())
    assert (info.pending_update_count, "resolve host" in str(info.last_error_message)) == (1, True)
    ask(telegram, lambda bot: bot.delete_webhook())
    (update,) = ask(telegram, lambda bot: bot.get_updates())
    assert update.message is not None


def test_it_tells_of_edits_albums_groups_and_blocks(telegram: BotApiServer) -> None:
    first = telegram.customer_says(42, "500 件")
    telegram.customer_edits(first, text="600 件 @huiyin_test_bot")
    telegram.customer_sends_album(42, [b"1", b"2"], "划伤")
    telegram.open_group(-5, "采购群", kind="group")
    telegram.member_says(-5, 43, "😀 /status@huiyin_test_bot", name="李工")
    telegram.customer_blocks(42)
    telegram.customer_unblocks(42)
    telegram.group_becomes_supergroup(-5, -1005)
    said, edited, one, two, grouped, blocked, back, leaves, joins = ask(
        telegram, lambda bot: bot.get_updates()
    )

    assert said.message is not None
    assert edited.edited_message is not None
    assert edited.edited_message.message_id == said.message.message_id
    assert edited.edited_message.edit_date is not None
    assert list(edited.edited_message.parse_entities().values()) == ["@huiyin_test_bot"]
    assert one.message is not None
    assert two.message is not None
    assert one.message.media_group_id == two.message.media_group_id is not None
    assert (one.message.caption, two.message.caption) == ("划伤", None)
    assert grouped.message is not None
    assert (grouped.message.chat.type, grouped.message.chat.title) == ("group", "采购群")
    assert list(grouped.message.parse_entities().values()) == ["/status@huiyin_test_bot"]
    changes = [update.my_chat_member for update in (blocked, back)]
    assert [change and change.new_chat_member.status for change in changes] == ["kicked", "member"]
    assert leaves.message is not None
    assert joins.message is not None
    assert (leaves.message.migrate_to_chat_id, joins.message.migrate_from_chat_id) == (-1005, -5)
    with pytest.raises(ChatMigrated) as moved:
        ask(telegram, lambda bot: bot.send_message(-5, "hello"))
    assert moved.value.new_chat_id == -1005
    telegram.customer_blocks(-1005)
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        ask(telegram, lambda bot: bot.send_message(-1005, "hello"))


def test_it_counts_lengths_in_utf_16(telegram: BotApiServer) -> None:
    telegram.customer_says(42, "hi")
    ask(telegram, lambda bot: bot.send_message(42, "😀" * 2048))
    ask(telegram, lambda bot: bot.send_document(42, b"x", "😀" * 512))
    with pytest.raises(BadRequest, match="too long"):
        ask(telegram, lambda bot: bot.send_message(42, "😀" * 2049))
    with pytest.raises(BadRequest, match="caption is too long"):
        ask(telegram, lambda bot: bot.send_document(42, b"x", "😀" * 513))


def test_it_remembers_the_commands(telegram: BotApiServer) -> None:
    async def set_and_get(bot: Bot) -> list[str]:
        await bot.set_my_commands([("start", "开始")])
        await bot.send_chat_action(42, "typing")
        return [command.command for command in await bot.get_my_commands()]

    assert ask(telegram, set_and_get) == ["start"]


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.005)
