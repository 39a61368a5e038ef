"""A letter reaches the customer's WeChat within what WeCom allows; an error says whether to try again."""

import logging
import socket
from dataclasses import replace

import pytest

from bot.sending import Letter, SendError
from casework.replies import StoredFile
from store.engine import reading
from store.tables import Channel, OutgoingKind, WecomSent
from survey.answering.by_buttons import Button
from tests.borders.wecom import WecomServer
from tests.borders.wecom_world import SECRET
from tests.bot.wecom.chats import Chats

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def known(chats: Chats, wecom: WecomServer) -> Chats:
    """A customer has just written."""
    wecom.customer_says("wm-1", "你好")
    chats.pull()
    return chats


def letter(
    number: int, text: str = "您好", *, automatic: bool = False, files: tuple[StoredFile, ...] = ()
) -> Letter:
    return Letter(
        kind=OutgoingKind.ACKNOWLEDGEMENT if automatic else OutgoingKind.REPLY,
        channel=Channel.WECOM,
        recipient="wm-1",
        subject="Re: 报价 [HY-000123]",
        text=text,
        message_id=f"<{number}.abc@huiyin.example>",
        references=(),
        automatic=automatic,
        files=files,
        outgoing_id=number,
    )


def with_buttons(number: int, text: str, *marks: str) -> Letter:
    buttons = tuple((Button(f"第 {place} 项", mark),) for place, mark in enumerate(marks))
    return replace(letter(number, text, automatic=True), buttons=buttons)


def refusal(chats: Chats, of: Letter) -> SendError:
    with chats.sender() as sender, pytest.raises(SendError) as caught:
        sender.send(of)
    return caught.value


def test_it_sends_text_in_parts_and_files(known: Chats, wecom: WecomServer) -> None:
    drawing = StoredFile("图纸.pdf", "application/pdf", 8, known.files.put(b"%PDF-1.7"))
    photo = StoredFile("照片.jpg", "image/jpeg", 7, known.files.put(b"\xff\xd8photo"))
    paragraphs = [f"{number}：" + "字" * 500 for number in range(2)]
    with known.sender() as sender:
        sender.send(letter(1, "\n\n".join(paragraphs), files=(drawing, photo)))
    assert [(sent.text, sent.file_name, sent.content) for sent in wecom.sent] == [
        (paragraphs[0], "", b""),
        (paragraphs[1], "", b""),
        ("", "图纸.pdf", b"%PDF-1.7"),
        ("", "照片.jpg", b"\xff\xd8photo"),
    ]
    assert [call["msgtype"] for call in wecom.calls("kf/send_msg")] == ["text", "text", "file", "image"]
    assert all(len(part.text.encode()) <= 2048 for part in wecom.sent)


def test_it_sends_five_until_the_customer_writes_again(known: Chats, wecom: WecomServer) -> None:
    with known.sender() as sender:
        for number in range(4):
            sender.send(letter(number))
    assert refusal(known, letter(4, automatic=True)).permanent  # the last is kept for people
    too_long = refusal(known, letter(5, "长" * 1000))
    assert (too_long.permanent, too_long.uncertain) == (True, False)
    assert str(too_long).startswith("This takes 2 messages on WeCom, which takes 1 more until")
    with known.sender() as sender:
        sender.send(letter(6))
    asked = len(wecom.calls("kf/send_msg"))
    none_left = refusal(known, letter(7))
    assert (none_left.permanent, "five messages" in str(none_left)) == (True, True)
    assert len(wecom.calls("kf/send_msg")) == asked  # it was not even asked

    known.pass_time(seconds=5)
    wecom.customer_says("wm-1", "还有个事")
    known.pull()
    with known.sender() as sender:
        sender.send(letter(8))
    assert len(wecom.sent) == 6


def test_it_sends_within_48_hours_of_the_customer_s_last_message(known: Chats, wecom: WecomServer) -> None:
    known.pass_time(hours=47, minutes=59)
    with known.sender() as sender:
        sender.send(letter(1))
    known.pass_time(minutes=1)
    too_late = refusal(known, letter(2))
    assert (too_late.permanent, too_late.uncertain) == (True, False)
    assert "48 hours" in str(too_late)
    assert "48 hours" in str(refusal(known, replace(letter(3), recipient="wm-never")))
    assert len(wecom.calls("kf/send_msg")) == 1


@pytest.mark.parametrize(
    ("code", "permanent", "retry_after"),
    [(-1, False, 60), (45009, False, 60), (60020, False, None), (95001, True, None), (95018, True, None)],
)
def test_it_tells_apart_what_may_do_later(
    known: Chats, wecom: WecomServer, code: int, permanent: bool, retry_after: float | None
) -> None:
    wecom.fail_next("kf/send_msg", code)
    error = refusal(known, letter(1))
    assert (error.permanent, error.uncertain, error.retry_after) == (permanent, False, retry_after)
    with known.sender() as sender:
        sender.send(letter(1))
    with reading(known.engine) as session:
        assert session.get_one(WecomSent, wecom.sent[0].msgid).taken


