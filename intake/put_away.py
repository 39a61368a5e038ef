"""Moving mail that we hold out of the folder it arrived in, where the settings ask for it."""

from collections import Counter
from collections.abc import Sequence

from imapclient import IMAPClient
from sqlalchemy import Engine
from sqlmodel import col, select

from intake.imap_line import MailboxError, as_mailbox_errors
from intake.mailbox_entry import Mailbox
from store.crashpoints import crashpoint
from store.engine import reading
from store.tables import Incoming

AT_ONCE = 500
BETWEEN = 100  # mails that others may have put into the `done` folder since we were interrupted


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
                _move(client, held, mailbox, generation)
            crashpoint("mails_moved")


def _held(engine: Engine, source: str, generation: int, uids: list[int]) -> list[int]:
    by_id = {f"{generation}:{uid}": uid for uid in uids}
    held = select(Incoming.external_id).where(
        col(Incoming.source) == source,
        col(Incoming.external_id).in_(list(by_id)),
        col(Incoming.raw).is_not(None),  # else the server withholds it, and it stays where it is
    )
    with reading(engine) as session:
        return sorted(by_id[found] for found in session.exec(held))


def _move(client: IMAPClient, uids: list[int], mailbox: Mailbox, generation: int) -> None:
    if not client.folder_exists(mailbox.done):
        client.create_folder(mailbox.done)
    if client.has_capability("MOVE"):
        client.move(uids, mailbox.done)
    elif client.has_capability("UIDPLUS"):
        if waiting := _not_copied(client, uids, mailbox, generation):
            client.copy(waiting, mailbox.done)
        crashpoint("mails_copied")
        # Without UIDPLUS an EXPUNGE would also remove what somebody else has marked as deleted.
        client.delete_messages(uids, silent=True)
        crashpoint("mails_marked")
        client.uid_expunge(uids)
    else:
        raise MailboxError('The server cannot move mail, so "done" must be left out for this mailbox.')


def _not_copied(client: IMAPClient, uids: list[int], mailbox: Mailbox, generation: int) -> list[int]:
    """Those that do not stand among the last in the `done` folder; the others we had copied when we died.

    A copy has its mail's header, and with it Received lines that no other mail has.
    """
    sizes = _each(client, uids, "RFC822.SIZE")
    next_uid = int(client.select_folder(mailbox.done, readonly=True)[b"UIDNEXT"])
    last_uids = client.search(["UID", f"{max(next_uid - len(uids) - BETWEEN, 1)}:*"])
    last = _each(client, last_uids, "RFC822.SIZE")
    alike = [uid for uid, size in last.items() if size in sizes.values()]
    copies = Counter(_each(client, alike, "BODY.PEEK[HEADER]").values())
    if int(client.select_folder(mailbox.folder)[b"UIDVALIDITY"]) != generation:
        raise MailboxError("The server has renumbered the mails of this folder.")
    alike = [uid for uid, size in sizes.items() if size in last.values()]
    for uid, header in _each(client, alike, "BODY.PEEK[HEADER]").items():
        if copies[header]:
            copies[header] -= 1
            del sizes[uid]
    return sorted(sizes)


def _each(client: IMAPClient, uids: Sequence[int], part: str) -> dict[int, object]:
    """That part of each of the mails; what is no longer there is left out."""
    name = part.replace(".PEEK", "").encode()
    fetched = client.fetch(uids, [part]) if uids else {}
    return {uid: parts[name] for uid, parts in fetched.items() if name in parts}
