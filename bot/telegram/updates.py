"""What an update of Telegram tells us: a customer said something, pressed a button, or nobody did."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from telegram import Message, User

from bot.dialogue.state import language_of
from bot.telegram.groups import is_for_us, without_our_name
from bot.telegram.news import RawUpdate, album_of
from bot.telegram.notes import notes_of, quoted_in, whence
from intake.arrive import Said, Unsaid
from store.tables import Channel, IncomingState

NOT_TO_US = "Said in a group, and not to us."
# What the library may stumble over in an update that is not as it should be.
GARBAGE = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)
_SIMPLE = (
    *("message_id", "from", "chat", "date", "edit_date", "text", "caption"),
    *("entities", "caption_entities"),
)
_GONE = ("kicked", "left")
_ANONYMOUS = 1087968824  # an administrator who writes in the name of the group


@dataclass(frozen=True)
class Ears:
    """What has to be known to understand an update."""

    source: str
    me: User
    languages: Mapping[str, str] = field(default_factory=dict)  # of the chats in which we have talked
    albums: frozenset[str] = frozenset()  # of which one picture is said to us


@dataclass(frozen=True)
class RemoteFile:
    """A file that Telegram still holds."""

    id: str
    name: str
    type: str
    size: int  # 0 if Telegram does not say
    mark: str = ""  # the same for the same file, whenever it is sent


@dataclass(frozen=True)
class Heard:
    """Somebody said something; the files have yet to be fetched."""

    said: Said
    files: tuple[RemoteFile, ...] = ()
    language: str = "zh"  # of the chat
    words: str = ""  # as they were typed
    edited: bool = False  # a newer version of something said before
    to_us: bool = True  # else only if its first version was


@dataclass(frozen=True)
class Pressed:
    """Somebody pressed a button under one of our messages."""

    id: str
    chat: str
    message_id: int
    mark: str
    name: str = ""  # of whoever pressed it


@dataclass(frozen=True)
class Shut:
    """Nothing that we send reaches this chat from now on, or again if `open`."""

    chat: str
    open: bool = False


@dataclass(frozen=True)
class Moved:
    """A group has become a supergroup, which has another number."""

    old: str
    new: str


Told = Heard | Pressed | Shut | Moved | Unsaid
Understood = Said | Pressed | Shut | Moved | Unsaid  # with the files of what was heard


def read_update(raw: RawUpdate, ears: Ears) -> Told:
    """Never raises, whatever is in the update."""
    if query := raw.get("callback_query"):
        return _read_press(query)
    if change := raw.get("my_chat_member"):
        return _read_change(change)
    edited = raw.get("edited_message")
    written = raw.get("message") or edited
    if not written:
        kinds = ", ".join(sorted(raw.keys() - {"update_id"}))
        return _nobody(f"Telegram tells of {kinds or 'nothing'}; nobody wrote.")
    try:
        return _read(written, raw, ears, edited=bool(edited))
    except GARBAGE as problem:
        with suppress(*GARBAGE):  # the words may be sound beside a part that the library does not know
            words = {name: written[name] for name in _SIMPLE if name in written}
            if isinstance(told := _read(words, raw, ears, edited=bool(edited)), Heard):
                return told
        sentence = f"This Telegram update cannot be read ({type(problem).__name__})."
        return Unsaid(IncomingState.QUARANTINED, sentence)


def _read_press(query: Any) -> Pressed | Unsaid:
    """A button that was pressed under one of our messages."""
    try:
        message, mark = query["message"], str(query["data"])
        chat, number = str(int(message["chat"]["id"])), int(message["message_id"])
        who = query.get("from") or {}
        name = " ".join(str(who[part]) for part in ("first_name", "last_name") if who.get(part))
        return Pressed(str(query["id"]), chat, number, mark, clean(name)[:200])
    except GARBAGE as problem:
        return _nobody(f"A button that is none of ours was pressed ({type(problem).__name__}).")


def _read_change(change: Any) -> Shut | Unsaid:
    """The bot was blocked, removed, or let in again."""
    try:
        chat, now = str(int(change["chat"]["id"])), change["new_chat_member"]["status"]
        return Shut(chat, open=now not in _GONE)
    except GARBAGE:
        return _nobody("Telegram tells of my_chat_member; nobody wrote.")


def _read(written: RawUpdate, raw: RawUpdate, ears: Ears, *, edited: bool) -> Told:
    message = Message.de_json(written)
    chat = str(message.chat.id)
    if message.migrate_to_chat_id is not None:
        return Moved(chat, str(message.migrate_to_chat_id))
    if message.migrate_from_chat_id is not None:
        return Moved(str(message.migrate_from_chat_id), chat)
    sender = message.from_user
    if sender is not None and sender.is_bot and sender.id != _ANONYMOUS:
        return _nobody("Another bot wrote this.")
    private = message.chat.type == message.chat.PRIVATE
    to_us = private or is_for_us(message, ears.me) or album_of(raw) in ears.albums
    if not to_us and not edited:
        return _nobody(NOT_TO_US)
    language = ears.languages.get(chat) or _guessed(sender)
    words = message.text or message.caption or ""
    if not private:
        words = without_our_name(message, ears.me)
    text = "\n".join(filter(None, (whence(message, language), words, *notes_of(message, language))))
    quoted, files, command = quoted_in(message, language), _files(message), ""
    if not text.strip() and not files:
        if quoted and not private:  # whoever answers another's words with our name alone passes them on
            text, quoted = quoted, ""
        elif not private and (message.text or message.caption):  # our name alone: we are called, and greet
            command = "/start"
        else:
            return _nobody("Telegram tells of a change in the chat; nobody wrote.")
    name = message.author_signature or (sender.full_name if sender and not sender.is_bot else None)
    said = Said(
        channel=Channel.TELEGRAM,
        source=ears.source,
        external_id=str(raw["update_id"]),
        conversation=chat,
        address=chat,
        name=clean(name or message.chat.effective_name or ""),
        text=clean(text),
        at=message.edit_date or message.date,
        language=clean(sender.language_code) if sender and sender.language_code else None,
        command=command,
        reference=str(message.message_id),
        quoted=clean(quoted),
    )
    return Heard(said, files, language, clean(words), edited=edited, to_us=to_us)


def _guessed(sender: User | None) -> str:
    """The language of somebody with whom we have not talked yet."""
    return language_of((sender.language_code or "") if sender else "")


def _nobody(reason: str) -> Unsaid:
    return Unsaid(IncomingState.IGNORED, clean(reason[:300]))


def _files(message: Message) -> tuple[RemoteFile, ...]:
    """The files of a message; a photo in its largest size. Telegram names an animation twice."""
    largest = message.photo[-1] if message.photo else None
    kinds = (
        (message.document, "file", "application/octet-stream"),
        (message.animation, "animation.mp4", "video/mp4"),
        (largest, "photo.jpg", "image/jpeg"),
        (message.voice, "voice.ogg", "audio/ogg"),
        (message.audio, "audio.mp3", "audio/mpeg"),
        (message.video, "video.mp4", "video/mp4"),
        (message.video_note, "video.mp4", "video/mp4"),
    )
    found: dict[str, RemoteFile] = {}
    for file, name, mime in kinds:
        if file is not None:
            own_name = clean(getattr(file, "file_name", None) or f"{message.message_id}-{name}")
            own_type = clean(getattr(file, "mime_type", None) or mime)
            mark = clean(file.file_unique_id)
            remote = RemoteFile(file.file_id, own_name[:255], own_type[:150], file.file_size or 0, mark)
            found.setdefault(mark, remote)
    return tuple(found.values())


def clean(text: str) -> str:
    """Without what no database takes: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
