"""The surveys of 2027, from an empty year: planned, approved, asked, answered, reminded, closed, acted upon.

By the clock alone, with `now` moved; links by a real SMTP server and a real Bot API server, answers by a real
browser, by plain HTTP and by buttons.
"""

from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import Engine
from sqlmodel import col, func, select

from store.engine import reading
from store.tables import (
    Case,
    SurveyCampaign,
    SurveyInvitation,
    SurveyPlan,
    SurveyResponse,
)
from tests.survey.people import BEST
from tests.survey_year import BY_CHAT, CUSTOMERS, Company, company
from tests.web.chromium import chromium
from tests.web.desks import desks

# One database is enough for a story; each step is tried on both elsewhere.
pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

BY_MAIL = CUSTOMERS - BY_CHAT
FAIR_DELIVERY = BEST | {"delivery": "fair"}  # 90 of 100
REPORT = ("满意度分析报告", "Satisfaction report")
POOR = dict.fromkeys(BEST, "poor")


def test_a_year_of_surveys(engine: Engine, tmp_path: Path) -> None:
    with company(engine, tmp_path) as house:
        the_plan_is_drafted_and_approved(house)
        links = the_first_half_year_is_asked(house)
        customers_answer(house, links)
        the_silent_are_reminded(house, links)
        it_closes_and_management_reads_the_report(house)
        what_fell_short_is_improved_and_told(house)
        the_second_half_year_measures_again(house, links)


def the_plan_is_drafted_and_approved(house: Company) -> None:
    """The clock drafts it; the manager looks whom it would ask, sets its day and target, and approves it."""
    house.wait_until(1, 2, 10)
    assert house.letters() == {}
    with desks(house.address) as desk:
        boss = desk["赵敏"]
        boss.goto("/desk/surveys")
        boss.get_by_role("link", name="半年度客户满意度调查").click()
        expect(boss.locator("main")).to_contain_text("计划范围 300 位客户，会发给 300 位")
        boss.get_by_text("修改计划").click()
        boss.fill("[name=starts_on]", "2027-01-06")
        boss.fill("[name=target]", "97")
        boss.get_by_role("button", name="保存修改，等待批准").click()
        boss.get_by_role("button", name="批准计划和问卷").click()
        expect(boss.locator("main")).to_contain_text("已批准，自动执行")
    house.wait_until(1, 5, 17)
    assert house.letters() == {}  # its day has not come


def the_first_half_year_is_asked(house: Company) -> dict[str, str]:
    """Sixty a minute, from half past eight on that day; the links by customer."""
    house.wait_until(1, 6, 8, 30)
    letters, chats = house.letters(), house.chats()
    assert (len(letters), len(chats)) == (BY_MAIL, BY_CHAT)
    links = {who: link for who, (link,) in letters.items()}  # one letter each
    assert len(set(links.values())) == BY_MAIL
    assert all(link.startswith("/survey/") for link in links.values())
    assert {sent.chat_id for sent in chats} == set(range(BY_MAIL + 1, CUSTOMERS + 1))
    with reading(house.engine) as session:
        campaign = session.exec(select(SurveyCampaign)).one()
        minutes = session.exec(select(func.count(func.distinct(col(SurveyInvitation.created_at))))).one()
    assert (campaign.period, campaign.target, minutes) == ("2027-H1", 97, 5)
    return links


def customers_answer(house: Company, links: dict[str, str]) -> None:
    """199 by mail's link, two of them in a browser on a phone, and 21 by buttons."""
    house.wait_until(1, 7, 10)
    with chromium() as browser:
        answer_on_a_phone(house, browser, links["buyer1@k.example"], POOR, "交货总是晚，我们要退货！")
        answer_on_a_phone(house, browser, links["buyer2@k.example"], BEST, "")
    client = house.browser()
    for number in range(3, 200):
        assert client.post(links[f"buyer{number}@k.example"], data=FAIR_DELIVERY).status_code == 303
    with house.listening():
        for sent in list(house.telegram.sent)[:21]:
            thanks = house.presses(sent, *["最佳"] * len(BEST), "提交评价")
            assert thanks.text.startswith("谢谢您！")
    with reading(house.engine) as session:
        sources = session.exec(select(SurveyResponse.source)).all()
        opened = session.exec(select(Case)).all()
    assert Counter(sources) == {"web": 199, "telegram": 21}
    assert [(case.kind, case.customer_id) for case in opened] == [("complaint", 1)]


def answer_on_a_phone(
    house: Company, browser: Browser, link: str, answers: dict[str, str], comment: str
) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}, base_url=house.address) as context:
        page = context.new_page()
        page.goto(link)
        for item, level in answers.items():
            page.locator(f"label:has(#{item}-{level})").click()
        page.fill("textarea[name=comment]", comment)
        page.get_by_role("button", name="提交评价").click()
        expect(page.locator("main")).to_contain_text("谢谢")


