"""The procedures' forms, printed from their pages with what really stands there."""

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from store.engine import reading, writing
from store.tables import Customer, CustomerStatus, SpecialRequirement, User
from tests.web.acts import ORDER, TERMS, VISIT
from tests.web.conftest import Browser, on_both
from tests.web.filled import NOW
from tests.web.reviewers import hire_reviewers
from tests.web.test_queue import counting
from web.desk.forms import requirement_list

COMPLAINT = "/desk/cases/HY-000001/complaint"


def linked(client: httpx.Client, page: str, form: str) -> str:
    """The form, which its page links to."""
    assert f'href="{form.replace("&", "&amp;")}"' in client.get(page).text, form
    answer = client.get(form)
    assert answer.status_code == 200, answer.text
    assert "print.js" in answer.text
    assert 'style="' not in answer.text
    return answer.text


@on_both
def test_it_prints_the_complaint_and_the_month(browser: Browser) -> None:
    wang, head, boss = browser("王芳"), browser("Grace Lin"), browser("赵敏")
    filled = {"unit": "电镀车间", "cause": "温控失效", "isolated": "yes", "in_stock": "隔离 12,400 只"}
    boss.post(COMPLAINT, data=filled | {"countermeasure": "全检换货", "returned_quantity": "37 只"})
    for client in (wang, head):
        client.post("/desk/cases/HY-000001/sign")
    form = linked(wang, COMPLAINT, f"{COMPLAINT}/form")
    said = ["HY-000001", "C-00001", "李敏", "li.min@huadong.example", "KX-2208", "PO-20261102-7", "☑ 重度"]
    said += ["镀层起泡", "系统自动登记", "隔离：是", "温控失效", "电镀车间", "全检换货", "隔离 12,400 只"]
    said += ["37 只", "王芳", "Grace Lin"]
    assert [words for words in said if words not in form] == []
    month = "/desk/complaints/summary/form?month=2026-11"
    form = linked(boss, "/desk/complaints/summary", month)
    for words in ("2026-11", "HY-000001", "电镀车间 1", "全检换货", "重度 · 索赔", "50% (1/2)"):
        assert words in form, words
    assert "HY-000001" not in boss.get("/desk/complaints/summary/form?month=2026-10").text
    for wrong in ("2026-13", "x", "0001-01"):
        assert boss.get(f"/desk/complaints/summary/form?month={wrong}").status_code == 404
    assert browser("陈志远").get(f"{COMPLAINT}/form").status_code == 403
    assert wang.get("/desk/cases/HY-000002/complaint/form").status_code == 404


def test_it_prints_the_review_with_what_was_reviewed(browser: Browser, engine: Engine) -> None:
    with writing(engine) as session:
        hire_reviewers(session)
        case_requires(session, 3, ("packaging", "木箱包装"), ("payment", "月結"))
    boss = browser("赵敏")
    boss.post(ORDER, data=TERMS | {"first_order": "true", "contract_class": "new_product"})
    boss.post(f"{ORDER}/review")
    boss.post(ORDER, data=TERMS | {"quantity": "8", "first_order": "true", "contract_class": "new_product"})
    sheet = boss.post(f"{ORDER}/review").headers["location"]
    sun = browser("孙工")
    with reading(engine) as session:
        opinion = session.connection().exec_driver_sql(
            "SELECT id FROM review_opinions WHERE department = 'technical' ORDER BY id DESC"
        )
        sun.post(f"{sheet}/opinions/{opinion.scalar()}", data={"stance": "conditions", "words": "先做首件"})
    form = linked(boss, sheet, f"{sheet}/form")
    said = ["26-2", "C-00003", "S136 模仁", "8 件", "2026-12-10", "CNY 86,000.00", "☑ 新产品合同"]
    said += ["HRC 50±2", "木箱包装", "见顾客特殊要求", "有条件同意：先做首件", "孙工", "☐ 接受", "数量"]
    said += ["付款方式：月結 30 天"]
    assert [words for words in said if words not in form] == []
    assert browser("王芳").get(f"{sheet}/form").status_code == 200  # nobody's case
    assert sun.get("/desk/reviews/99/form").status_code == 404


def case_requires(session: object, case_id: int, *wanted: tuple[str, str]) -> None:
    for category, sentence in wanted:
        session.add(  # type: ignore[attr-defined]
            SpecialRequirement(
                customer_id=4, case_id=case_id, category=category, sentence=sentence, created_at=NOW
            )
        )


@on_both
def test_it_prints_what_the_filters_of_lists_leave(
    browser: Browser, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss, wang, chen = browser("赵敏"), browser("王芳"), browser("陈志远")
    form = linked(boss, "/desk/requirements", "/desk/requirements/form?days=90")
    assert all(words in form for words in ("C-00001", "SR-000001", "RoHS", "标识追溯", "待处理"))
    of_one = "/desk/requirements/form?customer=1&days=90"
    assert "华东精密" in linked(wang, "/desk/requirements?customer=1", of_one)
    assert "RoHS" not in wang.get(f"{of_one}&category=labelling").text
    assert "RoHS" not in chen.get("/desk/requirements/form").text
    assert chen.get(of_one).status_code == 403
    monkeypatch.setattr(requirement_list, "PRINTED", 2)
    part = boss.get("/desk/requirements/form?page=2").text
    assert "第 2 份" in part
    assert 'href="/desk/requirements/form?days=90&amp;page=1"' in part

    boss.post("/desk/plan", data={"year": "2027"})
    with counting(engine) as few:
        form = boss.get("/desk/plan/form?year=2027").text
    assert form.count("C-0") == 1
    assert form.count("★") == 2 + 2 + 1  # visits, surveys, the legend
    assert "★调" in form
    with writing(engine) as session:
        for customer in session.exec(select(Customer).where(col(Customer.id) > 1)):
            customer.owner_id, customer.status = 2, CustomerStatus.EXISTING
    linked(boss, "/desk/plan?year=2027", "/desk/plan/form?year=2027&kind=visit")
    with counting(engine) as more:
        form = boss.get("/desk/plan/form?year=2027").text
    assert form.count("C-0") > 5
    assert len(more) == len(few) <= 8
    assert "华东精密" not in chen.get("/desk/plan/form?year=2027").text


def test_it_prints_a_visit_also_before_it_is_made(browser: Browser, engine: Engine) -> None:
    boss = browser("赵敏")
    boss.post(VISIT.address, data=VISIT.form)
    heard = {"topic": "competitor", "text": "对手报价低 6%"}
    boss.post("/desk/customers/2/market", data=heard)
    boss.post("/desk/plan/cell", data={"cell": "2:2026-12", "kind": "visit"})
    form = linked(boss, "/desk/customers/2", "/desk/customers/2/visits/1/form")
    assert all(words in form for words in ("2026-11-12", "Tom Baker", "交期要稳定", "赵敏"))
    assert "对手报价低" not in form  # heard on another day
    boss.post(VISIT.address, data=VISIT.form | {"made_on": "2026-11-20"})
    assert "对手报价低 6%" in boss.get("/desk/customers/2/visits/3/form").text
    empty = boss.get("/desk/customers/2/visits/2/form").text
    assert "2026-12" in empty
    assert "Tom Baker" not in empty
    for wrong in ("/desk/customers/3/visits/1/form", "/desk/customers/2/visits/99/form"):
        assert boss.get(wrong).status_code == 404
    with writing(engine) as session:
        session.get_one(Customer, 2).owner_id = session.exec(select(User.id).where(User.name == "王芳")).one()
    assert browser("陈志远").get("/desk/customers/2/visits/1/form").status_code == 403
