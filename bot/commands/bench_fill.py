"""`huiyin bench fill`: invented customers with years of cases, to see how the desk fares at that size."""

import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from bot.house import House, utc_now
from store.adding import append, append_numbered
from store.engine import writing
from store.tables import (
    KINDS,
    SEVERITIES,
    AuditLog,
    Case,
    CaseStatus,
    Channel,
    Contact,
    ContactAddress,
    Customer,
    CustomerStatus,
    Deadline,
    DeadlineKind,
    Direction,
    Message,
    MessageReading,
    Role,
    SpecialRequirement,
    User,
)

NO_PASSWORD = "-"  # noqa: S105 - nobody can sign in with it
MESSAGES = 5  # of a case
AT_ONCE = 1000  # cases a transaction
OF_CUSTOMER = 20  # cases
YEARS = timedelta(days=3 * 365)
STATES = (CaseStatus.OPEN, CaseStatus.REPLIED, CaseStatus.FILED, CaseStatus.CLOSED)
SHARES = (2, 3, 5, 90)  # of a hundred cases
KIND_SHARES = (45, 25, 18, 4, 8)
CATEGORIES = ("packaging", "labelling", "environment", "dimension", "delivery", "ppap", "payment", "material")
FIRST_REPLY = timedelta(hours=24)
PEOPLE = (
    *((f"销售{number}", Role.SALES) for number in range(1, 9)),
    ("主管", Role.HEAD),
    ("总经理", Role.MANAGER),
)

_PLACES = (
    *("苏州", "无锡", "宁波", "东莞", "佛山", "青岛", "天津", "成都", "武汉"),
    *("厦门", "合肥", "长沙", "嘉兴", "常州", "中山", "大连"),
)
_NAMES = (
    *("华东", "恒泰", "海工", "精诚", "远大", "东方", "新星", "金桥", "同创"),
    *("瑞丰", "天和", "中科", "立信", "宏图", "永昌", "博远", "嘉禾", "顺达"),
)
_TRADES = (
    *("精密电子", "注塑", "阀门", "紧固件", "汽车零部件", "轴承", "连接器", "五金", "包装"),
    *("照明", "电机", "模具", "化工", "仪表"),
)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GOODS = (
    *("端子", "轴承座", "接线盒", "电缆夹", "法兰", "密封圈", "齿轮", "弹簧", "散热片"),
    *("支架", "外壳", "阀芯", "滤芯", "螺栓", "导轨", "铜排"),
)
_SAID = {
    "inquiry": (
        "请报{goods} {part} 的价格，数量 {count} 件，交期最好在两周以内，含税含运费。",
        "我们需要{goods}，图号 {part}，材料 316L，请问最小起订量是多少？可以先打样吗？",
        "Please quote {count} pcs of {part}, delivery to Hamburg, payment 30 days net.",
        "請報價{goods} {part} 共 {count} 件，並附上 RoHS 檢測報告。",
    ),
    "order": (
        "附件是采购订单 {order}，{goods} {part} 共 {count} 件，请确认交期和付款方式。",
        "订单 {order} 数量改为 {count} 件，其余不变，请盖章回传。",
        "Please confirm our purchase order {order} for {count} pcs {part}.",
    ),
    "complaint": (
        "收到的{goods} {part} 有 {few} 件镀层起泡，订单 {order}，请安排换货并提供 8D 报告。",
        "{part} 尺寸超差，产线无法装配，{few} 件需要退货，请今天答复处理方案。",
        "{few} of {count} pcs {part} arrived damaged, order {order}. Please send a replacement.",
    ),
    "suggestion": ("建议在{goods}外箱上印批号和数量，方便我们仓库收货。",),
    "other": (
        "您好，我们的办公地址已经变更，请更新送货单上的收货地址，谢谢。",
        "节日快乐，感谢一直以来的支持！",
    ),
}
_ANSWERED = (
    "您好，{part} 已安排生产，预计下周三发货，发货后告知物流单号。",
    "您好，{goods}的报价见附件，有效期三十天，如有疑问请随时联系。",
    "Thank you for your message. We will come back to you on {part} by tomorrow noon.",
)


@dataclass(frozen=True)
class Party:
    """A customer's contact, and who of us looks after them."""

    contact: Contact
    address: str
    owner_id: int | None


def fill(house: House, cases: int) -> int:
    """Add so many cases, each with five messages; say how long it took."""
    began = time.perf_counter()
    for done in fill_up(house.engine, cases, utc_now()):
        sys.stderr.write(f"\r{done} / {cases}")
    sys.stderr.write("\n")
    took = time.perf_counter() - began
    sys.stdout.write(f"{cases} cases, {cases * MESSAGES} messages in {took:.0f} s\n")
    return 0


