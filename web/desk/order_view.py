"""An order as the pages show it: what it says, what is missing, how far its review is, what comes next."""

from dataclasses import dataclass

from sqlmodel import Session

from casework.reviews.accepting import obstacles
from casework.reviews.opening import opinions_of
from casework.reviews.opinions import is_given
from casework.reviews.quoting import quotations_of
from casework.reviews.routes import Route, course_of, needs_confirmation
from casework.reviews.routing import route_table
from casework.reviews.voiding import is_current, standing_review
from casework.reviews.writing_up import Terms, is_confirmed, missing, order_of, read_terms, terms_of
from store.tables import Case, Order, Quotation, Review, ReviewOpinion, ReviewState


@dataclass(frozen=True)
class OrderView:
    """Not written up yet, `order` is None and the terms are what was read."""

    order: Order | None
    terms: Terms
    review: Review | None  # the one that counts
    current: bool  # the review is about what the order says now
    opinions: list[ReviewOpinion]
    quotations: list[Quotation]
    course: Route | None = None  # the way it is reviewed if its review begins now

    @property
    def missing(self) -> tuple[str, ...]:
        return missing(self.terms)

    @property
    def waiting(self) -> list[ReviewOpinion]:
        """Whose opinion is not given yet."""
        return [opinion for opinion in self.opinions if not is_given(opinion)]

    @property
    def unconfirmed(self) -> bool:
        """The customer has still to confirm our writing."""
        return bool(self.order and needs_confirmation(self.order) and not is_confirmed(self.order))

    @property
    def obstacles(self) -> list[str]:
        return obstacles(self.order, self.review, self.quotations, current=self.current) if self.order else []

    @property
    def state(self) -> str:
        """As the ledger has it."""
        if self.order and self.order.accepted_at:
            return "accepted"
        if self.review is None or not self.current:
            return "unreviewed"
        return "reviewing" if self.review.state == ReviewState.OPEN else self.review.state

    @property
    def too_early_to_quote(self) -> bool:
        """Departments review it before the customer hears a price (S0 5.1.1), and it has not passed."""
        return bool(self.course and self.course.consent and self.state not in ("passed", "accepted"))

    @property
    def outdated(self) -> bool:
        """There is a review, and it does not cover what the customer requires by now."""
        return self.review is not None and not self.current


def order_view(session: Session, case: Case) -> OrderView:
    """The order of the case as it stands."""
    order = order_of(session, case.id)
    if order is None:
        return OrderView(None, read_terms(session, case), None, False, [], quotations_of(session, case))
    review = standing_review(session, order)
    return OrderView(
        order=order,
        terms=terms_of(order),
        review=review,
        current=review is not None and is_current(session, order, review),
        opinions=opinions_of(session, review) if review else [],
        quotations=quotations_of(session, case),
        course=course_of(order, route_table(session)),
    )
