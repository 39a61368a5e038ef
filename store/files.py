"""The file store: bytes kept under the name of their own SHA-256, so that the same file is stored once."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SYNCS_AT_ONCE = 16


class FileStore:
    """Files on local disk, safe against a crash: after `put` returns, the bytes survive a power cut."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, content: bytes) -> str:
        """Keep the bytes; return their SHA-256 in hex. Keeping the same bytes again does nothing."""
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).rename(path)
        _sync_folder(path.parent)
        return digest

    def put_all(self, contents: Iterable[bytes]) -> list[str]:
        """Keep each of them; return their SHA-256 in order.

        The disk is asked for many at once: it makes them safe together in little more time than one.
        """
        with ThreadPoolExecutor(SYNCS_AT_ONCE) as threads:
            return list(threads.map(self.put, contents))

    def get(self, digest: str) -> bytes:
        """The bytes kept under this digest; `FileNotFoundError` if there are none."""
        return self._path(digest).read_bytes()

    def _path(self, digest: str) -> Path:
        if len(digest) != 64 or not digest.isalnum():
            raise ValueError(f"{digest!r} is not a SHA-256 in hex.")
        return self._root / digest[:2] / digest


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
