"""What a customer required before goes with its next order (S1: 以往客户类似产品的顾客特殊要求)."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from casework.policy import Policy
from casework.rights import Right, demand
from store.adding import append
from store.history import DESK, log, tell
from store.tables import Case, RequirementScope, SpecialRequirement, User

OFFERED = 20


def carry_by_themselves(
    session: Session,
    case: Case,
    now: datetime,
    policy: Policy,
    *,
    said: frozenset[tuple[str, str]] = frozenset(),
) -> int:
    """Requirements for whatever the customer orders join an order unasked; return how many did.

    `said` are the category and words of those that its message brings and that are not written yet.
    """
    with session.no_autoflush:  # a batch of messages is written at once
        asked = _asked(case, _today(now, policy))
        known = [
            one
            for one in session.exec(_earlier(of_all_orders=True), params=asked)
            if (one.category, one.sentence) not in said
        ]
    _carry(session, case, known, now)
    return len(known)


def offered(session: Session, case: Case, now: datetime, policy: Policy) -> list[SpecialRequirement]:
    """What the customer required before and may mean again, newest first; each wording once."""
    earlier = _earlier(of_all_orders=False).limit(5 * OFFERED)
    found = list(session.exec(earlier, params=_asked(case, _today(now, policy))))
    once = {(requirement.category, requirement.sentence): requirement for requirement in reversed(found)}
    return sorted(once.values(), key=lambda requirement: -(requirement.id or 0))[:OFFERED]


def take_over(
    session: Session, case: Case, chosen: Iterable[int], user: User, now: datetime, policy: Policy
) -> int:
    """A person says that these earlier requirements hold for this order, too; return how many were new."""
    demand(user, Right.KEEP_REQUIREMENTS)
    wanted = set(chosen)
    found = [one for one in offered(session, case, now, policy) if one.id in wanted]
    _carry(session, case, found, now)
    if found:
        details = {"requirements": [requirement.id for requirement in found]}
        log(session, "requirements_carried", now, user_id=user.id, case_id=case.id, details=details)
        tell(session, DESK, now)
    return len(found)


@cache
def _earlier(*, of_all_orders: bool) -> SelectOfScalar[SpecialRequirement]:
    """Valid requirements of the customer that the case does not have: neither carried nor in the same words.

    A carried one stands for the one that it came from. Put together once: every order that comes in asks.
    """
    own = aliased(SpecialRequirement)
    same_words = (col(own.category) == col(SpecialRequirement.category)) & (
        col(own.sentence) == col(SpecialRequirement.sentence)
    )
    had = exists().where(
        col(own.case_id) == bindparam("case_id"),
        (col(own.carried_from) == col(SpecialRequirement.id)) | same_words,
    )
    valid_until = col(SpecialRequirement.valid_until)
    earlier = (
        select(SpecialRequirement)
        .where(
            col(SpecialRequirement.customer_id) == bindparam("customer_id"),
            col(SpecialRequirement.carried_from).is_(None),
            col(SpecialRequirement.withdrawn_at).is_(None),
            valid_until.is_(None) | (valid_until >= bindparam("today")),
            ~had,
        )
        .order_by(col(SpecialRequirement.id).desc())
    )
    if of_all_orders:
        return earlier.where(col(SpecialRequirement.scope) == RequirementScope.CUSTOMER.value)
    return earlier


def _asked(case: Case, today: date) -> dict[str, Any]:
    return {"case_id": case.id, "customer_id": case.customer_id, "today": today}


def _carry(session: Session, case: Case, requirements: list[SpecialRequirement], now: datetime) -> None:
    for requirement in requirements:
        append(
            session,
            SpecialRequirement,
            customer_id=case.customer_id,
            case_id=case.id,
            carried_from=requirement.id,
            category=requirement.category,
            source=requirement.source,
            sentence=requirement.sentence,
            scope=requirement.scope,
            product=requirement.product,
            identified_by=requirement.identified_by,
            identified_on=requirement.identified_on,
            valid_until=requirement.valid_until,
            priority=requirement.priority,
            department=requirement.department,
            created_at=now,
        )
    if requirements:
        categories = {requirement.category for requirement in requirements}
        case.requirement_categories = sorted({*case.requirement_categories, *categories})


def _today(now: datetime, policy: Policy) -> date:
    return now.astimezone(policy.timezone).date()
