"""The internal evaluation and the composite, as one reckons them by hand."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import col, select

from casework.customer_book.sheets import SheetError
from casework.rights import NotAllowed
from store.engine import reading, writing
from store.tables import (
    AuditLog,
    Case,
    CaseStatus,
    Channel,
    Complaint,
    Contact,
    DeliveryMonth,
    NonconformityNotice,
    NonconformityReason,
    Rhythm,
    Role,
)
from survey.reporting.deliveries import Delivered, DeliveryError, bring_in, enter, month_in, rows_of
from survey.reporting.internal import Evaluation, Figures, composite, evaluate, months_of
from tests.survey.people import NOW, POLICY, add_mail_customers, add_user

ZONE = POLICY.timezone
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def judged(deliveries: int, late: int = 0, returned: int = 0, **complaints: int) -> Evaluation:
    return Evaluation(MAY, JUNE, 2, Figures(deliveries, late, returned, complaints))


def test_it_is_the_mean_of_three_shares() -> None:
    found = judged(200, 10, 4, light=3, moderate=1, severe=1)
    assert found.on_time == Fraction(95, 100)
    assert found.kept == Fraction(98, 100)
    assert found.without_complaint == Fraction(184, 200)  # 3 × 1 + 1 × 3 + 1 × 10 = 16
    assert found.score == 95.0  # (95 + 98 + 92) / 3
    assert judged(3, 1).score == 88.89  # (66.67 + 100 + 100) / 3
    assert judged(0).score is None
    assert judged(5, 0, 0, severe=9).score == 66.67  # complaints take a third at most


counts = st.integers(0, 400)


@given(st.integers(1, 400), counts, counts, counts, counts, counts)
def test_it_stays_between_0_and_100_and_never_rises_with_a_fault(
    deliveries: int, late: int, returned: int, light: int, moderate: int, severe: int
) -> None:
    late, returned = late % (deliveries + 1), returned % (deliveries + 1)
    found = judged(deliveries, late, returned, light=light, moderate=moderate, severe=severe).score
    assert found is not None
    assert 0 <= found <= 100
    worse = judged(deliveries, late, returned, light=light, moderate=moderate, severe=severe + 1).score
    assert worse is not None
    assert worse <= found
    if late < deliveries:
        later = judged(deliveries, late + 1, returned, light=light, moderate=moderate, severe=severe).score
        assert later is not None
        assert later <= found


@pytest.mark.parametrize(
    ("survey", "top", "internal", "share", "expected"),
    [
        (84.0, 100, 95.0, 50, 89.5),  # S2: 50 % + 50 %
        (84.0, 100, 95.0, 30, 87.3),
        (84.0, 100, None, 50, 84.0),  # the survey alone
        (45.0, 90, 80.0, 50, 65.0),  # 45 of 90 are 50 of 100
        (72.33, 100, 88.88, 50, 80.61),  # 80.605, a half rounds up
    ],
)
def test_it_weighs_customers_and_ourselves(
    survey: float, top: int, internal: float | None, share: int, expected: float
) -> None:
    assert composite(survey, Fraction(top), internal, share) == expected


@given(st.floats(-90, 90), st.floats(0, 100), st.integers(0, 100))
def test_the_composite_lies_between_its_parts(survey: float, internal: float, share: int) -> None:
    said = survey / 90 * 100
    found = composite(survey, Fraction(90), internal, share)
    assert min(said, internal) - 0.01 <= found <= max(said, internal) + 0.01


@pytest.mark.parametrize(
    ("rhythm", "months"),
    [
        (Rhythm.HALF_YEARLY, ("2026-05-01", "2026-10-01")),
        (Rhythm.ONCE, ("2026-05-01", "2026-10-01")),
        (Rhythm.QUARTERLY, ("2026-08-01", "2026-10-01")),
        (Rhythm.YEARLY, ("2025-11-01", "2026-10-01")),
        (Rhythm.EVENT, ("2026-11-01", "2026-11-01")),
    ],
)
def test_it_looks_at_the_months_that_the_campaign_asks_about(rhythm: Rhythm, months: tuple[str, str]) -> None:
    opened = datetime(2026, 10, 31, 16, 30, tzinfo=UTC)  # November begins in Shanghai
    assert tuple(day.isoformat() for day in months_of(opened, rhythm, ZONE)) == months


def test_it_counts_by_the_books_and_by_what_only_we_know(engine: Engine) -> None:
    boss = add_user(engine, "赵敏", Role.MANAGER)
    add_mail_customers(engine, 1)
    with writing(engine) as session:
        contact = session.exec(select(Contact)).one()
        enter(session, Delivered(MAY, 100, 2, 1), boss, NOW)
        enter(session, Delivered(JUNE, 100, 0, 0), boss, NOW)
        for at, severity, reason in (
            (datetime(2026, 4, 30, 16, 0, tzinfo=UTC), "light", NonconformityReason.RETURN),  # 1 May at home
            (datetime(2026, 6, 30, 15, 59, tzinfo=UTC), "moderate", NonconformityReason.RETURN),
            (
                datetime(2026, 6, 30, 16, 0, tzinfo=UTC),
                "severe",
                NonconformityReason.RETURN,
            ),  # July: no books
        ):
            case = Case(
                customer_id=contact.customer_id,
                contact_id=contact.id or 0,
                channel=Channel.EMAIL,
                status=CaseStatus.OPEN,
                kind="complaint",
                severity=severity,
                subject="",
                opened_at=at,
                last_message_at=at,
            )
            session.add(case)
            session.flush()
            session.add(Complaint(case_id=case.id or 0, registered_at=at))
            session.add(NonconformityNotice(case_id=case.id or 0, reason=reason, started_at=at, due_at=at))
    with reading(engine) as session:
        found = evaluate(session, MAY, date(2026, 10, 1), ZONE)
        assert found.months == 2
        assert found.figures == Figures(200, 2, 2, {"light": 1, "moderate": 1})
        assert found.score == 98.67  # (99 + 99 + 98) / 3 = 98.666…
        assert evaluate(session, date(2025, 1, 1), date(2025, 6, 1), ZONE).score is None


def test_it_takes_months_by_hand_and_from_a_table(engine: Engine) -> None:
    boss, sales = add_user(engine, "赵敏", Role.MANAGER), add_user(engine, "王芳", Role.SALES)
    table = "交付统计,,,\n年月,交付批次,延迟批次,退货\n2026年5月,1，000,2,1\n2026-06,80,,\n".replace("，", "")
    with writing(engine) as session:
        assert bring_in(session, table.encode("gb18030"), boss, NOW) == 2
        assert bring_in(session, table.encode(), boss, NOW) == 0  # again: nothing differs
        assert enter(session, Delivered(JUNE, 80, 4, 0), boss, NOW)
        with pytest.raises(NotAllowed):
            enter(session, Delivered(JUNE, 80, 4, 0), sales, NOW)
        for wrong in (
            Delivered(JUNE, 80, 81, 0),
            Delivered(JUNE, -1, 0, 0),
            Delivered(date(2027, 1, 1), 1, 0, 0),
        ):
            with pytest.raises(DeliveryError):
                enter(session, wrong, boss, NOW)
    with reading(engine) as session:
        books = session.exec(select(DeliveryMonth).order_by(col(DeliveryMonth.month))).all()
        assert [(one.month, one.deliveries, one.late, one.returned) for one in books] == [
            (MAY, 1000, 2, 1),
            (JUNE, 80, 4, 0),
        ]
        lines = session.exec(select(AuditLog).where(AuditLog.action == "deliveries_entered")).all()
        assert lines[-1].details["before"] == {"deliveries": 80, "late": 0, "returned": 0}
        assert len(lines) == 3


@pytest.mark.parametrize(
    ("table", "error"),
    [
        ("a,b\n1,2\n", SheetError),
        ("月份,交付,延迟,退货\n五月,1,0,0\n", DeliveryError),
        ("月份,交付,延迟,退货\n2026-05,viel,0,0\n", DeliveryError),
    ],
)
def test_it_says_what_is_wrong_with_a_table(table: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        list(rows_of(table.encode()))


def test_it_reads_months_as_people_write_them() -> None:
    for typed in ("2026-06", "2026年6月", "2026/6", "2026-06-01 00:00:00", "2026.06"):
        assert month_in(typed) == JUNE
    assert month_in("2026-13") is None
