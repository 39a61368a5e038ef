"""The rows that a complaint has one of: form, CAPA, nonconformity notice; their key is the case's."""

from typing import TypeVar

from sqlmodel import Session

from store.tables import Case, Complaint, CorrectiveAction, NonconformityNotice

AnyRow = TypeVar("AnyRow", Complaint, CorrectiveAction, NonconformityNotice)


def of_case(session: Session, table: type[AnyRow], case: Case) -> AnyRow | None:
    """The case's row, also one added just now: asking need not write what a batch has gathered."""
    for row in session.new:
        if isinstance(row, table) and row.case_id == case.id:
            return row
    if case in session.new:  # nothing of it is stored yet
        return None
    with session.no_autoflush:
        return session.get(table, case.id)
