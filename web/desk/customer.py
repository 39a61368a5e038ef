"""One customer's page (客户登记卡): the company, its people, and all that happened, at a glance."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, func, select

from casework.chat_codes import code_for_contact
from casework.customer_book import card as cards
from casework.customer_book.belongings import belongings
from casework.customer_book.market import notes_of
from casework.customer_book.moving import moves_into
from casework.customers import address_of
from casework.policy import Policy
from casework.rights import Right
from casework.wording import words
from store.desk import visible
from store.engine import reading, writing
from store.requirements import RequirementPage, WantedRequirements, requirements
from store.tables import (
    Case,
    Channel,
    Contact,
    ContactAddress,
    Customer,
    CustomerMove,
    CustomerProperty,
    CustomerStatus,
    MarketNote,
    MarketTopic,
    Outgoing,
    OutgoingKind,
    PropertyKind,
    PropertyState,
    SurveyCampaign,
    SurveyInvitation,
    SurveyResponse,
    User,
    Visit,
    VisitKind,
)
from survey.answering.refusing import allow, refuse
from web.desk.customers import customer_for, people_at_work
from web.desk.page import desk_page, desk_router
from web.desk.refusing import refusing
from web.errors import Refusal
from web.forms import LARGEST_ID, EmptyIsNone, Line, Paragraphs, RowId
from web.office import AtWork, Office
from web.signed_in import Person, SignedIn, holding

router = desk_router()
KEEPERS = [holding(Right.KEEP_CUSTOMERS)]
CASES_SHOWN, CONTACTS_SHOWN, VISITS_SHOWN, PLANNED_SHOWN = 15, 50, 10, 3
ContactId = Annotated[int, Form(ge=1, le=LARGEST_ID)]


@dataclass(frozen=True)
class CustomerCard:
    """All that a customer's page shows."""

    customer: Customer
    contacts: list[tuple[Contact, list[ContactAddress]]]
    cases: list[Case]
    kinds: dict[str, int]  # how many cases of each
    requirements: RequirementPage
    visits: list[Visit]
    belongings: list[CustomerProperty]
    notes: list[tuple[MarketNote, str]]
    scores: list[tuple[str, float]]  # of each survey, newest first
    improvements: list[tuple[Outgoing, str, int]]  # what its people were told, of which survey
    moves: list[tuple[CustomerMove, Customer, Contact | None]]
    people: list[User]


@router.get("/customers/{row_id}")
def show_customer(request: Request, office: AtWork, person: SignedIn, row_id: RowId) -> Response:
    """The page; of a merged customer, that of what it became part of."""
    with reading(office.engine) as session:
        customer = customer_for(session, row_id, person)
        if customer.merged_into is not None:
            return RedirectResponse(f"/desk/customers/{customer.merged_into}", 303)
        return customer_page(request, session, office, person, customer)


@dataclass(frozen=True)
class NewCode:
    """A chat code just made: the one time that it is shown."""

    contact: Contact
    code: str
    link: str
    letter: str  # mailto: with the words of an invitation; empty if we have no mail address


def customer_page(
    request: Request,
    session: Session,
    office: Office,
    person: Person,
    customer: Customer,
    new_code: NewCode | None = None,
) -> Response:
    """The page as it stands."""
    today = office.clock().astimezone(office.policy.timezone).date()
    return desk_page(
        request,
        session,
        person,
        "customer.html",
        card=card_of(session, customer, person),
        may_keep=person.may(Right.KEEP_CUSTOMERS),
        languages_known=cards.LANGUAGES,
        channels=cards.CHANNELS,
        statuses=list(CustomerStatus),
        property_kinds=list(PropertyKind),
        property_states=list(PropertyState),
        topics=list(MarketTopic),
        visit_kinds=list(VisitKind),
        today=today.isoformat(),
        new_code=new_code,
    )


@router.post("/customers/{row_id}/chat-code", dependencies=KEEPERS)
def make_chat_code(
    request: Request, office: AtWork, person: SignedIn, row_id: RowId, contact: ContactId
) -> Response:
    """A code by which whoever writes in a chat shows that he is this contact. Only its hash is kept."""
    with writing(office.engine) as session:
        customer = customer_for(session, row_id, person, lock=True)
        known = contact_of(session, customer, contact)
        code = code_for_contact(session, known, session.get_one(User, person.id), office.clock())
        session.flush()
        link = f"{office.policy.public_url}/chat#code={code}"
        mail = address_of(session, known.id or 0, Channel.EMAIL)
        letter = _invitation(mail, known, code, link, office.policy) if mail else ""
        return customer_page(request, session, office, person, customer, NewCode(known, code, link, letter))


