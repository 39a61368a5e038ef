"""The yearly plan: who is visited when, what a click does, what a visit made means for the reminders."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.customer_book.card import Card, change_card
from casework.customer_book.visits import (
    Report,
    VisitError,
    default_months,
    make_plan,
    record,
    toggle,
)
from casework.customers import add_contact
from casework.owing import notice_words, page_of
from casework.reminding import remind_due
from store.engine import reading, writing
from store.plan import WantedPlan, plan_of
from store.tables import (
    AuditLog,
    CampaignState,
    Channel,
    Customer,
    CustomerStatus,
    Deadline,
    DeadlineKind,
    Outgoing,
    OutgoingState,
    PlanState,
    Rhythm,
    Role,
    SurveyCampaign,
    SurveyInvitation,
    SurveyPlan,
    User,
    Visit,
    VisitKind,
)
from tests.office import MORNING, POLICY

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
SAID = Report(date(2026, 11, 20), "李敏", "满意")


@pytest.fixture(autouse=True)
def people(engine: Engine) -> None:
    with writing(engine) as session:
        wang = User(name="王芳", role=Role.SALES, password_hash="-", created_at=MORNING)
        chen = User(name="陈志远", role=Role.SALES, password_hash="-", created_at=MORNING)
        session.add_all([wang, chen])
        session.flush()
        for name, status, owner in (
            ("现有", CustomerStatus.EXISTING, wang.id),
            ("潜在", CustomerStatus.POTENTIAL, wang.id),
            ("没人管", CustomerStatus.POTENTIAL, None),
        ):
            session.add(Customer(name=name, status=status, owner_id=owner, created_at=MORNING))


def user_of(session: Session) -> User:
    return session.get_one(User, 1)


def click(session: Session, month: date, customer_id: int = 1) -> bool:
    customer = session.get_one(Customer, customer_id)
    return toggle(session, customer, VisitKind.VISIT, month, user_of(session), MORNING, POLICY)


def visit(session: Session, report: Report, customer_id: int = 1, now: datetime = MORNING) -> None:
    customer = session.get_one(Customer, customer_id)
    record(session, customer, VisitKind.VISIT, report, user_of(session), now, POLICY)


def clocks(engine: Engine) -> list[Deadline]:
    with reading(engine) as session:
        return list(
            session.exec(
                select(Deadline)
                .where(col(Deadline.kind) == DeadlineKind.VISIT, col(Deadline.ended_at).is_(None))
                .order_by(col(Deadline.due_at))
            )
        )


def test_existing_customers_are_visited_half_yearly_and_potential_ones_monthly() -> None:
    for number in range(1, 8):
        first, second = default_months(number, CustomerStatus.EXISTING, VisitKind.VISIT)
        assert 1 <= first <= 6
        assert second == first + 6
    assert default_months(1, CustomerStatus.POTENTIAL, VisitKind.VISIT) == tuple(range(1, 13))
    assert default_months(1, CustomerStatus.POTENTIAL, VisitKind.SURVEY) == ()
    assert default_months(1, CustomerStatus.EXISTING, VisitKind.SURVEY) == (1, 7)


def test_it_plans_a_year_once_for_customers_with_an_owner(engine: Engine) -> None:
    for year, customers in ((2027, 2), (2027, 0), (2026, 1)):
        with writing(engine) as session:
            assert make_plan(session, year, user_of(session), MORNING, POLICY) == customers
    with reading(engine) as session:
        page = plan_of(session, 2027, WantedPlan(), POLICY.timezone)
        this_year = plan_of(session, 2026, WantedPlan(), POLICY.timezone)
    assert {line.customer.name for line in page.lines} == {"潜在", "现有"}
    stars = {
        line.customer.name: [month for month, cell in enumerate(line.months, 1) if cell.planned]
        for line in (*page.lines, *this_year.lines)
    }
    assert stars["潜在"] == [11, 12]  # what is over in 2026 is not planned
    assert len(clocks(engine)) == 12 + 2 + 2  # surveys go out by themselves
    with reading(engine) as session:
        assert [line.action for line in session.exec(select(AuditLog))] == ["plan_made"] * 2


def test_a_click_plans_a_month_and_the_next_one_takes_it_back(engine: Engine) -> None:
    for planned in (True, False):
        with writing(engine) as session:
            assert click(session, DECEMBER) is planned
        assert len(clocks(engine)) == planned
    with writing(engine) as session, pytest.raises(VisitError, match="over"):
        click(session, date(2026, 10, 1))


def test_its_clock_rings_for_the_owner_within_the_month(engine: Engine) -> None:
    with writing(engine) as session:
        toggle(
            session,
            session.get_one(Customer, 1),
            VisitKind.VISIT,
            DECEMBER,
            user_of(session),
            MORNING,
            POLICY,
        )
    (clock,) = clocks(engine)
    assert (clock.case_id, clock.user_id) == (None, 1)
    assert clock.due_at == datetime(2027, 1, 1, tzinfo=POLICY.timezone)
    assert clock.remind_at is not None
    assert clock.remind_at.astimezone(POLICY.timezone).month == 12
    with writing(engine) as session:
        customer = session.get_one(Customer, 1)
        card = Card(name=customer.name, status=CustomerStatus.EXISTING, owner_id=2)
        change_card(session, customer, card, user_of(session), MORNING)
    assert [clock.user_id for clock in clocks(engine)] == [2]


def test_its_reminder_reaches_the_owner_and_goes_with_the_visit(engine: Engine) -> None:
    with writing(engine) as session:
        click(session, DECEMBER)
    rung = []
    for month, day in ((11, 30), (12, 17), (12, 27)):
        with writing(engine) as session:
            rung.append(remind_due(session, datetime(2026, month, day, tzinfo=POLICY.timezone), POLICY))
    assert rung == [0, 1, 1]  # at half of the month, and at five sixths of it
    with reading(engine) as session:
        reminders = session.exec(select(Outgoing)).all()
        assert {(one.user_id, one.wording) for one in reminders} == {(1, "reminder/visit")}
        assert {page_of(one) for one in reminders} == {"/desk/plan"}
        said = notice_words(reminders[-1], "zh", POLICY.timezone, lambda sentence, _language: sentence)
    assert "C-00001" in said.subject
    assert "2027-01-01 00:00" in said.text
    with writing(engine) as session:
        made = Report(date(2026, 12, 27), "李敏", "满意")
        visit(session, made, now=datetime(2026, 12, 28, 9, tzinfo=POLICY.timezone))
    with writing(engine) as session:
        late = datetime(2027, 1, 9, tzinfo=POLICY.timezone)
        assert remind_due(session, late, POLICY) == 0
    with reading(engine) as session:
        assert {one.state for one in session.exec(select(Outgoing))} == {OutgoingState.CANCELLED}


def test_it_shows_surveys_by_their_campaigns(engine: Engine) -> None:
    """One in which a customer was asked (☆), later than planned (★); those of a plan for everybody (★)."""
    last_of_january = datetime(2026, 1, 31, 17, tzinfo=UTC)  # in the office it is February
    with writing(engine) as session:
        for month in (date(2026, 1, 1), date(2026, 7, 1)):
            session.add(Visit(customer_id=1, kind=VisitKind.SURVEY, month=month, created_at=MORNING))
        contact = add_contact(
            session, session.get_one(Customer, 1), Channel.EMAIL, "a@b.cn", "", "zh", MORNING
        )
        boss = User(name="总经理", role=Role.MANAGER, password_hash="-", created_at=MORNING)
        session.add(boss)
        session.flush()
        plan = SurveyPlan(
            title="半年",
            questionnaire="smt-100",
            questionnaire_version=1,
            rhythm=Rhythm.HALF_YEARLY,
            starts_on=date(2026, 5, 1),
            state=PlanState.APPROVED,
            approved_by=boss.id,
            approved_at=MORNING,
            created_at=MORNING,
        )
        session.add(plan)
        session.flush()
        campaign = SurveyCampaign(
            plan_id=plan.id or 0,
            period="2026-H1",
            questionnaire="smt-100",
            questionnaire_version=1,
            state=CampaignState.CLOSED,
            opens_at=last_of_january,
            closes_at=last_of_january,
            created_at=last_of_january,
        )
        session.add(campaign)
        session.flush()
        session.add(
            SurveyInvitation(
                campaign_id=campaign.id or 0,
                customer_id=1,
                contact_id=contact.id or 0,
                channel=Channel.EMAIL,
                address="a@b.cn",
                expires_at=MORNING,
                created_at=last_of_january,
            )
        )
    with reading(engine) as session:
        lines = plan_of(session, 2026, WantedPlan(), POLICY.timezone).lines
        years = {line.customer.name: line.months for line in lines}
        assert plan_of(session, 2025, WantedPlan(), POLICY.timezone).lines[0].months[0].made == set()
    survey = VisitKind.SURVEY
    asked = years["现有"]
    assert [month for month, cell in enumerate(asked, 1) if survey in cell.planned] == [1, 5, 7, 11]
    assert [month for month, cell in enumerate(asked, 1) if survey in cell.made] == [2]
    assert [month for month, cell in enumerate(asked, 1) if survey in cell.open] == [7]
    assert not any(cell.planned or cell.made for cell in years["潜在"])


def test_a_visit_made_fulfils_the_plan_and_ends_the_clocks(engine: Engine) -> None:
    with writing(engine) as session:
        for month in (NOVEMBER, DECEMBER):
            click(session, month, 1)
    with writing(engine) as session:
        visit(session, SAID)
    with reading(engine) as session:
        visits = session.exec(select(Visit).order_by(col(Visit.month))).all()
        made = [(one.month, one.made_on) for one in visits]
        assert made == [
            (NOVEMBER, SAID.made_on),
            (DECEMBER, None),
        ]
        line = plan_of(session, 2026, WantedPlan(status="existing"), POLICY.timezone).lines[0]
        assert (line.months[10].made, line.months[11].open) == ({VisitKind.VISIT}, {VisitKind.VISIT})
        ended = session.exec(select(Deadline).where(col(Deadline.ended_at).is_not(None))).one()
        assert ended.met_at == MORNING
    with writing(engine) as session:  # one more in the month stands by itself
        visit(session, SAID)
    with reading(engine) as session:
        assert len(session.exec(select(Visit)).all()) == 3
    assert len(clocks(engine)) == 1


def test_a_visit_of_december_leaves_what_was_missed_missed(engine: Engine) -> None:
    with writing(engine) as session:
        for month in (NOVEMBER, DECEMBER):
            click(session, month, 2)
    later = datetime(2026, 12, 10, 2, tzinfo=POLICY.timezone)
    with writing(engine) as session:
        said = Report(date(2026, 12, 9), "赵工", "还在比价")
        visit(session, said, 2, later)
    with reading(engine) as session:
        visits = session.exec(select(Visit).order_by(col(Visit.month))).all()
        assert [one.made_on for one in visits] == [None, date(2026, 12, 9)]
        ended = session.exec(select(Deadline).order_by(col(Deadline.due_at)))
        met = [clock.met_at is not None for clock in ended]
    assert met == [False, True]
    assert clocks(engine) == []


TODAY = SAID.made_on


@pytest.mark.parametrize(
    "wrong",
    [Report(date(2026, 11, 21), "x", "y"), Report(TODAY, " ", "y"), Report(TODAY, "x", "")],
)
def test_it_wants_to_know_whom_what_and_not_the_future(engine: Engine, wrong: Report) -> None:
    with writing(engine) as session, pytest.raises(VisitError):
        visit(session, wrong)
