"""The bot's side of every chat: what it does with a command, and what it says to a customer's words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.dialogue.commands import Buttons, Command, button, command_in, menu
from bot.dialogue.lines import say, say_in_case
from bot.dialogue.obeying import answer_to
from bot.dialogue.phrases import phrase
from bot.dialogue.questions import (
    announces_another,
    asks_back,
    changes_mind,
    is_enough,
    is_no_answer,
    is_skip,
    meant,
    said_of,
    wants_person,
)
from bot.dialogue.state import begin, dialogue_of, follow_language, next_question, remember
from bot.dialogue.times import hours, promise
from casework import clocks
from casework.complaints.telling import tell_person, tell_roles
from casework.policy import Policy
from intake.arrive import Said
from intake.known import Known
from intake.talk import Talk
from nlp.reading import Kind, Reading
from store.history import log
from store.tables import Case, Dialogue, Incoming, Message, OutgoingKind, Role, User

# Who goes on writing without a question from us hears now and then that it is noted.
NOTED_AGAIN = timedelta(minutes=10)


@dataclass(frozen=True)
class _Turn:
    """One message of a customer, and all that is needed to answer it."""

    session: Session
    dialogue: Dialogue
    case: Case
    address: str
    policy: Policy
    now: datetime

    def phrase(self, name: str) -> str:
        return phrase(name, self.dialogue.language, number=self.case.number)

    def say(self, *parts: str, buttons: Buttons, kind: OutgoingKind = OutgoingKind.DIALOGUE) -> None:
        text = "\n".join(part for part in parts if part)
        say_in_case(
            *(self.session, self.dialogue, self.case, self.address, text, buttons),
            *(self.now, self.policy),
            kind=kind,
        )

    def ask_next(self, *before: str, offer: bool = False) -> None:
        """The next open question; with none left, that this was all."""
        question = next_question(self.dialogue, self.case)
        if question is None:
            name = "enough_said" if self.dialogue.enough else "complete"
            self.say(*before, self.phrase(name), buttons=[])
            return
        self.say(*before, *self.asking(question, offer=offer), buttons=self.under(question))

    def asking(self, question: str, *, offer: bool) -> tuple[str, ...]:
        asked = phrase(f"questions.{question}", self.dialogue.language)
        return (self.phrase("offer"), asked) if offer else (asked,)

    def under(self, question: str) -> Buttons:
        language, case_id = self.dialogue.language, self.case.id
        return [[button("skip", language, case_id, question), button("enough", language, case_id)]]


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
        if not known.may_tell(said.address, policy):
            return True
        case = known.cases.get(dialogue.case_id or 0)
        if command.name in ("skip", "enough") and case is not None:
            turn = _Turn(session, dialogue, case, said.address, policy, now)
            if case.id not in known.spoken_for and not dialogue.person and _told(turn, command):
                return True
        text, buttons = answer_to(session, dialogue, command, said.address, policy, now, new=new)
        say(session, dialogue, row, said.address, text, buttons, now)
        return True

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
        turn = _Turn(session, dialogue, case, said.address, policy, message.created_at)
        command = command_in(said)
        if (command is not None and command.name == "person") or wants_person(said.text):
            _hand_over(turn, message)
            return False
        quiet = case.id in known.spoken_for or dialogue.person
        if quiet or (not first and not known.may_tell(said.address, policy)):
            remember(session, dialogue, case, message, _words(dialogue, said, reading))
            return False
        if first:
            remember(session, dialogue, case, message, _words(dialogue, said, reading))
            if not known.may_acknowledge(said.address, policy):
                return False
            _receive(turn, new=new)
            return True
        _go_on(turn, message, said, reading)
        return False


def _receive(turn: _Turn, *, new: bool) -> None:
    """The receipt of a new case, with the first question if there is one; a stranger is greeted."""
    language, buttons, parts = turn.dialogue.language, Buttons(), list[str]()
    if new:
        parts.append(phrase("greeting", language, company=turn.policy.company))
        parts.append(hours(turn.session, turn.policy, turn.now, language))
    parts.append(turn.phrase("received"))
    parts.append(promise(turn.session, turn.case, turn.policy, turn.now, language))
    if (question := next_question(turn.dialogue, turn.case)) is not None:
        parts += turn.asking(question, offer=True)
        buttons += turn.under(question)
    if new:
        buttons += menu(language, ("status", "person", "language"))
    turn.say(*parts, buttons=buttons, kind=OutgoingKind.ACKNOWLEDGEMENT)


def _go_on(turn: _Turn, message: Message, said: Said, reading: Reading) -> None:
    """A further message of the case."""
    dialogue, text = turn.dialogue, said.text
    asked = dialogue.asked
    if announces_another(text):
        turn.say(turn.phrase("another"), buttons=[[button("new", dialogue.language)]])
        return
    if asked and (is_skip(text) or is_enough(text)):
        _told(turn, Command("skip" if is_skip(text) else "enough"))
        return
    if dialogue.known and changes_mind(text):
        words = _words(dialogue, said, reading)
        words = words or {meant(text, dialogue.known, dialogue.answered): text}
        remember(turn.session, dialogue, turn.case, message, words)
        question = next_question(dialogue, turn.case)
        again = turn.asking(question, offer=False) if question else ()
        turn.say(turn.phrase("changed"), *again, buttons=turn.under(question) if question else [])
        return
    words = _words(dialogue, said, reading)
    answers = text and not asks_back(text) and reading.kind != Kind.COMPLAINT
    if asked and asked not in words and answers and not is_no_answer(text, asked):
        words[asked] = text
    learned = remember(turn.session, dialogue, turn.case, message, words)
    if asked is None or learned:
        before = dialogue.asked
        if next_question(dialogue, turn.case) is not None:
            turn.ask_next(turn.phrase("noted"), offer=before is None)
            return
        if asked and asked in words:
            turn.ask_next()
            return
    if asked or dialogue.said_at is None or turn.now - dialogue.said_at >= NOTED_AGAIN:
        turn.say(turn.phrase("noted"), buttons=[])


def _told(turn: _Turn, command: Command) -> bool:
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


def _meant(turn: _Turn, name: str) -> tuple[tuple[str, ...], ...]:
    """The words behind a command that mean the question which waits: none, or those of its button."""
    number = str(turn.case.id)
    return (), ((number, turn.dialogue.asked or "") if name == "skip" else (number,))


def _hand_over(turn: _Turn, message: Message) -> None:
    """A person is asked for: whoever answers for the case is told at once, the clock runs, we are quiet."""
    if turn.dialogue.person:
        return
    turn.dialogue.person, turn.dialogue.asked = True, None
    clocks.start_first_reply(turn.session, turn.case, message.at, turn.policy)
    key = f"person:{message.id}"
    if turn.case.owner_id is not None:
        owner = turn.session.get_one(User, turn.case.owner_id)
        tell_person(turn.session, owner, "person_wanted", key, turn.case, turn.now)
    else:
        tell_roles(turn.session, (Role.SALES, Role.HEAD), "person_wanted", key, turn.case, turn.now)
    log(turn.session, "person_wanted", turn.now, case_id=turn.case.id)
    language = turn.dialogue.language
    turn.say(
        turn.phrase("person"),
        promise(turn.session, turn.case, turn.policy, turn.now, language),
        buttons=[],
    )


def _words(dialogue: Dialogue, said: Said, reading: Reading) -> dict[str, str]:
    """What the message says of the questions by itself; some are not overwritten in passing."""
    found = said_of(reading, said.text, files=bool(said.files))
    in_passing = ("defect", "demand", "photos")
    return {
        question: words
        for question, words in found.items()
        if question not in in_passing or question not in dialogue.known
    }
