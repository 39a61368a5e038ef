"""A letter as the bytes of a mail: plain text, the same as HTML, and its files."""

from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.sending import Letter
from nlp.language import language_of
from store.files import FileStore
from store.tables import OutgoingKind


class _Policy(EmailPolicy):
    """Leaves Message-IDs and addresses whole, one a line: the library would encode a long one."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """A header as it goes over the wire."""
        if name.lower() not in ("message-id", "in-reply-to", "references", "list-unsubscribe"):
            return super().fold_binary(name, value)
        return f"{name}: {(self.linesep + ' ').join(value.split())}{self.linesep}".encode()


_POLICY = _Policy(linesep="\r\n", max_line_length=78)


def as_bytes(letter: Letter, mail_from: str, company: str, files: FileStore) -> bytes:
    """The letter as it goes over the wire; ValueError when its recipient is no address."""
    recipient = mail_address(letter.recipient)
    # An address such as 李明@公司.example goes out as it is, by servers that know how (RFC 6531).
    policy = _POLICY if recipient.addr_spec.isascii() else _POLICY.clone(utf8=True)
    mail = EmailMessage(policy=policy)
    mail["From"] = Address(display_name=_one_line(company), addr_spec=mail_from)
    mail["To"] = recipient
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
    if letter.stop:
        mail["List-Unsubscribe"] = f"<{_one_line(letter.stop)}>"
        if letter.stop.startswith("https:"):  # RFC 8058 wants it
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(letter.text, cte="base64")
    mail.add_alternative(_html(letter.text), subtype="html", cte="base64")
    for file in letter.files:
        main, _, sub = file.type.partition("/")
        mail.add_attachment(
            files.get(file.sha256),
            maintype=main or "application",
            subtype=sub or "octet-stream",
            filename=_one_line(file.name),
        )
    return mail.as_bytes()


def mail_address(written: str) -> Address:
    """An address with its domain as the network spells it; ValueError if it is none.

    What stands before the @ is quoted where the standard wants it: "a..b"@docomo.example exists.
    """
    local, _, domain = _one_line(written).rpartition("@")
    if not local or not domain:
        raise ValueError("The recipient is no mail address.")
    return Address(username=local.strip('"'), domain=domain.encode("idna").decode())


def _html(text: str) -> str:
    """The text for programs that show HTML: escaped, its links to click, nothing loaded from anywhere."""
    paragraphs = [paragraph.splitlines() for paragraph in text.strip().split("\n\n")]
    return _template().render(paragraphs=paragraphs, language=language_of(text))


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("letter.html")


def _one_line(value: str) -> str:
    """Without control characters: nothing that came from outside may start a header of its own.

    Nor may an encoded word: the library would decode it once more, and with it a line break hidden inside.
    """
    line = "".join(character if character.isprintable() else " " for character in value).strip()
    return line.replace("=?", "= ?")
