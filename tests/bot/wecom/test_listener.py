"""Every message of WeCom is kept once, with its place, and none is asked for before that is committed."""

import json
import multiprocessing
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.wecom.errors import WecomError
from bot.wecom.listener import pause_after
from intake.arrive import said
from store.engine import reading, writing
from store.listeners import release_lease, this_process
from store.tables import Channel, IncomingState, WecomChat
from tests.borders.wecom import WecomServer
from tests.borders.wecom_world import KFID
from tests.bot.wecom.chats import NAME, Chats, listen_for_ever, pull_once, texts
from tests.crashing import killed_at
from tests.office import MORNING

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ELSEWHERE = "otherhost:0b1e-55d0/4026531836:77:4242"


def test_it_keeps_what_a_customer_writes_and_goes_on_where_it_stopped(
    chats: Chats, wecom: WecomServer
) -> None:
    written_at = MORNING - timedelta(seconds=30)
    number = wecom.customer_says("wm-1", "请报价：M8 螺栓 5000 件\x00", name="李\x00工", at=written_at)
    (row,) = chats.pull()
    assert (row.source, row.external_id, row.conversation) == (NAME, number, f"{NAME}:wm-1")
    assert (row.state, row.arrived_at, row.stored_at) == (IncomingState.NEW, written_at, MORNING)
    what = said(row.payload or {})
    assert (what.channel, what.text, what.name) == (Channel.WECOM, "请报价：M8 螺栓 5000 件", "李工")
    assert json.loads(chats.files.get(row.raw or ""))["text"]["content"].startswith("请报价")
    assert chats.account().cursor == "cursor-1"
    assert (chats.progress().connected_at, chats.progress().polled_at) == (MORNING, MORNING)

    wecom.customer_says("wm-1", "还有个事", name="李工")
    wecom.world.calls.clear()
    assert texts(chats.pull()) == ["请报价：M8 螺栓 5000 件", "还有个事"]
    assert [call["cursor"] for call in wecom.calls("kf/sync_msg")] == ["cursor-1"]
    assert wecom.calls("kf/customer/batchget") == []  # the name is known


@on_sqlite
def test_it_keeps_page_after_page_and_the_same_message_once(chats: Chats, wecom: WecomServer) -> None:
    lines = [str(number) for number in range(120)]
    for line in lines:
        wecom.customer_says(f"wm-{line}", line)
    assert texts(chats.pull()) == lines
    assert len(wecom.calls("kf/sync_msg")) == 3
    wecom.fail_next("kf/sync_msg", 40058, "invalid cursor")  # it knows the place no more
    wecom.customer_says("wm-0", "还有")
    assert texts(chats.pull()) == [*lines, "还有"]


@on_sqlite
def test_it_fetches_the_files_and_keeps_the_words_without_them(chats: Chats, wecom: WecomServer) -> None:
    wecom.customer_sends_file("wm-1", "file", "图纸 A1.pdf", b"%PDF-1.7", "application/pdf")
    wecom.customer_sends_file("wm-1", "image", "", b"\xff\xd8photo", "image/jpeg")
    wecom.customer_sends("wm-1", "voice", {"media_id": "gone"})
    drawing, photo, voice = (said(row.payload or {}) for row in chats.pull())
    assert [(file.name, file.type, file.size) for file in drawing.files] == [
        ("图纸 A1.pdf", "application/pdf", 8)
    ]
    assert chats.files.get(drawing.files[0].sha256) == b"%PDF-1.7"
    assert (photo.files[0].name, chats.files.get(photo.files[0].sha256)) == ("图片.jpg", b"\xff\xd8photo")
    assert (voice.text, voice.files) == ("[附件未能下载: 语音.amr]", ())


@on_sqlite
def test_it_sets_aside_what_nobody_said_and_what_it_cannot_read(chats: Chats, wecom: WecomServer) -> None:
    wecom.tells("enter_session", external_userid="wm-1")
    wecom.world.add({"origin": 5, "external_userid": "wm-1", "msgtype": "text", "text": {"content": "我来"}})
    broken = wecom.world.add({"origin": 3, "external_userid": "wm-1", "msgtype": "text", "text": "no object"})
    wecom.customer_says("wm-1", "你好")
    rows = chats.pull()
    assert [row.state for row in rows] == [
        IncomingState.IGNORED,
        IncomingState.IGNORED,
        IncomingState.QUARANTINED,
        IncomingState.NEW,
    ]
    assert rows[2].reason == "This WeCom message cannot be read (TypeError)."
    assert json.loads(chats.files.get(rows[2].raw or ""))["msgid"] == broken


@on_sqlite
def test_it_serves_customers_whose_names_wecom_does_not_say(chats: Chats, wecom: WecomServer) -> None:
    wecom.customer_says("wm-1", "你好")
    wecom.fail_next("kf/customer/batchget", -1, "system busy")
    (row,) = chats.pull()
    assert said(row.payload or {}).name.startswith("微信客户 ")
    wecom.customer_says("wm-1", "在吗", name="李工")
    assert said(chats.pull()[1].payload or {}).name == "李工"  # it is asked for again


@on_sqlite
def test_it_files_what_was_said_long_before_it_was_connected(chats: Chats, wecom: WecomServer) -> None:
    wecom.customer_says("wm-1", "前天的", at=MORNING - timedelta(hours=30))
    wecom.customer_says("wm-1", "今早的", at=MORNING - timedelta(hours=1))
    assert [row.history for row in chats.pull()] == [True, False]
    wecom.customer_says("wm-2", "停机时写的", at=MORNING + timedelta(hours=1))
    chats.pass_time(hours=60)
    assert [row.history for row in chats.pull()] == [True, False, False]


