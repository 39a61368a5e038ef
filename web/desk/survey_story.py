"""What followed from surveys, as sentences of the log."""

from store.tables import AuditLog
from web.i18n import _


def told(entry: AuditLog) -> str | None:
    """One line in words; None for what is not of surveys."""
    details = entry.details
    if entry.action == "survey_followed":
        return _(
            "满意度调查 %(period)s 结束后：开出 %(opened)d 项改进措施，复测 %(remeasured)d 项",
            period=details.get("period", ""),
            opened=details.get("opened", 0),
            remeasured=details.get("remeasured", 0),
        )
    if entry.action in ("survey_target_set", "survey_target_revised"):
        return _(
            "满意度目标由 %(before)s 改为 %(after)s",
            before=_number(details.get("before")),
            after=_number(details.get("after")),
        )
    if entry.action == "survey_improvement_told":
        return _("把改进情况告知 %(told)d 位客户联系人", told=details.get("told", 0))
    return {
        "survey_target_kept": _("满意度高于目标：写明原因，目标不改"),
        "survey_action_planned": _("填写满意度改进措施"),
        "survey_action_done": _("完成一项满意度改进措施"),
        "survey_action_dropped": _("确认一项满意度改进无需措施"),
        "survey_action_reopened": _("重新处理一项满意度改进措施"),
        "survey_meeting_held": _("记录满意度偏低的会议结论"),
    }.get(entry.action)


def _number(value: float | None) -> str:
    return _("无") if value is None else f"{value:g}"
