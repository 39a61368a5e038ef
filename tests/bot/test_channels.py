"""What every chat channel promises, told of each by its own protocol over HTTP: a new one passes this, too.

A channel comes in by its customer's end in `tests/bot/dialogue/chats.py`: one class, and its name in `CHATS`.
The dialogue itself is in `tests/conversations/`, kills are in `tests/bot/dialogue/test_killed_chats.py`.
"""

from collections.abc import Iterator

import pytest

from bot.dialogue.commands import command_in
from intake.arrive import said
from store.tables import Channel, Incoming, Outgoing, OutgoingState
from tests.bot.dialogue.chats import CHANNELS, PHOTO, Chat, chat_by
from tests.office import Office
from web.told import told_in

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("channel", CHANNELS),
]
HOSTILE = ("<b>&amp;</b> %s {{7*7}}", "\u202e😀 ‘;--", "第三行\n第四行")


@pytest.fixture
def chat(channel: str, office: Office) -> Iterator[Chat]:
    with chat_by(channel, office) as chat:
        yield chat


def kept(office: Office) -> list[Incoming]:
    return [row for row in office.all(Incoming) if row.payload]


def hear(office: Office, chat: Chat) -> list[str]:
    """What the customer sees once all was received and sent."""
    office.receiver().receive_all()
    chat.deliver()
    chat.deliver()  # a second time nothing is left
    return chat.heard()


def test_it_keeps_each_line_once_in_order_and_as_it_was_written(
    office: Office, chat: Chat, channel: str
) -> None:
    for line in HOSTILE:
        chat.say(line)
        office.pass_time(seconds=1)
    rows = kept(office)
    assert [said(row.payload or {}).text for row in rows] == list(HOSTILE)
    assert {(row.channel, row.prompt) for row in rows} == {(Channel(channel), False)}
    assert len({row.conversation for row in rows}) == 1
    assert len({said(row.payload or {}).address for row in rows}) == 1
    chat.tell_again()
    assert [row.id for row in kept(office)] == [row.id for row in rows]


def test_it_brings_files_whole(office: Office, chat: Chat) -> None:
    assert chat.heard() == []
    chat.send_photo("scratch.jpg")
    (row,) = kept(office)
    (file,) = said(row.payload or {}).files
    assert file.type.startswith("image/")
    assert office.files.get(file.sha256) == PHOTO


def test_a_button_says_its_command_and_once(office: Office, chat: Chat) -> None:
    chat.say("/start")
    (hello,) = hear(office, chat)
    assert "[查进度]" in hello
    office.pass_time(seconds=2)
    chat.press("查进度")
    pressed = kept(office)[-1]
    command = command_in(said(pressed.payload or {}))
    assert (command and command.name, pressed.prompt) == ("status", True)
    answers = hear(office, chat)[1:]
    assert answers == ["目前没有未结的事项。有事请直接写下来。"]
    chat.tell_again()
    assert hear(office, chat)[1:] == answers


def test_it_sends_once_and_whole_what_we_answer(office: Office, chat: Chat) -> None:
    chat.say("轴承座能做吗？")
    before = hear(office, chat)
    long = "\n\n".join(f"{number}. " + "单价含税，交期十五天。" * 60 for number in range(3))
    office.answer(office.the_case(), office.hire(), long)
    after = hear(office, chat)[len(before) :]
    assert "".join("".join(after).split()) == "".join(long.split())
    assert {row.state for row in office.all(Outgoing) if row.user_id is None} == {OutgoingState.SENT}


def test_what_it_refuses_is_a_sentence_that_we_can_read(office: Office, chat: Chat, channel: str) -> None:
    if channel == "webchat":
        return  # its line stands in the page as soon as it is written
    chat.say("轴承座能做吗？")
    chat.refuse_next()
    assert hear(office, chat) == []
    (failed,) = [row for row in office.all(Outgoing) if row.user_id is None]
    assert failed.state == OutgoingState.FAILED
    assert (failed.error or "").endswith(".")
    assert not told_in(failed.error or "", "zh").isascii()
    office.pass_time(hours=12)
    assert hear(office, chat) == []
