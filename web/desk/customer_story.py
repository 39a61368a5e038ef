"""What was done with requirements and customers, as sentences."""

from typing import Any

from store.tables import AuditLog, customer_code
from web.customer_words import property_state_word, requirement_status_word
from web.i18n import _
from web.review_words import department_word
from web.words import requirement_word


def customer_story(entry: AuditLog) -> str:
    """One line of the log in words; what we have no words for is shown by its name."""
    details = entry.details
    said = (
        _requirement(entry.action, details) if "requirement" in details else _customer(entry.action, details)
    )
    if entry.action == "requirements_carried":
        return _("沿用了以往的 %(count)d 项特殊要求", count=len(details["requirements"]))
    return said or entry.action


def _requirement(action: str, details: dict[str, Any]) -> str | None:
    number = f"SR-{details['requirement']:06d}"
    if action == "requirement_added":
        word = requirement_word(details["category"])
        return _("登记特殊要求 %(number)s（%(category)s）", number=number, category=word)
    if action == "requirement_moved":
        word = requirement_status_word(details["after"])
        return _("特殊要求 %(number)s 改为“%(status)s”", number=number, status=word)
    if action == "requirement_passed":
        words = "、".join(department_word(one) for one in details["departments"])
        return _("特殊要求 %(number)s 传递到 %(departments)s", number=number, departments=words)
    if action == "requirement_received":
        word = department_word(details["department"])
        return _("%(department)s 签收特殊要求 %(number)s", department=word, number=number)
    return {
        "requirement_changed": _("修改特殊要求 %(number)s", number=number),
        "requirement_reported": _("已把特殊要求 %(number)s 的执行情况告知客户", number=number),
        "requirement_withdrawn": _("撤销特殊要求 %(number)s", number=number),
        "requirement_brought_back": _("恢复特殊要求 %(number)s", number=number),
    }.get(action)


def _customer(action: str, details: dict[str, Any]) -> str | None:
    if action == "property_state":
        return _("顾客财产改为“%(state)s”", state=property_state_word(details["after"]))
    if action == "customers_merged":
        return _("并入客户 %(code)s", code=customer_code(details["merged"]))
    return {
        "customer_added": _("新建客户"),
        "customer_changed": _("修改客户资料"),
        "customers_imported": _("导入客户"),
        "contact_added": _("添加联系人"),
        "contact_changed": _("修改联系人"),
        "contact_moved": _("转入联系人"),
        "chat_code_made": _("为联系人生成了聊天代码"),
        "chat_recognised": _("对方用聊天代码确认为该联系人"),
        "address_added": _("添加联系方式"),
        "address_removed": _("删除联系方式"),
        "move_undone": _("撤销合并或转移"),
        "property_registered": _("登记顾客财产"),
        "property_told": _("已把财产情况告知客户"),
        "market_noted": _("记录市场信息"),
        "visit_planned": _("计划回访"),
        "visit_unplanned": _("取消计划的回访"),
        "visit_made": _("记录回访"),
        "visit_confirmed": _("客户确认回访记录"),
        "plan_made": _("编制客户服务年度计划"),
    }.get(action)
