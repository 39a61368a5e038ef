"""Fetching the files that customers send, before Telegram may forget the messages they came with."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from telegram import Bot
from telegram.error import TelegramError

from bot.dialogue.phrases import phrase
from bot.telegram.updates import Heard, RemoteFile, Told, Understood
from casework.replies import StoredFile
from store.files import FileStore

LARGEST = 20 * 1024 * 1024  # bytes; the Bot API gives out no larger file
WITHIN = 60.0  # seconds for all files of one batch; what customers wrote must not wait longer for them
AT_ONCE = 4


async def with_files(bot: Bot, told: Sequence[Told], files: FileStore) -> list[Understood]:
    """What was said, with its files in the file store; a line in the text names each we could not get."""
    deadline = asyncio.get_running_loop().time() + WITHIN
    turns = asyncio.Semaphore(AT_ONCE)

    async def fetched(what: Told) -> Understood:
        if not isinstance(what, Heard):
            return what
        stored, lines = [], [what.said.text]
        for remote in what.files:
            file = None
            if remote.size <= LARGEST:
                async with turns:
                    file = await _fetch(bot, remote, files, deadline)
            if file is None:
                lines.append(phrase("notes.not_fetched", what.language, what=remote.name))
            else:
                stored.append(file)
        return replace(what.said, text="\n".join(lines).strip(), files=tuple(stored))

    return list(await asyncio.gather(*map(fetched, told)))


async def _fetch(bot: Bot, remote: RemoteFile, files: FileStore, deadline: float) -> StoredFile | None:
    try:
        async with asyncio.timeout_at(deadline):
            file = await bot.get_file(remote.id)
            content = bytes(await file.download_as_bytearray())
    except (TelegramError, TimeoutError, RuntimeError):  # the last when Telegram names no place to fetch it
        return None
    return StoredFile(remote.name, remote.type, len(content), files.put(content))
