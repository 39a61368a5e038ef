"""The learned part: weights added for all labels at once."""

import pytest

from nlp.model import GRAM_CHARACTERS, MODELS, Model, as_model, load_model, packed, present_version, unpacked
from nlp.regression import Course, Example, joined, learn
from nlp.train import grams_of


def test_it_keeps_every_weight_apart_when_it_adds_them_at_once() -> None:
    rows = [[1.5, -2.5, 1.0], [-7.0, 3.5, 3.5], [0.0, -1.0, 1.0]]
    together = sum(packed(row) for row in rows)
    assert [unpacked(together, place) for place in range(3)] == pytest.approx([-5.5, 0.0, 5.5])


def test_it_counts_a_character_group_once_and_only_in_the_first_lines() -> None:
    model = Model(("inquiry", "order"), 0, {}, {"报价单": packed([1.0, 0.0])})
    once = model.scores((), "报价单吗报价单")
    assert once == model.scores((), "报价单吗单价报")
    assert once["inquiry"] > once["order"]
    unseen = model.scores((), "吗" * GRAM_CHARACTERS + "报价单")
    assert unseen["inquiry"] == unseen["order"]


def test_it_looks_at_one_to_four_neighbouring_characters_at_a_time() -> None:
    assert grams_of("报价单吗?") == sorted(
        [*"报价单吗?", "报价", "价单", "单吗", "吗?", "报价单", "价单吗", "单吗?", "报价单吗", "价单吗?"]
    )
    assert grams_of("好") == ["好"]


def test_it_joins_two_decisions_so_that_one_pass_gives_both() -> None:
    course = Course(rounds=4, hold=0.1)
    kinds = [Example(["late"], "complaint"), Example(["price"], "inquiry")] * 3
    severities = [Example(["late"], "light"), Example(["fire"], "severe")] * 3
    apart = learn(kinds, ["inquiry", "complaint"], course), learn(severities, ["light", "severe"], course)
    together = as_model(joined(*apart)).scores(["late", "price"])
    one, other = (as_model(found).scores(["late", "price"]) for found in apart)
    assert together == pytest.approx({**one, **other})
    assert together["light"] != 0.0


def test_it_ships_weights_learned_with_the_words_it_ships() -> None:
    """After a change of the lexicon: python -m nlp.train nlp/labelled/*.jsonl."""
    assert {load_model(name).version for name in MODELS} == {present_version()}
