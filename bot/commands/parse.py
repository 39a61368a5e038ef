"""`huiyin parse`: what we see in a mail. No database, no settings."""

from pathlib import Path

from bot.commands.show import show
from intake.import_mail import mails_at
from intake.mail.parse import parse_mail
from intake.mail.parsed import UnreadableMail
from intake.worker import Worker


def parse(paths: list[Path]) -> int:
    """Show each mail as one JSON object; one that cannot be read says why. Exit code 1 if there was such."""
    unreadable = False
    with Worker(parse_mail) as worker:
        for path in paths:
            for raw in mails_at(path):
                try:
                    show(worker.do(raw).as_json(str(path)))
                except UnreadableMail as problem:
                    show({"file": str(path), "error": str(problem)})
                    unreadable = True
    return int(unreadable)
