"""A letter leaves by SMTP as mail clients expect it, and failures say whether to try again."""

import email
import email.policy
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.mail.compose import as_bytes
from bot.mail.folder import FolderSender
from bot.mail.smtp import SmtpAccount, SmtpSender
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


@contextmanager
def sender(server: SmtpServer, folder: Path) -> Iterator[SmtpSender]:
    with closing(
        SmtpSender(SmtpAccount(server.url), "sales@factory.example", "回音机械", FileStore(folder))
    ) as found:
        yield found


def parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def body(mail: EmailMessage, sort: str = "plain") -> str:
    part = mail.get_body((sort,))
    assert part is not None
    return str(part.get_content()).strip().replace("\r\n", "\n")


def test_it_threads_a_reply_and_leaves_long_ids_whole(tmp_path: Path) -> None:
    with SmtpServer() as server, sender(server, tmp_path) as ours:
        ours.send(letter())
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
    assert body(mail) == "单价 12.5 元。"


def test_it_marks_a_receipt_as_automatic_and_lets_its_bounce_answer_nobody(tmp_path: Path) -> None:
    with SmtpServer() as server, sender(server, tmp_path) as ours:
        ours.send(letter(OutgoingKind.ACKNOWLEDGEMENT))
        (received,) = server.mails
    assert received.envelope_from in ("", "<>", None)
    assert parsed(received.raw)["Auto-Submitted"] == "auto-replied"


def test_it_uses_our_address_where_the_server_wants_no_empty_sender(tmp_path: Path) -> None:
    with SmtpServer() as server, sender(server, tmp_path) as ours:
        server.fail_next("mail", 553)
        ours.send(letter(OutgoingKind.ACKNOWLEDGEMENT))
        (received,) = server.mails
    assert received.envelope_from == "sales@factory.example"


@pytest.mark.parametrize(
    ("stage", "reply", "means"),
    [
        ("connect", 421, "later"),
        ("connect", 554, "later"),  # what it thinks of us is not the letter's fault
        ("ehlo", "disconnect", "later"),
        ("mail", 451, "later"),
        ("mail", "553 5.7.1 not your address", "later"),
        ("rcpt", "550 5.1.1 no such user", "no such address"),
        ("rcpt", 550, "no such address"),
        ("rcpt", "550 5.7.1 you are on a list", "for good"),
        ("rcpt", 450, "later"),
        ("rcpt", "disconnect", "later"),
        ("data", 554, "for good"),
        ("data", "disconnect", "later"),
        ("after_final_dot", 552, "for good"),
        ("after_final_dot", 451, "later"),
        ("after_final_dot", "disconnect", "uncertain"),
    ],
)
def test_it_tells_what_a_failure_means(stage: Any, reply: int | str, means: str, tmp_path: Path) -> None:
    with SmtpServer() as server, sender(server, tmp_path) as ours:
        server.fail_next(stage, reply)
        with pytest.raises(SendError) as caught:
            ours.send(letter())
        found = caught.value
        ours.send(letter())  # and the next letter finds a line
    told = {
        "for good": found.permanent,
        "no such address": found.no_such_address,
        "uncertain": found.uncertain,
    }
    wanted = {"later": set(), "no such address": {"for good", "no such address"}}.get(means, {means})
    assert {name for name, value in told.items() if value} == wanted
    assert str(found)


def test_it_takes_a_wrong_password_for_our_fault_and_not_the_letters(tmp_path: Path) -> None:
    with SmtpServer("sales", "right") as server:
        url = server.url.replace("right", "wrong")
        ours = SmtpSender(SmtpAccount(url), "sales@factory.example", "回音", FileStore(tmp_path))
        with closing(ours), pytest.raises(SendError, match="user name or password") as caught:
            ours.send(letter())
    assert not caught.value.permanent


def test_it_gives_no_password_to_a_server_without_encryption(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.mail.smtp.is_this_machine", lambda host: False)
    with (
        SmtpServer("sales", "secret") as server,
        sender(server, tmp_path) as ours,
        pytest.raises(SendError, match="no encryption"),
    ):
        ours.send(letter())


def test_it_keeps_one_line_for_many_letters_and_finds_a_new_one(tmp_path: Path) -> None:
    with SmtpServer() as server, sender(server, tmp_path) as ours:
        for _ in range(3):
            ours.send(letter())
        assert server.connections == 1
        server.hang_up()
        ours.send(letter())
        assert server.connections == 2
        assert len(server.mails) == 4


@pytest.mark.parametrize(
    ("written", "envelope"),
    [
        ("a..b@docomo.example", "a..b@docomo.example"),
        ("o'neil@mail.example", "o'neil@mail.example"),
        ("limin@公司.example", "limin@xn--55qx5d.example"),
        ("李明@公司.example", "李明@xn--55qx5d.example"),
    ],
)
def test_it_writes_to_unusual_addresses(written: str, envelope: str, tmp_path: Path) -> None:
    with SmtpServer() as server, sender(server, tmp_path) as ours:
        ours.send(letter(recipient=written))
        (received,) = server.mails
    assert [address.replace('"', "") for address in received.envelope_to] == [envelope]
    assert envelope in str(parsed(received.raw)["To"]).replace('"', "")


def test_it_says_the_same_in_html_with_links_and_nothing_that_acts(tmp_path: Path) -> None:
    text = "您好：\n<img src=//x.example> & 报价\n\n请点 https://factory.example/s/abc 填写\n"
    mail = parsed(as_bytes(letter(text=text), "sales@factory.example", "回音", FileStore(tmp_path)))
    page = body(mail, "html")
    assert body(mail) == text.strip()
    assert "&lt;img src=//x.example&gt; &amp; 报价" in page
    assert 'href="https://factory.example/s/abc"' in page
    assert "<img" not in page
    assert 'lang="zh"' in page


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
