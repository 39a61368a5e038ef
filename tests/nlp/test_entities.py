"""What a message names, read together with everything else; hostile text costs no more than its length."""

from datetime import date

import pytest

from nlp.reader import Reader
from nlp.reading import Entities

WRITTEN = date(2026, 11, 21)
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
    "amounts": "扣款5元" * 10_000,
    "events": "搬家前送" * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
@pytest.mark.parametrize("opening", ["下单：", "请报价：", "投诉，坏了：", "PO 4471, please ship "])
def test_it_comes_to_an_end_with_hostile_text(reader: Reader, text: str, opening: str) -> None:
    found = reader.read(opening + text, subject=text[:1000], date=WRITTEN).entities
    assert found.order_no is None or found.order_no in opening + text


def test_it_names_nothing_in_what_is_no_business(reader: Reader) -> None:
    assert reader.read("自动回复：祝您节日快乐，5月1日起放假3天").entities == Entities()


def test_it_gives_the_words_as_they_were_written(reader: Reader) -> None:
    found = reader.read("訂購防火門４０樘，訂單號ＨＴ２４-０９１，下週五前送到", date=WRITTEN).entities
    assert (found.product, found.quantity, found.quantity_unit) == ("防火門", 40, "樘")
    assert (found.due_date_text, found.due_date) == ("下週五前", date(2026, 11, 27))


@pytest.mark.parametrize(
    ("text", "order_no"),
    [
        ("请安排订单HT2409-17，儿童积木4200盒", "HT2409-17"),
        ("合同编号皖交采字〔2024〕58号，条屏120条", "皖交采字〔2024〕58号"),
        ("Please find attached PO 4500187733 for 36 pcs gate valves.", "4500187733"),
        ("When will PO#7741 ship?", "7741"),
        ("我们的订单 KM-5591 到货 200 件，12 件划伤，要求换货", "KM-5591"),
        ("请安排防火门40樘，下周五前送到", None),
        ("请报M8×30螺栓5000套的价格", None),
        ("批号240618的货有破损，请换货", None),
    ],
)
def test_it_tells_the_number_of_an_order_from_other_numbers(
    reader: Reader, text: str, order_no: str | None
) -> None:
    assert reader.read(text).entities.order_no == order_no


def test_it_tells_the_part_from_the_order(reader: Reader) -> None:
    found = reader.read("订单HT2409-17，请按图号SP-7731生产储能弹簧2000根").entities
    assert (found.order_no, found.part_no) == ("HT2409-17", "SP-7731")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("这批货不良，造成我司返工，工时费23,400元将从货款中扣除。", "23,400元"),
        ("You delivered scrap. We claim EUR 18,750 for the rework.", "EUR 18,750"),
        ("门板色差，工人返工花了八千六，这钱你们得赔", "八千六"),
        ("门板有划伤，单价280元的东西不该这样，请换货", None),
    ],
)
def test_it_finds_what_is_claimed(reader: Reader, text: str, amount: str | None) -> None:
    assert reader.read(text).entities.claim_amount == amount
