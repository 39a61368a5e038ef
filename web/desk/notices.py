"""The notices on a person's desk: reminders and calls that wait to be read."""

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import col, update

from casework.owing import notice_words, page_of, unread_notices
from store.engine import reading, writing
from store.tables import Channel, Outgoing
from web.desk.page import desk_page, desk_router
from web.forms import LARGEST_ID
from web.i18n import spoken
from web.office import AtWork
from web.signed_in import SignedIn
from web.told import told_in

router = desk_router()


@router.get("/notices")
def show_notices(request: Request, office: AtWork, person: SignedIn) -> Response:
    """What this person has not read yet."""
    with reading(office.engine) as session:
        notices = [
            (notice, page_of(notice), notice_words(notice, spoken(), person.zone, told_in))
            for notice in unread_notices(session, person.id)
        ]
        return desk_page(request, session, person, "notices.html", notices=notices)


@router.post("/notices/read")
def mark_read(
    office: AtWork, person: SignedIn, notice: Annotated[int, Form(ge=0, le=LARGEST_ID)] = 0
) -> Response:
    """One notice was read, or all of them (0)."""
    mine = (
        col(Outgoing.user_id) == person.id,
        col(Outgoing.channel) == Channel.DESK,
        col(Outgoing.read_at).is_(None),
    )
    with writing(office.engine) as session:
        chosen = (*mine, col(Outgoing.id) == notice) if notice else mine
        session.exec(update(Outgoing).where(*chosen).values(read_at=office.clock()))
    return RedirectResponse("/desk/notices", 303)
