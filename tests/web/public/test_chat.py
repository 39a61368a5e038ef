"""The web chat over HTTP: kept before it is answered, kept once, for its own visitor only."""

import re
from datetime import timedelta
from http.cookies import SimpleCookie
from uuid import uuid4

import httpx
import pytest
from sqlmodel import Session, select

from bot.deliver import Deliverer
from bot.senders import WebChatSender
from casework.customers import contact_at
from store.engine import reading, writing
from store.tables import (
    Case,
    CaseStatus,
    Channel,
    Direction,
    Incoming,
    IncomingState,
    Message,
    Outgoing,
    OutgoingKind,
    OutgoingState,
)
from tests.office import Office
from tests.web.public.conftest import Bell

# What a database of the other kind does differently, test_news.py and test_survey.py look at.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SCRIPT = {"accept": "application/json"}


def say(
    client: httpx.Client, text: str, *, number: str | None = None, name: str = "", script: bool = False
) -> httpx.Response:
    form = {"text": text, "number": number or str(uuid4()), "name": name}
    return client.post("/chat", data=form, headers=SCRIPT if script else {})


def shown(client: httpx.Client) -> list[str]:
    """The lines as the page shows them, the visitor's own marked with a ›."""
    found = re.findall(
        r'<li id="[^"]+" class="(mine|ours)">\s*<p[^>]*>(.*?)</p>', client.get("/chat").text, re.DOTALL
    )
    return [("› " if whose == "mine" else "") + text for whose, text in found]


def key_of(client: httpx.Client) -> str:
    return client.cookies["huiyin_chat"].partition(".")[0]


def deliver(office: Office) -> None:
    """What we owe goes out, as the program delivers it."""
    sender = WebChatSender(office.engine, office.clock)
    Deliverer(office.engine, {Channel.WEBCHAT: sender}, office.policy, office.clock).deliver_all()


def test_it_gives_each_visitor_a_conversation_that_no_script_can_read(other: httpx.Client) -> None:
    answer = other.get("/chat")
    cookie = SimpleCookie(answer.headers["set-cookie"])["huiyin_chat"]
    assert answer.status_code == 200
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "lax", "/")
    assert int(cookie["max-age"]) > timedelta(days=300).total_seconds()
    other.get("/chat")
    assert other.cookies["huiyin_chat"] == cookie.value


def test_it_keeps_a_line_before_it_answers(visitor: httpx.Client, office: Office, bell: Bell) -> None:
    answer = say(visitor, "请报价 M8 螺栓\r\n2 万件", name=" 陈工  凯迈 ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/chat")
    (row,) = office.all(Incoming)
    assert (row.state, row.source, row.conversation) == (
        IncomingState.NEW,
        "webchat",
        f"webchat:{key_of(visitor)}",
    )
    assert row.payload is not None
    assert (row.payload["text"], row.payload["name"]) == ("请报价 M8 螺栓\n2 万件", "陈工 凯迈")
    assert shown(visitor) == ["› 请报价 M8 螺栓\n2 万件"]
    assert len(bell.rings) == 1


def test_it_takes_a_line_sent_again_as_the_same_line(visitor: httpx.Client, office: Office) -> None:
    number = str(uuid4())
    for _ in range(3):
        assert say(visitor, "在吗", number=number).status_code == 303
    assert shown(visitor) == ["› 在吗"]
    say(visitor, "在吗？急", number=number)  # the visitor went back and changed the words
    say(visitor, "在吗")  # and asks once more
    assert shown(visitor) == ["› 在吗", "› 在吗？急", "› 在吗"]


def test_it_shows_receipt_and_answer_to_the_visitor_it_is_for(
    visitor: httpx.Client, other: httpx.Client, office: Office
) -> None:
    other.get("/chat")
    say(visitor, "请问 M8 螺栓多少钱？", name="陈工")
    office.receiver().receive_all()
    assert len(shown(visitor)) == 1  # the receipt is owed, not yet delivered
    deliver(office)
    case = office.the_case()
    office.answer(case, office.hire("小林"), "您好，每百件 35 元。")
    deliver(office)
    lines = shown(visitor)
    assert lines[0] == "› 请问 M8 螺栓多少钱？"
    assert case.number in lines[1]
    assert lines[2] == "您好，每百件 35 元。"
    assert shown(other) == []
    with reading(office.engine) as session:
        contact = contact_at(session, Channel.WEBCHAT, key_of(visitor))
        assert contact is not None
        assert contact.name == "陈工"


def test_it_goes_on_with_the_conversation_another_day(visitor: httpx.Client, office: Office) -> None:
    say(visitor, "请问交期？", name="陈工")
    office.receiver().receive_all()
    office.pass_time(days=30)
    say(visitor, "还没有答复")
    office.receiver().receive_all()
    assert [line for line in shown(visitor) if line.startswith("›")] == ["› 请问交期？", "› 还没有答复"]
    assert [message.sender_name for message in office.all(Message) if message.direction == Direction.IN] == [
        "陈工",
        "陈工",
    ]
    assert len(office.all(Case)) == 1


def test_it_tells_visitors_without_a_name_apart(visitor: httpx.Client, office: Office) -> None:
    say(visitor, "你好")
    (row,) = office.all(Incoming)
    assert row.payload is not None
    assert re.fullmatch("网页访客 [0-9A-F]{4}", row.payload["name"])


def test_it_hides_what_is_not_meant_for_the_chat(visitor: httpx.Client, office: Office) -> None:
    say(visitor, "请报价")
    office.receiver().receive_all()
    deliver(office)
    before = shown(visitor)
    case = office.the_case()
    with writing(office.engine) as session:
        add_line(session, case, office, "打电话说过了", None)
        add_line(session, case, office, "还没发出", OutgoingState.DUE)
        add_line(session, case, office, "撤回了", OutgoingState.CANCELLED)
        add_line(session, case, office, "邮件答复", OutgoingState.SENT, Channel.EMAIL)
    assert shown(visitor) == before


