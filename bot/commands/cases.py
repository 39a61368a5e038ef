"""`huiyin cases`: the queue in the terminal, by what is due next."""

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlmodel import Session

from bot.commands.office import OfficeError
from bot.commands.show import show
from bot.house import House, utc_now
from casework.wording import local_time
from nlp.reading import Kind, Severity
from store.desk import Waiting, Wanted, queue
from store.engine import reading
from store.tables import CaseStatus


def cases(
    house: House,
    *,
    kind: str | None,
    severity: str | None,
    status: str | None,
    overdue: bool,
    as_json: bool,
) -> int:
    """Print the cases; without a status those that wait for us."""
    _refuse_unknown("kind", kind, Kind)
    _refuse_unknown("severity", severity, Severity)
    _refuse_unknown("status", status, CaseStatus)
    wanted = Wanted(status=status or CaseStatus.OPEN, kind=kind, severity=severity)
    with reading(house.engine) as session:
        for case in _in_order(session, wanted):
            if overdue and (case.due_at is None or case.due_at > utc_now()):
                break  # what is due later, or never, comes behind
            if as_json:
                show(_as_json(case))
            else:
                sys.stdout.write(_as_line(case, house) + "\n")
    return 0


def _refuse_unknown(name: str, word: str | None, known: Iterable[str]) -> None:
    if word is not None and word not in (words := list(known)):
        raise OfficeError(f"There is no {name} {word!r}; there are {', '.join(words)}.")


def _in_order(session: Session, wanted: Wanted) -> Iterator[Waiting]:
    page = queue(session, wanted)
    while True:
        yield from page.lines
        if page.after is None:
            return
        page = queue(session, wanted, page.after)


def _as_json(case: Waiting) -> dict[str, object]:
    due_at: datetime | None = case.due_at
    return {
        "number": case.number,
        "status": case.status,
        "kind": case.kind,
        "severity": case.severity,
        "special_requirements": list(case.requirements),
        "customer": case.customer,
        "channel": case.channel.value,
        "subject": case.subject,
        "owner": case.owner,
        "waiting_since": case.waiting_since.isoformat(),
        "due_at": due_at.isoformat() if due_at else None,
        "due_clock": case.due_clock,
    }


def _as_line(case: Waiting, house: House) -> str:
    due = local_time(case.due_at, house.policy.timezone) if case.due_at else "-"
    sort = f"{case.kind}/{case.severity}" if case.severity else case.kind
    return f"{case.number}  {due:16}  {sort:20}  {case.owner or '-':8}  {case.customer}  {case.subject}"
