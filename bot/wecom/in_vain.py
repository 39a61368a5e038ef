"""The ids under which our messages go to WeCom, and what becomes of one that it could not deliver."""

import hashlib
import re
from datetime import datetime

from sqlmodel import Session

from bot.sending import Letter
from bot.wecom.errors import SESSION_OVER, TOO_LATE, TOO_MANY, sentence_of
from bot.wecom.messages import InVain
from casework.policy import Policy
from casework.undelivered import not_delivered
from store.tables import Channel, Outgoing, OutgoingState

# As published for msg_send_fail: 4 later than 48 hours, 5 the chat has ended, 6 more than five messages.
_KNOWN = {4: TOO_LATE, 5: SESSION_OVER, 6: TOO_MANY}
REJECTED = 10
_MSGID = re.compile(r"hy([0-9]{1,9})-[0-9]+-[0-9a-f]{8}")  # what no database takes as an id is not ours


def msgid_of(letter: Letter, part: int) -> str:
    """At most 32 of WeCom's characters; the same for a repeat, so that WeCom knows it again."""
    mark = hashlib.sha256(f"{letter.message_id} {letter.outgoing_id} {part}".encode()).hexdigest()
    if letter.outgoing_id is None:
        return mark[:32]
    return f"hy{letter.outgoing_id}-{part}-{mark[:8]}"


def came_back(session: Session, told: InVain, now: datetime, policy: Policy) -> None:
    """Let it take effect that a message of ours has not reached its customer."""
    found = _MSGID.fullmatch(told.msgid)
    outgoing = session.get(Outgoing, int(found[1])) if found else None
    if outgoing is None or (outgoing.channel, outgoing.recipient) != (Channel.WECOM, told.customer):
        return
    if outgoing.state not in (OutgoingState.FAILED, OutgoingState.CANCELLED):
        code = _KNOWN.get(told.reason)
        reason = sentence_of(code) if code else f"WeCom could not deliver this message ({told.reason})."
        not_delivered(session, outgoing, reason, now, policy, no_such_address=told.reason == REJECTED)
