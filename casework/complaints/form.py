"""The sections of 客户投诉登记及处理表: who fills in which, and what it holds."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlmodel import Session

from casework.rights import NotAllowed, Right, may
from store.history import DESK, log, tell
from store.tables import Case, CaseStatus, Complaint, User

Value = str | date | bool | None


class Sort(StrEnum):
    """How a field is typed in."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    YES_NO = "yes_no"


class Section(NamedTuple):
    """One part of the form; people with any of the rights fill it in."""

    rights: tuple[Right, ...]
    fields: dict[str, Sort]


SECTIONS = {
    "registration": Section(
        (Right.ANSWER, Right.INVESTIGATE),
        {
            **dict.fromkeys(("complainant", "product", "part_no", "batch", "quantity", "defect"), Sort.LINE),
            "order_no": Sort.LINE,
            **dict.fromkeys(("ordered_on", "delivered_on", "answer_by"), Sort.DATE),
            "demand": Sort.TEXT,
        },
    ),
    "check": Section(
        (Right.INVESTIGATE,),
        {
            **dict.fromkeys(("in_production", "stopped", "isolated"), Sort.YES_NO),
            "isolated_quantity": Sort.LINE,
            "samples": Sort.TEXT,
        },
    ),
    "cause": Section(
        (Right.INVESTIGATE,),
        {
            "unit": Sort.LINE,
            "met_on": Sort.DATE,
            "cause": Sort.TEXT,
            "prevention": Sort.TEXT,
            "standard_updated": Sort.YES_NO,
            "standard": Sort.LINE,
        },
    ),
    "countermeasure": Section((Right.ANSWER, Right.SIGN_CLOSING), {"countermeasure": Sort.TEXT}),
    "stocks": Section(
        (Right.INVESTIGATE, Right.ANSWER),
        dict.fromkeys(("at_line", "in_stock", "at_customer", "sold_on"), Sort.TEXT),
    ),
    "returned": Section(
        (Right.INVESTIGATE, Right.ANSWER),
        {
            "returned_quantity": Sort.LINE,
            "returned_on": Sort.DATE,
            **dict.fromkeys(("restocked", "reworked"), Sort.LINE),
            "inspection": Sort.TEXT,
        },
    ),
    "effect": Section(
        (Right.ANSWER, Right.INVESTIGATE),  # sales (S3) or quality (S1 5.6.5)
        {
            "effect": Sort.TEXT,
            **dict.fromkeys(("effective", "satisfied"), Sort.YES_NO),
            "told_on": Sort.DATE,
        },
    ),
}
TEXT_LENGTH, LINE_LENGTH = 4000, 300


def may_fill(section: str, user: User) -> bool:
    """Whether this person fills in that section."""
    return any(may(user.role, right) for right in SECTIONS[section].rights)


def fill(
    session: Session,
    complaint: Complaint,
    case: Case,
    section: str,
    values: dict[str, Value],
    user: User,
    now: datetime,
) -> bool:
    """Write down a section; True if anything changed. A signature holds for the words it stands under."""
    if not may_fill(section, user):
        raise NotAllowed("Your role does not fill in this section.")
    if case.status == CaseStatus.CLOSED:
        raise NotAllowed("The complaint is closed; reopen it first.")
    changed = [
        name
        for name in SECTIONS[section].fields
        if name in values and values[name] != getattr(complaint, name)
    ]
    for name in changed:
        setattr(complaint, name, values[name])
    recorded_anew = section == "effect" and complaint.effect != "" and complaint.effect_at is None
    if not changed and not recorded_anew:
        return False
    if section == "effect":
        said = complaint.effect != ""
        complaint.effect_by, complaint.effect_at = (user.id, now) if said else (None, None)
    details = {"section": section, "fields": changed}
    log(session, "complaint_filled", now, user_id=user.id, case_id=case.id, details=details)
    tell(session, DESK, now)
    return True