def test_it_repeats_nothing_that_wecom_has(known: Chats, wecom: WecomServer) -> None:
    wecom.hang_up_next("kf/send_msg")
    first = refusal(known, letter(1, "长" * 1000))
    assert (first.permanent, first.uncertain) == (False, True)
    assert len(wecom.sent) == 1  # it did arrive
    wecom.fail_next("media/upload", -1)
    drawing = StoredFile("图纸.pdf", "application/pdf", 8, known.files.put(b"%PDF-1.7"))
    again = letter(1, "长" * 1000, files=(drawing,))
    assert refusal(known, again).uncertain
    with known.sender() as sender:
        sender.send(again)
        sender.send(again)  # we died before we could write down that it is sent
    assert [bool(sent.text) for sent in wecom.sent] == [True, True, False]
    for number in (2, 3):
        with known.sender() as sender:
            sender.send(letter(number))
    assert "five messages" in str(refusal(known, letter(4)))  # each counted once


def test_it_fetches_a_new_token_when_the_old_one_is_refused(known: Chats, wecom: WecomServer) -> None:
    asked = len(wecom.calls("gettoken"))
    wecom.world.tokens.clear()
    with known.sender() as sender:
        sender.send(letter(1))
    assert len(wecom.calls("gettoken")) == asked + 1
    wecom.fail_next("kf/send_msg", 42001)
    wecom.fail_next("kf/send_msg", 42001)
    assert not refusal(known, letter(2)).permanent


@pytest.mark.parametrize("size", [5, 20 * 1024 * 1024 + 1])
def test_it_sends_nothing_of_a_letter_with_a_file_that_wecom_does_not_take(
    known: Chats, wecom: WecomServer, size: int
) -> None:
    odd = StoredFile("x.bin", "application/octet-stream", size, "0" * 64)
    error = refusal(known, letter(1, files=(odd,)))
    assert (error.permanent, "6 bytes to 20 MB" in str(error)) == (True, True)
    gone = refusal(known, letter(1, files=(replace(odd, size=9),)))
    assert (gone.permanent, "missing" in str(gone)) == (True, True)
    assert wecom.sent == []


def test_it_knows_that_nothing_left_when_there_is_no_line(known: Chats) -> None:
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        with known.sender() as sender:
            sender._line._http.base_url = f"http://127.0.0.1:{nobody_listens.getsockname()[1]}/cgi-bin/"
            with pytest.raises(SendError) as caught:
                sender.send(letter(1))
    assert (caught.value.permanent, caught.value.uncertain) == (False, False)


def test_it_never_says_its_secrets(
    known: Chats, wecom: WecomServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wecom.hang_up_next("kf/send_msg")
    error = refusal(known, letter(1, "机密"))
    (token,) = wecom.world.tokens
    for secret in (token, SECRET, "机密"):
        assert secret not in caplog.text + str(error)
    assert error.__suppress_context__


def test_it_shows_buttons_as_a_menu_within_its_limits(known: Chats, wecom: WecomServer) -> None:
    marks = (*(f"talk:/skip 12 {number}" for number in range(12)), "x" * 65)
    with known.sender() as sender:
        sender.send(with_buttons(1, "请问送到哪里？", *marks))
        sender.send(with_buttons(2, "长" * 500, "talk:/status"))
        sender.send(with_buttons(3, "好的", "x" * 65))
    short, before, after, nothing_to_click = wecom.sent
    assert (short.text, [mark for _, mark in short.menu]) == ("请问送到哪里？", list(marks[:10]))
    assert (before.menu, [mark for _, mark in after.menu]) == ((), ["talk:/status"])
    assert before.text + after.text == "长" * 500
    assert (nothing_to_click.text, nothing_to_click.menu) == ("好的", ())


def test_it_greets_with_the_code_of_whoever_came_in_and_only_once(known: Chats, wecom: WecomServer) -> None:
    code = wecom.customer_comes_in("wm-2")
    hello = replace(with_buttons(1, "您好", "talk:/person"), recipient="wm-2", welcome=code)
    with known.sender() as sender:
        sender.send(hello)
    ((customer, text, menu),) = [(sent.customer, sent.text, len(sent.menu)) for sent in wecom.sent]
    assert (customer, text, menu) == ("wm-2", "您好", 1)
    assert refusal(known, hello).permanent
    wecom.hang_up_next("kf/send_msg_on_event")
    other = replace(hello, welcome=wecom.customer_comes_in("wm-3"), recipient="wm-3")
    assert refusal(known, other).uncertain
