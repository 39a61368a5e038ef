"""From registration to closing: the form, signatures, CAPA, nonconformity, repeats, the month."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col, select

from casework.complaints import closing, correcting, form, nonconforming
from casework.complaints.overview import complaints, repeats, waiting_for
from casework.complaints.steps import Step
from casework.complaints.summary import lines, summary
from casework.handling import close, correct, reopen
from casework.rights import NotAllowed
from nlp.reading import Entities, Evidence, Kind, Reading, Severity
from store.engine import reading, writing
from store.tables import (
    AuditLog,
    Case,
    CaseStatus,
    Complaint,
    ComplaintSignature,
    CorrectiveAction,
    Deadline,
    DeadlineKind,
    NonconformityNotice,
    NonconformityReason,
    Outgoing,
    SignedMatter,
    User,
)
from tests.casework.complaints.shop import NOW, POLICY, again, complain, staff

LATER = NOW + timedelta(hours=1)
READ = Reading(
    language="zh",
    kind=Kind.COMPLAINT,
    confidence=0.9,
    severity=Severity.MODERATE,
    entities=Entities(product="端子", part_no="KX-2208", order_no="PO-7", quantity=2000, quantity_unit="只"),
    evidence=(
        Evidence("complaint", "text", 0, 2, "起泡", "wrong.surface"),
        Evidence("complaint", "text", 2, 4, "换货", "wrong.demand"),
        Evidence("moderate", "text", 4, 6, "退货", "moderate.return"),
    ),
)


def fill(engine: Engine, case: Case, user: User, section: str, **values: form.Value) -> None:
    with writing(engine) as session:
        complaint, held = session.get_one(Complaint, case.id), session.get_one(Case, case.id)
        form.fill(session, complaint, held, section, values, user, NOW)


def settle(engine: Engine, case: Case, user: User, reason: str = "") -> None:
    with writing(engine) as session:
        complaint, held = session.get_one(Complaint, case.id), session.get_one(Case, case.id)
        closing.sign_closing(session, complaint, user, LATER, reason=reason)
        close(session, held, user, LATER)


def clocks(engine: Engine) -> dict[str, tuple[timedelta, bool]]:
    with reading(engine) as session:
        running = session.exec(select(Deadline))
        return {one.kind.value: (one.due_at - NOW, one.ended_at is None) for one in running}


def test_it_registers_what_the_message_says_and_tells_quality(engine: Engine) -> None:
    people = staff(engine)
    case = complain(engine, found=READ)
    with reading(engine) as session:
        complaint = session.get_one(Complaint, case.id)
        told = select(Outgoing.user_id).where(col(Outgoing.wording) == "complaint_registered")
        assert session.exec(told).all() == [people.quality.id]
    assert (complaint.complainant, complaint.part_no, complaint.order_no) == ("李敏", "KX-2208", "PO-7")
    assert (complaint.quantity, complaint.defect, complaint.demand) == ("2000 只", "起泡", "换货\n退货")


def test_it_starts_the_clocks_of_a_graver_complaint_once(engine: Engine) -> None:
    people = staff(engine)
    case = complain(engine, found=READ)
    complain(engine, found=READ, case=case)
    found = clocks(engine)
    assert found["nonconformity"] == (timedelta(hours=4), True)
    # Friday to Tuesday: 2 working days.
    assert found["corrective_action"] == (timedelta(days=4), True)
    with reading(engine) as session:
        notice = session.get_one(NonconformityNotice, case.id)
        assert notice.reason == NonconformityReason.RETURN
        told = select(Outgoing.user_id).where(col(Outgoing.wording) == "nonconformity")
        assert session.exec(told).all() == [people.manager.id]


def test_it_starts_nothing_for_history_and_no_capa_for_light_ones(engine: Engine) -> None:
    staff(engine)
    old = complain(engine, found=READ, history=True)
    complain(engine, Severity.LIGHT)
    assert set(clocks(engine)) == {"first_reply", "solution"}
    with reading(engine) as session:
        assert session.get_one(Complaint, old.id).part_no == "KX-2208"
        assert session.exec(select(CorrectiveAction)).all() == []


def test_it_opens_a_capa_when_a_complaint_becomes_graver(engine: Engine) -> None:
    staff(engine)
    case = complain(engine, Severity.LIGHT)
    complain(engine, Severity.SEVERE, case=case)
    with reading(engine) as session:
        assert session.get_one(CorrectiveAction, case.id).eight_d


def test_it_lets_each_fill_in_his_sections_and_notes_it(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)
    fill(
        engine,
        case,
        people.quality,
        "cause",
        unit="电镀车间",
        cause="镀液温度偏高",
        met_on=date(2026, 11, 20),
    )
    with pytest.raises(NotAllowed):
        fill(engine, case, people.sales, "cause", cause="不知道")
    with pytest.raises(NotAllowed):
        fill(engine, case, people.quality, "countermeasure", countermeasure="x")
    with reading(engine) as session:
        (line,) = session.exec(select(AuditLog).where(col(AuditLog.action) == "complaint_filled"))
        assert line.details == {"section": "cause", "fields": ["unit", "met_on", "cause"]}
        assert session.get_one(Complaint, case.id).unit == "电镀车间"


def test_it_wants_two_people_under_the_countermeasure_and_again_after_an_edit(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)

    def names(session: Session) -> list[bool]:
        complaint = session.get_one(Complaint, case.id)
        signed = closing.signatures_of(session, complaint.case_id)
        sides = (SignedMatter.COUNTERMEASURE_SALES, SignedMatter.COUNTERMEASURE_HEAD)
        return [closing.signature(signed, side, complaint.countermeasure) is not None for side in sides]

    fill(engine, case, people.sales, "countermeasure", countermeasure="全检后换货")
    for user in (people.sales, people.head, people.sales):
        with writing(engine) as session:
            closing.sign_countermeasure(session, session.get_one(Complaint, case.id), user, NOW)
    with reading(engine) as session:
        assert names(session) == [True, True]
        assert len(session.exec(select(ComplaintSignature)).all()) == 2
    fill(engine, case, people.head, "countermeasure", countermeasure="全检后换货，赔运费")
    with reading(engine) as session:
        assert names(session) == [False, False]
    with pytest.raises(NotAllowed), writing(engine) as session:
        closing.sign_countermeasure(session, session.get_one(Complaint, case.id), people.quality, NOW)


def test_it_closes_only_after_the_effect_and_the_heads_signature(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)
    with pytest.raises(NotAllowed, match="effect"), writing(engine) as session:
        close(session, session.get_one(Case, case.id), people.manager, NOW)
    with pytest.raises(NotAllowed, match="effect"):
        settle(engine, case, people.head)
    fill(engine, case, people.quality, "effect", effect="三批无不良", effective=True, satisfied=True)
    with pytest.raises(NotAllowed, match="head"), writing(engine) as session:
        close(session, session.get_one(Case, case.id), people.head, NOW)
    with pytest.raises(NotAllowed, match="Only"):
        settle(engine, case, people.sales)
    settle(engine, case, people.head)
    assert again(engine, case).status == CaseStatus.CLOSED
    with pytest.raises(NotAllowed, match="reopen"):
        fill(engine, case, people.quality, "cause", cause="x")


def test_it_takes_a_reason_to_close_over_a_dissatisfied_customer(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)
    fill(engine, case, people.sales, "effect", effect="已换货", satisfied=False)
    with pytest.raises(NotAllowed, match="reason"):
        settle(engine, case, people.head, " ")
    settle(engine, case, people.head, "客户要求超出合同，已书面说明")
    assert again(engine, case).status == CaseStatus.CLOSED


def test_it_wants_the_effect_anew_after_reopening(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)
    fill(engine, case, people.sales, "effect", effect="已换货", satisfied=True)
    settle(engine, case, people.head)
    with writing(engine) as session:
        reopen(session, session.get_one(Case, case.id), people.head, LATER, POLICY)
    with pytest.raises(NotAllowed, match="effect"), writing(engine) as session:
        close(session, session.get_one(Case, case.id), people.head, LATER)
    with writing(engine) as session:
        complaint, held = session.get_one(Complaint, case.id), session.get_one(Case, case.id)
        later = LATER + timedelta(days=1)
        assert form.fill(session, complaint, held, "effect", {"effect": "已换货"}, people.sales, later)
        closing.sign_closing(session, complaint, people.head, later)
        close(session, held, people.head, later)
    assert again(engine, case).status == CaseStatus.CLOSED


def set_each(engine: Engine, changes: tuple[str, ...]) -> None:
    with writing(engine) as session:
        for change in changes:
            session.connection().execute(text(f"UPDATE cases SET {change}"))


@pytest.mark.parametrize("prepared", ["nothing", "effect", "signature of other words", "no reason"])
def test_the_database_closes_no_complaint_that_is_not_settled(engine: Engine, prepared: str) -> None:
    people, case = staff(engine), complain(engine)
    if prepared != "nothing":
        fill(engine, case, people.sales, "effect", effect="已换货", satisfied=prepared != "no reason")
    signed = {"signature of other words": "全都好了", "no reason": "已换货"}
    if words := signed.get(prepared):
        with writing(engine) as session:
            session.add(
                ComplaintSignature(
                    case_id=case.id or 0,
                    matter=SignedMatter.CLOSING,
                    words=words,
                    user_id=people.head.id or 0,
                    at=LATER,
                )
            )
    ways = (
        ("status = 'closed'",),
        ("kind = 'other', status = 'closed'", "kind = 'complaint'"),
    )
    for way in ways:
        with pytest.raises(DatabaseError, match="effect is recorded"):
            set_each(engine, way)


def test_the_database_takes_the_closing_signature_of_a_head_only(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)
    values: dict[str, Any] = {
        "case_id": case.id or 0,
        "matter": SignedMatter.CLOSING,
        "words": "x",
        "at": NOW,
    }
    with pytest.raises(DatabaseError, match="head"), writing(engine) as session:
        session.add(ComplaintSignature(**values, user_id=people.sales.id or 0))
    with writing(engine) as session:
        session.add(ComplaintSignature(**values, user_id=people.head.id or 0))
    for statement in ("UPDATE complaint_signatures SET words = 'y'", "DELETE FROM complaint_signatures"):
        with pytest.raises(DatabaseError, match="append-only"), writing(engine) as session:
            session.connection().execute(text(statement))


def test_it_issues_a_capa_with_its_measures_and_stops_the_clock(engine: Engine) -> None:
    people, case = staff(engine), complain(engine)
    with writing(engine) as session:
        action = session.get_one(CorrectiveAction, case.id)
        with pytest.raises(NotAllowed, match="cause"):
            correcting.issue_action(session, action, people.quality, NOW)
        with pytest.raises(NotAllowed, match="after it was issued"):
            correcting.verify_action(session, action, people.quality, "好", NOW, effective=True)
        with pytest.raises(NotAllowed, match="Only"):
            correcting.fill_action(session, action, people.sales, {"cause": "x"}, NOW, eight_d=False)
        found = {"cause": "温度偏高", "action": "装温控报警"}
        correcting.fill_action(session, action, people.quality, found, NOW, eight_d=True)
        correcting.add_measure(
            session,
            action,
            people.quality,
            "装报警器",
            NOW,
            department="电镀",
            person="老赵",
            due_on=date(2026, 12, 1),
        )
        correcting.issue_action(session, action, people.quality, LATER)
        correcting.verify_action(session, action, people.quality, "两周无异常", LATER, effective=True)
    assert clocks(engine)["corrective_action"][1] is False
    with writing(engine) as session:
        (measure,) = correcting.measures_of(session, case.id or 0)
        correcting.finish_measure(session, measure, people.quality, date(2026, 11, 30), "已装", LATER)
        assert measure.done_on == date(2026, 11, 30)


def test_it_issues_a_nonconformity_notice_and_a_capa_follows(engine: Engine) -> None:
    people, case = staff(engine), complain(engine, Severity.LIGHT)
    with writing(engine) as session:
        held = session.get_one(Case, case.id)
        reason = NonconformityReason.LATE_SUPPLY
        notice = nonconforming.expect_notice(session, held, reason, NOW, POLICY, people.sales)
        session.flush()
        with pytest.raises(NotAllowed, match="names the goods"):
            nonconforming.issue_notice(
                session, notice, held, people.sales, NOW, POLICY, goods="", quantity="", disposition=""
            )
        nonconforming.issue_notice(
            session, notice, held, people.sales, LATER, POLICY, goods="KX", quantity="2", disposition="隔离"
        )
    found = clocks(engine)
    assert found["nonconformity"][1] is False
    assert found["corrective_action"][1] is True


def test_it_drops_a_notice_that_was_misread(engine: Engine) -> None:
    people = staff(engine)
    case = complain(engine, found=READ)
    with writing(engine) as session:
        nonconforming.drop_notice(session, session.get_one(NonconformityNotice, case.id), people.sales, LATER)
    assert clocks(engine)["nonconformity"][1] is False


def test_it_stops_the_clocks_of_what_turns_out_to_be_no_complaint(engine: Engine) -> None:
    people = staff(engine)
    case = complain(engine, found=READ)
    with writing(engine) as session:
        held = session.get_one(Case, case.id)
        correct(
            session,
            held,
            people.head,
            LATER,
            POLICY,
            kind=Kind.INQUIRY,
            severity=None,
            claim=False,
            categories=(),
        )
    found = clocks(engine)
    assert [found[kind][1] for kind in (DeadlineKind.NONCONFORMITY, DeadlineKind.CORRECTIVE_ACTION)] == [
        False,
        False,
    ]


def test_it_shows_what_came_before_and_how_far_each_is(engine: Engine) -> None:
    people = staff(engine)
    first = complain(engine, found=READ)
    second = complain(engine, found=READ)
    complain(engine, Severity.LIGHT)
    fill(engine, second, people.quality, "cause", unit="电镀", cause="温度")
    with reading(engine) as session:
        found = repeats(session, session.get_one(Complaint, second.id), second, None)
        assert [line.case.id for line in found] == [first.id]
        listed = complaints(session, None, still_open=True)
        assert [(line.case.id, line.next) for line in listed] == [
            (3, Step.CAUSE),
            (2, Step.COUNTERMEASURE),
            (1, Step.CAUSE),
        ]
        assert complaints(session, None, still_open=False) == []
        assert waiting_for(session, people.sales) == []


def test_it_counts_a_month_by_the_sites_clock(engine: Engine) -> None:
    people = staff(engine)
    case = complain(engine, found=READ)
    complain(engine, Severity.SEVERE, claim=True)
    fill(engine, case, people.quality, "cause", unit="电镀车间")
    fill(engine, case, people.sales, "effect", effect="好", effective=True, satisfied=True)
    settle(engine, case, people.head)
    shanghai = ZoneInfo("Asia/Shanghai")
    with reading(engine) as session:
        found = summary(session, date(2026, 11, 20), shanghai)
        assert (found.total, found.closed, found.claims, found.effective) == (2, 1, 1, 1)
        assert found.severities == {"light": 0, "moderate": 1, "severe": 1}
        assert list(found.units) == [("电镀车间", 1)]
        assert list(found.customers) == [("凯迈", 2)]
        assert len(lines(session, date(2026, 11, 1), shanghai)) == 2
        assert summary(session, date(2026, 10, 1), shanghai).total == 0
