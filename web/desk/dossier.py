"""Everything about one case on one page, read in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from casework.chat_codes import recognised
from casework.clocks import ANSWERS
from casework.colleagues import answered_case
from casework.policy import Policy
from casework.replies import without_re
from store.columns import JsonObject
from store.customers import may_see_customer
from store.desk import may_see, visible
from store.tables import (
    Attachment,
    AuditLog,
    Case,
    Channel,
    ChatMail,
    Contact,
    ContactAddress,
    Customer,
    CustomerStatus,
    Deadline,
    DialogueAnswer,
    Direction,
    Message,
    MessageReading,
    Outgoing,
    SpecialRequirement,
    User,
)
from store.tables.people import CHATS
from web.errors import Refusal
from web.evidence import Piece, pieces, reasons_in
from web.i18n import _
from web.signed_in import Person

LONGEST_SHOWN = 20_000  # characters of one message; the rest is a download away
MESSAGES_SHOWN = 100
OTHER_CASES = 6
CLOCKS_SHOWN = 30
# Answers to these are given by voice or on paper and written down here; nothing is sent.
BY_VOICE_OR_PAPER = frozenset(
    {Channel.PHONE, Channel.FAX, Channel.LETTER, Channel.VISIT, Channel.ONSITE, Channel.MEDIA}
)


@dataclass(frozen=True)
class Entry:
    """One message as the page shows it."""

    message: Message
    subject: list[Piece]  # empty when the page's heading says the same
    words: list[Piece]
    quoted: str  # what its writer did not write now
    forwarded: list[dict[str, str]]  # whole mails attached as evidence
    cut: bool
    files: list[Attachment]
    letter: Outgoing | None


@dataclass(frozen=True)
class Dossier:
    """One case with all that belongs to it."""

    case: Case
    customer: Customer
    may_open_customer: bool  # a case that nobody has may be of a colleague's customer
    contact: Contact
    addresses: list[ContactAddress]
    entries: list[Entry]
    earlier: int  # messages that are not shown
    reading: MessageReading | None  # of the first message
    requirements: list[SpecialRequirement]
    clocks: list[Deadline]  # all that run, the nearest first
    history: list[AuditLog]
    people: dict[int, User]
    other_cases: list[Case]
    answered: tuple[Case, Customer] | None  # whose letter this stranger answers: a colleague there?
    unidentified: bool  # somebody in a chat of whom nobody here has said who it is
    calls_himself: str | None  # what he answered when the bot asked for name and company: a claim
    chat_mail: str | None  # what he left in the chat: a claim

    @property
    def last_message(self) -> int:
        """The newest id shown. An imported mail may be older than our receipt and yet bear a higher one."""
        return max((entry.message.id or 0 for entry in self.entries), default=0)

    @property
    def answer_clock(self) -> Deadline | None:
        """What the customer waits for next."""
        return next((clock for clock in self.clocks if clock.kind in ANSWERS), None)

    @property
    def channel_out(self) -> Channel:
        return channel_out(self.case, self.customer)

    @property
    def address_out(self) -> str | None:
        """Where an answer goes; None if we know no address there."""
        if self.channel_out == self.case.channel and self.case.conversation:
            return self.case.conversation
        for entry in reversed(self.entries):  # whoever asked last, as casework.replies.reply has it
            asked = entry.message
            if asked.direction == Direction.IN and asked.auto_generated is None:
                if asked.channel == self.channel_out and asked.sender_address:
                    return asked.sender_address
                break
        return next((one.address for one in self.addresses if one.channel == self.channel_out), None)

    @property
    def by_voice(self) -> bool:
        return self.channel_out in BY_VOICE_OR_PAPER

    @property
    def colleagues(self) -> list[User]:
        """Whom the case can be handed to."""
        return sorted((user for user in self.people.values() if user.active), key=lambda user: user.name)


def channel_out(case: Case, customer: Customer) -> Channel:
    """The way an answer goes: the customer's stipulated manner, else the channel it wrote in (S0 9.3)."""
    manner = customer.required_manner
    return Channel(manner) if manner in set(Channel) else case.channel


