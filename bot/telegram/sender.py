"""Sending a letter to a Telegram chat, as plain text and files."""

import asyncio
from collections.abc import Sequence

import httpx
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.sending import Letter, Sender, SendError, unsendable
from bot.telegram.api import AT_ONCE, open_bot, reason, seconds_to_wait, without_token
from bot.telegram.cut import cut
from bot.telegram.presses import keyboard
from store.files import FileStore

# The request never left, so nobody can have seen it.
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class TelegramSender(Sender):
    """Speaks with the Bot API; the line stays open from letter to letter until `close`. For one thread."""

    at_once = AT_ONCE

    def __init__(self, token: str, api_url: str, files: FileStore) -> None:
        self._token = token
        self._bot = open_bot(token, api_url)
        self._files = files
        self._runner = asyncio.Runner()

    def close(self) -> None:
        """Hang up."""
        self._runner.run(self._bot.request.shutdown())
        self._runner.close()

    def send(self, letter: Letter) -> None:
        """Send it to the chat; SendError says whether trying again makes sense."""
        self._runner.run(self._send(letter))

    def send_together(self, letters: Sequence[Letter]) -> list[SendError | None]:
        """Send them side by side: each waits for Telegram alone."""
        return self._runner.run(self._send_all(letters))

    async def _send_all(self, letters: Sequence[Letter]) -> list[SendError | None]:
        outcomes = await asyncio.gather(*map(self._send, letters), return_exceptions=True)
        return [_as_trouble(outcome) for outcome in outcomes]

    async def _send(self, letter: Letter) -> None:
        sent = 0
        try:
            parts = cut(letter.text)
            for number, part in enumerate(parts, 1):
                under = keyboard(letter.buttons) if number == len(parts) else None
                await self._bot.send_message(letter.recipient, part, reply_markup=under)
                sent += 1
            for file in letter.files:
                await self._bot.send_document(
                    letter.recipient, self._files.get(file.sha256), filename=file.name
                )
                sent += 1
        except TelegramError as error:
            # Not `from error`: the library's error may hold the token.
            raise _send_error(error, self._token, begun=sent > 0) from None
        except FileNotFoundError as error:
            raise SendError(
                "A file of this letter is missing from the file store.", permanent=True, uncertain=sent > 0
            ) from error


def _as_trouble(outcome: BaseException | None) -> SendError | None:
    match outcome:
        case None | SendError():
            return outcome
        case Exception():
            return unsendable(outcome)
        case _:
            raise outcome


def _send_error(error: TelegramError, token: str, *, begun: bool) -> SendError:
    """The library's error as ours; a letter of which a part has left is uncertain as a whole."""
    match error:
        case Forbidden():
            sentence = f"The customer's chat takes no messages from us: {without_token(error, token)}."
            return SendError(sentence, permanent=True, uncertain=begun)
        case BadRequest() | ChatMigrated():
            sentence = f"Telegram refuses this message: {without_token(error, token)}."
            return SendError(sentence, permanent=True, uncertain=begun)
        case RetryAfter():
            wait = seconds_to_wait(error)
            return SendError(reason(error, token), permanent=False, retry_after=wait, uncertain=begun)
        case NetworkError():
            return SendError(reason(error, token), permanent=False, uncertain=begun or _may_have_left(error))
        case _:
            return SendError(reason(error, token), permanent=False, uncertain=begun)


def _may_have_left(error: NetworkError) -> bool:
    """The line broke after the request was on it: Telegram may have acted without our hearing of it."""
    cause = error.__cause__
    return isinstance(cause, httpx.TransportError) and not isinstance(cause, _NEVER_LEFT)
