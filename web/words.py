"""The words for our lists: kinds, severities, channels and the rest, in the language of the request."""

from collections.abc import Callable

from casework.policy import Counted, Target
from web.i18n import _
from web.told import told

# The categories of special requirements in the order of S1 4.2, 5.1 and 13.
CATEGORIES = (
    *("material", "dimension", "appearance", "performance", "measurement", "environment", "regulation"),
    *("supplier", "packaging", "labelling", "delivery", "ppap", "warranty", "payment", "confidentiality"),
    "other",
)


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


def answer_source_word(source: str) -> str:
    """How an answer to a survey came."""
    return {
        "web": _("网页"),
        "telegram": "Telegram",
        "webchat": _("网页聊天"),
        "paper": _("纸质问卷"),
        "phone": _("电话"),
        "visit": _("拜访"),
    }.get(source, source)


def campaign_word(state: str) -> str:
    """How far a survey is."""
    return {"running": _("进行中"), "paused": _("已暂停"), "closed": _("已结束")}.get(state, state)


def subject_word(subject: str) -> str:
    """What a customer's remark is about."""
    return {"quality": _("产品质量"), "service": _("服务"), "other": _("其他意见")}.get(
        subject
    ) or requirement_word(subject)


def action_state_word(state: str) -> str:
    """How far an action after a survey is."""
    return {"open": _("处理中"), "done": _("已完成"), "dropped": _("无需措施")}.get(state, state)


def change_word(change: str) -> str:
    """What measuring again has shown."""
    return {"better": _("好转"), "same": _("未变"), "worse": _("变差")}.get(change, change)


def standing_word(standing: str) -> str:
    """How far we are with a customer who was not satisfied."""
    return {"open": _("未关闭"), "satisfied": _("客户已满意"), "reason": _("注明原因后关闭")}.get(
        standing, standing
    )


def clock_word(kind: str) -> str:
    """What a clock waits for."""
    return {
        "first_reply": _("首次答复"),
        "solution": _("解决"),
        "final_reply": _("最终答复"),
        "nonconformity": _("不合格品处置单"),
        "corrective_action": _("纠正和预防措施"),
        "opinion": _("评审意见"),
        "review_feedback": _("评审结果反馈"),
        "requirement": _("特殊要求"),
        "visit": _("拜访"),
        "service_order": _("客户服务通知单"),
        "survey_action": _("满意度改进措施"),
    }.get(kind, kind)


def target_word(target: Target) -> str:
    """How long something may take."""
    return {
        Counted.HOURS: _("%(amount)d 小时", amount=target.amount),
        Counted.WORKING_HOURS: _("%(amount)d 个工作小时", amount=target.amount),
        Counted.WORKING_DAYS: _("%(amount)d 个工作日", amount=target.amount),
    }[target.counted]


def holiday_word(name: str) -> str:
    """A public holiday; one that we do not know is shown as the calendar calls it."""
    return {
        "New Year's Day": _("元旦"),
        "Spring Festival": _("春节"),
        "Tomb-sweeping Day": _("清明"),
        "Labour Day": _("劳动节"),
        "Dragon Boat Festival": _("端午"),
        "National Day": _("国庆节"),
        "Mid-autumn Festival": _("中秋"),
    }.get(name, name)


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


