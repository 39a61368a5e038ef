"""A mailbox as a sales office has it: Chinese and English, old charsets, files, answers, duplicates."""

import base64
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

START = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)
CHARSETS = ("utf-8", "utf-8", "utf-8", "gbk", "gb18030", "gb2312")
SUBJECTS = {
    "zh": (
        "询价：{product} {count} 套",
        "采购订单 PO-{number}",
        "投诉：{product} 来料不良",
        "{product} 交期",
    ),
    "en": ("RFQ {product}", "Purchase order PO-{number}", "Complaint: {product} {number}", "Lead time?"),
}
PRODUCTS = {
    "zh": ("轴承座", "连接器", "注塑外壳", "五金支架"),
    "en": ("bearing housing", "connector", "bracket"),
}
BODIES = {
    "zh": """您好：

请确认 {product} {count} 件的价格和交期，{day} 前到货。需要提供 RoHS 报告，每箱贴标签。
上一批有 3 件外观划伤，请改善并回复。

谢谢！
采购部 {who}
Tel 0512-6600 1234""",
    "en": """Hello,

please quote {count} pcs of {product}, needed by {day}. RoHS report and inspection report are required
with every lot. Three parts of the last lot were scratched; please look into it.

Regards
{who}""",
}
QUOTED = """

------------------ 原始邮件 ------------------
发件人: sales@factory.example
发送时间: 2026年11月1日 09:00

您好，来信已收到，报价单稍后发出。
"""


@dataclass(frozen=True)
class Sent:
    """One mail of the mailbox, and what must become of it."""

    raw: bytes
    message_id: str
    answers: str | None  # the Message-ID of the mail whose case it must join
    is_duplicate: bool
    file: bytes | None


def mails(count: int) -> Iterator[Sent]:
    """`count` mails, always the same: a fifth answer, one in fifty is a duplicate, a tenth carry a file."""
    chance = random.Random(count)
    openers: list[Sent] = []
    earlier: list[tuple[str, str]] = []
    for number in range(count):
        if openers and chance.random() < 0.02:
            twin = chance.choice(openers)
            received = f"Received: from relay{number}.example; Mon, 2 Nov 2026 09:00:00 +0800\r\n"
            yield Sent(received.encode() + twin.raw, twin.message_id, None, True, None)
            continue
        parent = chance.choice(earlier) if earlier and chance.random() < 0.2 else None
        sent = _mail(number, parent, chance)
        openers.append(sent)
        if parent is None:
            earlier.append((sent.message_id, f"c{number}"))
        yield sent


def _mail(number: int, parent: tuple[str, str] | None, chance: random.Random) -> Sent:
    tongue = chance.choice(("zh", "zh", "en"))
    who = parent[1] if parent else f"c{number}"
    values = {
        "product": chance.choice(PRODUCTS[tongue]),
        "count": chance.randrange(50, 5000),
        "number": 260000 + number,
        "day": "12月20日" if tongue == "zh" else "20 December",
        "who": who,
    }
    charset = chance.choice(CHARSETS) if tongue == "zh" else "utf-8"
    subject = chance.choice(SUBJECTS[tongue]).format(**values)
    text = BODIES[tongue].format(**values)
    if parent:
        subject = "Re: " + subject
        text += (
            "\n\n------------------ 原始邮件 ------------------\n发件人: sales@factory.example\n\n> 已收到\n"
            * 3
        )
    file = chance.randbytes(chance.randrange(2_000, 60_000)) if chance.random() < 0.1 else None
    message_id = f"<{number}.{chance.randrange(10**9)}@customer{number % 97}.example>"
    head = [
        f"Received: from mx.customer.example by mx.factory.example; {_at(number)}",
        f"From: {_encoded(who, charset)} <{who}@customer{int(who[1:]) % 97}.example>",
        "To: sales@factory.example",
        f"Subject: {_encoded(subject, charset)}",
        f"Date: {_at(number)}",
        f"Message-ID: {message_id}",
        "MIME-Version: 1.0",
    ]
    if parent:
        head += [f"In-Reply-To: {parent[0]}", f"References: {parent[0]}"]
    raw = ("\r\n".join(head) + "\r\n").encode() + _body(text, charset, file)
    return Sent(raw, message_id, parent[0] if parent else None, False, file)


def _body(text: str, charset: str, file: bytes | None) -> bytes:
    encoded = base64.encodebytes(text.encode(charset, "replace")).replace(b"\n", b"\r\n")
    plain = (
        f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
    )
    if file is None:
        return plain + encoded
    return b"\r\n".join(
        [
            b'Content-Type: multipart/mixed; boundary="part"',
            b"",
            b"--part",
            plain + encoded,
            b"--part",
            b"Content-Type: application/pdf",
            b'Content-Disposition: attachment; filename="drawing.pdf"',
            b"Content-Transfer-Encoding: base64",
            b"",
            base64.encodebytes(file).replace(b"\n", b"\r\n"),
            b"--part--",
            b"",
        ]
    )


def _encoded(words: str, charset: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(words.encode(charset, 'replace')).decode()}?="


def _at(number: int) -> str:
    return format_datetime(START + timedelta(minutes=number))
