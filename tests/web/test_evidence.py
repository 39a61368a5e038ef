"""The words that led to a decision, as pieces a page can mark."""

from hypothesis import given
from hypothesis import strategies as st

from tests.web.filled import evidence
from web.evidence import Why, pieces, reasons_in, why_words


def test_it_cuts_overlapping_reasons_into_pieces() -> None:
    text = "每箱必须贴批号标签"
    found = [
        evidence(text, "labelling", "每箱必须贴", "need.labelling").as_json(),
        evidence(text, "packaging", "每箱", "need.packaging").as_json(),
        evidence(text, "labelling", "贴批号", "need.labelling").as_json(),
        {"label": "x", "field": "text", "start": -1, "end": 4, "rule": "y"},
        {"label": "x", "field": "text", "start": 3, "end": 99, "rule": "y"},
        {"label": "x", "field": "text", "start": "a", "end": 4, "rule": "y"},
        {"label": "x"},
        None,
    ]
    cut = pieces(text, reasons_in(found, "text", len(text)))
    assert [piece.text for piece in cut] == ["每箱", "必须", "贴", "批号", "标签"]
    assert [len(piece.reasons) for piece in cut] == [2, 1, 2, 1, 0]
    assert pieces("", []) == []


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(-2, 45), st.integers(-2, 45), st.sampled_from("abc")), max_size=8),
)
def test_it_never_changes_the_text(text: str, spans: list[tuple[int, int, str]]) -> None:
    found = [{"label": x, "field": "text", "start": a, "end": b, "rule": x} for a, b, x in spans]
    reasons = reasons_in(found, "text", len(text))
    cut = pieces(text, reasons)
    assert "".join(piece.text for piece in cut) == text
    place = 0
    for piece in cut:
        inside = {why for why in reasons if why.start <= place < why.end}
        assert set(piece.reasons) == inside
        place += len(piece.text)


def test_it_says_the_rule_in_words() -> None:
    assert why_words(Why("complaint", "wrong.surface", 0, 1)) == "类别“投诉”：外观缺陷"
    assert why_words(Why("severity", "severe.stop", 0, 1)) == "投诉级别：停线"
    assert why_words(Why("severity", "channel.letter", 0, 1)) == "投诉级别：来自信函"
    assert why_words(Why("other", "need.other", 0, 1)) == "特殊要求“其他要求”"
    assert why_words(Why("inquiry", "own.group", 0, 1)) == "类别“咨询”：own.group"