def fill_up(engine: Engine, cases: int, now: datetime) -> Iterator[int]:
    """Add the cases, oldest first; yields how many there are after each transaction."""
    chance = random.Random(cases)  # noqa: S311 - the same cases each time
    with writing(engine) as session:
        sales = _people(session, now)
    for begun in range(0, cases, AT_ONCE):
        count = min(AT_ONCE, cases - begun)
        with writing(engine) as session:
            parties = list(_customers(session, chance, max(1, count // OF_CUSTOMER), begun, sales, now))
            session.flush()
            for number in range(begun, begun + count):
                opened = now - YEARS * (1 - number / cases)
                _case(session, chance, chance.choice(parties), opened, now)
        yield begun + count
    if engine.dialect.name == "postgresql":  # as its own housekeeping does in time
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _people(session: Session, now: datetime) -> list[int]:
    """Sales who are there, or invented colleagues, who cannot sign in."""
    sales = select(User.id).where(col(User.role) == Role.SALES, col(User.active))
    found = [user_id or 0 for user_id in session.exec(sales)]
    if not found:
        for name, role in PEOPLE:
            session.add(User(name=name, role=role, password_hash=NO_PASSWORD, created_at=now))
        session.flush()
        found = [user_id or 0 for user_id in session.exec(sales)]
    return found


def _customers(
    session: Session, chance: random.Random, count: int, begun: int, sales: list[int], now: datetime
) -> Iterator[Party]:
    for number in range(begun, begun + count):
        name = f"{chance.choice(_PLACES)}{chance.choice(_NAMES)}{chance.choice(_TRADES)}有限公司"
        owner_id = chance.choice(sales) if chance.random() < 0.8 else None
        customer = append_numbered(
            session,
            Customer(
                name=name,
                status=chance.choice(list(CustomerStatus)),
                owner_id=owner_id,
                created_at=now - YEARS,
            ),
        )
        for person in range(2):
            address = f"buyer{person}@c{customer.id}-{number}.example"
            called = f"{chance.choice(_SURNAMES)}{chance.choice(('工', '经理', '小姐', '先生'))}"
            contact = append_numbered(
                session, Contact(customer_id=customer.id or 0, name=called, created_at=now - YEARS)
            )
            append(session, ContactAddress, contact_id=contact.id, channel=Channel.EMAIL, address=address)
            yield Party(contact, address, owner_id)


def _case(session: Session, chance: random.Random, party: Party, opened: datetime, now: datetime) -> None:
    kind = chance.choices(KINDS, KIND_SHARES)[0]
    status = chance.choices(STATES, SHARES)[0]
    if status == CaseStatus.OPEN:  # what waits is of the last two days
        opened = now - timedelta(minutes=chance.randrange(2 * 24 * 60))
    severity = chance.choices(SEVERITIES, (60, 32, 8))[0] if kind == "complaint" else None
    wanted = sorted(set(chance.choices(CATEGORIES, k=chance.choice((0, 0, 1, 2)))))
    words = {
        "goods": chance.choice(_GOODS),
        "part": f"{chance.choice('ABCDEGHKLMPRSTX')}{chance.choice('ABKXZ')}-{chance.randrange(1000, 10000)}",
        "order": f"PO-{opened:%Y%m%d}-{chance.randrange(1, 100)}",
        "count": str(chance.randrange(1, 400) * 50),
        "few": str(chance.randrange(1, 60)),
    }
    first = chance.choice(_SAID[kind]).format(**words)
    waits = status == CaseStatus.OPEN and kind != "other"
    last = min(now, opened + timedelta(hours=6 * (MESSAGES - 1)))
    due_at = last + FIRST_REPLY if waits else None
    case = append_numbered(
        session,
        Case(
            customer_id=party.contact.customer_id,
            contact_id=party.contact.id or 0,
            owner_id=party.owner_id,
            channel=Channel.EMAIL,
            status=status,
            kind=kind,
            severity=severity,
            claim=severity == "severe" and chance.random() < 0.3,
            subject=first[:40],
            summary=first[:160],
            requirement_categories=wanted,
            opened_at=opened,
            last_message_at=last,
            due_at=due_at,
            due_clock=DeadlineKind.FIRST_REPLY if waits else None,
            waiting_since=last if waits else None,
            closed_at=last if status == CaseStatus.CLOSED else None,
        ),
    )
    for number in range(MESSAGES):
        said = first if number == 0 else _later(chance, kind, number, words)
        _message(session, case, party, number, said, min(now, opened + timedelta(hours=6 * number)))
    for category in wanted:
        append(
            session,
            SpecialRequirement,
            customer_id=case.customer_id,
            case_id=case.id,
            category=category,
            sentence=first,
            created_at=opened,
        )
    clock = {"case_id": case.id, "kind": DeadlineKind.FIRST_REPLY}
    if due_at is not None:
        append(session, Deadline, **clock, started_at=last, due_at=due_at, remind_at=due_at)
    elif kind != "other" and status != CaseStatus.FILED:
        met = opened + timedelta(hours=6)
        append(
            session,
            Deadline,
            **clock,
            started_at=opened,
            due_at=opened + FIRST_REPLY,
            met_at=met,
            ended_at=met,
        )


def _later(chance: random.Random, kind: str, number: int, words: dict[str, str]) -> str:
    said = chance.choice(_ANSWERED if number % 2 else _SAID[kind]).format(**words)
    return f"{said}\n{chance.choice(_SAID['inquiry']).format(**words)}" if chance.random() < 0.3 else said


def _message(session: Session, case: Case, party: Party, number: int, said: str, at: datetime) -> None:
    inbound = number % 2 == 0
    message = append_numbered(
        session,
        Message(
            case_id=case.id or 0,
            direction=Direction.IN if inbound else Direction.OUT,
            channel=Channel.EMAIL,
            author_id=None if inbound else party.owner_id,
            sender_name=party.contact.name if inbound else "",
            sender_address=party.address if inbound else "",
            message_id=f"<{case.id}.{number}@fill.example>",
            subject=case.subject if number == 0 else f"Re: {case.subject}",
            text=said,
            new_text=said,
            at=at,
            created_at=at,
        ),
    )
    if not inbound:
        append(session, AuditLog, at=at, user_id=party.owner_id, action="replied", case_id=case.id)
        return
    append(
        session, AuditLog, at=at, action="message_received", case_id=case.id, details={"message": message.id}
    )
    append(
        session,
        MessageReading,
        message_id=message.id,
        language="zh",
        kind=case.kind,
        confidence=0.9,
        severity=case.severity,
        special_requirements=case.requirement_categories,
        created_at=at,
    )
