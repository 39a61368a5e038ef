"""The few questions that help with an order or a complaint, and what a message says of them by itself."""

import re
from collections.abc import Collection, Mapping

from intake.arrive import Said
from nlp.reading import Kind, Reading

WHO = "who"  # name and company: of strangers only, once
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    Kind.INQUIRY: (WHO,),
    Kind.ORDER: ("product", "quantity", "due_on", "address", "payment", WHO),
    Kind.COMPLAINT: ("order_no", "purchased_on", "defect", "photos", "demand", WHO),
}
SURE = 0.5  # how a message was read; below it we do not build on it
LONGEST = 500  # characters of an answer that are remembered; the message has them all
_DEFECTS = tuple(f"wrong.{name}" for name in ("broken", "surface", "size", "works", "short", "item", "late"))
_DEMANDS = ("wrong.demand", "moderate.return", "severe.claim")
# Words that settle a question, where the reader has no entity for it.
_SAID = {
    "quantity": re.compile(
        r"(?i)[\d一二两兩三四五六七八九十百千万萬.,]+ ?"
        r"(件|个|個|套|只|台|箱|吨|噸|米|片|根|条|對|对|pcs\b|sets?\b|units?\b)"
    ),
    "payment": re.compile(
        r"(?i)(月结|月結|现结|預付|预付|电汇|電匯|信用证|信用證|货到付款|款到发货|T/?T\b|L/C\b|\bnet \d+)"
    ),
    "address": re.compile(
        r"(?i)((送|发|發|寄|运)(到|至|往)\S{2,}|(收货|送货|交货)地址"
        r"|\b(ship|deliver(ed)?|send (it|them)) to\b)"
    ),
    WHO: re.compile(
        r"(?i)(我[们們]?(是|叫|这边是|這邊是)|这里是|這裡是).{0,20}(公司|厂|廠|集团|集團|贸易|貿易|科技|机械|機械|有限)"
        r"|\b(I am|I'm|this is|my name is)\b.{2,40}\b(from|of|at|with)\b"
    ),
    "purchased_on": re.compile(
        r"(?i)((上个?月|上周|去年|昨天|前天|\d+ ?月(\d+ ?[日号])?|\d+ ?天前)[^，。,.]{0,8}"
        r"(买|購|购|订|收到|到货)"
        r"|\b(bought|purchased|received|delivered)\b.{0,20}\b(on|in|last|yesterday|ago)\b)"
    ),
    "demand": re.compile(
        r"(?i)(退货|退貨|换货|換貨|退款|返修|补发|補發"
        r"|赔偿|賠償|8D|\brefund\b|\breplace|\brepair|\bsend back\b)"
    ),
}
_SKIPS = re.compile(r"(?i)(跳过|跳過|不知道|不清楚|不确定|暂时没有|skip|no idea|don'?t know)[。.!！~]*")
_ENOUGH = re.compile(
    r"(?i)(够了|夠了|就这些|就這些|没有了|没了|([别別]|不用|不要)再?[问問]了|enough"
    r"|that'?s all|no more( questions)?)[。.!！~]*"
)
_ASKS_BACK = re.compile(r"[?？]\s*$|(吗|嗎|呢|么|多少钱|什么意思)[。.!！]?\s*$")
_CHANGES = re.compile(
    r"(?i)不是.+(而是|是|应该是|應該是).+|^(不对|不對|说错|說錯|写错|寫錯|更正)|改(成|为|為)"
    r"|^(correction:|actually|sorry,|i meant|make it)|\bnot .+[,;] ?(but )?\w+|\binstead\b"
)
_NOTE = re.compile(r"\[[^\[\]\n]*\]")
_PLACE = re.compile(r"-?\d+\.\d+, -?\d+\.\d+")
_TAKEN_BACK = re.compile(r"(?i)不是(.+?)[，, ]*(?:而是|是|应该|應該)|\bnot (.+?)[,;]")
_NUMBER = re.compile(r"[\d一二两兩三四五六七八九十百千万萬]")
_ANOTHER = re.compile(
    r"(?i)(对了|對了)?[，, ]*(还有|還有|另外|再)(有)?(一)?(个|個|件)?(事|事情|问题|問題)[。.，,!！~]*"
    r"|(one more|another) (thing|question|matter)[.!,]*"
)
_HELLO = re.compile(
    r"(?i)((你|您)?好(啊|呀)?|在吗|在嗎|在不在|早(上好|安)?|(上|中|下)午好|晚上好|哈喽|请问|請問"
    r"|hi|hello|hey|good (morning|afternoon|evening)|[\s，,。.!！?？~])+"
)
_CALLED = re.compile(
    r"[\u4e00-\u9fff](工|总|總|经理|經理|先生|女士|小姐|主任|师傅|師傅|公司|集团|集團)(?![\u4e00-\u9fff])"
    r"|\b(Mr|Mrs|Ms|Dr|Ltd|Inc|Co|GmbH|LLC|Corp)\b"
)
# A channel notes what came without words: [语音 0:12].
_NOTES = re.compile(r"(\s*\[[^\[\]\n]*\])*\s*")
# Words of somebody who is past being asked questions.
_ANGRY = re.compile(
    r"(?i)(太差|太烂|太爛|太过分|太過分|太离谱|太離譜|离谱|垃圾|骗子|騙子|骗人|騙人|气死|氣死|火大|忍无可忍|忍無可忍"
    r"|受够|受夠|什么破|什麼破|坑人|坑我们|搞什么|搞什麼|不可理喻|投诉你们|投訴你們|(立刻|马上|馬上|必须|必須)[给給].{0,6}[说說]法"
    r"|给(我们)?(个|一个)说法|給(我們)?(個|一個)說法|[!！]{2,}"
    r"|\b(unacceptable|outrageous|furious|disgusting|rubbish|garbage|worst|ridiculous|fed up|scam)\b)"
)
_PERSON = re.compile(
    r"(?i)(转|轉|找|要|接)(一下|个|個)?(人工|真人)|人工客服"
    r"|(找|叫|让|讓|换|換)(一?[个個]|你们|你們)?(活人|真人|人)(来|來)?(说|說|聊|谈|談|跟我|回|接|处理|處理)"
    r"|有(没有|沒有)?真?人在?(吗|嗎)|\b(human|real person|speak (to|with) (a|some))"
)


