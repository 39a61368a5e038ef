"""What customers really send: albums, corrections, lines in groups; from the Bot API to the case."""

from collections.abc import Iterator
from typing import Any

import pytest

from casework.own_chats import line_for
from store.tables import Case, Dialogue, Incoming, Message, User
from tests.borders.botapi import BotApiServer
from tests.borders.botapi_world import BOT
from tests.bot.telegram.office_chat import BotOffice, bot_office
from tests.office import Office

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
GROUP = -1001


@pytest.fixture
def desk(office: Office, telegram: BotApiServer) -> Iterator[BotOffice]:
    with bot_office(office, telegram) as desk:
        yield desk


def test_an_album_is_one_message_with_its_caption_once(desk: BotOffice, telegram: BotApiServer) -> None:
    telegram.customer_sends_album(42, [b"one", b"two", b"three"], "三处划伤")
    desk.keep()
    stored = {row.stored_at for row in desk.office.all(Incoming)}
    telegram.customer_says(42, "请尽快处理")
    desk.receive()
    assert desk.heard() == [(1, "三处划伤\n请尽快处理")]
    assert len(stored) == 1
    assert desk.files() == [1, 1, 1]


def test_a_correction_is_a_further_line_of_its_case(desk: BotOffice, telegram: BotApiServer) -> None:
    first = telegram.customer_says(42, "请报价轴承座 500 件")
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
    telegram.customer_says(42, "我们要下单", language_code="zh-hans")
    second = telegram.customer_says(42, "轴承座两万件")
    telegram.customer_edits(second, text="轴承座三万件")
    telegram.customer_says(42, "谢谢")
    desk.receive()
    assert desk.heard() == [(1, "我们要下单\n轴承座两万件"), (1, "更正：轴承座三万件"), (1, "谢谢")]
    assert len(desk.office.all(Case)) == 1
    assert desk.office.all(Dialogue)[0].known["quantity"] == "三万件"


def test_a_correction_speaks_the_language_of_the_chat(desk: BotOffice, telegram: BotApiServer) -> None:
    first = telegram.customer_says(42, "Please quote 500 bearing blocks", language_code="zh-hans")
    desk.receive()
    telegram.customer_edits(first, text="Please quote 600 bearing blocks")
    desk.receive()
    assert desk.heard()[1] == (1, "Correction: Please quote 600 bearing blocks")


def test_what_changes_no_words_makes_no_noise(desk: BotOffice, telegram: BotApiServer) -> None:
    place = {"latitude": 22.5, "longitude": 114.0, "live_period": 900}
    live = telegram.customer_sends(42, location=place)
    desk.receive()
    for tick in range(3):
        telegram.customer_edits(live, location=place | {"latitude": 22.5 + tick / 100})
    desk.receive()
    assert desk.heard() == [(1, "[实时位置，发送时在: 22.5, 114.0]")]
    assert desk.aside() == ["None of its words were changed."] * 3


def test_a_picture_that_is_exchanged_is_kept_and_the_old_one_not_fetched_again(
    desk: BotOffice, telegram: BotApiServer
) -> None:
    photo = telegram.customer_sends_photo(42, b"old", "划伤")
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
    first = telegram.customer_says(42, "请报价轴承座 500 件")
    desk.receive()
    telegram.customer_says(42, "/new")
    desk.receive()
    telegram.customer_edits(first, text="请报价轴承座 600 件")
    desk.receive()
    telegram.customer_says(42, "另一批货划伤了")
    desk.receive()
    assert [case for case, _ in desk.heard()] == [1, 1, 2]
    telegram.customer_edits(first, text="请报价轴承座 700 件")
    desk.receive()
    assert desk.heard()[-1] == (1, "更正：请报价轴承座 700 件")
    telegram.customer_says(42, "一共三件")
    desk.receive()
    assert desk.heard()[-1] == (2, "一共三件")
    assert desk.office.all(Dialogue)[0].case_id == 2


def test_a_command_that_was_mistyped_is_done_once_it_is_mended(
    desk: BotOffice, telegram: BotApiServer
) -> None:
    telegram.customer_says(42, "请报价")
    desk.receive()
    wrong = telegram.customer_says(42, "status")
    desk.receive()
    telegram.customer_edits(wrong, text="/status")
    desk.receive()
    assert "This was said to the bot, which did it." in desk.aside()


def test_sales_see_what_is_answered_and_the_reader_does_not_read_it(
    desk: BotOffice, telegram: BotApiServer
) -> None:
    telegram.customer_says(42, "你好")
    desk.receive()
    ours = {"message_id": 6, "date": 1, "chat": {"id": 42, "type": "private"}, "text": "退货还是赔偿？"}
    telegram.customer_sends(42, text="第二种", reply_to_message=ours)
    telegram.customer_says(42, "谢谢")
    desk.receive()
    message = next(one for one in desk.office.all(Message) if one.new_text.startswith("第二种"))
    assert message.new_text == "第二种\n谢谢"
    assert message.text == "第二种\n谢谢\n\n[回复: “退货还是赔偿？”]"
    assert desk.office.the_case().kind == "other"


