"""Customers on the desk: who sees which, one page each, merging and importing through real forms."""

import io
import re

import httpx
import pytest
from openpyxl import Workbook
from sqlalchemy import Engine
from sqlmodel import col, func, select

from casework.customer_book.importing import import_customers
from casework.customer_book.sheets import open_sheet
from store.engine import reading, writing
from store.tables import (
    AuditLog,
    Case,
    Contact,
    ContactAddress,
    Customer,
    CustomerMove,
    CustomerProperty,
    Role,
    SpecialRequirement,
    SurveyResponse,
    User,
    Visit,
)
from tests.web.conftest import Browser, on_both
from tests.web.filled import NOW, PASSWORD_HASH
from tests.web.test_queue import counting

CARD = {"name": "华东精密", "status": "existing", "owner": "1", "language": "", "manner": "", "notes": ""}
OF_CUSTOMER_1 = (
    "/desk/customers/1",
    "/desk/customers/1/merge",
    "/desk/requirements/1",
    "/desk/requirements?customer=1",
)


@pytest.fixture
def boss(browser: Browser) -> httpx.Client:
    return browser("赵敏")


@pytest.fixture
def chen(browser: Browser) -> httpx.Client:
    """A salesperson; customer 1 is of a colleague."""
    return browser("陈志远")


def hire(engine: Engine, name: str, role: Role) -> None:
    with writing(engine) as session:
        session.add(User(name=name, role=role, password_hash=PASSWORD_HASH, created_at=NOW))


def lines(engine: Engine, action: str) -> list[AuditLog]:
    with reading(engine) as session:
        return list(session.exec(select(AuditLog).where(col(AuditLog.action) == action)))


@on_both
def test_it_finds_customers_by_whatever_is_known_of_them(wang: httpx.Client) -> None:
    for q in ("华东", "C-00001", "c1", "li.min@", "李敏", "northgate", "NORTHGATE"):
        page = wang.get("/desk/customers", params={"q": q})
        assert page.status_code == 200
        assert page.text.count('href="/desk/customers/') >= 1, q
        assert len(set(re.findall(r'href="/desk/customers/(\d+)"', page.text))) == 1, q
    assert "没有找到" in wang.get("/desk/customers?q=%25").text
    assert wang.get("/desk/customers?q=C-999999999&after=2147483647&owner=1").status_code == 200


def test_sales_see_only_what_they_may(chen: httpx.Client, boss: httpx.Client, engine: Engine) -> None:
    assert "华东精密" not in chen.get("/desk/customers").text
    assert "华东精密" in boss.get("/desk/customers").text
    for path in OF_CUSTOMER_1:
        assert chen.get(path).status_code == 403, path
        assert boss.get(path).status_code == 200, path
    assert "每箱必须贴批号标签" not in chen.get("/desk/requirements").text
    assert "华东精密" not in chen.get("/desk/plan").text
    for path, data in (
        ("/desk/customers/1", CARD),
        ("/desk/customers/1/people", {"name": "x"}),
        ("/desk/customers/2/merge", {"other": "1"}),
        ("/desk/customers/1/merge", {"other": "2"}),
        ("/desk/customers/1/property", {"kind": "sample", "name": "x", "received_on": "2026-11-01"}),
        ("/desk/plan/cell", {"cell": "1:2026-12"}),
        ("/desk/requirements/new", {"customer": "1", "sentence": "x", "category": "packaging"}),
        ("/desk/requirements/1/status", {"status": "in_progress"}),
    ):
        assert chen.post(path, data=data).status_code == 403, path
    with writing(engine) as session:  # whoever answers for a case of the customer sees the customer
        session.get_one(Case, 1).owner_id = 2
    page = chen.get("/desk/customers/1")
    assert page.status_code == 200


@pytest.mark.parametrize("role", [Role.QUALITY, Role.REVIEWER, Role.ADMIN])
def test_others_look_and_change_nothing(browser: Browser, engine: Engine, role: Role) -> None:
    hire(engine, "某", role)
    person = browser("某")
    page = person.get("/desk/customers/1")
    assert page.status_code == 200
    assert 'action="/desk/customers/1' not in page.text
    assert person.post("/desk/customers/1", data=CARD).status_code == 403
    assert person.post("/desk/customers", data={"name": "x"}).status_code == 403
    assert person.get("/desk/customers/import").status_code == 403
    assert person.get("/desk/plan").status_code == 200
    assert person.post("/desk/plan", data={"year": "2027"}).status_code == 403