def rule_word(rule: str) -> str:
    """What a group of words in the lexicon means; a group that the company added is shown by its name."""
    group, _dot, name = rule.partition(".")
    if group == "need":
        return _("提到%(requirement)s", requirement=requirement_word(name.partition(".")[0]))
    return {
        "kind.opening": _("按整体措辞判断"),
        "kind.wording": _("这句话的措辞"),
        "severity.first_time": _("单一、首次发生"),
        "severity.wording": _("这句话的轻重"),
        "survey.low-score": _("满意度得分低"),
        "wrong.word": _("质量问题"),
        "wrong.broken": _("损坏"),
        "wrong.surface": _("外观缺陷"),
        "wrong.size": _("尺寸不符"),
        "wrong.works": _("不能正常使用"),
        "wrong.short": _("短少"),
        "wrong.item": _("错发、错标"),
        "wrong.late": _("延误"),
        "wrong.service": _("服务不周"),
        "wrong.again": _("重复发生"),
        "wrong.batch": _("成批"),
        "wrong.demand": _("要求处理"),
        "wrong.feeling": _("不满情绪"),
        "wrong.found": _("发现问题"),
        "wrong.minor": _("轻微"),
        "wrong.cannot": _("无法使用"),
        "wrong.just": _("刚用就坏"),
        "wrong.less": _("不如约定"),
        "wrong.what_now": _("追问说法"),
        "severe.safety": _("安全或人身伤害"),
        "severe.stop": _("停线"),
        "severe.recall": _("召回"),
        "severe.legal": _("法律途径"),
        "severe.media": _("媒体曝光"),
        "severe.claim": _("索赔"),
        "severe.hazard": _("有害物质超标"),
        "severe.customs": _("海关扣留"),
        "moderate.ask": _("要求书面对策"),
        "moderate.return": _("退换货"),
        "moderate.batch": _("成批问题"),
        "moderate.schedule": _("打乱客户计划"),
        "moderate.payment": _("拒付或扣款"),
        "moderate.review": _("供应商降级或考核"),
        "affected.customer": _("影响最终客户"),
        "affected.body": _("伤及身体"),
        "affected.person": _("涉及的人"),
        "affected.money": _("金额"),
        "affected.machine": _("生产设备"),
        "affected.time": _("持续时间"),
        "ask.price": _("询价"),
        "ask.price.word": _("价格"),
        "ask.can": _("询问能否"),
        "ask.word": _("询问"),
        "ask.how": _("询问"),
        "ask.mark": _("问号"),
        "ask.stock": _("询问库存"),
        "ask.leadtime": _("询问交期"),
        "ask.status": _("询问进度"),
        "ask.documents": _("索取资料"),
        "ask.visit": _("来访、审核"),
        "ask.moq": _("起订量"),
        "ask.policy": _("交易条件"),
        "ask.tech": _("技术咨询"),
        "ask.project": _("新项目"),
        "ask.before": _("售前咨询"),
        "order.number": _("订单号"),
        "order.place": _("下单"),
        "order.want": _("要货"),
        "order.change": _("订单变更"),
        "order.paid": _("已付款"),
        "order.paper": _("订单文件"),
        "order.blanket": _("框架订单"),
        "suggest.word": _("建议"),
        "suggest.wish": _("希望"),
        "suggest.soft": _("委婉建议"),
        "suggest.place": _("改进之处"),
        "other.auto": _("自动回复"),
        "other.bounce": _("退信"),
        "other.spam": _("推销"),
        "other.notice": _("通知"),
        "other.thanks": _("致谢"),
        "other.greeting": _("问候"),
        "other.talk": _("闲谈"),
        "automatic.bounce": _("退信"),
        "automatic.receipt": _("回执"),
        "automatic.reply": _("自动回复"),
        "automatic.bulk": _("群发"),
        "no": _("否定"),
        "fine": _("没有问题"),
        "note": _("记录的名目"),
        "closed": _("已解决"),
        "supposing": _("假设或惯例"),
        "past": _("过去的事"),
        "but": _("转折"),
        "forward": _("对以后的要求"),
        "demand": _("要求的语气"),
        "own_policy": _("询问我方惯例"),
        "unit": _("数量单位"),
        "product": _("公司产品"),
        "ambiguous": _("有歧义的词"),
    }.get(rule, rule)


FILTERS: dict[str, Callable[..., str]] = {
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
        campaign_word,
        answer_source_word,
        subject_word,
        action_state_word,
        change_word,
        standing_word,
        clock_word,
        target_word,
        holiday_word,
        entity_word,
        auto_word,
        rule_word,
        told,
    )
}
