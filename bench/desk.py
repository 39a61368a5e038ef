"""How long the desk's pages take at size: the real application in this process, on both databases.

python -m bench.desk --cases 100000 [--only sqlite] [--keep FOLDER]
python -m bench.desk --url URL    a database that is there, filled if it is empty
"""

import argparse
import asyncio
import gc
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
from fastapi import FastAPI
from sqlalchemy import Engine, event
from sqlmodel import col, func, select

from bot.commands.bench_fill import fill_up
from casework.policy import Policy
from store.engine import open_engine, reading, writing
from store.files import FileStore
from store.schema import upgrade
from store.tables import Case, CaseStatus, Message, Role, User, case_number
from tests.borders.postgres import postgres_server
from web.app import create_app
from web.signed_in import begin_session

TARGET = 50.0  # ms, p95
TARGETS = {"year report": 200.0}  # where it is another
ROUNDS = 40


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--cases", type=int, default=100_000)
    words.add_argument("--only", choices=("sqlite", "postgresql"))
    words.add_argument("--keep", type=Path, help="a folder with a filled SQLite database, or for one")
    words.add_argument("--url", help="a database, instead of new ones")
    words.add_argument("--pages", default="", help="only pages whose name has this")
    wanted = words.parse_args()
    if wanted.url:
        _measured(wanted.url, wanted.cases, wanted.pages)
        return
    if wanted.only != "postgresql":
        with tempfile.TemporaryDirectory() as folder:
            path = (wanted.keep or Path(folder)) / "huiyin.db"
            _measured(f"sqlite:///{path}", wanted.cases, wanted.pages)
    if wanted.only != "sqlite":
        with postgres_server() as server:
            _measured(server.fresh_database(), wanted.cases, wanted.pages)


def _measured(url: str, cases: int, only: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    policy = Policy(secret_key=b"only to measure, only to measure")
    with reading(engine) as session:
        there = session.exec(select(func.count()).select_from(Case)).one()
    if not there:
        began = time.perf_counter()
        for _done in fill_up(engine, cases, datetime.now(UTC)):
            pass
        print(f"{engine.dialect.name}: filled in {time.perf_counter() - began:.0f} s")
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(engine, FileStore(Path(folder)), policy)
        gc.freeze()  # as the program does
        asyncio.run(_ask(app, engine, only))
    engine.dispose()


async def _ask(app: FastAPI, engine: Engine, only: str) -> None:
    with reading(engine) as session:
        cases = session.exec(select(func.count()).select_from(Case)).one()
        messages = session.exec(select(func.count()).select_from(Message)).one()
    print(f"\n{engine.dialect.name}: {cases} cases, {messages} messages")
    print(f"{'':34} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8} {'queries':>8}")
    for role in (Role.HEAD, Role.SALES):
        key = _signed_in(engine, role)
        cookies = {"huiyin": key}
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://bench", cookies=cookies
        ) as client:
            pages = _pages(engine) | (_report() if role == Role.HEAD else {})
            for name, addresses in pages.items():
                if only in name:
                    await _time(client, engine, role, name, addresses)


async def _time(
    client: httpx.AsyncClient, engine: Engine, role: Role, name: str, addresses: Sequence[str]
) -> None:
    took, asked, spent = [], set(), 0.0
    for number in range(ROUNDS + 3):
        address = addresses[number % len(addresses)]
        with _counting(engine) as queries:
            began, busy = time.perf_counter(), time.process_time()
            answer = await client.get(address)
            took.append((time.perf_counter() - began) * 1000)
            spent += (time.process_time() - busy) * 1000
        assert answer.status_code == 200, (address, answer.status_code)
        asked.add(len(queries))
    spent *= ROUNDS / (ROUNDS + 3)
    took = sorted(took[3:])  # the first ones load templates
    p50, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
    queries_shown = "–".join(map(str, sorted({min(asked), max(asked)})))
    over = "  OVER" if p95 > TARGETS.get(name, TARGET) else ""
    print(f"{f'{role}: {name}':34} {p50:8.1f} {p95:8.1f} {spent / len(took):8.1f} {queries_shown:>8}{over}")


