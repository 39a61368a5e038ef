"""The queue at `/desk`: what waits for an answer, what is due next, narrowed down by chips and words."""

from dataclasses import asdict, dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query, Request
from fastapi.responses import Response
from sqlmodel import col, select

from store.desk import NOBODY, Wanted, counts, queue
from store.engine import reading
from store.tables import KINDS, SEVERITIES, CaseStatus, User
from web.desk.health import health_of
from web.desk.page import desk_page, desk_router
from web.inert import clean_input
from web.office import AtWork
from web.pages import page
from web.signed_in import Person, SignedIn

router = desk_router()
ALL = "all"
STATUSES = (*(status.value for status in CaseStatus), ALL)


@dataclass(frozen=True)
class Chosen:
    """The filters as they stand in the address."""

    status: str
    kind: str
    severity: str
    requirement: str
    owner: str
    q: str

    def address(self, **changes: str) -> str:
        """The queue with some filters changed; a filter set to what it is already is taken off."""
        values = asdict(self)
        for name, value in changes.items():
            values[name] = "" if values.get(name) == value and name != "status" else value
        query = urlencode({name: value for name, value in values.items() if value})
        return f"/desk?{query}" if query else "/desk"

    @property
    def narrowed(self) -> bool:
        """Whether anything but the status is filtered."""
        return any((self.kind, self.severity, self.requirement, self.owner, self.q))


@router.get("")
def show_queue(
    request: Request,
    office: AtWork,
    person: SignedIn,
    status: str = "",
    kind: str = "",
    severity: str = "",
    requirement: str = "",
    owner: str = "",
    q: Annotated[str, Query()] = "",
    after: str = "",
) -> Response:
    """The whole page, or only its list when the page asks for news of itself."""
    chosen = _chosen(status, kind, severity, requirement[:40], owner, clean_input(q)[:200].strip())
    wanted = _wanted(chosen, person)
    with reading(office.engine) as session:
        users = session.exec(select(User.id, User.name).order_by(col(User.name)))
        values: dict[str, Any] = {
            "chosen": chosen,
            "found": queue(session, wanted, after[:80]),
            "after": after[:80],
            "here": str(request.url.query),
            "alarms": health_of(session, office.clock(), office.policy).alarms(office.clock()),
            "numbers": counts(session, wanted),
            "people": {str(user_id): name for user_id, name in users},
            "statuses": STATUSES,
            "kinds": KINDS,
            "severities": tuple(reversed(SEVERITIES)),
            "nobody": NOBODY,
        }
        if request.headers.get("hx-request"):
            return page(request, "desk/queue_list.html", person=person, **values)
        return desk_page(request, session, person, "queue.html", **values)


def _chosen(status: str, kind: str, severity: str, requirement: str, owner: str, q: str) -> Chosen:
    """Filters of an address as far as we know them; whoever searches, searches everywhere."""
    if status not in STATUSES:
        status = ALL if q else CaseStatus.OPEN.value
    known_owner = owner == NOBODY or (owner.isascii() and owner.isdigit() and len(owner) < 10)
    return Chosen(
        status=status,
        kind=kind if kind in KINDS else "",
        severity=severity if severity in SEVERITIES else "",
        requirement=clean_input(requirement),
        owner=owner if known_owner else "",
        q=q,
    )


def _wanted(chosen: Chosen, person: Person) -> Wanted:
    return Wanted(
        status=None if chosen.status == ALL else chosen.status,
        kind=chosen.kind or None,
        severity=chosen.severity or None,
        requirement=chosen.requirement or None,
        owner=chosen.owner or None,
        q=chosen.q,
        sees_only=person.sees_only,
    )
