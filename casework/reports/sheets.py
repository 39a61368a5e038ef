"""Tables of plain values as files for Excel: .xlsx, and CSV with a byte order mark.

Nothing that a customer wrote ever becomes a formula (P16): text stays text, whatever it begins with.
"""

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import IO, Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

Cell = str | int | float | date | datetime | timedelta | None

MOST_ROWS = 1_000_000  # of one sheet; Excel opens no more than 1,048,576
LONGEST = 32_767  # characters of one cell
# Excel and LibreOffice take these for the start of a formula, some input methods' full-width ones too. A
# tab or a line break before them, or at the start, can move what follows into a cell of its own.
_STARTS = frozenset("=+-@\t\r\n＝＋－＠|%")
_SKIPPED = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*")
# What no XML file can hold: controls, half a surrogate pair, two that are no characters.
_IMPOSSIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f']")
_FORMATS: tuple[tuple[type, str], ...] = (
    (datetime, "yyyy-mm-dd hh:mm"),
    (date, "yyyy-mm-dd"),
    (timedelta, "[h]:mm"),
)


@dataclass(frozen=True)
class Column:
    """One column; `width` in characters, a Chinese one counts two."""

    title: str
    width: int = 14
    share: bool = False  # 0.85 is shown as 85.0%


@dataclass(frozen=True)
class Sheet:
    """One table. Its rows may come from a query as it is read: nothing is held in memory."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]]


def write_xlsx(sheets: Iterable[Sheet], timezone: ZoneInfo, file: IO[bytes]) -> None:
    """A workbook with these sheets; moments in the time of that zone. Rows go through a file on disk."""
    book = Workbook(write_only=True)
    book.properties.creator = "Huiyin"
    for sheet in sheets:
        rows = iter(sheet.rows)
        for part in _parts(rows):
            _write_sheet(book, sheet, part, timezone)
    book.save(file)


def csv_lines(sheet: Sheet, timezone: ZoneInfo) -> Iterator[bytes]:
    """The same as CSV, piece by piece. A cell that looks like a formula gets an apostrophe before it."""
    line = io.StringIO()
    writer = csv.writer(line, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    titles: list[Cell] = [column.title for column in sheet.columns]
    for number, row in enumerate(chain([titles], sheet.rows)):
        writer.writerow([_as_csv(value, timezone) for value in row])
        text = line.getvalue()
        yield text.encode("utf-8-sig" if number == 0 else "utf-8", "replace")
        line.seek(0)
        line.truncate()


def looks_like_formula(text: str) -> bool:
    """Whether a program may take the text for a formula, also after spaces that it skips."""
    return text[:1] in _STARTS or text[_SKIPPED.match(text).end() :][:1] in _STARTS  # type: ignore[union-attr]


def _parts(rows: Iterator[Sequence[Cell]]) -> Iterator[Iterator[Sequence[Cell]]]:
    """The rows in sheets of at most `MOST_ROWS`; one empty sheet when there are none."""
    first = next(rows, None)
    if first is None:
        yield iter(())
    while first is not None:
        yield chain([first], islice(rows, MOST_ROWS - 1))
        first = next(rows, None)


def _write_sheet(book: Any, sheet: Sheet, rows: Iterable[Sequence[Cell]], timezone: ZoneInfo) -> None:
    page = book.create_sheet(_NOT_IN_A_TITLE.sub(" ", sheet.title)[:31].strip() or "Sheet")
    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[_letters(number)].width = column.width
    page.append([_heading(page, column.title) for column in sheet.columns])
    for row in rows:
        page.append([_cell(page, *pair, timezone) for pair in zip(row, sheet.columns, strict=True)])


def _heading(page: Any, title: str) -> Any:
    cell = _text(page, title)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="FFE8ECEA")
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _cell(page: Any, value: Cell, column: Column, timezone: ZoneInfo) -> Any:
    if isinstance(value, str):
        return _text(page, value)
    cell = WriteOnlyCell(page, _number(_local(value, timezone)))
    for kind, pattern in _FORMATS:
        if isinstance(value, kind):
            cell.number_format = pattern
            return cell
    if column.share:
        cell.number_format = "0.0%"
    return cell


def _text(page: Any, value: str) -> Any:
    """A cell that is text for good: not guessed to be a formula or an error, and marked as typed with '."""
    cell = WriteOnlyCell(page, _IMPOSSIBLE.sub("\ufffd", value)[:LONGEST])
    cell.data_type = "s"
    if looks_like_formula(value):
        cell.quotePrefix = True
    return cell


def _as_csv(value: Cell, timezone: ZoneInfo) -> Any:
    value = _local(value, timezone)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, str):
        text = _IMPOSSIBLE.sub("\ufffd", value)
        return f"'{text}" if looks_like_formula(text) else text
    return _number(value)


def _local(value: Cell, timezone: ZoneInfo) -> Cell:
    """Excel knows no time zones."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(timezone).replace(tzinfo=None)
    return value


def _number(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _letters(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
