"""What a customer's line means to the dialogue, told from its words alone."""

from collections.abc import Callable

import pytest

from bot.dialogue.questions import (
    QUESTIONS,
    WHO,
    announces_another,
    answers_who,
    asks_back,
    changes_mind,
    is_enough,
    is_hello,
    is_skip,
    meant,
    open_question,
    wants_person,
)
from intake.talk import command_in, is_command
from nlp.reader import Reader, load_reader
from nlp.reading import Kind
from tests.office import MORNING


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def test_it_asks_what_is_open_in_order_and_of_an_inquiry_only_who_it_is() -> None:
    assert open_question(Kind.ORDER, ()) == "product"
    assert open_question(Kind.ORDER, {"product", "due_on", "quantity"}) == "address"
    assert open_question(Kind.COMPLAINT, QUESTIONS[Kind.COMPLAINT]) is None
    assert open_question(Kind.INQUIRY, ()) == WHO
    assert open_question(Kind.OTHER, ()) is None


@pytest.mark.parametrize(
    ("text", "is_a_name"),
    [
        *(
            (text, True)
            for text in ("李敏", "开迈机械，李敏", "苏州开迈 张工 13800000000", "John Smith, Acme Pumps")
        ),
        *((text, True) for text in ("我是苏州开迈机械有限公司的", "苏州开迈 张工 13800000000")),
        *(
            (text, False)
            for text in ("还要 RoHS 报告", "500 件多少钱", "要 304 不锈钢的", "你们能做轴承座吧")
        ),
    ],
)
def test_a_name_is_told_from_other_words(reader: Reader, text: str, is_a_name: bool) -> None:
    assert answers_who(text, reader.read(text, channel="webchat", date=MORNING.date())) == is_a_name


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        *((line, True) for line in ("/status", "/language en", "/person@huiyin_bot", "/x; DROP TABLE cases")),
        *(
            (line, False)
            for line in ("/usr/bin", "你好 /status", "/", "//", "/状态", "/a\n/b", "1/2 寸", "/2024")
        ),
    ],
)
def test_it_knows_a_command_from_a_path(line: str, is_one: bool) -> None:
    assert is_command(line) == is_one
    assert bool(command_in(line)) == is_one


@pytest.mark.parametrize(
    ("meaning", "yes", "no"),
    [
        (is_skip, ("跳过", "不知道。", "Skip"), ("跳过检验的货", "不知道能不能做 500 件")),
        (is_enough, ("够了", "没有了", "that's all"), ("够了吗", "没有了库存怎么办")),
        (
            is_hello,
            ("在吗？", "你好", "您好，在吗", "Hello!"),
            ("你好，12W 筒灯什么价", "在吗 6205", "你好坏"),
        ),
        (asks_back, ("最快什么时候？", "能做吗", "Can you do it?"), ("500 件", "月结30天")),
        (changes_mind, ("不是两万，是三万", "改成 300 套", "not 20, 30 please"), ("是三万", "两万件")),
        (
            announces_another,
            ("还有个事", "还有一件事。", "另外一个问题", "One more thing"),
            ("还有货吗", "另外"),
        ),
        (wants_person, ("转人工", "我要找真人", "I want a human"), ("人工费多少", "人工智能模块 5 个")),
    ],
)
def test_it_tells_what_a_line_means(
    meaning: Callable[[str], bool], yes: tuple[str, ...], no: tuple[str, ...]
) -> None:
    assert [line for line in yes if not meaning(line)] == []
    assert [line for line in no if meaning(line)] == []


def test_a_changed_mind_takes_back_what_it_names() -> None:
    known = {"quantity": "两万件", "address": "送到苏州", "payment": "月结30天"}
    assert meant("不是苏州，是无锡", known, "payment") == "address"
    assert meant("不是两万，是三万", known, "payment") == "quantity"
    assert meant("改成 300", known, "payment") == "quantity"
    assert meant("改成预付", known, "payment") == "payment"
