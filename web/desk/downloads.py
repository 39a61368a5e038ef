"""Tables as files to download: an Excel workbook, or the last of its tables as CSV."""

from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import quote

from fastapi.responses import Response, StreamingResponse

from casework.reports.periods import Period
from casework.reports.sheets import Sheet, csv_lines, write_xlsx
from web.errors import Refusal
from web.office import Office

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 4 * 1024 * 1024  # a larger file waits on disk


def as_file(sheets: list[Sheet], name: str, ending: str, office: Office) -> Response:
    """The file of that ending; its rows are read now, while the caller's session is open."""
    if ending == "xlsx":
        return as_xlsx(sheets, name, office)
    if ending != "csv":
        raise Refusal(404)
    file = _spool()
    for piece in csv_lines(sheets[-1], office.policy.timezone):
        file.write(piece)
    return _sent(file, "text/csv; charset=utf-8", f"{name}.csv")


def as_xlsx(sheets: Iterable[Sheet], name: str, office: Office) -> Response:
    """All the tables in one workbook."""
    file = _spool()
    write_xlsx(sheets, office.policy.timezone, file)
    return _sent(file, XLSX, f"{name}.xlsx")


def dated(name: str, period: Period) -> str:
    """A file's name with the days that it covers."""
    return f"{name}-{period.first:%Y%m%d}-{period.last:%Y%m%d}"


def _spool() -> Any:
    return SpooledTemporaryFile(max_size=IN_MEMORY)


def _sent(file: IO[bytes], media_type: str, name: str) -> Response:
    size = file.tell()
    headers = {"Content-Disposition": f'attachment; filename="{quote(name)}"'}
    file.seek(0)
    if size <= IN_MEMORY:
        with file:
            return Response(file.read(), media_type=media_type, headers=headers)
    return StreamingResponse(_pieces(file), media_type=media_type, headers=headers)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(256 * 1024):
            yield piece
