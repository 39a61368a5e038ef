"""The chat networks that the program can be connected to; each room of bot/ says how it listens and sends."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from bot.house import House
from bot.sending import Sender
from bot.settings import Settings
from bot.telegram.network import TelegramNetwork
from bot.wecom.network import WecomNetwork
from store.tables import Channel


class Listens(Protocol):
    """Hears what customers write and keeps it."""

    name: str  # of its row in `listeners`

    def run(self, stop: threading.Event) -> None:
        """Listen until told to stop."""
        ...


class Network(Protocol):
    """What a room has to offer; the settings decide whether it is used."""

    channel: Channel

    def is_connected(self, settings: Settings) -> bool:
        """Whether the settings name an account of ours there."""
        ...

    def listener(self, house: House, on_incoming: Callable[[], None]) -> AbstractContextManager[Listens]:
        """Whoever listens there; leaving the block hangs up."""
        ...

    def sender(self, house: House) -> Sender:
        """Whoever sends there."""
        ...


NETWORKS: tuple[Network, ...] = (TelegramNetwork(), WecomNetwork())


def connected(settings: Settings) -> Iterator[Network]:
    """Those of which the settings name an account."""
    return (network for network in NETWORKS if network.is_connected(settings))
