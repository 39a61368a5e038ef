"""The words of the complaint form: its sections, fields, steps, and what a CAPA and a notice are made of."""

from typing import Any

from web.i18n import _


def section_word(section: str) -> str:
    """The heading of a section of 客户投诉登记及处理表."""
    return {
        "registration": _("投诉登记"),
        "check": _("库存与生产线确认"),
        "cause": _("责任与原因"),
        "countermeasure": _("处理对策"),
        "stocks": _("四类品处置"),
        "returned": _("退货处理"),
        "effect": _("效果验证"),
    }.get(section, section)


def field_word(field: str) -> str:
    """The label of a field."""
    return {
        "complainant": _("投诉人"),
        "demand": _("投诉要求"),
        "answer_by": _("处理期限"),
        "product": _("产品"),
        "part_no": _("料号"),
        "batch": _("批号"),
        "quantity": _("数量"),
        "defect": _("不良现象"),
        "order_no": _("订购单号"),
        "ordered_on": _("订购日期"),
        "delivered_on": _("供货日期"),
        "in_production": _("正在生产"),
        "stopped": _("已停线"),
        "isolated": _("隔离"),
        "isolated_quantity": _("隔离数量"),
        "samples": _("不良样品"),
        "unit": _("责任单位"),
        "met_on": _("投诉会议日期"),
        "cause": _("原因分析"),
        "prevention": _("再发防止对策"),
        "standard_updated": _("追加到标准文件"),
        "standard": _("标准文件"),
        "countermeasure": _("处理对策"),
        "at_line": _("在制品"),
        "in_stock": _("库存品"),
        "at_customer": _("顾客收到品"),
        "sold_on": _("顾客售出品"),
        "returned_quantity": _("退货数量"),
        "returned_on": _("退回日期"),
        "inspection": _("检验结果"),
        "restocked": _("入库数量"),
        "reworked": _("返工数量"),
        "effect": _("实施效果"),
        "effective": _("有效"),
        "satisfied": _("客户满意"),
        "told_on": _("告知客户日期"),
        "team": _("D1 小组"),
        "problem": _("D2 问题描述"),
        "containment": _("D3 临时措施"),
        "action": _("D5 纠正措施"),
        "implemented": _("D6 实施与确认"),
        "recognition": _("D8 总结"),
    }.get(field, field)


def capa_word(field: str) -> str:
    """The label of a field of the CAPA, by its number in 8D."""
    return {"cause": _("D4 根本原因"), "prevention": _("D7 预防再发")}.get(field) or field_word(field)


def step_word(step: str) -> str:
    """A step of a complaint."""
    return {
        "registered": _("投诉登记"),
        "cause": _("查明原因"),
        "countermeasure": _("对策会签"),
        "replied": _("回复客户"),
        "effect": _("验证效果"),
        "closed": _("签字关闭"),
    }.get(step, step)


def reason_word(reason: str) -> str:
    """Why a nonconformity notice is due."""
    return {
        "stop_use": _("停用"),
        "return": _("退货"),
        "late_supply": _("延误供货"),
    }.get(reason, reason)


def matter_word(matter: str) -> str:
    """What somebody signed."""
    return {
        "countermeasure_sales": _("对策（业务）"),
        "countermeasure_head": _("对策（主管）"),
        "closing": _("关闭投诉"),
    }.get(matter, matter)


WORDS: dict[str, Any] = {
    function.__name__: function
    for function in (section_word, field_word, capa_word, step_word, reason_word, matter_word)
}
