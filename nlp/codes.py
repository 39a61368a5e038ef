"""Numbers that name something: order, contract and part numbers. RFQ, RMA, lots and standards are neither."""

import re
from dataclasses import dataclass

from nlp.page import Page
from nlp.reading import Kind

_CODE = re.compile(
    r"(?=[A-Z\d#])(?<![A-Za-z0-9.@/&_+-])(?:P\.?O\.?\s?#\s?|PO\s|PI\s|#\s?)?"
    r"(?P<code>(?=[A-Z\d./-]{0,12}(?:[\u4e00-\u9fff]-?)?\d)"
    r"[A-Z\d]+(?:[-/.][A-Z\d]+|-[\u4e00-\u9fff]\d*)*)(?![A-Za-z0-9%℃°#])"
)
# 皖交采字〔2024〕58号: how authorities number their contracts.
_DOCUMENT_NO = re.compile(r"(?:合同|订单)?(?:编号|号)?(?P<code>[\u4e00-\u9fff]{2,6}〔\d{4}〕\d{1,6}号)")
_ORDER_WORD = re.compile(
    r"(?:\bp\.?o\.?|订单|订单号|订单编号|合同|合同号|合同编号|采购单|协议|协议号|order|order no"
    r"|order number|contract"
    r"|blanket|release \d+ of|单号|订购单|订购函|编号|项下|cancel|请按|执行|under|against"
    r"|purchase order|下单|our ref"
    r"|amendment to|采购申请)[\s:：#.,\-—（(【]*(?:no\.?|number|号)?\s?[:：#]?\s?$",
    re.IGNORECASE,
)
_ORDER_AFTER = re.compile(
    r"^[\s#]{0,2}(?:的|项下|未交|中|这批|那批|这单|这张|那单|那张|张单|单子|的?订单|取消|追加|再"
    r"|下单|到货|共|应交|预计|项下|先|麻烦|改|可以排|的?排产"
    r"|的?发票|的?交期|现在"
    r"|release|schedule|confirm|annual|status|shipping|call-off|\S{0,3}请|第\d+行|合同|约定|already"
    r"|was|is"
    r"|still|already|is still|will|bore|首|应)",
    re.IGNORECASE,
)
_NOT_ORDER = re.compile(
    r"(?:rfq|rma|quotation|quote|offer|报价单?|询价|批次|批号|lot|ncr|scar|car|8d|证书|证书号"
    r"|invoice|invoices|发票"
    r"|发票号|图号|料号|型号|part|part no|drawing"
    r"|item|件号|品号|品名|规格|ticket|工单|tel|电话|手机|fax|传真|分机|ext|enquiry|inquiry|送货单"
    r"|waybill|运单|note|dm"
    r"|memo|chargeback|cn|crate"
    r"|unit|revision|rev|色号|ral|pantone|标准|gb|iso|iec|en|ul|din|astm|vda|jis|class|level|grade|room"
    r"|gate|dock|week|wk|page|section|line|row|clause|q|sn|cap|s/n|材质|材料|模号"
    r"|account|acct|帐号|账号|税号|不合格单编号|申诉|案件|工程|站|楼|栋|号楼|批|炉号|date code|周期"
    r"|序列号|版本|software"
    r"|固件)[\s:：#.]*(?:no\.?|number|号|编号)?\s?[:：#]?\s?$",
    re.IGNORECASE,
)
_PART_WORD = re.compile(
    r"(?:料号|图号|型号|件号|品号|物料号|零件号|part|part no\.?|part number|p/n|pn|drawing|dwg|item"
    r"|mpn)[\s:：#.]*$",
    re.IGNORECASE,
)
_PART_WORDS = re.compile(r"[料图型件品物]号|p/?n|part|drawing|dwg|item|mpn")
_SPEC = re.compile(
    r"(?:IP\d|M\d+(?:X|×|$)|V-?\d|A\d-\d|PA\d|PP|GB|ISO|IATF|IEC|UL\d|EN\d|DIN|SAE|UN\d|RAL|HRC"
    r"|P\d+\.?\d*$|PC\d|Q\d{3}|DX\d|DC\d|ADC|SKD|SMD|SS\d|K\d$|T\d$|C\d$|D\d$|[ABCD]\d$|R\d$|H\d$"
    r"|W\d$"
    r"|VDI|FR-?\d|RS\d|R-\d{3}$|AQL|CPK|\d+(?:K|W|V|A|G|M|MM|KG|CM|T|PCS|PC|L|ML|NM|HZ|F|P|C"
    r"|X\d+.*)$|\d{1,2}/\d{1,2}$|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$|8D$|5WHY|3D$|2D$|COVID|B2B|4G|5G"
    r"|TS\d|\d+\.\d+$|\d+-\d+$|C0?-?=|CE\d|LM\d{2}$|BGA|DVD|MP\d$|H\.26)",
)
_PHONE_OR_YEAR = re.compile(r"20\d\d$|19\d\d$|1[3-9]\d{9}$|0\d{2,3}-\d{7,8}|\d{3,4}-\d{4}")
# A number before a unit is a quantity, a size or a date.
_MEASURED = re.compile(
    r"\s?(?:mm|kg|v\b|w\b|pcs|件|个|套|台|片|只|元|万|块|箱|条|卷|支|张|根|米|%|吨|度|天|年|月|日|号|nit|小时"
    r"|x|×|\*|ppm|hours|days|am|pm)"
)


