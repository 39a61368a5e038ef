"""A desk with a morning's work on it: invented customers, real code. For tests and for looking at pages."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Engine
from sqlmodel import Session, update

from casework.cases import open_case, take_in
from casework.complaints.closing import sign_closing
from casework.complaints.form import Value
from casework.complaints.form import fill as fill_in
from casework.customers import add_contact, meet
from casework.handling import close
from casework.outages import tell_outages
from casework.owing import owe_colleague
from casework.policy import Policy
from casework.replies import StoredFile, attach, reply
from casework.wording import Notice
from nlp.reading import Entities, Evidence, Kind, Reading, Requirement, Severity, Source
from store.engine import writing
from store.files import FileStore
from store.tables import (
    Case,
    CaseStatus,
    Channel,
    Complaint,
    Contact,
    Customer,
    CustomerStatus,
    Direction,
    Incoming,
    IncomingState,
    Listener,
    Message,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    Role,
    User,
)
from tests.web.customers import CASES, COMPLAINT, HTML, QUOTED, Given
from tests.web.filled_surveys import add_surveys

NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)  # a Friday, 10:30 in Shanghai
PASSWORD = "correct horse battery"
POLICY = Policy(secret_key=b"only for tests, only for tests!!")
# Real argon2id, but quick: a test signs in at every turn.
PASSWORD_HASH = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def fill(engine: Engine, files: FileStore, now: datetime = NOW) -> None:
    """Users, customers, cases in every state, notices, a quarantined mail and a failing mailbox."""
    with writing(engine) as session:
        wang, _chen, _boss, head = _people(session, now)
        _complaint(session, files, wang, now)
        for number, case in enumerate(CASES):
            _simple(session, case, number, wang, head, now)
        _trouble(session, files, wang, now)
        add_surveys(session, now, POLICY)
    with writing(engine) as session:
        _send_all(session, now)


def _people(session: Session, now: datetime) -> list[User]:
    people = [
        User(name="王芳", role=Role.SALES, password_hash=PASSWORD_HASH, created_at=now),
        User(name="陈志远", role=Role.SALES, password_hash=PASSWORD_HASH, created_at=now),
        User(name="赵敏", role=Role.MANAGER, password_hash=PASSWORD_HASH, chat="5550199", created_at=now),
        User(name="Grace Lin", role=Role.HEAD, password_hash=PASSWORD_HASH, language="en", created_at=now),
        User(name="周工", role=Role.QUALITY, password_hash=PASSWORD_HASH, created_at=now),
    ]
    session.add_all(people)
    session.flush()
    return people[:4]


def evidence(text: str, label: str, words: str, rule: str, field: str = "text") -> Evidence:
    """The words as found in the text."""
    start = text.index(words)
    return Evidence(
        label, "subject" if field == "subject" else "text", start, start + len(words), words, rule
    )


def take(
    session: Session,
    contact: Contact,
    text: str,
    reading: Reading,
    at: datetime,
    *,
    channel: Channel = Channel.EMAIL,
    subject: str | None = None,
    address: str = "",
    case: Case | None = None,
    history: bool = False,
    whole: str | None = None,
    html: str | None = None,
) -> tuple[Case, Message]:
    """A message arrives, the way `receive` does it."""
    message = Message(
        case_id=0,
        direction=Direction.IN,
        channel=channel,
        sender_name=contact.name,
        sender_address=address,
        message_id=f"<{at.timestamp()}.{contact.id}@customer.example>" if channel == Channel.EMAIL else None,
        subject=subject,
        text=whole or text,
        new_text=text,
        html=html,
        at=at,
        created_at=at,
    )
    first = case is None
    if case is None:
        status = CaseStatus.FILED if history else CaseStatus.OPEN
        chat = address if channel in (Channel.TELEGRAM, Channel.WEBCHAT) else None
        owner_id = session.get_one(Customer, contact.customer_id).owner_id
        case = open_case(session, contact, message, owner_id=owner_id, conversation=chat, status=status)
    message.case_id = case.id or 0
    session.add(message)
    session.flush()
    take_in(session, case, message, reading, POLICY, history=history, may_answer=True, first=first)
    session.flush()
    return case, message


def _complaint(session: Session, files: FileStore, wang: User, now: datetime) -> None:
    customer = Customer(
        name="华东精密电子有限公司", status=CustomerStatus.EXISTING, owner_id=wang.id, created_at=now
    )
    session.add(customer)
    session.flush()
    contact = add_contact(session, customer, Channel.EMAIL, "li.min@huadong.example", "李敏", "zh", now)
    reading = Reading(
        language="zh",
        kind=Kind.COMPLAINT,
        confidence=0.94,
        severity=Severity.SEVERE,
        claim=True,
        requirements=(
            Requirement("labelling", Source.STATED, "下一批起每箱必须贴批号标签"),
            Requirement("environment", Source.STATED, "随货附 RoHS 检测报告"),
        ),
        entities=Entities(
            product="端子", part_no="KX-2208", order_no="PO-20261102-7", quantity=2000, quantity_unit="只"
        ),
        evidence=(
            evidence(COMPLAINT, "complaint", "镀层起泡", "wrong.surface"),
            evidence(COMPLAINT, "severe", "停线", "severity.line_stop"),
            evidence(COMPLAINT, "complaint", "换货 2,000 只", "wrong.demand"),
            evidence(COMPLAINT, "severe", "索赔", "severity.claim"),
            evidence(COMPLAINT, "labelling", "每箱必须贴批号标签", "want.labelling"),
            evidence(COMPLAINT, "labelling", "必须贴", "context.demand"),
            evidence(COMPLAINT, "environment", "RoHS 检测报告", "want.environment"),
        ),
    )
    at = now - timedelta(hours=25, minutes=40)
    case, message = take(
        session,
        contact,
        COMPLAINT,
        reading,
        at,
        subject="紧急：KX-2208 端子镀层起泡，产线停线",
        address="li.min@huadong.example",
        whole=COMPLAINT + QUOTED,
        html=files.put(HTML.encode()),
    )
    photo = b"\x89PNG\r\n\x1a\n" + bytes(84_000)
    report = "批号,数量,不良\nL261108,2000,37\n".encode("gb18030")
    attach(
        session,
        message,
        (
            StoredFile("起泡照片-01.png", "image/png", len(photo), files.put(photo)),
            StoredFile("不良统计.csv", "text/csv", len(report), files.put(report)),
        ),
    )
    chase = "王经理，方案出来了吗？产线还在等。"
    take(
        session,
        contact,
        chase,
        Reading(
            language="zh",
            kind=Kind.COMPLAINT,
            confidence=0.71,
            severity=Severity.LIGHT,
            evidence=(evidence(chase, "complaint", "还在等", "wrong.late"),),
        ),
        now - timedelta(minutes=50),
        subject="回复: 紧急：KX-2208 端子镀层起泡，产线停线",
        address="li.min@huadong.example",
        case=case,
    )


def _simple(session: Session, given: Given, number: int, wang: User, head: User, now: datetime) -> None:
    is_mail = given.channel == Channel.EMAIL
    address = f"contact{number}@customer.example" if is_mail else f"9000{number}"
    at = now - timedelta(hours=given.hours_ago)
    language = "en" if given.text.isascii() else "zh-Hant" if "採" in given.text else "zh"
    contact = meet(session, given.channel, address, given.company, language, at)
    contact.name = given.name
    reading = Reading(
        language=language,
        kind=given.kind,
        confidence=0.83,
        severity=given.severity,
        requirements=tuple(Requirement(want, Source.STATED, given.text[:60]) for want in given.wants),
    )
    case, _ = take(
        session,
        contact,
        given.text,
        reading,
        at,
        channel=given.channel,
        subject=given.subject,
        address=address,
    )
    if number == 1:
        case.owner_id = wang.id
    if number == 6:
        reply(session, case, wang, "吴小姐您好，抱歉，下批起四角加护角。", now - timedelta(hours=2), POLICY)
        complaint = session.get_one(Complaint, case.id)
        effect: dict[str, Value] = {
            "effect": "加护角后无压箱，客户确认。",
            "satisfied": True,
            "effective": True,
        }
        fill_in(session, complaint, case, "effect", effect, wang, now - timedelta(hours=1))
        sign_closing(session, complaint, head, now - timedelta(hours=1))
        close(session, case, head, now - timedelta(hours=1))


def _trouble(session: Session, files: FileStore, wang: User, now: datetime) -> None:
    session.add(
        Incoming(
            channel=Channel.EMAIL,
            source="mail:sales@huiyin.example/INBOX",
            external_id="7:4711",
            conversation="mail:sales@huiyin.example/INBOX",
            raw=files.put(b"From: a@b.example\r\nSubject: broken\r\n\r\n" + b"\xff" * 20),
            arrived_at=now - timedelta(hours=3),
            stored_at=now - timedelta(hours=3),
            state=IncomingState.QUARANTINED,
            attempts=3,
            reason="The mail has more than 1,000 parts.",
        )
    )
    session.add(
        Listener(
            name="mail:sales@huiyin.example/INBOX",
            channel=Channel.EMAIL,
            connected_at=now - timedelta(days=20),
            polled_at=now - timedelta(seconds=20),
        )
    )
    session.add(
        Listener(
            name="telegram:7000001",
            channel=Channel.TELEGRAM,
            connected_at=now - timedelta(days=20),
            polled_at=now - timedelta(minutes=25),
            failing_since=now - timedelta(minutes=25),
            error="Telegram does not answer as it should: timed out.",
        )
    )
    late = Notice(
        "reminder/first_reply",
        {
            "number": "HY-000001",
            "customer_code": "C-00001",
            "due_at": "2026-11-20T00:50:00+00:00",
            "overdue": True,
            "unassigned": False,
        },
    )
    owe_colleague(session, OutgoingKind.REMINDER, "deadline:1:3", wang, late, now, case_id=1)
    session.flush()
    tell_outages(session, now, POLICY)


def _send_all(session: Session, now: datetime) -> None:
    """As if the deliverer had been there."""
    session.exec(update(Outgoing).values(state=OutgoingState.SENT, sent_at=now))


def serve(folder: Path, port: int) -> None:
    """Show the filled desk in a browser: `python -m tests.web.filled FOLDER PORT`."""
    import uvicorn

    from store.engine import open_engine
    from store.schema import upgrade
    from web.app import create_app

    engine, files = open_engine(f"sqlite:///{folder / 'desk.db'}"), FileStore(folder / "files")
    upgrade(engine)
    fill(engine, files)
    app = create_app(engine, files, POLICY, demo=True, clock=lambda: NOW)
    uvicorn.run(app, host="127.0.0.1", port=port, proxy_headers=False, log_level="warning")


if __name__ == "__main__":
    import sys

    serve(Path(sys.argv[1]), int(sys.argv[2]))