def _invitation(mail: str, contact: Contact, code: str, link: str, policy: Policy) -> str:
    """A mail to the contact, to be looked at and sent by a person."""
    asks = words("chat_invitation", contact.language, company=policy.company, code=code, link=link)
    return f"mailto:{quote(mail)}?subject={quote(asks.subject)}&body={quote(asks.text)}"


def card_of(session: Session, customer: Customer, person: Person) -> CustomerCard:
    """Read in a fixed number of queries. Cases of colleagues stay theirs."""
    seen = (col(Case.customer_id) == customer.id, *visible(person.sees_only))
    newest = select(Case).where(*seen).order_by(col(Case.last_message_at).desc()).limit(CASES_SHOWN)
    counted = select(Case.kind, func.count()).where(*seen).group_by(col(Case.kind))
    scores = (
        select(SurveyCampaign.period, SurveyResponse.score)
        .join(SurveyInvitation, col(SurveyInvitation.campaign_id) == col(SurveyCampaign.id))
        .join(SurveyResponse, col(SurveyResponse.invitation_id) == col(SurveyInvitation.id))
        .where(col(SurveyInvitation.customer_id) == customer.id)
        .order_by(col(SurveyResponse.id).desc())
        .limit(4)
    )
    return CustomerCard(
        customer=customer,
        contacts=_contacts(session, customer),
        cases=list(session.exec(newest)),
        kinds=dict(session.exec(counted).all()),
        requirements=requirements(session, WantedRequirements(customer_id=customer.id), per_page=8),
        visits=_visits(session, customer),
        belongings=belongings(session, customer),
        notes=notes_of(session, customer),
        scores=list(session.exec(scores)),
        improvements=_improvements(session, customer),
        moves=_moves(session, customer),
        people=people_at_work(session),
    )


def _improvements(session: Session, customer: Customer) -> list[tuple[Outgoing, str, int]]:
    wanted = (
        select(Outgoing, SurveyCampaign.period, SurveyCampaign.id)
        .join(SurveyInvitation, col(SurveyInvitation.id) == col(Outgoing.invitation_id))
        .join(SurveyCampaign, col(SurveyCampaign.id) == col(SurveyInvitation.campaign_id))
        .where(
            col(SurveyInvitation.customer_id) == customer.id, col(Outgoing.kind) == OutgoingKind.IMPROVEMENT
        )
        .order_by(col(Outgoing.id).desc())
        .limit(VISITS_SHOWN)
    )
    return [(letter, period, number or 0) for letter, period, number in session.exec(wanted)]


def _contacts(session: Session, customer: Customer) -> list[tuple[Contact, list[ContactAddress]]]:
    rows = session.exec(
        select(Contact, ContactAddress)
        .outerjoin(ContactAddress, col(ContactAddress.contact_id) == col(Contact.id))
        .where(col(Contact.customer_id) == customer.id)
        .order_by(col(Contact.id), col(ContactAddress.id))
        .limit(4 * CONTACTS_SHOWN)
    )
    found: dict[int, tuple[Contact, list[ContactAddress]]] = {}
    for contact, address in rows:
        addresses = found.setdefault(contact.id or 0, (contact, []))[1]
        if address is not None:
            addresses.append(address)
    return list(found.values())


def _visits(session: Session, customer: Customer) -> list[Visit]:
    """What is planned next or was missed, then what was made, newest first."""
    of_customer = select(Visit).where(col(Visit.customer_id) == customer.id)
    planned = of_customer.where(col(Visit.made_on).is_(None)).order_by(col(Visit.month), col(Visit.id))
    made = of_customer.where(col(Visit.made_on).is_not(None)).order_by(col(Visit.made_on).desc())
    return [*session.exec(planned.limit(PLANNED_SHOWN)), *session.exec(made.limit(VISITS_SHOWN))]


def _moves(session: Session, customer: Customer) -> list[tuple[CustomerMove, Customer, Contact | None]]:
    moves = moves_into(session, customer)
    ids, people = {move.from_id for move in moves}, {move.contact_id for move in moves}
    origins = {one.id: one for one in session.exec(select(Customer).where(col(Customer.id).in_(ids)))}
    contacts = {one.id: one for one in session.exec(select(Contact).where(col(Contact.id).in_(people)))}
    return [(move, origins[move.from_id], contacts.get(move.contact_id)) for move in moves]


