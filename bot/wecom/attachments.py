"""Fetching the files that customers send, before WeCom may forget them (three days)."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from bot.wecom.errors import WecomError
from bot.wecom.line import WecomLine
from bot.wecom.messages import Heard, RemoteFile
from casework.replies import StoredFile
from intake.arrive import Said
from store.files import FileStore

WITHIN = 60.0  # seconds for all files of one page; what customers wrote must not wait longer for them
AT_ONCE = 4


def with_files(line: WecomLine, heard: list[Heard], files: FileStore) -> list[Said]:
    """What was said, with its files in the file store; a line in the text names each we could not get."""
    deadline = time.monotonic() + WITHIN

    def fetched(what: Heard) -> Said:
        if what.file is None:
            return what.said
        file = _fetch(line, what.file, files) if time.monotonic() < deadline else None
        if file is None:
            return replace(what.said, text=f"[附件未能下载: {what.file.name}]")
        return replace(what.said, files=(file,))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(fetched, heard))


def _fetch(line: WecomLine, remote: RemoteFile, files: FileStore) -> StoredFile | None:
    try:
        file = line.download(remote.media_id)
    except WecomError:
        return None
    name, kind = (file.name or remote.name)[:255], (file.type or remote.type)[:150]
    return StoredFile(name, kind, len(file.content), files.put(file.content))
