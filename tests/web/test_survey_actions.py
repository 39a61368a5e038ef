"""The pages of what follows from a survey: worked off, told, targets, dissatisfied customers."""

import re

import httpx
from sqlalchemy import Engine
from sqlmodel import col, select

from store.engine import reading, writing
from store.tables import (
    CampaignState,
    Channel,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    SurveyAction,
    SurveyPlan,
    SurveyResponse,
    TargetReview,
)
from tests.survey.invited import add_campaign, add_invitation, add_response
from tests.web.conftest import Browser
from tests.web.filled import NOW, POLICY
from tests.web.test_queue import counting
from web.public.conversation import conversation

PAGE = "/desk/surveys/1/actions"


def test_it_walks_an_action_from_the_list_to_the_letter(
    boss: httpx.Client, browser: Browser, engine: Engine
) -> None:
    page = boss.get("/desk/survey-actions").text
    assert "交货及时状况" in page
    assert "已超时 2 天" in page
    assert "没有交给您的改进措施" in boss.get("/desk/survey-actions?mine=1").text
    assert "交货及时状况" in browser("周工").get("/desk/survey-actions?mine=1").text
    assert boss.get("/desk/survey-actions/2").headers["location"] == f"{PAGE}#a2"
    page = boss.get(PAGE).text
    assert "请品质、工程、生产等相关单位在 2026-11-18 前开会" in page
    assert "华东精密电子有限公司" in page
    (shown,) = re.findall(r'name="shown" value="(\w+)">(?=(?:(?!name="shown").)*$)', page, re.DOTALL)
    form = {"analysis": "<b>排产晚</b>", "solution": "每周排产", "owner": "4", "due_on": "2026-12-04"}
    assert boss.post("/desk/survey-actions/2", data=form | {"shown": shown}).status_code == 303
    late = boss.post("/desk/survey-actions/2", data=form | {"shown": shown})
    assert (late.status_code, "同事刚刚改过" in late.text) == (409, True)
    assert "&lt;b&gt;排产晚" in boss.get(PAGE).text
    nobody = boss.post("/desk/survey-actions/2", data=form | {"owner": "1"})
    assert (nobody.status_code, "部门负责人" in nobody.text) == (422, True)
    assert "做了什么" in boss.post("/desk/survey-actions/2/done").text
    assert boss.get("/desk/survey-actions/2/improvement").status_code == 409
    assert boss.post("/desk/survey-actions/2/done", data={"outcome": "已排"}).status_code == 303
    _is_told(boss, engine)
    story = boss.get("/desk/log").text
    assert "完成一项满意度改进措施" in story
    assert "把改进情况告知 1 位客户联系人" in story


def _is_told(boss: httpx.Client, engine: Engine) -> None:
    letter = "/desk/survey-actions/2/improvement"
    page = boss.get(letter).text
    assert "将告知 1 位" in page
    assert "简体中文 邮件 1" in page
    preview = boss.post(letter, data={"act": "preview", "text_zh": "现在每周\n排产<i>。"}).text
    assert "现在每周\n排产&lt;i&gt;。" in preview
    assert "发给这 1 位" in preview
    assert "请用客户使用的每一种语言" in boss.post(letter, data={"act": "preview"}).text
    for status in (303, 422):
        sent = boss.post(letter, data={"act": "send", "text_zh": "现在每周排产。"})
        assert sent.status_code == status
    with reading(engine) as session:
        kept = session.exec(select(Outgoing).where(col(Outgoing.kind) == OutgoingKind.IMPROVEMENT)).one()
    assert (kept.key, kept.recipient) == ("action:2:1", "li.min@huadong.example")
    customer = boss.get("/desk/customers/1").text
    assert "告知过的改进" in customer
    assert "现在每周排产。" in customer


def test_it_shows_the_letter_in_the_web_chat_of_whoever_was_asked_there(engine: Engine) -> None:
    with writing(engine) as session:
        for state in (OutgoingState.SENT, OutgoingState.CANCELLED):
            letter = Outgoing(
                kind=OutgoingKind.IMPROVEMENT,
                key=f"action:2:{state}",
                channel=Channel.WEBCHAT,
                recipient="chat-9",
                text="现在每周排产。",
                state=state,
                due_at=NOW,
                created_at=NOW,
            )
            session.add(letter)
    with reading(engine) as session:
        (line,) = conversation(session, "chat-9", NOW, POLICY).lines
    assert (line.text, line.mine, line.who) == ("现在每周排产。", False, POLICY.company)


