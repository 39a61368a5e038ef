"""The answer page over HTTP: looking consumes nothing, one answer counts, a guess learns nothing."""

import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlmodel import col, select

from store.engine import writing
from store.tables import (
    Case,
    Channel,
    Customer,
    CustomerStatus,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    Role,
    SurveyResponse,
)
from survey.asking.campaigns import dispatch_due, open_due
from survey.asking.letters import letter
from survey.asking.plans import approve, propose
from tests.office import Office
from tests.survey.people import BEST, add_customer
from tests.web.public.test_chat import deliver, key_of, say

POOR = dict.fromkeys(BEST, "poor")
NONE_GIVEN = {"comment": "just a remark"}


@pytest.fixture
def link(office: Office) -> str:
    """The path of the link that an English-speaking customer has been sent."""
    with writing(office.engine) as session:
        add_customer(session, "Bolts Ltd", (Channel.EMAIL, "jane@bolts.example"), language="en")
    return ask_everybody(office)


def ask_everybody(office: Office) -> str:
    """Run a campaign; the path of the first link."""
    manager = office.hire("总经理", Role.MANAGER)
    with writing(office.engine) as session:
        plan = propose(session, office.now, office.policy)
        assert plan is not None
        approve(session, plan, manager, office.now)
        open_due(session, office.now, office.policy)
        dispatch_due(session, office.now, office.policy)
        owed = session.exec(select(Outgoing).where(col(Outgoing.kind) == OutgoingKind.SURVEY)).one()
        text = letter(session, owed, office.policy).text
    found = re.search(r"/survey/\w+", text)
    assert found is not None
    return found[0]


def test_it_asks_in_the_customers_language_and_in_any_other_at_a_click(
    other: httpx.Client, link: str
) -> None:
    chinese_browser = {"accept-language": "zh-CN"}
    page = other.get(link, headers=chinese_browser)
    assert (page.status_code, "Product quality" in page.text) == (200, True)
    assert "產品品質狀況" in other.get(f"{link}?language=zh-Hant").text
    assert "产品质量状况" in other.get(f"{link}?language=zh").text
    assert "Product quality" in other.get(f"{link}?language=%3Cscript%3E").text


def test_it_counts_an_answer_and_says_thanks(other: httpx.Client, link: str, office: Office) -> None:
    answer = other.post(link, data=BEST | {"comment": "Fine."}, follow_redirects=True)
    assert (answer.status_code, "Thank you!" in answer.text) == (200, True)
    (response,) = office.all(SurveyResponse)
    assert (response.score, response.comment, response.answers) == (100.0, "Fine.", BEST)


def test_it_keeps_the_first_answer(other: httpx.Client, link: str, office: Office) -> None:
    other.post(link, data=BEST)
    again = other.post(link, data=POOR, follow_redirects=True)
    assert "You answered on 2026-" in again.text
    assert "Thank you!" not in again.text
    assert [response.score for response in office.all(SurveyResponse)] == [100.0]
    assert "nothing has been changed" in other.get(link).text


def test_it_loses_nothing_to_a_mail_scanner(other: httpx.Client, link: str, office: Office) -> None:
    for _ in range(3):
        assert other.get(link).status_code == 200
        assert other.head(link).status_code == 200
        assert other.post(link).status_code == 422
        assert other.post(link, content=b"x" * 200_000).status_code == 422
    assert office.all(SurveyResponse) == []
    assert other.post(link, data=BEST).status_code == 303


def test_it_keeps_what_was_chosen_and_points_at_what_is_open(
    other: httpx.Client, link: str, office: Office
) -> None:
    given = {item: level for item, level in BEST.items() if item != "staff"}
    answer = other.post(link, data=given | {"comment": "<b>late</b>"})
    assert answer.status_code == 422
    assert answer.text.count(" checked") == 6
    assert answer.text.count("Not answered yet") == 2  # above, and at the point itself
    assert 'href="#staff-best"' in answer.text
    assert "&lt;b&gt;late&lt;/b&gt;" in answer.text
    assert office.all(SurveyResponse) == []


def test_it_shows_the_same_page_for_an_unknown_and_an_expired_link(
    other: httpx.Client, link: str, office: Office
) -> None:
    unknown = other.get(f"/survey/{'0' * 32}")
    posted = other.post(f"/survey/{'0' * 32}", data=BEST)
    office.pass_time(days=7)
    expired = other.get(link)
    too_late = other.post(link, data=BEST)
    pages = {
        (page.status_code, page.text.replace(page.request.url.path, ""))
        for page in (unknown, posted, expired, too_late)
    }
    assert len(pages) == 1
    assert unknown.status_code == 404
    assert office.all(SurveyResponse) == []


def test_it_counts_one_of_many_answers_sent_at_the_same_time(address: str, link: str, office: Office) -> None:
    with ThreadPoolExecutor(8) as pool, httpx.Client(base_url=address, timeout=60) as client:
        answers = list(pool.map(lambda _: client.post(link, data=POOR), range(200)))
    assert {answer.status_code for answer in answers} == {303}
    assert sum("sent=1" in answer.headers["location"] for answer in answers) == 1
    assert len(office.all(SurveyResponse)) == 1
    assert office.the_case().kind == "complaint"


def test_it_brings_a_low_score_to_the_desk(other: httpx.Client, link: str, office: Office) -> None:
    other.post(link, data=POOR | {"comment": "Twice late."})
    case = office.the_case()
    assert (case.kind, case.severity, case.subject) == (
        "complaint",
        "light",
        "Customer satisfaction survey: 23/100",
    )
    notices = [row for row in office.all(Outgoing) if row.kind == OutgoingKind.NOTICE]
    assert [row.recipient for row in notices] == ["总经理"]


def test_it_asks_a_chat_visitor_in_the_chat_and_keeps_no_link(visitor: httpx.Client, office: Office) -> None:
    say(visitor, "你好，请报价")
    office.receiver().receive_all()
    with writing(office.engine) as session:
        session.exec(select(Customer)).one().status = CustomerStatus.EXISTING
    link = ask_everybody(office)
    deliver(office)
    assert f'href="{office.policy.public_url}{link}"' in visitor.get("/chat").text
    survey = next(row for row in office.all(Outgoing) if row.kind == OutgoingKind.SURVEY)
    assert (survey.state, survey.recipient, survey.text) == (OutgoingState.SENT, key_of(visitor), "")
    visitor.post(link, data=BEST)
    assert "/survey/" not in visitor.get("/chat").text
    assert len(office.all(Case)) == 1
