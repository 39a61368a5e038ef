"""The language of a message decides in which one we answer: names and codes in it do not."""

import pytest

from nlp.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("请报价 stainless steel flange 200 pcs", "zh"),
        ("Dear Sales，请报价 M8 bolt 1000pcs，谢谢", "zh"),
        ("ETD 11月3日，ETA 11月20日，FOB Shanghai，发 sales02@example.com.cn", "zh"),
        ("詢價 usb type c cable 2000pcs，交期多久？", "zh-Hant"),
        ("訂單 PO-88：USB HUB 200PCS，請 11/5 前交貨", "zh-Hant"),
        ("我們要訂 power supply 和 fan filter 各50台", "zh-Hant"),
        ("hinge 同 door lock 幾錢", "zh-Hant"),
        ("这个sample什么时候ship？need it urgent", "mixed"),
        ("color又不match，我这边buyer直接reject了", "mixed"),
        ("Do you have 中文版的 datasheet? 工程师看不懂英文的", "mixed"),
        ("Please quote 200 pcs of 轴承 6204", "en"),
        ("need price pls", "en"),
        ("100 x 50", "zh"),
        ("", "en"),
    ],
)
def test_it_tells_the_language_one_writes_from_the_names_in_it(text: str, language: str) -> None:
    assert language_of(text) == language
