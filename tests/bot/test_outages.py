"""A mailbox that fails for ten minutes is told of once, on the desk and by mail, and when it is over."""

import pytest

from bot.clock import rings
from store.engine import writing
from store.listeners import failed, polled, set_aside_others, take_lease
from store.tables import Channel, Outgoing, Role
from tests.office import Office, noticed

NAME = "mail:sales@factory.example@imap.factory.example/INBOX"
SENTENCE = "The server refuses our user name or password: no"


def ring(office: Office) -> int:
    return rings(office.engine, office.policy, office.clock)["outages"]()


def poll(office: Office, problem: str = "") -> None:
    """The mailbox answers, or fails with this sentence."""
    with writing(office.engine) as session:
        take_lease(session, NAME, Channel.EMAIL, "here", office.now)
        if problem:
            failed(session, NAME, office.now, problem)
        else:
            polled(session, NAME, office.now)


def notices(office: Office) -> list[tuple[Channel, str, str]]:
    return [(row.channel, row.recipient, noticed(row).subject) for row in office.all(Outgoing)]


def test_it_tells_managers_and_admins_once_an_outage_and_once_when_it_is_over(office: Office) -> None:
    office.hire("小林")
    office.hire("陈总", Role.MANAGER)
    office.hire("网管", Role.ADMIN, email="it@factory.example")
    poll(office, SENTENCE)
    office.pass_time(minutes=9)
    poll(office, SENTENCE)
    assert ring(office) == 0
    office.pass_time(minutes=2)
    assert [ring(office), ring(office)] == [1, 0]
    poll(office)
    assert [ring(office), ring(office)] == [1, 0]
    began, over = f"收不到消息：{NAME}", f"已恢复：{NAME}"
    people = [(Channel.DESK, "陈总"), (Channel.DESK, "网管"), (Channel.EMAIL, "it@factory.example")]
    assert notices(office) == [(*person, subject) for subject in (began, over) for person in people]
    first = office.all(Outgoing)[0]
    assert "授权码" in noticed(first, "zh").text  # the reason, in the reader's language
    assert SENTENCE in noticed(first, "en").text
    assert "09:00" in noticed(first).text

    office.pass_time(hours=1)
    poll(office, SENTENCE)
    office.pass_time(minutes=11)
    assert ring(office) == 1  # the next outage is news again


@pytest.mark.parametrize(("days", "lost"), [(2, False), (5, True)])
def test_it_says_what_is_lost_where_the_server_keeps_things_for_a_while(
    office: Office, days: int, lost: bool
) -> None:
    office.hire("陈总", Role.MANAGER)
    for _ in range(2):
        with writing(office.engine) as session:
            take_lease(session, "wecom:wk-1", Channel.WECOM, "here", office.now)
            polled(session, "wecom:wk-1", office.now)
        office.pass_time(days=days)
    office.pass_time(days=-days)
    assert ring(office) == int(lost)  # nobody ran meanwhile who could have told that it began
    if lost:
        (notice,) = office.all(Outgoing)
        assert "11-22 09:00 以前写来的已经取不回来" in noticed(notice).text
        assert "is gone. Ask the customers" in noticed(notice, "en").text


def test_it_tells_when_nobody_reads_the_mailbox_any_more(office: Office) -> None:
    office.hire("陈总", Role.MANAGER)
    poll(office)
    office.pass_time(minutes=11)
    assert ring(office) == 1
    assert "没有在运行" in noticed(office.all(Outgoing)[0]).text


def test_it_does_not_miss_a_mailbox_that_was_taken_out_of_the_settings(office: Office) -> None:
    office.hire("陈总", Role.MANAGER)
    poll(office, SENTENCE)
    with writing(office.engine) as session:
        set_aside_others(session, Channel.EMAIL, ["another"], office.now)
    office.pass_time(hours=1)
    assert ring(office) == 0
    poll(office, SENTENCE)  # and is listened to again
    office.pass_time(minutes=11)
    assert ring(office) == 1
