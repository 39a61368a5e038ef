"""In which language is a message written?"""

import re

from nlp.folding import count_traditional

_HAN = re.compile(r"[㐀-鿿]")
_WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9./#_-]*\d[A-Z0-9./#_-]*|[\w.+-]+@[\w.-]+")
# Everyday English: a Chinese sentence with product names in it is still Chinese.
_ENGLISH = re.compile(
    r"\b(?:the|an?|and|or|is|are|was|be|to|of|for|in|on|at|with|we|you|it|this|that|your|our|my|pls|please|can|could"
    r"|need|from|by|have|has|not|if|thanks|thank|hi|hello|dear|regards|confirm|ok|what|how|when|will|do|does|team"
    r"|send|update|delay|check|next|last|week|issue|support|again|asap|best|rgds)\b",
    re.IGNORECASE,
)


# The first lines tell the language.
SAMPLE = 600


def language_of(text: str) -> str:
    """zh, zh-Hant, en or mixed."""
    sample = text[:SAMPLE]
    han = len(_HAN.findall(sample))
    words = _WORD.findall(_CODE.sub(" ", sample)) if _WORD.search(sample) else []
    if not han:
        return "en" if words or not sample.strip() else "zh"
    if han <= 4 and len(words) > 8 * han:
        return "en"
    if words:
        english = len(_ENGLISH.findall(sample)) + sum(map(str.islower, words))
        if english >= 2 and english * 4 >= han / 2:
            return "mixed"
    return "zh-Hant" if count_traditional(sample) * 12 >= han else "zh"
