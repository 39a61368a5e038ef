"""Plans: what they may be like, that a change asks for a new approval, and what they would do now."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from casework.rights import NotAllowed
from store.engine import reading, writing
from store.tables import (
    Audience,
    Channel,
    Contact,
    PlanState,
    Rhythm,
    Role,
    SurveyCampaign,
    SurveyEvent,
    SurveyPlan,
    User,
)
from survey.asking.plans import PlanError, Wanted, approve, change, draft, end
from survey.asking.preview import preview
from tests.survey.people import (
    NOW,
    POLICY,
    add_customer,
    add_mail_customers,
    add_user,
    approve_plan,
    later,
    ring,
)

QUARTERLY = Wanted("季度", "smt-100", Rhythm.QUARTERLY, date(2027, 1, 4))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": "  "}, "title"),
        ({"questionnaire": "../secrets"}, "questionnaire"),
        ({"rhythm": Rhythm.EVENT}, "event"),
        ({"rhythm": Rhythm.EVENT, "event": SurveyEvent.NEW_PRODUCT}, "product"),
        (
            {
                "rhythm": Rhythm.EVENT,
                "event": SurveyEvent.SERVICE_ORDER,
                "audience": Audience.SAMPLE,
                "share": 70,
            },
            "not a sample",
        ),
        ({"audience": Audience.PRODUCT}, "product"),
        ({"audience": Audience.SAMPLE, "share": 59}, "60 %"),
        ({"audience": Audience.OWNER}, "whose"),
        ({"audience": Audience.OWNER, "owner_id": 99}, "whose"),
        ({"channels": ()}, "channel"),
        ({"channels": ("email", "phone")}, "channel"),
        ({"open_days": 0}, "60 days"),
        ({"reminder_days": (4, 2)}, "reminders"),
        ({"reminder_days": (1, 2, 3, 4, 5, 6)}, "reminders"),
        ({"target": 100.5}, "best result"),
    ],
)
def test_it_refuses_a_plan_that_cannot_be(engine: Engine, changes: dict[str, object], said: str) -> None:
    head = add_user(engine, "主管", Role.HEAD)
    with writing(engine) as session, pytest.raises(PlanError, match=said):
        draft(session, replace(QUARTERLY, **changes), head, NOW)  # type: ignore[arg-type]


def test_it_is_drafted_by_who_leads_and_approved_by_the_manager_alone(engine: Engine) -> None:
    head, seller = add_user(engine, "主管", Role.HEAD), add_user(engine, "小李", Role.SALES)
    with writing(engine) as session:
        with pytest.raises(NotAllowed):
            draft(session, QUARTERLY, seller, NOW)
        plan = draft(session, QUARTERLY, head, NOW)
        assert (plan.state, plan.reminder_days, plan.made_by) == (PlanState.DRAFT, [2, 4], head.id)
        with pytest.raises(NotAllowed):
            approve(session, plan, head, NOW)


def test_a_change_asks_for_a_new_approval_and_lets_go_on_what_runs(engine: Engine) -> None:
    add_mail_customers(engine, 2)
    plan_id = approve_plan(engine).id
    ring(engine, NOW)
    with writing(engine) as session:
        add_customer(session, "新客户", (Channel.EMAIL, "new@four.example"))
        plan, boss = session.get_one(SurveyPlan, plan_id), session.exec(select(User)).one()
        change(session, plan, replace(QUARTERLY, questionnaire="general"), boss, later(days=1))
        assert (plan.state, plan.approved_by) == (PlanState.DRAFT, None)
    ring(engine, later(days=1))
    with reading(engine) as session:
        campaign = session.exec(select(SurveyCampaign)).one()
        assert (campaign.questionnaire, campaign.state) == ("smt-100", "running")


def test_an_ended_plan_asks_nobody_until_it_is_approved_again(engine: Engine) -> None:
    add_mail_customers(engine, 1)
    plan_id = approve_plan(engine).id
    with writing(engine) as session:
        plan, boss = session.get_one(SurveyPlan, plan_id), session.exec(select(User)).one()
        end(session, plan, boss, NOW)
        assert not approve(session, plan, boss, NOW)
    assert ring(engine, later(days=1)) == 0


def test_it_shows_what_would_be_sent_now_and_sends_nothing(engine: Engine) -> None:
    with writing(engine) as session:
        for name in ("甲", "乙", "丙"):
            add_customer(session, name, (Channel.EMAIL, f"{name}@one.example"), language="en")
        add_customer(session, "电话", (Channel.PHONE, "13800000000"))
        session.get_one(Contact, 2).surveys_refused_at = NOW
    plan_id = approve_plan(engine).id
    with reading(engine) as session:
        seen = preview(session, session.get_one(SurveyPlan, plan_id), NOW, POLICY)
        assert (seen.meant, seen.unreachable, seen.resting, seen.asked) == (4, 2, 0, 2)
        assert [way.customer.name for way in seen.first] == ["甲", "丙"]
        assert {way.language(POLICY) for way in seen.first} == {"en"}
        assert seen.running == ("2026-H2", date(2026, 7, 1))
        assert seen.following == ("2027-H1", date(2027, 1, 1))
        assert session.exec(select(SurveyCampaign)).all() == []
    ring(engine, NOW)
    with reading(engine) as session:
        plan = session.get_one(SurveyPlan, plan_id)
        again = preview(session, plan, later(days=59), POLICY)
        assert (again.resting, again.asked) == (2, 0)
        assert preview(session, plan, later(days=61), POLICY).asked == 2
