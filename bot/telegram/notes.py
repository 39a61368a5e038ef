"""What was sent without words, as a line of text that says what it is; in the language of the chat."""

from collections.abc import Iterator
from datetime import timedelta

from telegram import (
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from bot.dialogue.phrases import phrase
from bot.telegram.groups import answered_by

LONGEST_QUOTE = 80  # characters
LONGEST_LIST = 500
# What a customer can send and we can only name; all other messages without words tell of the chat.
_NAMED_ONLY = ("paid_media", "story", "game", "invoice", "giveaway", "checklist", "gift", "web_app_data")


def notes_of(message: Message, language: str) -> list[str]:
    """A line for each thing that is neither words nor a picture or document, which the desk shows itself."""
    return [
        phrase(f"notes.{kind}", language, what=what).replace(" ]", "]") for kind, what in _things(message)
    ]


def quoted_in(message: Message, language: str) -> str:
    """What the message answers, in brief, so that its reader knows what is meant."""
    answered = answered_by(message)
    if message.quote is not None:
        words = message.quote.text
    elif answered is not None:
        words = answered.text or answered.caption or " ".join(notes_of(answered, language))
        words = words or phrase("notes.file", language)
    else:
        return ""
    words = " ".join(words.split())
    short = words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE]}…"
    return phrase("notes.reply", language, what=short)


def whence(message: Message, language: str) -> str:
    """Who wrote first what the customer forwards; empty if it is the customer's own."""
    match message.forward_origin:
        case MessageOriginUser() as origin:
            who = origin.sender_user.full_name
        case MessageOriginHiddenUser() as origin:
            who = origin.sender_user_name
        case MessageOriginChat() as origin:
            who = origin.sender_chat.effective_name or ""
        case MessageOriginChannel() as origin:
            who = origin.chat.effective_name or ""
        case _:
            return ""
    return phrase("notes.forwarded", language, what=who[:LONGEST_QUOTE])


def _things(message: Message) -> Iterator[tuple[str, str]]:
    """The name of each thing's phrase, and what stands in it."""
    if (voice := message.voice) is not None:
        yield "voice", _lasts(voice.duration)
    if (audio := message.audio) is not None:
        title = " – ".join(filter(None, (audio.performer, audio.title)))
        yield "audio", f"{title} {_lasts(audio.duration)}".strip()
    if (video := message.video or message.video_note) is not None:
        yield "video", _lasts(video.duration)
    if message.animation is not None:
        yield "animation", ""
    if (who := message.contact) is not None:
        name = " ".join(filter(None, (who.first_name, who.last_name)))
        yield "contact", f"{name} {who.phone_number}"
    if (venue := message.venue) is not None:
        yield "venue", f"{venue.title}, {venue.address} ({_where(message)})"
    elif (place := message.location) is not None:
        yield ("live_location" if place.live_period else "location"), _where(message)
    if (sticker := message.sticker) is not None:
        yield "sticker", sticker.emoji or ""
    if (poll := message.poll) is not None:
        choices = " / ".join(option.text for option in poll.options)
        yield "poll", f"{poll.question} {choices}"[:LONGEST_LIST]
    if (dice := message.dice) is not None:
        yield "dice", f"{dice.emoji} {dice.value}"
    for kind in _NAMED_ONLY:
        if getattr(message, kind, None) is not None:
            yield "other", kind


def _lasts(duration: int | timedelta) -> str:
    """0:12; the library gives seconds or a timedelta."""
    seconds = int(duration.total_seconds() if isinstance(duration, timedelta) else duration)
    return f"{seconds // 60}:{seconds % 60:02}"


def _where(message: Message) -> str:
    place = message.venue.location if message.venue is not None else message.location
    return f"{place.latitude}, {place.longitude}" if place is not None else ""
