"""The words for our lists: kinds, severities, channels and the rest, in the language of the request."""

from collections.abc import Callable

from web.i18n import _


def kind_word(kind: str) -> str:
    """咨询, 订单, 投诉, 建议, 其他."""
    return {
        "inquiry": _("咨询"),
        "order": _("订单"),
        "complaint": _("投诉"),
        "suggestion": _("建议"),
        "other": _("其他"),
    }.get(kind, kind)


def severity_word(severity: str) -> str:
    """轻度, 中度, 重度."""
    return {"light": _("轻度"), "moderate": _("中度"), "severe": _("重度")}.get(severity, severity)


def status_word(status: str) -> str:
    """The state of a case."""
    return {
        "open": _("待答复"),
        "replied": _("已答复"),
        "closed": _("已关闭"),
        "filed": _("归档"),
        "all": _("全部"),
    }.get(status, status)


def channel_word(channel: str) -> str:
    """The way in or out."""
    return {
        "email": _("邮件"),
        "telegram": "Telegram",
        "webchat": _("网页聊天"),
        "wecom": _("企业微信"),
        "phone": _("电话"),
        "fax": _("传真"),
        "letter": _("信函"),
        "visit": _("拜访"),
        "onsite": _("客户上门"),
        "media": _("媒体"),
        "desk": _("工作台"),
    }.get(channel, channel)


def requirement_word(category: str) -> str:
    """A category of special requirement; one that the company added is shown as it is."""
    return {
        "material": _("材料"),
        "dimension": _("尺寸"),
        "appearance": _("外观"),
        "performance": _("性能"),
        "measurement": _("测量"),
        "environment": _("环保"),
        "regulation": _("法规标准"),
        "supplier": _("指定供应商"),
        "packaging": _("包装"),
        "labelling": _("标识追溯"),
        "delivery": _("交付"),
        "ppap": _("首件/PPAP"),
        "warranty": _("质保"),
        "payment": _("付款/价格"),
        "confidentiality": _("保密"),
        "other": _("其他要求"),
    }.get(category, category)


def customer_status_word(status: str) -> str:
    """现有 or 潜在."""
    return {"existing": _("现有客户"), "potential": _("潜在客户")}.get(status, status)


def role_word(role: str) -> str:
    """The role of one of our people."""
    return {
        "sales": _("销售"),
        "head": _("部门主管"),
        "quality": _("品质"),
        "reviewer": _("评审"),
        "manager": _("总经理"),
        "admin": _("管理员"),
    }.get(role, role)


def language_word(language: str) -> str:
    """The language a customer writes."""
    return {"zh": _("简体中文"), "zh-Hant": _("繁体中文"), "en": _("英文")}.get(language, language)


def entity_word(name: str) -> str:
    """What a message names."""
    return {
        "product": _("产品"),
        "part_no": _("料号"),
        "order_no": _("订单号"),
        "quantity": _("数量"),
        "due_date": _("交期"),
        "claim_amount": _("索赔金额"),
    }.get(name, name)


def auto_word(kind: str) -> str:
    """What kind of automatic message."""
    return {
        "auto_reply": _("自动回复"),
        "bounce": _("退信"),
        "receipt": _("回执"),
        "bulk": _("群发"),
        "loop": _("循环邮件"),
    }.get(kind, kind)


FILTERS: dict[str, Callable[[str], str]] = {
    function.__name__: function
    for function in (
        kind_word,
        severity_word,
        status_word,
        channel_word,
        requirement_word,
        customer_status_word,
        role_word,
        language_word,
        entity_word,
        auto_word,
    )
}