def open_question(kind: str, settled: Collection[str]) -> str | None:
    """The first question of this kind of case that nobody has answered or skipped."""
    return next((one for one in QUESTIONS.get(kind, ()) if one not in settled), None)


def said_of(reading: Reading, text: str, *, files: bool) -> dict[str, str]:
    """What a message says of the questions, asked or not: its own words."""
    found = reading.entities
    said = {
        "product": found.product or found.part_no,
        "quantity": f"{found.quantity:g} {found.quantity_unit or ''}".strip() if found.quantity else None,
        "due_on": found.due_date_text,
        "order_no": found.order_no,
        "defect": "、".join(dict.fromkeys(_evidence(reading, _DEFECTS))),
        "demand": "、".join(dict.fromkeys(_evidence(reading, _DEMANDS))),
        "photos": "✓" if files else None,
    }
    for question, words in _SAID.items():
        if question == "quantity" and (amount := words.search(text)):
            said[question] = amount[0]  # as it was written: 两万件 may be taken back in the same words
        elif not said.get(question) and words.search(text):
            said[question] = text
    return {question: words[:LONGEST] for question, words in said.items() if words}


def is_skip(text: str) -> bool:
    """跳过, I don't know."""
    return _SKIPS.fullmatch(text.strip()) is not None


def is_enough(text: str) -> bool:
    """够了, that's all."""
    return _ENOUGH.fullmatch(text.strip()) is not None


def asks_back(text: str) -> bool:
    """Whether the customer asks us instead of answering."""
    return _ASKS_BACK.search(text.strip()) is not None


def is_no_answer(text: str, question: str) -> bool:
    """Whether it is only a note of what was sent without words; a place answers where to deliver."""
    return _NOTE.fullmatch(text) is not None and not (question == "address" and _PLACE.search(text))


def changes_mind(text: str) -> bool:
    """不是两万，是三万: a newer word for something said before."""
    return len(text) <= 200 and _CHANGES.search(text.strip()) is not None


def meant(text: str, known: Mapping[str, str], answered: str | None) -> str:
    """Which of the answers a changed mind takes back: the one it names, a number, or the last."""
    taken_back = _TAKEN_BACK.search(text)
    old = (taken_back[1] or taken_back[2]).strip() if taken_back else ""
    named = next((question for question, words in known.items() if old and old in words), None)
    if named is None and "quantity" in known and _NUMBER.search(text):
        named = "quantity"
    return named or answered or list(known)[-1]


def announces_another(text: str) -> bool:
    """还有个事, and nothing yet of what it is."""
    return _ANOTHER.fullmatch(text.strip()) is not None


def wants_person(text: str) -> bool:
    """转人工, in a line that says little else."""
    return len(text) <= 40 and _PERSON.search(text) is not None


def is_hello(text: str) -> bool:
    """在吗: nothing yet of what it is about."""
    return _HELLO.fullmatch(text.strip()) is not None


def answers_who(text: str, reading: Reading) -> bool:
    """Whether the words may be a name: somebody is introduced, or we are sure of nothing else in them."""
    if _SAID[WHO].search(text) or _CALLED.search(text):
        return True
    says_nothing = reading.kind == Kind.OTHER or reading.confidence < SURE
    return len(text) <= 60 and says_nothing and not reading.requirements and reading.entities.quantity is None


def is_angry(text: str) -> bool:
    """太过分了！！: whoever writes so wants to be heard, not asked."""
    return _ANGRY.search(text) is not None


def wordless(said: Said) -> str | None:
    """What somebody sent instead of words: voice, photo or file; None if there are words."""
    if not said.files or not _NOTES.fullmatch(said.text):
        return None
    sort = said.files[0].type.partition("/")[0]
    return {"audio": "voice", "image": "photo"}.get(sort, "file")


def _evidence(reading: Reading, rules: tuple[str, ...]) -> list[str]:
    return [one.text for one in reading.evidence if one.rule.startswith(rules)]