def test_a_sticker_answers_no_question_and_a_place_answers_where(
    desk: BotOffice, telegram: BotApiServer
) -> None:
    telegram.customer_says(42, "我们要下单：轴承座 500 件，下个月15号前")
    desk.receive()
    assert desk.office.all(Dialogue)[0].asked == "address"
    thumb = telegram._world.store(".webp", b"x") | {"width": 1, "height": 1, "emoji": "👍", "type": "regular"}
    telegram.customer_sends(42, sticker=thumb | {"is_animated": False, "is_video": False})
    desk.receive()
    assert desk.office.all(Dialogue)[0].asked == "address"
    telegram.customer_sends(42, location={"latitude": 22.5, "longitude": 114.05})
    desk.receive()
    dialogue = desk.office.all(Dialogue)[0]
    assert (dialogue.known["address"], dialogue.asked) == ("[位置: 22.5, 114.05]", "payment")


def test_in_a_group_it_takes_what_is_said_to_it(desk: BotOffice, telegram: BotApiServer) -> None:
    telegram.open_group(GROUP)
    telegram.member_says(GROUP, 42, "中午吃什么", name="陈工")
    telegram.member_says(GROUP, 42, "@huiyin_test_bot 请报价轴承座 500 件", name="陈工")
    telegram.member_says(GROUP, 43, "@huiyin_test_bot 还要法兰 20 件", name="李工")
    telegram.member_says(GROUP, 42, "/status@other_bot", name="陈工")
    desk.receive()
    assert desk.heard() == [(1, "请报价轴承座 500 件"), (1, "还要法兰 20 件")]
    assert [one.sender_name for one in desk.office.all(Message)][0::2] == ["陈工", "李工"]
    assert desk.aside() == ["Said in a group, and not to us."] * 2
    desk.deliver()
    asked = telegram.sent[0]
    assert {sent.chat_id for sent in telegram.sent} == {GROUP}
    assert asked.buttons

    answered = telegram._world.message(BOT, GROUP, text=asked.text, message_id=asked.message_id)
    telegram.member_says(GROUP, 43, "下周三", name="李工", reply_to_message=answered)
    desk.receive()
    assert desk.heard()[-1] == (1, "下周三")


def test_an_album_in_a_group_is_ours_whole(desk: BotOffice, telegram: BotApiServer) -> None:
    telegram.open_group(GROUP)
    photos = [
        [telegram._world.store(".jpg", name) | {"width": 1, "height": 1}] for name in (b"1", b"2", b"3")
    ]
    mention = {"type": "mention", "offset": 0, "length": 16}
    said: dict[str, Any] = {"caption": "@huiyin_test_bot 划伤", "caption_entities": [mention]}
    for photo, words in zip(photos, (dict[str, Any](), said, dict[str, Any]()), strict=True):
        telegram.member_says(GROUP, 42, photo=photo, media_group_id="a1", **words)
    telegram.member_says(GROUP, 42, photo=photos[0], media_group_id="a2")
    desk.receive()
    assert (desk.heard(), desk.files()) == ([(1, "划伤")], [1, 1, 1])
    assert desk.aside() == ["Said in a group, and not to us."]


def test_an_edit_in_a_group_counts_if_its_first_words_did(desk: BotOffice, telegram: BotApiServer) -> None:
    telegram.open_group(GROUP)
    ours = telegram.member_says(GROUP, 42, "@huiyin_test_bot 报价 500 件")
    others = telegram.member_says(GROUP, 42, "中午吃什么")
    late = telegram.member_says(GROUP, 42, "报价法兰")
    desk.receive()
    telegram.customer_edits(ours, text="报价 600 件")
    telegram.customer_edits(others, text="中午吃饭")
    telegram.customer_edits(late, text="@huiyin_test_bot 报价法兰")
    desk.receive()
    assert desk.heard() == [(1, "报价 500 件"), (1, "更正：报价 600 件"), (1, "报价法兰")]
    assert desk.aside() == ["Said in a group, and not to us."] * 3


def test_a_group_that_becomes_a_supergroup_goes_on(desk: BotOffice, telegram: BotApiServer) -> None:
    telegram.open_group(-55, kind="group")
    telegram.member_says(-55, 42, "@huiyin_test_bot 请报价轴承座 500 件")
    desk.receive()
    telegram.member_says(-55, 42, "@huiyin_test_bot 急")  # waits for the pause when the group moves
    telegram.group_becomes_supergroup(-55, GROUP)
    desk.receive()
    telegram.member_says(GROUP, 42, "@huiyin_test_bot 还要法兰 20 件")
    desk.receive()
    assert [case for case, _ in desk.heard()] == [1, 1, 1]
    case = desk.office.the_case()
    desk.office.answer(case, desk.office.hire(), "单价 12.5 元")
    desk.deliver()
    assert telegram.sent[-1].text == "单价 12.5 元"
    assert {sent.chat_id for sent in telegram.sent} == {GROUP}


def test_a_colleague_is_tied_to_a_private_chat_only(desk: BotOffice, telegram: BotApiServer) -> None:
    lin = desk.office.hire()
    line = line_for(lin.id or 0, desk.office.now, desk.office.policy)
    telegram.open_group(GROUP)
    telegram.member_says(GROUP, 42, line)
    desk.receive()
    assert desk.office.all(User)[0].chat is None
    telegram.customer_says(42, line)
    desk.receive()
    assert desk.office.all(User)[0].chat == "42"
