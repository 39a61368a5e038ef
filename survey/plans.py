"""Plans: made by anybody who leads, approved once by the manager; from then on they run by themselves."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, exists, select, update

from casework.policy import Policy
from casework.rights import Right, demand
from store.history import DESK, log, tell
from store.tables import (
    Channel,
    Customer,
    CustomerStatus,
    PlanState,
    Rhythm,
    SurveyPlan,
    User,
)
from survey.questionnaires.keeping import keep_shipped, newest

QUESTIONNAIRE = "smt-100"
TITLE = "半年度客户满意度调查"
CHANNELS: list[str] = [Channel.EMAIL, Channel.TELEGRAM, Channel.WEBCHAT]


def propose(session: Session, now: datetime, policy: Policy) -> SurveyPlan | None:
    """The half-yearly plan of S0 and S3 as a draft, once there is somebody to ask and no plan at all."""
    someone = exists().where(col(Customer.status) == CustomerStatus.EXISTING)
    if not session.exec(select(someone & ~exists().where(col(SurveyPlan.id).is_not(None)))).one():
        return None
    plan = SurveyPlan(
        title=TITLE,
        questionnaire=QUESTIONNAIRE,
        questionnaire_version=newest(session, QUESTIONNAIRE).version,
        rhythm=Rhythm.HALF_YEARLY,
        starts_on=_half_year(now, policy.timezone),
        channels=list(CHANNELS),
        created_at=now,
    )
    session.add(plan)
    session.flush()
    log(session, "survey_planned", now, details={"plan": plan.id, "title": plan.title})
    tell(session, DESK, now)
    return plan


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
    log(session, "survey_plan_approved", now, user_id=user.id, details={"plan": plan.id, "title": plan.title})
    tell(session, DESK, now)
    return True


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
