"""A batch of updates is understood, its files are fetched, and all of it is committed with how far we are."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select
from telegram import Bot, Message, User

from bot.telegram.attachments import with_files
from bot.telegram.chats import moved, shut_or_open
from bot.telegram.edits import with_corrections
from bot.telegram.groups import is_for_us
from bot.telegram.news import Batch, RawUpdate, album_of
from bot.telegram.presses import show
from bot.telegram.updates import GARBAGE, Ears, Moved, Pressed, Shut, Understood, clean, read_update
from casework.policy import Policy
from casework.undelivered import reachable_again
from intake.arrive import Said, Unsaid, keep_aside, keep_said, keep_together
from intake.talk import MARK
from store.crashpoints import crashpoint
from store.engine import reading, writing
from store.files import FileStore
from store.listeners import advance, polled, renew_lease, this_process
from store.tables import Channel, Dialogue, IncomingState
from store.telegram import take_away
from survey.answering.by_buttons import Shown

PRESSED = Unsaid(IncomingState.IGNORED, "A button was pressed; what it says was done.")
SHUT = Unsaid(IncomingState.IGNORED, "The bot was blocked or removed; what is owed there does not arrive.")
OPENED = Unsaid(IncomingState.IGNORED, "The bot was let into this chat.")
MOVED = Unsaid(IncomingState.IGNORED, "The group has a new number; its conversation goes on under it.")

Kept = list[tuple[RawUpdate, str, Understood]]  # with the name of the raw bytes in the file store

logger = structlog.get_logger()


@dataclass
class _Done:
    """What came of a batch."""

    heard: set[str] = field(default_factory=set)  # chats in which somebody has said something new
    shown: list[tuple[Pressed, Shown]] = field(default_factory=list)


@dataclass(frozen=True)
class Keeper:
    """Keeps what one bot is told."""

    engine: Engine
    files: FileStore
    name: str  # of the bot's listener
    token: str
    press: Callable[[Session, str, str, datetime], Shown]
    policy: Policy
    clock: Callable[[], datetime]

    async def keep(self, bot: Bot, batch: Batch) -> bool:
        """Commit a batch; False, and nothing kept, if another process has taken over."""
        updates = batch.updates
        ears = self._ears(updates, bot.bot)
        told = with_corrections(self.engine, self.files, [read_update(raw, ears) for raw in updates], ears)
        understood = await with_files(bot, told, self.files)
        names = self.files.put_together([json.dumps(raw).encode() for raw in updates])
        crashpoint("messages_fetched")
        shown = self._commit_all_but_odd(list(zip(updates, names, understood, strict=True)), batch)
        if shown is None:
            return False
        crashpoint("messages_kept")
        for pressed, screen in shown:
            await show(bot, self.token, pressed, screen)
        return True

    def _ears(self, updates: list[RawUpdate], me: User) -> Ears:
        chats = {chat for raw in updates if (chat := _chat_of(raw))}
        found = select(Dialogue.conversation, Dialogue.language).where(
            col(Dialogue.channel) == Channel.TELEGRAM, col(Dialogue.conversation).in_(chats)
        )
        languages: dict[str, str] = {}
        if chats:
            with reading(self.engine) as session:
                languages = dict(session.exec(found).all())
        albums = frozenset(album_of(raw) for raw in updates if album_of(raw) and _is_said_to_us(raw, me))
        return Ears(self.name, me, languages, albums)

    def _commit_all_but_odd(self, kept: Kept, batch: Batch) -> list[tuple[Pressed, Shown]] | None:
        try:
            return self._commit(kept, batch)
        except SQLAlchemyError:
            raise
        except Exception as problem:  # noqa: BLE001 - one odd press must not hold up what others say
            # Not the traceback: it may hold what a customer wrote.
            reason = type(problem).__name__
            logger.error("press_failed", reason=reason)
            sentence = f"The program stumbled over this press or change ({reason})."
            stumbled = Unsaid(IncomingState.QUARANTINED, sentence)
            only_kept = (Said, Unsaid)
            return self._commit(
                [(raw, name, what if isinstance(what, only_kept) else stumbled) for raw, name, what in kept],
                batch,
            )

    def _commit(self, kept: Kept, batch: Batch) -> list[tuple[Pressed, Shown]] | None:
        """Keep a batch, do what was pressed in it, and note how far we are, all in one transaction.

        So a press that is told of again is done once. None if another process has taken over.
        """
        done = _Done()
        with writing(self.engine) as session:
            now = self.clock()
            if not renew_lease(session, self.name, this_process(), now):
                return None
            for are_lines, part in groupby(kept, lambda one: isinstance(one[2], Said)):
                if are_lines:  # nearly all there is: kept by one statement
                    lines = [(what, name) for _, name, what in part if isinstance(what, Said)]
                    fresh = keep_together(session, lines, now)
                    done.heard.update(said.address for said, _ in lines if said.external_id in fresh)
                else:
                    for raw, name, what in part:
                        self._do(session, str(raw["update_id"]), name, what, now, done)
            if done.heard:
                reachable_again(session, done.heard, Channel.TELEGRAM)
            if batch.laid_down:
                take_away(session, self.name, [raw["update_id"] for raw in batch.updates])
            if batch.updates:
                advance(session, self.name, batch.cursor)
            polled(session, self.name, now)
        return done.shown

    def _do(
        self, session: Session, number: str, name: str, what: Understood, now: datetime, done: "_Done"
    ) -> None:
        """Keep what is no line, and do what it says unless that was done before."""
        match what:
            case Unsaid():
                self._keep_aside(session, number, name, what, now)
            case Shut():
                if self._keep_aside(session, number, name, OPENED if what.open else SHUT, now):
                    shut_or_open(session, what, now, self.policy)
                    done.heard.discard(what.chat)
            case Moved():
                self._keep_aside(session, number, name, MOVED, now)
                moved(session, self.name, what)
            case Pressed() if what.mark.startswith(MARK):  # it waits its turn among the lines of the chat
                if keep_said(session, _as_said(what, number, self.name, now), now, raw=name):
                    done.heard.add(what.chat)
                done.shown.append((what, Shown(None)))
            case Pressed():
                if self._keep_aside(session, number, name, PRESSED, now):
                    done.shown.append((what, self.press(session, what.chat, what.mark, now)))

    def _keep_aside(self, session: Session, number: str, name: str, unsaid: Unsaid, now: datetime) -> bool:
        """False if we have it already."""
        return keep_aside(
            session,
            unsaid,
            now,
            channel=Channel.TELEGRAM,
            source=self.name,
            external_id=number,
            raw=name,
        )


def _as_said(pressed: Pressed, external_id: str, source: str, now: datetime) -> Said:
    command = clean(pressed.mark.removeprefix(MARK))
    return Said(
        channel=Channel.TELEGRAM,
        source=source,
        external_id=external_id,
        conversation=pressed.chat,
        address=pressed.chat,
        name=pressed.name,
        text=command,
        at=now,
        command=command,
    )


def _chat_of(raw: RawUpdate) -> str:
    """The chat of a message, if the update holds one; it is not checked yet."""
    message = raw.get("message") or raw.get("edited_message")
    chat = message.get("chat") if isinstance(message, dict) else None
    number = chat.get("id") if isinstance(chat, dict) else None
    return str(number) if isinstance(number, int) else ""


def _is_said_to_us(raw: RawUpdate, me: User) -> bool:
    try:
        return is_for_us(Message.de_json(raw["message"]), me)
    except GARBAGE:
        return False
