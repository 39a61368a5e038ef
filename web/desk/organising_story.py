"""What the company changed in its departments and routes, as sentences."""

from typing import Any

from store.tables import AuditLog
from web.i18n import _
from web.review_words import department_word, money, route_word, signer_word


def told(entry: AuditLog) -> str | None:
    """One line of the log in words; None if it is of another room."""
    details = entry.details
    match entry.action:
        case "route_changed":
            after = _course(details.get("after", {}))
            return _("修改评审方式“%(route)s”：%(after)s", route=_route(details), after=after)
        case "route_reset":
            before = _course(details.get("before", {}))
            return _("评审方式“%(route)s”恢复默认；原为：%(before)s", route=_route(details), before=before)
        case "department_added":
            return _("增加部门“%(name)s”", name=details.get("name", ""))
        case "department_changed":
            return _changed(details)
        case "user_department":
            before, after = (_department(details.get(side)) for side in ("before", "after"))
            name = details.get("name", "")
            return _("%(name)s 的部门由“%(before)s”改为“%(after)s”", name=name, before=before, after=after)
    return None


def _route(details: dict[str, Any]) -> str:
    return route_word(details.get("route", ""))


def _course(course: dict[str, Any]) -> str:
    parts = [_("、").join(map(department_word, course.get("departments", ()))) or _("不征求")]
    parts.append(signer_word(course.get("signer", "")))
    if days := course.get("opinion_days"):
        parts.append(_("%(count)d 个工作日", count=days))
    if cents := course.get("limit_cents"):
        parts.append(f"CNY {money(cents)}")
    return _("；").join(filter(None, parts))


def _changed(details: dict[str, Any]) -> str:
    after, name = details.get("after", {}), department_word(details.get("department", ""))
    if "active" in after:
        return _("启用部门“%(name)s”", name=name) if after["active"] else _("停用部门“%(name)s”", name=name)
    return _("修改部门“%(name)s”", name=name)


def _department(key: str | None) -> str:
    return department_word(key) if key else _("按角色")
