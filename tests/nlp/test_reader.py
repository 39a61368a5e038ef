"""The reader: what a message is, how serious, what it requires, and why."""

import subprocess
import sys
from datetime import date

import pytest

from nlp.reader import Reader
from nlp.reading import Kind, Severity, higher

KINDS = [
    ("请问这款水泵单价多少，最快几天能发货？", "wecom", Kind.INQUIRY),
    ("Could you quote 2,000 pcs of the M8 bracket and tell us the lead time?", "email", Kind.INQUIRY),
    ("请安排生产，订单PO-2231，阀门500个，12月5日前送到。", "email", Kind.ORDER),
    ("Please supply 300 pcs as per our PO 4471, ship by 5 December.", "email", Kind.ORDER),
    ("这批又有裂纹，装不上，请换货并给个说法", "wecom", Kind.COMPLAINT),
    ("The third delivery in a row is late, please explain.", "email", Kind.COMPLAINT),
    ("建议你们的网站加个查库存的功能，会方便很多", "wecom", Kind.SUGGESTION),
    ("自动回复：我正在休假，期间无法及时回复邮件。", "email", Kind.OTHER),
]


@pytest.mark.parametrize(("text", "channel", "kind"), KINDS)
def test_it_tells_the_kind(reader: Reader, text: str, channel: str, kind: Kind) -> None:
    assert reader.read(text, channel=channel).kind is kind


@pytest.mark.parametrize(("text", "channel", "kind"), KINDS)
def test_it_shows_words_of_the_message_for_every_label(
    reader: Reader, text: str, channel: str, kind: Kind
) -> None:
    reading = reader.read(text, subject="关于水泵", channel=channel)
    labels = {evidence.label for evidence in reading.evidence}
    assert {reading.kind.value, *reading.special_requirements} <= labels
    fields = {"subject": "关于水泵", "text": text}
    for evidence in reading.evidence:
        assert evidence.text
        assert fields[evidence.field][evidence.start : evidence.end] == evidence.text


def test_it_reads_traditional_and_full_width_like_simplified(reader: Reader) -> None:
    simplified = reader.read("这批货有裂纹，请退货，附ROHS报告")
    traditional = reader.read("這批貨有裂紋，請退貨，附ＲＯＨＳ報告")
    assert traditional.language == "zh-Hant"
    assert (traditional.kind, traditional.severity) == (simplified.kind, simplified.severity)


def test_it_takes_the_higher_of_channel_and_content_and_keeps_both_reasons(reader: Reader) -> None:
    text = "来货纸箱有一点压痕，不影响使用，请注意。"
    assert reader.read(text, channel="wecom").severity is Severity.LIGHT
    by_letter = reader.read(text, channel="letter")
    assert by_letter.severity is Severity.MODERATE
    rules = {evidence.rule for evidence in by_letter.evidence if evidence.label == "severity"}
    assert "channel.letter" in rules
    assert len(rules) > 1


def test_it_finds_a_line_stop_and_a_claim_severe(reader: Reader) -> None:
    assert reader.read("你们的轴承卡死，我们产线停线三小时了！").severity is Severity.SEVERE
    claim = reader.read("这批货不良，造成我司返工，工时费23,400元将从货款中扣除。")
    assert (claim.severity, claim.claim) == (Severity.SEVERE, True)
    assert claim.entities.claim_amount == "23,400元"


def test_it_reads_what_is_new_and_not_the_quoted_history(reader: Reader) -> None:
    text = (
        "ok, go ahead with 250 units.\n\nOn Mon, Jun 10, Coco wrote:\n> the parts are broken, refund, recall"
    )
    assert reader.read(text, subject="Re: offer").kind is Kind.ORDER


def test_it_names_order_quantity_date_and_requirements(reader: Reader) -> None:
    text = "订单 SR-0412：散热座1.2万件，下周五前交，随货附出厂检验报告，符合RoHS。"
    reading = reader.read(text, date=date(2026, 11, 21))
    assert reading.entities.order_no == "SR-0412"
    assert (reading.entities.quantity, reading.entities.quantity_unit) == (12000, "件")
    assert (reading.entities.due_date_text, reading.entities.due_date) == ("下周五前", date(2026, 11, 27))
    assert set(reading.special_requirements) == {"measurement", "environment"}


def test_it_gives_the_same_reading_every_time(reader: Reader) -> None:
    assert reader.read("第二次发错了，请换货") == reader.read("第二次发错了，请换货")


def test_it_ranks_severities() -> None:
    assert higher(Severity.LIGHT, Severity.SEVERE) is Severity.SEVERE
    assert higher(Severity.MODERATE, Severity.LIGHT) is Severity.MODERATE


def test_it_gives_its_values_without_loading_the_reader() -> None:
    code = (
        "import sys, nlp.reading; print([name for name in sys.modules if 'jieba' in name or 'aho' in name])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )


def test_it_is_loaded_without_what_only_learning_and_cutting_words_need() -> None:
    code = "import sys, nlp.reader; print([name for name in ('jieba', 'numpy') if name in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("盖子上有一道小划痕，不影响使用，说一声而已。", Severity.LIGHT),
        ("十箱里有四箱碎了，请补发四箱。", Severity.MODERATE),
        ("梯子断了，我爸摔下来，手臂骨折，现在在医院。", Severity.SEVERE),
        ("Your gasket burst and our filling line has been down since six this morning.", Severity.SEVERE),
    ],
)
def test_it_weighs_a_complaint_by_what_it_did_to_people_and_work(
    reader: Reader, text: str, severity: Severity
) -> None:
    assert reader.read(text, channel="wecom").severity is severity
