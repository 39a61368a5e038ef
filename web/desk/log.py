"""The log at `/desk/log`: who did what and when, for those who keep the house."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import Query, Request
from fastapi.responses import Response
from sqlmodel import col, select

from casework.reports.periods import EARLIEST, LATEST, Period
from casework.rights import Right
from store.engine import reading
from store.log_book import PROGRAM, Sought, actions, lines
from store.tables import AuditLog, User, case_number
from web.desk.numbers import number_in_address
from web.desk.page import desk_page, desk_router
from web.desk.story import told
from web.errors import Refusal
from web.i18n import _
from web.inert import clean_input
from web.office import AtWork
from web.signed_in import SignedIn, holding

router = desk_router()
Words = Annotated[str, Query()]


@dataclass(frozen=True)
class Chosen:
    """The filters as they stand in the address."""

    person: str
    action: str
    first: str
    last: str
    case: str

    def address(self, **more: str) -> str:
        """The log with these filters."""
        query = urlencode({name: value for name, value in (asdict(self) | more).items() if value})
        return f"/desk/log?{query}" if query else "/desk/log"


@router.get("/log", dependencies=[holding(Right.KEEP_HOUSE)])
def show_log(
    request: Request,
    office: AtWork,
    person: SignedIn,
    who: Annotated[str, Query(alias="person")] = "",
    action: Words = "",
    first: Words = "",
    last: Words = "",
    case: Words = "",
    before: Words = "",
) -> Response:
    """A page of the log."""
    chosen = Chosen(
        person=who if who == PROGRAM or (who.isascii() and who.isdigit() and len(who) < 10) else "",
        action=clean_input(action)[:40],
        first=_day_typed(first),
        last=_day_typed(last),
        case=clean_input(case).strip()[:20],
    )
    case_id, problem = _case(chosen.case)
    with reading(office.engine) as session:
        found, further = lines(session, _sought(chosen, case_id, office.policy.timezone), before[:80])
        people = {user.id or 0: user for user in session.exec(select(User).order_by(col(User.name)))}
        return desk_page(
            request,
            session,
            person,
            "log.html",
            chosen=chosen,
            problem=problem,
            lines=found,
            before=before,
            further=further,
            people=people,
            program=PROGRAM,
            actions={name: action_word(name, office.clock()) for name in actions(session)},
            told=told,
            details_of=details_of,
            case_number=case_number,
        )


def action_word(action: str, now: datetime) -> str:
    """An act as the filter calls it; what we have no words for is shown by its name."""
    by_details = {"assigned": _("指派负责人"), "corrected": _("更正类别、级别或特殊要求")}
    return by_details.get(action) or told(AuditLog(action=action, at=now), {})


def details_of(line: AuditLog) -> str:
    """What else the line holds, as it was written down; nothing where the words say it all."""
    if not line.details or line.action in ("assigned", "corrected"):
        return ""
    return json.dumps(line.details, ensure_ascii=False)[:400]


def _sought(chosen: Chosen, case_id: int | None, timezone: ZoneInfo) -> Sought:
    first, last = (date.fromisoformat(day) if day else None for day in (chosen.first, chosen.last))
    return Sought(
        person=chosen.person or None,
        action=chosen.action or None,
        case_id=case_id,
        start=Period(first, first, timezone).start if first else None,
        end=Period(last, last, timezone).end if last else None,
    )


def _day_typed(day: str) -> str:
    """The day as a date field sends it; anything else is left out."""
    try:
        typed = date.fromisoformat(day)
    except ValueError:
        return ""
    return typed.isoformat() if EARLIEST <= typed <= LATEST - timedelta(days=1) else ""


def _case(number: str) -> tuple[int | None, str]:
    """The case, and a sentence when its number is none."""
    try:
        return (number_in_address(number) if number else None), ""
    except Refusal:
        return 0, _("没有这样的案件编号。编号的写法是 HY-000123。")
