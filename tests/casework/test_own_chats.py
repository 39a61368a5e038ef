"""A colleague's own chat is tied by a line that only the desk shows; what is said there is no case."""

from datetime import timedelta

import pytest

from casework.own_chats import LASTS, line_for, untie
from casework.policy import Policy
from store.engine import reading, writing
from store.tables import Case, Channel, Incoming, IncomingState, Outgoing, User
from tests.office import POLICY, Office


def say(office: Office, text: str, chat: str = "77") -> IncomingState:
    office.customer_says(text, channel=Channel.TELEGRAM, chat=chat)
    return IncomingState(office.all(Incoming)[-1].state)


def chats(office: Office) -> list[str | None]:
    return [user.chat for user in office.all(User)]


def test_notices_come_to_the_chat_that_was_tied(office: Office) -> None:
    lin = office.hire("小林")
    assert say(office, line_for(lin.id or 0, office.now, POLICY)) == IncomingState.IGNORED
    assert say(office, "收到") == IncomingState.IGNORED
    assert office.all(Case) == []
    letters = [letter for letter in office.all(Outgoing) if letter.channel == Channel.TELEGRAM]
    assert [(letter.recipient, letter.wording, letter.user_id) for letter in letters] == [
        ("77", "chat_tied", lin.id)
    ]
    office.deliverer().deliver_all()
    (sent,) = [letter for letter in office.sender.letters if letter.channel == Channel.TELEGRAM]
    assert "已经与您在回音的帐号绑定" in sent.text
    with writing(office.engine) as session:
        untie(session, session.get_one(User, lin.id), office.now)
    assert say(office, "请报价") == IncomingState.RECEIVED
    assert len(office.all(Case)) == 1


@pytest.mark.parametrize("wrong", ["forged", "of another firm", "too old", "in a group", "of one who left"])
def test_it_ties_no_chat_by_a_line_that_does_not_count(office: Office, wrong: str) -> None:
    lin = office.hire("小林")
    line = line_for(lin.id or 0, office.now, POLICY)
    if wrong == "forged":
        line = line[:-1] + ("0" if line[-1] != "0" else "1")
    elif wrong == "of another firm":
        line = line_for(lin.id or 0, office.now, Policy(secret_key=b"another secret, another secret!!"))
    elif wrong == "too old":
        office.pass_time(minutes=LASTS / timedelta(minutes=1) + 1)
    elif wrong == "of one who left":
        with writing(office.engine) as session:
            session.get_one(User, lin.id).active = False
    say(office, line, "-100" if wrong == "in a group" else "77")
    (row,) = office.all(Incoming)
    assert row.reason == "This was said to the bot, which did it."  # as any command, with its help
    assert chats(office) == [None]


def test_a_chat_is_one_persons(office: Office) -> None:
    people = [office.hire("小林"), office.hire("小王")]
    for user in people:
        say(office, line_for(user.id or 0, office.now, POLICY))
    with reading(office.engine) as session:
        assert [session.get_one(User, user.id).chat for user in people] == [None, "77"]
