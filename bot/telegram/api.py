"""Opening the line to Telegram, and saying in plain words what went wrong with it."""

import logging
import os
from datetime import timedelta

from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

# The library warns of each pause that Telegram asks for, unless told that we know what type it will have.
os.environ.setdefault("PTB_TIMEDELTA", "true")

AT_ONCE = 10  # calls of one bot side by side


def open_bot(token: str, api_url: str) -> Bot:
    """The bot at the Bot API under this root (methods at `/bot<token>/`, files at `/file/bot<token>/`)."""
    _silence_libraries()
    line = HTTPXRequest(
        connection_pool_size=AT_ONCE,
        connect_timeout=10,
        read_timeout=20,
        write_timeout=20,
        media_write_timeout=60,
    )
    return Bot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=line,
        get_updates_request=line,
    )


def bot_id(token: str) -> str:
    """The number of the bot, which is the public part of its token."""
    return token.partition(":")[0]


def reason(error: TelegramError, token: str) -> str:
    """What went wrong, in a sentence without the token."""
    match error:
        case InvalidToken() | EndPointNotFound():
            return (
                "Telegram refuses the bot's token; check HUIYIN_TELEGRAM_TOKEN and HUIYIN_TELEGRAM_API_URL."
            )
        case Conflict():
            said = without_token(error, token)
            return f"Telegram gives the messages to somebody else who uses this bot's token: {said}."
        case RetryAfter():
            return f"Telegram asks us to wait {seconds_to_wait(error):.0f} seconds."
        case _:
            return f"Telegram does not answer as it should: {without_token(error, token)}."


def without_token(error: TelegramError, token: str) -> str:
    """The library's own words for its error, which may hold the token or end in a full stop."""
    return str(error).replace(token, "<token>").removesuffix(".")[:300]


def seconds_to_wait(error: RetryAfter) -> float:
    """The pause Telegram asks for."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait


def _silence_libraries() -> None:
    """Their logs hold the token (in addresses) and what people wrote; their errors reach us as exceptions."""
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
