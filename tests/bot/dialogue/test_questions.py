"""What a customer's line means to the dialogue, told from its words alone."""

from collections.abc import Callable

import pytest

from bot.dialogue.questions import (
    announces_another,
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
from nlp.reading import Kind


def test_it_asks_what_is_open_in_order_and_nothing_of_an_inquiry() -> None:
    assert open_question(Kind.ORDER, (), ()) == "product"
    assert open_question(Kind.ORDER, {"product", "due_on"}, ("quantity",)) == "address"
    assert (
        open_question(Kind.COMPLAINT, ("order_no", "purchased_on", "defect", "photos", "demand"), ()) is None
    )
    assert open_question(Kind.INQUIRY, (), ()) is None


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
