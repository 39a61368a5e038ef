"""`huiyin customer import`: customers from Excel or CSV, or what a table would change."""

import sys
from contextlib import suppress
from pathlib import Path

from bot.commands.office import OfficeError
from bot.house import House, utc_now
from casework.customer_book.importing import Imported, import_customers
from casework.customer_book.sheets import SheetError, open_sheet
from store.engine import writing
from web.told import in_both_languages


class _OnlyTriedError(Exception):
    """Undoes everything that the trial wrote."""


def import_table(house: House, path: Path, *, dry_run: bool) -> int:
    """Say what the table changes and which rows are wrong; a dry run changes nothing."""
    try:
        done = _imported(house, path.read_bytes(), dry_run=dry_run)
    except OSError as problem:
        raise OfficeError(f"{path} cannot be read: {problem.strerror}") from problem
    except SheetError as problem:
        raise OfficeError(str(problem)) from problem
    for wrong in done.problems:
        said = " ".join(in_both_languages(wrong.sentence))
        sys.stdout.write(f"row {wrong.row}: {said}\n")
    sys.stdout.write(
        f"rows: {done.rows}, new customers: {done.added}, changed: {done.changed}, "
        f"new contacts: {done.contacts}, unchanged: {done.unchanged}, wrong: {done.wrong}\n"
    )
    if dry_run:
        sys.stdout.write("只是试算，没有写入。A dry run: nothing is written.\n")
    return 1 if done.wrong else 0


def _imported(house: House, content: bytes, *, dry_run: bool) -> Imported:
    done = Imported()
    with suppress(_OnlyTriedError), writing(house.engine) as session:
        done = import_customers(session, open_sheet(content).rows, None, utc_now())
        if dry_run:
            raise _OnlyTriedError
    return done
