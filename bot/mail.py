"""Sending mail: our letters as bytes, over SMTP, or into a folder in the demo."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bot.sending import Letter, Sender, SendError
from store.files import FileStore
from store.tables import OutgoingKind

TIMEOUT = 30.0  # seconds for each step of the conversation


class _Policy(EmailPolicy):
    """Leaves Message-IDs whole, one a line: the library would encode a long one and break the thread."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """A header as it goes over the wire."""
        if name.lower() not in ("message-id", "in-reply-to", "references"):
            return super().fold_binary(name, value)
        return f"{name}: {(self.linesep + ' ').join(value.split())}{self.linesep}".encode()


_POLICY = _Policy(linesep="\r\n", max_line_length=78)


@dataclass(frozen=True)
class SmtpSender(Sender):
    """Speaks SMTP with the company's server: `smtp(s)://user:password@host:port`."""

    url: str
    mail_from: str
    company: str
    files: FileStore

    def send(self, letter: Letter) -> None:
        """Hand the letter to the server; SendError says whether trying again makes sense."""
        raw = as_bytes(letter, self.mail_from, self.company, self.files)
        handed_over = accepted = False
        try:
            with self._connection() as server:
                self._envelope(server, letter)
                handed_over = True  # from here on the server may have it although we never hear so
                code, reply = server.data(raw)
                if code != 250:
                    raise smtplib.SMTPDataError(code, reply)
                accepted = True
        except smtplib.SMTPResponseException as problem:
            if accepted:
                return  # it was only the farewell that failed
            sentence = f"{problem.smtp_code} {_words(problem.smtp_error)}"
            raise SendError(sentence, permanent=500 <= problem.smtp_code < 600) from problem
        except (smtplib.SMTPException, OSError) as problem:
            if accepted:
                return
            sentence = f"The mail server does not answer as it should: {problem}"
            raise SendError(sentence, permanent=False, uncertain=handed_over) from problem

    def _envelope(self, server: smtplib.SMTP, letter: Letter) -> None:
        """MAIL and RCPT. A receipt goes out with the empty sender, so that its bounce answers nobody."""
        senders = [self.mail_from]
        if letter.kind == OutgoingKind.ACKNOWLEDGEMENT:
            senders.insert(0, "")
        for sender in senders:
            code, reply = server.mail(sender)
            if code == 250:
                break
            server.rset()
        else:
            raise smtplib.SMTPResponseException(code, reply)
        code, reply = server.rcpt(letter.recipient)
        if code not in (250, 251):
            raise smtplib.SMTPResponseException(code, reply)

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        address = urlsplit(self.url)
        host, secure = address.hostname or "", address.scheme == "smtps"
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if secure:
            server = smtplib.SMTP_SSL(host, address.port or 465, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(host, address.port or 587, timeout=TIMEOUT)
        with server:
            server.ehlo_or_helo_if_needed()
            if not secure and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo_or_helo_if_needed()
            if address.username:
                server.login(unquote(address.username), unquote(address.password or ""))
            yield server


@dataclass(frozen=True)
class FolderSender(Sender):
    """The demo's mail server: each letter becomes an .eml file, and nothing leaves the machine."""

    folder: Path
    mail_from: str
    company: str
    files: FileStore

    def send(self, letter: Letter) -> None:
        """Write the letter down; sent again it is the same file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = (letter.message_id or "letter").strip("<>").partition("@")[0]
        raw = as_bytes(letter, self.mail_from, self.company, self.files)
        (self.folder / f"{letter.kind}.{name}.eml").write_bytes(raw)


def as_bytes(letter: Letter, mail_from: str, company: str, files: FileStore) -> bytes:
    """The letter as it goes over the wire."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = Address(display_name=_one_line(company), addr_spec=mail_from)
    mail["To"] = Address(addr_spec=_one_line(letter.recipient))
    mail["Subject"] = _one_line(letter.subject)
    mail["Date"] = format_datetime(datetime.now(UTC))
    if letter.message_id:
        mail["Message-ID"] = letter.message_id
    if letter.references:
        mail["In-Reply-To"] = _one_line(letter.references[-1])
        mail["References"] = _one_line(" ".join(letter.references))
    if letter.automatic:
        answers = letter.kind == OutgoingKind.ACKNOWLEDGEMENT
        mail["Auto-Submitted"] = "auto-replied" if answers else "auto-generated"
    mail.set_content(letter.text, cte="base64")
    for file in letter.files:
        main, _, sub = file.type.partition("/")
        mail.add_attachment(
            files.get(file.sha256),
            maintype=main or "application",
            subtype=sub or "octet-stream",
            filename=_one_line(file.name),
        )
    return mail.as_bytes()


def _one_line(value: str) -> str:
    """Without control characters: nothing that came from outside may start a header of its own."""
    return "".join(character if character.isprintable() else " " for character in value).strip()


def _words(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