@on_both
def test_it_keeps_the_card_the_people_and_their_addresses(wang: httpx.Client, engine: Engine) -> None:
    new = {"own_code": "HD01", "manner": "phone", "notes": "月结\r\n60 天"}
    assert wang.post("/desk/customers/1", data=CARD | new).status_code == 303
    wang.post("/desk/customers/1", data=CARD | new)
    assert len(lines(engine, "customer_changed")) == 1
    first = {"name": "周工", "channel": "email", "address": "Zhou@Huadong.example"}
    wang.post("/desk/customers/1/people", data=first)
    taken = wang.post("/desk/customers/2/people", data=first)
    assert taken.status_code == 422
    assert "C-00001" in taken.text
    with reading(engine) as session:
        customer = session.get_one(Customer, 1)
        assert (customer.own_code, customer.notes) == ("HD01", "月结\n60 天")
        contact = session.exec(select(Contact).where(col(Contact.name) == "周工")).one()
        address = session.exec(
            select(ContactAddress).where(col(ContactAddress.contact_id) == contact.id)
        ).one()
    assert address.address == "zhou@huadong.example"
    wang.post("/desk/customers/1/person", data={"contact": contact.id, "name": "周敏", "language": "en"})
    elsewhere = {"contact": str(contact.id), "channel": "phone", "address": "13800000000"}
    assert wang.post("/desk/customers/2/address", data=elsewhere).status_code == 404
    wang.post("/desk/customers/1/address", data=elsewhere)
    wang.post("/desk/customers/1/address/remove", data={"address": address.id})
    page = wang.get("/desk/customers/1").text
    assert "周敏" in page
    assert "13800000000" in page
    assert "zhou@" not in page
    assert lines(engine, "address_removed")[0].details["address"] == "zhou@huadong.example"
    assert wang.post("/desk/customers/2", data=CARD | {"own_code": "HD01"}).status_code == 422


@on_both
def test_it_merges_two_and_undoes_it(boss: httpx.Client, engine: Engine) -> None:
    assert "Northgate" in boss.get("/desk/customers/1/merge?q=North").text
    assert (
        boss.post("/desk/customers/1/merge", data={"other": "2"}).headers["location"] == "/desk/customers/1"
    )
    page = boss.get("/desk/customers/1").text
    assert "Tom Baker" in page
    assert boss.get("/desk/customers/2").headers["location"] == "/desk/customers/1"
    assert "Northgate Fasteners Ltd</bdi></a>" not in boss.get("/desk/customers?q=Northgate").text
    assert "华东精密" in boss.get("/desk/customers?q=Northgate").text
    assert boss.post("/desk/customers/1/merge", data={"other": "2"}).status_code == 422
    with reading(engine) as session:
        move = session.exec(select(CustomerMove)).one()
    assert boss.post("/desk/customers/3/undo", data={"move": move.id}).status_code == 404
    assert boss.post("/desk/customers/1/undo", data={"move": move.id}).status_code == 303
    assert boss.post("/desk/customers/1/undo", data={"move": move.id}).status_code == 422
    assert boss.get("/desk/customers/2").status_code == 200
    assert "Tom Baker" not in boss.get("/desk/customers/1").text


def test_it_moves_a_contact_by_the_code_of_the_other_customer(boss: httpx.Client, engine: Engine) -> None:
    move = {"contact": "1", "to": "C-00002", "with_cases": "1"}
    assert boss.post("/desk/customers/1/move-contact", data=move | {"to": "北门"}).status_code == 422
    assert boss.post("/desk/customers/1/move-contact", data=move).status_code == 303
    with reading(engine) as session:
        assert session.get_one(Contact, 1).customer_id == 2
        assert session.get_one(Case, 1).customer_id == 2


def test_it_registers_property_and_insists_that_the_customer_is_told(
    wang: httpx.Client, engine: Engine
) -> None:
    thing = {"kind": "tooling", "name": "冲压模 <b>", "received_on": "2026-11-01", "place": "模具库"}
    wang.post("/desk/customers/1/property", data=thing)
    with reading(engine) as session:
        kept = session.exec(select(CustomerProperty)).one()
    assert kept.label == "CP-00001"
    state = {"thing": kept.id, "state": "damaged"}
    assert wang.post("/desk/customers/1/property/state", data=state).status_code == 422
    wang.post("/desk/customers/1/property/state", data=state | {"note": "导柱断裂"})
    page = wang.get("/desk/customers/1").text
    assert "尚未告知客户" in page
    assert "冲压模 &lt;b&gt;" in page
    wang.post("/desk/customers/1/property/state", data={"thing": kept.id, "told": "1"})
    assert "尚未告知客户" not in wang.get("/desk/customers/1").text
    assert wang.post("/desk/customers/2/property/state", data=state).status_code == 404


