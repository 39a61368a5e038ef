"""A message was edited: its newer words are a further line, unless nothing has changed in them."""

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Engine

from bot.dialogue.phrases import phrase
from bot.telegram.news import album_of
from bot.telegram.updates import NOT_TO_US, Ears, Heard, Told, clean, read_update
from intake.arrive import Unsaid
from intake.corrections import version_before
from intake.talk import is_command
from store.engine import reading
from store.files import FileStore
from store.tables import IncomingState

UNCHANGED = Unsaid(IncomingState.IGNORED, "None of its words were changed.")


def with_corrections(engine: Engine, files: FileStore, told: Sequence[Told], ears: Ears) -> list[Told]:
    """The same, each edited message compared with the version before it: in this batch, or kept before."""
    newest: dict[tuple[str, str], Heard] = {}
    read: list[Told] = []
    for what in told:
        found = what
        if isinstance(what, Heard):
            message = what.said.conversation, what.said.reference
            before = newest.get(message) or (_kept(engine, files, what, ears) if what.edited else None)
            if what.edited:
                found = _compared(before, what)
            if isinstance(found, Heard):
                newest[message] = what
        read.append(found)
    return read


def _compared(before: Heard | None, now: Heard) -> Heard | Unsaid:
    if before is None:  # such as a line in a group that names us only now
        return now if now.to_us else Unsaid(IncomingState.IGNORED, NOT_TO_US)
    had = {file.mark for file in before.files}
    new_files = tuple(file for file in now.files if file.mark not in had)
    if not new_files and now.words == before.words:
        return UNCHANGED
    if is_command(now.words):  # a slip of the pen in a command: what was meant is done
        return now
    words = now.said.text if new_files else now.words
    marked = phrase("notes.corrected" if words else "notes.withdrawn", now.language, what=words)
    corrected = replace(now.said, text=clean(marked), corrects=before.said.external_id)
    return replace(now, said=corrected, files=new_files)


def _kept(engine: Engine, files: FileStore, now: Heard, ears: Ears) -> Heard | None:
    """The version before as it was heard, read again from what Telegram sent."""
    with reading(engine) as session:
        row = version_before(session, now.said)
    if row is None or row.raw is None:
        return None
    try:
        raw = json.loads(files.get(row.raw))
    except FileNotFoundError:
        return None
    before = read_update(raw, replace(ears, albums=ears.albums | {album_of(raw)}))
    return before if isinstance(before, Heard) else None
