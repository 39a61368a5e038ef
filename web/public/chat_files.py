"""Files in a chat: what a visitor sends is looked at before it is kept; what he may have is only saved."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from mimetypes import MimeTypes
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response
from sqlmodel import col, select
from starlette.datastructures import UploadFile

from casework.replies import StoredFile
from intake.arrive import said
from store.engine import reading
from store.files import FileStore
from store.tables import Attachment, Case, Channel, Incoming, Message, Outgoing
from web.desk.files import download
from web.forms import RowId
from web.i18n import _
from web.inert import clean_input, inert, readable_size
from web.office import AtWork
from web.public.conversation import SHOWN, SOURCE
from web.public.pace import AtPace, address_of
from web.public.small_form import small_form
from web.public.visitor import KnownKey

router = APIRouter()
MOST_FILES = 5  # ◦ in one line
LARGEST_FILE = 10 * 1024 * 1024  # ◦
LARGEST_LINE = 20 * 1024 * 1024  # ◦ all files of a line together
BYTES_A_QUARTER = 200 * 1024 * 1024  # ◦ from one address within 15 minutes
# What people show us: pictures, papers, drawings, what they filmed or said. Nothing that runs when opened.
ENDINGS = frozenset(
    {
        *("jpg", "jpeg", "png", "gif", "webp", "heic", "heif", "bmp", "tif", "tiff"),
        *("pdf", "txt", "csv", "rtf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "dps"),
        *("dwg", "dxf", "step", "stp", "igs", "iges", "stl", "zip", "rar", "7z", "eml"),
        *("mp4", "mov", "mp3", "m4a", "amr", "ogg", "wav"),
    }
)
ACCEPTED = ",".join(f".{ending}" for ending in sorted(ENDINGS))
# Python's own table: the system's differs from machine to machine.
_TYPES = MimeTypes()
for _type, _ending_of in (
    *(("audio/amr", "amr"), ("audio/mp4", "m4a"), ("audio/ogg", "ogg"), ("image/heic", "heic")),
    *(("image/heif", "heif"), ("image/webp", "webp"), ("image/vnd.dwg", "dwg")),
):
    _TYPES.add_type(_type, f".{_ending_of}")


@dataclass(frozen=True)
class Spoken:
    """What a visitor sent off: the fields of the form, and files."""

    fields: dict[str, str] | None  # None: larger than ours can be, or no form at all
    files: tuple[UploadFile, ...] = ()
    problem: str = ""  # why it was not read, in a sentence


async def spoken_form(request: Request, office: AtWork, pace: AtPace) -> AsyncIterator[Spoken]:
    """The form of a line, with or without files; never read further than ours can be."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        yield Spoken(await small_form(request))
        return
    length = request.headers.get("content-length", "")
    size = int(length) if length.isdecimal() and len(length) < 12 else LARGEST_LINE * 2
    if size > LARGEST_LINE + 256 * 1024:
        problem = _("文件太大：一次发送的文件合计不能超过 %(most)s。", most=readable_size(LARGEST_LINE))
        yield Spoken({}, problem=problem)
    elif not pace.allows("bytes", address_of(request), office.clock(), BYTES_A_QUARTER, size):
        yield Spoken({}, problem=_("您发送的文件有点多，请过十五分钟再发送。"))
    else:
        try:
            filled = await request.form(max_files=100, max_fields=20, max_part_size=64 * 1024)
        except HTTPException:  # no form, or larger than ours
            yield Spoken(None)
            return
        try:
            fields = {name: value for name, value in filled.multi_items() if isinstance(value, str)}
            files = [value for _name, value in filled.multi_items() if isinstance(value, UploadFile)]
            # An empty file field is no file.
            yield Spoken(fields, tuple(file for file in files if file.filename or file.size))
        finally:
            await filled.close()


SpokenForm = Annotated[Spoken, Depends(spoken_form)]


@router.get("/chat/files/{file_id}")
def our_file(office: AtWork, key: KnownKey, file_id: RowId) -> Response:
    """A file of an answer of ours in one's own conversation, to be saved and never shown by us."""
    with reading(office.engine) as session:
        file = session.exec(
            select(Attachment)
            .join(Message, col(Message.id) == col(Attachment.message_id))
            .join(Case, col(Case.id) == col(Message.case_id))
            .join(Outgoing, col(Outgoing.message_id) == col(Message.id))
            .where(
                col(Attachment.id) == file_id,
                col(Case.channel) == Channel.WEBCHAT,
                col(Case.conversation) == key,
                col(Message.channel) == Channel.WEBCHAT,
                col(Outgoing.state).in_(SHOWN),
            )
        ).first()
    if file is None:
        raise HTTPException(404)
    return download(office.files, file.sha256, file.name, file.type)


@router.get("/chat/files/said/{row_id}/{place}")
def own_file(office: AtWork, key: KnownKey, row_id: RowId, place: RowId) -> Response:
    """A file of a line that the visitor has sent, to be saved and never shown by us."""
    with reading(office.engine) as session:
        row = session.get(Incoming, row_id)
    if row is None or row.source != SOURCE or row.conversation != f"{SOURCE}:{key}" or row.payload is None:
        raise HTTPException(404)
    files = said(row.payload).files
    if place > len(files):
        raise HTTPException(404)
    file = files[place - 1]
    return download(office.files, file.sha256, file.name, file.type)


def files_problem(files: Sequence[UploadFile]) -> str | None:
    """Why these files cannot be taken, in a sentence that says what to do; None if they can."""
    if len(files) > MOST_FILES:
        return _("一次最多 %(count)s 个文件，请分几次发送。", count=MOST_FILES)
    for file in files:
        name, size = inert(file.filename), file.size or 0
        if _ending(name) not in ENDINGS:
            return _(
                "“%(name)s”这种文件不能发送。可以发送照片、PDF、Office 文档、图纸或压缩包。", name=name[:80]
            )
        if size == 0:
            return _("“%(name)s”是空文件，请重新选择。", name=name[:80])
        if size > LARGEST_FILE:
            most = readable_size(LARGEST_FILE)
            return _("“%(name)s”太大：每个文件不能超过 %(most)s。", name=name[:80], most=most)
    if sum(file.size or 0 for file in files) > LARGEST_LINE:
        return _("文件太大：一次发送的文件合计不能超过 %(most)s。", most=readable_size(LARGEST_LINE))
    return None


def keep_files(store: FileStore, files: Sequence[UploadFile]) -> tuple[StoredFile, ...]:
    """Put them into the file store. What a file is, is told by its ending and not by its sender."""
    kept = []
    for file in files:
        content = file.file.read()
        name = " ".join(clean_input(inert(file.filename)).split())
        kind = _TYPES.guess_type(f"x.{_ending(name)}")[0] or "application/octet-stream"
        kept.append(StoredFile(name[-255:], kind, len(content), store.put(content)))
    return tuple(kept)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].strip().lower() if "." in name else ""
