"""An update says what a customer said, or that nobody said anything; garbage is told apart from both."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import User

from bot.telegram.updates import EDITED, Heard, read_update
from intake.arrive import Unsaid
from store.tables import IncomingState

SOURCE = "telegram:110201543"
ME = User(id=110201543, first_name="回音", is_bot=True, username="huiyin_test_bot")
CHEN = {"id": 42, "is_bot": False, "first_name": "Chen", "last_name": "Wei", "language_code": "zh-hans"}
PRIVATE = {"id": 42, "type": "private", "first_name": "Chen"}
GROUP = {"id": -1001, "type": "supergroup", "title": "采购群"}
SENT_AT = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)


def message(**parts: Any) -> dict[str, Any]:
    whole = {"message_id": 7, "from": CHEN, "chat": PRIVATE, "date": int(SENT_AT.timestamp())}
    return {"update_id": 900, "message": whole | parts}


def heard(raw: dict[str, Any]) -> Heard:
    told = read_update(raw, SOURCE, ME)
    assert isinstance(told, Heard)
    return told


def unsaid(raw: dict[str, Any]) -> Unsaid:
    told = read_update(raw, SOURCE, ME)
    assert isinstance(told, Unsaid)
    return told


def test_it_hears_a_text() -> None:
    said = heard(message(text="你好")).said

    assert (said.text, said.name, said.address, said.conversation) == ("你好", "Chen Wei", "42", "42")
    assert (said.external_id, said.source, said.language, said.at) == ("900", SOURCE, "zh-hans", SENT_AT)


def test_it_hears_a_changed_text_as_said_when_it_was_changed() -> None:
    raw = message(text="改为 600 件", edit_date=int(SENT_AT.timestamp()) + 60)
    said = heard({"update_id": 901, "edited_message": raw["message"]}).said

    assert said.text == f"改为 600 件\n{EDITED}"
    assert said.at == datetime(2026, 7, 1, 8, 1, tzinfo=UTC)


def test_it_names_the_files_and_takes_the_largest_photo() -> None:
    small = {"file_id": "a", "file_unique_id": "ua", "width": 90, "height": 67, "file_size": 900}
    large = {"file_id": "b", "file_unique_id": "ub", "width": 1280, "height": 960, "file_size": 90_000}
    told = heard(message(photo=[small, large], caption="外壳开裂"))

    assert told.said.text == "外壳开裂"
    assert [(file.id, file.name, file.type, file.size) for file in told.files] == [
        ("b", "7-photo.jpg", "image/jpeg", 90_000)
    ]


def test_it_names_an_animation_once() -> None:
    file = {"file_id": "a", "file_unique_id": "ua", "file_name": "x.mp4", "mime_type": "video/mp4"}
    animation = file | {"width": 1, "height": 1, "duration": 1}

    assert [file.name for file in heard(message(document=file, animation=animation)).files] == ["x.mp4"]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({"contact": {"phone_number": "+86 755", "first_name": "李"}}, "[联系人: 李  +86 755]"),
        ({"location": {"latitude": 22.5, "longitude": 114.0}}, "[位置: 22.5, 114.0]"),
    ],
)
def test_it_writes_down_what_was_sent_without_words(parts: dict[str, Any], text: str) -> None:
    assert heard(message(**parts)).said.text == text


def test_it_keeps_what_no_database_takes_out_of_the_text() -> None:
    said = heard(message(text="a\x00b\ud800c", **{"from": CHEN | {"first_name": "\udfff"}})).said

    assert (said.text, said.name) == ("ab?c", "? Wei")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (
            {"update_id": 1, "my_chat_member": {"chat": PRIVATE}},
            "Telegram tells of my_chat_member; nobody wrote.",
        ),
        (message(chat=GROUP, new_chat_members=[CHEN]), "Said in a group, and not to us."),
        (message(chat=GROUP, text="中午吃什么"), "Said in a group, and not to us."),
        (message(pinned_message=None), "Telegram tells of a change in the chat; nobody wrote."),
        (message(text="ping", **{"from": CHEN | {"is_bot": True}}), "Another bot wrote this."),
        ({"update_id": 2}, "Telegram tells of nothing; nobody wrote."),
        ({"update_id": 3, "of_the_future": {}}, "Telegram tells of of_the_future; nobody wrote."),
    ],
)
def test_it_says_why_there_is_nothing_to_hear(raw: dict[str, Any], reason: str) -> None:
    assert unsaid(raw) == Unsaid(IncomingState.IGNORED, reason)


def test_it_hears_in_a_group_what_is_said_to_us() -> None:
    ours = {"message_id": 6, "date": 1, "chat": GROUP, "from": ME.to_dict(), "text": "已收到"}

    assert heard(message(chat=GROUP, text="@Huiyin_Test_Bot 报价")).said.address == "-1001"
    assert heard(message(chat=GROUP, text="谢谢", reply_to_message=ours)).said.conversation == "-1001"


@pytest.mark.parametrize(
    "garbage",
    [
        {"update_id": 1, "message": {"text": "no chat, no date"}},
        {"update_id": 1, "message": "text"},
        {"update_id": 1, "message": [1]},
        message(date=10**30),
        message(date="soon"),
        message(photo=[17]),
        message(text=17, document={}),
    ],
)
def test_it_puts_aside_what_cannot_be_read(garbage: dict[str, Any]) -> None:
    assert unsaid(garbage).state == IncomingState.QUARANTINED


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
PARTS = ["text", "from", "chat", "date", "edit_date", "caption", "photo", "document", "voice", "contact"]


@given(st.dictionaries(st.sampled_from(PARTS), json, min_size=1))
def test_it_never_raises(parts: dict[str, Any]) -> None:
    told = read_update(message(**parts), SOURCE, ME)

    if isinstance(told, Heard):
        told.said.text.encode()
        told.said.name.encode()
