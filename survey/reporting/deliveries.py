"""Deliveries month by month, from the books: typed in, or brought in from a table."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from casework.customer_book.sheets import HEADING_WITHIN, SheetError, lines_of
from casework.rights import Right, demand
from store.history import DESK, log, tell
from store.once import add_once
from store.tables import DeliveryMonth, User

MONTHS_SHOWN = 36
MOST_ROWS = 600
LARGEST = 10_000_000
HEADINGS: dict[str, tuple[str, ...]] = {
    "month": ("月份", "月", "年月", "month", "period"),
    "deliveries": (
        "交付批次",
        "交付次数",
        "交付",
        "发货批次",
        "发货次数",
        "deliveries",
        "delivered",
        "shipments",
    ),
    "late": ("延迟", "延迟批次", "延误", "迟交", "迟交批次", "late", "delayed"),
    "returned": ("退货", "退货批次", "退货次数", "returned", "returns"),
}
_FIELD = {word: field for field, words in HEADINGS.items() for word in words}
_MONTH = re.compile(r"(20\d\d)[-/.年]\s?(0?[1-9]|1[0-2])(?:月|[-/.].*)?")


class DeliveryError(Exception):
    """It cannot be kept; the sentence says why."""


@dataclass(frozen=True)
class Delivered:
    """One month of the books: how many deliveries, of these late and returned ones."""

    month: date
    deliveries: int
    late: int
    returned: int


def months(session: Session) -> list[tuple[DeliveryMonth, str]]:
    """What is known, the newest first, with who entered it."""
    found = session.exec(
        select(DeliveryMonth, User.name)
        .join(User, col(User.id) == col(DeliveryMonth.entered_by))
        .order_by(col(DeliveryMonth.month).desc())
        .limit(MONTHS_SHOWN)
    )
    return [(month, name) for month, name in found]


def enter(session: Session, delivered: Delivered, user: User, now: datetime) -> bool:
    """Keep a month, or put it right; False if it stands so already. The log holds what stood before."""
    demand(user, Right.READ_REPORTS)
    _check(delivered, now)
    before = session.get(DeliveryMonth, delivered.month, with_for_update=True)
    values = {name: getattr(delivered, name) for name in ("deliveries", "late", "returned")}
    details = {"month": f"{delivered.month:%Y-%m}", **values}
    if before is None:
        row = DeliveryMonth(month=delivered.month, entered_by=user.id or 0, entered_at=now, **values)
        if not add_once(session, row):
            raise DeliveryError("Somebody has written it at this moment; look, and try again.")
    else:
        stood = {name: getattr(before, name) for name in values}
        if stood == values:
            return False
        for name, value in values.items():
            setattr(before, name, value)
        before.entered_by, before.entered_at = user.id or 0, now
        details["before"] = stood
    log(session, "deliveries_entered", now, user_id=user.id, details=details)
    tell(session, DESK, now)
    return True


def bring_in(session: Session, content: bytes, user: User, now: datetime) -> int:
    """Every month of an Excel or CSV table, or none; return how many differ. DeliveryError, SheetError."""
    found = list(rows_of(content))
    if len({one.month for one in found}) < len(found):
        raise DeliveryError("A month stands in the table twice.")
    return sum(enter(session, one, user, now) for one in found)


def rows_of(content: bytes) -> Iterator[Delivered]:
    """The months of a table whose heading has 月份, 交付批次, 延迟 and 退货, or the like."""
    lines = lines_of(content)
    for number, cells in lines:
        fields = [_FIELD.get(re.sub(r"[\s_]|[(（].*?[)）]", "", cell).lower()) for cell in cells]
        if set(HEADINGS) <= set(fields):
            yield from _rows(lines, fields)
            return
        if number >= HEADING_WITHIN:
            break
    raise SheetError("No heading with month, deliveries, late and returned was found in the first ten rows.")


def month_in(typed: str) -> date | None:
    """2026-06, 2026年6月, 2026/6, also a day of it; None for anything else."""
    match = _MONTH.fullmatch(typed.strip())
    return date(int(match[1]), int(match[2]), 1) if match else None


def _rows(lines: Iterable[tuple[int, list[str]]], fields: list[str | None]) -> Iterator[Delivered]:
    for count, (number, cells) in enumerate(lines):
        if count >= MOST_ROWS:
            raise SheetError(f"The table has more than {MOST_ROWS} rows; please split it.")
        values = {field: cell for field, cell in zip(fields, cells, strict=False) if field and cell}
        if not values:
            continue
        month = month_in(values.get("month", ""))
        if month is None:
            raise DeliveryError(f"Row {number}: write the month like 2026-06.")
        counts = (_count(values.get(name, "0"), number) for name in ("deliveries", "late", "returned"))
        yield Delivered(month, *counts)


def _count(typed: str, number: int) -> int:
    if not re.fullmatch(r"\d{1,8}", typed.replace(",", "")):
        raise DeliveryError(f'Row {number}: "{typed[:40]}" is no number of deliveries.')
    return int(typed.replace(",", ""))


def _check(delivered: Delivered, now: datetime) -> None:
    if not 0 <= delivered.deliveries <= LARGEST:
        raise DeliveryError("Write how many deliveries there were.")
    if not (0 <= delivered.late <= delivered.deliveries and 0 <= delivered.returned <= delivered.deliveries):
        raise DeliveryError("There cannot be more late or returned deliveries than deliveries.")
    if delivered.month.year < 2000 or delivered.month > now.date():
        raise DeliveryError("This month lies in the future.")
