"""`huiyin user`, `huiyin jobs` and `huiyin db`: people, rings of the clock by hand, the database."""

import sys
from contextlib import closing
from datetime import datetime

from sqlmodel import Session, col, select

from bot.clock import rings
from bot.house import House, utc_now
from casework.preferences import ADDRESS
from casework.reviews.departments import departments
from casework.reviews.organising import department_called
from store.engine import writing
from store.history import log
from store.tables import Role, User
from web.passwords import hash_password

SHORTEST_PASSWORD = 10


class OfficeError(Exception):
    """It cannot be done as asked; the message says why."""


def add_user(
    house: House, name: str, role: Role, password: str, *, email: str | None, department: str | None = None
) -> int:
    """A new colleague who may sign in."""
    if len(password) < SHORTEST_PASSWORD:
        raise OfficeError(f"The password needs at least {SHORTEST_PASSWORD} characters.")
    if email is not None and not ADDRESS.fullmatch(email):
        raise OfficeError(f"{email!r} is no mail address; write one such as lin@factory.example.")
    now = utc_now()
    with writing(house.engine) as session:
        if session.exec(select(User.id).where(col(User.name) == name)).first() is not None:
            raise OfficeError(f"There is a user {name} already.")
        user = User(
            name=name,
            department=_department(session, department) if department else None,
            role=role,
            password_hash=hash_password(password),
            email=email,
            language=house.policy.language,
            created_at=now,
        )
        session.add(user)
        session.flush()
        log(session, "user_added", now, details={"user": user.id, "role": role.value})
    sys.stdout.write(f"{name} ({role}) can sign in at {house.policy.public_url}/desk\n")
    return 0


def ring(house: House, job: str, *, at: datetime | None, dry_run: bool) -> int:
    """One ring by hand, as if it were `at`; a dry run says what it would do and does nothing."""
    if at is not None and at.tzinfo is None:
        at = at.replace(tzinfo=house.policy.timezone)
    by_name = rings(house.engine, house.policy, lambda: at or utc_now(), keep=not dry_run)
    if job == "deliver" and dry_run:
        raise OfficeError("deliver sends; it cannot be tried. See what waits on the desk, under 运行 Health.")
    if job == "deliver":
        from bot.senders import deliverers_of  # loads the channels' libraries, which nothing else here needs

        done = 0
        for deliverer in deliverers_of(house):
            with closing(deliverer):
                done += deliverer.deliver_all()
    elif job in by_name:
        if job == "surveys" and dry_run:
            from bot.commands.surveys import would_ask

            would_ask(house, at or utc_now())
        done = by_name[job]()
    else:
        known = ", ".join([*by_name, "deliver"])
        raise OfficeError(f"There is no job {job!r}; there are {known}.")
    sys.stdout.write(f"{job}: {done}\n")
    return 0


def _department(session: Session, words: str) -> str:
    found = department_called(session, words)
    if found is None:
        known = ", ".join(one.name or one.key for one in departments(session) if one.active)
        raise OfficeError(f"There is no department {words!r}; there are {known}.")
    return found.key
