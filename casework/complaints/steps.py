"""How far a complaint is: registered → cause → countermeasure → replied → effect → closed."""

from enum import StrEnum
from typing import NamedTuple

from store.tables import Complaint


class Step(StrEnum):
    """What is to be done, in order."""

    REGISTERED = "registered"
    CAUSE = "cause"
    COUNTERMEASURE = "countermeasure"  # filled in and signed by head and sales
    REPLIED = "replied"
    EFFECT = "effect"
    CLOSED = "closed"


class Facts(NamedTuple):
    """What is known beside the form."""

    signed: bool  # the countermeasure, by both sides
    replied: bool  # a person has answered the customer
    closed: bool


def done(complaint: Complaint, facts: Facts) -> dict[Step, bool]:
    """Every step, and whether it is done. They need not be done in order: an answer may come early."""
    return {
        Step.REGISTERED: True,
        Step.CAUSE: bool(complaint.cause and complaint.unit),
        Step.COUNTERMEASURE: bool(complaint.countermeasure) and facts.signed,
        Step.REPLIED: facts.replied,
        Step.EFFECT: complaint.effect_at is not None,
        Step.CLOSED: facts.closed,
    }


def next_step(complaint: Complaint, facts: Facts) -> Step | None:
    """The first that is not done; None when all are."""
    return next((step for step, is_done in done(complaint, facts).items() if not is_done), None)
