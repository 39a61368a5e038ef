"""Due dates: what was written, and the day it means for a message of Saturday, 21 November 2026."""

from datetime import date

import pytest

from nlp.entities import entities_of
from nlp.model import Model
from nlp.page import Page
from nlp.reading import Kind

WRITTEN = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("kind", "text", "words", "day"),
    [
        (Kind.ORDER, "下周五前交货", "下周五前", date(2026, 11, 27)),
        (Kind.ORDER, "明天下午送到", "明天下午", date(2026, 11, 22)),
        (Kind.ORDER, "请于1月5日前发货", "1月5日前", date(2027, 1, 5)),
        (Kind.ORDER, "交期2026-12-08", "2026-12-08", date(2026, 12, 8)),
        (Kind.ORDER, "25号要", "25号", date(2026, 11, 25)),
        (Kind.ORDER, "3号要", "3号", date(2026, 12, 3)),
        (Kind.ORDER, "七月五日前交到库房", "七月五日前", date(2027, 7, 5)),
        (Kind.ORDER, "ship by 12 december", "12 december", date(2026, 12, 12)),
        (Kind.ORDER, "needed by friday", "friday", date(2026, 11, 27)),
        (Kind.ORDER, "交期2月30日", "2月30日", None),
        (Kind.ORDER, "本月底前送到", "本月底前", date(2026, 11, 30)),
        (Kind.ORDER, "please deliver within two weeks", "within two weeks", date(2026, 12, 5)),
        (Kind.ORDER, "ship in calendar week 11", "calendar week 11", None),
        (Kind.ORDER, "needed by the 20th", "the 20th", date(2026, 12, 20)),
        (Kind.ORDER, "月底前要货", "月底前", date(2026, 11, 30)),
        (Kind.ORDER, "国庆前送到门店", "国庆前", date(2027, 9, 30)),
        (Kind.ORDER, "三天内发货", "三天内", date(2026, 11, 24)),
        (Kind.ORDER, "明天要", "明天", date(2026, 11, 22)),
        (Kind.ORDER, "must be here before Christmas", "before Christmas", date(2026, 12, 24)),
        (Kind.ORDER, "春节前务必到货", "春节前", None),
        (Kind.ORDER, "月饼盒2000个，中秋前送到", "中秋前", None),
        (Kind.ORDER, "餐椅80把，开业前送到店里", "开业前", None),
        (Kind.ORDER, "please ship next week", "next week", None),
        (Kind.ORDER, "deliver by end of next week", "end of next week", date(2026, 12, 4)),
        (Kind.ORDER, "delivery 3-Jun please", "3-Jun", date(2027, 6, 3)),
        (Kind.ORDER, "Liefertermin delivery date 14.12.2026", "14.12.2026", date(2026, 12, 14)),
        (Kind.ORDER, "鲜花200束，12月8日上午10点前送到酒店", "12月8日上午10点前", date(2026, 12, 8)),
        (Kind.ORDER, "周六早上送到后厨", "周六早上", None),
        (Kind.ORDER, "trays for Saturday morning please, deliver to the back door", "Saturday morning", None),
        (Kind.ORDER, "下月初要用", "下月初", None),
        (Kind.ORDER, "本周内发出", "本周内", None),
        (Kind.ORDER, "20号左右送来", "20号", date(2026, 12, 20)),
        (Kind.ORDER, "腊月二十前务必送到", "腊月二十前", None),
        (Kind.ORDER, "75 kg bread flour, needed Monday", "Monday", date(2026, 11, 23)),
        (Kind.ORDER, "Please deliver in the first week of December", "the first week of December", None),
        (Kind.ORDER, "We need the goods in week 49", "week 49", None),
        (Kind.ORDER, "to arrive not later than 5 December", "5 December", date(2026, 12, 5)),
        (Kind.ORDER, "we need it in 3 weeks", "in 3 weeks", date(2026, 12, 12)),
        (Kind.ORDER, "两周内交完", "两周内", date(2026, 12, 5)),
        (Kind.ORDER, "12.5前到货", "12.5前", date(2026, 12, 5)),
        (Kind.ORDER, "500件，交期两周", "两周", date(2026, 12, 5)),
        (Kind.ORDER, "明早六点前到后厨", "明早六点前", date(2026, 11, 22)),
        (Kind.ORDER, "周三前寄到", "周三前", date(2026, 11, 25)),
        (Kind.COMPLAINT, "破了8扇，请周五前补发到工地", "周五前", date(2026, 11, 27)),
        (Kind.ORDER, "书柜6个，搬家前送到", "搬家前", None),
        (Kind.ORDER, "50 trays by fri pls", "by fri", date(2026, 11, 27)),
        (Kind.ORDER, "包子200个，早上六点前送到食堂", "早上六点前", None),
        (Kind.ORDER, "we need 300 chairs in March", "in March", None),
        (Kind.ORDER, "send 40 tmrw", "tmrw", date(2026, 11, 22)),
        (Kind.ORDER, "500件，十天交货", "十天", date(2026, 12, 1)),
        (Kind.ORDER, "deliver end November", "end November", date(2026, 11, 30)),
        (Kind.ORDER, "20箱务必周五前收到", "周五前", date(2026, 11, 27)),
        (Kind.ORDER, "goods to be received by 5 December", "5 December", date(2026, 12, 5)),
    ],
)
def test_it_resolves_the_date_against_the_message_s_own_day(
    models: dict[str, Model], kind: Kind, text: str, words: str, day: date | None
) -> None:
    found = entities_of(Page("", text), kind, WRITTEN, (), models)
    assert (found.due_date_text, found.due_date) == (words, day)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.INQUIRY, "请于周五前回复报价"),
        (Kind.INQUIRY, "please quote by Friday"),
        (Kind.INQUIRY, "12月3日来访看厂"),
        (Kind.ORDER, "定金明天付"),
        (Kind.COMPLAINT, "11月3日收到的货就坏了"),
        (Kind.COMPLAINT, "三天内给我答复"),
        (Kind.COMPLAINT, "请在24小时内提交8D报告"),
        (Kind.COMPLAINT, "the delivery of 3 May was short"),
        (Kind.COMPLAINT, "上周五送来的鱼不新鲜"),
        (Kind.INQUIRY, "6月3日寄的样我们试了，剩下的什么时候能寄"),
        (Kind.COMPLAINT, "goods received on 5 November were wet"),
        (Kind.COMPLAINT, "11月1日收到货，发现破损"),
    ],
)
def test_it_takes_no_date_of_a_reply_a_visit_or_the_past(
    models: dict[str, Model], kind: Kind, text: str
) -> None:
    assert entities_of(Page("", text), kind, WRITTEN, (), models).due_date_text is None


def test_it_knows_no_day_without_the_day_of_the_message(models: dict[str, Model]) -> None:
    found = entities_of(Page("", "下周五前交货"), Kind.ORDER, None, (), models)
    assert (found.due_date_text, found.due_date) == ("下周五前", None)
