"""A dissatisfied customer's complaint: when it may close, and how it stands."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from casework.complaints import closing, form
from casework.handling import close, correct
from casework.rights import NotAllowed
from nlp.reading import Kind, Severity
from store.engine import reading, writing
from store.tables import (
    CampaignState,
    Case,
    CaseStatus,
    Complaint,
    ComplaintSignature,
    PlanState,
    Rhythm,
    SignedMatter,
    SurveyPlan,
    User,
)
from survey.acting.dissatisfied import Standing, dissatisfied
from tests.casework.complaints.shop import complain, staff
from tests.survey.invited import add_campaign, add_invitation, add_response
from tests.survey.people import BEST, NOW, POLICY, later


def test_a_dissatisfied_customer_stays_open_until_satisfied_or_closed_for_a_reason(engine: Engine) -> None:
    people = staff(engine)
    first, second, third = (complain(engine, Severity.LIGHT) for _ in range(3))
    with writing(engine) as session:
        add_plan_with_answers(session, people.manager, [first, second])
    for case in (first, second, third):
        with writing(engine) as session:
            filled: dict[str, form.Value] = {"effect": "已换货", "effective": True}
            held, complaint = session.get_one(Case, case.id), session.get_one(Complaint, case.id)
            form.fill(session, complaint, held, "effect", filled, people.sales, NOW)
    sign_and_close(engine, third, people.head)  # of no survey: unknown is enough
    for case in (first, second):
        with pytest.raises(NotAllowed, match="A survey opened"):
            sign_and_close(engine, case, people.head)
        with pytest.raises(DatabaseError, match="complaint closes after"), writing(engine) as session:
            close_by_hand(session, case, people.head)
        with pytest.raises(NotAllowed, match="it stays one"):
            call_it_none(engine, case, people.manager)
        with pytest.raises(DatabaseError, match="stays one"), writing(engine) as session:
            session.connection().execute(text(f"UPDATE cases SET kind = 'other' WHERE id = {case.id}"))
    with writing(engine) as session:
        held, complaint = session.get_one(Case, first.id), session.get_one(Complaint, first.id)
        form.fill(session, complaint, held, "effect", {"satisfied": True}, people.sales, NOW)
    sign_and_close(engine, first, people.head)
    with reading(engine) as session:
        rows = dissatisfied(session, None)
        assert [(one.case.id, one.standing) for one in rows] == [
            (second.id, Standing.OPEN),
            (first.id, Standing.SATISFIED),
        ]
        assert [one.case.id for one in dissatisfied(session, None, rows[0].response_id)] == [first.id]
    sign_and_close(engine, second, people.head, "客户停产，联系不上")
    with reading(engine) as session:
        one = dissatisfied(session, None)[0]
        assert (one.standing, one.reason) == (Standing.REASON, "客户停产，联系不上")


def add_plan_with_answers(session: Session, manager: User, cases: list[Case]) -> None:
    """Each case was opened by the answer of a round of its own."""
    plan = SurveyPlan(
        title="回访",
        questionnaire="smt-100",
        questionnaire_version=1,
        rhythm=Rhythm.ONCE,
        starts_on=NOW.date(),
        state=PlanState.APPROVED,
        approved_by=manager.id,
        approved_at=NOW,
        created_at=NOW,
    )
    session.add(plan)
    session.flush()
    for case in cases:
        campaign = add_campaign(session, plan.id or 0, f"2026-{case.id}", state=CampaignState.CLOSED)
        invitation = add_invitation(session, campaign.id or 0, 1)
        add_response(session, invitation, dict.fromkeys(BEST, "poor"), 23, case_id=case.id)


def sign_and_close(engine: Engine, case: Case, head: User, reason: str = "") -> None:
    with writing(engine) as session:
        held, complaint = session.get_one(Case, case.id), session.get_one(Complaint, case.id)
        closing.sign_closing(session, complaint, head, later(days=30), reason=reason)
        close(session, held, head, later(days=30))
        assert held.status == CaseStatus.CLOSED


def close_by_hand(session: Session, case: Case, head: User) -> None:
    """Signed without a reason, and closed by a statement."""
    session.add(
        ComplaintSignature(
            case_id=case.id or 0,
            matter=SignedMatter.CLOSING,
            words="已换货",
            user_id=head.id or 0,
            at=later(days=30),
        )
    )
    session.flush()
    session.connection().execute(text(f"UPDATE cases SET status = 'closed' WHERE id = {case.id}"))


def call_it_none(engine: Engine, case: Case, manager: User) -> None:
    with writing(engine) as session:
        correct(
            *(session, session.get_one(Case, case.id), manager, NOW, POLICY),
            kind=Kind.INQUIRY,
            severity=None,
            claim=False,
            categories=(),
        )
