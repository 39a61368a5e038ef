"""The log of a case as sentences: who did what."""

from typing import Any

from store.tables import AuditLog, User
from web.i18n import _
from web.words import kind_word, requirement_word, severity_word


def told(entry: AuditLog, people: dict[int, User]) -> str:
    """One line of the log in words; what we have no words for is shown by its name."""
    details = entry.details
    if entry.action == "assigned":
        return _(
            "负责人由 %(before)s 改为 %(after)s",
            before=_who(details, "before", people),
            after=_who(details, "after", people),
        )
    if entry.action == "corrected":
        return "; ".join(_change(name, change) for name, change in sorted(details.items()))
    return {
        "message_received": _("收到消息"),
        "replied": _("答复客户"),
        "closed": _("关闭了案件"),
        "reopened": _("重新打开"),
        "customer_existing": _("将客户转为现有客户"),
        "colleague_added": _("将发件人加为客户的联系人"),
        "sent_again": _("重新发送"),
        "taken_as_sent": _("确认已经发出"),
    }.get(entry.action, entry.action)


def _who(details: dict[str, Any], side: str, people: dict[int, User]) -> str:
    person = people.get(details.get(side) or 0)
    return person.name if person else _("无人")


def _change(name: str, change: dict[str, Any]) -> str:
    before, after = change.get("before"), change.get("after")
    if name == "kind":
        return _(
            "类别由“%(before)s”改为“%(after)s”", before=kind_word(before or ""), after=kind_word(after or "")
        )
    if name == "severity":
        none = _("无")
        return _(
            "级别由“%(before)s”改为“%(after)s”",
            before=severity_word(before) if before else none,
            after=severity_word(after) if after else none,
        )
    wanted = "、".join(requirement_word(category) for category in after or ()) or _("无")
    return _("特殊要求改为：%(requirements)s", requirements=wanted)
