"""`huiyin nlp check` and `huiyin nlp learn`: what a changed lexicon changes; learning from corrections."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from bot.commands.office import OfficeError
from bot.house import House
from bot.settings import Settings
from nlp.comparing import FIELDS, Change, Totals, compare
from nlp.corrections import Corrected, labelled, weights_from
from nlp.lexicon import load_lexicon
from nlp.model import WEIGHTS
from nlp.reader import load_reader
from store.engine import reading
from store.tables import Correction, Message, MessageReading

SHIPPED = WEIGHTS.with_name("labelled")
CORRECTIONS = "corrections.jsonl"


def check(settings: Settings, lexicon: Path | None, files: Sequence[Path]) -> int:
    """Print each message that `lexicon` reads otherwise than the present words do, and the sums.

    Without `lexicon` the company's own words are compared with the shipped ones alone.
    """
    if lexicon and not lexicon.is_dir():
        raise OfficeError(f"There is no folder {lexicon}.")
    own = settings.lexicon if settings.lexicon.is_dir() else None
    before = load_reader(own if lexicon else None)
    after = load_reader(lexicon or own)
    totals = Totals()
    for change in compare(_messages(files or _known(settings)), before, after, totals):
        _print_change(change)
    _print_totals(totals)
    return 0


def learn(house: House) -> int:
    """Write the corrections out as labelled messages and learn from them and the shipped ones together."""
    corrected = [labelled(message) for message in _corrected(house)]
    if not corrected:
        sys.stdout.write("Nothing has been corrected yet: there is nothing to learn.\n")
        return 0
    target = house.settings.data_dir / "labelled" / CORRECTIONS
    _write(target, "".join(json.dumps(message, ensure_ascii=False) + "\n" for message in corrected))
    own = house.settings.lexicon
    shipped = _messages(sorted(SHIPPED.glob("*.jsonl")))
    weights = weights_from(chain(shipped, corrected), load_lexicon(own if own.is_dir() else None))
    for name, learned in weights.items():
        _write(own / "weights" / f"{name}.json", json.dumps(learned, ensure_ascii=False))
    sys.stdout.write(f"{len(corrected)} corrected messages are in {target}; weights learned into {own}.\n")
    return 0


def _corrected(house: House) -> Iterator[Corrected]:
    rows = (
        select(Message, MessageReading, Correction)
        .join(MessageReading, col(MessageReading.message_id) == col(Message.id))
        .join(Correction, col(Correction.message_id) == col(Message.id))
        .order_by(col(Message.id), col(Correction.id))
    )
    with reading(house.engine) as session:
        for _, group in groupby(session.exec(rows), key=lambda row: row[0].id):
            together = list(group)
            message, read, _ = together[0]
            yield Corrected(
                id=f"corrected-{message.id}",
                channel=message.channel.value,
                subject=message.subject,
                text=message.new_text,
                read={name: getattr(read, name) for name in FIELDS},
                changes=tuple((correction.field, correction.after) for _, _, correction in together),
            )


def _known(settings: Settings) -> list[Path]:
    """The shipped labelled messages and the company's own."""
    return sorted(SHIPPED.glob("*.jsonl")) + sorted((settings.data_dir / "labelled").glob("*.jsonl"))


def _messages(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in files:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as problem:
            raise OfficeError(f"{path} cannot be read: {problem}.") from problem
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _message(line, f"{path.name}, line {number}")


def _message(line: str, place: str) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except ValueError as problem:
        raise OfficeError(f"{place} is not JSON: {problem}.") from problem
    if not isinstance(message, dict) or not isinstance(message.get("text"), str):
        raise OfficeError(f'{place} is no message: it needs a "text".')
    return message


def _write(path: Path, text: str) -> None:
    """Whole or not at all: a running program may read it at any moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def _print_change(change: Change) -> None:
    verdict = {True: "better", False: "worse", None: ""}[change.better]
    sys.stdout.write(
        f"{change.message_id}  {change.name}: {change.before} → {change.after}  {verdict}".rstrip() + "\n"
    )


def _print_totals(totals: Totals) -> None:
    sys.stdout.write(f"{totals.messages} messages, {totals.changed} read otherwise\n")
    for name in FIELDS:
        if labels := totals.labelled[name]:
            before, after = totals.right_before[name], totals.right_after[name]
            sys.stdout.write(f"{name} right: {before} → {after} of {labels}\n")
