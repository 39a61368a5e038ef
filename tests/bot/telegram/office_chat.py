"""A sales office with a bot: customers write by the Bot API over HTTP, the office receives and answers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from bot.deliver import Deliverer
from bot.telegram.listener import TelegramListener
from bot.telegram.pace import Pace
from bot.telegram.sender import TelegramSender
from store.tables import Attachment, Channel, Dialogue, Direction, Incoming, IncomingState, Message
from survey.answering.by_buttons import Shown
from tests.borders.botapi import BotApiServer
from tests.office import Office


class BotOffice:
    """What a test does with both ends of the line."""

    def __init__(self, office: Office, telegram: BotApiServer) -> None:
        self.office, self.telegram = office, telegram
        pace = Pace(clock=lambda: office.now.timestamp())
        self.sender = TelegramSender(telegram.token, telegram.url, office.files, pace)
        self.chat, self.group, self._rows = 42, -1001, 0

    def begin(self) -> None:
        """A new test on the same office: other chats, and what was before does not count."""
        self.chat, self.group = self.chat + 10, self.group - 10
        self._rows = len(self.office.all(Incoming))

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
        office, senders = self.office, {Channel.TELEGRAM: self.sender}
        return Deliverer(office.engine, senders, office.policy, office.clock).deliver_all()

    def messages(self) -> list[Message]:
        """What was said in this test's chats."""
        here = str(self.chat), str(self.group), str(self.group - 5)  # the last before it was moved
        found = [one for one in self.office.all(Message) if one.sender_address in here]
        return [one for one in found if one.direction == Direction.IN]

    def heard(self) -> list[tuple[int, str]]:
        """The number of the case among those of this test, and the words."""
        cases = list(dict.fromkeys(message.case_id for message in self.messages()))
        return [(cases.index(message.case_id) + 1, message.new_text) for message in self.messages()]

    def files(self) -> list[int]:
        """To which of the messages each file belongs, counted from 1."""
        ids = [message.id for message in self.messages()]
        files = self.office.all(Attachment)
        return [ids.index(file.message_id) + 1 for file in files if file.message_id in ids]

    def dialogue(self) -> Dialogue:
        """Where the bot stands with this test's private chat."""
        (found,) = [one for one in self.office.all(Dialogue) if one.conversation == str(self.chat)]
        return found

    def aside(self) -> list[str | None]:
        """Why what became no message did not."""
        rows = self.office.all(Incoming)[self._rows :]
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
    desk = BotOffice(office, telegram)
    try:
        yield desk
    finally:
        desk.sender.close()
        stop.set()
        thread.join(30)