@dataclass(frozen=True, slots=True)
class Code:
    """A number with letters at a place of the page."""

    start: int
    end: int


def order_no_of(page: Page, kind: Kind) -> Code | None:
    """The order or contract number spoken of; None when no code is clearly one."""
    if "〔" in page.visible and (document := _DOCUMENT_NO.search(page.visible)):
        return Code(*document.span("code"))
    best: tuple[float, Code] | None = None
    for place, found in enumerate(_CODE.finditer(page.visible)):
        if place > 60:
            break
        worth = _order_worth(page, found, kind)
        if worth >= 2 and (best is None or worth > best[0]):
            best = worth, _with_po(found)
    return best[1] if best else None


def part_no_of(page: Page, order: Code | None) -> Code | None:
    """The part number, where the text says that it is one."""
    if not _PART_WORDS.search(page.folded):
        return None
    for place, found in enumerate(_CODE.finditer(page.visible)):
        if len(found["code"]) < 4:
            continue
        start, end = found.span("code")
        if place > 60 or (order and start < order.end and order.start < end):
            continue
        if _PART_WORD.search(page.folded[max(0, start - 14) : start]):
            return Code(start, end)
    return None


def _order_worth(page: Page, found: re.Match[str], kind: Kind) -> float:
    start, end = found.span("code")
    code = found["code"]
    if len(code) < 3 or _MEASURED.match(page.folded, end) or _PHONE_OR_YEAR.match(code):
        return 0
    before, after = page.folded[max(0, start - 18) : start], page.folded[end : end + 8]
    named = bool(_ORDER_WORD.search(before)) or found[0] != code or "PO-" in code
    if not named and _SPEC.match(code):
        return 0
    follows = bool(_ORDER_AFTER.match(after))
    repeated = page.visible.count(code) > 1
    if (
        code.isdigit()
        and not named
        and len(code) < 9
        and not ((follows or repeated or start < 3) and len(code) >= 4)
    ):
        return 0
    if _NOT_ORDER.search(before) and not found[0].upper().startswith("P"):
        return 0
    worth = 3.0 * named + 1.5 * follows
    if "-" in code or "/" in code or (code.isdigit() and len(code) >= 9):
        worth += 1.0
    if re.match(r"[A-Z]", code):
        worth += 0.4
    if re.search(r"-\d{3,}$", code):
        worth += 0.5
    worth += 0.8 * (start < page.subject_end)
    worth += {Kind.ORDER: 1.0, Kind.COMPLAINT: 0.4, Kind.INQUIRY: 0.0}.get(kind, 0.0)
    worth += 0.4 * repeated
    worth -= 2.0 * bool(_PART_WORD.search(before))
    return worth


def _with_po(found: re.Match[str]) -> Code:
    """PO 30188 and PO#7741 are written with their PO, a number with letters of its own without."""
    start, end = found.span("code")
    if found[0].startswith(("PO#", "PO #", "PI ")) or (
        found[0].startswith("PO ") and found["code"][0].isdigit()
    ):
        start = found.start()
    return Code(start, end)
