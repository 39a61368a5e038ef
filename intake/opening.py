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
from nlp.reading import Kind, Reading, higher
from store.files import FileStore

SURE = 0.6  # below it a line alone may be too short to tell


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
    lines: tuple[str, ...] = ()  # that the text was joined of


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
            return self._read_lines(sealed)
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

    def _read_lines(self, words: SealedWords) -> Reading:
        """Lines of a chat are read as one. A complaint in one of them is one, whatever stands around it."""
        whole = self._read(words.text, words.subject, words.channel, words.day)
        if len(words.lines) < 2:
            return whole
        start = 0
        for line in words.lines:
            alone = self._read(line, words.subject, words.channel, words.day)
            whole = _graver(whole, alone, start)
            start += len(line) + 1
        return whole

    def _read(self, text: str, subject: str | None, channel: str, day: date) -> Reading:
        return self.words().read(text, subject=subject, channel=channel, date=day)


def _graver(whole: Reading, line: Reading, start: int) -> Reading:
    """The reading of the whole with what a line alone says of a complaint; it begins at `start`."""
    if line.kind != Kind.COMPLAINT or line.confidence < SURE:
        return whole
    severity = line.severity
    if whole.severity is not None and severity is not None:
        severity = higher(whole.severity, severity)
    moved = (one._replace(start=one.start + start, end=one.end + start) for one in line.evidence)
    evidence = tuple(dict.fromkeys((*whole.evidence, *moved)))
    confidence = whole.confidence if whole.kind == Kind.COMPLAINT else line.confidence
    claim = whole.claim or line.claim
    return whole._replace(
        kind=Kind.COMPLAINT, confidence=confidence, severity=severity, claim=claim, evidence=evidence
    )


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
