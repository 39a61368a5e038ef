"""`huiyin survey …`: what the clock does for surveys, by hand, and what a person may decide there."""

import sys
from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, select

from bot.commands.office import OfficeError
from bot.house import House, utc_now
from store.engine import reading, writing
from store.tables import PlanState, SurveyCampaign, SurveyPlan, User
from survey.asking.campaigns import close as close_now
from survey.asking.campaigns import close_due, dispatch_due, open_due
from survey.asking.plans import approve, propose
from survey.asking.preview import preview
from survey.asking.reminding import remind_due
from survey.reporting.text import report_text


def plan(house: House) -> int:
    """Draft the half-yearly plan if there is none, and list all plans with the day they ask next."""
    now = utc_now()
    with writing(house.engine) as session:
        propose(session, now, house.policy)
        for one in session.exec(select(SurveyPlan).order_by(col(SurveyPlan.id))).all():
            following = preview(session, one, now, house.policy).following
            day = str(following.begins) if following and one.state == PlanState.APPROVED else "-"
            _line(one.id, one.state, one.rhythm, one.questionnaire, day, one.title)
    return 0


def send(house: House, by: str | None) -> int:
    """Open what is due and invite everybody; the drafts too, approved in the name of a colleague who may."""
    now = utc_now()
    if by is not None:
        with writing(house.engine) as session:
            user = _user(session, by)
            drafts = session.exec(select(SurveyPlan).where(col(SurveyPlan.state) == PlanState.DRAFT))
            for one in drafts.all():
                approve(session, one, user, now)
    with writing(house.engine) as session:
        open_due(session, now, house.policy)
    _line(f"invited: {_all(house, lambda session: dispatch_due(session, utc_now(), house.policy))}")
    return 0


def remind(house: House) -> int:
    """Remind those who are silent and whose day has come."""
    _line(f"reminded: {_all(house, lambda session: remind_due(session, utc_now(), house.policy))}")
    return 0


def close(house: House, campaign_id: int | None, by: str | None) -> int:
    """Close what is over; a named campaign at once, in the name of a colleague who may."""
    now = utc_now()
    with writing(house.engine) as session:
        done = close_due(session, now, house.policy)
        if campaign_id is not None:
            if by is None:
                raise OfficeError("Say in whose name it is closed: --by USER")
            close_now(session, _campaign(session, campaign_id), _user(session, by), now, house.policy)
            done += 1
    _line(f"closed: {done}")
    return 0


def report(house: House, campaign_id: int | None) -> int:
    """满意度分析报告 of a campaign as text, in the company's language; of the newest, if none is named."""
    with reading(house.engine) as session:
        newest = select(SurveyCampaign.id).order_by(col(SurveyCampaign.id).desc())
        if (number := campaign_id or session.exec(newest).first()) is None:
            raise OfficeError("There is no survey yet; see: huiyin survey plan")
        text = report_text(
            session, _campaign(session, number), utc_now(), house.policy, house.policy.language
        )
    sys.stdout.write(text)
    return 0


def would_ask(house: House, at: datetime) -> None:
    """Whom each plan that runs would ask at that moment, and where: the dry run of the ring `surveys`."""
    with reading(house.engine) as session:
        running = select(SurveyPlan).where(col(SurveyPlan.state) == PlanState.APPROVED)
        for one in session.exec(running.order_by(col(SurveyPlan.id))).all():
            seen = preview(session, one, at, house.policy)
            period = seen.running.period if seen.running else "-"
            _line(
                *(f"# {one.title}", one.questionnaire, period, f"meant {seen.meant}", f"asked {seen.asked}"),
                *(f"unreachable {seen.unreachable}", f"resting {seen.resting}"),
            )
            for way in seen.first:
                where, language = way.address, way.language(house.policy)
                _line(way.customer.name, way.contact.name, where.channel, where.address, language)


def _line(*cells: object) -> None:
    sys.stdout.write("\t".join(map(str, cells)) + "\n")


def _all(house: House, ring: Callable[[Session], int]) -> int:
    """Ring until nothing is left to do."""
    done = 0
    while True:
        with writing(house.engine) as session:
            now_done = ring(session)
        if not now_done:
            return done
        done += now_done


def _user(session: Session, name: str) -> User:
    user = session.exec(select(User).where(col(User.name) == name)).first()
    if user is None:
        raise OfficeError(f"There is no user {name}; add one with: huiyin user add {name} --role manager")
    return user


def _campaign(session: Session, campaign_id: int) -> SurveyCampaign:
    found = session.get(SurveyCampaign, campaign_id)
    if found is None:
        raise OfficeError(f"There is no campaign {campaign_id}; see their numbers on the desk, under 满意度.")
    return found
