"""Character sets: declared, misdeclared, undeclared."""

import pytest

from intake.mail.charset import decode

ZH = "请报价支座500件，材质Q235，交期两周内。"
HANT = "您好，請報鋁座二百個之單價與交期，謝謝。"


@pytest.mark.parametrize(
    ("declared", "actual", "text"),
    [
        ("gb2312", "gb2312", ZH),
        ("GB2312", "gb18030", "陶喆订购双囍灯架，镕盛𠮷"),
        ("x-gbk", "gbk", ZH),
        ("cp936", "gbk", ZH),
        ("hz-gb-2312", "hz", "合同已盖章"),
        ("big5", "cp950", HANT),
        ("big5-hkscs", "big5hkscs", "喺香港嘅廠"),
        ("Big5", "big5hkscs", "喺香港嘅廠"),
        ("ks_c_5601-1987", "cp949", "안녕하세요 똠"),
        ("shift_jis", "cp932", "①見積もり"),
        ("iso-2022-jp", "iso2022_jp", "見積もり"),
        ("unicode-1-1-utf-7", "utf-7", "Grüße"),
        ("windows-1251", "cp1251", "Здравствуйте"),
        ("iso-8859-1", "cp1252", "Größe für Müller – 5 €"),
        ("utf-8", "gbk", ZH),
        ("gb2312", "utf-8", ZH),
        ("gb2312", "utf-8", "孔径φ6±0.1，请确认公差"),
        ("gb2312", "utf-8", "φ6±0.1 孔径"),
        ("gb2312", "big5", "貨已收到，謝謝"),
        ("utf-8", "gbk", "图纸"),
        (None, "gbk", "图纸"),
        (None, "gbk", "10月份要货计划及说明——糊精、变性淀粉"),
        (None, "utf-8", "Größe"),
        (None, "utf-8", "Здравствуйте"),
        ("gb2312", "big5", HANT),
        ("big5", "gbk", ZH),
        ("iso-8859-1", "gbk", ZH),
        ("windows-1252", "utf-8", ZH),
        ("us-ascii", "gbk", ZH),
        ("default", "utf-8", ZH),
        ("punycode", "utf-8", ZH),
        ("no-such-set", "gbk", ZH),
        (None, "gbk", ZH),
        (None, "gbk", "报价"),
        (None, "utf-8", ZH),
        (None, "big5", HANT),
        (None, "iso2022_jp", "見積もり"),
        (None, "cp1252", "Größe für Müller"),
        (None, "utf-16", ZH),
        (None, "utf-8-sig", ZH),
    ],
)
def test_it_reads_what_was_written(declared: str | None, actual: str, text: str) -> None:
    assert decode(text.encode(actual), declared) == text


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "big5"])
def test_a_letter_cut_in_two_costs_that_letter_only(charset: str) -> None:
    text = HANT if charset == "big5" else ZH
    found = decode(text.encode(charset)[:-1], charset)
    assert found.startswith(text[:-1])


def test_it_never_fails_on_bytes() -> None:
    assert decode(bytes(range(256)) * 3)
    assert decode(b"\xff\xfe\x00", "utf-16")
    assert decode(b"", "gb2312") == ""
