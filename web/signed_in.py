"""Who is signed in: the cookie holds a key, the database its hash, and every desk page asks here."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from fastapi import Depends, HTTPException, Request, Response
from sqlmodel import Session, col, delete, select

from casework.rights import Right, may
from casework.zones import zone_of
from store.engine import reading
from store.tables import Role, User, UserSession
from web.office import AtWork, Office

SIGN_IN = "/sign-in"
KEPT_FOR = timedelta(days=7)  # ◦ then one signs in again


class NotSignedIn(Exception):  # noqa: N818  # not an error: the visitor is shown the way in
    """A page for our own people was asked for by nobody we know."""


@dataclass(frozen=True)
class Person:
    """One of our people, as the pages know them."""

    id: int
    name: str
    role: Role
    language: str
    zone: ZoneInfo  # in which this person reads times

    @property
    def sees_only(self) -> int | None:
        """Sales see their own and unassigned cases; the others all (None)."""
        return None if self.may(Right.SEE_ALL_CASES) else self.id

    def may(self, right: Right) -> bool:
        """Whether this person has the right; templates ask, too."""
        return may(self.role, right)


def signed_in(request: Request, office: AtWork) -> Person:
    """The person whose browser this is; raises NotSignedIn for anybody else."""
    key = request.cookies.get(cookie_name(office))
    if not key:
        raise NotSignedIn
    with reading(office.engine) as session:
        user = user_of(session, key, office.clock())
    if user is None:
        raise NotSignedIn
    request.state.zone = zone_of(user.timezone, office.policy)
    return Person(user.id or 0, user.name, user.role, user.language, request.state.zone)


SignedIn = Annotated[Person, Depends(signed_in)]


@dataclass(frozen=True)
class Holding:
    """What a route for some of us only depends on: 403 for a person with none of the rights."""

    rights: tuple[Right, ...]

    def __call__(self, person: SignedIn) -> None:
        """Go on, or raise a Refusal."""
        if not any(may(person.role, right) for right in self.rights):
            raise HTTPException(403)


def holding(*rights: Right) -> Any:
    """`dependencies=[holding(Right.CONFIRM_REPLY)]`: for people with this right, or one of several."""
    return Depends(Holding(rights))


def begin_session(session: Session, user: User, now: datetime) -> str:
    """A fresh key for this person's browser; forgets what has run out."""
    session.exec(delete(UserSession).where(col(UserSession.expires_at) <= now))
    key = secrets.token_urlsafe(32)
    session.add(
        UserSession(key_hash=_hash(key), user_id=user.id or 0, created_at=now, expires_at=now + KEPT_FOR)
    )
    return key


def end_session(session: Session, key: str) -> None:
    """The key opens nothing any more."""
    session.exec(delete(UserSession).where(col(UserSession.key_hash) == _hash(key)))


def user_of(session: Session, key: str, now: datetime) -> User | None:
    """The active person who holds this key."""
    return session.exec(
        select(User)
        .join(UserSession, col(UserSession.user_id) == col(User.id))
        .where(
            col(UserSession.key_hash) == _hash(key),
            col(UserSession.expires_at) > now,
            col(User.active),
        )
    ).first()


def cookie_name(office: Office) -> str:
    """Behind TLS the name itself makes browsers insist on Secure and this very host."""
    return "__Host-huiyin" if office.secure_cookies else "huiyin"


def set_cookie(response: Response, office: Office, name: str, value: str, kept_for: timedelta) -> None:
    """A cookie no script reads and no foreign page sends."""
    response.set_cookie(
        name,
        value,
        max_age=int(kept_for.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=office.secure_cookies,
    )


def local_path(address: str) -> str:
    """An address on this site, for going back; anything that leads elsewhere becomes the desk."""
    parts = urlsplit(address)
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    if not is_ours or parts.netloc or any(character < " " for character in address):
        return "/desk"
    return address


def way_back(request: Request) -> str:
    """Where to return after signing in, quoted for a query; a form that was posted is not repeated."""
    if request.method != "GET" or request.headers.get("hx-request"):
        return quote("/desk")
    query = f"?{request.url.query}" if request.url.query else ""
    return quote(request.url.path + query, safe="")


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
