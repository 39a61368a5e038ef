"""Whether the program hears and sends: mailboxes and bots, what waits too long, what was set aside."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, func, select, update

from casework.outages import deaf_since
from casework.policy import Policy
from casework.rights import Right
from store.desk import visible
from store.engine import reading, writing
from store.history import log
from store.tables import (
    Case,
    Incoming,
    IncomingState,
    Listener,
    Message,
    Outgoing,
    OutgoingState,
)
from web.desk.files import as_download, download
from web.desk.page import desk_page, desk_router
from web.errors import Refusal
from web.forms import LARGEST_ID, RowId
from web.i18n import _
from web.office import AtWork
from web.signed_in import SignedIn, holding
from web.times import length

router = desk_router()
NOT_RECEIVED = timedelta(minutes=5)
NOT_SENT = timedelta(minutes=15)
SHOWN = 100


@dataclass(frozen=True)
class Hearing:
    """How one mailbox or bot fares."""

    listener: Listener
    deaf_since: datetime | None  # not heard for too long
    oldest: datetime | None  # what came in by it and is not received yet


@dataclass(frozen=True)
class Health:
    """How the program fares."""

    hearings: list[Hearing]
    oldest_incoming: datetime | None  # came in and is not received yet
    oldest_outgoing: datetime | None  # due and not sent
    quarantined: int

    def alarms(self, now: datetime) -> list[str]:
        """What somebody should look at now, in sentences."""
        found = [
            _(
                "%(listener)s 已有 %(time)s 收不到消息。",
                listener=hearing.listener.name,
                time=length(now - hearing.deaf_since),
            )
            for hearing in self.hearings
            if hearing.deaf_since is not None
        ]
        if self.oldest_incoming and now - self.oldest_incoming > NOT_RECEIVED:
            found.append(_("有消息收到 %(time)s 仍未处理。", time=length(now - self.oldest_incoming)))
        if self.oldest_outgoing and now - self.oldest_outgoing > NOT_SENT:
            found.append(_("有消息等待发送已 %(time)s。", time=length(now - self.oldest_outgoing)))
        return found


def health_of(session: Session, now: datetime, policy: Policy) -> Health:
    """Read in three queries."""
    oldest_outgoing = select(func.min(Outgoing.due_at)).where(
        col(Outgoing.state) == OutgoingState.DUE, col(Outgoing.due_at) <= now
    )
    quarantined = (
        select(func.count()).select_from(Incoming).where(col(Incoming.state) == IncomingState.QUARANTINED)
    )
    waiting = session.exec(select(oldest_outgoing.scalar_subquery(), quarantined.scalar_subquery())).one()
    oldest = dict(
        session.exec(
            select(Incoming.source, func.min(Incoming.stored_at))
            .where(col(Incoming.state) == IncomingState.NEW)
            .group_by(col(Incoming.source))
        ).all()
    )
    listeners = session.exec(
        select(Listener).where(col(Listener.removed_at).is_(None)).order_by(col(Listener.name))
    )
    hearings = [
        Hearing(listener, deaf_since(listener, now, policy), oldest.get(listener.name))
        for listener in listeners
    ]
    return Health(hearings, min(oldest.values(), default=None), *waiting)


@router.get("/health", dependencies=[holding(Right.KEEP_HOUSE)])
def show_health(request: Request, office: AtWork, person: SignedIn) -> Response:
    """The page of the program's health."""
    with reading(office.engine) as session:
        doubtful = session.exec(
            select(Outgoing, Case)
            .outerjoin(Case, col(Case.id) == col(Outgoing.case_id))
            .where(
                col(Outgoing.state).in_((OutgoingState.FAILED, OutgoingState.UNCERTAIN)),
                *visible(person.sees_only),
            )
            .order_by(col(Outgoing.id).desc())
            .limit(SHOWN)
        ).all()
        return desk_page(
            request,
            session,
            person,
            "health.html",
            health=health_of(session, office.clock(), office.policy),
            doubtful=doubtful,
        )


@router.get("/quarantine", dependencies=[holding(Right.KEEP_HOUSE)])
def show_quarantine(
    request: Request, office: AtWork, person: SignedIn, again: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0
) -> Response:
    """What could not be read, kept as it came, with the reason; and what became of the one tried `again`."""
    with reading(office.engine) as session:
        rows = session.exec(
            select(Incoming)
            .where(col(Incoming.state) == IncomingState.QUARANTINED)
            .order_by(col(Incoming.id).desc())
            .limit(SHOWN)
        ).all()
        tried = session.get(Incoming, again)
        case = session.exec(
            select(Case)
            .join(Message, col(Message.case_id) == col(Case.id))
            .where(col(Message.incoming_id) == again, *visible(person.sees_only))
        ).first()
        return desk_page(request, session, person, "quarantine.html", rows=rows, tried=tried, case=case)


@router.get("/quarantine/{row_id}/raw", dependencies=[holding(Right.KEEP_HOUSE)])
def raw(office: AtWork, person: SignedIn, row_id: RowId) -> Response:  # noqa: ARG001
    """What was set aside, every byte of it, to be saved."""
    with reading(office.engine) as session:
        row = _set_aside(session, row_id)
    if row.raw is not None:
        return download(office.files, row.raw, f"incoming-{row_id}.eml", "message/rfc822")
    content = json.dumps(row.payload, ensure_ascii=False, indent=1).encode(errors="replace")
    return as_download(content, f"incoming-{row_id}.json", "text/plain")


@router.post("/quarantine/{row_id}/retry", dependencies=[holding(Right.KEEP_HOUSE)])
def retry(office: AtWork, person: SignedIn, row_id: RowId) -> Response:
    """Let the program try again, for instance after a new version."""
    with writing(office.engine) as session:
        changed = session.exec(
            update(Incoming)
            .where(col(Incoming.id) == row_id, col(Incoming.state) == IncomingState.QUARANTINED)
            .values(state=IncomingState.NEW, attempts=0, claimed_by=None, claimed_until=None, reason=None)
        )
        if changed.rowcount:
            log(session, "incoming_retried", office.clock(), user_id=person.id, details={"incoming": row_id})
    office.on_incoming()
    return RedirectResponse(f"/desk/quarantine?again={row_id}", 303)


def _set_aside(session: Session, row_id: int) -> Incoming:
    row = session.get(Incoming, row_id)
    if row is None or row.state != IncomingState.QUARANTINED:
        raise Refusal(404, _("这条消息已不在隔离区，可能已被重新处理。"))
    return row
