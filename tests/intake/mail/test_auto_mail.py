"""Machines and people: by header, by words, and people who only look like machines."""

import pytest

from intake.mail.parse import parse_mail
from tests.intake.mail.letters import letter, multipart

MACHINES = [
    ("自动回复：报价", "您好", {}, "auto_reply"),
    ("Automatic reply: PO 771", "x", {}, "auto_reply"),
    ("Re: 报价", "这是一封自动回复邮件。我已收到", {}, "auto_reply"),
    ("Re: 报价", "本人6月12日至14日休年假，邮件暂不能及时处理，请联系同事小田。", {}, "auto_reply"),
    ("Re: x", "I am out of the office until Monday. For urgent matters please contact Li.", {}, "auto_reply"),
    ("", "您好，您的邮件已经收到，我会尽快给您回复。", {}, "auto_reply"),
    ("Re: 报价（自动回复）", "您好", {}, "auto_reply"),
    ("[自动回复] 报价", "", {}, "auto_reply"),
    ("自動返信: 見積", "x", {}, "auto_reply"),
    ("Abwesenheit: Angebot", "x", {}, "auto_reply"),
    ("OOO: back on Monday", "x", {}, "auto_reply"),
    ("Re: x", "您好，我已离职，后续请联系王经理，谢谢。", {}, "auto_reply"),
    ("Re: x", "I no longer work at ACME. Write to Wang from now on.", {}, "auto_reply"),
    ("Re: 报价", "这是来自QQ邮箱的假期自动回复邮件。\n\n您好，我最近正在休假中。", {}, "auto_reply"),
    ("Away", "x", {"Auto_Submitted": "auto-replied (vacation)"}, "auto_reply"),
    ("Away", "x", {"Precedence": "auto_reply"}, "auto_reply"),
    ("Away", "x", {"X_Autoreply": "yes"}, "auto_reply"),
    ("Away", "x", {"Auto_Submitted": "auto-generated"}, "auto_reply"),
    ("News", "x", {"List_Id": "<news.c.example>"}, "bulk"),
    ("News", "x", {"Precedence": "bulk"}, "bulk"),
    ("已读: 报价", "您的邮件已被阅读", {"Return_Path": "<>"}, "receipt"),
    ("系统退信", "无法送达", {"Return_Path": "<>"}, "bounce"),
    ("Undeliverable: x", "x", {"From": "postmaster@c.example"}, "bounce"),
    ("系统退信/Systems bounce", "抱歉，您的邮件被退回来了", {"From": "Postmaster@163.example"}, "bounce"),
    ("未传递的邮件: 报价", "x", {"From": "Outlook <ex@c.example>", "Return_Path": "<>"}, "bounce"),
    ("无法传递: 报价", "x", {"From": "postmaster@c.example"}, "bounce"),
    ("邮件延迟投递通知", "x", {"From": "postmaster@c.example"}, "bounce"),
    ("配信不能: 見積", "x", {"From": "postmaster@c.example"}, "bounce"),
    ("已读：报价", "您的邮件\n主题: 报价\n已于 2024-06-11 阅读", {}, "receipt"),
    ("阅读回执: 报价", "这是您的邮件的回执", {}, "receipt"),
    ("Return Receipt (displayed) - x", "This is a receipt for the mail you sent", {}, "receipt"),
    ("召回: 报价", "梁工 将撤回邮件“报价”。", {}, "receipt"),
    ("Notice", "x", {"X_Loop": "sales@factory.example"}, "loop"),
    ("来自postmaster@qq.example的退信", "x", {"Return_Path": "<>"}, "bounce"),
    ("Notice", "x", {"From": "sales@factory.example", "Auto_Submitted": "auto-generated"}, "loop"),
    ("回执", "x", {"Auto_Submitted": "auto-replied", "Message_ID": "<1@factory.example>"}, "loop"),
]
PEOPLE = [
    ("询价 自动回弹闭门器", "请报自动回弹闭门器300套。"),
    ("自动回复机器人询价", "请报价自动回复机器人3台"),
    ("Out of office desks inquiry", "Please quote 20 desks"),
    ("投诉", "这是自动回复吗？没有人处理我的退货"),
    ("退信投诉", "你们一直退信"),
    ("Re: 报价", "我下周出差，请尽快回复邮件报价，数量500。"),
    ("Re: x", "I am out of office next week, please ship before Friday."),
    ("Read: the drawing", "please read"),
    ("回执单印刷询价", "请报价回执单5000份"),
    ("Re: 报价", "我在休假，但有个问题：A17 500件什么时候能发货？急件请联系小田"),
    ("Re: 交期", "我们放假前要收到货，无法及时处理的话请告知"),
    ("催货", "Your message has been received, please confirm order A17"),
    ("Re: 图纸", "邮件已收到，请按图纸报价500件"),
    ("采购交接", "原采购王工已离职，后续由我负责，附件是A17订单"),
    ("Returned mail samples", "we returned the samples"),
    (
        "Re: 询价",
        "收到，谢谢。\n\n在 2024-06-11 10:21，小袁 <y@factory.example> 写道：\n此邮件由系统自动发送",
    ),
]


