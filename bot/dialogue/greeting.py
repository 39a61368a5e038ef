"""Somebody opens the chat and has said nothing yet: who we are, on channels that let us speak first."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.dialogue.commands import menu
from bot.dialogue.phrases import phrase
from bot.dialogue.times import hours
from casework.policy import Policy
from store.adding import append
from store.once import add_once
from store.tables import Channel, Dialogue, Outgoing, OutgoingKind

AGAIN_AFTER = timedelta(days=1)
GREETED = ("new", "status", "person", "language")


def greet(
    session: Session,
    channel: Channel,
    chat: str,
    code: str,
    until: datetime,
    now: datetime,
    policy: Policy,
) -> bool:
    """Owe a greeting with the channel's `code`, which is good `until` then; False if there was one lately."""
    add_once(session, Dialogue(channel=channel, conversation=chat, language=policy.language))
    dialogue = session.get_one(Dialogue, (channel, chat))
    if now >= until or (dialogue.said_at is not None and now - dialogue.said_at < AGAIN_AFTER):
        return False
    dialogue.said_at = now
    language = dialogue.language
    append(
        session,
        Outgoing,
        kind=OutgoingKind.DIALOGUE,
        key=f"welcome:{channel}:{code}"[:200],
        channel=channel,
        recipient=chat,
        text="\n".join(
            (
                phrase("greeting", language, company=policy.company),
                phrase("write", language),
                hours(session, policy, now, language),
            )
        ),
        buttons=menu(language, GREETED),
        details={"welcome": code, "until": until.isoformat()},
        due_at=now,
        created_at=now,
    )
    return True


def still_welcome(outgoing: Outgoing, now: datetime) -> bool:
    """Whether the channel would still let it through; any other line of the bot is always wanted."""
    until = (outgoing.details or {}).get("until")
    return until is None or now < datetime.fromisoformat(until)
