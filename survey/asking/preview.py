"""What a plan would do if it asked now, for whoever approves it: nothing is sent, nothing is written."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from sqlalchemy import ColumnElement
from sqlmodel import Session, func, select

from casework.policy import Policy
from store.tables import Audience, Customer, Rhythm, SurveyPlan
from survey.asking.audience import audience, meant, reachable, rested
from survey.asking.inviting import Way, to_ask
from survey.asking.periods import Round, next_round, round_of

SHOWN = 50


@dataclass(frozen=True)
class Preview:
    """Customers counted, the first of them named; of events only those that wait to be asked about."""

    running: Round | None
    following: Round | None
    meant: int
    unreachable: int  # no address that the plan may use, or they refuse surveys
    resting: int  # asked by some plan not long ago
    asked: int  # would be invited
    first: list[Way]


def preview(session: Session, plan: SurveyPlan, now: datetime, policy: Policy) -> Preview:
    """Counted and listed as the plan stands, approved or not."""

    def count(*conditions: ColumnElement[bool]) -> int:
        found = select(func.count()).select_from(Customer).where(*audience(plan), *conditions)
        return session.exec(found).one()

    today = now.astimezone(policy.timezone).date()
    first = to_ask(session, plan, None, now, SHOWN)
    all_meant, reached = meant(session, plan), count(reachable(plan))
    ready = count(reachable(plan), rested(plan, None, now))
    asked = ready
    if plan.audience == Audience.SAMPLE:
        asked = min(ready, ceil(all_meant * plan.share / 100))
    return Preview(
        running=round_of(plan.rhythm, plan.starts_on, today),
        following=next_round(plan.rhythm, plan.starts_on, today),
        meant=all_meant,
        unreachable=all_meant - reached,
        resting=reached - ready,
        asked=len(first) if plan.rhythm == Rhythm.EVENT else asked,
        first=first,
    )
