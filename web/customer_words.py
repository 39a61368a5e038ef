"""The words for requirements, property, the market and visits, in the language of the request."""

from collections.abc import Callable

from web.i18n import _


def requirement_status_word(status: str) -> str:
    """How far a special requirement is."""
    return {"pending": _("待处理"), "in_progress": _("处理中"), "done": _("已完成")}.get(status, status)


def scope_word(scope: str) -> str:
    """What a requirement holds for."""
    return {"customer": _("全部订单"), "product": _("指定产品")}.get(scope, scope)


def priority_word(priority: str) -> str:
    """How pressing a requirement is."""
    return {"high": _("高"), "normal": _("中"), "low": _("低")}.get(priority, priority)


def source_word(source: str) -> str:
    """Where a requirement comes from (S1 4.1.1)."""
    return {
        "stated": _("明示"),
        "implied": _("隐含"),
        "statutory": _("法律法规"),
        "own": _("组织附加"),
    }.get(source, source)


def property_word(kind: str) -> str:
    """What a customer handed over."""
    return {
        "drawing": _("图纸"),
        "sample": _("样品"),
        "tooling": _("模具工装"),
        "material": _("来料"),
        "information": _("资料"),
        "other": _("其他财产"),
    }.get(kind, kind)


def property_state_word(state: str) -> str:
    """What became of it."""
    return {
        "kept": _("在库"),
        "returned": _("已归还"),
        "lost": _("丢失"),
        "damaged": _("损坏"),
    }.get(state, state)


def market_word(topic: str) -> str:
    """What a market note is about (S0)."""
    return {
        "demand": _("需求与特点"),
        "competitor": _("竞争对手"),
        "market": _("市场行情"),
        "feedback": _("使用反馈"),
    }.get(topic, topic)


def visit_word(kind: str) -> str:
    """What the yearly plan plans."""
    return {"visit": _("回访"), "survey": _("满意度调查")}.get(kind, kind)


def service_state_word(state: str) -> str:
    """How far a service order is."""
    return {
        "issued": _("待完成"),
        "done": _("待客户确认"),
        "confirmed": _("客户已确认"),
        "withdrawn": _("已撤销"),
    }.get(state, state)


def finding_word(finding: str) -> str:
    """What was found at the customer's (S2 5.3.2)."""
    return {
        "fault": _("产品质量问题"),
        "misuse": _("使用不当"),
        "neither": _("不涉及"),
    }.get(finding, finding)


def satisfaction_word(level: str) -> str:
    """One of the five levels (S2)."""
    return {
        "very_satisfied": _("非常满意"),
        "satisfied": _("满意"),
        "meets_need": _("满足需要"),
        "dissatisfied": _("不满意"),
        "very_dissatisfied": _("非常不满意"),
    }.get(level, level)


def sheet_word(field: str) -> str:
    """A column of the table that customers are brought in from."""
    return {
        "name": _("客户名称"),
        "own_code": _("客户代码"),
        "status": _("状态"),
        "owner": _("负责人"),
        "contact": _("联系人"),
        "email": _("邮箱"),
        "phone": _("电话"),
        "fax": _("传真"),
        "wecom": _("微信"),
        "language": _("语言"),
        "manner": _("沟通方式"),
        "region": _("区域"),
        "notes": _("备注"),
    }.get(field, field)


FILTERS: dict[str, Callable[[str], str]] = {
    function.__name__: function
    for function in (
        requirement_status_word,
        scope_word,
        priority_word,
        source_word,
        property_word,
        property_state_word,
        market_word,
        visit_word,
        service_state_word,
        finding_word,
        satisfaction_word,
        sheet_word,
    )
}
