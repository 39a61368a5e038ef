"""Words in a text: the longest counts, English ones stand whole, "~" reaches within its clause."""

import pytest

from nlp.lexicon import Lexicon
from nlp.matching import FINDS_AT_MOST, Words

LEXICON = Lexicon(
    {
        "不良": ("wrong.defect",),
        "defect*": ("wrong.defect",),
        "与~不符": ("wrong.defect",),
        "没有不良": ("fine",),
        "有不": ("fine",),
        "不良率": ("ask.can",),
        "can": ("ask.can",),
    }
)


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(LEXICON)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("没有不良", {(0, 4, "fine")}),
        ("没有不良率", {(0, 4, "fine"), (2, 5, "ask.can")}),
        ("有不良", {(0, 2, "fine"), (1, 3, "wrong.defect")}),
        ("a can, cans, scan", {(2, 5, "ask.can")}),
        ("defects", {(0, 6, "wrong.defect")}),
        ("与样品不符", {(0, 5, "wrong.defect")}),
        ("与样品,不符", set()),
        ("与" + "很" * 13 + "不符", set()),
    ],
)
def test_it_finds_the_longest_words_in_their_borders(
    words: Words, text: str, found: set[tuple[int, int, str]]
) -> None:
    assert {(hit.start, hit.end, hit.meaning) for hit in words.find(text)} == found


def test_it_counts_sentences(words: Words) -> None:
    assert [hit.sentence for hit in words.find("不良。can you? 不良")] == [0, 1, 2]


def test_it_takes_up_no_more_finds_than_a_long_letter_has(words: Words) -> None:
    assert len(words.find("不良" * (FINDS_AT_MOST + 5))) == FINDS_AT_MOST
