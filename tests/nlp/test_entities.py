"""The entities of a message, together; hostile text costs no more than its length."""

import pytest

from nlp.entities import entities_of
from nlp.page import Page
from nlp.reading import Kind

HOSTILE = {
    "one measure word": "件" * 50_000,
    "numerals": "三万" * 25_000,
    "numbers and commas": "1," * 25_000,
    "sizes": "2×" * 25_000,
    "months": "3月" * 25_000,
    "dates": "2026-" * 10_000,
    "days to come": "by the " * 7_000,
    "names": "询价" * 25_000,
    "words": "quote the " * 5_000,
    "a long word": "a" * 50_000,
    "spaces": "5" + " " * 50_000 + "pcs",
    "brackets": "(5" * 25_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
@pytest.mark.parametrize("kind", [Kind.ORDER, Kind.INQUIRY, Kind.COMPLAINT])
def test_it_comes_to_an_end_with_hostile_text(text: str, kind: Kind) -> None:
    found = entities_of(Page(text[:1000], text), kind, True, None)
    assert found.order_no is None or found.order_no in text


def test_it_names_nothing_in_what_is_no_business() -> None:
    assert entities_of(Page("", "祝您节日快乐，5月1日起放假3天"), Kind.OTHER, False, None).quantity is None


def test_it_gives_the_words_as_they_were_written() -> None:
    page = Page("", "訂單：防火門４０樘，下週五前送到")
    found = entities_of(page, Kind.ORDER, False, None)
    assert (found.product, found.quantity, found.quantity_unit) == ("防火門", 40, "樘")
    assert found.due_date_text == "下週五前"
