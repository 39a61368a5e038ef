"""How the program is connected to WeCom: one customer service account of the company."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from bot.house import House, utc_now
from bot.settings import Settings
from bot.wecom.listener import WecomListener
from bot.wecom.sender import WecomSender
from intake.wecom import Wecom
from store.tables import Channel


class WecomNetwork:
    """The account of the settings."""

    channel = Channel.WECOM

    def is_connected(self, settings: Settings) -> bool:
        """Whether there is an account."""
        return settings.wecom is not None

    @contextmanager
    def listener(self, house: House, on_incoming: Callable[[], None]) -> Iterator[WecomListener]:
        """Its listener, on a line of its own."""
        account = _account(house.settings)
        with closing(house.wecom_line(account)) as line:
            yield WecomListener(house.engine, house.files, account, line, house.policy, on_incoming, utc_now)

    def sender(self, house: House) -> WecomSender:
        """Its sender, on a line of its own."""
        account = _account(house.settings)
        return WecomSender(house.engine, house.files, account, house.wecom_line(account), utc_now)


def _account(settings: Settings) -> Wecom:
    account = settings.wecom
    assert account is not None, "it is not connected"
    return account
