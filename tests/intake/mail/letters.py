"""Mails written for a test, and the folder of given ones."""

from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures" / "mail"


def letter(text: str | bytes = "Hello", *, charset: str = "utf-8", **fields: str | bytes) -> bytes:
    """A plain mail as bytes; `Subject=…` and `X_Loop=…` are header fields, bytes go in as they are."""
    header = {"From": "buyer@customer.example", "To": "sales@factory.example", **fields}
    lines = [f"{name.replace('_', '-')}: ".encode() + _bytes(value) for name, value in header.items()]
    content_type = f"Content-Type: text/plain; charset={charset}".encode()
    return b"\n".join([*lines, content_type, b"", _bytes(text)])


def multipart(*parts: bytes, kind: str = "mixed", boundary: str = "b") -> bytes:
    """A mail of parts, each of them header, empty line and body."""
    head = f"From: buyer@customer.example\nContent-Type: multipart/{kind}; boundary={boundary}\n\n".encode()
    edge = f"--{boundary}".encode()
    return head + b"".join(edge + b"\n" + part + b"\n" for part in parts) + edge + b"--\n"


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()
