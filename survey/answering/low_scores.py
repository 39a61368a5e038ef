"""A score under the bar, or a remark that complains: one complaint, and quality and management are called."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, select

from casework.cases import open_case, take_in
from casework.owing import owe_colleague
from casework.policy import Policy
from casework.wording import Notice
from nlp.reading import Evidence, Kind, Reading, Severity
from store.adding import append_numbered
from store.tables import (
    Case,
    CaseStatus,
    Contact,
    Customer,
    Direction,
    Message,
    OutgoingKind,
    Role,
    SurveyInvitation,
    SurveyResponse,
    User,
    customer_code,
)
from store.tables.people import CHATS
from survey.answering.remarks import Reads, read_remarks
from survey.questionnaires import NOT_APPLICABLE, Questionnaire

CALLED = frozenset({Role.QUALITY, Role.HEAD, Role.MANAGER})


def follow(
    session: Session,
    invitation: SurveyInvitation,
    response: SurveyResponse,
    questionnaire: Questionnaire,
    now: datetime,
    policy: Policy,
    reader: Callable[[], Reads] | None,
) -> Case | None:
    """The complaint that an answer means, its clock running and the answers as its first message; None if
    it means none.

    A score under the bar means a light one (S0 5.2.3.3.3), a remark that complains one as grave as it reads.
    """
    contact = session.get_one(Contact, invitation.contact_id)
    message, remarks = _message(contact, invitation, response, questionnaire, now)
    day = now.astimezone(policy.timezone).date()
    heard = None
    if remarks and reader is not None:
        heard = read_remarks(reader(), remarks, invitation.language, invitation.channel, day)
    low = questionnaire.bar is not None and response.score < questionnaire.bar
    if not low and heard is None:
        return None
    reading = heard or Reading(invitation.language, Kind.COMPLAINT, 1.0, Severity.LIGHT)
    if low:
        evidence = (_score_shown(message), *reading.evidence)
        reading = reading._replace(confidence=1.0, evidence=evidence)
    # A mail is answered in its thread, a chat in its chat: the reply has to appear there.
    chat = invitation.address if invitation.channel in CHATS else None
    owner_id = session.get_one(Customer, contact.customer_id).owner_id
    case = open_case(session, contact, message, owner_id=owner_id, conversation=chat, status=CaseStatus.OPEN)
    message.case_id = case.id or 0
    append_numbered(session, message)
    take_in(session, case, message, reading, policy, history=False, may_answer=False, first=True)
    response.case_id = case.id
    _call(session, case, response, questionnaire, now, low=low)
    return case


def _message(
    contact: Contact,
    invitation: SurveyInvitation,
    response: SurveyResponse,
    questionnaire: Questionnaire,
    now: datetime,
) -> tuple[Message, list[tuple[int, str]]]:
    """The answers in the customer's language, as the customer saw them; and where in it the remarks stand."""
    language = invitation.language
    text, remarks = "", []
    for item in questionnaire.items:
        level, remark = response.answers[item.id], response.comments.get(item.id)
        if level != NOT_APPLICABLE:
            scored = f"{float(item.scores[level]):g}/{float(item.maximum):g}"
            text += f"{item.label[language]}: {questionnaire.level(level).label[language]} ({scored})\n"
        elif remark:
            text += f"{item.label[language]}: {questionnaire.not_applicable[language]}\n"
        if remark:
            remarks.append((len(text) + len("› "), remark))
            text += f"› {remark}\n"
    if response.comment:
        remarks.append((len(text) + 1, response.comment))
        text += f"\n{response.comment}"
    text = text.rstrip()
    message = Message(
        case_id=0,  # set once the case is open
        direction=Direction.IN,
        channel=invitation.channel,
        sender_name=contact.name,
        sender_address=invitation.address,
        subject=f"{questionnaire.title[language]}: {response.score:g}/{float(questionnaire.top):g}",
        text=text,
        new_text=text,
        at=now,
        created_at=now,
    )
    return message, remarks


def _score_shown(message: Message) -> Evidence:
    subject = message.subject or ""
    start = subject.rindex(":") + 2
    return Evidence("complaint", "subject", start, len(subject), subject[start:], "survey.low-score")


def _call(
    session: Session,
    case: Case,
    response: SurveyResponse,
    questionnaire: Questionnaire,
    now: datetime,
    *,
    low: bool,
) -> None:
    values = {
        "customer_code": customer_code(case.customer_id),
        "number": case.number,
        "score": f"{response.score:g}",
        "bar": f"{float(questionnaire.bar or 0):g}",
        "due_at": (case.due_at or now).isoformat(),
    }
    notice, key = Notice("low_score" if low else "angry_remark", values), f"low_score:{response.id}"
    called = select(User).where(col(User.active), col(User.role).in_(CALLED))
    for person in session.exec(called):
        owe_colleague(session, OutgoingKind.NOTICE, key, person, notice, now, case_id=case.id)