def case_for(session: Session, number: int, person: Person, *, lock: bool = False) -> Case:
    """The case, if this person may see it. Locked, two forms about the same case take turns."""
    wanted = select(Case).where(col(Case.id) == number)
    case = session.exec(wanted.with_for_update() if lock else wanted).first()
    if case is None:
        raise Refusal(404, _("没有这个编号的案件。请核对编号，或在队列里搜索。"))
    if not may_see(case.owner_id, person.sees_only):
        raise Refusal(403, _("这个案件由另一位同事负责。如需查看，请联系部门主管。"))
    return case


def dossier(
    session: Session, case: Case, person: Person, policy: Policy, *, everything: bool = False
) -> Dossier:
    """The whole case as it stands."""
    case_id = case.id or 0
    writer = _who_wrote(session, case)
    customer, contact = writer.customer, writer.contact
    shown = select(Message).where(col(Message.case_id) == case_id)
    shown = shown.order_by(col(Message.at).desc(), col(Message.id).desc())
    messages = list(session.exec(shown if everything else shown.limit(MESSAGES_SHOWN)))[::-1]
    total = len(messages)
    if total == MESSAGES_SHOWN:  # there may be more
        counted = select(func.count()).select_from(Message).where(col(Message.case_id) == case_id)
        total = session.exec(counted).one()
    readings = _readings(session, messages)
    return Dossier(
        case=case,
        customer=customer,
        may_open_customer=may_see_customer(session, customer, person.sees_only),
        contact=contact,
        addresses=writer.addresses,
        entries=_entries(session, messages, readings, case.subject),
        earlier=total - len(messages),
        reading=next(iter(readings.values()), None),
        requirements=list(
            session.exec(
                select(SpecialRequirement)
                .where(
                    col(SpecialRequirement.case_id) == case_id, col(SpecialRequirement.withdrawn_at).is_(None)
                )
                .order_by(col(SpecialRequirement.id))
                .limit(50)
            )
        ),
        clocks=_clocks(session, case),
        history=list(
            session.exec(
                select(AuditLog)
                .where(col(AuditLog.case_id) == case_id)
                .order_by(col(AuditLog.id).desc())
                .limit(200)
            )
        ),
        people={user.id or 0: user for user in session.exec(select(User))},
        other_cases=_other_cases(session, case, person),
        answered=_answered(session, case, person, policy),
        unidentified=writer.is_unidentified(case),
        calls_himself=writer.calls_himself,
        chat_mail=writer.chat_mail,
    )


def _answered(session: Session, case: Case, person: Person, policy: Policy) -> tuple[Case, Customer] | None:
    answered = answered_by(session, case, person, policy)
    return (answered, session.get_one(Customer, answered.customer_id)) if answered else None


def answered_by(session: Session, case: Case, person: Person, policy: Policy) -> Case | None:
    """The case whose letter this stranger answers, if this person may see it."""
    answered = answered_case(session, case, policy)
    return answered if answered and may_see(answered.owner_id, person.sees_only) else None


@dataclass(frozen=True)
class _Writer:
    customer: Customer
    contact: Contact
    addresses: list[ContactAddress]
    chat_mail: str | None
    by_code: bool
    calls_himself: str | None

    def is_unidentified(self, case: Case) -> bool:
        """Whether he came by this chat alone, and neither a code nor one of us says who he is."""
        only_here = all(address.channel == case.channel for address in self.addresses)
        potential = self.customer.status == CustomerStatus.POTENTIAL
        return case.channel in CHATS and only_here and potential and not self.by_code


