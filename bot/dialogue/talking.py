"""The bot's side of every chat: what it does with a command, and what it says to a customer's words."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.dialogue.commands import Buttons, Command, button, command_in, menu
from bot.dialogue.handing_over import apologise, hand_over, is_grave, keep_company
from bot.dialogue.identifying import identify
from bot.dialogue.lines import say
from bot.dialogue.obeying import answer_to
from bot.dialogue.phrases import phrase
from bot.dialogue.questions import (
    SURE,
    WHO,
    announces_another,
    answers_who,
    asks_back,
    changes_mind,
    is_enough,
    is_hello,
    is_no_answer,
    is_skip,
    meant,
    said_of,
    wants_person,
    wordless,
)
from bot.dialogue.state import begin, dialogue_of, follow_language, remember
from bot.dialogue.turn import Turn
from casework import clocks
from casework.chat_codes import is_code
from casework.policy import Policy
from intake.arrive import Said
from intake.known import Known
from intake.talk import Talk
from nlp.reading import Kind, Reading
from store.tables import Case, Dialogue, Incoming, Message, OutgoingKind

# Who goes on writing without a question from us hears now and then that it is noted.
NOTED_AGAIN = timedelta(minutes=10)


class Dialogues(Talk):
    """Every chat of every channel."""

    def obey(
        self, session: Session, known: Known, row: Incoming, said: Said, policy: Policy, now: datetime
    ) -> bool:
        """Do what a command says. A person is asked for in a case, so that one of us sees it."""
        command = command_in(said)
        if command is None or command.name == "person":
            return False
        dialogue, new = dialogue_of(session, known, said)
        may_tell = known.may_tell(said.address, policy)
        case = known.cases.get(dialogue.case_id or 0)
        if command.name in ("code", "start") and command.words and is_code(command.words[0]):
            text = identify(session, known, dialogue, said, command.words[0], now)
            if may_tell:
                say(session, dialogue, row, said.address, text, [], now)
                known.spend(said.address)
            return True
        if may_tell and command.name in ("skip", "enough") and case is not None:
            turn = Turn(session, dialogue, case, said.address, policy, now, known)
            if case.id not in known.spoken_for and not dialogue.person and _told(turn, command):
                return True
        text, buttons = answer_to(session, dialogue, command, said.address, policy, now, new=new)
        if may_tell:
            say(session, dialogue, row, said.address, text, buttons, now)
            known.spend(said.address)
        return True

    def understood(self, known: Known, said: Said, reading: Reading) -> Reading:
        """A name that was asked for reads as nothing else, if only its wording, and no word, told us more."""
        dialogue = known.dialogues.get((said.channel, said.conversation))
        if dialogue is None or dialogue.asked != WHO or not answers_who(said.text, reading):
            return reading
        told_by_words = any(not found.rule.endswith(".wording") for found in reading.evidence)
        if reading.confidence >= SURE or told_by_words:
            return reading
        return reading._replace(kind=Kind.OTHER, severity=None, claim=False)

    def hear(
        self,
        session: Session,
        known: Known,
        case: Case,
        message: Message,
        said: Said,
        reading: Reading,
        policy: Policy,
        *,
        first: bool,
    ) -> bool:
        """Say what there is to say; True if that was the case's receipt."""
        if message.auto_generated is not None:
            return False
        dialogue, new = dialogue_of(session, known, said)
        follow_language(dialogue, reading, said.text)
        if said.corrects and dialogue.case_id not in (None, case.id):
            return False  # of an earlier matter; we stay with the present one
        if first or dialogue.case_id != case.id:
            begin(dialogue, case)
        if first and dialogue.chosen:
            case.language = dialogue.language
        if wordless(said) and case.id not in known.spoken_for:
            # Nobody but a person can tell what it wants: it is answered like an inquiry.
            clocks.start_first_reply(session, case, message.at, policy)
        turn = Turn(session, dialogue, case, said.address, policy, message.created_at, known)
        command = command_in(said)
        asks_for_person = (command is not None and command.name == "person") or wants_person(said.text)
        if asks_for_person and not dialogue.person:
            hand_over(turn, message)
            return False
        answered = case.id in known.spoken_for
        if answered or dialogue.person or (not first and not known.may_tell(said.address, policy)):
            remember(session, dialogue, case, message, _words(dialogue, said, reading))
            if dialogue.person and not answered:
                keep_company(turn, message)
            return False
        if not first:
            _go_on(turn, message, said, reading)
            return False
        remember(session, dialogue, case, message, _words(dialogue, said, reading))
        if not known.may_acknowledge(said.address, policy):
            return False
        _receive(turn, message, said, reading, new=new)
        return True


