"""The report of a campaign as sheets for Excel: summary, items, customers, remarks, actions."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from casework.reports.sheets import Column, Sheet
from store.tables import SurveyCampaign, customer_code
from survey.questionnaires import Questionnaire
from survey.reporting.comments import all_remarks
from survey.reporting.customers import CustomerResult, all_customers
from survey.reporting.report import Report
from web.i18n import _, spoken
from web.words import action_state_word, campaign_word, subject_word

Line = tuple[Any, ...]


def sheets(session: Session, campaign: SurveyCampaign, found: Report) -> list[Sheet]:
    """The workbook; the rows of customers and remarks are read while they are written."""
    return [
        _summary(found),
        _items(found),
        _groups(found),
        _customers(session, campaign),
        _remarks(session, campaign, found.questionnaire),
        _actions(found),
    ]


def _summary(found: Report) -> Sheet:
    figures, internal, handled = found.figures, found.internal, found.handling
    top = float(found.questionnaire.top)
    rows: list[Line] = [
        (_("调查"), figures.title, None),
        (_("周期"), figures.period, None),
        (_("状态"), campaign_word(figures.state), None),
        (_("问卷"), found.questionnaire.title[spoken()], _version(found.questionnaire)),
        (_("开始"), figures.opens_at, None),
        (_("结束"), figures.closes_at, None),
        (_("应调查客户"), figures.customers, None),
        (_("已调查客户"), figures.asked, None),
        (
            _("覆盖率"),
            _percent(figures.coverage),
            "" if found.enough_asked else _("不足 %(rate)d%%", rate=60),
        ),
        (_("已发"), figures.sent, None),
        (_("已答"), figures.answered, None),
        (
            _("回收率"),
            _percent(figures.response_rate),
            _("有效") if found.enough_answered else _("不足 %(rate)d%%，结果仅供参考", rate=80),
        ),
        (_("满意度"), found.result, _("满分 %(top)s", top=f"{top:g}")),
        (_("目标"), figures.target, None),
        (_("内部评价"), internal.score, f"{internal.first:%Y-%m} – {internal.last:%Y-%m}"),
        (_("综合满意度"), found.composite, _("内部评价占 %(share)d%%", share=found.internal_share)),
        (_("低分投诉"), found.opened.total, None),
        (_("低分投诉已关闭"), found.opened.closed, None),
        (_("期内登记投诉"), handled.total, f"{found.period.first} – {found.period.last}"),
        (_("期内投诉已关闭"), handled.closed, None),
        (_("首次答复按时率"), _percent(handled.first_replies.share), None),
    ]
    rows += [(_("历次：%(period)s", period=one.period), one.average, one.target) for one in found.trend]
    columns = (Column(_("项目"), 22), Column(_("数值"), 26), Column(_("说明"), 30))
    return Sheet(_("汇总"), columns, rows)


def _items(found: Report) -> Sheet:
    language, asked = spoken(), found.questionnaire
    names = {section.id: section.label[language] for section in asked.sections}
    whole = sum(one.item.weight for one in found.items)
    rows: list[Line] = [
        (
            names.get(one.item.section or "", ""),
            one.item.label[language],
            float(one.item.weight / whole),
            *(one.tally.get(level.id, 0) for level in asked.levels),
            one.left_out,
            one.share,
        )
        for one in found.items
    ]
    columns = (
        *(Column(_("指标"), 18), Column(_("项目"), 36), Column(_("权重"), 10, share=True)),
        *(Column(level.label[language], 12) for level in asked.levels),
        *(Column(asked.not_applicable[language], 12), Column(_("单项满意度"), 12, share=True)),
    )
    return Sheet(_("各项结果"), columns, rows)


def _groups(found: Report) -> Sheet:
    rows: list[Line] = [
        (_("负责人"), one.name or _("无人负责"), one.answers, one.average, one.low) for one in found.owners
    ]
    rows += [(_("区域"), one.name or _("未填"), one.answers, one.average, one.low) for one in found.regions]
    rows += [(_("指标"), section.label[spoken()], None, value, None) for section, value in found.sections]
    columns = (
        *(Column(_("分组"), 12), Column(_("名称"), 24), Column(_("已答"), 10)),
        *(Column(_("平均分"), 10), Column(_("低分投诉"), 10)),
    )
    return Sheet(_("指标、负责人、区域"), columns, rows)


def _customers(session: Session, campaign: SurveyCampaign) -> Sheet:
    columns = (
        *(Column(_("客户代码"), 12), Column(_("客户"), 30), Column(_("区域"), 12)),
        *(Column(_("负责人"), 12), Column(_("已答"), 8), Column(_("得分"), 10)),
        *(Column(_("答复时间"), 18), Column(_("案件"), 12)),
    )
    return Sheet(_("按客户"), columns, map(_customer, all_customers(session, campaign)))


def _customer(one: CustomerResult) -> Line:
    return (
        *(customer_code(one.customer_id), one.name, one.region, one.owner),
        *(one.answers, one.average, one.answered_at, one.case_number),
    )


def _remarks(session: Session, campaign: SurveyCampaign, asked: Questionnaire) -> Sheet:
    columns = (
        *(Column(_("关于"), 24), Column(_("客户代码"), 12), Column(_("客户"), 30), Column(_("得分"), 10)),
        *(Column(_("意见"), 80), Column(_("答复时间"), 18), Column(_("案件"), 12)),
    )
    return Sheet(_("客户的意见"), columns, _remark_rows(session, campaign, asked))


def _remark_rows(session: Session, campaign: SurveyCampaign, asked: Questionnaire) -> Iterator[Line]:
    items = {item.id: item.label[spoken()] for item in asked.items}
    for item, subject, one in all_remarks(session, campaign):
        about = subject_word(subject) if item is None else items.get(item, item)
        yield (
            *(about, customer_code(one.customer_id), one.customer),
            *(one.score, one.text, one.answered_at, one.case_number),
        )


def _actions(found: Report) -> Sheet:
    labels = {item.id: item.label[spoken()] for item in found.questionnaire.items}
    rows: list[Line] = [
        (
            labels.get(line.action.item) or (line.action.item or _("总体")),
            *(line.action.result, line.action.bar, line.action.analysis, line.action.solution),
            *(line.owner, line.action.due_on, action_state_word(line.action.state), line.action.done_at),
            *(line.action.told_at, line.remeasured, line.action.remeasured),
        )
        for line in found.actions
    ]
    columns = (
        *(Column(_("指标"), 30), Column(_("结果"), 10), Column(_("应达到"), 10)),
        *(Column(_("原因分析"), 50), Column(_("改进措施"), 50), Column(_("负责人"), 12)),
        *(Column(_("期限"), 12), Column(_("状态"), 10), Column(_("完成时间"), 18)),
        *(Column(_("告知客户"), 18), Column(_("再次测量"), 12), Column(_("再次测量结果"), 12)),
    )
    return Sheet(_("改进措施"), columns, rows)


def _version(asked: Questionnaire) -> str:
    return _("第 %(version)d 版", version=asked.version)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.1f}%"
