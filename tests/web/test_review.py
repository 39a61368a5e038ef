"""An order over HTTP: made clear, reviewed by its departments, accepted, signed for; and who may do what."""

import re

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from store.engine import reading, writing
from store.tables import AuditLog, Order, Outgoing, Review, ReviewOpinion
from tests.web.conftest import Browser, on_both
from tests.web.reviewers import DEPARTMENTS, hire_reviewers
from tests.web.test_queue import counting

CASE = "/desk/cases/HY-000003"  # an order of a new customer, with special requirements
FORM = {
    "product": "S136 模仁",
    "quantity": "6",
    "unit": "件",
    "due_on": "2026-12-10",
    "address": "台北市內湖區",
    "payment": "月結 30 天",
    "quality": "HRC 50±2，首件附量測報告",
    "value": "86,000.00",
    "currency": "CNY",
    "contract_class": "regular",
    "marks": "first_order",
    "contract_no": "HT-2026-011",
}


@pytest.fixture(autouse=True)
def departments(engine: Engine) -> None:
    with writing(engine) as session:
        hire_reviewers(session)


def posted(client: httpx.Client, address: str, /, **data: str) -> str:
    """Where the page goes on after the form was sent."""
    answer = client.post(address, data=data)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def give_all_opinions(browser: Browser, engine: Engine, review: str, wang: httpx.Client) -> None:
    with reading(engine) as session:
        asked = {one.department: one.id for one in session.exec(select(ReviewOpinion))}
    assert set(asked) == {"technical", "production", "purchasing", "quality", "finance", "sales"}
    people = {department: name for name, (_role, department) in DEPARTMENTS.items()} | {"quality": "杨品质"}
    for department, row in asked.items():
        client = wang if department == "sales" else browser(people[department])
        posted(client, f"{review}/opinions/{row}", stance="agree")


@on_both
def test_it_takes_an_order_with_special_requirements_from_review_to_acceptance(
    browser: Browser, wang: httpx.Client, engine: Engine
) -> None:
    page = wang.get(CASE).text
    assert "还不明确" in page
    draft = wang.get(f"{CASE}/order/draft?about=clarify").text
    assert "交貨地址和收貨人" in draft  # the customer writes traditional characters
    early = "评审通过之前不要向客户报价"
    assert early not in wang.get(CASE).text
    posted(wang, f"{CASE}/order", **FORM)
    assert early in wang.get(CASE).text
    review = posted(wang, f"{CASE}/order/review")
    assert wang.post(f"{CASE}/order/accept").status_code == 409
    give_all_opinions(browser, engine, review, wang)
    assert wang.post(f"{review}/conclude", data={"verdict": "passed"}).status_code == 403
    assert browser("Grace Lin").post(f"{review}/conclude", data={"verdict": "passed"}).status_code == 403
    posted(browser("赵敏"), f"{review}/conclude", verdict="passed", words="可以接单")
    assert early not in wang.get(CASE).text
    assert wang.post(f"{CASE}/order/accept").status_code == 409  # the customer agrees first
    assert "26-1" in wang.get(review).text
    posted(wang, f"{review}/tell", text="評審通過，請確認。")
    posted(wang, f"{review}/consent", words="郵件確認")
    posted(wang, f"{CASE}/order/accept")
    order_page = browser("李厂长").get(f"{CASE}/order").text
    row = re.search(r"notices/(\d+)/receive", order_page)
    assert row
    assert "◆" not in order_page
    assert "S136" in order_page
    receive = f"{CASE}/order/notices/{row[1]}/receive"
    assert browser("钱会计").post(receive).status_code == 409
    posted(browser("李厂长"), receive)
    posted(wang, f"{CASE}/order/progress", words="首批 3 件", planned_on="2026-12-05")
    page = wang.get(CASE).text
    assert "已接受" in page
    assert "接受了订单（评审单 26-1）" in page
    with reading(engine) as session:
        (order,) = session.exec(select(Order))
        assert order.accepted_at is not None
        told = set(session.exec(select(Outgoing.recipient).where(col(Outgoing.wording) == "order_accepted")))
        assert {"李厂长", "库管老吴", "孙工", "杨品质"} <= told
        lines = select(AuditLog.action).where(col(AuditLog.case_id) == 3).order_by(col(AuditLog.id))
        assert list(session.exec(lines))[-15:] == [
            *("order_written", "review_opened", *["opinion_given"] * 6, "review_concluded"),
            *("replied", "review_told", "review_agreed", "order_accepted", "notice_received"),
            "progress_noted",
        ]


def test_it_lets_nobody_give_another_departments_opinion(
    browser: Browser, wang: httpx.Client, engine: Engine
) -> None:
    posted(wang, f"{CASE}/order", **FORM)
    review = posted(wang, f"{CASE}/order/review")
    with reading(engine) as session:
        wanted = select(ReviewOpinion.id).where(col(ReviewOpinion.department) == "finance")
        finance = session.exec(wanted).one()
    address = f"{review}/opinions/{finance}"
    for name in ("孙工", "王芳", "赵敏"):
        assert browser(name).post(address, data={"stance": "agree"}).status_code == 409, name
    assert browser("钱会计").post(address, data={"stance": "disagree"}).status_code == 409  # without a reason
    posted(browser("钱会计"), address, stance="question", words="能否预付 30%？")
    page = wang.get(review).text
    assert "about=query" in page
    assert "能否预付 30%？" in wang.get(f"{CASE}/order/draft?about=query&row={finance}").text
    posted(wang, f"{address}/answer", words="可以预付")
    posted(browser("钱会计"), address, stance="agree")


