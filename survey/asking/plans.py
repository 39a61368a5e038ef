"""Plans: drafted by whoever leads, approved once by the manager; from then on they run by themselves."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, exists, select, update

from casework.policy import Policy
from casework.rights import Right, demand
from store.history import DESK, log, tell
from store.tables import (
    Audience,
    Channel,
    Customer,
    CustomerStatus,
    PlanState,
    Rhythm,
    SurveyEvent,
    SurveyPlan,
    User,
)
from survey.questionnaires import QuestionnaireError
from survey.questionnaires.keeping import keep_shipped, newest

QUESTIONNAIRE = "smt-100"
TITLE = "半年度客户满意度调查"
CHANNELS: tuple[str, ...] = (Channel.EMAIL, Channel.TELEGRAM, Channel.WEBCHAT)
FEWEST = 60  # percent of a sample (S2)
REMINDERS = 5


class PlanError(Exception):
    """The plan cannot be like this; the sentence says why."""


@dataclass(frozen=True)
class Wanted:
    """What a plan is to be like: the columns of `survey_plans` that people decide."""

    title: str
    questionnaire: str
    rhythm: Rhythm
    starts_on: date
    event: SurveyEvent | None = None
    worth_cents: int | None = None
    after_days: int = 3
    audience: Audience = Audience.ALL
    share: int = 100
    owner_id: int | None = None
    product: str = ""
    every_contact: bool = False
    channels: Sequence[str] = field(default=CHANNELS)
    per_minute: int | None = 60
    open_days: int = 7
    reminder_days: Sequence[int] = (2, 4)
    rest_days: int = 60
    target: float | None = None
    internal_share: int = 50


def propose(session: Session, now: datetime, policy: Policy) -> SurveyPlan | None:
    """The half-yearly plan of S0 and S3 as a draft, once there is somebody to ask and no plan at all."""
    someone = exists().where(col(Customer.status) == CustomerStatus.EXISTING)
    if not session.exec(select(someone & ~exists().where(col(SurveyPlan.id).is_not(None)))).one():
        return None
    wanted = Wanted(TITLE, QUESTIONNAIRE, Rhythm.HALF_YEARLY, _half_year(now, policy.timezone))
    return _added(session, wanted, None, now)


def draft(session: Session, wanted: Wanted, user: User, now: datetime) -> SurveyPlan:
    """A new plan, which waits for its approval; PlanError if it cannot be like this."""
    demand(user, Right.PLAN_SURVEYS)
    _check(session, wanted)
    return _added(session, wanted, user, now)


def change(session: Session, plan: SurveyPlan, wanted: Wanted, user: User, now: datetime) -> None:
    """Write a plan anew. It asks nobody again before it is approved; what runs goes on as approved."""
    demand(user, Right.PLAN_SURVEYS)
    _check(session, wanted)
    for name, value in _columns(session, wanted).items():
        setattr(plan, name, value)
    plan.state, plan.approved_by, plan.approved_at = PlanState.DRAFT, None, None
    _note(session, "survey_plan_changed", plan, user, now)


def approve(session: Session, plan: SurveyPlan, user: User, now: datetime) -> bool:
    """Let a plan run as it stands, with its questionnaire as it is worded; False if it is no draft any more.

    Raises NotAllowed for a person who may not (S2 4.3.1).
    """
    demand(user, Right.APPROVE_SURVEYS)
    keep_shipped(session, plan.questionnaire, now)
    changed = session.exec(
        update(SurveyPlan)
        .where(col(SurveyPlan.id) == plan.id, col(SurveyPlan.state) == PlanState.DRAFT)
        .values(state=PlanState.APPROVED, approved_by=user.id, approved_at=now)
    )
    if changed.rowcount == 0:
        return False
    session.refresh(plan)
    _note(session, "survey_plan_approved", plan, user, now)
    return True


def end(session: Session, plan: SurveyPlan, user: User, now: datetime) -> None:
    """Ask nobody any more by this plan; written anew and approved it goes on."""
    demand(user, Right.PLAN_SURVEYS)
    if plan.state != PlanState.ENDED:
        plan.state = PlanState.ENDED
        _note(session, "survey_plan_ended", plan, user, now)


def approved(session: Session) -> list[SurveyPlan]:
    """The plans that run, held against every other process until this transaction ends.

    Who was asked lately is known only once the other's invitations are committed: so processes ask in turn.
    """
    found = (
        select(SurveyPlan)
        .where(col(SurveyPlan.state) == PlanState.APPROVED)
        .order_by(col(SurveyPlan.id))
        .with_for_update()
    )
    return list(session.exec(found))


def _half_year(now: datetime, timezone: ZoneInfo) -> date:
    local = now.astimezone(timezone).date()
    return local.replace(month=1 if local.month <= 6 else 7, day=1)


def _added(session: Session, wanted: Wanted, user: User | None, now: datetime) -> SurveyPlan:
    plan = SurveyPlan(
        **_columns(session, wanted),
        seed=secrets.randbelow(2**31),
        made_by=user.id if user else None,
        created_at=now,
    )
    session.add(plan)
    session.flush()
    _note(session, "survey_planned", plan, user, now)
    return plan


def _columns(session: Session, wanted: Wanted) -> dict[str, Any]:
    """As the row holds it: what the rhythm or audience has no use for is left out."""
    values = asdict(wanted) | {
        "questionnaire_version": newest(session, wanted.questionnaire).version,
        "channels": list(wanted.channels),
        "reminder_days": list(wanted.reminder_days),
    }
    if wanted.rhythm != Rhythm.EVENT:
        values |= {"event": None, "worth_cents": None}
    if wanted.audience != Audience.SAMPLE:
        values["share"] = 100
    if wanted.audience != Audience.OWNER:
        values["owner_id"] = None
    return values


def _check(session: Session, wanted: Wanted) -> None:
    try:
        asked = newest(session, wanted.questionnaire)
    except QuestionnaireError as problem:
        raise PlanError("Choose a questionnaire.") from problem
    is_event, of_product = wanted.rhythm == Rhythm.EVENT, wanted.audience == Audience.PRODUCT
    rules = {
        "Give the plan a title.": bool(wanted.title.strip()),
        "Say which event the customers are asked after.": not is_event or wanted.event is not None,
        "Name the product.": bool(wanted.product.strip())
        or not (of_product or (is_event and wanted.event == SurveyEvent.NEW_PRODUCT)),
        f"A sample is at least {FEWEST} % of the customers.": FEWEST <= wanted.share <= 100,
        "After events every customer concerned is asked, not a sample.": not is_event
        or wanted.audience == Audience.ALL,
        "Choose whose customers are asked.": wanted.audience != Audience.OWNER
        or (wanted.owner_id is not None and session.get(User, wanted.owner_id) is not None),
        "Choose at least one channel.": bool(wanted.channels) and set(wanted.channels) <= set(CHANNELS),
        "A survey is open for 1 to 60 days.": 1 <= wanted.open_days <= 60,
        f"There can be up to {REMINDERS} reminders, each on a later working day than the one before.": (
            len(wanted.reminder_days) <= REMINDERS
            and all(1 <= day <= 60 for day in wanted.reminder_days)
            and list(wanted.reminder_days) == sorted(set(wanted.reminder_days))
        ),
        "The target lies beyond the best result.": wanted.target is None or wanted.target <= float(asked.top),
    }
    for sentence, holds in rules.items():
        if not holds:
            raise PlanError(sentence)


def _note(session: Session, action: str, plan: SurveyPlan, user: User | None, now: datetime) -> None:
    details = {"plan": plan.id, "title": plan.title}
    log(session, action, now, user_id=user.id if user else None, details=details)
    tell(session, DESK, now)