def _pages(engine: Engine) -> dict[str, list[str]]:
    with reading(engine) as session:
        owner = session.exec(select(User.id).where(col(User.role) == Role.SALES)).first()
        shown = (
            select(Case.id).where(col(Case.owner_id) == owner).order_by(func.abs(col(Case.id) * 7919 % 1000))
        )
        numbers = [case_number(case_id or 0) for case_id in session.exec(shown.limit(40))]
        deep = session.exec(
            select(Case.id)
            .where(col(Case.status) == CaseStatus.CLOSED)
            .order_by(col(Case.id))
            .offset(5000)
            .limit(1)
        ).first()
        part = (
            session.exec(select(Message.text).where(col(Message.text).contains("KX-")).limit(1)).first()
            or "KX-1"
        )
        late = session.exec(
            select(Case.due_at, Case.id)
            .where(col(Case.due_at).is_not(None))
            .order_by(col(Case.due_at))
            .offset(800)
            .limit(1)
        ).first()
    code = part[part.index("KX-") :][:7]
    pages = {
        "queue": ["/desk"],
        "queue, mine": [f"/desk?owner={owner}"],
        "filtered: complaint, severe": ["/desk?kind=complaint&severity=severe"],
        "filtered: requirement": ["/desk?requirement=ppap", "/desk?requirement=payment&kind=order"],
        "closed": ["/desk?status=closed"],
        "all, filtered": [
            "/desk?status=all&kind=complaint&severity=severe",
            "/desk?status=all&requirement=ppap",
        ],
        "all, of nobody": ["/desk?status=all&owner=none", "/desk?status=closed&owner=none&kind=suggestion"],
        "deep page": [f"/desk?status=closed&after=_{deep}"],
        "case page": [f"/desk/cases/{number}" for number in numbers],
        "two characters, rare": ["/desk?q=节日", "/desk?q=超差"],
        "two characters, common": ["/desk?q=报价", "/desk?q=您好", "/desk?q=公司"],
        "two characters, open": ["/desk?q=退货&status=open"],
        "part number": [f"/desk?q={code}", f"/desk?q={code[:5]}", "/desk?q=PO-"],
        "customer": ["/desk?q=华东注塑", "/desk?q=C-00012", "/desk?q=buyer1@c7"],
        "case number": ["/desk?q=HY-004711"],
        "nothing found": ["/desk?q=鸳鸯", "/desk?q=ZZ-99999"],
        "customers": ["/desk/customers"],
        "customers, found": [
            *("/desk/customers?q=华东", "/desk/customers?q=buyer1@c7", "/desk/customers?q=王工"),
            *("/desk/customers?q=C-00012", "/desk/customers?q=鸳鸯"),
        ],
    }
    if late and late[0]:
        pages["next page"] = [f"/desk?after={late[0].isoformat().replace('+', '%2B')}_{late[1]}"]
    return pages


def _report() -> dict[str, list[str]]:
    last = datetime.now(UTC).year - 1
    return {
        "year report": [
            "/desk/reports?period=year",
            f"/desk/reports?first={last}-01-01&last={last}-12-31",
        ]
    }


def _signed_in(engine: Engine, role: Role) -> str:
    with writing(engine) as session:
        user = session.exec(select(User).where(col(User.role) == role).order_by(col(User.id))).first()
        assert user is not None
        return begin_session(session, user, datetime.now(UTC))


@contextmanager
def _counting(engine: Engine) -> Iterator[list[str]]:
    queries: list[str] = []

    def note(*args: object) -> None:
        if not str(args[2]).startswith(("BEGIN", "PRAGMA")):
            queries.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield queries
    finally:
        event.remove(engine, "before_cursor_execute", note)


if __name__ == "__main__":
    main()
