"""Answers from paper, phone and visits, typed in at the desk: one a contact, with its source and its scan."""

import httpx
from sqlalchemy import Engine
from sqlmodel import col, select

from store.engine import writing
from store.tables import (
    CampaignState,
    Case,
    Channel,
    Contact,
    Outgoing,
    OutgoingKind,
    SurveyCampaign,
    SurveyInvitation,
    SurveyResponse,
)
from survey.reporting.overview import overview
from tests.survey.people import BEST, add_customer

ENTER = "/desk/surveys/2/enter"
SAID = {"source": "paper", "note": " Tom Baker,\n 11-20 "}
SCAN = {"scan": ("问卷\u202e.html", b"<script>alert(1)</script>", "text/html")}


def test_it_types_in_what_came_on_paper(wang: httpx.Client, engine: Engine) -> None:
    found = wang.get(f"{ENTER}?q=Northgate").text
    assert "未邀请" in found
    assert f'href="{ENTER}/2"' in found
    form = wang.get(f"{ENTER}/2").text
    assert form.count('type="radio"') == 7 * 4 + 3
    assert "没有收到邀请" in form
    # Open points and a missing note are told, and what was typed stays.
    answer = wang.post(f"{ENTER}/2", data={**SAID, "quality": "good", "remark:quality": "<b>x</b>"})
    assert (answer.status_code, "还有 6 项没有选择" in answer.text) == (422, True)
    assert "&lt;b&gt;x&lt;/b&gt;" in answer.text
    assert wang.post(f"{ENTER}/2", data={**BEST, "source": "paper"}).status_code == 422
    assert wang.post(f"{ENTER}/2", data={**BEST, "source": "web", "note": "x"}).status_code == 422
    given = {**BEST, **SAID, "remark:staff": "sehr gut", "comment": "Fine."}
    assert wang.post(f"{ENTER}/2", data=given, files=SCAN).status_code == 303
    with writing(engine) as session:
        response = session.exec(select(SurveyResponse).order_by(col(SurveyResponse.id).desc())).first()
        assert response is not None
        invitation = session.get_one(SurveyInvitation, response.invitation_id)
        letters = session.exec(select(Outgoing).where(col(Outgoing.kind) == OutgoingKind.SURVEY)).all()
        figures = next(one for one in overview(session) if one.id == 2)
    assert (response.source, response.entered_by, response.entered_note) == ("paper", 1, "Tom Baker, 11-20")
    assert (response.score, response.comments) == (100.0, {"staff": "sehr gut"})
    assert (invitation.contact_id, invitation.channel, invitation.token_hash) == (2, Channel.LETTER, None)
    assert letters == []
    assert (figures.sent, figures.answered) == (1, 1)
    # Shown with its scan, which can only be saved.
    shown = wang.get(f"{ENTER}/2").text
    assert "由 王芳 录入" in shown
    scan = wang.get(f"/desk/surveys/answers/{response.id}/scan")
    assert scan.content == SCAN["scan"][1]
    assert scan.headers["content-disposition"].startswith("attachment")
    assert scan.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in scan.headers["content-security-policy"]
    # A second one is refused with when and how the first came.
    again = wang.post(f"{ENTER}/2", data={**BEST, "source": "phone", "note": "x"})
    assert again.status_code == 409
    assert "以第一次为准" in again.text
    assert "来源：纸质问卷" in again.text
    assert "已答复" in wang.get(f"{ENTER}?q=Northgate").text


def test_it_opens_a_complaint_for_a_low_score_on_the_phone(wang: httpx.Client, engine: Engine) -> None:
    poor = dict.fromkeys(BEST, "poor")
    wang.post(f"{ENTER}/2", data={**poor, "source": "phone", "note": "Tom, 11-20"})
    with writing(engine) as session:
        case = session.exec(select(Case).order_by(col(Case.id).desc())).first()
    assert case is not None
    assert (case.channel, case.kind, case.conversation) == (Channel.PHONE, "complaint", None)


def test_it_takes_nothing_into_a_closed_survey_nor_of_a_colleagues_customer(
    wang: httpx.Client, boss: httpx.Client, engine: Engine
) -> None:
    with writing(engine) as session:
        session.get_one(SurveyCampaign, 2).state = CampaignState.CLOSED
    assert "已经结束" in boss.get(f"{ENTER}/2").text
    refused = boss.post(f"{ENTER}/2", data={**BEST, **SAID})
    assert refused.status_code == 422
    assert "已经结束" in refused.text
    assert boss.get("/desk/surveys/999/enter").status_code == 404
    assert boss.get(f"{ENTER}/999").status_code == 404
    with writing(engine) as session:
        theirs = add_customer(session, "别人的客户", (Channel.EMAIL, "a@theirs.example"))
        theirs.owner_id = 3
        contact = session.exec(select(Contact.id).where(col(Contact.customer_id) == theirs.id)).one()
    assert wang.get(f"{ENTER}/{contact}").status_code == 403
    assert wang.post(f"{ENTER}/{contact}", data={**BEST, **SAID}).status_code == 403
    assert "别人的客户" not in wang.get(f"{ENTER}?q=别人").text
    assert "别人的客户" in boss.get(f"{ENTER}?q=别人").text


def test_it_shows_who_takes_no_surveys_and_lets_them_be_asked_again(boss: httpx.Client) -> None:
    page = "/desk/customers/2"
    boss.post(f"{page}/surveys", data={"contact": "2", "refused": "true"})
    assert "不接收满意度调查" in boss.get(page).text
    boss.post(f"{page}/surveys", data={"contact": "2", "refused": "false"})
    assert "不接收满意度调查" not in boss.get(page).text
    assert boss.post(f"{page}/surveys", data={"contact": "1", "refused": "true"}).status_code == 404