def test_it_notes_the_market_and_visits(wang: httpx.Client, engine: Engine) -> None:
    wang.post("/desk/customers/1/market", data={"topic": "competitor", "text": "报价低 6%"})
    said = {"made_on": "2026-11-12", "met": "李敏", "said": "交期要稳定", "kind": "visit"}
    assert wang.post("/desk/customers/1/visits", data=said | {"made_on": "2026-12-12"}).status_code == 422
    wang.post("/desk/customers/1/visits", data=said)
    with reading(engine) as session:
        visit = session.exec(select(Visit)).one()
    wang.post("/desk/customers/1/visits/confirm", data={"visit": visit.id, "by": "李敏"})
    page = wang.get("/desk/customers/1").text
    for words in ("报价低 6%", "交期要稳定", "客户确认：<bdi>李敏"):
        assert words in page


@on_both
def test_it_shows_the_plan_and_takes_clicks(boss: httpx.Client, engine: Engine) -> None:
    assert "华东精密" in boss.get("/desk/plan").text
    boss.post("/desk/plan", data={"year": "2027"})
    page = boss.get("/desk/plan?year=2027").text
    assert page.count("★") == 2 + 2 + 1  # visits, surveys, the legend
    click = {"cell": "1:2026-12", "kind": "visit", "here": "year=2026&kind=visit"}
    answer = boss.post("/desk/plan/cell", data=click)
    assert answer.headers["location"] == "/desk/plan?year=2026&kind=visit#c1"
    assert 'value="1:2026-12"' in (shown := boss.get("/desk/plan?year=2026").text)
    assert shown.count("★") == 4  # with the surveys of the half-yearly plan
    boss.post("/desk/plan/cell", data=click)
    assert boss.get("/desk/plan?year=2026").text.count("★") == 3
    assert boss.post("/desk/plan/cell", data=click | {"cell": "1:2026-10"}).status_code == 422
    for wrong in ("x", "1:2026-13", "0:2026-01", "99999999999:2026-01"):
        assert boss.post("/desk/plan/cell", data=click | {"cell": wrong}).status_code == 422
    away = boss.post("/desk/plan/cell", data=click | {"here": "\r\nX: y"})
    assert away.headers["location"] == "/desk/plan?#c1"
    assert "x" not in away.headers


def table(*rows: list[str]) -> bytes:
    book = Workbook()
    for number, row in enumerate((["客户名称", "邮箱", "备注"], *rows), 1):
        for place, value in enumerate(row, 1):
            book.active.cell(number, place).value = value
            book.active.cell(number, place).data_type = "s"  # what looks like a formula is none
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@on_both
def test_it_previews_an_import_and_writes_it_when_confirmed(
    boss: httpx.Client, wang: httpx.Client, engine: Engine
) -> None:
    content = table(["天元电机", "sun@ty.example", "=1+1"], ["坏的", "abc@", ""], ["<script>", "", ""])
    page = boss.post("/desk/customers/import", files={"file": ("客户.xlsx", content)})
    assert "这是预览" in page.text
    assert "第 3 行" in page.text
    assert "“abc@”不是邮箱地址。" in page.text
    assert "<script>" not in page.text.replace("<script src", "")
    with reading(engine) as session:
        before = session.exec(select(func.count()).select_from(Customer)).one()
    form = dict(re.findall(r'name="(file|seal)" value="(\w+)"', page.text))
    assert wang.post("/desk/customers/import/confirm", data=form).status_code == 422  # another person
    other = form | {"file": "0" * 64}
    assert boss.post("/desk/customers/import/confirm", data=other).status_code == 422
    for added in (2, 0):
        assert "已导入" in boss.post("/desk/customers/import/confirm", data=form).text
        with reading(engine) as session:
            after = session.exec(select(func.count()).select_from(Customer)).one()
        assert after == before + 2, added
    with reading(engine) as session:
        customer = session.exec(select(Customer).where(col(Customer.name) == "天元电机")).one()
    assert customer.notes == "=1+1"
    assert len(lines(engine, "customers_imported")) == 1


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04", b"\xff" * 99])
def test_it_says_so_when_the_file_is_no_table(boss: httpx.Client, content: bytes) -> None:
    assert boss.post("/desk/customers/import", files={"file": ("x.xlsx", content)}).status_code == 422


