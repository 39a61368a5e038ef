"""Reports at `/desk/reports` for any period, with charts; each table and the cases behind them as files."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
from fastapi.responses import Response
from sqlmodel import Session, col, select

from casework.reports.case_list import cases_of
from casework.reports.figures import Asked
from casework.reports.periods import Named, named, own
from casework.reports.sheets import Sheet
from casework.rights import Right
from store.desk import NOBODY
from store.engine import reading
from store.tables import KINDS, Channel, User
from web.desk.downloads import as_file, as_xlsx, dated
from web.desk.page import desk_page, desk_router
from web.desk.report_tables import case_sheet, tables
from web.errors import Refusal
from web.inert import clean_input
from web.office import AtWork
from web.signed_in import SignedIn, holding
from web.times import length

router = desk_router()
READERS = [holding(Right.READ_REPORTS)]


@dataclass(frozen=True)
class Chosen:
    """The filters as they stand in the address, and what they ask for."""

    period: str
    first: str
    last: str
    customer: str
    owner: str
    channel: str
    kind: str

    def address(self, name: str = "", **changes: str) -> str:
        """The report, or a file of it, with these filters."""
        query = urlencode({key: value for key, value in (asdict(self) | changes).items() if value})
        return f"/desk/reports{name and '/'}{name}?{query}"


def chosen_filters(
    period: Annotated[str, Query()] = "",
    first: Annotated[str, Query()] = "",
    last: Annotated[str, Query()] = "",
    customer: Annotated[str, Query()] = "",
    owner: Annotated[str, Query()] = "",
    channel: Annotated[str, Query()] = "",
    kind: Annotated[str, Query()] = "",
) -> Chosen:
    """What is known of the filters in an address; anything else is left out."""
    first, last = _day(first), _day(last)
    return Chosen(
        period=period if period in set(Named) else (Named.OWN if first or last else Named.THIS_MONTH),
        first=first,
        last=last,
        customer=clean_input(customer).strip()[:100],
        owner=owner if owner == NOBODY or (owner.isascii() and owner.isdigit() and len(owner) < 10) else "",
        channel=channel if channel in set(Channel) else "",
        kind=kind if kind in KINDS else "",
    )


Filters = Annotated[Chosen, Depends(chosen_filters)]


@router.get("/reports", dependencies=READERS)
def show_reports(request: Request, office: AtWork, person: SignedIn, chosen: Filters) -> Response:
    """The page: every table with its chart."""
    asked = _asked(chosen, office)
    with reading(office.engine) as session:
        users = session.exec(select(User.id, User.name).order_by(col(User.name))).all()
        return desk_page(
            request,
            session,
            person,
            "reports.html",
            chosen=chosen,
            period=asked.period,
            periods=tuple(Named),
            tables=tables(session, asked, office.clock()),
            users=users,
            channels=[channel for channel in Channel if channel != Channel.DESK],
            kinds=KINDS,
            nobody=NOBODY,
            length=length,
        )


@router.get("/reports/cases.xlsx", dependencies=READERS)
def export_cases(office: AtWork, chosen: Filters) -> Response:
    """Every case behind the figures, one line each; read and written as they come, however many."""
    asked = _asked(chosen, office)
    with reading(office.engine) as session:
        return as_xlsx([case_sheet(cases_of(session, asked))], dated("cases", asked.period), office)


@router.get("/reports/all.xlsx", dependencies=READERS)
def export_all(office: AtWork, chosen: Filters) -> Response:
    """Every table of the report in one workbook."""
    asked = _asked(chosen, office)
    with reading(office.engine) as session:
        found = [table.sheet for table in tables(session, asked, office.clock())]
    return as_xlsx(found, dated("report", asked.period), office)


@router.get("/reports/{table}.{ending}", dependencies=READERS)
def export_table(office: AtWork, chosen: Filters, table: str, ending: str) -> Response:
    """One table as Excel or CSV."""
    asked = _asked(chosen, office)
    with reading(office.engine) as session:
        return as_file([_sheet(session, asked, table, office)], dated(table, asked.period), ending, office)


def _sheet(session: Session, asked: Asked, name: str, office: AtWork) -> Sheet:
    for table in tables(session, asked, office.clock()):
        if table.name == name:
            return table.sheet
    raise Refusal(404)


def _asked(chosen: Chosen, office: AtWork) -> Asked:
    timezone = office.policy.timezone
    today = office.clock().astimezone(timezone).date()
    if chosen.period == Named.OWN:
        first, last = (date.fromisoformat(day) if day else None for day in (chosen.first, chosen.last))
        period = own(first, last, today, timezone)
    else:
        period = named(Named(chosen.period), today, timezone)
    return Asked(
        period=period,
        customer=_customer(chosen.customer),
        owner=chosen.owner or None,
        channel=chosen.channel or None,
        kind=chosen.kind or None,
    )


def _customer(typed: str) -> str | None:
    """A name, or the digits of a code: C-00012 → 12."""
    digits = typed.upper().removeprefix("C-").lstrip("0")
    is_code = typed[:2].upper() == "C-" and digits.isascii() and digits.isdigit() and len(digits) < 10
    return (digits if is_code else typed) or None


def _day(typed: str) -> str:
    try:
        return (date.fromisoformat(typed) + timedelta()).isoformat()
    except ValueError:
        return ""
