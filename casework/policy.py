"""What the company decides: every number and name the rules go by, in one place."""

from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo


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

    first_reply: timedelta = timedelta(hours=24)  # S0: within 24 hours
    reminder_shares: tuple[float, ...] = (0.5, 5 / 6, 1.0)  # ◦ 12 h, 20 h, and at the deadline
    reminder_repeat: timedelta = timedelta(days=1)  # ◦ then daily until done
    history_after: timedelta = timedelta(hours=24)  # ◦ older mail of a new mailbox is filed only
    acknowledgements_per_minute: int = 60  # ◦ by mail, to everybody together
    acknowledgements_per_hour: int = 3  # ◦ to one address, so that two robots soon fall silent

    outage_after: timedelta = timedelta(minutes=10)  # ◦ a mailbox or bot not heard for so long is an alarm

    survey_gap: timedelta = timedelta(days=60)  # ◦ between two campaigns, however late the first was released
    survey_open: timedelta = timedelta(days=7)  # S3: collection closes
    survey_bar: float = 85.0  # S0: below → quality is called
