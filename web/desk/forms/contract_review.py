"""合同评审单 of one review (S0): what was reviewed, as it was worded then."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session, col, select

from casework.reviews.opening import opinions_of
from casework.reviews.wording import differences
from store.columns import JsonObject
from store.engine import reading
from store.tables import Customer, Review, ReviewOpinion, ReviewState, User, customer_code
from web.desk.forms.printed import Record, printed, shortened
from web.desk.page import desk_router
from web.desk.reviewing import review_for
from web.forms import RowId
from web.i18n import _
from web.office import AtWork
from web.review_words import (
    amount,
    call_departments,
    department_word,
    mark_word,
    money,
    order_field_word,
    route_word,
    stance_word,
)
from web.signed_in import SignedIn
from web.words import requirement_word

router = desk_router()
REVISIONS = 20
_MARKS = ("first_order", "changed_standard", "tender", "foreign_trade", "oral", "beyond_sales", "liability")
# Which special requirements the lines of S0's form point to.
_LINES = (
    ("process", ("dimension", "appearance", "performance")),
    ("test", ("measurement", "ppap")),
    ("packaging", ("packaging", "labelling")),
    ("material", ("material", "environment", "supplier")),
    ("quality", ("regulation", "warranty")),
    ("delivery", ("delivery",)),
)
_ACCEPTED = {ReviewState.PASSED: True, ReviewState.REFUSED: False}


@router.get("/reviews/{review_id}/form")
def print_review(request: Request, office: AtWork, person: SignedIn, review_id: RowId) -> Response:
    """The form as it is signed so far."""
    with reading(office.engine) as session:
        call_departments(session)
        case, _order, review = review_for(session, review_id, person)
        customer = session.get_one(Customer, case.customer_id)
        record = review_record(session, review, customer, office.policy.timezone)
        return printed(request, "contract_review", record, f"/desk/reviews/{review_id}")


def review_record(session: Session, review: Review, customer: Customer, timezone: ZoneInfo) -> Record:
    """Everything on the form, in three queries."""
    people: dict[int, str] = {
        user_id or 0: name for user_id, name in session.exec(select(User.id, User.name)).all()
    }
    wording = review.wording
    price = wording.get("value_cents")
    return {
        "number": review.number,
        "date": _day(review.opened_at, timezone),
        "customer_code": customer_code(customer.id or 0),
        "customer": customer.name,
        "order_no": wording["customer_order_no"],
        "contract_class": wording["contract_class"],
        "product": wording["product"],
        "model": wording["model"],
        "quantity": f"{amount(wording['quantity'])} {wording['unit']}".strip(),
        "delivery_date": wording["due_on"],
        "price": f"{wording['currency']} {money(price)}" if price is not None else None,
        "remark": _remark(review),
        "requirements": _requirements(wording),
        "special_requirements": [
            f"{requirement_word(category)}{_('：')}{shortened(sentence)}"
            for category, sentence in wording["special_requirements"]
        ],
        "opinions": [_opinion(one, people, timezone) for one in opinions_of(session, review)],
        "conclusion": shortened(review.conclusion),
        "accepted": _ACCEPTED.get(review.state),
        "concluded_by": people.get(review.ruled_by_id or 0),
        "concluded_at": review.ruled_at,
        "revisions": _revisions(session, review, people),
    }


def _remark(review: Review) -> str:
    wording = review.wording
    marks = [mark_word(name) for name in _MARKS if wording[name]]
    said = [route_word(review.route), *marks]
    terms = [name for name in ("payment", "address") if wording[name]]
    said += [f"{order_field_word(name)}{_('：')}{wording[name]}" for name in terms]
    return " · ".join(said)


def _requirements(wording: JsonObject) -> list[tuple[str, str]]:
    """S0's lines: what the order itself says, and which of the special requirements below belong there."""
    labels = {
        "process": _("生产工艺要求"),
        "test": _("测试要求"),
        "packaging": _("包装要求"),
        "material": _("物料需求"),
        "quality": _("品质要求"),
        "delivery": _("交期要求"),
    }
    found = []
    for line, categories in _LINES:
        numbers = [
            str(number)
            for number, (category, _sentence) in enumerate(wording["special_requirements"], start=1)
            if category in categories
        ]
        said = [shortened(wording["quality"])] if line == "quality" and wording["quality"] else []
        if numbers:
            said.append(_("见顾客特殊要求 %(numbers)s", numbers=_("、").join(numbers)))
        found.append((labels[line], "\n".join(said)))
    return found


def _opinion(opinion: ReviewOpinion, people: dict[int, str], timezone: ZoneInfo) -> Record:
    said = [stance_word(opinion.stance)] if opinion.stance else []
    said += [shortened(text) for text in (opinion.words, opinion.answer) if text]
    return {
        "department": department_word(opinion.department),
        "opinion": _("：").join(said),
        "name": people.get(opinion.given_by_id or 0),
        "at": _day(opinion.given_at, timezone) if opinion.given_at else None,
    }


def _revisions(session: Session, review: Review, people: dict[int, str]) -> list[Record]:
    """What changed from each review of this order to the next, up to this one."""
    rows: Sequence[Review] = session.exec(
        select(Review)
        .where(col(Review.order_id) == review.order_id, col(Review.id) <= review.id)
        .order_by(col(Review.id).desc())
        .limit(REVISIONS)
    ).all()[::-1]
    return [
        {
            "version": after.number,
            "change": _("、").join(map(order_field_word, differences(before.wording, after.wording)))
            or _("重新评审"),
            "by": people.get(after.opened_by_id),
        }
        for before, after in pairwise(rows)
    ]


def _day(moment: datetime, timezone: ZoneInfo) -> str:
    return f"{moment.astimezone(timezone):%Y-%m-%d}"
