"""No chat, no group and not the whole bot is faster than Telegram allows, and nobody waits for another."""

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.pace import CHAT, GROUP, OVERALL, Pace, Window

CHATS = ("42", "43", "-1001")


class Time:
    """Moved by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def most_within(times: list[float], window: Window) -> int:
    """The most messages of any such stretch of time."""
    return max(sum(start <= time < start + window.within - 1e-6 for time in times) for start in times)


@given(st.lists(st.tuples(st.sampled_from(CHATS), st.sampled_from([0.0, 0.01, 0.5, 2.0])), max_size=200))
def test_it_never_is_faster_than_allowed(wishes: list[tuple[str, float]]) -> None:
    time = Time()
    pace = Pace(clock=time)
    sent: list[tuple[str, float]] = []
    for chat, pause in wishes:
        time.now += pause
        resting = pace.resting()
        assert resting is not None
        assert (chat in resting) == (pace.wait(chat) > 0)
        if chat in resting:
            continue
        time.now += pace.take_turn(chat)
        sent.append((chat, time.now))
    for chat in {chat for chat, _ in sent}:
        times = [at for other, at in sent if other == chat]
        for window in GROUP if chat.startswith("-") else CHAT:
            assert most_within(times, window) <= window.most
    if sent:
        assert most_within([at for _, at in sent], Window(OVERALL, 1.0)) <= OVERALL


def test_it_lets_a_chat_go_on_as_soon_as_it_may() -> None:
    time = Time()
    pace = Pace(clock=time)
    for _ in range(3):
        assert pace.wait("42") == 0
        pace.take_turn("42")
    assert (pace.wait("42"), pace.wait("43")) == (3.0, 0)
    time.now += 3.0
    assert pace.wait("42") == 0
    for _ in range(20):
        pace.take_turn("-1001")
        time.now += 1.0
    assert pace.wait("-1001") == 40.0
    time.now += 100
    assert pace.resting() == []
    assert pace._sent == {}  # whoever is silent is forgotten


def test_a_pause_that_telegram_asks_for_holds_the_chat_and_all_once_a_second_one_is_asked() -> None:
    time = Time()
    pace = Pace(clock=time)
    pace.hold("42", 17)
    assert (pace.resting(), pace.wait("42"), pace.wait("43")) == (["42"], 17, 0)
    pace.hold("42", 18)
    assert pace.wait("43") == 0
    pace.hold("43", 5)
    assert (pace.resting(), pace.wait("7")) == (None, 5)
    time.now += 5
    assert (pace.resting(), pace.wait("42")) == (["42"], 13)


def test_over_all_chats_it_waits_less_than_a_second() -> None:
    time = Time()
    pace = Pace(clock=time)
    turns = [pace.take_turn(str(chat)) for chat in range(2 * OVERALL + 1)]
    assert turns == [0.0] * OVERALL + [1.0] * OVERALL + [2.0]
