"""The bot's buttons on the page of the web chat: a press is a line of the visitor's, and only once."""

import re
from html import unescape

import httpx
import pytest

from store.tables import Incoming
from tests.office import Office
from tests.web.public.test_chat import SCRIPT, deliver, say, shown

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def asked(client: httpx.Client) -> dict[str, str]:
    """The buttons that stand on the page, and what they bring back."""
    found = re.findall(r'<button name="mark" value="([^"]+)">([^<]*)</button>', client.get("/chat").text)
    return {label: unescape(mark) for mark, label in found}


def press(client: httpx.Client, mark: str) -> httpx.Response:
    return client.post("/chat/press", data={"mark": mark}, headers=SCRIPT)


def test_it_takes_a_press_once_and_only_while_the_button_stands_there(
    visitor: httpx.Client, other: httpx.Client, office: Office
) -> None:
    say(visitor, "我要订外壳")
    office.receiver().receive_all()
    deliver(office)
    office.pass_time(seconds=1)
    skip = asked(visitor)["跳过"]
    assert press(other, skip).status_code == 403  # has no conversation
    other.get("/chat")
    assert press(other, skip).json() == {"html": ""}  # nobody asked him
    assert press(visitor, "talk:/new").json()["html"].count("<li") == 2  # forged: the page as it is
    assert len(office.all(Incoming)) == 1
    first = press(visitor, skip).json()["html"]
    assert ("跳过" in first, "<form" in first) == (True, False)  # the line asked from stands without buttons
    assert asked(visitor) == {}
    again = press(visitor, skip).json()["html"]  # late, from another device: all lines, and no further one
    assert (again.count("<li"), len(office.all(Incoming))) == (3, 2)
    assert shown(visitor)[-1] == "› 跳过"
    (row,) = office.all(Incoming)[1:]
    assert (row.prompt, (row.payload or {})["command"]) == (True, skip.removeprefix("talk:"))


def test_it_counts_presses_among_the_lines_of_a_minute(visitor: httpx.Client, office: Office) -> None:
    for number in range(30):
        say(visitor, f"订单 {number}")
    office.receiver().receive_all()
    deliver(office)
    office.pass_time(seconds=1)
    mark = next(iter(asked(visitor).values()))
    refused = press(visitor, mark)
    assert (refused.status_code, "每分钟最多 30 条" in refused.json()["problem"]) == (429, True)
    assert press(visitor, "talk:/nothing").status_code == 200
    office.pass_time(seconds=61)
    assert press(visitor, mark).status_code == 200
    assert len(office.all(Incoming)) == 31
