"""Words for our lists: staff read a reason, never the key of a rule."""

import re

import pytest

from nlp.lexicon import load_lexicon
from web.i18n import speaking
from web.words import rule_word

HAN = re.compile("[\u4e00-\u9fff]")
MEANINGS = {meaning for meanings in load_lexicon().meanings.values() for meaning in meanings}
# What the reader and the survey give as a reason where no word of the lexicon is one.
WITHOUT_WORDS = {
    *("kind.opening", "kind.wording", "severity.first_time", "severity.wording"),
    "survey.low-score",
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_has_plain_words_for_every_meaning_of_the_lexicon(language: str) -> None:
    with speaking(language):
        said = {rule: rule_word(rule) for rule in MEANINGS | WITHOUT_WORDS}
    assert [rule for rule, words in said.items() if bool(HAN.search(words)) is not (language == "zh")] == []


def test_it_shows_a_group_that_the_company_added_by_its_name() -> None:
    assert rule_word("wrong.glaze") == "wrong.glaze"
    with speaking("zh"):
        assert rule_word("need.packaging.word") == "提到包装"
        assert rule_word("need.halal") == "提到halal"
