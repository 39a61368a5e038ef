"""The first minute: a small trading office with a day of sample mail, brought in by the real path."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import col, func, select

from bot.house import House, utc_now
from intake.import_mail import import_mails, mails_at
from store.engine import reading, writing
from store.files import FileStore
from store.tables import Customer, CustomerStatus, Incoming, Role, User
from web.passwords import hash_password

SAMPLES = Path(__file__).parents[1] / "examples" / "mail"
# Enough for one matter to be overdue and one to be due soon.
SPREAD = timedelta(hours=25)
USER = "demo"
EXISTING = 6  # how many of the senders are customers already, so that there is a survey to release


@dataclass(frozen=True)
class Demo:
    """What the visitor is told."""

    user: str
    password: str
    summary: str
    outbox: Path


def prepare_demo(house: House) -> Demo:
    """Fill an empty demo; a later start finds it as it was left."""
    with reading(house.engine) as session:
        is_new = session.exec(select(User.id).where(col(User.name) == USER)).first() is None
    sign_in = house.settings.home / "password"
    if is_new:
        # The people come last: where somebody is, the mail is complete.
        _bring_in_samples(house, utc_now())
        sign_in.write_text(secrets.token_hex(5))
        _hire(house, sign_in.read_text())
    with reading(house.engine) as session:
        mails = session.exec(select(func.count()).select_from(Incoming)).one()
    return Demo(
        user=USER,
        password=sign_in.read_text(),
        summary=f"已导入 {mails} 封示例邮件" if is_new else f"共 {mails} 条来信",
        outbox=house.settings.home / "outbox",
    )


def _hire(house: House, password: str) -> None:
    """The visitor as manager, and two colleagues to hand cases to."""
    now = utc_now()
    with writing(house.engine) as session:
        for name, role in ((USER, Role.MANAGER), ("小林", Role.SALES), ("老周", Role.QUALITY)):
            # Only the visitor's password is known; the colleagues cannot sign in.
            secret = password if name == USER else secrets.token_urlsafe(32)
            session.add(
                User(
                    name=name,
                    role=role,
                    password_hash=hash_password(secret),
                    language=house.policy.language,
                    created_at=now,
                )
            )


def _bring_in_samples(house: House, now: datetime) -> None:
    mails = list(mails_at(SAMPLES))
    step = SPREAD / max(len(mails), 1)
    arrivals = [(raw, now - SPREAD + step * place) for place, raw in enumerate(mails)]
    import_mails(house.engine, FileStore(house.settings.home / "files"), arrivals, now, history=False)
    with house.worker() as worker:
        house.receiver(worker).receive_all()
    with writing(house.engine) as session:
        known = session.exec(select(Customer).order_by(col(Customer.id)).limit(EXISTING))
        for customer in known:
            customer.status = CustomerStatus.EXISTING
