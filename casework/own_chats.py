"""A colleague's own chat with our bot: tied by a line that only the desk shows; notices come there, too."""

import hmac
import re
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from casework.owing import owe_colleague
from casework.policy import Policy
from casework.signing import signature
from casework.wording import Notice
from store.history import log
from store.tables import OutgoingKind, User

LASTS = timedelta(minutes=30)
# `/start` is what Telegram makes of a link to the bot.
_LINE = re.compile(r"/(?:me|start)(?:@\w+)? (\d{1,9})\.(\d{1,11})\.([0-9a-f]{32})")


def line_for(user_id: int, now: datetime, policy: Policy) -> str:
    """What this person sends to the bot within half an hour; nobody else can make it."""
    named = f"{user_id}.{int((now + LASTS).timestamp())}"
    return f"/me {named}.{signature(policy, 'own-chat', named)}"


def who_says(text: str, now: datetime, policy: Policy) -> int | None:
    """The id of the user whom this line names; None if it is no such line, forged or too old."""
    match = _LINE.fullmatch(text.strip())
    if match is None:
        return None
    named = f"{match[1]}.{match[2]}"
    genuine = hmac.compare_digest(match[3], signature(policy, "own-chat", named))
    in_time = now <= datetime.fromtimestamp(min(int(match[2]), 2**34), UTC)
    return int(match[1]) if genuine and in_time else None


def tie(session: Session, user: User, chat: str, now: datetime) -> None:
    """From now on this person's notices come to this chat, too. A chat is one person's."""
    for other in session.exec(select(User).where(col(User.chat) == chat, col(User.id) != user.id)):
        other.chat, other.chat_notices = None, False
    session.flush()
    user.chat, user.chat_notices = chat, True
    log(session, "chat_tied", now, user_id=user.id)
    key = f"chat_tied:{int(now.timestamp())}"
    owe_colleague(session, OutgoingKind.NOTICE, key, user, Notice("chat_tied", {}), now, case_id=None)


def untie(session: Session, user: User, now: datetime) -> None:
    """Nothing comes to the chat any more."""
    if user.chat is not None:
        user.chat, user.chat_notices = None, False
        log(session, "chat_untied", now, user_id=user.id)
