"""A special requirement from being known to being told back, and on to the customer's next order."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import col, select

from bot.clock import rings
from casework import requirements as rules
from casework.carrying import offered, take_over
from casework.handling import correct
from casework.owing import page_of
from casework.reports.requirements import requirement_report
from casework.requirements import RequirementError, Terms
from casework.rights import NotAllowed
from nlp.reading import Kind
from store.engine import reading, writing
from store.requirements import WantedRequirements, requirements
from store.tables import (
    AuditLog,
    Case,
    Deadline,
    DeadlineKind,
    Outgoing,
    RequirementPriority,
    RequirementReceipt,
    RequirementScope,
    RequirementStatus,
    Role,
    SpecialRequirement,
    User,
)
from tests.office import Office, mail, noticed

LABELS = Terms("每箱贴批号标签", "labelling")
ORDER = "您好，请按附件下单：PO-20261120-9，KX-2208 端子 20,000 只，单价不变，12 月 5 日前交货。"


def keep(office: Office, terms: Terms, user: User, *, case_id: int | None = None) -> int:
    with writing(office.engine) as session:
        return rules.keep(session, 1, terms, user, office.now, office.policy, case_id=case_id).id or 0


def the(office: Office, number: int) -> SpecialRequirement:
    with reading(office.engine) as session:
        return session.get_one(SpecialRequirement, number)


def running(office: Office) -> list[tuple[str, datetime, int | None]]:
    with reading(office.engine) as session:
        found = session.exec(
            select(Deadline).where(
                col(Deadline.kind) == DeadlineKind.REQUIREMENT, col(Deadline.ended_at).is_(None)
            )
        )
        return [(deadline.about, deadline.due_at, deadline.user_id) for deadline in found]


def actions(office: Office) -> list[str]:
    return [line.action for line in office.all(AuditLog) if line.action.startswith("requirement")]


def test_it_is_kept_done_and_told_back_with_one_line_of_the_log_each(office: Office) -> None:
    user = office.hire()
    office.mail_arrives(mail())
    number = keep(office, LABELS, user)
    kept = the(office, number)
    assert (kept.number, kept.status) == (f"SR-{number:06d}", RequirementStatus.PENDING)
    assert (kept.identified_by, kept.identified_on) == ("sales", date(2026, 11, 20))
    with writing(office.engine) as session:
        one = session.get_one(SpecialRequirement, number)
        assert rules.change(
            session,
            one,
            Terms("每箱贴批号标签", "labelling", remark="含内盒"),
            user,
            office.now,
            office.policy,
        )
        same = Terms("每箱贴批号标签", "labelling", remark="含内盒")
        assert not rules.change(session, one, same, user, office.now, office.policy)
        with pytest.raises(RequirementError, match="once the requirement is done"):
            rules.report_back(session, one, user, office.now)
        with pytest.raises(RequirementError, match="how the requirement was carried out"):
            rules.move_to(session, one, RequirementStatus.DONE, " ", user, office.now, office.policy)
        rules.move_to(session, one, RequirementStatus.IN_PROGRESS, "", user, office.now, office.policy)
        rules.move_to(session, one, RequirementStatus.DONE, "模板已改", user, office.now, office.policy)
        rules.report_back(session, one, user, office.now)
        rules.report_back(session, one, user, office.now)
    assert actions(office) == [
        "requirement_added",
        "requirement_changed",
        "requirement_moved",
        "requirement_moved",
        "requirement_reported",
    ]


def test_its_clock_runs_until_it_is_done_and_reminds_its_handler(office: Office) -> None:
    user, other = office.hire(), office.hire("小王")
    office.mail_arrives(mail())
    number = keep(office, Terms("木箱", "packaging", deadline=date(2026, 12, 1), handler_id=user.id), user)
    due_at = datetime(2026, 12, 1, 18, tzinfo=office.policy.timezone)
    assert running(office) == [(f"requirement:{number}", due_at, user.id)]
    with writing(office.engine) as session:
        one = session.get_one(SpecialRequirement, number)
        later = Terms("木箱", "packaging", deadline=date(2026, 12, 3), handler_id=other.id)
        rules.change(session, one, later, user, office.now, office.policy)
    assert running(office) == [(f"requirement:{number}", due_at + timedelta(days=2), other.id)]
    office.pass_time(days=20)
    rings(office.engine, office.policy, office.clock)["reminders"]()
    reminder = next(row for row in office.all(Outgoing) if row.wording == "reminder/requirement")
    assert page_of(reminder) == f"/desk/requirements/{number}"
    assert "客户 C-00001 有一项特殊要求" in noticed(reminder).text
    for act, runs in ((rules.withdraw, 0), (rules.bring_back, 1)):
        with writing(office.engine) as session:
            one = session.get_one(SpecialRequirement, number)
            more = (office.policy,) if act is rules.bring_back else ()
            act(session, one, user, office.now, *more)
        assert len(running(office)) == runs
    with writing(office.engine) as session:
        one = session.get_one(SpecialRequirement, number)
        rules.move_to(session, one, RequirementStatus.DONE, "已换木箱", user, office.now, office.policy)
    assert running(office) == []
    met = [deadline.met_at for deadline in office.all(Deadline) if deadline.kind == DeadlineKind.REQUIREMENT]
    assert met[-1] == office.now


def test_a_department_is_told_once_and_signs_for_itself(office: Office) -> None:
    user = office.hire()
    keeper = office.hire("老仓", Role.REVIEWER)
    with writing(office.engine) as session:
        session.get_one(User, keeper.id).department = "warehouse"
    office.mail_arrives(mail())
    number = keep(office, LABELS, user)
    for _time in range(2):
        with writing(office.engine) as session:
            one = session.get_one(SpecialRequirement, number)
            rules.pass_on(session, one, ["warehouse", "quality", "warehouse"], user, office.now)
    told = [row for row in office.all(Outgoing) if row.wording == "requirement"]
    assert [row.user_id for row in told] == [keeper.id]
    assert page_of(told[0]) == f"/desk/requirements/{number}"  # it is of no case
    with writing(office.engine) as session:
        one = session.get_one(SpecialRequirement, number)
        keeper = session.get_one(User, keeper.id)
        with pytest.raises(NotAllowed):
            rules.sign_for(session, one, "quality", keeper, office.now)
        rules.sign_for(session, one, "warehouse", keeper, office.now)
        rules.sign_for(session, one, "warehouse", keeper, office.now)
    signed = {receipt.department: receipt.received_by for receipt in office.all(RequirementReceipt)}
    assert signed == {"warehouse": keeper.id, "quality": None}
    assert actions(office).count("requirement_received") == 1


def test_what_holds_for_all_orders_joins_the_next_one_unasked(office: Office) -> None:
    user = office.hire()
    office.mail_arrives(mail())
    always = keep(office, Terms("每箱不超过 15 kg", "packaging", scope=RequirementScope.CUSTOMER), user)
    keep(
        office,
        Terms("旧标签", "labelling", scope=RequirementScope.CUSTOMER, valid_until=date(2026, 11, 1)),
        user,
    )
    sometimes = keep(office, Terms("随货附材质报告", "material"), user)
    with reading(office.engine) as session:
        assert office.the_case().requirement_categories == []  # an inquiry
    office.mail_arrives(mail(subject="订单 PO-20261120-9", text=ORDER, message_id="<2@kaimai.example>"))
    order = office.all(Case)[1]
    assert order.kind == Kind.ORDER
    assert "packaging" in order.requirement_categories
    with writing(office.engine) as session:
        order = session.get_one(Case, order.id)
        carried = session.exec(
            select(SpecialRequirement.carried_from).where(
                col(SpecialRequirement.case_id) == order.id, col(SpecialRequirement.carried_from).is_not(None)
            )
        ).all()
        assert carried == [always]
        ids = [one.id for one in offered(session, order, office.now, office.policy)]
        assert ids == [sometimes]
        assert take_over(session, order, [sometimes, 999], user, office.now, office.policy) == 1
    with writing(office.engine) as session:
        order = session.get_one(Case, order.id)
        assert {"material", "packaging"} <= set(order.requirement_categories)
        assert offered(session, order, office.now, office.policy) == []
        assert take_over(session, order, [sometimes], user, office.now, office.policy) == 0
    assert [line.action for line in office.all(AuditLog)].count("requirements_carried") == 1


def test_it_joins_a_case_that_a_person_calls_an_order(office: Office) -> None:
    user = office.hire()
    office.mail_arrives(mail())
    keep(office, Terms("木箱", "packaging", scope=RequirementScope.CUSTOMER), user)
    with writing(office.engine) as session:
        case = session.get_one(Case, office.the_case().id)
        correct(
            *(session, case, user, office.now, office.policy),
            kind=Kind.ORDER,
            severity=None,
            claim=False,
            categories=(),
        )
    assert office.the_case().requirement_categories == ["packaging"]


def test_the_list_puts_first_what_is_to_be_done_first(office: Office) -> None:
    user = office.hire()
    office.mail_arrives(mail())
    late = keep(office, Terms("甲", "packaging", deadline=date(2026, 12, 9)), user)
    soon = keep(office, Terms("乙", "packaging", deadline=date(2026, 12, 1)), user)
    high = keep(office, Terms("丙", "material", priority=RequirementPriority.HIGH), user)
    done = keep(office, Terms("丁", "material", priority=RequirementPriority.HIGH), user)
    office.pass_time(days=2)
    with writing(office.engine) as session:
        one = session.get_one(SpecialRequirement, done)
        rules.move_to(session, one, RequirementStatus.DONE, "好", user, office.now, office.policy)
    with reading(office.engine) as session:
        found = requirements(session, WantedRequirements())
        assert [line.requirement.id for line in found.lines] == [high, soon, late, done]
        report = requirement_report(
            session, office.now - timedelta(days=5), office.now, office.now + timedelta(days=12)
        )
    assert (report.whole.total, report.whole.done, report.whole.late) == (4, 1, 1)
    material, packaging = report.categories
    assert (material.category, report.share(material)) == ("material", 0.5)
    assert material.mean == timedelta(days=2)
    assert packaging.late == 1


def test_it_refuses_what_is_no_requirement(office: Office) -> None:
    user, admin = office.hire(), office.hire("管", Role.ADMIN)
    office.mail_arrives(mail())
    wrong_ones = (
        Terms(" ", "packaging"),
        Terms("x", " "),
        Terms("x", "packaging", source="rumour"),
        Terms("x", "packaging", handler_id=99),
    )
    for wrong in wrong_ones:
        with pytest.raises(RequirementError):
            keep(office, wrong, user)
    with pytest.raises(NotAllowed):
        keep(office, LABELS, admin)
