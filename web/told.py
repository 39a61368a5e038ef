"""What other rooms told in English, such as why a mail cannot be read, in the language of the request."""

import re
import tomllib
from functools import cache
from pathlib import Path

from web.i18n import speaking, spoken

CATALOGUE = Path(__file__).parent / "locale" / "told.toml"


def told(sentence: str) -> str:
    """The sentence, in Chinese where it is asked for and known; its values stay as they are."""
    if spoken() == "en":
        return sentence
    for pattern, chinese in patterns():
        if match := pattern.fullmatch(sentence):
            return chinese.format(*match.groups())
    return sentence


def told_in(sentence: str, language: str) -> str:
    """The same for somebody who reads that language, wherever no page is asked for."""
    with speaking(language):
        return told(sentence)


def in_both_languages(sentence: str) -> list[str]:
    """In Chinese and in English, for whoever sits at a terminal before any language is set."""
    return list(dict.fromkeys([told_in(sentence, "zh"), sentence]))


@cache
def patterns() -> list[tuple[re.Pattern[str], str]]:
    """Every sentence we know, and how Chinese says it."""
    known = tomllib.loads(CATALOGUE.read_text("utf-8"))
    return [
        (re.compile("(.*)".join(map(re.escape, english.split("{}"))), re.DOTALL), chinese)
        for english, chinese in known.items()
    ]
