"""What our own mail server found out about a mail's sender (RFC 8601)."""

import re
from collections.abc import Collection, Sequence

_COMMENT = re.compile(r"\([^()]{0,500}\)")
_RESULT = re.compile(r"\b(dmarc|dkim|spf)\s*=\s*(\w+)", re.IGNORECASE)


def is_forged(results: Sequence[str], servers: Collection[str]) -> bool:
    """Whether one of `servers`, the names by which our receiving servers sign findings, refutes the sender.

    Anybody may write such a field: only the topmost one with our server's name counts, since a server puts
    its own above what came in. None found, or no name known: nothing is refuted. DMARC decides; without it, a
    sender is refuted when SPF fails and no signature holds.
    """
    ours = (found for found in map(_without_comments, results) if _is_of(found, servers))
    found = [(method.lower(), value.lower()) for method, value in _RESULT.findall(next(ours, ""))]
    if ("dmarc", "pass") in found or ("dmarc", "fail") in found:
        return ("dmarc", "pass") not in found
    return ("spf", "fail") in found and ("dkim", "pass") not in found


def _without_comments(result: str) -> str:
    return _COMMENT.sub(" ", result)


def _is_of(result: str, servers: Collection[str]) -> bool:
    """By the first word, which a version may follow: `mx.factory.example 1; spf=pass`."""
    return result.partition(";")[0].lower().split()[:1] in [[server.lower()] for server in servers]
