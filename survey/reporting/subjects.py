"""What a remark is about, by the words of the reader's lexicon: enough to lay remarks of a kind together."""

from collections import Counter
from functools import cache

from nlp.folding import fold
from nlp.lexicon import Lexicon, load_lexicon
from nlp.matching import Words

READ = 400  # characters; what a remark is about stands at its beginning
OTHER = "other"
# Beside the categories of special requirements: what the lexicon's words about trouble and prices mean here.
_SUBJECTS = {
    **dict.fromkeys(("wrong.late", "moderate.schedule", "ask.leadtime", "ask.status"), "delivery"),
    **dict.fromkeys(("wrong.surface", "wrong.size", "wrong.works", "wrong.broken", "wrong.batch"), "quality"),
    **dict.fromkeys(("wrong.word", "wrong.item", "moderate.batch", "fine", "quality"), "quality"),
    **dict.fromkeys(("wrong.service", "wrong.demand", "service"), "service"),
    **dict.fromkeys(("ask.price", "moderate.payment"), "payment"),
}
# ◦ Words of every survey that say little in a letter.
_OWN = {
    **dict.fromkeys(("质量", "品质", "quality"), ("quality",)),
    **dict.fromkeys(("回复", "答复", "响应", "沟通", "配合", "服务", "service", "response"), ("service",)),
    **dict.fromkeys(("交期", "交货", "送货", "货期", "delivery"), ("wrong.late",)),
}


def subject_of(remark: str) -> str:
    """quality, delivery, service, payment … or other: what most of its words are about, else the first."""
    found = (_subject(hit.meaning) for hit in _words().find(fold(remark[:READ])))
    counted = Counter(subject for subject in found if subject)
    return counted.most_common(1)[0][0] if counted else OTHER


def _subject(meaning: str) -> str | None:
    room, _, rest = meaning.partition(".")
    if room == "need" and rest:
        return rest.removesuffix(".word")
    return _SUBJECTS.get(meaning.removesuffix(".word")) or _SUBJECTS.get(meaning)


@cache
def _words() -> Words:
    return Words(Lexicon(load_lexicon().meanings | _OWN))