def test_it_voids_the_review_when_the_order_is_changed_on_its_page(
    wang: httpx.Client, engine: Engine
) -> None:
    posted(wang, f"{CASE}/order", **FORM)
    review = posted(wang, f"{CASE}/order/review")
    posted(wang, f"{CASE}/order", **FORM | {"quantity": "12"})
    assert "本评审已作废" in wang.get(review).text
    with reading(engine) as session:
        assert [row.state for row in session.exec(select(Review))] == ["void"]


@pytest.mark.parametrize("name", ["孙工", "杨品质"])
def test_it_lets_only_sales_and_their_heads_write_orders(browser: Browser, name: str) -> None:
    client = browser(name)
    assert client.post(f"{CASE}/order", data=FORM).status_code == 403
    assert client.post(f"{CASE}/order/review").status_code == 403
    assert client.post(f"{CASE}/order/accept").status_code == 403
    assert client.get(f"{CASE}/order/draft?about=clarify").status_code == 403
    assert client.get("/desk/new-outbound").status_code == 403
    assert client.get(f"{CASE}/order").status_code == 200


def test_it_hides_orders_and_reviews_of_a_colleague_from_sales(browser: Browser, wang: httpx.Client) -> None:
    posted(wang, f"{CASE}/order", **FORM)
    review = posted(wang, f"{CASE}/order/review")
    posted(wang, f"{CASE}/assign", owner="1")
    chen = browser("陈志远")
    assert chen.get(f"{CASE}/order").status_code == 403
    assert chen.get(review).status_code == 403
    assert "HY-000003" not in chen.get("/desk/reviews").text
    assert "HY-000003" in wang.get("/desk/reviews").text


def test_it_lists_a_case_once_in_the_queue_however_many_departments_are_asked(wang: httpx.Client) -> None:
    posted(wang, f"{CASE}/order", **FORM)
    posted(wang, f"{CASE}/order/review")
    assert wang.get("/desk").text.count(f'href="{CASE}"') == 1


def test_it_filters_the_ledger(wang: httpx.Client, browser: Browser) -> None:
    posted(wang, f"{CASE}/order", **FORM)
    posted(wang, f"{CASE}/order/review")
    for query, found in {
        "": True,
        "?state=reviewing": True,
        "?state=accepted": False,
        "?year=2026": True,
        "?year=2025": False,
        "?customer=台达": True,
        "?customer=C-00003": True,
        "?customer=C-00009": False,
        "?year=x&state=y&before=0": True,
    }.items():
        assert ("HY-000003" in wang.get(f"/desk/reviews{query}").text) == found, query
    assert "HY-000003" in browser("孙工").get("/desk/reviews?mine=1").text
    assert "HY-000003" not in browser("库管老吴").get("/desk/reviews?mine=1").text


def test_it_reads_the_ledger_and_the_order_in_few_queries(wang: httpx.Client, engine: Engine) -> None:
    posted(wang, f"{CASE}/order", **FORM)
    review = posted(wang, f"{CASE}/order/review")
    for address, most in {"/desk/reviews": 6, f"{CASE}/order": 19, review: 15}.items():
        with counting(engine) as queries:
            assert wang.get(address).status_code == 200
        assert len(queries) <= most, address


@pytest.mark.parametrize(
    "field", [{"quantity": "viel"}, {"value": "1e99"}, {"currency": "XXX"}, {"due_on": "gestern"}]
)
def test_it_refuses_what_is_no_order(wang: httpx.Client, field: dict[str, str]) -> None:
    assert wang.post(f"{CASE}/order", data=FORM | field).status_code == 422


def test_it_keeps_what_a_customer_wrote_inert(wang: httpx.Client) -> None:
    posted(
        wang,
        f"{CASE}/order",
        **FORM | {"product": '"><script>alert(1)</script>', "quality": "</textarea><b>"},
    )
    review = posted(wang, f"{CASE}/order/review")
    for address in (CASE, f"{CASE}/order", review, "/desk/reviews"):
        page = wang.get(address).text
        assert "<script>alert" not in page
        assert "</textarea><b>" not in page


def test_it_writes_to_a_customer_first(wang: httpx.Client, engine: Engine) -> None:
    data = {"address": "contact1@customer.example", "subject": "交期可能推遲", "text": "模具鋼缺料，請確認。"}
    case = posted(wang, "/desk/new-outbound", **data)
    page = wang.get(case).text
    assert "模具鋼缺料" in page
    assert "主动联系客户，开案" in page
    with reading(engine) as session:
        letter = session.exec(select(Outgoing).order_by(col(Outgoing.id).desc()).limit(1)).one()
    assert (letter.recipient, letter.subject) == (data["address"], f"交期可能推遲 [{case[-9:]}]")
    answer = wang.post("/desk/new-outbound", data=data | {"address": "nobody@customer.example"})
    assert answer.status_code == 422


def test_it_supplements_an_accepted_order_and_reviews_that_again(wang: httpx.Client, engine: Engine) -> None:
    regular = {**FORM, "marks": ""}
    posted(wang, f"{CASE}/order", **regular)
    review = posted(wang, f"{CASE}/order/review")
    posted(wang, f"{review}/conclude", verdict="passed")
    posted(wang, f"{CASE}/order/accept")
    data = {"address": "contact1@customer.example", "subject": "交期", "text": "請確認新交期。"}
    case = posted(wang, "/desk/new-outbound", **data)
    assert "补充合同" in wang.get(f"{case}/order").text
    posted(wang, f"{case}/order", **regular | {"due_on": "2026-12-20", "supplement_of": "1"})
    assert "补充合同，补充订单：" in wang.get(f"{case}/order").text
    assert posted(wang, f"{case}/order/review") != review
    with reading(engine) as session:
        assert session.exec(select(Order.supplement_of).order_by(col(Order.id))).all() == [None, 1]
