"""What customers really send: albums, corrections, lines in groups; from the Bot API to the case."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from casework.own_chats import line_for
from store.engine import open_engine
from store.tables import Incoming, User
from tests.borders.botapi import BotApiServer
from tests.borders.botapi_world import BOT
from tests.bot.telegram.office_chat import BotOffice, bot_office
from tests.office import Office


@pytest.fixture(scope="module")
def one_office(sqlite_template: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotOffice]:
    """One for all tests here, each with chats of its own."""
    folder = tmp_path_factory.mktemp("talk")
    (folder / "huiyin.db").write_bytes(sqlite_template)
    engine = open_engine(f"sqlite:///{folder / 'huiyin.db'}")
    with (
        closing(Office(engine, folder / "files")) as office,
        BotApiServer() as telegram,
        bot_office(office, telegram) as desk,
    ):
        yield desk
    engine.dispose()


@pytest.fixture
def desk(one_office: BotOffice) -> BotOffice:
    one_office.begin()
    return one_office


@pytest.fixture
def telegram(desk: BotOffice) -> BotApiServer:
    return desk.telegram


def test_an_album_is_one_message_with_its_caption_once(desk: BotOffice, telegram: BotApiServer) -> None:
    telegram.customer_sends_album(desk.chat, [b"one", b"two", b"three"], "三处划伤")
    desk.keep()
    stored = {row.stored_at for row in desk.office.all(Incoming)}
    telegram.customer_says(desk.chat, "请尽快处理")
    desk.receive()
    assert desk.heard() == [(1, "三处划伤\n请尽快处理")]
    assert len(stored) == 1
    assert desk.files() == [1, 1, 1]


def test_a_correction_is_a_further_line_of_its_case(desk: BotOffice, telegram: BotApiServer) -> None:
    first = telegram.customer_says(desk.chat, "请报价轴承座 500 件")
    desk.receive()
    telegram.customer_edits(first, text="请报价轴承座 600 件")
    desk.receive()
    telegram.customer_edits(first, text="请报价轴承座 700 件")
    telegram.customer_edits(first, text="请报价轴承座 700 件")  # Telegram has fetched a picture of its link
    desk.receive()
    assert desk.heard() == [
        (1, "请报价轴承座 500 件"),
        (1, "更正：请报价轴承座 600 件"),
        (1, "更正：请报价轴承座 700 件"),
    ]
    assert desk.aside() == ["None of its words were changed."]


def test_a_correction_within_the_pause_loses_neither_word(desk: BotOffice, telegram: BotApiServer) -> None:
    telegram.customer_says(desk.chat, "我们要下单", language_code="zh-hans")
    second = telegram.customer_says(desk.chat, "轴承座两万件")
    telegram.customer_edits(second, text="轴承座三万件")
    telegram.customer_says(desk.chat, "谢谢")
    desk.receive()
    assert desk.heard() == [(1, "我们要下单\n轴承座两万件"), (1, "更正：轴承座三万件"), (1, "谢谢")]
    assert desk.dialogue().known["quantity"] == "三万件"


def test_a_correction_speaks_the_language_of_the_chat(desk: BotOffice, telegram: BotApiServer) -> None:
    first = telegram.customer_says(desk.chat, "Please quote 500 bearing blocks", language_code="zh-hans")
    desk.receive()
    telegram.customer_edits(first, text="Please quote 600 bearing blocks")
    desk.receive()
    assert desk.heard()[1] == (1, "Correction: Please quote 600 bearing blocks")


def test_what_changes_no_words_makes_no_noise(desk: BotOffice, telegram: BotApiServer) -> None:
    place = {"latitude": 22.5, "longitude": 114.0, "live_period": 900}
    live = telegram.customer_sends(desk.chat, location=place)
    desk.receive()
    for tick in range(3):
        telegram.customer_edits(live, location=place | {"latitude": 22.5 + tick / 100})
    desk.receive()
    assert desk.heard() == [(1, "[实时位置，发送时在: 22.5, 114.0]")]
    assert desk.aside() == ["None of its words were changed."] * 3


def test_a_picture_that_is_exchanged_is_kept_and_the_old_one_not_fetched_again(
    desk: BotOffice, telegram: BotApiServer
) -> None:
    photo = telegram.customer_sends_photo(desk.chat, b"old", "划伤")
    desk.receive()
    telegram.customer_edits(photo, caption="划伤三处")
    desk.receive()
    assert (desk.heard()[1], desk.files()) == ((1, "更正：划伤三处"), [1])
    new = telegram._world.store(".jpg", b"new") | {"width": 1, "height": 1}
    telegram.customer_edits(photo, photo=[new], caption="")
    desk.receive()
    assert len(desk.files()) == 2
    telegram.customer_edits(photo, caption="划伤")
    telegram.customer_edits(photo, photo=[new], caption="")
    desk.receive()
    assert desk.heard()[-1][1] == "更正：上面有一条消息的文字已删去。"


def test_a_correction_goes_to_the_case_of_its_first_words(desk: BotOffice, telegram: BotApiServer) -> None:
    first = telegram.customer_says(desk.chat, "请报价轴承座 500 件")
    desk.receive()
    telegram.customer_says(desk.chat, "/new")
    desk.receive()
    telegram.customer_edits(first, text="请报价轴承座 600 件")
    desk.receive()
    telegram.customer_says(desk.chat, "另一批货划伤了")
    desk.receive()
    assert [case for case, _ in desk.heard()] == [1, 1, 2]
    telegram.customer_edits(first, text="请报价轴承座 700 件")
    desk.receive()
    assert desk.heard()[-1] == (1, "更正：请报价轴承座 700 件")
    telegram.customer_says(desk.chat, "一共三件")
    desk.receive()
    assert desk.heard()[-1] == (2, "一共三件")
    assert desk.dialogue().case_id == desk.messages()[-1].case_id


def test_a_command_that_was_mistyped_is_done_once_it_is_mended(
    desk: BotOffice, telegram: BotApiServer
) -> None:
    telegram.customer_says(desk.chat, "请报价")
    desk.receive()
    wrong = telegram.customer_says(desk.chat, "status")
    desk.receive()
    telegram.customer_edits(wrong, text="/status")
    desk.receive()
    assert "This was said to the bot, which did it." in desk.aside()


def test_sales_see_what_is_answered_and_the_reader_does_not_read_it(
    desk: BotOffice, telegram: BotApiServer
) -> None:
    telegram.customer_says(desk.chat, "你好")
    desk.receive()
    ours = {
        "message_id": 6,
        "date": 1,
        "chat": {"id": desk.chat, "type": "private"},
        "text": "退货还是赔偿？",
    }
    telegram.customer_sends(desk.chat, text="第二种", reply_to_message=ours)
    telegram.customer_says(desk.chat, "谢谢")
    desk.receive()
    message = desk.messages()[-1]
    assert message.new_text == "第二种\n谢谢"
    assert message.text == "第二种\n谢谢\n\n[回复: “退货还是赔偿？”]"
    assert desk.office.newest_case().kind == "other"


def test_a_sticker_answers_no_question_and_a_place_answers_where(
    desk: BotOffice, telegram: BotApiServer
) -> None:
    telegram.customer_says(desk.chat, "我们要下单：轴承座 500 件，下个月15号前")
    desk.receive()
    assert desk.dialogue().asked == "address"
    thumb = telegram._world.store(".webp", b"x") | {"width": 1, "height": 1, "emoji": "👍", "type": "regular"}
    telegram.customer_sends(desk.chat, sticker=thumb | {"is_animated": False, "is_video": False})
    desk.receive()
    assert desk.dialogue().asked == "address"
    telegram.customer_sends(desk.chat, location={"latitude": 22.5, "longitude": 114.05})
    desk.receive()
    dialogue = desk.dialogue()
    assert (dialogue.known["address"], dialogue.asked) == ("[位置: 22.5, 114.05]", "payment")


def test_in_a_group_it_takes_what_is_said_to_it(desk: BotOffice, telegram: BotApiServer) -> None:
    telegram.open_group(desk.group)
    telegram.member_says(desk.group, desk.chat, "中午吃什么", name="陈工")
    telegram.member_says(desk.group, desk.chat, "@huiyin_test_bot 请报价轴承座 500 件", name="陈工")
    telegram.member_says(desk.group, desk.chat + 1, "@huiyin_test_bot 还要法兰 20 件", name="李工")
    telegram.member_says(desk.group, desk.chat, "/status@other_bot", name="陈工")
    desk.receive()
    assert desk.heard() == [(1, "请报价轴承座 500 件"), (1, "还要法兰 20 件")]
    assert [one.sender_name for one in desk.messages()] == ["陈工", "李工"]
    assert desk.aside() == ["Said in a group, and not to us."] * 2
    desk.deliver()
    asked = next(sent for sent in telegram.sent if sent.chat_id == desk.group)
    assert desk.chat not in {sent.chat_id for sent in telegram.sent}
    assert asked.buttons

    answered = telegram._world.message(BOT, desk.group, text=asked.text, message_id=asked.message_id)
    telegram.member_says(desk.group, desk.chat + 1, "下周三", name="李工", reply_to_message=answered)
    desk.receive()
    assert desk.heard()[-1] == (1, "下周三")


def test_an_album_in_a_group_is_ours_whole(desk: BotOffice, telegram: BotApiServer) -> None:
    telegram.open_group(desk.group)
    photos = [
        [telegram._world.store(".jpg", name) | {"width": 1, "height": 1}] for name in (b"1", b"2", b"3")
    ]
    mention = {"type": "mention", "offset": 0, "length": 16}
    said: dict[str, Any] = {"caption": "@huiyin_test_bot 划伤", "caption_entities": [mention]}
    for photo, words in zip(photos, (dict[str, Any](), said, dict[str, Any]()), strict=True):
        telegram.member_says(desk.group, desk.chat, photo=photo, media_group_id="a1", **words)
    telegram.member_says(desk.group, desk.chat, photo=photos[0], media_group_id="a2")
    desk.receive()
    assert (desk.heard(), desk.files()) == ([(1, "划伤")], [1, 1, 1])
    assert desk.aside() == ["Said in a group, and not to us."]


def test_an_edit_in_a_group_counts_if_its_first_words_did(desk: BotOffice, telegram: BotApiServer) -> None:
    telegram.open_group(desk.group)
    ours = telegram.member_says(desk.group, desk.chat, "@huiyin_test_bot 报价 500 件")
    others = telegram.member_says(desk.group, desk.chat, "中午吃什么")
    late = telegram.member_says(desk.group, desk.chat, "报价法兰")
    desk.receive()
    telegram.customer_edits(ours, text="报价 600 件")
    telegram.customer_edits(others, text="中午吃饭")
    telegram.customer_edits(late, text="@huiyin_test_bot 报价法兰")
    desk.receive()
    assert desk.heard() == [(1, "报价 500 件"), (1, "更正：报价 600 件"), (1, "报价法兰")]
    assert desk.aside() == ["Said in a group, and not to us."] * 3


def test_a_group_that_becomes_a_supergroup_goes_on(desk: BotOffice, telegram: BotApiServer) -> None:
    telegram.open_group(desk.group - 5, kind="group")
    telegram.member_says(desk.group - 5, desk.chat, "@huiyin_test_bot 请报价轴承座 500 件")
    desk.receive()
    telegram.member_says(
        desk.group - 5, desk.chat, "@huiyin_test_bot 急"
    )  # waits for the pause when the group moves
    telegram.group_becomes_supergroup(desk.group - 5, desk.group)
    desk.receive()
    telegram.member_says(desk.group, desk.chat, "@huiyin_test_bot 还要法兰 20 件")
    desk.receive()
    assert [case for case, _ in desk.heard()] == [1, 1, 1]
    case = desk.office.newest_case()
    desk.office.answer(case, desk.office.hire(), "单价 12.5 元")
    desk.deliver()
    assert (telegram.sent[-1].chat_id, telegram.sent[-1].text) == (desk.group, "单价 12.5 元")


def test_a_colleague_is_tied_to_a_private_chat_only(desk: BotOffice, telegram: BotApiServer) -> None:
    lin = desk.office.hire("小周")
    line = line_for(lin.id or 0, desk.office.now, desk.office.policy)
    telegram.open_group(desk.group)
    telegram.member_says(desk.group, desk.chat, line)
    desk.receive()
    assert desk.office.all(User)[-1].chat is None
    telegram.customer_says(desk.chat, line)
    desk.receive()
    assert desk.office.all(User)[-1].chat == str(desk.chat)
