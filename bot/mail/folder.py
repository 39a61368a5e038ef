"""The demo's mail server: a folder."""

from dataclasses import dataclass
from pathlib import Path

from bot.mail.compose import as_bytes
from bot.sending import Letter, Sender
from store.files import FileStore


@dataclass(frozen=True)
class FolderSender(Sender):
    """Each letter becomes an .eml file, and nothing leaves the machine."""

    folder: Path
    mail_from: str
    company: str
    files: FileStore

    def send(self, letter: Letter) -> None:
        """Write the letter down; sent again it is the same file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = (letter.message_id or "letter").strip("<>").partition("@")[0]
        raw = as_bytes(letter, self.mail_from, self.company, self.files)
        (self.folder / f"{letter.kind}.{name}.eml").write_bytes(raw)