def _receive(turn: Turn, message: Message, said: Said, reading: Reading, *, new: bool) -> None:
    """The receipt of a new case, with the first question if there is one; a stranger is greeted."""
    language, case = turn.dialogue.language, turn.case
    greeting = phrase("greeting", language, company=turn.policy.company) if new else ""
    if is_grave(reading, said.text):
        apologise(turn, message, greeting, receipt=True)
        return
    parts, buttons, beside = [greeting], Buttons(), True
    # Whoever writes 有问题，订单号 … must not be asked how many they want.
    guessed = case.kind == Kind.ORDER and reading.confidence < SURE
    if (sort := wordless(said)) is not None:
        parts += [turn.phrase(f"received.{sort}"), turn.promise(), turn.phrase(f"asks_words.{sort}")]
    else:
        name = "hello" if is_hello(said.text) else "unsure" if guessed else case.kind
        parts += [turn.phrase(f"received.{name}"), turn.promise()]
    if not guessed and (question := turn.next_question()) is not None:
        parts.append(turn.phrase("offer", question=turn.phrase(f"questions.{question}")))
        buttons, beside = turn.under(question), False
    if new:
        buttons += menu(language, ("status", "person", "language") if beside else ("person", "language"))
    turn.say(*parts, buttons=buttons, kind=OutgoingKind.ACKNOWLEDGEMENT)


def _go_on(turn: Turn, message: Message, said: Said, reading: Reading) -> None:
    """A further message of the case."""
    dialogue, text, asked = turn.dialogue, said.text, turn.dialogue.asked
    if is_grave(reading, text):
        remember(turn.session, dialogue, turn.case, message, _words(dialogue, said, reading))
        apologise(turn, message)
        return
    if announces_another(text):
        turn.say(turn.phrase("another"), buttons=[[button("new", dialogue.language)]])
        return
    if asked and (is_skip(text) or is_enough(text)):
        _told(turn, Command("skip" if is_skip(text) else "enough"))
        return
    words = _words(dialogue, said, reading)
    if dialogue.known and changes_mind(text):
        words = words or {meant(text, dialogue.known, dialogue.answered): text}
        remember(turn.session, dialogue, turn.case, message, words)
        question = turn.next_question()
        again = turn.phrase(f"questions.{question}") if question else ""
        turn.say(turn.phrase("changed"), again, buttons=turn.under(question) if question else None)
        return
    answers = bool(text) and not asks_back(text) and reading.kind != Kind.COMPLAINT
    if asked == WHO and not answers_who(text, reading):
        answers = False
    if asked and asked not in words and answers and not is_no_answer(text, asked):
        words[asked] = text
    learned = remember(turn.session, dialogue, turn.case, message, words)
    if turn.case.waiting_since == message.at > turn.case.opened_at:
        _promise(turn)  # only now there is something that waits for an answer
    elif asked in words or learned or (asked is None and turn.next_question() is not None):
        turn.ask_next("offer" if asked is None else "next")
    else:
        _note(turn, said)


def _promise(turn: Turn) -> None:
    """What was small talk has become a matter: what a receipt would have said."""
    question = turn.next_question()
    offer = turn.phrase("offer", question=turn.phrase(f"questions.{question}")) if question else ""
    said = turn.phrase("matter"), turn.promise(), offer
    turn.say(*said, buttons=turn.under(question) if question else None)


def _note(turn: Turn, said: Said) -> None:
    """It is kept; said now and then only, and at once to whoever is asked something or asks us."""
    dialogue = turn.dialogue
    lately = dialogue.said_at is not None and turn.now - dialogue.said_at < NOTED_AGAIN
    asked = dialogue.asked not in (None, WHO)  # who it is may be told whenever it is convenient
    if turn.may_ask and (asked or not lately):
        name = "passed_on" if asks_back(said.text) else "heard" if wordless(said) == "voice" else "noted"
        turn.say(turn.phrase(name))


def _told(turn: Turn, command: Command) -> bool:
    """The customer skips a question or has had enough; False if that was said of another one."""
    dialogue = turn.dialogue
    if dialogue.asked is None or command.words not in _meant(turn, command.name):
        return False
    if command.name == "enough":
        dialogue.enough = True
    else:
        dialogue.skipped = [*dialogue.skipped, dialogue.asked]
    turn.ask_next()
    return True


def _meant(turn: Turn, name: str) -> tuple[tuple[str, ...], ...]:
    """The words behind a command that mean the question which waits: none, or those of its button."""
    number = str(turn.case.id)
    return (), ((number, turn.dialogue.asked or "") if name == "skip" else (number,))


def _words(dialogue: Dialogue, said: Said, reading: Reading) -> dict[str, str]:
    """What the message says of the questions by itself; some are not overwritten in passing."""
    found = said_of(reading, said.text, files=bool(said.files))
    in_passing = ("defect", "demand", "photos")
    return {
        question: words
        for question, words in found.items()
        if question not in in_passing or question not in dialogue.known
    }
