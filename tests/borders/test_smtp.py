"""Our mail server takes letters from the standard client and refuses them where it was told to."""

import smtplib
from collections.abc import Iterator

import pytest

from tests.borders.smtp import SmtpServer, Stage

LETTER = "Subject: 8D 报告\r\n\r\n.开头的点\r\n正文\r\n".encode()


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    with SmtpServer() as server:
        yield server


def send(
    smtp: SmtpServer, *to: str, sender: str = "sales@huiyin-demo.example", timeout: float = 10
) -> dict[str, tuple[int, bytes]]:
    with smtplib.SMTP("127.0.0.1", smtp.port, timeout=timeout) as client:
        return client.sendmail(sender, to or ("wang@keding.example",), LETTER)


def test_it_keeps_the_letter_and_its_envelope(smtp: SmtpServer) -> None:
    send(smtp, "wang@keding.example", "qa@keding.example")
    send(smtp, sender="")
    first, second = smtp.wait_for(2)
    assert first.envelope_from == "sales@huiyin-demo.example"
    assert first.envelope_to == ("wang@keding.example", "qa@keding.example")
    assert first.raw == LETTER
    assert second.envelope_from == ""


def test_it_says_how_many_mails_came_when_waiting_was_in_vain(smtp: SmtpServer) -> None:
    with pytest.raises(TimeoutError, match="0 of 1"):
        smtp.wait_for(1, timeout=0.01)


@pytest.mark.parametrize(
    ("stage", "error"),
    [
        ("connect", smtplib.SMTPConnectError),
        ("mail", smtplib.SMTPSenderRefused),
        ("rcpt", smtplib.SMTPRecipientsRefused),
        ("data", smtplib.SMTPDataError),
        ("after_final_dot", smtplib.SMTPDataError),
    ],
)
@pytest.mark.parametrize("reply", [451, "550 5.1.1 No such user"])
def test_it_refuses_at_every_stage(
    smtp: SmtpServer, stage: Stage, error: type[Exception], reply: int | str
) -> None:
    smtp.fail_next(stage, reply)
    with pytest.raises(error, match=str(reply)[:3]):
        send(smtp)
    assert smtp.mails == []
    send(smtp)
    assert len(smtp.mails) == 1


def test_it_lets_a_client_say_helo_when_ehlo_failed(smtp: SmtpServer) -> None:
    smtp.fail_next("ehlo", 502)
    send(smtp)
    assert len(smtp.mails) == 1


def test_it_refuses_one_recipient_of_two(smtp: SmtpServer) -> None:
    smtp.fail_next("rcpt", "550 5.1.1 No such user")
    refused = send(smtp, "gone@keding.example", "wang@keding.example")
    assert refused == {"gone@keding.example": (550, b"5.1.1 No such user")}
    assert smtp.mails[0].envelope_to == ("wang@keding.example",)


@pytest.mark.parametrize("stage", ["connect", "ehlo", "mail", "rcpt", "data", "after_final_dot"])
@pytest.mark.parametrize(
    ("failure", "error"), [("disconnect", smtplib.SMTPServerDisconnected), ("silence", OSError)]
)
def test_it_leaves_the_client_alone_at_every_stage(
    smtp: SmtpServer, stage: Stage, failure: str, error: type[Exception]
) -> None:
    smtp.fail_next(stage, failure)
    with pytest.raises(error):
        send(smtp, timeout=0.3 if failure == "silence" else 10)
    assert len(smtp.mails) == (stage == "after_final_dot")
    send(smtp)


def test_it_asks_for_a_sign_in() -> None:
    with SmtpServer("sales", "invented") as smtp:
        assert smtp.url == f"smtp://sales:invented@127.0.0.1:{smtp.port}"
        with pytest.raises(smtplib.SMTPSenderRefused, match="530"):
            send(smtp)
        with smtplib.SMTP("127.0.0.1", smtp.port, timeout=10) as client:
            with pytest.raises(smtplib.SMTPAuthenticationError):
                client.login("sales", "wrong")
            client.login("sales", "invented")
            client.sendmail("sales@huiyin-demo.example", ["wang@keding.example"], LETTER)
        assert len(smtp.mails) == 1