def add_line(
    session: Session,
    case: Case,
    office: Office,
    text: str,
    state: OutgoingState | None,
    channel: Channel = Channel.WEBCHAT,
) -> None:
    message = Message(
        case_id=case.id or 0,
        direction=Direction.OUT,
        channel=channel,
        sender_name="小林",
        text=text,
        at=office.now,
        created_at=office.now,
    )
    session.add(message)
    session.flush()
    if state is not None:
        session.add(
            Outgoing(
                kind=OutgoingKind.REPLY,
                key=f"message:{message.id}",
                channel=channel,
                recipient=case.conversation or "",
                message_id=message.id,
                case_id=case.id,
                due_at=office.now,
                created_at=office.now,
                state=state,
            )
        )


@pytest.mark.parametrize(
    ("text", "status", "sentence"),
    [
        ("", 422, "请先写点内容再发送。"),
        (" \r\n\t ", 422, "请先写点内容再发送。"),
        ("长" * 4001, 413, "一次最多 4,000 字，请分成几条发送。"),
        ("😀" * 20_000, 413, "一次最多 4,000 字，请分成几条发送。"),
    ],
)
def test_it_says_why_it_does_not_take_a_line(
    visitor: httpx.Client, office: Office, text: str, status: int, sentence: str
) -> None:
    answer = say(visitor, text)
    assert (answer.status_code, sentence in answer.text) == (status, True)
    by_script = say(visitor, text, script=True)
    assert (by_script.status_code, by_script.json()) == (status, {"problem": sentence})
    assert office.all(Incoming) == []


def test_it_takes_4000_characters_of_any_kind(visitor: httpx.Client, office: Office) -> None:
    assert say(visitor, "😀" * 4000).status_code == 303
    (row,) = office.all(Incoming)
    assert row.payload is not None
    assert row.payload["text"] == "😀" * 4000


def test_it_takes_thirty_lines_a_minute_from_one_visitor_and_others_go_on(
    visitor: httpx.Client, other: httpx.Client, office: Office
) -> None:
    other.get("/chat")
    for number in range(30):
        assert say(visitor, f"第 {number} 条").status_code == 303
        if number == 20:
            office.receiver().receive_all()  # counted the same before and after
    refused = say(visitor, "第 31 条")
    assert refused.status_code == 429
    assert "每分钟最多 30 条" in refused.text
    assert "第 31 条" in refused.text
    assert say(other, "hello").status_code == 303
    office.pass_time(seconds=61)
    assert say(visitor, "第 31 条").status_code == 303


def test_it_lets_nobody_into_another_conversation(
    visitor: httpx.Client, other: httpx.Client, office: Office
) -> None:
    say(visitor, "机密")
    key, signed = visitor.cookies["huiyin_chat"].split(".")
    for forged in (key, f"{key}.", f"{key}.{'0' * 32}", f"{key}A.{signed}", f".{signed}", ".."):
        cookie = {"cookie": f"huiyin_chat={forged}"}
        assert "机密" not in other.get("/chat", headers=cookie).text
        assert other.get("/chat/news", headers=cookie).status_code == 404
        other.cookies.clear()
        refused = other.post("/chat", data={"text": "我也在", "number": str(uuid4())}, headers=cookie)
        assert (refused.status_code, "我也在" in refused.text) == (403, True)
        other.cookies.clear()
    assert shown(visitor) == ["› 机密"]


def test_it_takes_a_line_with_the_new_key_after_cookies_were_lost(
    other: httpx.Client, office: Office
) -> None:
    refused = say(other, "你好", script=True)
    assert refused.status_code == 403
    assert say(other, "你好", script=True).status_code == 200
    assert shown(other) == ["› 你好"]


def test_it_gives_the_script_the_new_line_and_the_next_number(visitor: httpx.Client) -> None:
    say(visitor, "一")
    answer = say(visitor, "二", script=True).json()
    assert answer["html"].count("<li") == 1
    assert "二" in answer["html"]
    assert re.fullmatch(r"[0-9a-f-]{36}", answer["number"])


def test_it_takes_no_line_from_a_foreign_page(visitor: httpx.Client, office: Office) -> None:
    form = {"text": "骗", "number": str(uuid4())}
    assert visitor.post("/chat", data=form, headers={"origin": "https://evil.example"}).status_code == 403
    assert visitor.post("/chat", data=form, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert office.all(Incoming) == []


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe\x00", b"text=%00%ff&number=", b"&" * 5000, b"text=a&number=1", b"=" * 70_000],
)
def test_it_does_not_stumble_over_garbage(visitor: httpx.Client, office: Office, body: bytes) -> None:
    assert visitor.post("/chat", content=body).status_code in {413, 422}
    assert office.all(Incoming) == []


def test_it_shows_hostile_words_as_words(visitor: httpx.Client) -> None:
    say(visitor, "<script>alert(1)</script>\u202e<img src=x onerror=alert(1)>")
    page = visitor.get("/chat").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "\u202e" not in page


def test_it_opens_a_new_case_after_the_old_one_was_closed_and_shows_both(
    visitor: httpx.Client, office: Office
) -> None:
    say(visitor, "请报价")
    office.receiver().receive_all()
    with writing(office.engine) as session:
        session.exec(select(Case)).one().status = CaseStatus.CLOSED
    office.pass_time(days=1)
    say(visitor, "再报一个价")
    office.receiver().receive_all()
    assert len(office.all(Case)) == 2
    assert [line for line in shown(visitor) if line.startswith("›")] == ["› 请报价", "› 再报一个价"]
