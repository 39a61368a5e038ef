"""A customer says by a code of ours who is writing."""

from datetime import datetime

from sqlmodel import Session

from bot.dialogue.phrases import phrase
from bot.dialogue.state import is_group
from casework.chat_codes import CodeError, use
from casework.customers import contact_at
from intake.arrive import Said
from intake.known import Known
from store.tables import Dialogue


def identify(session: Session, known: Known, dialogue: Dialogue, said: Said, code: str, now: datetime) -> str:
    """Tie the chat to the contact that the code is for; what to say to that."""
    if is_group(dialogue):
        return phrase("code_in_group", dialogue.language)
    try:
        with session.begin_nested():  # a code that cannot be used stays as it was
            use(session, code, said.channel, said.conversation, now)
    except CodeError:
        return phrase("code_refused", dialogue.language)
    contact = contact_at(session, said.channel, said.conversation)
    if contact is None:
        raise RuntimeError("the chat was tied to nobody")
    known.contacts[said.channel, said.address] = contact
    known.strangers.discard(contact.customer_id)
    return phrase("code_taken", dialogue.language, customer=contact.name)
