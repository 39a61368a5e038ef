"""The lexicon: the company's words over the shipped ones, and errors that name their line."""

from pathlib import Path

import pytest

from nlp.lexicon import LexiconError, load_lexicon
from nlp.reader import load_reader


def test_it_merges_the_company_s_words_over_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "own.lex").write_text(
        "[need.packaging]\n蓝桶装 | Ｂ箱\n[ask.price]\n- 询价\n", encoding="utf-8"
    )
    lexicon = load_lexicon(tmp_path)
    assert lexicon.meanings["蓝桶装"] == ("need.packaging",)
    assert lexicon.meanings["b箱"] == ("need.packaging",)
    assert "询价" not in lexicon.words("ask.price")
    assert load_reader(tmp_path).read("请用蓝桶装，订单500桶").special_requirements == ("packaging",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("没有标题\n", "line 1"),
        ("[ask.price]\n多少钱 | | 价\n", "line 2: there is nothing"),
        ("# 说明\n\n[Ask Price]\n", "line 3"),
        ("[ask.price]\na~b~c\n", 'line 2: "a~b~c" may have one "~"'),
        ("[ask.price]\nprice* list\n", "line 2"),
        ("[ask.price]\n" + "长" * 61 + "\n", "longer than 60"),
    ],
)
def test_it_names_the_line_that_cannot_be_understood(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "own.lex").write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"own\.lex") as error:
        load_lexicon(tmp_path)
    assert said in str(error.value)
