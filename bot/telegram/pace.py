"""How fast Telegram lets a bot speak: in a chat, in a group, and over all chats.

As published (core.telegram.org/bots/faq): about one message a second in a chat, where a short burst may go
over it; 20 a minute in a group; about 30 a second over all. An answer 429 does not say whether it is meant
for the chat or for the whole bot: it holds the chat, and everybody once a second chat is told so meanwhile.
"""

import time
from collections import deque
from collections.abc import Callable, Collection
from typing import NamedTuple


class Window(NamedTuple):
    """At most so many messages within so many seconds."""

    most: int
    within: float


CHAT = (Window(3, 3.0),)
GROUP = (Window(3, 3.0), Window(20, 60.0))
OVERALL = 25  # ◦ a second; Telegram sells more


class Pace:
    """What has just been sent where. It is not shared: each process keeps to it by itself."""

    def __init__(self, per_second: int = OVERALL, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._overall = Window(per_second, 1.0)
        self._sent: dict[str, deque[float]] = {}
        self._lately: deque[float] = deque(maxlen=per_second)
        self._held: dict[str, float] = {}  # chat → until when
        self._all_held = 0.0

    def wait(self, chat: str) -> float:
        """Seconds until this chat may be written to."""
        now, times = self._clock(), self._sent.get(chat, ())
        until = [self._held.get(chat, now), self._all_held]
        until += [_free(times, window) for window in _windows(chat)]
        return max(0.0, max(until) - now)

    def take_turn(self, chat: str) -> float:
        """A message goes there as soon as all chats together leave room for it: in so many seconds."""
        now = self._clock()
        turn = max(now, _free(self._lately, self._overall))
        most = max(window.most for window in _windows(chat))
        self._sent.setdefault(chat, deque(maxlen=most)).append(turn)
        self._lately.append(turn)
        return turn - now

    def hold(self, chat: str, seconds: float) -> None:
        """Telegram asks for a pause."""
        now = self._clock()
        others = [until for other, until in self._held.items() if other != chat and until > now]
        self._held[chat] = now + seconds
        if others:
            self._all_held = max(self._all_held, now + seconds)

    def resting(self) -> Collection[str] | None:
        """The chats that have to wait now; None if all have."""
        now = self._clock()
        if self._all_held > now:
            return None
        self._sent = {chat: times for chat, times in self._sent.items() if now - times[-1] < _counts(chat)}
        self._held = {chat: until for chat, until in self._held.items() if until > now}
        return [chat for chat in {*self._sent, *self._held} if self.wait(chat) > 0]


def _windows(chat: str) -> tuple[Window, ...]:
    return GROUP if chat.startswith("-") else CHAT


def _counts(chat: str) -> float:
    """For how many seconds a message counts."""
    return max(window.within for window in _windows(chat))


def _free(times: Collection[float], window: Window) -> float:
    """From when on the window has room; times are in order."""
    newest_first = list(times)[::-1]
    return newest_first[window.most - 1] + window.within if len(newest_first) >= window.most else 0.0
