"""What the message is about: the name of the main item, in the customer's words. Better none than a wrong one.

Products of the company's own lexicon (`[product]`) come first. Otherwise the name is what stands around the
quantity (端子2万只 · 50套手板 · 40 bags of cement), after 询价 or "quote", or what is said to be faulty.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from nlp.matching import Hit
from nlp.page import Page
from nlp.quantities import Quantity
from nlp.reading import Kind
from nlp.segmentation import Word, words_of

PRODUCT = "product"
LONGEST = 12
AT_MOST = 6
BETWEEN = 3
_HAN = "\u4e00-\u9fff"
_NAME = rf"[{_HAN}]{{2,{LONGEST}}}"
# What a name is never made of, however jieba tags it.
_NO_NAME = frozenset(
    ["订购", "采购", "购买", "需要", "下单", "安排", "追加", "增加", "生产", "制作", "确认", "麻烦", "请问", "想要", "订货", "发货", "送货", "交货", "补货", "补发", "报价", "询价", "咨询", "了解", "数量", "单价", "价格", "总数", "合计", "一共", "全部", "左右", "大概", "收到", "到货", "送来", "发来", "订单", "合同", "客户", "我司", "贵司", "贵公司", "公司", "我们", "你们", "他们", "咱们", "您好", "你好", "老板", "经理", "师傅", "现场", "仓库", "门店", "工地", "项目", "今天", "昨天", "明天", "上次", "这次", "本次", "此次", "本批", "这批", "那批", "该批", "首批", "批次", "电话", "来电", "语音", "记录", "反馈", "投诉", "问题", "质量", "样品", "样件", "现货", "库存", "货物", "货", "产品", "商品", "东西", "附件", "图纸", "要求", "规格", "型号", "尺寸", "颜色", "交期", "运费", "发票", "款式", "同款", "原来", "之前", "老样子", "个", "的", "了", "和", "及", "与", "或", "请", "要", "订", "定", "买", "拿", "做", "加", "补", "发", "送", "来", "先", "再", "共", "还", "有", "在", "给", "把", "被", "为", "是", "从", "到", "里", "中", "外", "只", "另", "各", "每", "约", "近", "急", "需", "购", "供应", "提供", "希望", "可以", "能", "能否", "是否", "帮", "帮忙", "帮我", "给我", "领导", "同事", "采购部", "品质部", "其中", "抽检", "发现", "存在", "出现", "关于", "正式", "紧急", "情况", "说明", "通知", "首件", "首样", "试产", "量产", "打样", "小姐", "先生", "女士", "记者", "转接", "夜间", "致", "函", "事宜", "申请", "投产", "合格", "材质", "律师", "意见", "空运", "上线", "通电", "供货", "播放", "阅读", "标签", "包装", "标识", "手续", "数据", "结果", "服务", "运输", "物流", "检测", "检验", "测试", "白色", "黑色", "灰色", "红色", "蓝色", "先发", "剩余", "其余", "同样", "普通", "加急", "正常", "工作", "用量", "财务", "厂家", "司机", "市场部", "工程部", "部门", "工程", "时候", "时间", "拜访", "纪要", "产线", "流水线", "装配", "报告", "证书", "包装", "外观", "表面", "位置", "责任", "责任书", "目录", "条款", "付款", "账期", "条件", "调整", "标准", "协议", "资料", "业务", "主管", "品质", "科", "部", "厂", "同学", "女儿", "孩子", "用户", "朋友", "领班", "班长", "家", "人", "年", "月", "日", "天", "前", "后", "上", "下", "老", "新", "开", "退", "换", "返单", "翻单", "加急"]
)
_US_OR_YOU = ("贵", "我司", "我厂", "敝", "本公司", "本厂", "弊", "该司", "各位", "尊敬", "以下")
# Hardness, rate, colour, person: the last character of what goods have, not of what they are.
_QUALITIES = "度率量差性值价期款函色域区部科组室楼司员工师人处点面头脚角货况事项问题法会类例份次端后前内外中上下味声气话"
_NAME_TAGS = ("n", "vn", "an", "a", "b", "j", "x", "g", "i", "l", "nz", "ng", "eng", "s", "f")
_BEFORE_NUMBER = re.compile(
    rf"(?P<name>[{_HAN}][{_HAN}]{{0,19}})[\s:：,，]?(?P<spec>[a-z0-9φ#*×.\-/+%℃° ]{{0,24}})[\s:：,，]?$"
)
_AFTER_NUMBER = re.compile(rf"\s?(?:的|装的?)?(?P<name>{_NAME})")
_ASKED = re.compile(
    rf"(?:询价|咨询|求购|报价|订购|采购|需求|关于|拟购|选购|想买|想要|要买|想订|订做|定做|需要|换|请问|请报|供应的|采购的|购买的|买的|订的|你们的|你家的?|贵司的?|贵公司的?"
    rf"|这批|该批|那批|这款|那款|这个|那个|本批)[:：\-—\s]?(?P<name>{_NAME})"
)
_SUBJECT = re.compile(
    rf"^(?P<name>{_NAME}?)(?:询价|报价|需求|采购|订购|订单|咨询|规格|质量|品质|异常|不良|问题|投诉|色差|尺寸|包装|到货|数量|退货|交期|样品|技术|选型|检测|索赔)"
)
_STOP_EN = ["and", "or", "to", "in", "on", "at", "by", "from", "is", "are", "was", "were", "for", "with", "if", "as", "we", "you", "i", "he", "she", "they", "per", "but", "than", "when", "that", "this", "it", "please", "which", "will", "can", "could", "have", "has", "had", "who", "where", "how", "what", "so", "not", "do", "does", "did", "after", "before", "until", "till", "because", "since", "via", "net", "due", "asap", "pls", "order", "delivered", "delivery", "shipped", "ship", "each", "all", "both", "our", "your", "my", "their", "the", "a", "an", "these", "those", "of", "up", "under", "over", "again", "also", "only", "just", "still", "including", "incl", "would", "should", "need", "needs", "must", "may", "arrived", "came", "received", "supplied", "show", "shows", "showed", "sent", "there", "about", "against", "within", "without", "into", "made", "be", "been", "being", "get", "got", "now", "today", "tomorrow", "next", "last", "week", "month", "no"]
_WORD_EN = rf"(?!(?:{'|'.join(sorted(set(_STOP_EN), key=len, reverse=True))})\b)[a-z][a-z0-9\"'-]*"
_NAME_EN = rf"(?P<name>(?:[a-z0-9][a-z0-9.\"'-]*[0-9][a-z0-9]*\s)?{_WORD_EN}(?:\s{_WORD_EN}){{0,3}})"
_AFTER_NUMBER_EN = re.compile(rf"\s?(?:of\s)?(?:the\s|your\s|our\s|these\s|those\s|x\s)*{_NAME_EN}")
_ASKED_EN = re.compile(
    rf"\b(?:rfq|enquiry|inquiry|quotation|quote(?: us)?|price|prices|offer|availability|order"
    rf"|request for quotation|stock|interested in|looking for|supply|sample of|samples of|batch of|lot of"
    rf"|delivery of)"
    rf"(?: for| of|:|-| on)?[\s:]{{1,2}}(?:the\s|your\s|our\s|some\s|these\s|a\s|an\s)*{_NAME_EN}"
)
_NO_NAME_EN = frozenset(
    ["more", "ahead", "pls", "please", "like", "leftover", "unusable", "whenever", "first", "two", "three", "four", "six", "twenty", "warranty", "yr", "replenishment", "run", "quality", "large", "small", "black", "white", "red", "blue", "green", "same", "new", "old", "big", "d", "po", "purchase", "quotation", "quote", "invoice", "price", "prices", "lead", "time", "delivery", "shipment", "batch", "lot", "team", "sir", "madam", "dear", "regards", "thanks", "email", "mail", "attached", "drawing", "report", "certificate", "report", "deadline", "driver", "customer", "line", "parts", "part", "items", "item", "pieces", "units", "unit", "goods", "order", "orders", "boxes", "cartons", "pallets", "one", "ones", "same", "usual", "remaining", "first", "second", "third", "whole", "company", "supplier", "goods", "product", "products", "material", "colour", "color", "problem", "issue", "case", "reply", "answer", "question", "quality", "production", "week", "day", "days", "hours"]
)


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
    return word.text not in _NO_NAME and word.tag.startswith(_NAME_TAGS)


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