@on_sqlite
def test_it_asks_with_the_callback_s_token_until_that_is_used_up(chats: Chats, wecom: WecomServer) -> None:
    chats.ring()
    chats.pull()
    assert chats.account().pull_token is None
    chats.pull()
    chats.ring()
    chats.pass_time(minutes=11)
    chats.pull()
    wanted = [call.get("token", "") for call in wecom.calls("kf/sync_msg")]
    assert wanted == [wanted[0], "", ""]
    assert wanted[0].startswith("pull-")
    chats.ring()
    wecom.fail_next("kf/sync_msg", 95007, "invalid msg token")
    chats.pull()  # and without it
    assert [("token" in call) for call in wecom.calls("kf/sync_msg")][3:] == [True, False]


@on_sqlite
def test_it_hears_at_once_when_it_is_called_and_tells_of_trouble(chats: Chats, wecom: WecomServer) -> None:
    wecom.fail_next("gettoken", 40001, "invalid credential")
    with chats.listening():
        chats.wait_for(lambda: wecom.calls("kf/sync_msg"))  # it tried again by itself
        chats.wait_for(lambda: chats.progress().polled_at)
        assert chats.progress().error is None
        wecom.customer_says("wm-1", "你好")
        chats.ring()
        chats.wait_for(chats.rows)
    assert texts(chats.rows()) == ["你好"]
    assert chats.progress().holder is None


@on_sqlite
def test_it_says_in_a_sentence_what_is_wrong(chats: Chats, wecom: WecomServer) -> None:
    for code, sentence in (
        (40001, "check HUIYIN_WECOM_CORP_ID and HUIYIN_WECOM_SECRET"),
        (60020, "企业可信IP"),
        (45009, "asks us to wait"),
        (99999, "WeCom refuses: nobody knows \\(99999\\)."),
    ):
        wecom.fail_next("kf/sync_msg", code, "nobody knows, hint: [1], from ip: 10.0.0.1")
        with pytest.raises(WecomError, match=sentence):
            chats.pull()
    wecom.hang_up_next("kf/sync_msg")
    with pytest.raises(WecomError, match="WeCom cannot be reached: RemoteProtocolError"):
        chats.pull()


def test_it_leaves_the_account_to_the_process_that_holds_it(chats: Chats, wecom: WecomServer) -> None:
    wecom.customer_says("wm-1", "你好")
    chats.hold()
    with writing(chats.engine) as session:
        release_lease(session, NAME, this_process())
    chats.hold(ELSEWHERE)
    with chats.line() as line:
        assert not chats.listener(line).pull()  # taken over while it fetched: nothing is written
    assert chats.rows() == []
    chats.pass_time(minutes=1)  # that process has died
    assert texts(chats.pull()) == ["你好"]


@on_sqlite
def test_two_processes_take_turns(
    chats: Chats, wecom: WecomServer, database_url: str, engine: Engine
) -> None:
    engine.dispose()
    folder = chats.files._root
    neighbour = multiprocessing.get_context("fork").Process(
        target=listen_for_ever, args=(database_url, wecom, folder)
    )
    neighbour.start()
    chats.wait_for(lambda: chats.listens() not in ("", this_process()))
    with chats.listening():
        wecom.customer_says("wm-1", "一")
        chats.ring()
        chats.wait_for(chats.rows)
        assert chats.listens() != this_process()
        neighbour.kill()
        neighbour.join()
        wecom.customer_says("wm-1", "二")
        chats.ring()
        chats.wait_for(lambda: len(chats.rows()) == 2)
        assert chats.listens() == this_process()
    assert texts(chats.rows()) == ["一", "二"]


@pytest.mark.parametrize(("point", "kept"), [("messages_fetched", []), ("messages_kept", ["1", "2"])])
def test_it_loses_and_doubles_nothing_when_killed(
    chats: Chats, wecom: WecomServer, engine: Engine, database_url: str, point: str, kept: list[str]
) -> None:
    wecom.customer_says("wm-1", "1")
    wecom.customer_says("wm-2", "2")
    engine.dispose()
    folder = chats.files._root
    assert killed_at(point, 1, lambda: pull_once(database_url, wecom, folder))
    assert texts(chats.rows()) == kept
    assert texts(chats.pull()) == ["1", "2"]


@on_sqlite
def test_it_tells_of_what_is_lost_after_a_longer_silence_than_wecom_keeps(
    chats: Chats, wecom: WecomServer
) -> None:
    chats.pull()
    chats.pass_time(days=2)
    chats.pull()
    assert chats.progress().outage_told is None
    chats.pass_time(days=4)
    wecom.customer_says("wm-1", "三天内的")
    assert texts(chats.pull()) == ["三天内的"]
    assert chats.progress().outage_told == MORNING + timedelta(days=2)


@on_sqlite
def test_it_notes_when_each_customer_last_wrote(chats: Chats, wecom: WecomServer) -> None:
    wecom.customer_says("wm-1", "二", at=MORNING - timedelta(minutes=1))
    wecom.customer_says("wm-1", "一", at=MORNING - timedelta(minutes=2))  # WeCom need not keep the order
    chats.pull()
    with reading(chats.engine) as session:
        assert session.get_one(WecomChat, "wm-1").heard_at == MORNING - timedelta(minutes=1)


def test_it_waits_longer_each_time() -> None:
    assert 1 <= pause_after(1) <= 2
    assert pause_after(10_000) <= 60


def test_its_account_is_the_settings_one(wecom: WecomServer) -> None:
    assert wecom.account.name == f"wecom:{KFID}"
    assert "invented" not in repr(wecom.account)
