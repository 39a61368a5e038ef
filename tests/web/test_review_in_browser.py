"""An order walks through the departments in a real browser, from the case's page to the signed receipt."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from sqlalchemy import Engine

from store.engine import writing
from tests.web.desks import Desk, desks, fits
from tests.web.reviewers import hire_reviewers
from tests.web.test_review import CASE


@pytest.fixture
def desk(address: str) -> Iterator[Desk]:
    with desks(address) as desk:
        yield desk


def test_it_walks_from_the_case_through_six_departments_to_the_receipt(desk: Desk, engine: Engine) -> None:
    with writing(engine) as session:
        hire_reviewers(session)
    wang = desk["王芳"]
    wang.goto(CASE)
    wang.get_by_role("link", name="请客户补充").click()
    assert "交貨地址和收貨人" in wang.locator("#answer").input_value()
    wang.goto(f"{CASE}/order")
    for name, words in {
        "product": "S136 模仁",
        "quantity": "6",
        "unit": "件",
        "due_on": "2026-12-10",
        "address": "台北市內湖區",
        "payment": "月結",
        "quality": "HRC 50±2",
        "contract_no": "HT-1",
    }.items():
        wang.fill(f"form.order-form [name={name}]", words)
    wang.get_by_role("button", name="保存订单").click()
    assert fits(wang)
    wang.get_by_role("button", name="发起合同评审").click()
    review = wang.url
    for name in ("孙工", "李厂长", "何采购", "杨品质", "钱会计", "王芳"):
        page = desk[name]
        page.goto(review)
        assert fits(page)
        page.locator(".opinion-form .pick label").first.click()
        page.get_by_role("button", name="签署", exact=True).click()
    boss = desk["赵敏"]
    boss.goto(review)
    boss.fill("[action$=conclude] [name=words]", "可以接单")
    boss.get_by_role("button", name="签署：通过").click()
    wang.goto(review)
    assert fits(wang)
    wang.get_by_role("button", name="发送给客户").click()
    wang.fill("[name=words]", "郵件確認")
    wang.get_by_role("button", name="记录认可").click()
    wang.get_by_role("link", name="去接受订单").click()
    wang.get_by_role("button", name="接受订单并通知各部门").click()
    maker = desk["李厂长"]
    maker.goto(f"{CASE}/order")
    assert fits(maker)
    maker.get_by_role("button", name="签收").click()
    expect(maker.locator("#notices")).to_contain_text("李厂长")
    wang.goto(CASE)
    expect(wang.locator(".order-panel")).to_contain_text("已接受")
    assert fits(wang)
    wang.goto("/desk/reviews")
    expect(wang.locator(".ledger")).to_contain_text("26-1")
    assert fits(wang)
