"""The log of a case as sentences: who did what."""

from typing import Any

from store.tables import AuditLog, User
from web.customer_words import finding_word, satisfaction_word
from web.desk import review_story, survey_story
from web.desk.complaint_words import field_word, matter_word, section_word
from web.desk.customer_story import customer_story
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
    if entry.action == "took_turn":
        return _("轮到 %(after)s 负责", after=_who(details, "after", people))
    if entry.action == "corrected":
        return "; ".join(_change(name, change) for name, change in sorted(details.items()))
    if entry.action == "complaint_filled":
        section = section_word(details.get("section", ""))
        fields = "、".join(field_word(field) for field in details.get("fields", ()))
        return _("填写投诉表“%(section)s”：%(fields)s", section=section, fields=fields)
    if entry.action == "complaint_signed":
        return _("签字：%(matter)s", matter=matter_word(details.get("matter", "")))
    if entry.action == "interim":
        return _(
            "先行答复：答应 %(final_by)s 前最终答复；会同 %(departments)s；%(detail)s",
            final_by=details.get("final_by", ""),
            departments=details.get("departments", ""),
            detail=details.get("detail", ""),
        )
    if entry.action.startswith("service_order_"):
        return _service_order(entry.action, details)
    if entry.action in ("own_day_added", "own_day_removed"):
        return _own_day(entry)
    if said := review_story.told(entry) or survey_story.told(entry):
        return said
    return {
        "signed_in": _("登录"),
        "signed_out": _("退出"),
        "sign_in_failed": _("登录失败"),
        "language_chosen": _("更换界面语言"),
        "preferences_changed": _("修改了自己的设置"),
        "chat_tied": _("绑定了自己的 Telegram"),
        "chat_untied": _("解除了 Telegram 绑定"),
        "chat_taken_along": _("访客在另一台设备上继续了网页沟通"),
        "chat_mail_left": _("网页访客留下了邮箱"),
        "chat_mail_removed": _("网页访客撤回了邮箱"),
        "view_saved": _("保存了视图“%(name)s”", name=details.get("name", "")),
        "view_removed": _("删除了视图“%(name)s”", name=details.get("name", "")),
        "canned_saved": _("保存了常用答复“%(name)s”", name=details.get("name", "")),
        "canned_removed": _("删除了常用答复“%(name)s”", name=details.get("name", "")),
        "user_added": _("添加了同事"),
        "incoming_retried": _("重新处理隔离的消息"),
        "not_delivered": _("消息未能送达"),
        "person_wanted": _("客户在聊天里要求找人工"),
        "grave_complaint": _("聊天里有严重或情绪激动的投诉：已道歉，已通知同事接手"),
        "questionnaire_copied": _("复制为本公司的问卷“%(name)s”", name=details.get("name", "")),
        "questionnaire_saved": _(
            "修改了问卷“%(name)s”，第 %(version)s 版",
            name=details.get("name", ""),
            version=details.get("version", ""),
        ),
        "deliveries_entered": _("填写了 %(month)s 的交付数据", month=details.get("month", "")),
        "survey_planned": _("拟定了满意度调查计划"),
        "survey_plan_changed": _("修改了满意度调查计划"),
        "survey_plan_ended": _("停止了满意度调查计划"),
        "survey_plan_approved": _("批准了满意度调查计划和问卷"),
        "survey_opened": _("满意度调查开始发放"),
        "survey_paused": _("暂停了满意度调查"),
        "survey_resumed": _("恢复了满意度调查"),
        "survey_extended": _("延长了满意度调查"),
        "survey_closed": _("满意度调查结束"),
        "survey_answered": _("客户答复了满意度调查"),
        "survey_entered": _("录入了客户的满意度答复"),
        "surveys_refused": _("联系人不再接收满意度调查"),
        "surveys_allowed": _("联系人重新接收满意度调查"),
        "message_received": _("收到消息"),
        "replied": _("答复客户"),
        "noted": _("写了内部备注"),
        "closed": _("关闭了案件"),
        "reopened": _("重新打开"),
        "customer_existing": _("将客户转为现有客户"),
        "colleague_added": _("将发件人加为客户的联系人"),
        "sent_again": _("重新发送"),
        "taken_as_sent": _("确认已经发出"),
        "draft_proposed": _("提交答复，等待确认"),
        "draft_edited": _("修改答复，重新等待确认"),
        "draft_sent_back": _("退回答复"),
        "draft_withdrawn": _("撤回待确认的答复"),
        "reply_confirmed": _("确认答复"),
        "loss_declared": _("列为重大损失：%(reason)s", reason=details.get("reason", "")),
        "loss_lifted": _("撤销重大损失"),
        "loss_reviewed": _("签字：重大损失评审的会议记录"),
        "month_evaluated": _("签字：%(month)s 投诉的总结与综合评价", month=details.get("month", "")),
        "capa_opened": _("开出纠正和预防措施处理单，开始计时"),
        "capa_filled": _("填写纠正和预防措施"),
        "capa_issued": _("发出纠正和预防措施处理单"),
        "capa_verified": _("验证纠正和预防措施"),
        "measure_added": _("增加一项措施"),
        "measure_done": _("完成一项措施"),
        "measure_undone": _("撤销措施的完成"),
        "nonconformity_expected": _("须开不合格品处置单，开始计时"),
        "nonconformity_issued": _("开出不合格品处置单"),
        "nonconformity_dropped": _("确认无需不合格品处置单"),
    }.get(entry.action) or customer_story(entry)


def _service_order(action: str, details: dict[str, Any]) -> str:
    number = details.get("order", "")
    if action == "service_order_done":
        word = finding_word(details["finding"])
        return _("完成客户服务 %(number)s：%(finding)s", number=number, finding=word)
    if action == "service_order_confirmed":
        return _(
            "%(by)s 确认客户服务 %(number)s：服务%(service)s，产品%(product)s",
            by=details["by"],
            number=number,
            service=satisfaction_word(details["service"]),
            product=satisfaction_word(details["product"]),
        )
    return {
        "service_order_issued": _("下达客户服务通知单 %(number)s", number=number),
        "service_order_withdrawn": _("撤销客户服务通知单 %(number)s", number=number),
        "service_order_restored": _("恢复客户服务通知单 %(number)s", number=number),
    }.get(action, action)


def _own_day(entry: AuditLog) -> str:
    day, worked = entry.details["day"], entry.details["worked"]
    if entry.action == "own_day_removed":
        return _("删除了 %(day)s 的例外", day=day)
    return _("将 %(day)s 定为上班", day=day) if worked else _("将 %(day)s 定为休息", day=day)


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
    if name == "claim":
        return _("认定客户要求索赔") if after else _("认定客户未要求索赔")
    wanted = "、".join(requirement_word(category) for category in after or ()) or _("无")
    return _("特殊要求改为：%(requirements)s", requirements=wanted)
