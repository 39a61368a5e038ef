"""Kept as one goes, over HTTP; and saying no to surveys by the link of a letter."""

from pathlib import Path

import httpx
import pytest
from sqlmodel import col, select

from bot.mail.compose import as_bytes
from store.engine import writing
from store.files import FileStore
from store.tables import (
    AuditLog,
    Channel,
    Contact,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    SurveyInvitation,
    SurveyResponse,
)
from survey.asking.reminding import remind_due
from tests.office import Office
from tests.survey.answering.test_answers import everything
from tests.survey.people import BEST, add_customer
from tests.web.public.test_survey import ask_everybody
from tests.web.public.test_survey import link as link

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def begun(office: Office) -> object:
    return office.all(SurveyInvitation)[0].begun


def test_it_keeps_what_is_begun_and_shows_it_again(other: httpx.Client, link: str, office: Office) -> None:
    fields = {
        "quality": "good",
        "staff": "bogus",
        "remark:quality": "<b>scratches</b>",
        "comment": "",
        "x": "y",
    }
    assert other.post(f"{link}/begun", data=fields).status_code == 204
    kept = {"choices": {"quality": "good"}, "comment": "", "comments": {"quality": "<b>scratches</b>"}}
    assert begun(office) == kept
    shown = other.get(link).text
    assert shown.count(" checked") == 1
    assert "&lt;b&gt;scratches&lt;/b&gt;" in shown
    # A scanner takes nothing away.
    other.get(f"{link}/begun")
    other.head(link)
    assert other.post(f"{link}/begun").status_code == 422
    assert other.post(f"{link}/begun", content=b"x" * 3_000_000).status_code == 422
    assert other.post(link).status_code == 422
    assert other.post(f"{link}/stop").status_code == 303
    assert begun(office) == kept
    # Without JavaScript: what was chosen is kept with the press of the button.
    incomplete = {"quality": "best", "delivery": "good", "comment": "later"}
    assert other.post(link, data=incomplete).status_code == 422
    assert other.get(link).text.count(" checked") == 2
    assert other.post(f"{link}/begun", data={"comment": ""}).status_code == 204  # what is cleared is cleared
    assert other.get(link).text.count(" checked") == 0
    # Sent, it is emptied, and what comes late is not taken.
    assert other.post(link, data=BEST).status_code == 303
    assert other.post(f"{link}/begun", data=fields).status_code == 409
    assert begun(office) is None
    assert other.post(f"/survey/{'0' * 32}/begun", data=fields).status_code == 404
    assert len(office.all(SurveyResponse)) == 1
    other.post(f"{link}/stop", data={"act": "stop"})
    assert link.rpartition("/")[2] not in everything(office.engine)


def test_it_stops_surveys_at_a_click_and_begins_again_at_another(
    other: httpx.Client, link: str, office: Office
) -> None:
    def refused() -> bool:
        return office.all(Contact)[0].surveys_refused_at is not None

    def said() -> list[str]:
        return [row.action for row in office.all(AuditLog) if row.action.startswith("surveys_")]

    stop = f"{link}/stop"
    for _ in range(2):
        assert "Receive no more surveys" in other.get(stop).text
        assert other.head(stop).status_code == 200
        other.post(stop)
    assert not refused()
    assert other.post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert "you will receive no more" in other.get(stop).text
    assert refused()
    assert {row.state for row in office.all(Outgoing)} == {OutgoingState.CANCELLED}
    office.pass_time(days=5)
    with writing(office.engine) as session:
        session.exec(select(Outgoing)).one().state = OutgoingState.SENT
        assert remind_due(session, office.now, office.policy) == 0
    other.post(stop, data={"act": "again"})
    other.post(stop, data={"act": "again"})
    assert not refused()
    assert said() == ["surveys_refused", "surveys_allowed"]
    with writing(office.engine) as session:
        assert remind_due(session, office.now, office.policy) == 1
    office.pass_time(days=30)  # the survey is long over: no is still heard
    assert other.get(link).status_code == 404
    other.post(stop, data={"act": "stop"})
    assert refused()
    assert other.get(f"/survey/{'0' * 32}/stop").status_code == 404
    assert other.post(f"/survey/{'0' * 32}/stop", data={"act": "stop"}).status_code == 404


def test_it_takes_letters_back_that_have_not_left_and_sends_them_after_all(
    other: httpx.Client, link: str, office: Office, tmp_path: Path
) -> None:
    other.post(f"{link}/stop", data={"act": "stop"})
    office.deliverer().deliver_all()
    assert [one for one in office.sender.letters if one.kind == OutgoingKind.SURVEY] == []
    other.post(f"{link}/stop", data={"act": "again"})
    office.deliverer().deliver_all()
    (letter,) = [one for one in office.sender.letters if one.kind == OutgoingKind.SURVEY]
    assert letter.stop in letter.text
    raw = as_bytes(letter, "us@echo.example", "晨光", FileStore(tmp_path))
    head = raw.partition(b"\r\n\r\n")[0].decode()
    assert f"List-Unsubscribe: <{office.policy.public_url}{link}/stop>" in head.replace("\r\n ", " ")
    secure = office.policy.public_url.startswith("https:")
    assert ("List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head) == secure


def test_it_asks_nobody_who_said_no(office: Office, other: httpx.Client) -> None:
    with writing(office.engine) as session:
        add_customer(session, "甲", (Channel.EMAIL, "a@a.example"))
        refusing = add_customer(session, "乙", (Channel.EMAIL, "b@b.example"))
        contact = session.exec(select(Contact).where(col(Contact.customer_id) == refusing.id)).one()
        contact.surveys_refused_at = office.now
    ask_everybody(office)
    assert [row.address for row in office.all(SurveyInvitation)] == ["a@a.example"]
