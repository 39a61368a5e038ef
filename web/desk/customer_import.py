"""Customers from Excel or CSV: looked at first, row by row, and written once somebody says so."""

import hmac
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Annotated

from fastapi import File, Form, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy import Engine

from casework.customer_book.importing import Imported, import_customers
from casework.customer_book.sheets import HEADINGS, Sheet, open_sheet
from casework.rights import Right
from casework.signing import signature
from store.engine import reading, writing
from store.tables import User
from web.desk.page import desk_page, desk_router
from web.desk.refusing import refusing
from web.errors import Refusal
from web.i18n import _
from web.office import AtWork, Office
from web.signed_in import Person, SignedIn, holding

router = desk_router()
KEEPERS = [holding(Right.KEEP_CUSTOMERS)]
SHOWN = 8  # rows of the table, so that one sees whether the columns were understood


class _OnlyTriedError(Exception):
    """Undoes everything that the trial wrote."""


@router.get("/customers/import", dependencies=KEEPERS)
def choose_file(request: Request, office: AtWork, person: SignedIn) -> Response:
    """What a table may look like, and where to put it."""
    with reading(office.engine) as session:
        return desk_page(request, session, person, "customer_import.html", headings=HEADINGS, tried=None)


@router.post("/customers/import", dependencies=KEEPERS)
def preview(
    request: Request, office: AtWork, person: SignedIn, file: Annotated[UploadFile, File()]
) -> Response:
    """What the file would do. Nothing is written but the file itself."""
    content = file.file.read()
    if not content:
        raise Refusal(422, _("请选择一个 Excel（.xlsx）或 CSV 文件。"))
    with refusing():
        first = list(islice(open_sheet(content).rows, SHOWN))
        sheet = open_sheet(content)
        done = _tried(office.engine, sheet, person, office.clock())
    digest = office.files.put(content)
    with reading(office.engine) as session:
        return desk_page(
            request,
            session,
            person,
            "customer_import.html",
            tried=done,
            written=False,
            sheet=sheet,
            first=first,
            name=(file.filename or "")[:200],
            file=digest,
            seal=_seal(office, person, digest),
        )


@router.post("/customers/import/confirm", dependencies=KEEPERS)
def write(
    request: Request,
    office: AtWork,
    person: SignedIn,
    file: Annotated[str, Form(max_length=64)],
    seal: Annotated[str, Form(max_length=64)],
) -> Response:
    """Write what was looked at: the same bytes, by the same person."""
    if not hmac.compare_digest(seal.encode(), _seal(office, person, file).encode()):
        raise Refusal(422, _("请重新上传文件。"))
    with refusing():
        sheet = open_sheet(office.files.get(file))
        with writing(office.engine) as session:
            user = session.get_one(User, person.id)
            done = import_customers(session, sheet.rows, user, office.clock())
    with reading(office.engine) as session:
        return desk_page(
            request, session, person, "customer_import.html", tried=done, written=True, sheet=sheet
        )


def _tried(engine: Engine, sheet: Sheet, person: Person, now: datetime) -> Imported:
    """What it would do, found out by doing it in a transaction that is taken back."""
    done = Imported()
    with suppress(_OnlyTriedError), writing(engine) as session:
        done = import_customers(session, sheet.rows, session.get_one(User, person.id), now)
        raise _OnlyTriedError
    return done


def _seal(office: Office, person: Person, digest: str) -> str:
    """A file's name opens it only to whoever uploaded it, and only for this."""
    return signature(office.policy, "import", f"{person.id}:{digest}")
