"""Exports hold what was written, and none of it can run (P16)."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from casework.reports import sheets
from casework.reports.sheets import Cell, Column, Sheet, csv_lines, looks_like_formula, write_xlsx

SHANGHAI = ZoneInfo("Asia/Shanghai")
FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "+86 21 5555",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    " =cmd|' /C calc'!A0",
    "\u200b=1",
    "\ufeff=1",
    "=",
    "#N/A",
    "#REF!",
    "|calc",
    "12%",
    "1E5",
    "TRUE",
    '"=1',
    ";=1;",
    ',=1,"',
)
TEXT = st.text(max_size=40) | st.builds(
    "{}{}".format, st.sampled_from(FORMULAS), st.text(alphabet=st.characters(codec="utf-8"), max_size=20)
)


def opened(*rows: tuple[Cell, ...], columns: tuple[Column, ...] = (Column("数值"),)) -> Any:
    file = io.BytesIO()
    write_xlsx([Sheet("表", columns, rows)], SHANGHAI, file)
    file.seek(0)
    return load_workbook(file)


def body(book: Any) -> list[Any]:
    return [cell for row in book.worksheets[0].iter_rows(min_row=2) for cell in row]


@given(TEXT)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_it_keeps_text_as_text_in_excel(text: str) -> None:
    (cell,) = body(opened((text,)))
    assert cell.data_type in ("s", "inlineStr")  # an empty one has no value to be of another type
    if looks_like_formula(text):
        assert cell.quotePrefix


@pytest.mark.parametrize("text", FORMULAS)
def test_it_keeps_what_looks_like_a_formula_word_for_word(text: str) -> None:
    (cell,) = body(opened((text,)))
    assert cell.data_type == "s"
    assert cell.value.replace("\r\n", "\n").replace("\r", "\n") == text.replace("\r", "\n")


def test_it_writes_no_formula_into_the_file_itself() -> None:
    file = io.BytesIO()
    write_xlsx([Sheet("表", (Column("=1"),), [(text,) for text in FORMULAS])], SHANGHAI, file)
    with zipfile.ZipFile(file) as parts:
        page = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f" not in page
    assert page.count(b'="inlineStr"') == len(FORMULAS) + 1


@given(st.lists(TEXT, min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_it_starts_no_csv_cell_with_a_formula(texts: list[str]) -> None:
    columns = tuple(Column(str(number)) for number in range(len(texts)))
    raw = b"".join(csv_lines(Sheet("表", columns, [tuple(texts)]), SHANGHAI))
    assert raw.startswith(b"\xef\xbb\xbf")
    _titles, row = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert len(row) == len(texts)
    for cell, text in zip(row, texts, strict=True):
        assert cell.removeprefix("'") == sheets._IMPOSSIBLE.sub("\ufffd", text).removeprefix("'")
        assert not looks_like_formula(cell)


def test_it_writes_moments_dates_lengths_and_shares_as_such() -> None:
    moment = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
    columns = (Column("a"), Column("b"), Column("c"), Column("d", share=True), Column("e"), Column("f"))
    row = (moment, date(2026, 11, 20), timedelta(hours=30, minutes=5), 0.85, float("nan"), None)
    book = opened(row, columns=columns)
    at, day, length, share, *nothing = body(book)
    assert at.value == datetime(2026, 11, 21, 0, 30)  # noqa: DTZ001 - Excel's
    assert at.is_date
    assert day.value.date() == date(2026, 11, 20)
    assert length.value == timedelta(hours=30, minutes=5)
    assert (share.value, share.number_format) == (0.85, "0.0%")
    assert [cell.value for cell in nothing] == [None, None]
    (line,) = list(csv_lines(Sheet("表", columns, [row]), SHANGHAI))[1:]
    assert line == b'"2026-11-21 00:30","2026-11-20","30:05",0.85,"",""\r\n'


def test_it_keeps_the_heading_in_sight_and_gives_widths() -> None:
    book = opened(("a", 1), columns=(Column("客户", width=30), Column("数量")))
    page = book.worksheets[0]
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["A"].width == 30
    assert [cell.font.bold for cell in page[1]] == [True, True]


def test_it_goes_on_in_another_sheet_where_excel_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    book = opened(*((number,) for number in range(5)))
    assert [page.max_row - 1 for page in book.worksheets] == [2, 2, 1]
    assert len(opened().worksheets) == 1


@pytest.mark.parametrize("title", ["a/b:c*?[x]", "很" * 40, "'", ""])
def test_it_gives_a_sheet_a_name_that_excel_takes(title: str) -> None:
    file = io.BytesIO()
    write_xlsx([Sheet(title, (Column("=x"),), [])], SHANGHAI, file)
    assert load_workbook(file).worksheets[0]["A1"].value == "=x"
