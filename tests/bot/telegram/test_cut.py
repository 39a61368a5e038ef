"""A long text is cut where a reader would pause, and nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.cut import LONGEST, cut


def test_it_leaves_a_short_text_alone() -> None:
    assert cut("您好！") == ["您好！"]


def test_it_sends_nothing_for_a_blank_text() -> None:
    assert cut(" \n ") == []


def test_it_cuts_between_paragraphs() -> None:
    assert cut("一二三。\n\n四五六\n七八九。", longest=10) == ["一二三。", "四五六\n七八九。"]


def test_it_cuts_between_sentences() -> None:
    assert cut("First. Second one. Third.", longest=19) == ["First. Second one.", "Third."]
    assert cut("第一句。第二句！第三句", longest=9) == ["第一句。第二句！", "第三句"]


def test_it_cuts_between_words_if_there_is_no_better_place() -> None:
    assert cut("alpha beta gamma", longest=12) == ["alpha beta", "gamma"]


def test_it_does_not_cut_off_a_crumb_for_the_sake_of_a_paragraph() -> None:
    assert cut("好。\n\n" + "字" * 20, longest=16) == ["好。\n\n" + "字" * 12, "字" * 8]


def test_it_counts_as_telegram_does() -> None:
    parts = cut("😀" * 3000)

    assert [len(part) for part in parts] == [2048, 952]


@given(st.text(alphabet="ab 字。！.\n😀", max_size=300), st.integers(min_value=2, max_value=50))
def test_it_loses_nothing_but_blanks_between_the_parts(text: str, longest: int) -> None:
    parts = cut(text, longest)

    assert all(len(part.encode("utf-16-le")) <= 2 * longest for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


FAMILY, THUMB, CHINA, SCOTLAND = (
    "👨‍👩‍👧‍👦",
    "👍🏽",
    "🇨🇳",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
)


@pytest.mark.parametrize("sign", [FAMILY, THUMB, CHINA, SCOTLAND, "e\u0301", "1\ufe0f\u20e3", "❤️"])
def test_it_cuts_through_no_sign_that_a_reader_sees_as_one(sign: str) -> None:
    for before in range(15):
        parts = cut("x" * before + sign * 100, longest=30)
        assert "".join(parts) == "x" * before + sign * 100
        assert all(len(part.encode("utf-16-le")) <= 60 for part in parts)
        assert all(part.startswith(sign) for part in parts[1:])


def test_it_cuts_what_goes_on_joining_for_ever() -> None:
    assert "".join(cut("e" + "\u0301" * 300, longest=50)) == "e" + "\u0301" * 300
    assert "".join(cut("🇨" * 20_001, longest=4096)) == "🇨" * 20_001


def test_it_cuts_hostile_texts_in_linear_time() -> None:
    assert len(cut("\n " * 200_000 + "x")) == 1
    assert len(cut(("." * 5000 + "\n") * 100)) >= 100 * 5000 // LONGEST
