"""Telegram's webhook: where it brings what customers write, and how we know that it was Telegram."""

import re
from dataclasses import dataclass, field
from hmac import compare_digest

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}", re.ASCII)  # as published, of setWebhook
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True)
class Webhook:
    """What the settings say of it. Telegram sends the secret along, and nobody else knows it."""

    name: str  # of the bot's listener
    url: str
    secret: str = field(repr=False)

    def is_telegrams(self, given: str) -> bool:
        """Whether the header holds our secret; how long that takes tells nothing of it."""
        return compare_digest(given.encode("utf-8", "replace"), self.secret.encode())