def test_it_sets_a_target_while_it_runs_and_asks_what_a_result_above_it_means(
    boss: httpx.Client, browser: Browser, engine: Engine
) -> None:
    running, closed = "/desk/surveys/2/target", "/desk/surveys/1/target"
    assert boss.post(running, data={"target": "88"}).status_code == 303
    assert boss.post(running, data={"target": "101"}).status_code == 422
    assert boss.post(running, data={"target": "nan"}).status_code == 422
    assert boss.post(closed, data={"target": "80"}).status_code == 422
    assert 'value="88"' in boss.get("/desk/surveys/2/actions").text
    with writing(engine) as session:
        session.add(TargetReview(campaign_id=1, result=92, target=85, proposed=89))
    question = "是偶然，还是目标定得太低？"
    assert question in boss.get(PAGE).text
    head = browser("Grace Lin").get(PAGE).text
    assert "chance, or is the target too low?" in head
    assert "/target/review" not in head
    assert boss.post(f"{closed}/review", data={"decision": "kept"}).status_code == 422
    assert boss.post(f"{closed}/review", data={"decision": "x"}).status_code == 422
    assert boss.post(f"{closed}/review", data={"decision": "revised"}).status_code == 303
    assert boss.post(f"{closed}/review", data={"decision": "revised"}).status_code == 422
    assert "下一期起改为 89" in boss.get(PAGE).text
    with reading(engine) as session:
        assert session.get_one(SurveyPlan, 1).target == 89
    assert "满意度目标由 85 改为 89" in boss.get("/desk/log?action=survey_target_revised").text


def test_it_shows_who_is_dissatisfied_and_how_each_stands(
    boss: httpx.Client, browser: Browser, engine: Engine
) -> None:
    page = boss.get("/desk/dissatisfied").text
    assert "交期经常改" in page
    assert "未关闭" in page
    assert "交期经常改" not in browser("陈志远").get("/desk/dissatisfied").text  # 王芳's customer
    complaint = "/desk/cases/HY-000001"
    boss.post(f"{complaint}/complaint", data={"effect": "已换货", "effective": "yes"})
    page = boss.get(f"{complaint}/complaint").text
    assert "此投诉由满意度调查引起" in page
    refused = boss.post(f"{complaint}/settle")
    assert (refused.status_code, "先记录客户已经满意" in refused.text) == (403, True)
    assert boss.post(f"{complaint}/settle", data={"reason": "客户已停业"}).status_code == 303
    page = boss.get("/desk/dissatisfied").text
    assert "注明原因后关闭" in page
    assert "客户已停业" in page


def test_it_asks_no_more_for_many_rows_and_shows_50_a_page(boss: httpx.Client, engine: Engine) -> None:
    counts = []
    for number in (1, 30, 30):
        with counting(engine) as queries:
            for address in (PAGE, "/desk/survey-actions", "/desk/dissatisfied", "/desk/customers/1"):
                assert boss.get(address).status_code == 200
        counts.append(len(queries))
        add_answers(engine, number)
    assert len(set(counts)) == 1
    page = boss.get("/desk/dissatisfied").text
    assert page.count("<tr>") == 51
    following = re.search(r'href="(/desk/dissatisfied\?before=\d+)"', page)
    assert following is not None
    assert boss.get(following[1]).text.count("<tr>") == 13


def add_answers(engine: Engine, count: int) -> None:
    """So many more low answers of a case, and an action more."""
    with writing(engine) as session:
        known = len(session.exec(select(SurveyResponse)).all())
        session.add(SurveyAction(campaign_id=1, item=f"x{known}", result=50, bar=65, created_at=NOW))
        for number in range(count):
            closed = {"state": CampaignState.CLOSED, "closes_at": NOW}
            campaign = add_campaign(session, 1, f"{known}-{number}", NOW, **closed)
            invitation = add_invitation(session, campaign.id or 0, 1, NOW)
            add_response(session, invitation, {"delivery": "poor"}, 20, NOW, case_id=1)
