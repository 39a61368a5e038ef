"""A company with 300 customers, its servers, and a clock: what the story of a year of surveys needs."""

import email
import email.policy
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from sqlalchemy import Engine
from sqlmodel import Session

from bot.clock import rings
from bot.deliver import Deliverer
from bot.mail.smtp import SmtpAccount, SmtpSender
from bot.senders import DeskSender
from bot.telegram.listener import TelegramListener
from bot.telegram.sender import TelegramSender
from store.engine import writing
from store.files import FileStore
from store.once import add_once
from store.tables import (
    Channel,
    Contact,
    ContactAddress,
    Customer,
    CustomerStatus,
    Role,
    User,
)
from survey.answering.by_buttons import Shown, press
from survey.answering.remarks import shipped_reader
from tests.borders.botapi import BotApiServer
from tests.borders.botapi_world import Sent
from tests.borders.smtp import ReceivedMail, SmtpServer
from tests.bot.in_thread import PATIENCE, in_thread
from tests.survey.people import POLICY
from tests.web.filled import PASSWORD, PASSWORD_HASH
from tests.web.serving import served
from web.app import create_app

CUSTOMERS, BY_CHAT = 300, 40  # the last ones are reached on Telegram
BEGINNING = datetime(2026, 12, 28, 1, 0, tzinfo=UTC)
_LINK = re.compile(r"https://echo\.example(/survey/[0-9a-f]+)")
PEOPLE = {
    "赵敏": Role.MANAGER,
    "Grace Lin": Role.HEAD,
    "周工": Role.QUALITY,
    "王芳": Role.SALES,
    "李厂长": Role.REVIEWER,
}


@dataclass
class Company:
    """Everything around the year, and the hands that move it."""

    engine: Engine
    files: FileStore
    smtp: SmtpServer
    telegram: BotApiServer
    address: str
    until_the_end: ExitStack
    now: datetime = BEGINNING
    _read: int = 0  # mails looked at so far
    _sent: int = 0  # messages of the bot looked at so far

    def clock(self) -> datetime:
        return self.now

    def wait_until(self, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        """Nobody does anything until then, of 2027 in Shanghai; then the clock rings, and what is due leaves.

        It rings once a minute until nothing is left: only so many are asked in a minute.
        """
        self.now = datetime(2027, month, day, hour, minute, tzinfo=POLICY.timezone).astimezone(UTC)
        by_name = rings(self.engine, POLICY, self.clock)
        while by_name["surveys"]() + by_name["reminders"]() + self._deliver():
            self.now += timedelta(minutes=1)

    def letters(self) -> dict[str, list[str]]:
        """What the mail server took since the last look, by recipient: the paths of links, else the words."""
        news = self.smtp.mails[self._read :]
        self._read += len(news)
        found: defaultdict[str, list[str]] = defaultdict(list)
        for mail in news:
            found[mail.envelope_to[0]].append(_words(mail))
        return dict(found)

    def chats(self) -> list[Sent]:
        """What the bot said since the last look."""
        news = self.telegram.sent[self._sent :]
        self._sent += len(news)
        return news

    def browser(self) -> httpx.Client:
        """Somebody's browser; it is closed when the year is over."""
        client = httpx.Client(base_url=self.address, headers={"accept-language": "zh"}, timeout=PATIENCE)
        return self.until_the_end.enter_context(client)

    def desk(self, name: str) -> httpx.Client:
        """The desk of a colleague."""
        client = self.browser()
        assert client.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 303
        return client

    def listening(self) -> AbstractContextManager[None]:
        """The bot hears what is said and pressed inside the block."""
        listener = TelegramListener(
            *(self.engine, self.files, self.telegram.token, self.telegram.url),
            *(self._press, POLICY, lambda: None, self.clock),
        )
        return in_thread(listener.run)

    def presses(self, sent: Sent, *labels: str) -> Sent:
        """The customer presses these buttons of a message, one after the other; how it looks in the end."""
        for label in labels:
            marks = {button["text"]: button["callback_data"] for row in sent.buttons for button in row}
            answers = len(self._answers()) + 1
            self.telegram.customer_presses(sent, marks[label])
            self._wait_for_answers(answers)
            sent = next(one for one in self.telegram.sent if one.message_id == sent.message_id)
        return sent

    def _wait_for_answers(self, count: int) -> None:
        world = self.telegram._world
        with world.news:
            assert world.news.wait_for(lambda: len(self._answers()) >= count, PATIENCE)

    def _answers(self) -> list[object]:
        return [params for method, params in self.telegram.calls if method == "answerCallbackQuery"]

    def _press(self, session: Session, chat: str, mark: str, now: datetime) -> Shown:
        return press(session, Channel.TELEGRAM, chat, mark, now, POLICY, shipped_reader)

    def _deliver(self) -> int:
        senders = {
            Channel.EMAIL: SmtpSender(
                SmtpAccount(self.smtp.url), POLICY.mail_from, POLICY.company, self.files
            ),
            Channel.TELEGRAM: TelegramSender(self.telegram.token, self.telegram.url, self.files),
            Channel.DESK: DeskSender(),
        }
        deliverer = Deliverer(self.engine, senders, POLICY, self.clock)
        try:
            return deliverer.deliver_all()
        finally:
            deliverer.close()


@contextmanager
def company(engine: Engine, folder: Path) -> Iterator[Company]:
    """An empty year: people, customers and their addresses; nobody was ever asked."""
    with ExitStack() as stack:
        smtp, telegram = stack.enter_context(SmtpServer()), stack.enter_context(BotApiServer())
        found = Company(engine, FileStore(folder / "files"), smtp, telegram, "", stack)
        app = create_app(engine, found.files, POLICY, clock=found.clock)
        found.address = stack.enter_context(served(app))
        _fill(engine, telegram)
        for number in range(CUSTOMERS - BY_CHAT + 1, CUSTOMERS + 1):
            telegram.customer_says(number, "你好")  # a bot may write to those only who wrote to it
        yield found


def _fill(engine: Engine, telegram: BotApiServer) -> None:
    ids = range(1, CUSTOMERS + 1)
    with writing(engine) as session:
        for name, role in PEOPLE.items():
            user = User(name=name, role=role, password_hash=PASSWORD_HASH, created_at=BEGINNING)
            user.email, user.language = f"{role}@echo.example", "en" if name.isascii() else "zh"
            session.add(user)
        session.flush()
        add_once(session, *(_customer(n) for n in ids))
        add_once(session, *(Contact(customer_id=n, name=f"联系人{n}", created_at=BEGINNING) for n in ids))
        add_once(session, *(_way(n) for n in ids))


def _customer(number: int) -> Customer:
    region = "华东" if number % 2 else "华南"
    return Customer(name=f"客户{number}", region=region, status=CustomerStatus.EXISTING, created_at=BEGINNING)


def _way(number: int) -> ContactAddress:
    if number > CUSTOMERS - BY_CHAT:
        return ContactAddress(contact_id=number, channel=Channel.TELEGRAM, address=str(number))
    return ContactAddress(contact_id=number, channel=Channel.EMAIL, address=f"buyer{number}@k.example")


def _words(mail: ReceivedMail) -> str:
    message = email.message_from_bytes(mail.raw, policy=email.policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    link = _LINK.search(text)
    return link[1] if link else f"{message['Subject']}\n{text}"