def _who_wrote(session: Session, case: Case) -> _Writer:
    chat = case.conversation if case.channel == Channel.WEBCHAT else ""
    claims = (
        select(DialogueAnswer.words)
        .join(Case, col(Case.id) == col(DialogueAnswer.case_id))
        .where(col(Case.contact_id) == case.contact_id, col(DialogueAnswer.question) == "who")
        .order_by(col(DialogueAnswer.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    said_by_us = recognised(case.contact_id)
    rows = session.exec(
        select(Customer, Contact, ContactAddress, ChatMail.address, said_by_us, claims)  # type: ignore[call-overload]
        .select_from(Customer)
        .join(Contact, col(Contact.id) == case.contact_id)
        .outerjoin(ContactAddress, col(ContactAddress.contact_id) == col(Contact.id))
        .outerjoin(ChatMail, col(ChatMail.conversation) == (chat or ""))
        .where(col(Customer.id) == case.customer_id)
        .order_by(col(ContactAddress.id))
    ).all()
    customer, contact, _address, mail, by_code, claim = rows[0]
    addresses = [row[2] for row in rows if row[2] is not None]
    return _Writer(customer, contact, addresses, mail, by_code, claim)


def _readings(session: Session, messages: list[Message]) -> dict[int, MessageReading]:
    """By message, oldest first."""
    rows = session.exec(
        select(MessageReading)
        .where(col(MessageReading.message_id).in_([message.id for message in messages]))
        .order_by(col(MessageReading.message_id))
    )
    return {row.message_id: row for row in rows}


def _entries(
    session: Session, messages: list[Message], readings: dict[int, MessageReading], heading: str
) -> list[Entry]:
    ids = [message.id for message in messages]
    files: defaultdict[int, list[Attachment]] = defaultdict(list)
    attached = select(Attachment).where(col(Attachment.message_id).in_(ids)).order_by(col(Attachment.id))
    for file in session.exec(attached):
        files[file.message_id].append(file)
    letters = {
        letter.message_id: letter
        for letter in session.exec(select(Outgoing).where(col(Outgoing.message_id).in_(ids)))
    }
    return [
        _entry(
            message, readings.get(message.id or 0), files[message.id or 0], letters.get(message.id), heading
        )
        for message in messages
    ]


def _entry(
    message: Message,
    reading: MessageReading | None,
    files: list[Attachment],
    letter: Outgoing | None,
    heading: str,
) -> Entry:
    evidence = reading.evidence if reading else []
    words = message.new_text[:LONGEST_SHOWN]
    quoted = _quoted(message)
    return Entry(
        message=message,
        subject=_subject(message.subject or "", evidence, heading),
        words=pieces(words, reasons_in(evidence, "text", len(words))),
        quoted=quoted[:LONGEST_SHOWN],
        forwarded=[inner | {"text": inner["text"][:LONGEST_SHOWN]} for inner in message.forwarded or ()],
        cut=len(message.new_text) > LONGEST_SHOWN or len(quoted) > LONGEST_SHOWN,
        files=files,
        letter=letter,
    )


def _subject(subject: str, evidence: list[JsonObject], heading: str) -> list[Piece]:
    reasons = reasons_in(evidence, "subject", len(subject))
    if not reasons and without_re(subject) == without_re(heading):
        return []
    return pieces(subject, reasons)


def _quoted(message: Message) -> str:
    """What stands around the new words: what follows them, or the whole text when they are inside it."""
    whole, new = message.text.strip(), message.new_text.strip()
    if whole == new:
        return ""
    return whole[len(new) :].strip("\n") if new and whole.startswith(new) else whole


def _clocks(session: Session, case: Case) -> list[Deadline]:
    running = select(Deadline).where(col(Deadline.case_id) == case.id, col(Deadline.ended_at).is_(None))
    return list(session.exec(running.order_by(col(Deadline.due_at), col(Deadline.id)).limit(CLOCKS_SHOWN)))


def _other_cases(session: Session, case: Case, person: Person) -> list[Case]:
    return list(
        session.exec(
            select(Case)
            .where(
                col(Case.customer_id) == case.customer_id,
                col(Case.id) != case.id,
                *visible(person.sees_only),
            )
            .order_by(col(Case.id).desc())
            .limit(OTHER_CASES)
        )
    )
