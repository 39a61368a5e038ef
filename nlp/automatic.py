"""Was this written by a machine? Judged by the words alone; headers are the mail parser's matter."""

from nlp.context import Context
from nlp.matching import Hit

SIGNS = {
    "automatic.bounce": "bounce",
    "automatic.receipt": "receipt",
    "automatic.reply": "auto_reply",
    "automatic.bulk": "bulk",
}


def automatic_of(context: Context) -> tuple[str | None, Hit | None]:
    """auto_reply, bounce, receipt or bulk with the words that say so, else None."""
    for meaning, name in SIGNS.items():
        if hits := context.of.get(meaning):
            return name, hits[0]
    return None, None