def the_silent_are_reminded(house: Company, links: dict[str, str]) -> None:
    """On the second and the fourth working day; 30 more answer."""
    house.chats()
    house.wait_until(1, 8, 8, 40)
    reminded, chats = house.letters(), house.chats()
    silent = {f"buyer{number}@k.example" for number in range(200, BY_MAIL + 1)}
    assert {name: reminded[name] for name in silent} == {name: [links[name]] for name in silent}
    assert len([sent for sent in chats if "几天前我们请您评价" in sent.text]) == BY_CHAT - 21
    client = house.browser()
    for number in range(200, 230):
        assert client.post(links[f"buyer{number}@k.example"], data=BEST).status_code == 303
    house.wait_until(1, 12, 8, 40)
    assert len([name for name in house.letters() if name in silent]) == BY_MAIL - 229


def it_closes_and_management_reads_the_report(house: Company) -> None:
    """After seven days. 250 of 300 answered: (23 + 197 × 90 + 52 × 100) / 250 = 91.81, below the target."""
    house.wait_until(1, 13, 9)
    letters = house.letters()
    for who in ("manager", "head", "quality"):
        (report,) = [words for words in letters[f"{who}@echo.example"] if words.startswith(REPORT)]
        assert "91.81" in report
        assert "83.3%" in report
    page = house.desk("赵敏").get("/desk/surveys/1").text
    for figure in ("91.81", "83.3%", "100.0%", "60.3%"):  # delivery: (197 × 10 + 5 + 52 × 20) / 250 / 20
        assert figure in page, figure


def what_fell_short_is_improved_and_told(house: Company) -> None:
    """Quality analyses delivery, with owner and date; who complained of it hears what was done."""
    with desks(house.address) as desk:
        quality, boss = desk["周工"], desk["赵敏"]
        quality.goto("/desk/surveys/1/actions")
        actions = quality.locator("section.action")
        expect(actions).to_have_count(2)
        expect(actions.filter(has_text="总体满意度")).to_contain_text("91.81")
        delivery = actions.filter(has_text="交货及时状况")
        expect(delivery).to_contain_text("60.3")
        delivery.locator("[name=analysis]").fill("排产晚，插单多")
        delivery.locator("[name=solution]").fill("每周排产会，插单须总经理批准")
        delivery.locator("[name=owner]").select_option("2")  # Grace Lin
        delivery.locator("[name=due_on]").fill("2027-03-31")
        delivery.get_by_role("button", name="保存", exact=True).click()
        delivery.get_by_text("完成", exact=True).click()
        delivery.locator("[name=outcome]").fill("三月起每周排产，插单减少一半")
        delivery.get_by_role("button", name="记为已完成").click()
        boss.goto(quality.url)
        boss.get_by_role("link", name="把改进告知提过意见的客户").click()
        expect(boss.locator("main")).to_contain_text("198")
        boss.fill("[name=text_zh]", "您提到交货不及时。从三月起我们每周排产，插单减少一半。")
        boss.get_by_role("button", name="预览").click()
        boss.get_by_role("button", name="发给这 198 位").click()
    house.letters()
    house.wait_until(4, 1)
    told = [who for who, words in house.letters().items() if "每周排产" in words[0]]
    assert len(told) == 198
    assert "buyer2@k.example" not in told  # was content


def the_second_half_year_measures_again(house: Company, links: dict[str, str]) -> None:
    """On 6 July, by itself: other links, better answers, and the actions show that it helped."""
    house.wait_until(7, 6, 8, 30)
    again = {who: words[0] for who, words in house.letters().items() if words[0].startswith("/survey/")}
    assert again.keys() == links.keys()
    assert not set(again.values()) & set(links.values())
    house.wait_until(7, 7, 10)
    client = house.browser()
    assert client.get(links["buyer3@k.example"]).status_code == 404  # of the first half-year
    for link in again.values():
        assert client.post(link, data=BEST).status_code == 303
    house.wait_until(7, 13, 9)
    boss = house.desk("赵敏")
    report = boss.get("/desk/surveys/2").text
    assert "2027-H1" in report  # the trend
    assert "91.81" in report
    before = boss.get("/desk/surveys/1/actions").text
    assert "好转" in before
    assert "60.3 → 100" in before
    boss.post("/desk/surveys/2/target/review", data={"decision": "revised"})
    with reading(house.engine) as session:
        plan = session.exec(select(SurveyPlan)).one()
        campaigns = session.exec(select(SurveyCampaign).order_by(col(SurveyCampaign.id))).all()
    assert plan.target == 99  # half-way between 97 and 100, rounded up
    assert [(one.period, one.state, one.customers) for one in campaigns] == [
        ("2027-H1", "closed", CUSTOMERS),
        ("2027-H2", "closed", CUSTOMERS),
    ]
    assert (
        "客户1" in boss.get("/desk/dissatisfied").text
    )  # stays open until satisfied, or closed for a reason
