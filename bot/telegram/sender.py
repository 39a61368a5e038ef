"""Sending a letter to a Telegram chat, as plain text and files."""

import asyncio
from collections.abc import Collection

import httpx
from telegram import InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.sending import Letter, Sender, SendError
from bot.telegram.api import open_bot, reason, seconds_to_wait, without_token
from bot.telegram.chats import BLOCKED, REMOVED
from bot.telegram.cut import cut
from bot.telegram.pace import Pace
from bot.telegram.presses import keyboard
from casework.replies import StoredFile
from store.files import FileStore

RESTS = "This chat has just been told much; the rest follows in a moment."
# The request never left, so nobody can have seen it.
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class TelegramSender(Sender):
    """Speaks with the Bot API; the line stays open from letter to letter until `close`. For one thread."""

    def __init__(self, token: str, api_url: str, files: FileStore, pace: Pace | None = None) -> None:
        self._token = token
        self._bot = open_bot(token, api_url)
        self._files = files
        self._pace = pace or Pace()
        self._runner = asyncio.Runner()

    def resting(self) -> Collection[str] | None:
        """The chats in which we have just said enough, or that Telegram wants left alone."""
        return self._pace.resting()

    def close(self) -> None:
        """Hang up."""
        self._runner.run(self._bot.request.shutdown())
        self._runner.close()

    def send(self, letter: Letter) -> None:
        """Send it to the chat; SendError says whether trying again makes sense."""
        self._runner.run(self._send(letter))

    async def _send(self, letter: Letter) -> None:
        """Part by part. What has left does not leave again, and no chat waits for the pauses of another."""
        texts = cut(letter.text)
        parts: list[str | StoredFile] = [*texts, *letter.files]
        self._check_files(letter)
        chat, sent = letter.recipient, letter.parts_sent
        for number, part in enumerate(parts[sent:], sent + 1):
            if self._pace.wait(chat) > 0:
                raise SendError(RESTS, permanent=False, postponed=True, parts_sent=sent)
            while (pause := self._pace.wait_for_all()) > 0:  # also when letters leave side by side
                await asyncio.sleep(pause)
            self._pace.note(chat)
            try:
                buttons = keyboard(letter.buttons) if number == len(texts) else None
                chat = await self._send_part(chat, part, buttons)
            except TelegramError as error:
                if isinstance(error, RetryAfter):
                    self._pace.hold(chat, seconds_to_wait(error))
                # Not `from error`: the library's error may hold the token.
                raise _send_error(error, self._token, sent) from None
            sent += 1

    async def _send_part(
        self, chat: str, part: str | StoredFile, buttons: InlineKeyboardMarkup | None
    ) -> str:
        """Send one message; the chat's number, which is another once a group is a supergroup."""
        try:
            if isinstance(part, str):
                await self._bot.send_message(chat, part, reply_markup=buttons)
            else:
                await self._bot.send_document(chat, self._files.get(part.sha256), filename=part.name)
        except ChatMigrated as error:
            return await self._send_part(str(error.new_chat_id), part, buttons)
        return chat

    def _check_files(self, letter: Letter) -> None:
        """Before anything leaves: half a letter helps nobody."""
        for file in letter.files:
            try:
                self._files.get(file.sha256)
            except FileNotFoundError as error:
                sentence = "A file of this letter is missing from the file store."
                raise SendError(sentence, permanent=True, parts_sent=letter.parts_sent) from error


def _send_error(error: TelegramError, token: str, sent: int) -> SendError:
    """The library's error as ours; so many parts have left for sure."""
    match error:
        case Forbidden():
            return SendError(_shut(error, token), permanent=True, no_such_address=True, parts_sent=sent)
        case BadRequest() | ChatMigrated():
            sentence = f"Telegram refuses this message: {without_token(error, token)}."
            return SendError(sentence, permanent=True, parts_sent=sent)
        case RetryAfter():
            wait = seconds_to_wait(error)
            return SendError(
                reason(error, token), permanent=False, retry_after=wait, postponed=True, parts_sent=sent
            )
        case NetworkError():
            left = _may_have_left(error)
            return SendError(reason(error, token), permanent=False, uncertain=left, parts_sent=sent)
        case _:
            return SendError(reason(error, token), permanent=False, parts_sent=sent)


def _shut(error: Forbidden, token: str) -> str:
    """Why the chat takes nothing, in words for sales."""
    said = without_token(error, token)
    if "blocked" in said:
        return BLOCKED
    if "deactivated" in said:
        return "The customer's Telegram account is no more; use another way."
    if "kicked" in said or "not a member" in said:
        return REMOVED
    return f"The customer's chat takes no messages from us: {said}."


def _may_have_left(error: NetworkError) -> bool:
    """The line broke after the request was on it: Telegram may have acted without our hearing of it."""
    cause = error.__cause__
    return isinstance(cause, httpx.TransportError) and not isinstance(cause, _NEVER_LEFT)
