"""A sales office with a bot: customers write by the Bot API over HTTP, the office receives and answers."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta

from bot.deliver import Deliverer
from bot.telegram.listener import TelegramListener
from bot.telegram.pace import Pace
from bot.telegram.sender import TelegramSender
from store.tables import Attachment, Channel, Direction, Incoming, IncomingState, Message
from survey.answering.by_buttons import Shown
from tests.borders.botapi import BotApiServer
from tests.office import Office


class BotOffice:
    """What a test does with both ends of the line."""

    def __init__(self, office: Office, telegram: BotApiServer) -> None:
        self.office, self.telegram = office, telegram
        self.pace = Pace(lambda: office.now.timestamp())

    def keep(self) -> None:
        """Until all that was said is kept."""
        world = self.telegram._world
        with world.news:
            assert world.news.wait_for(lambda: not world.waiting(), 30), "something was not kept"

    def receive(self) -> None:
        """All that was said is kept, the pause passes, and it is received."""
        self.keep()
        self.office.pass_time(seconds=3)
        self.office.receiver().receive_all()

    def deliver(self) -> int:
        """What is owed and may leave now is sent; how many letters were tried."""
        office, telegram = self.office, self.telegram
        with closing(TelegramSender(telegram.token, telegram.url, office.files, self.pace)) as sender:
            senders = {Channel.TELEGRAM: sender}
            return Deliverer(office.engine, senders, office.policy, office.clock).deliver_all()

    def heard(self) -> list[tuple[int, str]]:
        """The customers' messages: case and words."""
        said = [message for message in self.office.all(Message) if message.direction == Direction.IN]
        return [(message.case_id, message.new_text) for message in said]

    def files(self) -> list[int]:
        """To which message each file belongs."""
        return [file.message_id for file in self.office.all(Attachment)]

    def aside(self) -> list[str | None]:
        """Why what became no message did not."""
        rows = self.office.all(Incoming)
        return [row.reason for row in rows if row.state in (IncomingState.IGNORED, IncomingState.QUARANTINED)]


@contextmanager
def bot_office(office: Office, telegram: BotApiServer) -> Iterator[BotOffice]:
    """A listener runs until the block ends."""
    office.policy = replace(office.policy, pause=timedelta(seconds=2))
    stop = threading.Event()
    listener = TelegramListener(
        *(office.engine, office.files, telegram.token, telegram.url),
        *(lambda *_: Shown(None), office.policy, lambda: None, office.clock),
    )
    thread = threading.Thread(target=listener.run, args=(stop,))
    thread.start()
    try:
        yield BotOffice(office, telegram)
    finally:
        stop.set()
        thread.join(30)
