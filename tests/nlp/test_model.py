"""The learned part: weights added for all labels at once."""

import pytest

from nlp.model import GRAM_CHARACTERS, MODELS, Model, as_model, load_model, packed, present_version, unpacked
from nlp.regression import Course, Example, learn, second_only
from nlp.train import grams_of


def test_it_keeps_every_weight_apart_when_it_adds_them_at_once() -> None:
    rows = [[1.5, -2.5, 1.0], [-7.0, 3.5, 3.5], [0.0, -1.0, 1.0]]
    together = sum(packed(row) for row in rows)
    assert [unpacked(together, place) for place in range(3)] == pytest.approx([-5.5, 0.0, 5.5])


def test_it_counts_a_character_group_once_and_only_in_the_first_lines() -> None:
    model = Model(("inquiry", "order"), 0, {}, {"报价单": packed([1.0, 0.0])})
    once = model.scores((), model.groups_in("报价单吗报价单"))
    assert once == model.scores((), model.groups_in("报价单吗单价报"))
    assert once["inquiry"] > once["order"]
    assert model.groups_in("吗" * GRAM_CHARACTERS + "报价单") == []


def test_it_weighs_groups_of_characters_by_the_scale() -> None:
    model = Model(
        ("inquiry", "order"), packed([0.0, 0.5]), {"ask": packed([1.0, -1.0])}, {"价": packed([-2.0, 3.0])}
    )
    found = model.scores(["ask"], model.groups_in("单价"), 0.25)
    assert found == pytest.approx({"inquiry": 0.5, "order": 0.25})


def test_it_looks_at_one_to_four_neighbouring_characters_at_a_time() -> None:
    assert grams_of("报价单吗?") == sorted(
        [*"报价单吗?", "报价", "价单", "单吗", "吗?", "报价单", "价单吗", "单吗?", "报价单吗", "价单吗?"]
    )
    assert grams_of("好") == ["好"]


def test_it_tells_two_labels_apart_by_one_number() -> None:
    needs = [Example(["must"], "demanded"), Example(["policy"], "mentioned")] * 3
    found = learn(needs, ["mentioned", "demanded"], Course(rounds=4, hold=0.1))
    apart, one = as_model(found).scores(["must"]), as_model(second_only(found)).score(["must"])
    assert one == pytest.approx(apart["demanded"] - apart["mentioned"], abs=0.01)
    assert one > 0.0


def test_it_ships_weights_learned_with_the_words_it_ships() -> None:
    """After a change of the lexicon: python -m nlp.train nlp/labelled/*.jsonl."""
    assert {load_model(name).version for name in MODELS} == {present_version()}
