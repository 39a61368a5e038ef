"""A letter leaves by SMTP as mail clients expect it, and failures say whether to try again."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.mail import FolderSender, SmtpSender, as_bytes
from bot.sending import Letter, SendError
from casework.replies import StoredFile
from store.files import FileStore
from store.tables import Channel, OutgoingKind
from tests.borders.smtp import SmtpServer

OUTLOOK_ID = "<AM0PR07MB4321ABCDEF0123456789ABCDEF0123456789@AM0PR07MB4321.eurprd07.prod.outlook.example.com>"


def letter(kind: OutgoingKind = OutgoingKind.REPLY, **values: Any) -> Letter:
    return Letter(
        **{
            "kind": kind,
            "channel": Channel.EMAIL,
            "recipient": "limin@kaimai.example",
            "subject": "Re: 询价：轴承座 [HY-000001]",
            "text": "单价 12.5 元。\n",
            "message_id": "<message.2.00@factory.example>",
            "references": ("<1@kaimai.example>", OUTLOOK_ID),
            "automatic": kind != OutgoingKind.REPLY,
            **values,
        }
    )


def sender(server: SmtpServer, folder: Path) -> SmtpSender:
    return SmtpSender(server.url, "sales@factory.example", "回音机械", FileStore(folder))


def parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_it_threads_a_reply_and_leaves_long_ids_whole(tmp_path: Path) -> None:
    with SmtpServer() as server:
        sender(server, tmp_path).send(letter())
        (received,) = server.mails
    assert received.envelope_from == "sales@factory.example"
    assert received.envelope_to == ("limin@kaimai.example",)
    assert f"In-Reply-To: {OUTLOOK_ID}\r\n".encode() in received.raw.replace(b"\n", b"\r\n").replace(
        b"\r\r", b"\r"
    )
    mail = parsed(received.raw)
    assert mail["Message-ID"] == "<message.2.00@factory.example>"
    assert mail["References"].split() == ["<1@kaimai.example>", OUTLOOK_ID]
    assert mail["Subject"] == "Re: 询价：轴承座 [HY-000001]"
    assert mail["Auto-Submitted"] is None
    assert mail.get_content().strip() == "单价 12.5 元。"


def test_it_marks_a_receipt_as_automatic_and_lets_its_bounce_answer_nobody(tmp_path: Path) -> None:
    with SmtpServer() as server:
        sender(server, tmp_path).send(letter(OutgoingKind.ACKNOWLEDGEMENT))
        (received,) = server.mails
    assert received.envelope_from in ("", "<>", None)
    assert parsed(received.raw)["Auto-Submitted"] == "auto-replied"


def test_it_uses_our_address_where_the_server_wants_no_empty_sender(tmp_path: Path) -> None:
    with SmtpServer() as server:
        server.fail_next("mail", 553)
        sender(server, tmp_path).send(letter(OutgoingKind.ACKNOWLEDGEMENT))
        (received,) = server.mails
    assert received.envelope_from == "sales@factory.example"


@pytest.mark.parametrize(
    ("stage", "reply", "permanent", "uncertain"),
    [
        ("connect", 421, False, False),
        ("mail", 451, False, False),
        ("rcpt", 550, True, False),
        ("rcpt", 450, False, False),
        ("data", 554, True, False),
        ("after_final_dot", 552, True, False),
        ("after_final_dot", 451, False, False),
        ("rcpt", "disconnect", False, False),
        ("after_final_dot", "disconnect", False, True),
    ],
)
def test_it_tells_what_a_failure_means(
    stage: Any, reply: int | str, permanent: bool, uncertain: bool, tmp_path: Path
) -> None:
    with SmtpServer() as server:
        server.fail_next(stage, reply)
        with pytest.raises(SendError) as caught:
            sender(server, tmp_path).send(letter())
    assert (caught.value.permanent, caught.value.uncertain) == (permanent, uncertain)
    assert str(caught.value)


def test_it_sends_files_along(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    drawing = StoredFile("图纸 A.pdf", "application/pdf", 4, files.put(b"%PDF"))
    mail = parsed(as_bytes(letter(files=(drawing,)), "sales@factory.example", "回音机械", files))
    (part,) = mail.iter_attachments()
    assert part.get_filename() == "图纸 A.pdf"
    assert part.get_content() == b"%PDF"


def test_it_writes_the_demo_s_mail_into_a_folder(tmp_path: Path) -> None:
    sender = FolderSender(tmp_path / "outbox", "sales@factory.example", "回音", FileStore(tmp_path / "files"))
    sender.send(letter())
    sender.send(letter())
    (file,) = (tmp_path / "outbox").iterdir()
    assert parsed(file.read_bytes())["To"] == "limin@kaimai.example"


@settings(max_examples=300, deadline=None)
@given(subject=st.text(max_size=200), name=st.text(max_size=80), reference=st.text(max_size=200))
def test_it_lets_nothing_from_outside_start_a_header(subject: str, name: str, reference: str) -> None:
    raw = as_bytes(
        letter(subject=subject, references=(reference,)),
        "sales@factory.example",
        name,
        FileStore(Path("unused")),
    )
    head = raw.partition(b"\r\n\r\n")[0]
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1] not in (b" ", b"\t")]
    assert set(names) <= {
        b"From",
        b"To",
        b"Subject",
        b"Date",
        b"Message-ID",
        b"In-Reply-To",
        b"References",
        b"Content-Type",
        b"Content-Transfer-Encoding",
        b"MIME-Version",
    }
    assert len(names) == len(set(names))
