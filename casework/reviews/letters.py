"""Drafts of what we write to the customer about an order: a person sees and may change each of them."""

from sqlmodel import Session

from casework.policy import Policy
from casework.reviews.quoting import quotation_number
from casework.reviews.wording import wording_of
from casework.reviews.writing_up import Terms, missing
from casework.wording import words
from store.columns import JsonObject
from store.tables import Case, Customer, Order, Quotation, Review, ReviewOpinion, ReviewState


def clarify_draft(session: Session, case: Case, terms: Terms, policy: Policy) -> str:
    """Asks for what the order does not say yet."""
    return _draft(session, case, policy, "clarify", missing=missing(terms))


def confirmation_draft(session: Session, case: Case, order: Order, policy: Policy) -> str:
    """Our writing of an oral order, for the customer to confirm."""
    return _draft(session, case, policy, "order_confirmation", **_lines(wording_of(session, order)))


def query_draft(session: Session, case: Case, opinion: ReviewOpinion, policy: Policy) -> str:
    """A department's question."""
    return _draft(session, case, policy, "review_query", question=opinion.question)


def result_draft(session: Session, case: Case, review: Review, policy: Policy) -> str:
    """What the review came to."""
    passed = review.state == ReviewState.PASSED
    values = {"review": review.number, "passed": passed, "conclusion": review.conclusion}
    return _draft(session, case, policy, "review_result", **values, **_lines(review.wording))


def quotation_draft(
    session: Session, case: Case, quotation: Quotation, order: Order | None, policy: Policy
) -> str:
    """The letter that tells a quotation."""
    lines = _lines(wording_of(session, order) if order else {})
    return _draft(
        *(session, case, policy, "quotation"),
        quotation=quotation_number(case, quotation),
        day=quotation.quoted_on,
        amount=f"{quotation.amount_cents / 100:,.2f}",
        currency=quotation.currency,
        remark=quotation.words,
        **lines,
    )


def _draft(session: Session, case: Case, policy: Policy, message: str, **values: object) -> str:
    customer = session.get_one(Customer, case.customer_id)
    language = customer.required_language or case.language
    return words(message, language, company=policy.company, **values).text


def _lines(wording: JsonObject) -> JsonObject:
    """What the letters list of an order: never how we classify it."""
    names = ("product", "model", "quantity", "unit", "due_on", "address", "payment", "quality")
    return {
        "order": {name: wording.get(name) for name in names},
        "requirements": [sentence for _category, sentence in wording.get("special_requirements", ())],
    }
