"""The words for plans of surveys, in the language of the request."""

from collections.abc import Callable

from web.i18n import _


def rhythm_word(rhythm: str) -> str:
    """How often a plan asks."""
    return {
        "half_yearly": _("每半年"),
        "yearly": _("每年"),
        "quarterly": _("每季度"),
        "once": _("一次"),
        "event": _("事情发生后"),
    }.get(rhythm, rhythm)


def event_word(event: str) -> str:
    """What a plan asks after."""
    return {
        "project_done": _("合同完成"),
        "complaint_closed": _("投诉关闭"),
        "new_product": _("新产品上市半年内下单"),
        "service_order": _("上门服务完成"),
    }.get(event, event)


def audience_word(audience: str) -> str:
    """Whom a plan asks."""
    return {
        "all": _("全部现有客户"),
        "sample": _("随机抽样"),
        "owner": _("某位同事的客户"),
        "product": _("买过某产品的客户"),
    }.get(audience, audience)


def plan_word(state: str) -> str:
    """How far a plan is."""
    return {"draft": _("待批准"), "approved": _("已批准，自动执行"), "ended": _("已停止")}.get(state, state)


FILTERS: dict[str, Callable[..., str]] = {
    word.__name__: word for word in (rhythm_word, event_word, audience_word, plan_word)
}
