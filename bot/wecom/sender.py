"""Sending a letter to a customer's WeChat, within what WeCom allows: five messages in 48 hours.

Both count from the customer's last message. The last of the five is kept for what a person writes.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from bot.cut import cut_into
from bot.sending import Letter, Sender, SendError
from bot.wecom.errors import BUSY, MENDABLE, TOKEN_ENDED, TOO_LATE, TOO_MANY, WecomError, sentence_of
from bot.wecom.in_vain import msgid_of
from bot.wecom.line import LARGEST, WecomFile, WecomLine
from bot.wecom.menu import Menu, with_menu
from casework.replies import StoredFile
from intake.wecom import Wecom
from store import wecom
from store.engine import writing
from store.files import FileStore

LONGEST = 2048  # bytes of a text
SMALLEST, LARGEST_IMAGE = 5, 10 * 1024 * 1024  # bytes of a file; a larger image goes as a file
WAIT = 60.0  # seconds, when WeCom has too much to do
IMAGES = ("image/jpeg", "image/png")

Part = str | Menu | StoredFile


class WecomSender(Sender):
    """Speaks with WeCom; the line stays open from letter to letter until `close`."""

    def __init__(
        self, engine: Engine, files: FileStore, account: Wecom, line: WecomLine, clock: Callable[[], datetime]
    ) -> None:
        self._engine = engine
        self._files = files
        self._account = account
        self._line = line
        self._clock = clock

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def send(self, letter: Letter) -> None:
        """Send it to the chat; SendError says whether trying again makes sense."""
        if letter.welcome:
            self._welcome(letter)
            return
        texts = with_menu(letter) if letter.buttons else cut_into(letter.text, LONGEST, "utf-8")
        parts: list[Part] = [*texts, *letter.files]
        self._check_files(letter.files)
        msgids = [msgid_of(letter, number) for number in range(len(parts))]
        done = self._claim(letter, msgids)
        for msgid, part in zip(msgids, parts, strict=True):
            if msgid in done:
                continue
            try:
                body = {"touser": letter.recipient, "open_kfid": self._account.open_kfid, "msgid": msgid}
                self._line.call("kf/send_msg", body | self._content(part))
            except WecomError as error:
                unsent = [other for other in msgids if other not in done]
                raise self._gave_up(error, msgid, unsent, begun=bool(done)) from None
            done.add(msgid)
            with writing(self._engine) as session:
                wecom.took(session, msgid)

    def _welcome(self, letter: Letter) -> None:
        """Greet whoever came in: the code is good for once, and WeCom counts this message apart."""
        (part,) = with_menu(letter)
        body = {"code": letter.welcome, "msgid": msgid_of(letter, 0)}
        try:
            self._line.call("kf/send_msg_on_event", body | self._content(part))
        except WecomError as error:
            may_have_left = not error.answered and error.left
            raise SendError(str(error), permanent=error.answered, uncertain=may_have_left) from None

    def _claim(self, letter: Letter, msgids: Sequence[str]) -> set[str]:
        """Count the messages of this letter before they leave; those that WeCom has already."""
        with writing(self._engine) as session:
            now = self._clock()
            done = wecom.taken(session, msgids)
            pending = [msgid for msgid in msgids if msgid not in done]
            if not pending:
                return done
            chat = wecom.chat_with(session, letter.recipient)
            if chat is None or now - chat.heard_at >= wecom.WINDOW:
                raise SendError(sentence_of(TOO_LATE), permanent=True, uncertain=bool(done))
            kept = wecom.FOR_PEOPLE if letter.automatic else 0
            left = wecom.MOST - kept - wecom.sent_since(session, chat, pending)
            if len(pending) > left:
                raise SendError(_too_many(len(pending), max(0, left)), permanent=True, uncertain=bool(done))
            wecom.claim(session, chat, pending, now)
        return done

    def _content(self, part: Part) -> dict[str, Any]:
        if isinstance(part, str):
            return {"msgtype": "text", "text": {"content": part}}
        if isinstance(part, Menu):
            return {"msgtype": "msgmenu", "msgmenu": part.told()}
        kind = "image" if part.type in IMAGES and part.size <= LARGEST_IMAGE else "file"
        file = WecomFile(part.name, part.type, self._files.get(part.sha256))
        return {"msgtype": kind, kind: {"media_id": self._line.upload(kind, file)}}

    def _check_files(self, files: Sequence[StoredFile]) -> None:
        """Before anything leaves: half a letter helps nobody."""
        for file in files:
            if not SMALLEST < file.size <= LARGEST:
                sentence = "WeCom takes files from 6 bytes to 20 MB; send this one another way."
                raise SendError(sentence, permanent=True)
            try:
                self._files.get(file.sha256)
            except FileNotFoundError as error:
                sentence = "A file of this letter is missing from the file store."
                raise SendError(sentence, permanent=True) from error

    def _gave_up(self, error: WecomError, msgid: str, unsent: Sequence[str], *, begun: bool) -> SendError:
        """WeCom's error as ours. What may have left goes on counting."""
        may_have_left = not error.answered and error.left
        with writing(self._engine) as session:
            wecom.unclaim(session, [other for other in unsent if other != msgid or not may_have_left])
        passing = not error.answered or error.code in BUSY | MENDABLE | TOKEN_ENDED
        return SendError(
            str(error),
            permanent=not passing,
            retry_after=WAIT if error.code in BUSY else None,
            uncertain=begun or may_have_left,
        )


def _too_many(wanted: int, left: int) -> str:
    if left == 0:
        return sentence_of(TOO_MANY)
    return (
        f"This takes {wanted} messages on WeCom, which takes {left} more until the customer writes again; "
        "shorten it or use another way."
    )
