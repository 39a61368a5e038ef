"""What follows from a closed survey: what fell short is acted on, what was acted on is measured again.

S3 4.4.2 ⑷ asks for an analysis and a solution of each indicator at 一般 or lower. ◦ Indicators are the items:
a section's result is the mean of its items, so where it stands at 一般 one of them does, and is analysed.
S2 4.1.3 asks for corrective action where the whole falls short of its target, S0 5.2.3.3.3 for a meeting of
quality, engineering and production where it lies below the questionnaire's bar (`smt-100`: 85).
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, func, or_, select

from casework.calendar_days import working_days
from casework.owing import owe_colleague
from casework.policy import Policy
from casework.reviews.departments import PRODUCTION, QUALITY, TECHNICAL
from casework.wording import Notice
from store.columns import JsonObject
from store.history import DESK, log, tell
from store.tables import (
    ActionState,
    OutgoingKind,
    Role,
    SurveyAction,
    SurveyCampaign,
    SurveyPlan,
    User,
)
from survey.acting.bars import bar_of, falls_short
from survey.acting.improving import start_clock
from survey.acting.targets import review_target
from survey.answering.low_scores import CALLED
from survey.questionnaires import Questionnaire
from survey.reporting.scoring import Tally, overall
from survey.reporting.tallying import tallied

ACT_WITHIN = 10  # ◦ working days, until somebody sets another day
MEET_WITHIN = 2  # ◦ working days, as long as a CAPA may take (S2 5.7)
MEETING = (QUALITY, TECHNICAL, PRODUCTION)  # S0 5.2.3.3.3: 召集品质、工程、生产等相关单位开会
_OWNERS = (Role.QUALITY, Role.HEAD, Role.MANAGER)  # ◦ who has it first: quality analyses (S2 4.2.2)


def open_actions(session: Session, campaign: SurveyCampaign, now: datetime, policy: Policy) -> int:
    """Open an action for each indicator that fell short, and for the whole; return how many were opened.

    What was improved since an earlier survey is measured again. Called again it changes nothing.
    """
    asked, counted = tallied(session, campaign)
    results = {item.id: overall(asked, counted, [item]) for item in asked.items}
    whole = results[""] = overall(asked, counted)
    if whole is None:
        return 0
    again = _measure_again(session, campaign, results)
    review_target(session, campaign, whole, asked.top)
    opened = _missing(session, campaign, _found(session, campaign, asked, counted, results, now))
    if opened:
        _give(session, opened, asked, now, policy)
        _call(session, campaign, asked, opened, whole, now)
    if opened or again:
        details = {"campaign": campaign.id, "period": campaign.period}
        details |= {"opened": len(opened), "remeasured": again}
        log(session, "survey_followed", now, details=details)
        tell(session, DESK, now)
    return len(opened)


def _found(
    session: Session,
    campaign: SurveyCampaign,
    asked: Questionnaire,
    counted: dict[str, Tally],
    results: dict[str, float | None],
    now: datetime,
) -> list[SurveyAction]:
    """What is to be acted on: at its bar or lower, or worse than when it was last acted on."""
    bars = _bars(campaign, asked, results[""] or 0)
    short = {item.id for item in asked.items if falls_short(item, counted[item.id])}
    if (results[""] or 0) < bars.get("", -asked.top):
        short.add("")
    former = _former(session, campaign)
    found = []
    for name, bar in bars.items():
        result, before = results[name], former.get(name)
        worse = result is not None and _got_worse(before, campaign)
        if result is not None and (name in short or worse):
            found.append(
                SurveyAction(
                    campaign_id=campaign.id or 0,
                    item=name,
                    result=result,
                    bar=bar,
                    former_id=before.id if before else None,
                    created_at=now,
                )
            )
    return found


def _bars(campaign: SurveyCampaign, asked: Questionnaire, whole: float) -> dict[str, float]:
    """What each item has to be above, up to the best result; the whole, the higher of what it missed."""
    shares = {item.id: bar_of(item) for item in asked.items}
    bars = {name: float(round(asked.top * share, 2)) for name, share in shares.items() if share is not None}
    asked_for = [float(one) for one in (campaign.target, asked.bar) if one is not None]
    if asked_for:
        bars[""] = max((one for one in asked_for if whole < one), default=asked_for[0])
    return bars


def _former(session: Session, campaign: SurveyCampaign) -> dict[str, SurveyAction]:
    """The newest action of each item of this questionnaire, in whatever version, from an earlier survey."""
    newest = (
        select(func.max(col(SurveyAction.id)))
        .join(SurveyCampaign, col(SurveyCampaign.id) == col(SurveyAction.campaign_id))
        .where(
            col(SurveyCampaign.questionnaire) == campaign.questionnaire,
            col(SurveyCampaign.id) != campaign.id,
        )
        .group_by(col(SurveyAction.item))
    )
    found = session.exec(select(SurveyAction).where(col(SurveyAction.id).in_(newest)))
    return {action.item: action for action in found}


def _got_worse(before: SurveyAction | None, campaign: SurveyCampaign) -> bool:
    """Whether this survey measured an improvement and found it worse than before."""
    if before is None or before.remeasured_in != campaign.id or before.remeasured is None:
        return False
    return before.remeasured < before.result


def _measure_again(session: Session, campaign: SurveyCampaign, results: dict[str, float | None]) -> int:
    """Write the new result beside what was done before this survey began ◦; return of how many."""
    done = session.exec(
        select(SurveyAction)
        .join(SurveyCampaign, col(SurveyCampaign.id) == col(SurveyAction.campaign_id))
        .where(
            col(SurveyAction.state) == ActionState.DONE,
            col(SurveyAction.remeasured_in).is_(None),
            col(SurveyAction.done_at) <= campaign.opens_at,
            col(SurveyCampaign.questionnaire) == campaign.questionnaire,
            col(SurveyCampaign.id) != campaign.id,
        )
    ).all()
    again = [action for action in done if results.get(action.item) is not None]
    for action in again:
        action.remeasured_in, action.remeasured = campaign.id, results[action.item]
    session.flush()
    return len(again)


def _missing(session: Session, campaign: SurveyCampaign, found: list[SurveyAction]) -> list[SurveyAction]:
    """Those that are not there yet, added. The campaign is locked by whoever closes it."""
    of_it = select(SurveyAction.item).where(col(SurveyAction.campaign_id) == campaign.id)
    known = set(session.exec(of_it))
    opened = [action for action in found if action.item not in known]
    session.add_all(opened)
    session.flush()
    return opened


def _give(
    session: Session, opened: Sequence[SurveyAction], asked: Questionnaire, now: datetime, policy: Policy
) -> None:
    """To somebody, with a day, so that it is asked after; the whole with a day for its meeting."""
    today = now.astimezone(policy.timezone).date()
    calendar = working_days(session, policy, today)

    def day(days: int) -> date:
        return calendar.later(now, days).at.astimezone(policy.timezone).date()

    owner = _first_owner(session)
    for action in opened:
        action.owner_id, action.due_on = owner, day(ACT_WITHIN)
        if not action.item and asked.bar is not None and action.result < asked.bar:
            action.meeting_on = day(MEET_WITHIN)
        start_clock(session, action, now, policy)


def _first_owner(session: Session) -> int | None:
    people = session.exec(
        select(User).where(col(User.active), col(User.role).in_(_OWNERS)).order_by(col(User.id))
    ).all()
    first = min(people, key=lambda one: _OWNERS.index(one.role), default=None)
    return first.id if first else None


def _call(
    session: Session,
    campaign: SurveyCampaign,
    asked: Questionnaire,
    opened: Sequence[SurveyAction],
    whole: float,
    now: datetime,
) -> None:
    """Tell those who must act, and whoever is called to the meeting: one notice each."""
    labels = {item.id: item.label for item in asked.items}
    meeting_on = next((action.meeting_on for action in opened if action.meeting_on), None)
    values: JsonObject = {
        "campaign": campaign.id,
        "title": session.get_one(SurveyPlan, campaign.plan_id).title,
        "period": campaign.period,
        "result": f"{whole:g}",
        "top": f"{float(asked.top):g}",
        "whole_bar": next((f"{action.bar:g}" for action in opened if not action.item), None),
        "meeting_on": meeting_on.isoformat() if meeting_on else None,
        "due_on": max(action.due_on for action in opened if action.due_on).isoformat(),
        "found": [
            {"zh": labels[action.item].zh, "en": labels[action.item].en, "result": f"{action.result:g}"}
            for action in opened
            if action.item
        ],
    }
    called = col(User.role).in_(CALLED)
    meets = (col(User.role) == Role.REVIEWER) & col(User.department).in_(MEETING if meeting_on else ())
    notice, key = Notice("survey_actions", values), f"survey_actions:{campaign.id}"
    for person in session.exec(
        select(User).where(col(User.active), or_(called, meets)).order_by(col(User.id))
    ):
        owe_colleague(session, OutgoingKind.NOTICE, key, person, notice, now, case_id=None)
