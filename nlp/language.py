"""In which language is a message written?"""

import re

from nlp.folding import count_traditional
from nlp.segmentation import listed

_HAN = re.compile(r"[㐀-鿿]+")
# Whole words: not the letters of a code (SMD3225), of an address or of a number with its unit (500ml).
_WORD = re.compile(r"(?<![0-9A-Za-zÀ-ÿ@.])[A-Za-zÀ-ÿ]{2,}+(?![0-9@]|\.\w)")
AT_HOME = listed("latin_at_home.txt")
SAID = listed("said_in_english.txt")
# The first lines tell the language.
SAMPLE = 600
# A Chinese name in an English sentence has no more characters than this.
FEW_HAN = 3


def language_of(text: str) -> str:
    """zh, zh-Hant, en, or mixed: Chinese and English sentences side by side.

    A Chinese sentence with product names, codes or units in Latin letters is still Chinese.
    """
    sample = text[:SAMPLE]
    han = 0 if sample.isascii() else sum(map(len, _HAN.findall(sample)))
    if not han:
        return "en" if _WORD.search(sample) or not sample.strip() else "zh"
    if words := _WORD.findall(sample):
        if han <= FEW_HAN and len(words) >= 2 * han:
            return "en"
        said = sum(word.lower() in SAID for word in words)
        english = said + sum(word.islower() and word not in AT_HOME and word not in SAID for word in words)
        if said and english >= 2 and english * 8 >= han:
            return "mixed"
    return "zh-Hant" if count_traditional(sample) * 12 >= han else "zh"
