"""A complaint is registered the moment it is read as one, and quality knows at once (S3 4.3.2 ⑴, S0)."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from casework.complaints.approvals import gravity_of
from casework.complaints.correcting import demanded, open_action
from casework.complaints.nonconforming import expect_notice, reason_in
from casework.complaints.rows import of_case
from casework.complaints.telling import tell_roles
from casework.policy import Policy
from nlp.reading import Kind, Reading
from store.tables import Case, Complaint, Role


def follow_complaint(
    session: Session,
    case: Case,
    now: datetime,
    policy: Policy,
    *,
    reading: Reading | None = None,
    complainant: str = "",
    silent: bool = False,
) -> None:
    """Register the case if it is a complaint now, and start what its gravity asks for.

    Called whenever a case may have become a complaint or a graver one. `silent` is history: it is on the
    books, nobody is alerted and no clock runs.
    """
    if case.kind != Kind.COMPLAINT:
        return
    if of_case(session, Complaint, case) is None:
        session.add(_registered(case, now, reading, complainant))
        if not silent and not _calls_itself(reading):
            key = f"complaint:{case.id}"
            tell_roles(
                session, (Role.QUALITY,), "complaint_registered", key, case, now, severity=case.severity
            )
    if silent:
        return
    if demanded(gravity_of(case)):
        open_action(session, case, now, policy)
    if reading is not None and (reason := reason_in(reading)):
        expect_notice(session, case, reason, now, policy)


def _calls_itself(reading: Reading | None) -> bool:
    """Whether it came of a survey, which calls quality to a meeting with the score."""
    return reading is not None and any(found.rule == "survey.low-score" for found in reading.evidence)


def _registered(case: Case, now: datetime, reading: Reading | None, complainant: str) -> Complaint:
    """The form, filled in as far as the message says it."""
    complaint = Complaint(case_id=case.id or 0, registered_at=now, complainant=complainant[:300])
    if reading is None:
        return complaint
    found = reading.entities
    complaint.product = (found.product or "")[:300]
    complaint.part_no = (found.part_no or "")[:300]
    complaint.order_no = (found.order_no or "")[:300]
    complaint.answer_by = found.due_date
    if found.quantity is not None:
        complaint.quantity = f"{found.quantity:g} {found.quantity_unit or ''}".strip()[:300]
    complaint.demand = "\n".join(_said(reading, "wrong.demand", "moderate.", "severe.claim"))
    complaint.defect = "、".join(_said(reading, *(f"wrong.{name}" for name in _DEFECTS)))[:300]
    return complaint


def note_answers(session: Session, case: Case, said: Mapping[str, str], before: Mapping[str, str]) -> None:
    """What the customer answers the bot goes into the form, where nobody of us has written anything else.

    `said` and what it was `before`: question → words.
    """
    asked = [name for name in ("order_no", "defect", "demand") if name in said]
    complaint = of_case(session, Complaint, case) if asked else None
    for name in asked if complaint is not None else ():
        if getattr(complaint, name) in ("", before.get(name, "")[:300]):
            setattr(complaint, name, said[name][:300])


_DEFECTS = ("broken", "surface", "size", "works", "short", "item", "late", "service")


def _said(reading: Reading, *rules: str) -> list[str]:
    """The words that the rules found, each once."""
    return list(dict.fromkeys(found.text for found in reading.evidence if found.rule.startswith(rules)))
