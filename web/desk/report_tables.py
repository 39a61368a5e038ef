"""The tables of a report with their words and charts; the page shows them and the exports write them."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlmodel import Session, select

from casework.reports import figures
from casework.reports.case_list import Listed
from casework.reports.figures import UNSORTED, Asked, Tally, Waits
from casework.reports.sheets import Column, Sheet
from store.tables import (
    KINDS,
    SEVERITIES,
    Channel,
    DeadlineKind,
    RequirementStatus,
    User,
    case_number,
    customer_code,
)
from web.charts import Series, over_time, side_by_side
from web.i18n import _
from web.words import channel_word, kind_word, requirement_word, severity_word, status_word

_COLOURS = {kind: f"c{number}" for number, kind in enumerate(KINDS, start=1)}


Line = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """One table of the report; `name` stands in addresses."""

    name: str
    sheet: Sheet
    chart: Markup | str = ""
    note: str = ""

    @property
    def rows(self) -> list[Any]:
        return list(self.sheet.rows)


def tables(session: Session, asked: Asked, now: datetime) -> list[Table]:
    """The whole report, in ten queries however large the desk is."""
    cases = figures.tallies(session, asked)
    return [
        _over_time(asked, cases),
        _answering(session, asked, now),
        _by("channel", _("按渠道"), _("渠道"), "channels", cases, channel_word, Channel),
        _by_owner(session, cases),
        _customers(session, asked),
        _complaints(asked, cases),
        _suggestions(session, asked),
        _requirements(session, asked, now),
        _overdue(session, asked, now),
    ]


def case_sheet(cases: Iterable[Listed]) -> Sheet:
    """The cases themselves, for Excel."""
    columns = (
        *(Column(_("编号"), 12), Column(_("时间"), 18), Column(_("类别"), 8), Column(_("投诉级别"), 10)),
        *(Column(_("索赔"), 8), Column(_("状态"), 10), Column(_("渠道"), 10), Column(_("客户代码"), 12)),
        *(Column(_("客户"), 30), Column(_("主题"), 50), Column(_("负责人"), 12), Column(_("关闭时间"), 18)),
    )
    return Sheet(_("案件"), columns, map(_case_row, cases))


def _case_row(one: Listed) -> Line:
    return (
        *(case_number(one.case_id), one.opened_at, kind_word(one.kind)),
        *(severity_word(one.severity) if one.severity else None, _("是") if one.claim else None),
        *(status_word(one.status), channel_word(one.channel), customer_code(one.customer_id)),
        *(one.customer, one.subject, one.owner, one.closed_at),
    )


def deadline_word(kind: str) -> str:
    """What a clock waits for."""
    return {
        "first_reply": _("首次答复"),
        "solution": _("解决方案"),
        "final_reply": _("最终答复"),
        "nonconformity": _("不合格品处置单"),
        "corrective_action": _("纠正预防措施"),
        "opinion": _("评审意见"),
        "review_feedback": _("评审后反馈客户"),
        "requirement": _("特殊要求"),
        "visit": _("拜访"),
        "service_order": _("客户服务通知单"),
        "survey_action": _("满意度改进措施"),
    }.get(kind, kind)


def _over_time(asked: Asked, found: list[Tally]) -> Table:
    labels = [step.label for step in asked.period.steps]
    counts = _grid(found, "step", "kind")
    rows: list[Line] = [
        (label, *(counts[number, kind] for kind in KINDS), sum(counts[number, kind] for kind in KINDS))
        for number, label in enumerate(labels)
    ]
    columns = (Column(_("时间")), *(Column(kind_word(kind), 10) for kind in KINDS), Column(_("合计"), 10))
    series = [
        Series(kind_word(kind), _COLOURS[kind], [counts[number, kind] for number in range(len(labels))])
        for kind in KINDS
    ]
    title = _("案件数")
    return Table("cases_over_time", Sheet(title, columns, [*rows, _total(rows)]), over_time(labels, series))


def _answering(session: Session, asked: Asked, now: datetime) -> Table:
    """First replies and solutions against their targets (S0: 24 h)."""
    kinds = (DeadlineKind.FIRST_REPLY, DeadlineKind.SOLUTION, DeadlineKind.FINAL_REPLY)
    rows: list[Line] = []
    for kind in kinds:
        waits = figures.waits(session, asked, kind, now)
        rows.append((deadline_word(kind), *_of_waits(waits)))
    columns = (Column(_("答复"), 16), *_waits_columns())
    note = _("中位数：一半的等待不超过它；九成：十次中有九次不超过它。按时率只算已有结果的。")
    return Table("answering", Sheet(_("答复时间"), columns, rows), note=note)


def _waits_columns() -> tuple[Column, ...]:
    return (
        *(Column(_("已完成"), 10), Column(_("中位数"), 12), Column(_("九成"), 12)),
        *(Column(_("按时"), 10), Column(_("超时"), 10), Column(_("未到期"), 10)),
        Column(_("按时率"), 10, share=True),
    )


def _of_waits(waits: Waits) -> Line:
    lengths = (waits.met, waits.median, waits.nine_of_ten)
    return (*lengths, waits.in_time, waits.late, waits.running, waits.share)


def _by(
    by: str,
    title: str,
    heading: str,
    name: str,
    found: list[Tally],
    word: Callable[[Any], str],
    order: Iterable[Any],
) -> Table:
    """Cases by one thing and by kind, with how many of them are closed."""
    counts = _grid(found, by, "kind")
    closed: Counter[Any] = Counter()
    for tally in found:
        closed[getattr(tally, by)] += tally.closed
    seen = [one for one in order if any(counts[one, kind] for kind in KINDS)]
    rows: list[Line] = []
    for one in seen:
        of_kinds = [counts[one, kind] for kind in KINDS]
        rows.append((word(one), *of_kinds, sum(of_kinds), closed[one], closed[one] / sum(of_kinds)))
    columns = (
        Column(heading, 18),
        *(Column(kind_word(kind), 10) for kind in KINDS),
        *(Column(_("合计"), 10), Column(_("已关闭"), 10), Column(_("关闭率"), 10, share=True)),
    )
    series = [Series(kind_word(kind), _COLOURS[kind], [counts[one, kind] for one in seen]) for kind in KINDS]
    return Table(name, Sheet(title, columns, rows), side_by_side([row[0] for row in rows], series))


def _by_owner(session: Session, found: list[Tally]) -> Table:
    names = dict(session.exec(select(User.id, User.name)).all())
    totals: Counter[int | None] = Counter()
    for tally in found:
        totals[tally.owner] += tally.count
    order = [owner for owner, _count in totals.most_common()]

    def word(owner: int | None) -> str:
        return names.get(owner, _("无人负责"))

    return _by("owner", _("按负责人"), _("负责人"), "owners", found, word, order)


def _customers(session: Session, asked: Asked) -> Table:
    found = figures.by_customer(session, asked)
    rows: list[Line] = [
        (customer_code(one.customer_id), one.name, one.cases, one.complaints) for one in found
    ]
    columns = (
        Column(_("客户代码"), 12),
        Column(_("客户"), 30),
        Column(_("案件数"), 10),
        Column(_("投诉"), 10),
    )
    note = _("案件最多的 %(count)d 位客户。", count=figures.MOST_CUSTOMERS)
    return Table("customers", Sheet(_("按客户"), columns, rows), note=note)


def _complaints(asked: Asked, found: list[Tally]) -> Table:
    labels = [step.label for step in asked.period.steps]
    complaints = [tally for tally in found if tally.kind == "complaint"]
    counts = _grid(complaints, "step", "severity")
    rows: list[Line] = []
    for number, label in enumerate(labels):
        of_severities = [counts[number, severity] for severity in SEVERITIES]
        rows.append((label, *of_severities, sum(of_severities)))
    columns = (
        Column(_("时间")),
        *(Column(severity_word(severity), 10) for severity in SEVERITIES),
        Column(_("合计"), 10),
    )
    series = [
        Series(severity_word(one), f"s-{one}", [counts[number, one] for number in range(len(labels))])
        for one in SEVERITIES
    ]
    title = _("投诉级别")
    return Table("complaints", Sheet(title, columns, [*rows, _total(rows)]), over_time(labels, series))


def _suggestions(session: Session, asked: Asked) -> Table:
    labels = [step.label for step in asked.period.steps]
    counts = figures.suggestions(session, asked)
    categories = sorted({category for category, _step in counts}, key=lambda one: (one == UNSORTED, one))
    rows: list[Line] = []
    for category in categories:
        of_steps = [counts[category, number] for number in range(len(labels))]
        word = _("未分类") if category == UNSORTED else requirement_word(category)
        rows.append((word, *of_steps, sum(of_steps)))
    columns = (Column(_("类别"), 14), *(Column(label, 9) for label in labels), Column(_("合计"), 10))
    note = _("一条建议涉及两类时各计一次。")
    return Table("suggestions", Sheet(_("客户意见/建议分类统计表"), columns, rows), note=note)


def _requirements(session: Session, asked: Asked, now: datetime) -> Table:
    counts = figures.requirements(session, asked)
    handling = figures.waits(session, asked, DeadlineKind.REQUIREMENT, now)
    categories: Counter[str] = Counter()
    for (category, _status), count in counts.items():
        categories[category] += count
    total = categories.total()
    rows: list[Line] = [
        (
            requirement_word(category),
            *(counts[category, status] for status in RequirementStatus),
            *(count, count / total),
        )
        for category, count in categories.most_common()
    ]
    columns = (
        *(Column(_("类别"), 14), Column(_("待处理"), 10), Column(_("处理中"), 10), Column(_("已完成"), 10)),
        *(Column(_("合计"), 10), Column(_("占比"), 10, share=True)),
    )
    series = [Series("", "c4", [count for _category, count in categories.most_common()])]
    title = _("顾客特殊要求")
    note = ""
    if handling.median is not None:
        hours = handling.median.total_seconds() / 3600
        note = _("处理时间中位数 %(hours)s 小时（有期限的要求）。", hours=f"{hours:.1f}")
    chart = side_by_side([row[0] for row in rows], series)
    return Table("requirements", Sheet(title, columns, rows), chart, note)


def _overdue(session: Session, asked: Asked, now: datetime) -> Table:
    found = figures.overdue(session, asked, now)
    rows: list[Line] = [
        (deadline_word(one.kind), one.owner or _("无人负责"), one.count, one.oldest) for one in found
    ]
    columns = (
        *(Column(_("时限"), 18), Column(_("负责人"), 14), Column(_("超时"), 10)),
        Column(_("最早应完成"), 18),
    )
    return Table(
        "overdue", Sheet(_("目前超时"), columns, rows), note=_("与所选时间无关：此刻已超时、仍未完成的。")
    )


def _grid(found: list[Tally], by: str, other: str) -> Counter[tuple[Any, Any]]:
    counts: Counter[tuple[Any, Any]] = Counter()
    for tally in found:
        counts[getattr(tally, by), getattr(tally, other)] += tally.count
    return counts


def _total(rows: list[Line]) -> Line:
    return (_("合计"), *(sum(values) for values in list(zip(*rows, strict=True))[1:]))
