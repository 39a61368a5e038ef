"""What a review needs besides opinions: the minutes of a joint one, and settlements with suppliers."""

from datetime import date
from typing import Annotated, Literal

from fastapi import Form
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from casework.reviews import settling
from casework.reviews.joint import write_minutes
from casework.rights import Right
from store.engine import writing
from store.tables import Review, SupplierSettlement, User
from web.desk.page import desk_router
from web.desk.refusing import refusing
from web.desk.reviewing import LONGEST, review_for
from web.errors import Refusal
from web.forms import EmptyIsNone, Line, Paragraphs, RowId
from web.i18n import _
from web.office import AtWork
from web.signed_in import SignedIn, holding

router = desk_router()
OptionalDay = Annotated[date | None, EmptyIsNone, Form()]
Act = Literal["terms", "customer", "supplier", "other", "file", "again"]


@router.post("/reviews/{review_id}/minutes", dependencies=[holding(Right.ANSWER)])
def sign_minutes(
    office: AtWork,
    person: SignedIn,
    review_id: RowId,
    held_on: Annotated[date, Form()],
    participants: Paragraphs,
    words: Paragraphs,
) -> Response:
    """Who came together, and what was said."""
    present, said = participants.strip()[:2000], words.strip()[:LONGEST]
    with writing(office.engine) as session, refusing():
        case, order, review = review_for(session, review_id, person, lock=True)
        user = session.get_one(User, person.id)
        _demand_past(held_on, office)
        write_minutes(session, case, order, review, held_on, present, said, user, office.clock())
    return RedirectResponse(f"/desk/reviews/{review_id}#minutes", 303)


@router.post("/reviews/{review_id}/settlements", dependencies=[holding(Right.ANSWER)])
def begin(
    office: AtWork, person: SignedIn, review_id: RowId, supplier: Line, difference: Paragraphs
) -> Response:
    """The supplier does not agree."""
    with writing(office.engine) as session, refusing():
        at = settling.At(
            session,
            *review_for(session, review_id, person, lock=True),
            session.get_one(User, person.id),
            office.clock(),
        )
        settling.open_settlement(at, supplier, difference.strip()[:LONGEST])
    return _back(review_id)


@router.post("/reviews/{review_id}/settlements/{settlement_id}", dependencies=[holding(Right.ANSWER)])
def go_on(
    office: AtWork,
    person: SignedIn,
    review_id: RowId,
    settlement_id: RowId,
    act: Annotated[Act, Form()],
    words: Paragraphs = "",
    on: OptionalDay = None,
) -> Response:
    """The terms, who confirmed them, or how else it ended; `words` are the terms or a name."""
    said = words.strip()
    name = " ".join(said.split())[:300]
    with writing(office.engine) as session, refusing():
        case, order, review = review_for(session, review_id, person, lock=True)
        at = settling.At(session, case, order, review, session.get_one(User, person.id), office.clock())
        settlement = _settlement(session, review, settlement_id)
        if on is not None:
            _demand_past(on, office)
        match act:
            case "terms":
                settling.word_terms(at, settlement, said[:LONGEST])
            case "customer" | "supplier":
                settling.confirm_terms(at, settlement, act, name, on)
            case "other":
                settling.take_other(at, settlement, name)
            case "file":
                settling.put_on_file(at, settlement)
            case "again":
                settling.take_up_again(at, settlement)
    return _back(review_id)


def _settlement(session: Session, review: Review, settlement_id: int) -> SupplierSettlement:
    """A settlement about the order of this review, whichever of its reviews it began with."""
    settlement = session.get(SupplierSettlement, settlement_id)
    if settlement is None or session.get_one(Review, settlement.review_id).order_id != review.order_id:
        raise Refusal(404)
    return settlement


def _demand_past(day: date, office: AtWork) -> None:
    if not date(2000, 1, 1) <= day <= office.clock().astimezone(office.policy.timezone).date():
        raise Refusal(422, _("日期不能在今天之后。"))


def _back(review_id: int) -> Response:
    return RedirectResponse(f"/desk/reviews/{review_id}#settlements", 303)
