"""Market information (市场信息) at `/desk/market`: what was heard in a month, quarter or year, by subject."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
from fastapi.responses import Response
from sqlmodel import Session

from casework.reports.market import Heard, Subject, Unit, notes, period_around, subjects
from casework.reports.periods import EARLIEST, LATEST, Period
from casework.reports.sheets import Column, Sheet
from casework.rights import Right
from store.desk import PAGE
from store.engine import reading
from store.tables import MarketTopic, customer_code
from web.customer_words import market_word
from web.desk.downloads import as_file, dated
from web.desk.page import desk_page, desk_router
from web.i18n import _
from web.office import AtWork
from web.signed_in import SignedIn, holding

router = desk_router()
READERS = [holding(Right.READ_REPORTS)]
NEWEST = 10  # of each subject, until one is chosen


@dataclass(frozen=True)
class Chosen:
    """The report that an address asks for."""

    unit: Unit
    period: Period
    topic: MarketTopic | None

    @property
    def before(self) -> date:
        """A day of the period before."""
        return self.period.first - timedelta(days=1)

    @property
    def after(self) -> date:
        """A day of the next period."""
        return self.period.last + timedelta(days=1)

    def address(self, ending: str = "", **changes: object) -> str:
        """The report, or a file of it, with something changed."""
        values = {"unit": self.unit.value, "day": self.period.first, "topic": self.topic or ""} | changes
        query = urlencode({name: value for name, value in values.items() if value})
        return f"/desk/market{ending}?{query}"


def chosen_report(office: AtWork, unit: str = "", day: str = "", topic: str = "") -> Chosen:
    """What is known of an address; this month unless another is asked for."""
    timezone = office.policy.timezone
    wanted = Unit(unit) if unit in set(Unit) else Unit.MONTH
    today = office.clock().astimezone(timezone).date()
    return Chosen(
        wanted,
        period_around(_day(day) or today, wanted, timezone),
        MarketTopic(topic) if topic in set(MarketTopic) else None,
    )


Asked = Annotated[Chosen, Depends(chosen_report)]


@router.get("/market", dependencies=READERS)
def show_market(
    request: Request,
    office: AtWork,
    person: SignedIn,
    chosen: Asked,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """The newest notes of every subject, or all of one, a page at a time."""
    with reading(office.engine) as session:
        found = subjects(session, chosen.period)
        total = sum(one.notes for one in found if one.topic == chosen.topic)
        return desk_page(
            request,
            session,
            person,
            "market.html",
            chosen=chosen,
            units=list(Unit),
            subjects=found,
            heard={one.topic: _heard(session, chosen, one, page) for one in found},
            newest=NEWEST,
            page=page,
            pages=-(-total // PAGE),
            today=office.clock().astimezone(office.policy.timezone).date(),
        )


@router.get("/market.{ending}", dependencies=READERS)
def export_market(office: AtWork, chosen: Asked, ending: str) -> Response:
    """The report as Excel, with a sheet of the figures, or the notes as CSV."""
    with reading(office.engine) as session:
        figures = Sheet(
            _("汇总"),
            (Column(_("类别"), 16), Column(_("条数"), 10), Column(_("客户数"), 10)),
            [(market_word(one.topic), one.notes, one.customers) for one in subjects(session, chosen.period)],
        )
        columns = (
            *(Column(_("类别"), 16), Column(_("日期"), 12), Column(_("客户代码"), 12), Column(_("客户"), 30)),
            *(Column(_("内容"), 80), Column(_("记录人"), 12)),
        )
        rows = map(_row, notes(session, chosen.period, chosen.topic))
        sheets = [figures, Sheet(_("市场信息"), columns, rows)]
        return as_file(sheets, dated("market", chosen.period), ending, office)


def _heard(session: Session, chosen: Chosen, subject: Subject, page: int) -> list[Heard]:
    if subject.notes == 0 or chosen.topic not in (None, subject.topic):
        return []
    if chosen.topic is None:
        return list(notes(session, chosen.period, subject.topic, limit=NEWEST))
    return list(notes(session, chosen.period, subject.topic, limit=PAGE, skip=(page - 1) * PAGE))


def _row(one: Heard) -> tuple[str | date, ...]:
    code = customer_code(one.customer_id)
    return (market_word(one.topic), one.heard_on, code, one.customer, one.text, one.who)


def _day(text: str) -> date | None:
    """2026-11, or a day of it; None for anything else, and for what no calendar of ours holds."""
    try:
        day = date.fromisoformat(f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        return None
    return min(max(day, EARLIEST), LATEST)
