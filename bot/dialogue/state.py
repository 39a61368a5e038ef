"""Where a chat stands: its language, what is talked about, what is asked and what is known."""

import re

from sqlmodel import Session

from bot.dialogue.phrases import LANGUAGES
from bot.dialogue.questions import LONGEST, QUESTIONS, WHO, open_question
from casework.complaints.registering import note_answers
from intake.arrive import Said
from intake.known import Known
from nlp.reading import Kind, Reading
from store.adding import append
from store.tables import Case, Channel, Dialogue, DialogueAnswer, Message

_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile(r"[A-Za-z]{2,}\W+[A-Za-z]{2,}")  # two words: "ok" and "M8" tell no language


def dialogue_of(session: Session, known: Known, said: Said) -> tuple[Dialogue, bool]:
    """Where this chat stands, and whether we hear of it for the first time."""
    chat = said.channel, said.conversation
    if (found := known.dialogues.get(chat)) is not None:
        return found, False
    language = language_of(said.language or "")
    dialogue = Dialogue(channel=said.channel, conversation=said.conversation, language=language)
    session.add(dialogue)
    known.dialogues[chat] = dialogue
    return dialogue, True


def language_of(hint: str) -> str:
    """Which of our languages to begin with, by the code that the customer's program names."""
    hint = hint.lower()
    if hint.startswith(("zh-hant", "zh-tw", "zh-hk")):
        return "zh-Hant"
    return "zh" if hint.startswith("zh") or not hint else "en"


def follow_language(dialogue: Dialogue, reading: Reading, text: str) -> None:
    """Speak as the customer does, unless a language was chosen; a nod or a number changes nothing."""
    if dialogue.chosen or not (_HAN.search(text) or _SENTENCE.search(text)):
        return
    read = reading.language
    dialogue.language = read if read in LANGUAGES else "zh" if _HAN.search(text) else "en"


def is_group(dialogue: Dialogue) -> bool:
    """Whether many people speak there, so that it is nobody's: Telegram gives groups numbers below zero."""
    return dialogue.channel == Channel.TELEGRAM and dialogue.conversation.startswith("-")


def begin(dialogue: Dialogue, case: Case) -> None:
    """Talk about this case from now on."""
    dialogue.case_id = case.id
    dialogue.asked = dialogue.answered = None
    # Who somebody is, is asked once in a chat and not in each matter.
    dialogue.known = {WHO: dialogue.known[WHO]} if WHO in dialogue.known else {}
    dialogue.skipped = [WHO] if WHO in dialogue.skipped else []
    dialogue.enough = dialogue.person = dialogue.fresh = False


def remember(
    session: Session, dialogue: Dialogue, case: Case, message: Message, words: dict[str, str]
) -> bool:
    """Keep what was said to any question; the newest counts. True if any is new for this kind of case."""
    fresh = {
        question: said[:LONGEST]
        for question, said in words.items()
        if dialogue.known.get(question) != said[:LONGEST]
    }
    for question, said in fresh.items():
        append(
            session,
            DialogueAnswer,
            case_id=case.id or 0,
            message_id=message.id or 0,
            question=question,
            words=said,
            at=message.created_at,
        )
    if case.kind == Kind.COMPLAINT:
        note_answers(session, case, fresh, dialogue.known)
    if fresh:
        dialogue.known = {**dialogue.known, **fresh}
        dialogue.answered = dialogue.asked if dialogue.asked in fresh else next(reversed(fresh))
    return any(question in QUESTIONS.get(case.kind, ()) for question in fresh)


def next_question(dialogue: Dialogue, case: Case, *, stranger: bool) -> str | None:
    """What to ask now; it waits for its answer from here on."""
    settled = {*dialogue.known, *dialogue.skipped, *(() if stranger else (WHO,))}
    found = open_question(case.kind, settled)
    dialogue.asked = None if dialogue.enough else found
    return dialogue.asked
