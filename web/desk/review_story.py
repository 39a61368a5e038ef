"""What happened to an order and its review, as sentences of the case's log."""

from store.tables import AuditLog
from web.desk import organising_story
from web.i18n import _
from web.review_words import (
    department_word,
    order_field_word,
    review_state_word,
    settlement_word,
    stance_word,
)


def told(entry: AuditLog) -> str | None:
    """One line of the log in words; None if it is of another room."""
    details = entry.details
    number = details.get("review", "")
    department = department_word(details.get("department", ""))
    words = details.get("words", "")
    match entry.action:
        case "order_written":
            return _written(entry)
        case "order_confirmed":
            return _("客户书面确认了订单：%(words)s", words=words)
        case "review_opened":
            return _("发起合同评审 %(number)s", number=number) + _void(details.get("voided"))
        case "opinion_given":
            stance = stance_word(details.get("stance", ""))
            said = _("%(department)s签署意见：%(stance)s", department=department, stance=stance)
            return f"{said} {words}".strip()
        case "question_answered":
            return _("客户答复了%(department)s的问题：%(words)s", department=department, words=words)
        case "review_concluded":
            verdict = review_state_word(details.get("verdict", ""))
            said = _("签署评审结论 %(number)s：%(verdict)s", number=number, verdict=verdict)
            return f"{said} {words}".strip()
        case "review_told":
            return _("将评审结果 %(number)s 告知客户", number=number)
        case "review_agreed":
            return _("客户认可评审结果 %(number)s：%(words)s", number=number, words=words)
        case "minutes_written":
            return _("写下集中评审 %(number)s 的会议记录", number=number)
        case action if action.startswith("settlement_"):
            return _settlement(entry)
        case "order_accepted":
            return _("接受了订单（评审单 %(number)s），通知各部门", number=number)
        case "notice_received":
            return _("%(department)s签收了订单通知", department=department)
        case "progress_noted":
            return _("交付进度：%(words)s", words=words)
        case "quoted":
            return _("报价 %(number)s", number=details.get("quotation", ""))
        case "quotation_settled":
            number = details.get("quotation", "")
            return _("报价 %(number)s 的差异已与客户商定：%(words)s", number=number, words=words)
        case "quotation_refused":
            return _("客户未接受报价 %(number)s", number=details.get("quotation", ""))
        case "outbound_opened":
            return _("主动联系客户，开案")
    return organising_story.told(entry)


def _written(entry: AuditLog) -> str:
    if entry.details.get("first"):
        return _("登记了订单")
    fields = _("、").join(map(order_field_word, entry.details.get("changed", ()))) or _("合同编号")
    return _("修改了订单：%(fields)s", fields=fields) + _void(entry.details.get("voided"))


def _settlement(entry: AuditLog) -> str:
    details = entry.details
    supplier, words = details.get("supplier", ""), details.get("words", "")
    if entry.action == "settlement_opened":
        return _("供应商 %(supplier)s 有异议：%(words)s", supplier=supplier, words=words)
    if entry.action == "settlement_worded":
        return _("与供应商 %(supplier)s 三方商定：%(words)s", supplier=supplier, words=words)
    if entry.action == "settlement_reopened":
        return _("与供应商 %(supplier)s 重新协调", supplier=supplier)
    state = settlement_word(details.get("state", ""))
    if entry.action == "settlement_ended":
        said = _("与供应商 %(supplier)s 的异议：%(state)s", supplier=supplier, state=state)
        return f"{said} {words}".strip()
    who = _("客户") if details.get("side") == "customer" else _("供应商")
    return _("%(who)s确认了三方商定的要求：%(words)s", who=who, words=words)


def _void(number: str | None) -> str:
    return _("；评审 %(number)s 作废", number=number) if number else ""
