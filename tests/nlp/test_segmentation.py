"""Where words end: asked only for words that a lexicon calls ambiguous, silent, without files left behind."""

import subprocess
import sys
from pathlib import Path

import pytest

from nlp.lexicon import load_lexicon
from nlp.matching import Words
from nlp.segmentation import settled, words_of

LEXICON = """\
[wrong.return]
退 | 退货
[severe.stop]
停线
[wrong.defect]
不良
[ambiguous]
退 | 停线 | 不良
"""


@pytest.fixture
def words(tmp_path: Path) -> Words:
    (tmp_path / "own.lex").write_text(LEXICON, encoding="utf-8")
    return Words(load_lexicon(tmp_path))


@pytest.mark.parametrize(
    ("text", "meaning", "stays"),
    [
        ("这批要退", "wrong.return", True),
        ("请安排退火处理", "wrong.return", False),
        ("产线已经停线", "severe.stop", True),
        ("暂停线缆供应", "severe.stop", False),
        ("有不良", "wrong.defect", True),
    ],
)
def test_it_drops_a_word_that_is_only_a_part_of_another(
    words: Words, text: str, meaning: str, stays: bool
) -> None:
    hits = words.find(text)
    kept = {hit.meaning for hit in settled(text, hits)}
    assert (meaning in kept) is stays
    assert "ambiguous" not in kept


def test_it_cuts_words_of_trades_that_jieba_does_not_know() -> None:
    assert [word.text for word in words_of("急停开关失灵")] == ["急停开关", "失灵"]


def test_it_says_nothing_and_leaves_no_file(tmp_path: Path) -> None:
    code = "from nlp.segmentation import words_of; words_of('防火门四十樘')"
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(root), "TMPDIR": str(tmp_path), "PYTHONPYCACHEPREFIX": str(tmp_path / "pyc")},
    )
    assert done.stdout + done.stderr == ""
    assert [path.name for path in tmp_path.iterdir()] in ([], ["pyc"])
