"""Saved views: filters of the queue under a name, one's own or shared, each with its number."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Form
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, or_, select

from casework.rights import Right
from store.desk_counts import count_each
from store.engine import writing
from store.history import DESK, log, tell
from store.tables import SavedView
from web.desk.filters import Chosen, chosen_in_query, wanted_by
from web.desk.page import desk_router
from web.errors import Refusal
from web.forms import Line, RowId
from web.i18n import _
from web.office import AtWork
from web.signed_in import Person, SignedIn

router = desk_router()
MOST = 20  # of one's own; as many shared ones are shown


@dataclass(frozen=True)
class View:
    """A saved view as the queue shows it."""

    id: int
    name: str
    address: str
    shared: bool
    may_remove: bool
    on: bool
    number: str | None  # None: it searches, and that is not counted


def views_of(session: Session, person: Person, chosen: Chosen) -> list[View]:
    """One's own and the shared ones. Two queries."""
    mine = col(SavedView.user_id) == person.id
    kept = session.exec(
        select(SavedView)
        .where(or_(mine, col(SavedView.shared)))
        .order_by(mine.desc(), col(SavedView.id))
        .limit(2 * MOST)
    ).all()
    filters = {view.id or 0: chosen_in_query(view.query) for view in kept}
    numbers = count_each(session, {key: wanted_by(one, person) for key, one in filters.items()})
    return [
        View(
            id=view.id or 0,
            name=view.name,
            address=filters[view.id or 0].address(),
            shared=view.shared,
            may_remove=_may_remove(view, person),
            on=filters[view.id or 0] == chosen,
            number=numbers.get(view.id or 0),
        )
        for view in kept
    ]


@router.post("/views")
def save_view(
    office: AtWork,
    person: SignedIn,
    name: Line,
    query: Annotated[str, Form(max_length=1000)],
    shared: Annotated[bool, Form()] = False,
) -> Response:
    """Keep the filters as they are under a name; one's own view of that name is replaced."""
    chosen = chosen_in_query(query)
    if not name:
        raise Refusal(422, _("请给视图起一个名字。"))
    with writing(office.engine) as session:
        own = session.exec(select(SavedView).where(col(SavedView.user_id) == person.id)).all()
        view = next((view for view in own if view.name == name[:80]), None)
        if view is None and len(own) >= MOST:
            raise Refusal(422, _("您已有 %(count)d 个视图。请先删除不用的。", count=MOST))
        if view is None:
            view = SavedView(user_id=person.id, name=name[:80], query="", created_at=office.clock())
            session.add(view)
        view.query, view.shared = chosen.query, shared
        _told(session, "view_saved", office, person, view.name)
    return RedirectResponse(chosen.address(), 303)


@router.post("/views/{view_id}/remove")
def remove_view(office: AtWork, person: SignedIn, view_id: RowId) -> Response:
    """Take a view away; its filters stay on the page, so that it can be saved again."""
    with writing(office.engine) as session:
        view = session.get(SavedView, view_id)
        if view is None or not (view.shared or view.user_id == person.id):
            raise Refusal(404)
        if not _may_remove(view, person):
            raise Refusal(403, _("共用的视图由建立它的人或主管删除。"))
        address = chosen_in_query(view.query).address()
        session.delete(view)
        _told(session, "view_removed", office, person, view.name)
    return RedirectResponse(address, 303)


def _may_remove(view: SavedView, person: Person) -> bool:
    return view.user_id == person.id or (view.shared and person.may(Right.CONFIRM_REPLY))


def _told(session: Session, action: str, office: AtWork, person: Person, name: str) -> None:
    log(session, action, office.clock(), user_id=person.id, details={"name": name})
    tell(session, DESK, office.clock())
