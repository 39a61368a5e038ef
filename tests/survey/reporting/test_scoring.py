"""Scores against calculations by hand from the forms that the procedures print."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.questionnaires import NOT_APPLICABLE, Questionnaire
from survey.questionnaires.loading import questionnaire, shipped
from survey.reporting.scoring import overall, satisfaction, score, tallies, unanswered

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
    assert [[*map(int, item.scores.values())] for item in SMT.items] == [[20, 16, 10, 5]] * 3 + [
        [10, 8, 5, 2]
    ] * 4
    assert SMT.title["zh-Hant"] == "客戶滿意度調查"
    assert SMT.title["en"] == "Customer satisfaction survey"
    assert SMT.title["mixed"] == SMT.title["zh"]


FIVE, TREE, SEVEN = map(questionnaire, ("five-level-10", "five-level-100", "seven-level-90"))
QUESTIONNAIRES = [questionnaire(name) for name in shipped()]


def chosen(asked: Questionnaire, *levels: str) -> dict[str, str]:
    return dict(zip([item.id for item in asked.items], levels, strict=True))


def test_five_levels_are_reckoned_as_s2_says() -> None:
    """单项满意度 = Σ scores ÷ forms; 顾客满意度 = Σ (单项 × weight) ÷ number of items (weights of 1)."""
    forms = [
        chosen(FIVE, "very_good", "good", "fair", "good"),  # 10 8 6 8
        chosen(FIVE, "good", "good", "poor", "very_good"),  # 8 8 3 10
        chosen(FIVE, "good", "fair", "fair", "very_poor"),  # 8 6 6 1
    ]
    counted = tallies(FIVE, forms)
    shares = [satisfaction(item, counted[item.id]) for item in FIVE.items]
    # 26, 22, 15 and 19 of 30
    assert [share * 30 for share in shares if share is not None] == [26, 22, 15, 19]
    assert overall(FIVE, counted) == 68.33  # (26 + 22 + 15 + 19) / 120 = 0.68333…
    assert overall(FIVE, counted, [FIVE.items[2]]) == 50.0
    assert score(FIVE, forms[0]) == 80.0


def test_seven_levels_count_the_middle_of_their_range() -> None:
    assert [float(score) for score in SEVEN.items[0].scores.values()] == [
        83,
        60.5,
        30.5,
        0,
        -30.5,
        -60.5,
        -83,
    ]
    assert score(SEVEN, chosen(SEVEN, *["excellent"] * 7)) == 83.0
    assert score(SEVEN, chosen(SEVEN, *["very_poor"] * 7)) == -83.0
    mixed = chosen(SEVEN, "excellent", "good", "rather_good", "fair", "rather_poor", "poor", "good")
    assert score(SEVEN, mixed) == 20.5  # (83 + 60.5 + 30.5 + 0 − 30.5 − 60.5 + 60.5) / 7
    one_better = mixed | {"complaints": "excellent"}
    assert score(SEVEN, one_better) == 23.71  # 166 / 7 = 23.714…


def test_an_indicator_weighs_what_its_items_weigh() -> None:
    goods, delivery = TREE.items_of("goods"), TREE.items_of("delivery")
    assert float(sum(item.weight for item in goods)) == pytest.approx(0.4)
    assert float(sum(item.weight for item in TREE.items)) == pytest.approx(1.0)
    assert TREE.items_of("supply") == (*goods, *delivery)
    # Compared 1 : 2 : 4 the three points of the goods have 4/7, 2/7 and 1/7 of 0.4.
    assert [float(item.weight / goods[2].weight) for item in goods] == pytest.approx([4, 2, 1])
    form = chosen(TREE, "very_good", "good", "fair", "poor", "very_good", "good", "good", "good")
    assert overall(TREE, tallies(TREE, [form]), goods) == 88.57  # (4 × 100 + 2 × 80 + 60) / 7
    assert overall(TREE, tallies(TREE, [form]), delivery) == 53.33  # (0.2 × 30 + 0.1 × 100) / 0.3
    assert score(TREE, form) == 75.43  # 0.4 × 88.571… + 6 + 10 + 3 × 8


def test_what_does_not_apply_counts_for_nothing() -> None:
    form = chosen(TREE, *["good"] * 5, "very_good", "very_good", NOT_APPLICABLE)
    assert score(TREE, form) == 84.44  # (0.7 × 80 + 0.2 × 100) / 0.9
    assert overall(TREE, tallies(TREE, [form]), TREE.items[7:]) is None
    assert unanswered(TREE, form) == ()
    assert [item.id for item in unanswered(TREE, form | {"on_time": NOT_APPLICABLE})] == ["on_time"]


def test_a_half_is_rounded_as_people_do_it() -> None:
    halves = [chosen(FIVE, *["very_good"] * 4)] * 7 + [chosen(FIVE, *["good"] * 4)]
    assert overall(FIVE, tallies(FIVE, halves)) == 97.5
    thirty_two = [chosen(FIVE, *["very_good"] * 4)] * 31 + [chosen(FIVE, "good", *["very_good"] * 3)]
    assert overall(FIVE, tallies(FIVE, thirty_two)) == 99.84  # 1278 / 1280 = 99.84375
    sixteenth = [chosen(FIVE, *["very_good"] * 4)] * 15 + [chosen(FIVE, "fair", *["very_good"] * 3)]
    assert overall(FIVE, tallies(FIVE, sixteenth)) == 99.38  # 636 / 640 = 99.375


forms = st.sampled_from(QUESTIONNAIRES).flatmap(
    lambda asked: st.tuples(
        st.just(asked),
        st.lists(
            st.fixed_dictionaries({item.id: st.sampled_from(asked.choices(item)) for item in asked.items}),
            min_size=1,
            max_size=5,
        ),
    )
)


@settings(max_examples=150, deadline=None)
@given(forms)
def test_a_result_lies_between_the_worst_and_the_best_and_grows(
    case: tuple[Questionnaire, list[dict[str, str]]],
) -> None:
    asked, given_forms = case
    result = overall(asked, tallies(asked, given_forms))
    assert result is not None
    worst = min(asked.top * min(item.scores.values()) / item.maximum for item in asked.items)
    best = max(asked.top * max(item.scores.values()) / item.maximum for item in asked.items)
    assert float(worst) - 0.01 <= result <= float(best) + 0.01 <= float(asked.top) + 0.01
    levels = [level.id for level in asked.levels]
    for item in asked.items:
        level = given_forms[0][item.id]
        if level not in (NOT_APPLICABLE, levels[0]):
            better = given_forms[0] | {item.id: levels[levels.index(level) - 1]}
            raised = overall(asked, tallies(asked, [better, *given_forms[1:]]))
            assert raised is not None
            assert raised >= result
