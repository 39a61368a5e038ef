"""What the company decides: every number and name the rules go by, in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from store.tables import DeadlineKind


class Counted(StrEnum):
    """What a target's number counts."""

    HOURS = "hours"  # as they pass, at night and on holidays, too
    WORKING_HOURS = "working_hours"  # only while the site works
    WORKING_DAYS = "working_days"


@dataclass(frozen=True)
class Target:
    """How long something may take, and which clause says so."""

    amount: int
    counted: Counted
    clause: str


@dataclass(frozen=True)
class ReplyTargets:
    """For what the customer waits: a person's first reply, and the solution, which is reported apart."""

    first_reply: Target
    solution: Target


_FIRST = Target(24, Counted.HOURS, "S0")
_SOLUTION = Target(24, Counted.HOURS, "S0: 尽量在24小时内解决")
# By the kind of the case; small talk (other) has no clock. ◦ Running hours, as S0 says no more than "24小时".
REPLIES: Mapping[str, ReplyTargets] = {
    "inquiry": ReplyTargets(_FIRST, _SOLUTION),
    "order": ReplyTargets(_FIRST, _SOLUTION),
    "complaint": ReplyTargets(_FIRST, _SOLUTION),
    "suggestion": ReplyTargets(_FIRST, _SOLUTION),
}
# What ends with its own matter. Requirements, visits and promised answers bear dates of their own.
MATTERS: Mapping[DeadlineKind, Target] = {
    DeadlineKind.OPINION: Target(2, Counted.WORKING_DAYS, "◦"),  # a department's, in a contract review
    DeadlineKind.REVIEW_FEEDBACK: Target(48, Counted.HOURS, "S1: 48小时内反馈给顾客"),
    DeadlineKind.NONCONFORMITY: Target(4, Counted.HOURS, "S2 5.7"),
    DeadlineKind.CORRECTIVE_ACTION: Target(2, Counted.WORKING_DAYS, "S2 5.7"),
}


@dataclass(frozen=True)
class Policy:
    """Defaults follow the procedures (docs/architecture.md names the clause); ◦ marks our own."""

    company: str = "回音演示公司"
    mail_from: str = "sales@huiyin.example"
    public_url: str = "http://127.0.0.1:8000"
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    language: str = "zh"  # of our own people and pages unless they choose otherwise
    mail_servers: tuple[str, ...] = ()  # as our own receiving servers name themselves in their findings
    secret_key: bytes = b""  # signs Message-IDs and survey links

    # The site: when it works. Without the Chinese public calendar Monday to Friday are worked.
    opens: time = time(8, 30)  # ◦
    closes: time = time(17, 30)  # ◦
    public_calendar: bool = True

    replies: Mapping[str, ReplyTargets] = field(default_factory=lambda: REPLIES)
    matters: Mapping[DeadlineKind, Target] = field(default_factory=lambda: MATTERS)
    reminder_shares: tuple[float, ...] = (0.5, 5 / 6, 1.0)  # ◦ 12 h, 20 h, and at the deadline
    round_robin: bool = False  # ◦ new cases of customers without an owner go to sales on duty in turn
    reminder_repeat: timedelta = timedelta(days=1)  # ◦ then daily until done
    longest_promise: timedelta = timedelta(days=180)  # ◦ how far ahead an interim reply may promise an answer
    history_after: timedelta = timedelta(hours=24)  # ◦ older mail of a new mailbox is filed only
    acknowledgements_per_minute: int = 60  # ◦ by mail, to everybody together
    acknowledgements_per_hour: int = 3  # ◦ to one address, so that two robots soon fall silent

    dialogue_per_hour: int = 60  # ◦ what the bot says in one chat besides; a robot gets no more

    # Lines of a chat that come within the pause of each other are one message; nobody waits longer for it.
    pause: timedelta = timedelta(seconds=2)  # ◦
    longest_pause: timedelta = timedelta(seconds=10)  # ◦

    outage_after: timedelta = timedelta(minutes=10)  # ◦ a mailbox or bot not heard for so long is an alarm

    chat_mail_after: timedelta = timedelta(minutes=10)  # ◦ an answer not read in the web chat goes by mail

    survey_answer: Target = Target(2, Counted.WORKING_DAYS, "S0")  # an answer is expected

    def reply_targets(self, case_kind: str) -> ReplyTargets:
        """How long customers wait at most in a case of this kind."""
        return self.replies.get(case_kind) or self.replies["inquiry"]
