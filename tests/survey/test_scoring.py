"""Scores against calculations by hand from the form that the procedure prints (S0)."""

import pytest

from survey.questionnaires import QuestionnaireError, load, questionnaire
from survey.scoring import score, unanswered

SMT = questionnaire("smt-100")
ITEMS = [item.id for item in SMT.items]


def answers(levels: str) -> dict[str, str]:
    names = {"b": "best", "g": "good", "f": "fair", "p": "poor"}
    return {item: names[letter] for item, letter in zip(ITEMS, levels, strict=True)}


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ("bbbbbbb", 100.0),  # 3×20 + 4×10
        ("ggggggg", 80.0),  # 3×16 + 4×8
        ("fffffff", 50.0),  # 3×10 + 4×5
        ("ppppppp", 23.0),  # 3×5 + 4×2
        ("gbbbbbb", 96.0),  # 16 + 2×20 + 4×10
        ("bgfbgfp", 71.0),  # 20+16+10 + 10+8+5+2
        ("bbpbbbb", 85.0),  # 20+20+5 + 4×10: on the bar
        ("bbpbbbg", 83.0),
    ],
)
def test_it_scores_as_a_hand_calculation_does(levels: str, expected: float) -> None:
    assert score(SMT, answers(levels)) == expected


def test_it_gives_more_for_a_better_level_of_any_item() -> None:
    for item in SMT.items:
        scores = [score(SMT, answers("ggggggg") | {item.id: level.id}) for level in SMT.levels]
        assert scores == sorted(scores, reverse=True)


def test_it_names_what_was_left_open_or_is_no_level() -> None:
    given = answers("bbbbbbb") | {"quality": "perfect"}
    del given["staff"]
    assert [item.id for item in unanswered(SMT, given)] == ["quality", "staff"]


def test_it_asks_the_seven_points_of_the_form_in_three_languages() -> None:
    assert [item.label["zh"] for item in SMT.items] == [
        "产品质量状况",
        "交货及时状况",
        "处理问题的及时性和有效性",
        "来料数量准确性",
        "包装箱外观整洁度",
        "人员的配合度",
        "送货人员的表现",
    ]
    assert [list(item.scores.values()) for item in SMT.items] == [[20, 16, 10, 5]] * 3 + [[10, 8, 5, 2]] * 4
    assert SMT.title["zh-Hant"] == "客戶滿意度調查"
    assert SMT.title["en"] == "Customer satisfaction survey"
    assert SMT.title["mixed"] == SMT.title["zh"]


SMALL = """
id = "small"
version = 1
title = { zh = "甲", zh-Hant = "甲", en = "A" }
introduction = { zh = "", zh-Hant = "", en = "" }
comment = { zh = "", zh-Hant = "", en = "" }
missing = { zh = "", zh-Hant = "", en = "" }
submit = { zh = "", zh-Hant = "", en = "" }
thanks = { zh = "", zh-Hant = "", en = "" }
answered = { zh = "答过", zh-Hant = "答過", en = "Answered" }
levels = [
  { id = "yes", label = { zh = "是", zh-Hant = "是", en = "Yes" }, hint = { zh = "", zh-Hant = "", en = "" }},
  { id = "no", label = { zh = "否", zh-Hant = "否", en = "No" }, hint = { zh = "", zh-Hant = "", en = "" } },
]
items = [{ id = "one", label = { zh = "一", zh-Hant = "一", en = "One" }, scores = { yes = 3, no = 1 } }]
"""


def test_it_counts_a_score_as_a_share_of_the_best_possible() -> None:
    assert score(load(SMALL), {"one": "no"}) == 33.33


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("version = 1", "", "lacks 'version'"),
        ("yes = 3", "yes = 0.5", "better level higher"),
        ("yes = 3, no = 1", "yes = 3", "must score each level"),
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
