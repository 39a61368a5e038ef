"""A signed mail may lie in an envelope of its own (S/MIME, smime.p7m): the letter is taken out to be read.

The signature is not checked here; the envelope stays an attachment, for whoever wants to check it.
"""

_DATA = bytes.fromhex("06092a864886f70d010701")  # object id 1.2.840.113549.1.7.1: the content is plain data
_EXPLICIT, _STRING, _STRING_OF_PIECES = 0xA0, 0x04, 0x24
_INDEFINITE = 0x80


def signed_content(envelope: bytes) -> bytes | None:
    """The mail inside a signed envelope (RFC 5652, DER or BER); None when it is encrypted or broken."""
    at = envelope.find(_DATA) + len(_DATA)
    if at < len(_DATA) or envelope[at : at + 1] != bytes([_EXPLICIT]):
        return None
    at, _ = _length(envelope, at + 1)
    tag = envelope[at] if at < len(envelope) else None
    if tag == _STRING:
        start, length = _length(envelope, at + 1)
        return envelope[start : start + length] if length is not None else None
    return _join_pieces(envelope, at) if tag == _STRING_OF_PIECES else None


def _join_pieces(envelope: bytes, at: int) -> bytes:
    """Programs that sign while they send write the content piece by piece."""
    pieces = []
    at, length = _length(envelope, at + 1)
    end = len(envelope) if length is None else at + length
    while at < end and envelope[at] == _STRING:
        start, length = _length(envelope, at + 1)
        if length is None:
            break
        pieces.append(envelope[start : start + length])
        at = start + length
    return b"".join(pieces)


def _length(envelope: bytes, at: int) -> tuple[int, int | None]:
    """Where the content behind a length begins, and how long it is; None: until its end mark."""
    first = envelope[at] if at < len(envelope) else 0
    if first < _INDEFINITE:
        return at + 1, first
    if first == _INDEFINITE:
        return at + 1, None
    size = first - _INDEFINITE
    return at + 1 + size, int.from_bytes(envelope[at + 1 : at + 1 + min(size, 8)])
