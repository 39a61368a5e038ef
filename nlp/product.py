"""What the message is about: the name of the main item, as written. Better none than a wrong one.

Products of the company's own lexicon (`[product]`) come first. Otherwise the name is what stands around the
quantity (端子2万只 · 50套手板 · 40 bags of cement), or what is asked for after 询价 or "quote".
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from nlp.matching import Hit
from nlp.page import Page
from nlp.quantities import Quantity
from nlp.reading import Kind
from nlp.segmentation import Word, listed, words_of

PRODUCT = "product"
LONGEST = 12
AT_MOST = 6
BETWEEN = 3
_HAN = "\u4e00-\u9fff"
_NAME = rf"[{_HAN}]{{2,{LONGEST}}}"
# What a name is never made of, however jieba tags it.
_NO_NAME = listed("no_product_han.txt")
_US_OR_YOU = ("贵", "我司", "我厂", "敝", "本公司", "本厂", "弊", "该司", "各位", "尊敬", "以下")
# Hardness, rate, colour, person: the last character of what goods have, not of what they are.
_QUALITIES = frozenset(
    "度率量差性值价期款函色域区部科组室楼司员工师人处点面头脚角货况"
    "事项问题法会类例份次端后前内外中上下味声气话"
)
# 座 in 轴承座: single characters that jieba takes for measure words or verbs.
_ENDINGS = frozenset("座板机器管架盒罩棒圈柜门窗灯泵阀轮轴带布纸桶瓶杯椅桌床膜胶漆油粉线绳网球锁扣盖垫")
_NAME_TAGS = ("n", "vn", "an", "a", "b", "j", "x", "g", "i", "l", "nz", "ng", "eng", "s", "f")
_BEFORE_NUMBER = re.compile(
    rf"(?a)(?P<name>[{_HAN}][{_HAN}]{{0,19}})[\s:：,，]?(?P<spec>[a-z0-9φ#*×.\-/+%℃° ]{{0,24}})[\s:：,，]?$"
)
_AFTER_NUMBER = re.compile(rf"(?a)\s?(?:的|装的?)?(?P<name>{_NAME})")
_ASKED = re.compile(
    rf"(?a)(?:询价|咨询|求购|报价|订购|采购|需求|关于|拟购|选购|想买|想要|要买|想订|订做|定做|需要|换|请问"
    rf"|请报|供应的|采购的|购买的|买的|订的|你们的|你家的?|贵司的?|贵公司的?"
    rf"|这批|该批|那批|这款|那款|这个|那个|本批)[:：\-—\s]?(?P<name>{_NAME})"
)
_SUBJECT = re.compile(
    rf"(?a)^(?P<name>{_NAME}?)(?:询价|报价|需求|采购|订购|订单|咨询|规格|质量|品质|异常|不良|问题|投诉|色差"
    rf"|尺寸|包装|到货|数量|退货|交期|样品|技术|选型|检测|索赔)"
)
_STOP_EN = listed("no_product_latin.txt")
_WORD_EN = rf"(?!(?:{'|'.join(sorted(set(_STOP_EN), key=len, reverse=True))})\b)[a-z][a-z0-9\"'-]*"
_NAME_EN = rf"(?P<name>(?:[a-z0-9][a-z0-9.\"'-]*[0-9][a-z0-9]*\s)?{_WORD_EN}(?:\s{_WORD_EN}){{0,3}})"
_AFTER_NUMBER_EN = re.compile(rf"(?a)\s?(?:of\s)?(?:the\s|your\s|our\s|these\s|those\s|x\s)*{_NAME_EN}")
_ASKED_EN = re.compile(
    rf"(?a)\b(?:rfq|enquiry|inquiry|quotation|quote(?: us)?|price|prices|offer|availability|order"
    rf"|request for quotation|stock|interested in|looking for|supply|sample of|samples of|batch of|lot of"
    rf"|delivery of)"
    rf"(?: for| of|:|-| on)?[\s:]{{1,2}}(?:the\s|your\s|our\s|some\s|these\s|a\s|an\s)*{_NAME_EN}"
)
_NO_NAME_EN = listed("no_product_noun.txt")


def product_of(
    page: Page, kind: Kind, quantity: Quantity | None, hits: Sequence[Hit] = ()
) -> tuple[int, int] | None:
    """Where the name of the main item stands on the page."""
    if own := next((hit for hit in hits if hit.meaning == PRODUCT), None):
        return own.start, own.end
    # The number of a complaint counts faults as often as goods.
    if quantity and kind is not Kind.COMPLAINT and (found := next(_beside(page.folded, quantity), None)):
        return found
    return next(_asked(page), None)


def _beside(folded: str, quantity: Quantity) -> Iterator[tuple[int, int]]:
    before = max(0, quantity.start - 46)
    if found := _BEFORE_NUMBER.search(folded[before : quantity.start]):
        yield from _last_words(folded, before + found.start("name"), before + found.end("name"))
    if found := _AFTER_NUMBER.match(folded, quantity.end):
        yield from _first_words(folded, *found.span("name"))
    if found := _AFTER_NUMBER_EN.match(folded, quantity.end):
        yield from _english(found)


def _asked(page: Page) -> Iterator[tuple[int, int]]:
    """What is asked for by name, if the name comes again: in the subject and the text, or twice."""
    folded = page.folded
    patterns = (_SUBJECT, _ASKED) if page.language != "en" else ()
    for pattern in (*patterns, *((_ASKED_EN,) if page.language != "zh" else ())):
        for found in islice(pattern.finditer(folded, 0, page.subject_end or len(folded)), AT_MOST):
            places = _english(found) if pattern is _ASKED_EN else _first_words(folded, *found.span("name"))
            yield from (place for place in places if folded.count(folded[slice(*place)]) > 1)


def _is_part(word: Word) -> bool:
    return word.text in _ENDINGS or (word.text not in _NO_NAME and word.tag.startswith(_NAME_TAGS))


def _may_lead(word: Word) -> bool:
    """推拉 in 推拉窗: a verb of two characters that describes the thing behind it."""
    return len(word.text) > 1 and word.tag.startswith("v") and word.text not in _NO_NAME


def _last_words(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The name right before a number; 先下 and the like may stand between."""
    words = words_of(folded[start:end], start)
    for _ in range(BETWEEN):
        if words and not _is_part(words[-1]) and (words[-1].text in _NO_NAME or words[-1].tag[0] in "vdrpcu"):
            words.pop()
    kept: list[Word] = []
    for word in reversed(words):
        if not (_is_part(word) or _may_lead(word)):
            break
        kept.append(word)
    yield from _named(list(reversed(kept)))


def _first_words(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The name at the beginning of a piece of Chinese text."""
    kept: list[Word] = []
    for word in words_of(folded[start:end], start):
        if not (_is_part(word) or (not kept and _may_lead(word))):
            break
        kept.append(word)
    yield from _named(kept)


def _named(words: list[Word]) -> Iterator[tuple[int, int]]:
    if not any(word.tag.startswith(("n", "x", "vn", "j", "g")) for word in words):
        return
    start, end = words[0].start, words[-1].start + len(words[-1].text)
    if "".join(word.text for word in words).startswith(_US_OR_YOU) or words[-1].text[-1] in _QUALITIES:
        return
    if 2 <= end - start <= LONGEST:
        yield start, end


def _english(found: re.Match[str]) -> Iterator[tuple[int, int]]:
    words = found["name"].split()
    last = words[-1]
    if _NO_NAME_EN & {words[0], last} or last.endswith(("ly", "ing")) or len(last) < 3 or not last.isalpha():
        return
    yield found.span("name")
