"""Plans of surveys at the desk: drafted, refused with a sentence, approved, changed; surveys that run."""

import httpx
from sqlalchemy import Engine
from sqlmodel import col, select

from store.engine import reading
from store.tables import CampaignState, PlanState, SurveyCampaign, SurveyPlan
from tests.web.acts import PLAN
from tests.web.conftest import Browser, on_both

EVENT = PLAN | {"rhythm": "event", "event": "project_done", "worth": "2,000,000", "after_days": "5"}


def newest(engine: Engine) -> SurveyPlan:
    with reading(engine) as session:
        return session.exec(select(SurveyPlan).order_by(col(SurveyPlan.id).desc()).limit(1)).one()


@on_both
def test_a_plan_is_drafted_by_the_head_and_approved_by_the_manager(browser: Browser, engine: Engine) -> None:
    head, boss = browser("Grace Lin"), browser("赵敏")
    kept = head.post("/desk/surveys/plans", data=EVENT)
    page = kept.headers["location"]
    plan = newest(engine)
    assert (plan.worth_cents, plan.after_days, plan.reminder_days) == (200_000_000, 5, [2, 4])
    shown = head.get(page).text
    assert "A contract was completed &gt; 2,000,000.00" in shown
    assert "Approve plan" not in shown
    assert "批准计划和问卷" in boss.get(page).text
    boss.post(f"{page}/approve")
    assert newest(engine).state == PlanState.APPROVED
    assert "2027-01-04" in boss.get("/desk/surveys").text  # when it begins
    boss.post(page, data=EVENT | {"after_days": "7"})
    assert (newest(engine).state, newest(engine).after_days) == (PlanState.DRAFT, 7)


def test_it_says_why_a_plan_cannot_be_like_this(boss: httpx.Client, engine: Engine) -> None:
    for wrong, said in (
        ({"audience": "sample", "share": "50"}, "抽样至少要占客户的 60%"),
        ({"channels": "phone"}, "至少选择一种渠道"),
        ({"reminder_days": "4, 2"}, "提醒最多 5 次"),
        ({"questionnaire": "没有"}, "请选择问卷"),
    ):
        answer = boss.post("/desk/surveys/plans", data=PLAN | wrong)
        assert (answer.status_code, said in answer.text) == (422, True), said
    for nonsense in ({"starts_on": "2027-13-01"}, {"rhythm": "weekly"}, {"per_minute": "0"}, {"worth": "x"}):
        assert boss.post("/desk/surveys/plans", data=PLAN | nonsense).status_code == 422
    assert newest(engine).id == 2


def test_it_shows_whom_a_plan_would_ask_now(boss: httpx.Client) -> None:
    page = boss.get("/desk/surveys/plans/1").text
    assert "计划范围 1 位客户，会发给 1 位" in page
    assert "li.min@huadong.example" in page
    assert boss.get("/desk/surveys/plans/99").status_code == 404


def test_a_plan_ends_and_is_shown_only_if_asked_for(boss: httpx.Client) -> None:
    boss.post("/desk/surveys/plans/2/end")
    assert "投诉处理后回访" not in boss.get("/desk/surveys").text
    assert "投诉处理后回访" in boss.get("/desk/surveys?ended=1").text


@on_both
def test_a_survey_is_paused_extended_and_closed(boss: httpx.Client, engine: Engine) -> None:
    running = 2
    boss.post(f"/desk/surveys/{running}/pause")
    assert "继续发放" in boss.get("/desk/surveys").text
    boss.post(f"/desk/surveys/{running}/extend", data={"days": "7"})
    boss.post(f"/desk/surveys/{running}/close")
    with reading(engine) as session:
        assert session.get_one(SurveyCampaign, running).state == CampaignState.CLOSED
    answer = boss.post(f"/desk/surveys/{running}/resume")
    assert (answer.status_code, "已经结束" in answer.text) == (409, True)
    assert boss.post("/desk/surveys/99/pause").status_code == 404
