"""Typing in a call, a letter, a visit."""

import uuid
from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from intake.arrive import said
from store.engine import reading, writing
from store.tables import Channel, Direction, Incoming, IncomingState, Message
from tests.web.conftest import Browser

FORM = str(uuid.UUID(int=7))
CALL = {
    "form": FORM,
    "channel": "phone",
    "at": "2026-11-20T09:15",
    "name": "孙 主任",
    "company": "天元电机",
    "address": "0571-8800 1234",
    "text": "询问 60 电机交期\x00",
}


def kept(engine: Engine) -> list[Incoming]:
    with reading(engine) as session:
        return list(session.exec(select(Incoming).where(col(Incoming.source) == "desk")))


def test_it_keeps_a_call_once_with_its_own_time(wang: httpx.Client, engine: Engine) -> None:
    for _time in range(2):
        answer = wang.post("/desk/new", data=CALL, files={"files": ("扫描.pdf", b"%PDF", "application/pdf")})
        assert answer.headers["location"] == f"/desk/new/{FORM}"
    (row,) = kept(engine)
    assert row.payload is not None
    call = said(row.payload)
    assert (call.channel, call.name, call.text) == (Channel.PHONE, "天元电机 孙 主任", "询问 60 电机交期")
    assert call.at == datetime(2026, 11, 20, 1, 15, tzinfo=UTC)
    assert call.files[0].name == "扫描.pdf"
    assert call.user_id == 1


def test_it_waits_for_the_case_and_then_goes_there(wang: httpx.Client, engine: Engine) -> None:
    wang.post("/desk/new", data=CALL)
    assert "正在开案" in wang.get(f"/desk/new/{FORM}").text
    with writing(engine) as session:
        row = session.exec(select(Incoming).where(col(Incoming.source) == "desk")).one()
        row.state = IncomingState.RECEIVED
        message = Message(
            case_id=7,
            direction=Direction.IN,
            channel=Channel.PHONE,
            incoming_id=row.id,
            at=row.arrived_at,
            created_at=row.arrived_at,
        )
        session.add(message)
    assert wang.get(f"/desk/new/{FORM}").headers["location"] == "/desk/cases/HY-000007"
    assert wang.get(f"/desk/new/{uuid.UUID(int=8)}").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": "2026-11-20T23:00"},
        {"at": "yesterday"},
        {"at": "2026-11-20T09:15+00:00"},
        {"channel": "email"},
        {"name": "  "},
        {"text": " \n"},
    ],
)
def test_it_shows_the_form_again_with_what_was_typed(
    wang: httpx.Client, engine: Engine, wrong: dict[str, str]
) -> None:
    page = wang.post("/desk/new", data=CALL | wrong)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert "天元电机" in page.text
    assert kept(engine) == []


def test_it_fills_in_a_known_contact_and_hides_those_of_colleagues(browser: Browser) -> None:
    assert "李敏" in browser("王芳").get("/desk/new?contact=1").text
    assert browser("陈志远").get("/desk/new?contact=1").status_code == 404
    posted = browser("陈志远").post("/desk/new", data=CALL | {"contact": "1"})
    assert posted.status_code == 404
