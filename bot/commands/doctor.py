"""`huiyin doctor`: tries out all that the program leans on; says what is right, what is wrong, what to do."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.commands.next_steps import next_step
from bot.house import in_one_line, open_database, utc_now
from bot.mail.smtp import SmtpAccount, check_smtp
from bot.sending import SendError
from bot.settings import Settings, SettingsError, load_settings
from bot.wecom.check import check_wecom
from bot.wecom.errors import WecomError
from bot.wecom.line import WecomLine
from bot.wecom.token import AccessToken
from casework.sealing import check_seals
from intake.check_mailbox import check_mailbox
from intake.imap_line import MailboxError, Patience
from intake.tokens import Tokens
from intake.wecom import Wecom
from store.engine import reading
from store.schema import is_current
from web.told import in_both_languages, told_in

PATIENCE = Patience(connect=10, read=20)  # somebody sits and waits
LEAST_SPACE = 500 * 1024 * 1024
RIGHT, DOUBTFUL, WRONG, DO = "✓", "!", "✗", "→"


class CheckError(Exception):
    """Something of our own is not as it must be; the message is a sentence that says what."""


class Hint(str):
    """Not wrong, but somebody should know."""

    __slots__ = ()


def doctor() -> int:
    """Try out everything that the settings name; 1 if anything is wrong."""
    try:
        settings = load_settings()
        settings.policy()
        engine = open_database(settings)
    except SettingsError as problem:
        sys.stdout.writelines(f"{WRONG} {said}\n" for said in in_both_languages(str(problem)))
        return 1
    reports = [_report(*subject, settings.language) for subject in _subjects(settings, engine)]
    return int(not all(reports))


def _subjects(settings: Settings, engine: Engine) -> Iterator[tuple[str, Iterable[str]]]:
    tokens = Tokens(engine, settings.policy().secret_key, utc_now)
    yield "Database", _check_database(engine)
    yield f"Data folder {settings.home}", _check_folder(settings.home)
    for mailbox in settings.mailboxes:
        yield f"Mailbox {mailbox.user}@{mailbox.host}", check_mailbox(mailbox, utc_now(), PATIENCE, tokens)
    if settings.smtp_url:
        account = SmtpAccount(settings.smtp_url, settings.smtp_oauth, tokens)
        host = urlsplit(settings.smtp_url).hostname
        yield f"Mail server {host}", check_smtp(account, settings.policy().mail_from)
    if wecom := settings.wecom:
        token = AccessToken(engine, wecom, settings.policy().secret_key, utc_now)
        yield f"WeCom {wecom.open_kfid}", _check_wecom(wecom, WecomLine(wecom, token), settings.public_url)
    yield "Pages", _check_pages(settings)


def _report(subject: str, check: Iterable[str], language: str) -> bool:
    """Print what the check tells as it goes on; False if something is wrong."""
    _say("", subject, language)
    try:
        for sentence in check:
            _say(DOUBTFUL if isinstance(sentence, Hint) else RIGHT, sentence, language)
    except (MailboxError, SendError, WecomError, CheckError) as problem:
        _say(WRONG, str(problem), language)
        return False
    except SQLAlchemyError:  # the tokens of OAuth2 are kept there
        _say(WRONG, "This needs the database; run huiyin db upgrade first.", language)
        return False
    return True


def _say(mark: str, sentence: str, language: str) -> None:
    sys.stdout.write(f"{mark and f'  {mark} '}{told_in(sentence, language)}\n")
    if mark in (DOUBTFUL, WRONG) and (step := next_step(sentence, language)):
        sys.stdout.write(f"    {DO} {step}\n")
    sys.stdout.flush()


def _check_database(engine: Engine) -> Iterator[str]:
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
        yield Hint("There is no database yet; the first start makes it.")
        return
    try:
        with engine.connect() as connection:
            connection.execute(text("create table huiyin_doctor (tried integer)"))
            connection.rollback()
        yield "The database can be written."
        if is_current(engine):
            yield "Its tables are those of this version."
            yield _check_log(engine)
        else:
            yield Hint("The next start brings its tables to this version.")
    except (SQLAlchemyError, OSError) as problem:
        cause = problem.orig if isinstance(problem, DBAPIError) else problem
        raise CheckError(f"The database cannot be written: {in_one_line(cause)}") from problem
    finally:
        engine.dispose()


def _check_log(engine: Engine) -> str:
    """Read the whole log again and compare it with its seals."""
    with reading(engine) as session:
        sealed = check_seals(session)
    if sealed.broken is not None:
        raise CheckError(sealed.sentence)
    return sealed.sentence


def _check_folder(folder: Path) -> Iterator[str]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"tried")
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        raise CheckError(f"The data folder cannot be written: {problem.strerror}") from problem
    yield "The data folder can be written."
    free = shutil.disk_usage(folder).free
    if free < LEAST_SPACE:
        raise CheckError(f"Its disk has only {free // 1024**2} MB left.")


def _check_wecom(account: Wecom, line: WecomLine, public_url: str) -> Iterator[str]:
    with closing(line):
        yield from check_wecom(account, line)
    if public_url.startswith("https://"):
        yield f"WeCom is to call back at {public_url}/wecom/callback."
    else:
        yield Hint("WeCom calls back only at an https:// address: HUIYIN_PUBLIC_URL has none.")


def _check_pages(settings: Settings) -> Iterator[str]:
    if settings.is_demo:
        yield Hint("Nothing real is connected; a start shows the demo.")
        return
    if not settings.public_url:
        yield Hint("Customers cannot open our links: HUIYIN_PUBLIC_URL is not set.")
        return
    try:
        answer = httpx.get(f"{settings.public_url}/healthz", timeout=PATIENCE.connect)
        answers = answer.is_success
    except httpx.HTTPError:
        answers = False
    if answers:
        yield f"The program answers at {settings.public_url}."
    else:
        yield Hint(f"At {settings.public_url} the program does not answer now.")
