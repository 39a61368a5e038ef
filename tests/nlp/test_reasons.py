"""The words shown as the reason of a label say why, or the clause that is worded like it does."""

import pytest

from nlp.context import Context
from nlp.matching import Hit
from nlp.model import Model, packed
from nlp.reader import Reader
from nlp.reading import Evidence
from nlp.reasons import reasons_for

LATE = Hit(0, 2, "wrong.late", "word:晚了", 0)
BROKEN = Hit(3, 5, "wrong.broken", "word:裂了", 0)
MARK = Hit(6, 7, "ask.mark", "word:?", 0)
CONTEXT = Context("晚了 裂了 ?", [LATE, BROKEN, MARK])


def _model(grams: dict[str, int] | None = None, **weights: float) -> Model:
    rows = {name.replace("_", "."): packed([weight, -weight]) for name, weight in weights.items()}
    return Model(("complaint", "inquiry"), 0, rows, grams or {})


def _found(context: Context, meanings: tuple[str, ...], label: str, model: Model) -> tuple[Hit, ...]:
    return reasons_for(context, meanings, label, "kind.wording", model, model.groups_in(context.text))


def _reasons(context: Context, meanings: tuple[str, ...], label: str, model: Model) -> list[tuple[str, str]]:
    found = _found(context, meanings, label, model)
    return [(context.text[hit.start : hit.end], hit.meaning) for hit in found]


def test_it_puts_the_word_first_that_speaks_most_for_the_label() -> None:
    model = _model(wrong_late=0.1, wrong_broken=2.0)
    assert _found(CONTEXT, ("wrong.",), "complaint", model) == (BROKEN, LATE)


def test_it_never_shows_a_word_that_speaks_against_the_label() -> None:
    model = _model(wrong_late=-0.1, wrong_broken=2.0)
    assert _found(CONTEXT, ("wrong.",), "complaint", model) == (BROKEN,)


def test_it_judges_a_word_as_what_stands_around_it_turns_it() -> None:
    no = Hit(0, 2, "no", "word:没有", 0)
    broken = Hit(2, 4, "wrong.broken", "word:裂纹", 0)
    model = Model(
        ("complaint", "inquiry"),
        0,
        {"wrong.broken": packed([1.0, -1.0]), "wrong.broken~no": packed([-1.0, 1.0])},
        {},
    )
    assert _reasons(Context("没有裂纹", [no, broken]), ("wrong.",), "complaint", model) == []


def test_it_shows_a_word_said_twice_once() -> None:
    again = LATE._replace(start=3, end=5)
    context = Context("晚了 晚了", [LATE, again])
    assert _reasons(context, ("wrong.",), "complaint", _model(wrong_late=1.0)) == [("晚了", "wrong.late")]


def test_it_shows_the_clause_that_is_worded_like_it_where_no_word_speaks() -> None:
    context = Context("你好，水泵漏得满地都是。请看图", [])
    model = _model({"漏得": packed([2.0, -2.0]), "请": packed([-1.0, 1.0])})
    assert _reasons(context, ("wrong.",), "complaint", model) == [("水泵漏得满地都是", "kind.wording")]


def test_it_shows_a_question_mark_only_if_nothing_better_does() -> None:
    model = _model({"裂": packed([-1.0, 1.0])}, ask_mark=-1.0)
    assert _reasons(CONTEXT, ("ask.",), "inquiry", model) == [("晚了 裂了", "kind.wording")]
    assert _reasons(CONTEXT, ("ask.",), "inquiry", _model(ask_mark=-1.0)) == [("?", "ask.mark")]


@pytest.mark.parametrize(
    ("text", "label", "told"),
    [
        ("盖子上有一道小划痕，不影响使用，说一声而已。", "severity", "不影响"),
        ("仓库那台机器是买你们的，昨天冒烟了，还是新的。", "severity", "冒烟"),
        ("这批又有裂纹，装不上，请换货并给个说法", "complaint", "换货"),
        ("请问这款水泵单价多少？最快几天能发货？", "inquiry", "多少"),
    ],
)
def test_it_shows_the_words_a_person_would_name(reader: Reader, text: str, label: str, told: str) -> None:
    shown = _shown(reader, text, label)
    assert told in "".join(one.text for one in shown)
    assert not {"仓库", "机器", "还是", "？"} & {one.text for one in shown}


@pytest.mark.parametrize(
    ("text", "label", "told"),
    [
        ("老板好 瓷砖破了一块 知道就行", "severity", "破了"),
        ("吊车大臂自己往下走，工地让我下车，我不上去了", "severity", "大臂自己往下走"),
        ("amy姐 桌布 300 pcs 婚礼用的 这周六一定要到", "order", "300 pcs"),
    ],
)
def test_it_names_a_clause_where_the_lexicon_has_no_word(
    reader: Reader, text: str, label: str, told: str
) -> None:
    assert any(told in one.text for one in _shown(reader, text, label))


def _shown(reader: Reader, text: str, label: str) -> list[Evidence]:
    return [one for one in reader.read(text, channel="wecom").evidence if one.label == label]
