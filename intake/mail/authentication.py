"""What our own mail server found out about a mail's sender (RFC 8601)."""

import re

_COMMENT = re.compile(r"\([^()]{0,500}\)")
_RESULT = re.compile(r"\b(dmarc|dkim|spf)\s*=\s*(\w+)", re.IGNORECASE)


def is_forged(results: tuple[str, ...], server: str | None) -> bool:
    """Whether `server`, the name by which our receiving server signs its findings, refutes the sender.

    Anybody may write such a field: only the topmost one with our server's name counts, since a server puts
    its own above what came in. None found, or no name known: nothing is refuted. DMARC decides; without it, a
    sender is refuted when SPF fails and no signature holds.
    """
    ours = (found for found in map(_without_comments, results) if server and _names(found, server))
    found = [(method.lower(), value.lower()) for method, value in _RESULT.findall(next(ours, ""))]
    if ("dmarc", "pass") in found or ("dmarc", "fail") in found:
        return ("dmarc", "pass") not in found
    return ("spf", "fail") in found and ("dkim", "pass") not in found


def _without_comments(result: str) -> str:
    return _COMMENT.sub(" ", result)


def _names(result: str, server: str) -> bool:
    """The first word, which a version may follow: `mx.factory.example 1; spf=pass`."""
    return result.partition(";")[0].lower().split()[:1] == [server.lower()]
