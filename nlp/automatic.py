"""Was this written by a machine? Judged by the words alone; headers are the mail parser's matter."""

from nlp.matching import Hit

SIGNS = {
    "automatic.bounce": "bounce",
    "automatic.receipt": "receipt",
    "automatic.reply": "auto_reply",
    "automatic.bulk": "bulk",
}


def automatic_of(hits: list[Hit]) -> tuple[str | None, Hit | None]:
    """auto_reply, bounce, receipt or bulk with the words that say so, else None."""
    for meaning, name in SIGNS.items():
        for hit in hits:
            if hit.meaning == meaning:
                return name, hit
    return None, None
