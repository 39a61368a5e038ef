"""Where a requirement comes from and until when it must be met, as its own sentence says.

What the customer asks is stated. It is statutory when the sentence names the law, regulation or compulsory
certificate behind it: nobody may agree otherwise, whatever the contract says.
"""

import datetime as dt
import re

from nlp.dates import dates_in, resolve
from nlp.reading import Source

# The categories a law can stand behind: environment, certificates, and what goods are marked and packed with.
_LAWFUL = frozenset(("environment", "regulation", "labelling", "material", "packaging"))
# Begins with the set of all first characters, so that the search leaps from one of them to the next.
_LAW = re.compile(
    r"(?a)[rswpcfugimdkel123冲强国危法条监规海商检植食环消安b](?<=(?="
    r"rohs|\breach\b|\bsvhc|weee|\bpfas|prop(?:osition)?\.? ?65|conflict minerals|冲突矿产|\bfda\b"
    r"|\bfcc\b|\bccc\b|3c认证|强制性?(?:认证|标准)|\bce\b|ce认证|\bukca\b|\bgb ?\d|国标|\bgb/t"
    r"|ispm ?15|\bippc\b|\bmdr\b|\bgdpr\b|\bdoe\b|\bpse\b|\bkc\b ?(?:mark|认证)|\beac\b|\bmsds\b"
    r"|\bsds\b|危险品|\bun ?38\.3|法律|法规|法令|条例|强制|监管|规章|海关|商检|检验检疫|植检|phytosanitary"
    r"|\bregulations?\b|\bdirective|\bstatut|\blaws?\b|legal(?:ly)?\b|mandatory|2011/65|1907/2006"
    r"|1935/2004|10/2011|食品安全|食品级法规|环保法|消防法|安全生产法|fire code|building code|customs"
    r").)"
)
_UNTIL = re.compile(r"(?a)(?:之?前|以前|内|by|before|until|no later than|within|最[晚迟]|截止)")


def source_of(category: str, sentence: str) -> Source:
    """Statutory when the folded sentence names the law behind a category that laws rule, else stated."""
    return Source.STATUTORY if category in _LAWFUL and _LAW.search(sentence) else Source.STATED


def deadline_of(sentence: str, written: dt.date | None) -> dt.date | None:
    """The day until which the folded sentence wants it; None without a day that can be told for sure."""
    if not written:
        return None
    for found in dates_in(sentence, at_most=5):
        around = sentence[max(0, found.start() - 14) : found.end() + 4] + found[0]
        if _UNTIL.search(around) and (day := resolve(found, written)) and day >= written:
            return day
    return None
