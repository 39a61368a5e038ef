"""Opening what arrived: a mail's bytes become words and files, and words become a reading.

This runs in the worker, so that nothing a stranger wrote is taken apart in the program itself. The worker
takes a mail out of the file store and hands over what is in it; the program keeps the files, so that the
worker never waits for the disk.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from intake.mail.fingerprint import fingerprint
from intake.mail.parse import parse_mail
from intake.mail.parsed import ParsedAttachment, ParsedMail, UnreadableMail
from nlp.reader import Reader
from nlp.reading import Reading
from store.files import FileStore


@dataclass(frozen=True, slots=True)
class SealedMail:
    """A mail in the file store, and the day on which it arrived."""

    raw: str  # its name there
    day: date


@dataclass(frozen=True, slots=True)
class SealedWords:
    """What somebody said, and on which day."""

    text: str
    subject: str | None
    channel: str
    day: date


@dataclass(frozen=True, slots=True)
class OpenedMail:
    """What is in a mail."""

    mail: ParsedMail  # without any content, once that is kept
    fingerprint: str
    reading: Reading
    html: str | None = None  # a sha256, once it is kept


@dataclass(frozen=True)
class Opener:
    """Opens one thing after the other; `words` gives the reader of the moment."""

    files: FileStore
    words: Callable[[], Reader]
    own_domain: str | None = None

    def __call__(self, sealed: SealedMail | SealedWords) -> OpenedMail | Reading:
        """What is in it; raises UnreadableMail with the reason."""
        if isinstance(sealed, SealedWords):
            return self._read(sealed.text, sealed.subject, sealed.channel, sealed.day)
        try:
            raw = self.files.get(sealed.raw)
        except FileNotFoundError as problem:
            raise UnreadableMail(f"The stored mail {sealed.raw} is missing from the file store.") from problem
        mail = parse_mail(raw, own_domain=self.own_domain)
        return OpenedMail(
            mail=mail,
            fingerprint=fingerprint(raw),
            reading=self._read(mail.new_text, mail.subject or None, "email", sealed.day),
        )

    def _read(self, text: str, subject: str | None, channel: str, day: date) -> Reading:
        return self.words().read(text, subject=subject, channel=channel, date=day)


def keep_content(opened: OpenedMail, files: FileStore) -> OpenedMail:
    """The same mail with its files and its HTML in the file store."""
    mail = opened.mail

    def keep(file: ParsedAttachment) -> ParsedAttachment:
        files.put(file.content)
        return replace(file, content=b"")

    return replace(
        opened,
        mail=replace(
            mail,
            html=None,
            attachments=tuple(map(keep, mail.attachments)),
            inline=tuple(map(keep, mail.inline)),
        ),
        html=files.put(mail.html.encode()) if mail.html else None,
    )
