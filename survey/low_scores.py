"""A score under the bar: a complaint is opened, and quality, the head and management are called."""

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
    Channel,
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
from survey.questionnaires import NOT_APPLICABLE, Questionnaire

CALLED = frozenset({Role.QUALITY, Role.HEAD, Role.MANAGER})


def open_complaint(
    session: Session,
    invitation: SurveyInvitation,
    response: SurveyResponse,
    questionnaire: Questionnaire,
    now: datetime,
    policy: Policy,
) -> Case:
    """The complaint that a low score means, with the answers as its first message and its clock running."""
    contact = session.get_one(Contact, invitation.contact_id)
    message = _message(contact, invitation, response, questionnaire, now)
    # A mail is answered in its thread, a chat in its chat: the reply has to appear there.
    chat = None if invitation.channel == Channel.EMAIL else invitation.address
    owner_id = session.get_one(Customer, contact.customer_id).owner_id
    case = open_case(session, contact, message, owner_id=owner_id, conversation=chat, status=CaseStatus.OPEN)
    message.case_id = case.id or 0
    append_numbered(session, message)
    reading = _reading(message, invitation.language)
    take_in(session, case, message, reading, policy, history=False, may_answer=False, first=True)
    response.case_id = case.id
    _call(session, case, response, questionnaire, now)
    return case


def _message(
    contact: Contact,
    invitation: SurveyInvitation,
    response: SurveyResponse,
    questionnaire: Questionnaire,
    now: datetime,
) -> Message:
    """The answers in the customer's language, as the customer saw them."""
    language = invitation.language
    lines = [
        f"{item.label[language]}: {questionnaire.level(level).label[language]}"
        f" ({float(item.scores[level]):g}/{float(item.maximum):g})"
        for item in questionnaire.items
        for level in (response.answers[item.id],)
        if level != NOT_APPLICABLE
    ]
    text = "\n".join([*lines, "", response.comment]).strip()
    return Message(
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


def _reading(message: Message, language: str) -> Reading:
    subject = message.subject or ""
    start = subject.rindex(":") + 2
    shown = Evidence("complaint", "subject", start, len(subject), subject[start:], "survey.low-score")
    return Reading(language, Kind.COMPLAINT, 1.0, Severity.LIGHT, evidence=(shown,))


def _call(
    session: Session, case: Case, response: SurveyResponse, questionnaire: Questionnaire, now: datetime
) -> None:
    values = {
        "customer_code": customer_code(case.customer_id),
        "number": case.number,
        "score": f"{response.score:g}",
        "bar": f"{float(questionnaire.bar or 0):g}",
        "due_at": (case.due_at or now).isoformat(),
    }
    notice, key = Notice("low_score", values), f"low_score:{response.id}"
    called = select(User).where(col(User.active), col(User.role).in_(CALLED))
    for person in session.exec(called):
        owe_colleague(session, OutgoingKind.NOTICE, key, person, notice, now, case_id=case.id)
