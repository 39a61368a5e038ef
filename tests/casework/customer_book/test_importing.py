"""Customers come from a table: what is recognised, what is refused and in which row, and what stays."""

import io
import tracemalloc

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine
from sqlmodel import col, func, select

from casework.customer_book.importing import Imported, import_customers
from casework.customer_book.sheets import SheetError, open_sheet
from casework.rights import NotAllowed
from store.engine import reading, writing
from store.tables import (
    AuditLog,
    Channel,
    Contact,
    ContactAddress,
    Customer,
    CustomerStatus,
    Role,
    User,
)
from tests.office import MORNING

SHEET = """客户名称,客户代码,客户状态,业务员,联系人,电子邮箱,电话,语言,备注,信用额度
天元电机,TY01,现有,小林,孙主任,Sun@TianYuan.example,0571-8800 1234,中文,月结,10万
天元电机,TY01,现有,小林,钱工,qian@tianyuan.example;qg@tianyuan.example,,中文,月结,
Meridian GmbH,,potential,,Anke Vogel,anke@meridian.example,,English,,
"""


def bring_in(engine: Engine, content: bytes, role: Role = Role.HEAD) -> Imported:
    with writing(engine) as session:
        return import_customers(session, open_sheet(content).rows, person(engine, role), MORNING)


def person(engine: Engine, role: Role = Role.HEAD, name: str = "") -> User:
    with reading(engine) as session:
        found = session.exec(select(User).where(col(User.role) == role)).first()
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def people(engine: Engine) -> None:
    with writing(engine) as session:
        for name, role in (("小林", Role.SALES), ("老陈", Role.HEAD), ("品管", Role.QUALITY)):
            session.add(User(name=name, role=role, password_hash="-", created_at=MORNING))


def workbook(rows: list[list[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_it_brings_in_customers_with_their_people(engine: Engine, encoding: str) -> None:
    done = bring_in(engine, SHEET.encode(encoding))
    assert (done.rows, done.added, done.contacts, done.problems) == (3, 2, 3, [])
    with reading(engine) as session:
        tianyuan, meridian = session.exec(select(Customer).order_by(col(Customer.id)))
        assert (tianyuan.name, tianyuan.own_code, tianyuan.notes) == ("天元电机", "TY01", "月结")
        assert (tianyuan.status, meridian.status) == (CustomerStatus.EXISTING, CustomerStatus.POTENTIAL)
        assert tianyuan.owner_id == person(engine, Role.SALES).id
        assert meridian.required_language == "en"
        held = {address.address: address.channel for address in session.exec(select(ContactAddress))}
    assert held["sun@tianyuan.example"] == Channel.EMAIL
    assert held["0571-8800 1234"] == Channel.PHONE
    assert len(held) == 5


def test_it_changes_nothing_when_the_same_file_comes_twice(engine: Engine) -> None:
    bring_in(engine, SHEET.encode())
    again = bring_in(engine, SHEET.encode())
    assert (again.rows, again.unchanged, again.does_something) == (3, 3, False)
    with reading(engine) as session:
        lines = session.exec(select(AuditLog).where(col(AuditLog.action) == "customers_imported")).all()
        assert len(lines) == 1
        assert session.exec(select(func.count()).select_from(Contact)).one() == 3


def test_it_changes_what_differs_and_leaves_what_is_empty(engine: Engine) -> None:
    bring_in(engine, SHEET.encode())
    done = bring_in(engine, "名称,代码,状态,备注\n天元电机集团,TY01,,\nMeridian GmbH,,现有,\n".encode())
    assert (done.added, done.changed) == (0, 2)
    with reading(engine) as session:
        tianyuan, meridian = session.exec(select(Customer).order_by(col(Customer.id)))
    assert (tianyuan.name, tianyuan.notes, tianyuan.status) == ("天元电机集团", "月结", "existing")
    assert meridian.status == "existing"


def test_it_tells_what_is_wrong_in_which_row_and_takes_the_others(engine: Engine) -> None:
    rows: list[list[object]] = [
        ["客户一览表 2026"],
        [],
        ["Customer", "E-mail", "Tel.", "Owner", "Status", "Language"],
        ["好公司", "a@good.example", 13800000000, None, None, None],
        ["坏邮箱", "abc@", None, None, None, None],
        [None, "b@good.example", None, None, None, None],
        ["坏电话", None, "无", None, None, None],
        ["没这人", None, None, "张三", None, None],
        ["坏状态", None, None, None, "关系户", None],
        ["坏语言", None, None, None, None, "火星文"],
        ["借地址", "A@GOOD.example", None, None, None, None],
    ]
    done = bring_in(engine, workbook(rows))
    assert done.added == 1
    assert [(problem.row, problem.sentence) for problem in done.problems] == [
        (5, '"abc@" is no mail address.'),
        (6, "The customer has no name."),
        (7, '"无" is no telephone number.'),
        (8, '"张三" is no colleague of ours.'),
        (9, '"关系户" is no customer status.'),
        (10, '"火星文" is no language that we write.'),
        (11, "The address of this row belongs to another customer."),
    ]
    with reading(engine) as session:
        assert [customer.name for customer in session.exec(select(Customer))] == ["好公司"]
        assert "13800000000" in [one.address for one in session.exec(select(ContactAddress))]


@pytest.mark.parametrize("text", ["=1+1", '=cmd|" /C calc"!A0', "+86", "-2", "@SUM(A1)", "＝1+1"])
def test_it_keeps_what_looks_like_a_formula_as_the_text_it_is(engine: Engine, text: str) -> None:
    quoted = text.replace('"', '""')
    bring_in(engine, f'客户,备注\n"{quoted}","{quoted}"\n'.encode())
    with reading(engine) as session:
        (customer,) = session.exec(select(Customer))
    assert (customer.name, customer.notes) == (text, text)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 broken", b"\x80\xff\xff", "产品,价格\n端子,3\n".encode(), b"\xff\xfe\x00"],
)
def test_it_says_so_when_a_file_is_no_table_of_customers(content: bytes) -> None:
    with pytest.raises(SheetError):
        list(open_sheet(content).rows)


def test_it_names_the_headings_that_say_nothing_to_it() -> None:
    sheet = open_sheet(SHEET.encode())
    assert sheet.unknown == ("信用额度",)
    assert "email" in sheet.fields


def test_it_lets_sales_change_no_colleagues_customer(engine: Engine) -> None:
    bring_in(engine, "客户,负责人\n甲,老陈\n乙,小林\n".encode())
    done = bring_in(engine, "客户,备注\n甲,改\n乙,改\n".encode(), Role.SALES)
    assert [problem.row for problem in done.problems] == [2]
    assert done.changed == 1
    with pytest.raises(NotAllowed):
        bring_in(engine, b"Customer\nX\n", Role.QUALITY)


def test_it_takes_many_rows_in_little_memory(engine: Engine) -> None:
    """10,000 take some 3 s and no more memory than these."""
    lines = [f"客户 {n},K{n},联系人 {n},c{n}@big.example" for n in range(1_200)]
    content = "\n".join(["客户,代码,联系人,邮箱", *lines]).encode()
    tracemalloc.start()
    done = bring_in(engine, content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (done.added, done.contacts, done.wrong) == (1_200, 1_200, 0)
    assert peak < 15 * 1024 * 1024
