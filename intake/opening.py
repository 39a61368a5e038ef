"""Opening what arrived: a mail's bytes become words and files, and words become a reading.

This runs in the worker, so that nothing a stranger wrote is taken apart in the program itself. The bytes do
not travel: the worker takes the mail out of the file store and puts its files there.
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
    """What is in a mail. Its files and its HTML are in the file store; `html` is a sha256."""

    mail: ParsedMail  # without any content
    html: str | None
    fingerprint: str
    reading: Reading


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
            mail=replace(
                mail,
                html=None,
                attachments=tuple(self._put_away(file) for file in mail.attachments),
                inline=tuple(self._put_away(file) for file in mail.inline),
            ),
            html=self.files.put(mail.html.encode()) if mail.html else None,
            fingerprint=fingerprint(raw),
            reading=self._read(mail.new_text, mail.subject or None, "email", sealed.day),
        )

    def _read(self, text: str, subject: str | None, channel: str, day: date) -> Reading:
        return self.words().read(text, subject=subject, channel=channel, date=day)

    def _put_away(self, file: ParsedAttachment) -> ParsedAttachment:
        self.files.put(file.content)
        return replace(file, content=b"")
