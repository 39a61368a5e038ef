"""Chinese and English are equals: every sentence of the pages exists in both."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from web.i18n import _, english, language_of, speaking

WEB = Path(__file__).parents[2] / "web"
SOURCES = [("python", path) for path in sorted(WEB.rglob("*.py"))]
SOURCES += [("jinja2", path) for path in sorted((WEB / "templates").rglob("*.html"))]
PLACES = re.compile(r"%\(\w+\)[sd]|%%")


def sentences() -> dict[str, str]:
    """Every sentence with the file it stands in."""
    found = {}
    for method, path in SOURCES:
        options = {"trimmed": "true", "silent": "false"} if method == "jinja2" else {}
        for _line, sentence, _comments, _context in extract_from_file(method, path, options=options):
            assert isinstance(sentence, str)
            found[sentence] = str(path.relative_to(WEB))
    return found


def test_it_has_an_english_sentence_for_every_chinese_one() -> None:
    missing = {sentence: file for sentence, file in sentences().items() if sentence not in english()}
    assert missing == {}


def test_it_keeps_no_translation_that_nothing_uses() -> None:
    assert sorted(set(english()) - set(sentences())) == []


def test_it_keeps_the_places_for_values() -> None:
    wrong = [
        chinese
        for chinese, english_one in english().items()
        if sorted(PLACES.findall(chinese)) != sorted(PLACES.findall(english_one))
    ]
    assert wrong == []


def test_it_finds_no_chinese_outside_a_marked_sentence() -> None:
    """A word written straight into a template would stay Chinese for an English reader."""
    han = re.compile("[\u4e00-\u9fff]")
    marked = re.compile(r'_\(\s*"[^"]*"|\{#.*?#\}', re.DOTALL)
    templates = sorted((WEB / "templates").rglob("*.html"))
    loose = [str(path.relative_to(WEB)) for path in templates if han.search(marked.sub("", path.read_text()))]
    assert loose == []


@pytest.mark.parametrize(
    ("cookie", "accepted", "spoken"),
    [
        (None, "", "zh"),
        (None, "en-US,en;q=0.9", "en"),
        (None, "fr-FR,zh-TW;q=0.8", "zh"),
        ("en", "zh-CN", "en"),
        ("xx", "de", "zh"),
    ],
)
def test_it_speaks_the_language_chosen_before_or_the_browsers(
    cookie: str | None, accepted: str, spoken: str
) -> None:
    assert language_of(cookie, accepted, "zh") == spoken


def test_it_fills_values_in_either_language() -> None:
    with speaking("en"):
        assert _("超时 %(time)s", time="3 h") == "3 h late"
    with speaking("zh"):
        assert _("超时 %(time)s", time="3 小时") == "超时 3 小时"
