"""What a message of WeCom tells us: words, files, what was sent without words; never an error."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.wecom.messages import CameIn, Heard, InVain, RemoteFile, id_of, read_message
from intake.arrive import Unsaid
from store.tables import Channel, IncomingState

FORWARDED = {
    "title": "采购群的聊天记录",
    "item": [
        {
            "send_time": 1,
            "msgtype": "text",
            "sender_name": "老王",
            "msg_content": '{"text": {"content": "坏了"}}',
        },
        {"send_time": 2, "msgtype": "image", "sender_name": "小李", "msg_content": '{"image": {}}'},
    ],
}


def message(kind: str, content: object, **more: object) -> dict[str, Any]:
    return {
        "msgid": "m-1",
        "open_kfid": "wk-1",
        "external_userid": "wm-1",
        "send_time": 1763600400,
        "origin": 3,
        "msgtype": kind,
        kind: content,
    } | more


def read(kind: str, content: object, **more: object) -> Heard:
    heard = read_message(message(kind, content, **more), "wecom:wk-1")
    assert isinstance(heard, Heard), heard
    return heard


@pytest.mark.parametrize(
    ("kind", "content", "text"),
    [
        ("text", {"content": "你好", "menu_id": "1"}, "你好"),
        (
            "location",
            {"latitude": 22.5, "longitude": 113.9, "name": "二号厂房", "address": "深圳"},
            "[位置: 二号厂房 深圳 22.5, 113.9]",
        ),
        ("link", {"title": "标准", "desc": "", "url": "https://x.example"}, "[链接: 标准 https://x.example]"),
        ("business_card", {"userid": "ZhangSan"}, "[名片: ZhangSan]"),
        ("miniprogram", {"title": "订货", "appid": "x"}, "[小程序: 订货]"),
        ("merged_msg", FORWARDED, "[聊天记录: 采购群的聊天记录]\n老王: 坏了\n小李: [image]"),
        ("channels_shop_order", {}, "[客户发来一条消息，类型 channels_shop_order，只能在企业微信里查看]"),
    ],
)
def test_it_reads_what_customers_send(kind: str, content: object, text: str) -> None:
    said = read(kind, content).said
    assert (said.text, said.conversation, said.address, said.external_id) == (text, "wm-1", "wm-1", "m-1")
    assert (said.channel, said.source, said.at.timestamp()) == (Channel.WECOM, "wecom:wk-1", 1763600400)


@pytest.mark.parametrize(
    ("kind", "name", "mime"),
    [
        ("image", "图片.jpg", "image/jpeg"),
        ("voice", "语音.amr", "audio/amr"),
        ("video", "视频.mp4", "video/mp4"),
        ("file", "文件", "application/octet-stream"),
    ],
)
def test_it_names_the_file_to_fetch(kind: str, name: str, mime: str) -> None:
    assert read(kind, {"media_id": "media-1"}).file == RemoteFile("media-1", name, mime)


@pytest.mark.parametrize(
    ("raw", "state", "reason"),
    [
        (message("text", {"content": "x"}, origin=5), "ignored", "A colleague wrote this in WeCom itself."),
        (message("text", {"content": "x"}, origin=4), "ignored", "WeCom itself wrote this."),
        (
            message("event", {"event_type": "enter_session", "external_userid": "wm-1"}, origin=4),
            "ignored",
            "WeCom tells of 'enter_session'; nobody wrote.",
        ),
        (message("text", {}), "quarantined", "This WeCom message cannot be read (KeyError)."),
        (message("text", {"content": 7}), "quarantined", "This WeCom message cannot be read (TypeError)."),
        (message("text", {"content": " "}), "quarantined", "This WeCom message cannot be read (ValueError)."),
        (
            message("text", {"content": "x"}, external_userid="x" * 65),
            "quarantined",
            "This WeCom message cannot be read (ValueError).",
        ),
        (
            message("text", {"content": "x"}, send_time=10**20),
            "quarantined",
            "This WeCom message cannot be read (OverflowError).",
        ),
        ("no object", "quarantined", "This WeCom message cannot be read (TypeError)."),
        ({}, "quarantined", "This WeCom message cannot be read (KeyError)."),
    ],
)
def test_it_sets_aside_what_no_customer_said(raw: object, state: str, reason: str) -> None:
    assert read_message(raw, "wecom:wk-1") == Unsaid(IncomingState(state), reason)


def test_it_hears_of_messages_of_ours_that_did_not_arrive() -> None:
    event = {
        "event_type": "msg_send_fail",
        "external_userid": "wm-1",
        "fail_msgid": "hy12-0-abcdef01",
        "fail_type": 6,
    }
    assert read_message(message("event", event, origin=4), "x") == InVain("hy12-0-abcdef01", "wm-1", 6)


def test_it_has_an_id_for_each_message_and_the_same_for_the_same() -> None:
    assert id_of({"msgid": "m-1"}) == "m-1"
    for odd in ({}, {"msgid": 7}, {"msgid": ""}, {"msgid": "x" * 200}, {"msgid": "五"}, "no object", None):
        assert id_of(odd) == id_of(json.loads(json.dumps(odd)))
        assert id_of(odd).startswith("sha256:")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(JSON, st.sampled_from(["text", "image", "location", "link", "merged_msg", "event", "业"]), JSON)
def test_it_never_stumbles(raw: object, kind: str, content: object) -> None:
    for odd in (raw, message(kind, content), message(kind, content, send_time=raw)):
        assert isinstance(read_message(odd, "x"), Heard | InVain | Unsaid)
        assert id_of(odd)


def test_a_clicked_item_of_our_menu_says_its_command_and_nobody_else_s_does() -> None:
    click = read("text", {"content": "跳过", "menu_id": "talk:/skip 12 quantity"}).said
    assert (click.text, click.command) == ("跳过", "/skip 12 quantity")
    for strange in ("101", "survey:1:0=1", "talk:" + "x" * 64, ["talk:/status"], None):
        said = read("text", {"content": "满意", "menu_id": strange}).said
        assert (said.text, said.command) == ("满意", "")


def test_it_knows_who_comes_in_and_may_be_greeted() -> None:
    event = {"event_type": "enter_session", "external_userid": "wm-1", "welcome_code": "code-1"}
    came = read_message(message("event", event, origin=4), "wecom:wk-1")
    assert came == CameIn("wm-1", "code-1", datetime.fromtimestamp(1763600400, UTC))
