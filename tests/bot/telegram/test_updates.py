"""An update says what a customer said, or that nobody said anything; garbage is told apart from both."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import User

from bot.telegram.updates import Ears, Heard, Moved, Shut, read_update
from intake.arrive import Unsaid
from store.tables import IncomingState
from tests.borders.botapi import _marked

SOURCE = "telegram:110201543"
ME = User(id=110201543, first_name="回音", is_bot=True, username="huiyin_test_bot")
CHEN = {"id": 42, "is_bot": False, "first_name": "Chen", "last_name": "Wei", "language_code": "zh-hans"}
PRIVATE = {"id": 42, "type": "private", "first_name": "Chen"}
GROUP = {"id": -1001, "type": "supergroup", "title": "采购群"}
ANSWERED = {"message_id": 6, "date": 1, "chat": PRIVATE, "from": ME.to_dict()}
EARS = Ears(SOURCE, ME)
SENT_AT = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)


def message(**parts: Any) -> dict[str, Any]:
    whole = {"message_id": 7, "from": CHEN, "chat": PRIVATE, "date": int(SENT_AT.timestamp())}
    return {"update_id": 900, "message": whole | parts}


def heard(raw: dict[str, Any]) -> Heard:
    told = read_update(raw, EARS)
    assert isinstance(told, Heard)
    return told


def unsaid(raw: dict[str, Any]) -> Unsaid:
    told = read_update(raw, EARS)
    assert isinstance(told, Unsaid)
    return told


def test_it_hears_a_text() -> None:
    said = heard(message(text="你好")).said

    assert (said.text, said.name, said.address, said.conversation) == ("你好", "Chen Wei", "42", "42")
    assert (said.external_id, said.source, said.language, said.at) == ("900", SOURCE, "zh-hans", SENT_AT)


def test_it_hears_a_changed_text_as_said_when_it_was_changed() -> None:
    raw = message(text="改为 600 件", edit_date=int(SENT_AT.timestamp()) + 60)
    told = heard({"update_id": 901, "edited_message": raw["message"]})
    said = told.said

    assert (told.edited, said.reference, said.text) == (True, "7", "改为 600 件")
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


FILE = {"file_id": "a", "file_unique_id": "ua", "width": 1, "height": 1, "duration": 72}
PLACE = {"latitude": 22.543211, "longitude": 114.057868}
STICKER = FILE | {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
POLL = {
    "id": "1",
    "question": "哪天交货？",
    "options": [
        {"text": "周一", "voter_count": 0, "persistent_id": "0"},
        {"text": "周三", "voter_count": 1, "persistent_id": "1"},
    ],
    "total_voter_count": 1,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
WANG = {"type": "user", "date": 1, "sender_user": CHEN | {"first_name": "王工", "last_name": ""}}


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({"contact": {"phone_number": "+86 755", "first_name": "李"}}, "[联系人: 李 +86 755]"),
        ({"location": PLACE}, "[位置: 22.543211, 114.057868]"),
        ({"location": PLACE | {"live_period": 900}}, "[实时位置，发送时在: 22.543211, 114.057868]"),
        (
            {"location": PLACE, "venue": {"location": PLACE, "title": "福田仓", "address": "深南大道 1 号"}},
            "[地点: 福田仓, 深南大道 1 号 (22.543211, 114.057868)]",
        ),
        ({"voice": FILE}, "[语音 1:12]"),
        ({"video": FILE, "caption": "异响"}, "异响\n[视频 1:12]"),
        ({"video_note": FILE | {"length": 1}}, "[视频 1:12]"),
        ({"audio": FILE | {"title": "异响", "performer": "李"}}, "[音频 李 – 异响 1:12]"),
        ({"animation": FILE}, "[动图]"),
        ({"sticker": STICKER}, "[贴纸 👍]"),
        ({"poll": POLL}, "[投票: 哪天交货？ 周一 / 周三]"),
        ({"dice": {"emoji": "🎲", "value": 4}}, "[骰子 🎲 4]"),
        ({"story": {"chat": PRIVATE, "id": 1}}, "[这类消息无法在此显示: story]"),
        ({"text": "要 500 件", "forward_origin": WANG}, "[转发自: 王工]\n要 500 件"),
        (
            {"text": "x", "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "老王"}},
            "[转发自: 老王]\nx",
        ),
        (
            {"text": "x", "forward_origin": {"type": "channel", "date": 1, "message_id": 1, "chat": GROUP}},
            "[转发自: 采购群]\nx",
        ),
    ],
)
def test_it_writes_down_what_was_sent_without_words(parts: dict[str, Any], text: str) -> None:
    told = heard(message(**parts))
    assert told.said.text == text
    kept = {"voice", "video", "video_note", "audio", "animation"} & parts.keys()
    assert len(told.files) == len(kept)


def test_it_hears_the_words_beside_a_part_that_the_library_cannot_read() -> None:
    odd = {"message_id": 6, "date": 1, "chat": PRIVATE, "poll": {"of": "the future"}}
    assert heard(message(text="就周三", reply_to_message=odd)).said.text == "就周三"


def test_it_writes_in_the_language_of_the_chat() -> None:
    english = CHEN | {"language_code": "en-GB"}
    assert heard(message(voice=FILE, **{"from": english})).said.text == "[Voice message 1:12]"
    ears = Ears(SOURCE, ME, {"42": "zh-Hant"})
    told = read_update(message(voice=FILE, **{"from": english}), ears)
    assert isinstance(told, Heard)
    assert told.said.text == "[語音 1:12]"


@pytest.mark.parametrize(
    ("parts", "quoted"),
    [
        (
            {"reply_to_message": ANSWERED | {"text": "交期 3 周，\n可以吗？"}},
            "[回复: “交期 3 周， 可以吗？”]",
        ),
        ({"reply_to_message": ANSWERED | {"text": "长" * 200}}, "[回复: “" + "长" * 80 + "…”]"),
        ({"reply_to_message": ANSWERED | {"voice": FILE}}, "[回复: “[语音 1:12]”]"),
        ({"reply_to_message": ANSWERED | {"photo": [FILE]}}, "[回复: “图片或文件”]"),
        (
            {
                "reply_to_message": ANSWERED | {"text": "一、单价\n二、交期"},
                "quote": {"text": "二、交期", "position": 5},
            },
            "[回复: “二、交期”]",
        ),
    ],
)
def test_it_quotes_in_brief_what_is_answered(parts: dict[str, Any], quoted: str) -> None:
    said = heard(message(text="可以", **parts)).said
    assert (said.text, said.quoted) == ("可以", quoted)


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


def marked(text: str) -> dict[str, Any]:
    return {"text": text} | _marked("entities", text)


@pytest.mark.parametrize(
    ("text", "heard_as"),
    [
        ("@Huiyin_Test_Bot 报价 500 件", "报价 500 件"),
        ("😀 @huiyin_test_bot，报价 500 件", "😀 报价 500 件"),
        ("请 @huiyin_test_bot 报价", "请 报价"),
        ("报价 @huiyin_test_bot", "报价"),
        ("/status", "/status"),
        ("/status@huiyin_test_bot", "/status"),
        ("/language@Huiyin_Test_Bot en", "/language en"),
        ("@huiyin_test_bot /new", "/new"),
        ("/status@other_bot", None),
        ("@huiyin_test_bot2 报价", None),
        ("mail@huiyin_test_bot.example 报价", None),
        ("中午吃什么", None),
    ],
)
def test_it_hears_in_a_group_what_is_said_to_us_without_our_name(text: str, heard_as: str | None) -> None:
    told = read_update(message(chat=GROUP, **marked(text)), EARS)
    if heard_as is None:
        assert told == Unsaid(IncomingState.IGNORED, "Said in a group, and not to us.")
    else:
        assert isinstance(told, Heard)
        assert (told.said.text, told.said.address, told.said.command) == (heard_as, "-1001", "")


def test_it_hears_in_a_group_an_answer_to_us_a_name_without_at_and_a_call() -> None:
    ours = {"message_id": 6, "date": 1, "chat": GROUP, "from": ME.to_dict(), "text": "已收到"}
    theirs = ours | {"from": CHEN, "text": "要 500 件"}
    assert heard(message(chat=GROUP, text="谢谢", reply_to_message=ours)).said.conversation == "-1001"
    assert unsaid(message(chat=GROUP, text="谢谢", reply_to_message=theirs))
    assert unsaid(message(chat=GROUP, reply_to_message=ours, **marked("/help@other_bot")))

    topic = {"name": "订单", "icon_color": 1}
    begun = {key: value for key, value in ours.items() if key != "text"} | {"forum_topic_created": topic}
    assert unsaid(message(chat=GROUP, text="中午吃什么", reply_to_message=begun))
    in_topic = heard(message(chat=GROUP, reply_to_message=begun, **marked("@huiyin_test_bot 报价"))).said
    assert (in_topic.text, in_topic.quoted) == ("报价", "")

    named = {"type": "text_mention", "offset": 0, "length": 2, "user": ME.to_dict()}
    assert heard(message(chat=GROUP, text="回音 报价", entities=[named])).said.text == "报价"
    captioned = {
        "caption": "@huiyin_test_bot 划伤",
        "caption_entities": marked("@huiyin_test_bot")["entities"],
    }
    told = heard(message(chat=GROUP, photo=[FILE], **captioned))
    assert (told.said.text, len(told.files)) == ("划伤", 1)

    # Our name alone: we are called. In answer to somebody's words: those are meant.
    assert heard(message(chat=GROUP, **marked("@huiyin_test_bot"))).said.command == "/start"
    passed_on = heard(message(chat=GROUP, reply_to_message=theirs, **marked("@huiyin_test_bot"))).said
    assert (passed_on.text, passed_on.command) == ("[回复: “要 500 件”]", "")


def test_it_hears_an_administrator_who_writes_as_the_group() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    said = heard(
        message(chat=GROUP, sender_chat=GROUP, **{"from": anonymous}, **marked("@huiyin_test_bot 报价"))
    ).said
    assert (said.text, said.name) == ("报价", "采购群")


def test_it_hears_that_a_chat_is_shut_open_or_moved() -> None:
    def change(status: str) -> Any:
        return read_update(
            {"update_id": 1, "my_chat_member": {"chat": PRIVATE, "new_chat_member": {"status": status}}}, EARS
        )

    assert [change(status) for status in ("kicked", "left", "member")] == [
        Shut("42"),
        Shut("42"),
        Shut("42", open=True),
    ]
    assert read_update(message(chat=GROUP, migrate_to_chat_id=-1002), EARS) == Moved("-1001", "-1002")
    assert read_update(message(chat=GROUP, migrate_from_chat_id=-9), EARS) == Moved("-9", "-1001")


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
PARTS = [
    "text",
    "from",
    "chat",
    "date",
    "edit_date",
    "caption",
    "photo",
    "document",
    "voice",
    "contact",
    "location",
    "venue",
    "sticker",
    "poll",
    "quote",
    "reply_to_message",
    "forward_origin",
    "entities",
    "media_group_id",
]


@given(st.dictionaries(st.sampled_from(PARTS), json, min_size=1))
def test_it_never_raises(parts: dict[str, Any]) -> None:
    told = read_update(message(**parts), EARS)

    if isinstance(told, Heard):
        told.said.text.encode()
        told.said.name.encode()
