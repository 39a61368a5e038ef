"""Handing out what customers sent: files that cannot run in our pages, mail as HTML in a locked frame."""

from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session, col, select

from store.engine import reading
from store.files import FileStore
from store.tables import Attachment, Incoming, Message, case_number
from web.desk.dossier import case_for
from web.desk.page import desk_router
from web.errors import Refusal
from web.forms import RowId
from web.i18n import _
from web.inert import inert
from web.mail_html import safe_html
from web.office import AtWork
from web.pages import page, static
from web.signed_in import Person, SignedIn

router = desk_router()

# Any other type is told to the browser as bytes without a meaning.
TYPES = frozenset(
    {
        *("application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/tiff"),
        *("text/plain", "text/csv", "application/zip", "application/rtf", "message/rfc822"),
        *("application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        *("audio/mpeg", "audio/ogg", "video/mp4"),
    }
)
LOCKED = "sandbox; default-src 'none'; frame-ancestors 'none'"
FRAME = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


@router.get("/attachments/{file_id}")
def attachment(office: AtWork, person: SignedIn, file_id: RowId) -> Response:
    """A file of a case, to be saved and never shown by us."""
    with reading(office.engine) as session:
        file = session.get(Attachment, file_id)
        message = session.get(Message, file.message_id) if file else None
        if file is None or message is None:
            raise Refusal(404)
        case_for(session, message.case_id, person)
    return download(office.files, file.sha256, file.name, file.type)


@router.get("/messages/{message_id}/text")
def whole_text(office: AtWork, person: SignedIn, message_id: RowId) -> Response:
    """The whole text of a message that is too long for the page."""
    with reading(office.engine) as session:
        message = _message(session, message_id, person)
    return as_download(message.text.encode(errors="replace"), f"{_name(message)}.txt", "text/plain")


@router.get("/messages/{message_id}/original")
def original(office: AtWork, person: SignedIn, message_id: RowId) -> Response:
    """The mail as it arrived, every byte."""
    with reading(office.engine) as session:
        message = _message(session, message_id, person)
        raw = session.exec(select(Incoming.raw).where(col(Incoming.id) == message.incoming_id)).first()
    if raw is None:
        raise Refusal(404)
    return download(office.files, raw, f"{_name(message)}.eml", "message/rfc822")


@router.get("/messages/{message_id}/html")
def as_html(request: Request, office: AtWork, person: SignedIn, message_id: RowId) -> Response:
    """The mail in its own layout for the frame on the case page: no script, no picture, no way out."""
    with reading(office.engine) as session:
        message = _message(session, message_id, person)
    if message.html is None:
        raise Refusal(404)
    safe = safe_html(_bytes(office.files, message.html).decode(errors="replace"))
    shown: HTMLResponse = page(request, "desk/mail_frame.html", safe=safe, style=static("mail.css"))
    shown.headers["Content-Security-Policy"] = FRAME
    return shown


def download(store: FileStore, kept: str, name: str, kind: str) -> Response:
    """What is kept under a name of the file store, as an answer that only can be saved under another."""
    return as_download(_bytes(store, kept), name, kind)


def as_download(content: bytes, name: str, kind: str) -> Response:
    """These bytes under this name; the name may hold anything (RFC 6266, RFC 8187)."""
    known = kind.lower().partition(";")[0].strip()
    shown = inert(name).replace("/", "_").replace("\\", "_")
    plain = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "._- ") else "_" for letter in shown
    )
    encoded = quote(shown, safe="")
    return Response(
        content,
        media_type=known if known in TYPES else "application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}",
            "Content-Security-Policy": LOCKED,
        },
    )


def _bytes(store: FileStore, kept: str) -> bytes:
    try:
        return store.get(kept)
    except FileNotFoundError as error:
        raise Refusal(404, _("这个文件不在文件库里。请联系管理员从备份恢复。")) from error


def _message(session: Session, message_id: int, person: Person) -> Message:
    message = session.get(Message, message_id)
    if message is None:
        raise Refusal(404)
    case_for(session, message.case_id, person)
    return message


def _name(message: Message) -> str:
    return f"{case_number(message.case_id)}-{message.id}"
