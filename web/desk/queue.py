"""The queue at `/desk`: what waits for an answer, what is due next, narrowed down by chips and words."""

from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import col, select

from store.desk import NOBODY, SEVERE, looked_up, queue
from store.desk_counts import counts
from store.engine import reading
from store.tables import KINDS, SEVERITIES, User
from web.desk.bulk import toast_of
from web.desk.filters import STATUSES, chosen_in, wanted_by
from web.desk.health import health_of
from web.desk.page import desk_page, desk_router
from web.desk.views import views_of
from web.office import AtWork
from web.pages import page
from web.signed_in import SignedIn

router = desk_router()


@router.get("")
def show_queue(request: Request, office: AtWork, person: SignedIn, after: str = "") -> Response:
    """The whole page, or only its list when the page asks for news of itself."""
    chosen = chosen_in(request.query_params)
    with reading(office.engine) as session:
        wanted = looked_up(session, wanted_by(chosen, person))
        users = session.exec(select(User.id, User.name, User.active).order_by(col(User.name))).all()
        values: dict[str, Any] = {
            "chosen": chosen,
            "found": queue(session, wanted, after[:80]),
            "after": after[:80],
            "here": str(request.url.query),
            "alarms": health_of(session, office.clock(), office.policy).alarms(office.clock()),
            "numbers": counts(session, wanted),
            "people": {str(user_id): name for user_id, name, _active in users},
            "colleagues": {str(user_id): name for user_id, name, active in users if active},
            "toast": toast_of(request),
            "views": views_of(session, person, chosen),
            "statuses": STATUSES,
            "kinds": KINDS,
            "severities": tuple(reversed(SEVERITIES)),
            "nobody": NOBODY,
            "severe": SEVERE,
            "cut": wanted.found is not None and wanted.found.more,
        }
        if request.headers.get("hx-request"):
            return page(request, "desk/queue_list.html", person=person, **values)
        return desk_page(request, session, person, "queue.html", **values)
