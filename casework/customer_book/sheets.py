"""A table of customers as people keep it: Excel or CSV, Chinese or English headings, a title above or not."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

LARGEST_UNPACKED = 200 * 1024 * 1024  # ◦ a workbook that unpacks to more is no table of customers
MOST_ROWS = 100_000
MOST_COLUMNS = 60
LONGEST_CELL = 1000
HEADING_WITHIN = 10  # rows: titles may stand above the heading

# The words that people put over a column; compared without case, spaces and brackets.
HEADINGS: dict[str, tuple[str, ...]] = {
    "name": (
        *("名称", "客户", "客户名称", "顾客", "顾客名称", "公司", "公司名称", "单位", "单位名称", "企业名称"),
        *("客戶", "客戶名稱", "customer", "customername", "company", "companyname", "name", "account"),
    ),
    "own_code": (
        "客户代码",
        "客户编号",
        "客户编码",
        "代码",
        "编号",
        "编码",
        "code",
        "customercode",
        "customerno",
        "id",
    ),
    "status": ("状态", "客户状态", "类型", "客户类型", "status", "type", "customerstatus"),
    "owner": (
        "负责人",
        "业务员",
        "销售",
        "销售员",
        "跟进人",
        "客户经理",
        "owner",
        "sales",
        "salesperson",
        "accountmanager",
    ),
    "contact": (
        "联系人",
        "联系人姓名",
        "姓名",
        "聯絡人",
        "contact",
        "contactperson",
        "contactname",
        "person",
    ),
    "email": ("邮箱", "电子邮箱", "电子邮件", "邮件", "信箱", "email", "mail", "emailaddress"),
    "phone": (
        "电话",
        "手机",
        "电话号码",
        "手机号",
        "联系电话",
        "電話",
        "phone",
        "tel",
        "telephone",
        "mobile",
    ),
    "fax": ("传真", "fax"),
    "wecom": ("微信", "企业微信", "wechat", "wecom"),
    "language": ("语言", "语种", "要求语言", "language"),
    "manner": ("方式", "沟通方式", "要求方式", "联系方式", "manner", "channel"),
    "region": ("区域", "地区", "大区", "销售区域", "片区", "區域", "地區", "region", "area", "territory"),
    "notes": ("备注", "说明", "備註", "notes", "note", "remark", "remarks", "comment"),
}
_FIELD = {word: field for field, words in HEADINGS.items() for word in words}
_NO_MATTER = re.compile(r"[\s_\-:：*＊.。/]|[(（].*?[)）]")


class SheetError(Exception):
    """The file is no table of customers; the sentence says why."""


@dataclass(frozen=True)
class SheetRow:
    """One row: its number as the person sees it, and what stands in it by field; empty cells are left out."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """The rows one by one, and the headings that say nothing to us."""

    rows: Iterator[SheetRow]
    fields: tuple[str, ...]
    unknown: tuple[str, ...]


def open_sheet(content: bytes) -> Sheet:
    """The table in these bytes; raises SheetError. Rows are read as they are asked for."""
    lines = lines_of(content)
    for number, cells in lines:
        fields = [_FIELD.get(_heading(cell)) for cell in cells]
        if "name" in fields:
            once = [field if field not in fields[:place] else None for place, field in enumerate(fields)]
            unknown = tuple(
                cell[:40] for cell, field in zip(cells, once, strict=True) if cell and field is None
            )
            known = tuple(field for field in once if field)
            return Sheet(_rows(lines, once), known, unknown)
        if number >= HEADING_WITHIN:
            break
    raise SheetError("No heading such as 客户名称 or Customer was found in the first ten rows.")


def lines_of(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row's number and cells as a person sees them, whatever the table is about; raises SheetError."""
    return _workbook(content) if content.startswith(b"PK\x03\x04") else _text(content)


def _rows(lines: Iterator[tuple[int, list[str]]], fields: Sequence[str | None]) -> Iterator[SheetRow]:
    for number, cells in lines:
        if number > MOST_ROWS:
            raise SheetError(f"The table has more than {MOST_ROWS} rows; please split it.")
        values = {field: cell for field, cell in zip(fields, cells, strict=False) if field and cell}
        if values:
            yield SheetRow(number, values)


def _heading(cell: str) -> str:
    return _NO_MATTER.sub("", cell).lower()


def _cell(value: Any) -> str:
    """What a person sees in the cell, as text: 13800000000, not 13800000000.0."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).replace("\x00", "").split())[: LONGEST_CELL + 1]


def _workbook(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise SheetError("The workbook is too large; please split it.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as problem:
        raise SheetError("The file cannot be read as an Excel workbook (.xlsx).") from problem
    try:
        if not book.worksheets:
            raise SheetError("The workbook has no sheet.")
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size need not be true
        for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
            yield number, [_cell(value) for value in cells]
    finally:
        book.close()


def _text(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """CSV as Excel in China saves it: UTF-8 with or without its mark, GB18030, UTF-16; by comma or tab."""
    text = _decoded(content)
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, [_cell(value) for value in cells[:MOST_COLUMNS]]
    except csv.Error as problem:
        raise SheetError("The file cannot be read as a table.") from problem


def _decoded(content: bytes) -> str:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if is_wide else ["utf-8-sig", "gb18030"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError("The file is neither Excel nor text in UTF-8 or GB18030.")
