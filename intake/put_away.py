"""Moving mail that we hold out of the folder it arrived in, where the settings ask for it."""

from imapclient import IMAPClient
from sqlalchemy import Engine
from sqlmodel import col, select

from intake.imap_line import MailboxError, as_mailbox_errors
from intake.mailbox_entry import Mailbox
from store.engine import reading
from store.tables import Incoming

AT_ONCE = 500


def put_away(client: IMAPClient, mailbox: Mailbox, engine: Engine, generation: int, cursor: int) -> None:
    """Move to the `done` folder what is committed and still lies in the open one; nothing else ever.

    Our rows say which mails those are, so it makes no difference when we died last.
    """
    with as_mailbox_errors():
        lying = sorted(client.search(["UID", f"1:{cursor}"])) if cursor else []
    for start in range(0, len(lying), AT_ONCE):
        held = _held(engine, mailbox.name, generation, lying[start : start + AT_ONCE])
        if held:
            with as_mailbox_errors():
                _move(client, held, mailbox.done)


def _held(engine: Engine, source: str, generation: int, uids: list[int]) -> list[int]:
    by_id = {f"{generation}:{uid}": uid for uid in uids}
    held = select(Incoming.external_id).where(
        col(Incoming.source) == source,
        col(Incoming.external_id).in_(list(by_id)),
        col(Incoming.raw).is_not(None),  # else the server withholds it, and it stays where it is
    )
    with reading(engine) as session:
        return sorted(by_id[found] for found in session.exec(held))


def _move(client: IMAPClient, uids: list[int], folder: str) -> None:
    if not client.folder_exists(folder):
        client.create_folder(folder)
    if client.has_capability("MOVE"):
        client.move(uids, folder)
    elif client.has_capability("UIDPLUS"):
        # Without UIDPLUS an EXPUNGE would also remove what somebody else has marked as deleted.
        client.copy(uids, folder)
        client.delete_messages(uids, silent=True)
        client.uid_expunge(uids)
    else:
        raise MailboxError('The server cannot move mail, so "done" must be left out for this mailbox.')
