"""The file store: bytes kept under the name of their own SHA-256, so that the same file is stored once."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path


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

    def put_together(self, contents: Sequence[bytes]) -> list[str]:
        """Keep them in one file, which the disk makes safe at once; return the name of each, in order.

        A name is the file's SHA-256 and the place in it. Keeping the same ones together again does nothing.
        """
        if not contents:
            return []
        digest = self.put(b"".join(contents))
        starts = accumulate(map(len, contents), initial=0)
        return [f"{digest}:{start}+{len(content)}" for start, content in zip(starts, contents, strict=False)]

    def get(self, name: str) -> bytes:
        """The bytes kept under this name; `FileNotFoundError` if there are none."""
        digest, _, place = name.partition(":")
        if not place:
            return self._path(digest).read_bytes()
        start, length = map(int, place.split("+"))
        with self._path(digest).open("rb") as file:
            file.seek(start)
            return file.read(length)

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
