"""A letter reaches the chat, and what goes wrong says whether trying again makes sense."""

import logging
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sending import Letter, SendError
from bot.telegram.chats import BLOCKED, REMOVED
from bot.telegram.pace import Pace
from bot.telegram.sender import TelegramSender
from casework.replies import StoredFile
from store.files import FileStore
from store.tables import Channel, OutgoingKind
from tests.borders.botapi import BotApiServer


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path)


@pytest.fixture
def sender(telegram: BotApiServer, files: FileStore) -> Iterator[TelegramSender]:
    telegram.customer_says(42, "你好")
    with closing(TelegramSender(telegram.token, telegram.url, files)) as sender:
        yield sender


def letter(text: str, recipient: str = "42", files: tuple[StoredFile, ...] = ()) -> Letter:
    return Letter(
        kind=OutgoingKind.REPLY,
        channel=Channel.TELEGRAM,
        recipient=recipient,
        subject="Re: 报价 [HY-000123]",
        text=text,
        message_id="<1.abc@huiyin.example>",
        references=(),
        automatic=False,
        files=files,
    )


def refusal(sender: TelegramSender, text: str = "您好", recipient: str = "42") -> SendError:
    with pytest.raises(SendError) as caught:
        sender.send(letter(text, recipient))
    return caught.value


def test_it_sends_plain_text(sender: TelegramSender, telegram: BotApiServer) -> None:
    sender.send(letter("报价：<b>12</b> *元*_起_"))
    sender.send(letter("另附说明"))

    assert [(sent.chat_id, sent.text) for sent in telegram.sent] == [
        (42, "报价：<b>12</b> *元*_起_"),
        (42, "另附说明"),
    ]
    assert "parse_mode" not in telegram.sent[0].params


def test_it_sends_a_long_text_in_parts(sender: TelegramSender, telegram: BotApiServer) -> None:
    paragraphs = [f"{number}：" + "字" * 2000 for number in range(4)]
    sender.send(letter("\n\n".join(paragraphs)))

    assert [sent.text for sent in telegram.sent] == [
        "\n\n".join(paragraphs[:2]),
        "\n\n".join(paragraphs[2:]),
    ]


def test_it_sends_the_files(sender: TelegramSender, telegram: BotApiServer, files: FileStore) -> None:
    drawing = StoredFile("图纸.pdf", "application/pdf", 4, files.put(b"%PDF"))
    sender.send(letter("图纸如下", files=(drawing,)))

    assert [(sent.text, sent.file_name, sent.content) for sent in telegram.sent] == [
        ("图纸如下", None, None),
        ("", "图纸.pdf", b"%PDF"),
    ]


def test_it_gives_up_on_files_that_are_gone(sender: TelegramSender) -> None:
    with pytest.raises(SendError) as caught:
        sender.send(letter("", files=(StoredFile("图纸.pdf", "application/pdf", 4, "0" * 64),)))

    assert caught.value.permanent


def test_it_gives_up_on_a_customer_who_blocked_the_bot(
    sender: TelegramSender, telegram: BotApiServer
) -> None:
    telegram.customer_blocks(42)
    error = refusal(sender)

    assert (error.permanent, error.uncertain, error.no_such_address) == (True, False, True)
    assert str(error) == BLOCKED


@pytest.mark.parametrize(
    ("description", "sentence"),
    [
        ("user is deactivated", "The customer's Telegram account is no more; use another way."),
        ("bot was kicked from the supergroup chat", REMOVED),
        ("bot is not a member of the group chat", REMOVED),
        ("of the future", "The customer's chat takes no messages from us: Forbidden: of the future."),
    ],
)
def test_it_says_in_plain_words_why_a_chat_is_shut(
    sender: TelegramSender, telegram: BotApiServer, description: str, sentence: str
) -> None:
    telegram.fail_next("sendMessage", 403, f"Forbidden: {description}")
    assert str(refusal(sender)) == sentence


def test_it_gives_up_on_an_unknown_chat(sender: TelegramSender) -> None:
    error = refusal(sender, recipient="77")

    assert (error.permanent, str(error)) == (True, "Telegram refuses this message: Chat not found.")


def test_it_waits_as_long_as_telegram_asks(sender: TelegramSender, telegram: BotApiServer) -> None:
    telegram.fail_next("sendMessage", 429, "Too Many Requests: retry after 17", retry_after=17)
    error = refusal(sender)

    assert (error.permanent, error.uncertain, error.retry_after) == (False, False, 17)
    assert error.postponed
    assert sender.resting() == ["42"]


@pytest.mark.parametrize(("code", "description"), [(500, "Internal Server Error"), (502, "Bad Gateway")])
def test_it_tries_again_when_telegram_has_trouble(
    sender: TelegramSender, telegram: BotApiServer, code: int, description: str
) -> None:
    telegram.fail_next("sendMessage", code, description)
    error = refusal(sender)

    assert (error.permanent, error.uncertain) == (False, False)
    sender.send(letter("您好"))
    assert len(telegram.sent) == 1


def test_it_tries_again_when_the_token_is_refused(sender: TelegramSender, telegram: BotApiServer) -> None:
    telegram.fail_next("sendMessage", 401, "Unauthorized")
    error = refusal(sender)

    assert not error.permanent
    assert "HUIYIN_TELEGRAM_TOKEN" in str(error)


def test_it_cannot_know_whether_a_message_left_when_the_line_drops(
    sender: TelegramSender, telegram: BotApiServer
) -> None:
    telegram.hang_up_next("sendMessage")
    error = refusal(sender)

    assert (error.permanent, error.uncertain) == (False, True)
    assert len(telegram.sent) == 1  # it did


def test_it_knows_that_nothing_left_when_there_is_no_line(telegram: BotApiServer, tmp_path: Path) -> None:
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody_listens.getsockname()[1]}"
        with closing(TelegramSender(telegram.token, url, FileStore(tmp_path))) as sender:
            error = refusal(sender)

    assert (error.permanent, error.uncertain) == (False, False)


def test_it_goes_on_after_the_parts_that_have_left(
    sender: TelegramSender, telegram: BotApiServer, files: FileStore
) -> None:
    telegram.fail_next("sendDocument", 429, "Too Many Requests", retry_after=3)
    drawing = StoredFile("图纸.pdf", "application/pdf", 4, files.put(b"%PDF"))
    with pytest.raises(SendError) as caught:
        sender.send(letter("图纸如下", files=(drawing,)))

    assert (caught.value.uncertain, caught.value.parts_sent) == (False, 1)
    sender._pace = Pace()
    sender.send(replace(letter("图纸如下", files=(drawing,)), parts_sent=1))
    assert [(sent.text, sent.file_name) for sent in telegram.sent] == [("图纸如下", None), ("", "图纸.pdf")]


def test_it_sends_to_the_new_number_of_a_group(sender: TelegramSender, telegram: BotApiServer) -> None:
    telegram.open_group(-5, kind="group")
    telegram.group_becomes_supergroup(-5, -1005)
    sender.send(letter("长" * 5000, recipient="-5"))
    assert [(sent.chat_id, len(sent.text)) for sent in telegram.sent] == [(-1005, 4096), (-1005, 904)]


def test_it_never_says_the_token(
    sender: TelegramSender, telegram: BotApiServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.fail_next("sendMessage", 400, f"Bad Request: {telegram.token}")
    error = refusal(sender, "机密")

    assert "<token>" in str(error)
    assert telegram.token not in caplog.text + str(error)
    assert error.__suppress_context__
    assert "机密" not in caplog.text