@router.post("/customers/{row_id}", dependencies=KEEPERS)
def change_customer(
    office: AtWork,
    person: SignedIn,
    row_id: RowId,
    name: Line,
    status: Annotated[CustomerStatus, Form()],
    own_code: Annotated[str | None, EmptyIsNone, Form(max_length=40)] = None,
    owner: Annotated[int | None, EmptyIsNone, Form(ge=1, le=LARGEST_ID)] = None,
    language: Annotated[str | None, EmptyIsNone, Form(max_length=10)] = None,
    manner: Annotated[str | None, EmptyIsNone, Form(max_length=20)] = None,
    region: Line = "",
    notes: Paragraphs = "",
) -> Response:
    """Write the card anew."""
    card = cards.Card(
        name=name[:200],
        own_code=(own_code or "").strip() or None,
        status=status,
        owner_id=owner,
        required_language=language,
        required_manner=manner,
        region=region[:60],
        notes=notes[:5000].strip(),
    )
    with refusing(), writing(office.engine) as session:
        customer = customer_for(session, row_id, person, lock=True)
        cards.change_card(session, customer, card, session.get_one(User, person.id), office.clock())
        still_visible = person.sees_only is None or customer.owner_id in (None, person.id)
    return back_to(row_id) if still_visible else RedirectResponse("/desk/customers", 303)


@router.post("/customers/{row_id}/people", dependencies=KEEPERS)
def add_person(
    office: AtWork,
    person: SignedIn,
    row_id: RowId,
    name: Line,
    language: Annotated[str, Form(max_length=10)] = "zh",
    channel: Annotated[Channel, Form()] = Channel.EMAIL,
    address: Line = "",
) -> Response:
    """One more contact, with a first address if there is one."""
    with refusing(), writing(office.engine) as session:
        customer = customer_for(session, row_id, person, lock=True)
        user, now = session.get_one(User, person.id), office.clock()
        contact = cards.add_person(session, customer, name[:200], language, user, now)
        if address:
            cards.add_address(session, customer, contact, channel, address, user, now)
    return back_to(row_id, "people")


@router.post("/customers/{row_id}/person", dependencies=KEEPERS)
def rename_person(
    office: AtWork,
    person: SignedIn,
    row_id: RowId,
    contact: ContactId,
    name: Line,
    language: Annotated[str, Form(max_length=10)],
) -> Response:
    """Another name, another language."""
    with refusing(), writing(office.engine) as session:
        customer = customer_for(session, row_id, person, lock=True)
        found = contact_of(session, customer, contact)
        user = session.get_one(User, person.id)
        cards.rename_person(session, customer, found, name[:200], language, user, office.clock())
    return back_to(row_id, "people")


@router.post("/customers/{row_id}/address", dependencies=KEEPERS)
def add_address(
    office: AtWork,
    person: SignedIn,
    row_id: RowId,
    contact: ContactId,
    channel: Annotated[Channel, Form()],
    address: Line,
) -> Response:
    """The contact is reached here, too."""
    with refusing(), writing(office.engine) as session:
        customer = customer_for(session, row_id, person, lock=True)
        found = contact_of(session, customer, contact)
        user = session.get_one(User, person.id)
        cards.add_address(session, customer, found, channel, address, user, office.clock())
    return back_to(row_id, "people")


@router.post("/customers/{row_id}/address/remove", dependencies=KEEPERS)
def remove_address(office: AtWork, person: SignedIn, row_id: RowId, address: ContactId) -> Response:
    """The contact is not reached here any more."""
    with refusing(), writing(office.engine) as session:
        customer = customer_for(session, row_id, person, lock=True)
        found = session.get(ContactAddress, address)
        if found is not None:
            contact = contact_of(session, customer, found.contact_id)
            user = session.get_one(User, person.id)
            cards.remove_address(session, customer, contact, found, user, office.clock())
    return back_to(row_id, "people")


@router.post("/customers/{row_id}/surveys", dependencies=KEEPERS)
def change_surveys(
    office: AtWork, person: SignedIn, row_id: RowId, contact: ContactId, refused: Annotated[bool, Form()]
) -> Response:
    """The contact said, to one of us, not to be asked in surveys; or to be asked again."""
    with refusing(), writing(office.engine) as session:
        customer = customer_for(session, row_id, person, lock=True)
        found = contact_of(session, customer, contact)
        change = refuse if refused else allow
        change(session, found, office.clock(), session.get_one(User, person.id))
    return back_to(row_id, "people")


def contact_of(session: Session, customer: Customer, contact_id: int) -> Contact:
    """The contact, if it is one of this customer's."""
    contact = session.get(Contact, contact_id)
    if contact is None or contact.customer_id != customer.id:
        raise Refusal(404)
    return contact


def back_to(customer_id: int, place: str = "") -> Response:
    """The customer's page again, where one was."""
    return RedirectResponse(f"/desk/customers/{customer_id}{'#' + place if place else ''}", 303)
