"""What an update of Telegram tells us: a customer said something, pressed a button, or nobody did."""

from dataclasses import dataclass
from typing import Any

from telegram import Message, User

from intake.arrive import Said, Unsaid
from store.tables import Channel, IncomingState

RawUpdate = dict[str, Any]
EDITED = "[客户修改了先前的消息]"
# What the library may stumble over in an update that is not as it should be.
_GARBAGE = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)


@dataclass(frozen=True)
class RemoteFile:
    """A file that Telegram still holds."""

    id: str
    name: str
    type: str
    size: int  # 0 if Telegram does not say


@dataclass(frozen=True)
class Heard:
    """Somebody said something; the files have yet to be fetched."""

    said: Said
    files: tuple[RemoteFile, ...] = ()


@dataclass(frozen=True)
class Pressed:
    """Somebody pressed a button under one of our messages."""

    id: str
    chat: str
    message_id: int
    mark: str
    name: str = ""  # of whoever pressed it


def read_update(raw: RawUpdate, source: str, me: User) -> Heard | Pressed | Unsaid:
    """Never raises, whatever is in the update."""
    if query := raw.get("callback_query"):
        return _read_press(query)
    written = raw.get("message") or raw.get("edited_message")
    if not written:
        kinds = ", ".join(sorted(raw.keys() - {"update_id"}))
        return _nobody(f"Telegram tells of {kinds or 'nothing'}; nobody wrote.")
    try:
        return _read(Message.de_json(written), str(raw["update_id"]), source, me)
    except _GARBAGE as problem:
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
    except _GARBAGE as problem:
        return _nobody(f"A button that is none of ours was pressed ({type(problem).__name__}).")


def _read(message: Message, external_id: str, source: str, me: User) -> Heard | Unsaid:
    if message.from_user is not None and message.from_user.is_bot:
        return _nobody("Another bot wrote this.")
    if message.chat.type != message.chat.PRIVATE and not _is_for_us(message, me):
        return _nobody("Said in a group, and not to us.")
    files = _files(message)
    lines = [message.text or message.caption or "", *_notes(message)]
    text = "\n".join(line for line in lines if line)
    if not text.strip() and not files:
        return _nobody("Telegram tells of a change in the chat; nobody wrote.")
    return Heard(_said(external_id, message, text, source), files)


def _said(external_id: str, message: Message, text: str, source: str) -> Said:
    sender = message.from_user
    name = sender.full_name if sender else message.chat.effective_name
    return Said(
        channel=Channel.TELEGRAM,
        source=source,
        external_id=external_id,
        conversation=str(message.chat.id),
        address=str(message.chat.id),
        name=clean(name or ""),
        text=clean(f"{text}\n{EDITED}" if message.edit_date else text),
        at=message.edit_date or message.date,
        language=clean(sender.language_code) if sender and sender.language_code else None,
    )


def _nobody(reason: str) -> Unsaid:
    return Unsaid(IncomingState.IGNORED, clean(reason[:300]))


def _is_for_us(message: Message, me: User) -> bool:
    """In a group we are spoken to by our name, or by an answer to what we said."""
    answered = message.reply_to_message
    if answered is not None and answered.from_user is not None and answered.from_user.id == me.id:
        return True
    return f"@{me.username}".lower() in (message.text or message.caption or "").lower()


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
            remote = RemoteFile(file.file_id, own_name[:255], own_type[:150], file.file_size or 0)
            found.setdefault(file.file_unique_id, remote)
    return tuple(found.values())


def _notes(message: Message) -> list[str]:
    """What was sent without words, as a line of text."""
    notes = []
    if message.contact is not None:
        who = message.contact
        notes.append(f"[联系人: {who.first_name} {who.last_name or ''} {who.phone_number}]")
    if message.location is not None:
        notes.append(f"[位置: {message.location.latitude}, {message.location.longitude}]")
    if message.sticker is not None:
        notes.append(f"[贴纸 {message.sticker.emoji or ''}]")
    return notes


def clean(text: str) -> str:
    """Without what no database takes: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
