"""The company's own questionnaires: written in a form, kept as TOML, read again as the same."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from casework.rights import NotAllowed
from store.engine import reading, writing
from store.tables import Role
from survey.questionnaires import QuestionnaireError, Texts
from survey.questionnaires.drafting import (
    Draft,
    DraftComparison,
    DraftItem,
    DraftLevel,
    DraftSection,
    Typed,
    draft_of,
    finish,
)
from survey.questionnaires.keeping import as_asked, names, newest
from survey.questionnaires.loading import load, questionnaire, shipped
from survey.questionnaires.own import copy, free_name, save, versions
from survey.questionnaires.writing import as_number, as_toml
from tests.survey.people import NOW, add_user, later

BASE = questionnaire("smt-100")
# What people and attackers type: quotes, brackets, keys, line ends, what TOML takes for an end of a string.
words = st.one_of(
    st.sampled_from(['"]\n[[items]]\nid = "x', "'''", '"""', "\\u0022", "a\x7fb", "\\", "品质\n好", "= { }"]),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
)
typed = st.builds(Typed, words, st.one_of(st.just(""), words), words)
weights = st.sampled_from(["1", "0.1", "1/3", "20", "0.123456", "999999"])


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    levels = tuple(
        DraftLevel(f"l{number}", draw(typed), draw(typed), score)
        for number, score in enumerate(("10", "7.5", "1/3", "-2")[: draw(st.integers(2, 4))])
    )
    sections = (DraftSection("s0", draw(typed)), DraftSection("s1", draw(typed), "s0"))
    items = tuple(
        DraftItem(
            f"i{number}",
            draw(typed),
            draw(st.sampled_from(["", "s0", "s1"])),
            draw(weights),
            number > 0 and draw(st.booleans()),
            draw(st.sampled_from(["", "10", "90"])),
        )
        for number in range(draw(st.integers(1, 5)))
    )
    draft = Draft(
        draw(typed), draw(typed), "100", draw(st.sampled_from(["", "85", "-3.5"])), levels, sections, items
    )
    if len(draft.items_in("s1")) > 1:
        judged = {
            (draft.items_in("s1")[0].id, draft.items_in("s1")[1].id): draw(st.sampled_from(["3", "1/5"]))
        }
        draft = replace(draft, comparisons=(DraftComparison("s1", "0.4", judged),))
    return draft


@given(drafts())
def test_it_is_the_same_after_the_form_and_the_file(draft: Draft) -> None:
    found, problems = finish(draft, BASE)
    if found is None:  # only what contradicts itself is refused, in a sentence
        assert problems[0].sentence.startswith("The comparisons")
        return
    assert found.title == draft.title.texts()
    assert [(item.id, item.label, item.optional) for item in found.items] == [
        (item.id, item.label.texts(), item.optional) for item in draft.items
    ]
    compared = {item.id for one in draft.comparisons for item in draft.items_in(one.section)}
    assert all(
        item.weight == Fraction(line.weight)
        for item, line in zip(found.items, draft.items, strict=True)
        if line.id not in compared
    )
    assert load(as_toml(found)) == found
    assert finish(draft_of(found), found) == (found, [])


@given(st.fractions(max_denominator=10**9))
def test_it_writes_a_number_exactly(number: Fraction) -> None:
    assert Fraction(as_number(number)) == number


@pytest.mark.parametrize("name", shipped())
def test_it_copies_each_shipped_one_without_a_change(name: str) -> None:
    asked = questionnaire(name)
    assert load(as_toml(asked)) == asked
    assert finish(draft_of(asked), asked) == (asked, [])


@pytest.mark.parametrize(
    ("changes", "at", "sentence"),
    [
        ({"top": "1e9"}, "top", "is no number"),
        ({"bar": "101"}, "bar", "beyond"),
        ({"title": Typed("甲")}, "title", "in Chinese and in English"),
        ({"levels": ()}, "levels", "needs levels"),
    ],
)
def test_it_says_beside_what_is_wrong(changes: dict[str, object], at: str, sentence: str) -> None:
    found, problems = finish(replace(draft_of(BASE), **changes), BASE)  # type: ignore[arg-type]
    assert found is None
    assert problems[0].at == at
    assert sentence in problems[0].sentence


def test_it_refuses_judgements_that_contradict_each_other() -> None:
    draft = draft_of(questionnaire("five-level-100"))
    (comparison,) = draft.comparisons
    first, second, third = (item.id for item in draft.items_in("goods"))
    judged = {(first, second): "9", (second, third): "9", (first, third): "1/9"}
    found, (problem,) = finish(replace(draft, comparisons=(replace(comparison, judged=judged),)), BASE)
    assert found is None
    assert problem.at == "comparison:conformity"
    assert "contradict each other" in problem.sentence


def test_it_keeps_every_version_and_what_was_asked_stays(engine: Engine) -> None:
    boss, sales = add_user(engine, "赵敏", Role.MANAGER), add_user(engine, "王芳", Role.SALES)
    title = Texts("我们的调查", "我們的調查", "Our survey")
    with writing(engine) as session:
        assert free_name(session, "smt-100") == "smt-100-2"
        first = copy(session, BASE, "smt-100-2", title, boss, NOW)
        with pytest.raises(QuestionnaireError, match="already"):
            copy(session, BASE, "smt-100-2", title, boss, NOW)
        with pytest.raises(QuestionnaireError, match="already"):
            copy(session, BASE, "general", title, boss, NOW)
        with pytest.raises(QuestionnaireError, match="small letters"):
            copy(session, BASE, "../x", title, boss, NOW)
        with pytest.raises(NotAllowed):
            copy(session, BASE, "mine", title, sales, NOW)
        changed = replace(first, bar=Fraction(90))
        assert save(session, first, first, boss, NOW) == first  # nothing differs: no version
        second = save(session, first, changed, boss, later(days=1))
        with pytest.raises(QuestionnaireError, match="meanwhile"):
            save(session, first, replace(first, bar=None), boss, later(days=1))
        with pytest.raises(QuestionnaireError, match="copied"):
            save(session, BASE, changed, boss, NOW)
    with reading(engine) as session:
        assert second.version == 2
        assert newest(session, "smt-100-2") == second
        assert as_asked(session, "smt-100-2", 1) == first
        assert [(version, who) for version, _at, who in versions(session, "smt-100-2")] == [
            (2, "赵敏"),
            (1, "赵敏"),
        ]
        assert names(session)[0] == ("smt-100-2", title)
        assert [name for name, _title in names(session)[1:]] == list(shipped())
        assert free_name(session, "smt-100") == "smt-100-3"
