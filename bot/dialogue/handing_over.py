"""A person takes over: because the customer asks for one, or because what they say is grave."""

from datetime import timedelta

from bot.dialogue.questions import is_angry
from bot.dialogue.turn import Turn
from casework import clocks
from casework.complaints.telling import tell_person, tell_roles
from nlp.reading import Kind, Reading, Severity
from store.history import log
from store.tables import Message, OutgoingKind, Role, User

CALLED_AGAIN = timedelta(minutes=15)


def is_grave(reading: Reading, text: str) -> bool:
    """Whether questions by a machine would be an insult: a severe complaint, or an angry one."""
    if reading.kind != Kind.COMPLAINT:
        return False
    return reading.severity == Severity.SEVERE or is_angry(text)


def hand_over(turn: Turn, message: Message) -> None:
    """The customer asks for a person: one of us is told at once, the clock runs, the bot is quiet."""
    if not turn.dialogue.person:
        _take_over(turn, message, "person_wanted")
        turn.say(turn.phrase("person"), turn.promise(), turn.phrase("go_on"))


def apologise(turn: Turn, message: Message, greeting: str = "", *, receipt: bool = False) -> None:
    """A grave complaint: an apology, its number, whom we have told; not a single question."""
    if not turn.dialogue.person:
        _take_over(turn, message, "grave_complaint")
        kind = OutgoingKind.ACKNOWLEDGEMENT if receipt else OutgoingKind.DIALOGUE
        turn.say(greeting, turn.phrase("grave"), turn.promise(), turn.phrase("go_on"), kind=kind)


def keep_company(turn: Turn, message: Message) -> None:
    """The customer still waits for the person and writes again: now and then we say so, and call again."""
    said_at = turn.dialogue.said_at
    if turn.may_ask and (said_at is None or turn.now - said_at >= CALLED_AGAIN):
        _call(turn, message, grave=turn.case.severity == Severity.SEVERE)
        turn.say(turn.phrase("still_waiting"), turn.promise())


def _take_over(turn: Turn, message: Message, why: str) -> None:
    turn.dialogue.person, turn.dialogue.asked = True, None
    clocks.start_first_reply(turn.session, turn.case, message.at, turn.policy)
    _call(turn, message, grave=why == "grave_complaint")
    log(turn.session, why, turn.now, case_id=turn.case.id)


def _call(turn: Turn, message: Message, *, grave: bool) -> None:
    """Whoever answers for the case is told, else sales; of what is grave their head, too."""
    session, case, now, key = turn.session, turn.case, turn.now, f"person:{message.id}"
    if case.owner_id is not None:
        tell_person(
            session, session.get_one(User, case.owner_id), "person_wanted", key, case, now, grave=grave
        )
    if grave or case.owner_id is None:
        roles = (Role.SALES, Role.HEAD) if case.owner_id is None else (Role.HEAD,)
        tell_roles(session, roles, "person_wanted", key, case, now, but=case.owner_id, grave=grave)