@pytest.mark.parametrize(("subject", "text", "fields", "kind"), MACHINES)
def test_it_knows_a_machine(subject: str, text: str, fields: dict[str, str], kind: str) -> None:
    mail = parse_mail(letter(text, Subject=subject, **fields), own_domain="factory.example")
    assert mail.auto_generated == kind
    assert not mail.may_answer


@pytest.mark.parametrize(("subject", "text"), PEOPLE)
def test_it_takes_a_person_for_a_person(subject: str, text: str) -> None:
    mail = parse_mail(letter(text, Subject=subject, Return_Path="<buyer@customer.example>"))
    assert mail.auto_generated is None
    assert mail.may_answer


@pytest.mark.parametrize(
    "fields",
    [
        {"Return_Path": "<>"},
        {"X_Auto_Response_Suppress": "All"},
        {"X_Loop": "someone@else.example"},
        {"From": "no-reply@customer.example"},
        {"From": "nobody"},
        {"Auto_Submitted": "auto-notified; owner-email=x"},
    ],
    ids=str,
)
def test_any_sign_of_a_machine_forbids_an_answer(fields: dict[str, str]) -> None:
    assert not parse_mail(letter("请报价", Subject="询价", **fields)).may_answer


@pytest.mark.parametrize("value", ["no", " No ", "no; reason=x", "no (a person)"])
def test_auto_submitted_no_is_a_person(value: str) -> None:
    assert parse_mail(letter("请报价", Auto_Submitted=value)).may_answer


@pytest.mark.parametrize(("words", "kind"), [("", "receipt"), ("可以，但请改到周五", None)])
def test_the_answer_of_a_calendar_is_a_receipt_unless_its_owner_writes(words: str, kind: str | None) -> None:
    calendar = b"Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR"
    mail = parse_mail(multipart(b"Content-Type: text/plain; charset=utf-8\n\n" + words.encode(), calendar))
    assert (mail.auto_generated, mail.may_answer) == (kind, kind is None)


REPORT = b"""From: postmaster@c.example
Return-Path: <>
Subject: =?utf-8?B?57O757uf6YCA5L+h?=
Content-Type: multipart/report; report-type=delivery-status; boundary=r

--r
Content-Type: text/plain

failed
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.c.example

Final-Recipient: rfc822; Buy@c.example
Action: %s
Status: %s

--r
Content-Type: text/rfc822-headers

From: sales@factory.example
Message-ID: <hy-1@factory.example>
--r--
"""


def test_a_report_of_arrival_is_a_receipt() -> None:
    mail = parse_mail(REPORT % (b"delivered", b"2.0.0"))
    assert (mail.auto_generated, mail.bounce) == ("receipt", None)


@pytest.mark.parametrize(
    ("action", "status", "permanent"),
    [(b"failed", b"5.1.1", True), (b"failed", b"4.4.7", False), (b"delayed", b"4.2.2", False)],
)
def test_it_says_which_mail_bounced_from_whom_and_whether_for_good(
    action: bytes, status: bytes, permanent: bool
) -> None:
    bounce = parse_mail(REPORT % (action, status)).bounce
    assert bounce is not None
    assert (bounce.original_message_id, bounce.recipient) == ("<hy-1@factory.example>", "buy@c.example")
    assert bounce.permanent is permanent