@on_both
def test_it_walks_a_requirement_through_its_life(boss: httpx.Client, engine: Engine) -> None:
    terms = {"sentence": "外箱加护角", "category": "packaging", "scope": "customer", "priority": "high"}
    assert boss.get("/desk/requirements/new?case=1").status_code == 200
    made = boss.post("/desk/requirements/new", data=terms | {"customer": "1", "case": "1"})
    path = made.headers["location"]
    boss.post(path, data=terms | {"deadline": "2026-12-05", "handler": "1", "remark": "含内盒"})
    boss.post(f"{path}/pass", data={"department": ["warehouse", "quality", "nobody"]})
    boss.post(f"{path}/sign", data={"department": "warehouse"})
    assert boss.post(f"{path}/status", data={"status": "done"}).status_code == 422
    boss.post(f"{path}/status", data={"status": "done", "result": "已改包装"})
    boss.post(f"{path}/reported")
    page = boss.get(path).text
    for words in ("已改包装", "赵敏 已签收", "未签收", "含内盒", "已告知客户"):
        assert words in page or words.replace("未签收", "签收</button>") in page, words
    listed = boss.get("/desk/requirements?customer=1&status=done").text
    assert "外箱加护角" in listed
    assert "外箱加护角" not in boss.get("/desk/requirements?status=pending").text
    boss.post(f"{path}/withdraw")
    assert "外箱加护角" not in boss.get("/desk/requirements?customer=1").text
    boss.post(f"{path}/withdraw", data={"back": "1"})
    assert "外箱加护角" in boss.get("/desk/requirements/form?customer=1").text
    story = boss.get("/desk/cases/HY-000001").text
    assert "传递到 仓库、品质" in story
    assert "requirement_" not in story


def test_it_offers_an_order_what_its_customer_required_before(wang: httpx.Client, engine: Engine) -> None:
    with writing(engine) as session:
        session.get_one(SurveyResponse, 1).case_id = None  # what a survey opened stays a complaint
        session.flush()
        session.get_one(Case, 1).kind = "order"
        for sentence in ("随货附材质报告", "木箱"):
            session.add(
                SpecialRequirement(customer_id=1, category="material", sentence=sentence, created_at=NOW)
            )
    page = wang.get("/desk/cases/HY-000001").text
    chosen = re.findall(r'<button class="link" name="requirement" value="(\d+)"', page)
    assert len(chosen) == 2
    wang.post("/desk/cases/HY-000001/requirements", data={"requirement": chosen[0]})
    page = wang.get("/desk/cases/HY-000001").text
    assert page.count('name="requirement" value="' + chosen[0]) == 0
    assert "沿用了以往的 1 项特殊要求" in page
    assert wang.post("/desk/cases/HY-000001/requirements", data={"requirement": "99"}).status_code == 303


@pytest.mark.parametrize("path", ["/desk/customers", "/desk/requirements", "/desk/plan"])
def test_its_lists_take_the_same_number_of_queries_for_any_length(
    boss: httpx.Client, engine: Engine, path: str
) -> None:
    with counting(engine) as few:
        boss.get(path)
    with writing(engine) as session:
        for number in range(60):
            session.add(Customer(name=f"客户 {number}", owner_id=1, created_at=NOW))
        session.flush()
        for number in range(60):
            session.add(
                SpecialRequirement(customer_id=2, category="material", sentence=f"{number}", created_at=NOW)
            )
    with counting(engine) as many:
        assert boss.get(path).status_code == 200
    assert len(many) == len(few)


def test_it_keeps_regions_filters_by_them_and_exports_what_an_import_knows_again(
    boss: httpx.Client, wang: httpx.Client, engine: Engine
) -> None:
    boss.post(
        "/desk/customers/2",
        data={"name": "=Northgate", "status": "existing", "region": "华东", "own_code": "N-1", "notes": "@x"},
    )
    assert "华东" in boss.get("/desk/customers/2").text
    listed = boss.get("/desk/customers?region=华东").text
    assert "=Northgate" in listed
    assert "华东精密电子" not in listed
    content = boss.get("/desk/customers.csv?region=华东").content
    (row,) = open_sheet(content).rows
    assert row.values["region"] == "华东"
    assert row.values["name"] == "'=Northgate"  # no formula (P16)
    with writing(engine) as session:
        done = import_customers(session, open_sheet(boss.get("/desk/customers.xlsx").content).rows, None, NOW)
    assert (done.wrong, done.added, done.changed) == (0, 0, 0)
    table = "客户名称,区域\n天元电机,华南\n".encode()
    with writing(engine) as session:
        assert import_customers(session, open_sheet(table).rows, None, NOW).added == 1
        assert session.exec(select(Customer.region).where(Customer.name == "天元电机")).one() == "华南"
