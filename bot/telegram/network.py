"""How the program is connected to Telegram: one bot, by its token."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.house import House, utc_now
from bot.settings import Settings
from bot.telegram.listener import TelegramListener
from bot.telegram.pace import Pace
from bot.telegram.sender import TelegramSender
from store.tables import Channel


class TelegramNetwork:
    """The bot of the settings."""

    channel = Channel.TELEGRAM

    def is_connected(self, settings: Settings) -> bool:
        """Whether there is a bot."""
        return bool(settings.telegram_token)

    @contextmanager
    def listener(self, house: House, on_incoming: Callable[[], None]) -> Iterator[TelegramListener]:
        """Its listener, which opens its line by itself."""
        settings, press = house.settings, house.pressing(self.channel)
        yield TelegramListener(
            *(house.engine, house.files, settings.telegram_token, settings.telegram_api_url),
            *(press, house.policy, on_incoming, utc_now),
            settings.telegram_webhook,
        )

    def sender(self, house: House) -> TelegramSender:
        """Its sender."""
        settings = house.settings
        pace = Pace(settings.telegram_per_second)
        return TelegramSender(settings.telegram_token, settings.telegram_api_url, house.files, pace)
