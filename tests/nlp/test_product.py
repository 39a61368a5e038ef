"""The product's name: around the quantity, where it is asked for, from the company's own words; or none."""

from pathlib import Path

import pytest

from nlp.page import Page
from nlp.product import product_of
from nlp.quantities import quantity_of
from nlp.reader import load_reader
from nlp.reading import Kind


def _product(text: str, kind: Kind, subject: str = "") -> str | None:
    page = Page(subject, text)
    found = product_of(page, kind, quantity_of(page.folded, kind))
    return page.original[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("端子2万只，月底要", "端子"),
        ("请安排防火门40樘", "防火门"),
        ("刹车软管3000支下单", "刹车软管"),
        ("晶振先下2万pcs", "晶振"),
        ("下单50套不锈钢法兰盘", "不锈钢法兰盘"),
        ("Please send 40 bags of tile adhesive by Friday", "tile adhesive"),
        ("We order 300 pcs wiper blades", "wiper blades"),
    ],
)
def test_it_names_what_stands_beside_the_quantity(text: str, name: str) -> None:
    assert _product(text, Kind.ORDER) == name


def test_it_names_what_is_asked_for_when_the_name_comes_again() -> None:
    assert _product("请报轴承座的价格", Kind.INQUIRY, "询价：轴承座") == "轴承座"


@pytest.mark.parametrize("text", ["收到，谢谢", "我们要的数量是500", "请问贵司几点下班", "500 pcs please"])
def test_it_names_none_rather_than_a_wrong_one(text: str) -> None:
    assert _product(text, Kind.ORDER) is None


def test_it_knows_the_products_of_the_company_first(tmp_path: Path) -> None:
    (tmp_path / "own.lex").write_text("[product]\n回音壁三号\n", encoding="utf-8")
    reader = load_reader(tmp_path)
    assert reader.read("上回的回音壁三号再来20件支架").entities.product == "回音壁三号"
