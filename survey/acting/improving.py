"""Working off an action: analysed, given to somebody with a day, done in words, or dropped for a reason."""

from datetime import date, datetime

from sqlmodel import Session

from casework import clocks
from casework.owing import owe_colleague
from casework.policy import Policy
from casework.rights import Right, demand, may
from casework.wording import Notice
from store.history import DESK, log, tell
from store.tables import (
    ActionState,
    DeadlineKind,
    OutgoingKind,
    SurveyAction,
    SurveyCampaign,
    User,
)
from survey.questionnaires.keeping import as_asked

LONGEST = 4000


class ActionError(Exception):
    """It cannot be done as asked; the sentence says why."""


def plan_action(
    session: Session,
    action: SurveyAction,
    analysis: str,
    solution: str,
    owner: User | None,
    due_on: date | None,
    user: User,
    now: datetime,
    policy: Policy,
) -> None:
    """Write down why it fell short, what is done about it, by whom and until when; its clock follows."""
    demand(user, Right.INVESTIGATE)
    _demand_state(action, ActionState.OPEN)
    if owner is not None and not can_own(owner):
        raise ActionError("Give it to somebody who leads a department: head, quality or manager.")
    if due_on is not None and due_on != action.due_on and due_on < now.astimezone(policy.timezone).date():
        raise ActionError("The day by which it is done has to lie ahead.")
    before = action.owner_id, action.due_on
    action.analysis, action.solution = analysis.strip()[:LONGEST], solution.strip()[:LONGEST]
    action.owner_id, action.due_on = owner.id if owner else None, due_on
    if before != (action.owner_id, action.due_on):
        stop_clock(session, action, now, met=False)
        start_clock(session, action, now, policy)
    if owner is not None and owner.id != before[0] and owner.id != user.id:
        _tell_owner(session, action, owner, now)
    _note(session, "survey_action_planned", action, user, now)


def finish(session: Session, action: SurveyAction, outcome: str, user: User, now: datetime) -> None:
    """It is carried out; the next survey shows whether it helped."""
    demand(user, Right.INVESTIGATE)
    _demand_state(action, ActionState.OPEN)
    if not action.analysis or not action.solution:
        raise ActionError("Write down the analysis and the solution first.")
    if not outcome.strip():
        raise ActionError("Say in words what was done.")
    action.state, action.outcome = ActionState.DONE, outcome.strip()[:LONGEST]
    action.done_by, action.done_at = user.id, now
    stop_clock(session, action, now, met=True)
    _note(session, "survey_action_done", action, user, now)


def drop(session: Session, action: SurveyAction, reason: str, user: User, now: datetime) -> None:
    """Nothing needs doing; the reason is what the analysis came to."""
    demand(user, Right.INVESTIGATE)
    _demand_state(action, ActionState.OPEN)
    if not reason.strip():
        raise ActionError("Say why nothing needs doing.")
    action.state, action.analysis = ActionState.DROPPED, reason.strip()[:LONGEST]
    action.done_by, action.done_at = user.id, now
    stop_clock(session, action, now, met=False)
    _note(session, "survey_action_dropped", action, user, now)


def take_up_again(session: Session, action: SurveyAction, user: User, now: datetime, policy: Policy) -> None:
    """It was called done or dropped by mistake. What customers were told cannot be taken back."""
    demand(user, Right.INVESTIGATE)
    if action.state == ActionState.OPEN or action.told_at is not None or action.remeasured_in is not None:
        raise ActionError("This action cannot be taken up again.")
    action.state, action.done_by, action.done_at = ActionState.OPEN, None, None
    start_clock(session, action, now, policy)
    _note(session, "survey_action_reopened", action, user, now)


def record_meeting(
    session: Session,
    action: SurveyAction,
    met_on: date,
    minutes: str,
    user: User,
    now: datetime,
    policy: Policy,
) -> None:
    """What quality, engineering and production came to, of the whole result (S0 5.2.3.3.3)."""
    demand(user, Right.INVESTIGATE)
    if action.meeting_on is None:
        raise ActionError("No meeting was called about this.")
    if met_on > now.astimezone(policy.timezone).date():
        raise ActionError("Minutes are written after the meeting.")
    if not minutes.strip():
        raise ActionError("Write down what the meeting came to.")
    action.met_on, action.minutes = met_on, minutes.strip()[:LONGEST]
    _note(session, "survey_meeting_held", action, user, now)


def can_own(user: User) -> bool:
    """Who leads a department carries it out, or sees that it is (S3 3.2)."""
    return user.active and may(user.role, Right.INVESTIGATE)


def start_clock(session: Session, action: SurveyAction, now: datetime, policy: Policy) -> None:
    """Remind its owner before the site closes on its day, and after."""
    if action.due_on is None:
        return
    due_at = datetime.combine(action.due_on, policy.closes, policy.timezone)
    clocks.start(
        *(session, DeadlineKind.SURVEY_ACTION, min(now, due_at), due_at, policy),
        about=_clock(action),
        user_id=action.owner_id,
    )


def stop_clock(session: Session, action: SurveyAction, now: datetime, *, met: bool) -> None:
    """It reminds nobody any more."""
    clocks.end(session, DeadlineKind.SURVEY_ACTION, now, about=_clock(action), met=met)
    session.flush()  # another may begin now


def _clock(action: SurveyAction) -> str:
    return f"survey_action:{action.id}"


def _demand_state(action: SurveyAction, state: ActionState) -> None:
    if action.state != state:
        raise ActionError("This action is done or dropped already.")


def _tell_owner(session: Session, action: SurveyAction, owner: User, now: datetime) -> None:
    campaign = session.get_one(SurveyCampaign, action.campaign_id)
    asked = as_asked(session, campaign.questionnaire, campaign.questionnaire_version)
    label = next((item.label for item in asked.items if item.id == action.item), None)
    values = {
        "campaign": campaign.id,
        "action": action.id,
        "period": campaign.period,
        "label": {"zh": label.zh, "en": label.en} if label else None,
        "result": f"{action.result:g}",
        "due_on": action.due_on.isoformat() if action.due_on else None,
    }
    key = f"survey_action:{action.id}:{now.timestamp()}"
    notice = Notice("survey_action", values)
    owe_colleague(session, OutgoingKind.NOTICE, key, owner, notice, now, case_id=None)


def _note(session: Session, what: str, action: SurveyAction, user: User, now: datetime) -> None:
    details = {"campaign": action.campaign_id, "action": action.id, "item": action.item}
    log(session, what, now, user_id=user.id, details=details)
    tell(session, DESK, now)
