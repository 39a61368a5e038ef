"""The product's name as written, from the company's own words first; or none."""

from pathlib import Path

import pytest

from nlp.reader import Reader, load_reader


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("端子2万只，月底要", "端子"),
        ("请安排防火门40樘", "防火门"),
        ("刹车软管3000支下单", "刹车软管"),
        ("Please send 40 bags of tile adhesive by Friday", "tile adhesive"),
        ("We order 300 pcs wiper blades", "wiper blades"),
        ("请报轴承座的价格", "轴承座"),
        ("你们的水泵漏水，请派人来看", "水泵"),
    ],
)
def test_it_names_the_item(reader: Reader, text: str, name: str) -> None:
    assert reader.read(text).entities.product == name


@pytest.mark.parametrize("text", ["收到，谢谢", "我们要的数量是500", "请问贵司几点下班", "500 pcs please"])
def test_it_names_none_rather_than_a_wrong_one(reader: Reader, text: str) -> None:
    assert reader.read(text).entities.product is None


def test_it_knows_the_products_of_the_company_first(tmp_path: Path) -> None:
    (tmp_path / "own.lex").write_text("[product]\n回音壁三号\n", encoding="utf-8")
    own = load_reader(tmp_path)
    assert own.read("上回的回音壁三号再来20件支架").entities.product == "回音壁三号"
