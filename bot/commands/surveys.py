"""`huiyin survey …`: what the clock does for surveys, by hand."""

import sys

from sqlmodel import col, select

from bot.commands.office import OfficeError
from bot.house import House, utc_now
from casework.rights import NotAllowed
from store.engine import writing
from store.tables import PlanState, SurveyPlan, User
from survey.campaigns import dispatch_due, open_due
from survey.plans import approve, propose


def plan(house: House) -> int:
    """Propose the half-yearly plan, if there is none yet and there is a customer to ask."""
    with writing(house.engine) as session:
        planned = propose(session, utc_now(), house.policy)
    sys.stdout.write(f"planned: {0 if planned is None else 1}\n")
    return 0


def send(house: House, by: str) -> int:
    """Approve the drafts in the name of a colleague who may, and invite everybody who is due."""
    now = utc_now()
    with writing(house.engine) as session:
        user = session.exec(select(User).where(col(User.name) == by)).first()
        if user is None:
            raise OfficeError(f"There is no user {by}; add one with: huiyin user add {by} --role manager")
        for draft in session.exec(select(SurveyPlan).where(col(SurveyPlan.state) == PlanState.DRAFT)).all():
            try:
                approve(session, draft, user, now)
            except NotAllowed as problem:
                raise OfficeError(str(problem)) from problem
    asked = 0
    while invited := _dispatch(house):
        asked += invited
    sys.stdout.write(f"invited: {asked}\n")
    return 0


def _dispatch(house: House) -> int:
    with writing(house.engine) as session:
        open_due(session, utc_now(), house.policy)
        return dispatch_due(session, utc_now(), house.policy)
