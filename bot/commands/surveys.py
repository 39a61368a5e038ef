"""`huiyin survey plan` and `huiyin survey send`: the half-yearly survey by hand."""

import sys

from sqlmodel import col, select

from bot.commands.office import OfficeError
from bot.house import House, utc_now
from casework.rights import NotAllowed
from store.engine import writing
from store.tables import CampaignState, SurveyCampaign, User
from survey.campaigns import dispatch_due, plan_due, release


def plan(house: House) -> int:
    """Plan the campaign of this half-year, if it is due and there is a customer to ask."""
    with writing(house.engine) as session:
        planned = plan_due(session, utc_now(), house.policy)
    sys.stdout.write(f"planned: {planned}\n")
    return 0


def send(house: House, by: str) -> int:
    """Release what is planned in the name of a colleague who may, and invite everybody it asks."""
    now = utc_now()
    with writing(house.engine) as session:
        user = session.exec(select(User).where(col(User.name) == by)).first()
        if user is None:
            raise OfficeError(f"There is no user {by}; add one with: huiyin user add {by} --role manager")
        planned = select(SurveyCampaign).where(col(SurveyCampaign.state) == CampaignState.PLANNED)
        for campaign in session.exec(planned).all():
            try:
                release(session, campaign, user, now, house.policy)
            except NotAllowed as problem:
                raise OfficeError(str(problem)) from problem
    asked = 0
    while invited := _dispatch(house):
        asked += invited
    sys.stdout.write(f"invited: {asked}\n")
    return 0


def _dispatch(house: House) -> int:
    with writing(house.engine) as session:
        return dispatch_due(session, utc_now(), house.policy)
