"""Questionnaires are data: what is wrong with one is said in a sentence."""

import pytest

from survey.questionnaires import LANGUAGES, QuestionnaireError
from survey.questionnaires.loading import load, questionnaire, shipped
from survey.reporting.scoring import score

SMALL = """
id = "small"
version = 1
source = "S9"
title = { zh = "甲", zh-Hant = "甲", en = "A" }
introduction = { zh = "", zh-Hant = "", en = "" }
submit = { zh = "好", zh-Hant = "好", en = "Fine" }
levels = [
  { id = "yes", label = { zh = "是", zh-Hant = "是", en = "Yes" }, hint = { zh = "", zh-Hant = "", en = "" }},
  { id = "no", label = { zh = "否", zh-Hant = "否", en = "No" }, hint = { zh = "", zh-Hant = "", en = "" } },
]
items = [{ id = "one", label = { zh = "一", zh-Hant = "一", en = "One" }, scores = { yes = 3, no = 1 } }]
"""


def test_it_says_in_the_words_of_all_what_it_has_no_words_for() -> None:
    small = load(SMALL)
    assert small.submit["en"] == "Fine"
    assert small.thanks == questionnaire("smt-100").thanks
    assert score(small, {"one": "no"}) == 33.33


def test_every_shipped_one_is_sound_and_speaks_three_languages() -> None:
    assert len(shipped()) == 11
    for name in shipped():
        found = questionnaire(name)
        assert found.id == name
        for item in found.items:
            assert all(item.label[language] for language in LANGUAGES)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("version = 1", "", "lacks 'version'"),
        ("yes = 3", "yes = 0.5", "better level higher"),
        ("yes = 3, no = 1", "yes = 3", "must score each level"),
        ("yes = 3", "yes = nan", "cannot be read"),
        ("scores = {", "weight = 0, scores = {", "weight above 0"),
        ("scores = {", "maximum = 2, scores = {", "more than its maximum"),
        ("scores = {", "optional = true, scores = {", "applies to everybody"),
        ("scores = {", 'section = "goods", scores = {', "of a section that there is not: goods"),
        ('id = "no"', 'id = "yes"', "uses the id yes twice"),
        ('id = "no"', 'id = "na"', "not applicable"),
        ("version = 1", "version = 1\ntop = 0", "best result of small"),
        ("items = [", 'pairwise = [{ items = ["two"], matrix = [[1]] }]\nitems = [', "not asked: two"),
        ("yes = 3", 'yes = "many"', "cannot be read"),
        (', en = "One"', "", "lacks 'en'"),
        ("version = 1", "version =", "cannot be read"),
    ],
)
def test_it_says_what_is_wrong_with_a_questionnaire(old: str, new: str, sentence: str) -> None:
    with pytest.raises(QuestionnaireError, match=sentence):
        load(SMALL.replace(old, new, 1))


def test_it_knows_no_questionnaire_by_another_name() -> None:
    with pytest.raises(QuestionnaireError, match="no questionnaire 'smt-1000'"):
        questionnaire("smt-1000")
