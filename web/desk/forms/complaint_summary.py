"""客户投诉受理统计表 of a month: the page and the printed form show the same rows (S3 4.3.2)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import Response

from casework.complaints import evaluating
from casework.complaints import summary as monthly
from casework.complaints.summary import MonthLine, Summary
from casework.rights import Right
from store.engine import reading
from store.tables import Case, User, customer_code
from web.desk.forms.addresses import Month, PartNumber, month_in
from web.desk.forms.printed import Record, parts_of, printed
from web.desk.page import desk_router
from web.i18n import _
from web.office import AtWork
from web.signed_in import holding
from web.words import severity_word

router = desk_router()
PRINTED = 200  # lines of one part
CELL = 120  # characters


@router.get("/complaints/summary/form", dependencies=[holding(Right.READ_REPORTS)])
def print_summary(request: Request, office: AtWork, month: Month = "", page: PartNumber = 1) -> Response:
    """The month's form; the present one unless asked."""
    now, timezone = office.clock(), office.policy.timezone
    first = month_in(month, now.astimezone(timezone).date())
    with reading(office.engine) as session:
        found = monthly.lines(session, first, timezone, limit=PRINTED, skip=(page - 1) * PRINTED)
        summary = monthly.summary(session, first, timezone)
        promptness = monthly.promptness(session, first, timezone, now)
        evaluation = evaluating.evaluation_of(session, first)
        evaluator = session.get_one(User, evaluation.signed_by_id).name if evaluation else ""
    record = {
        "period": f"{first:%Y-%m}",
        "department": None,
        "rows": [month_row(line, timezone) for line in found],
        "totals": _totals(summary, promptness),
        "evaluation": "\n".join(filter(None, (evaluation.words if evaluation else "", _figures(summary)))),
    }
    if evaluation:
        signed_on = _day(evaluation.signed_at, timezone)
        record["signatures"] = [{"label": _("评价人"), "name": evaluator, "at": signed_on}]
    back = f"/desk/complaints/summary?month={first:%Y-%m}"
    address = f"/desk/complaints/summary/form?month={first:%Y-%m}&page="
    parts = parts_of(summary.total, page, PRINTED, lambda part: f"{address}{part}")
    return printed(request, "complaint_summary", record, back, parts)


def month_row(line: MonthLine, timezone: ZoneInfo) -> Record:
    """One complaint as the summary lists it."""
    complaint, case = line.complaint, line.case
    product = " ".join(filter(None, (complaint.product, complaint.part_no)))
    return {
        "number": case.number,
        "complained_on": _day(complaint.registered_at, timezone),
        "customer_code": customer_code(case.customer_id),
        "product": product[:CELL],
        "content": (complaint.defect or case.subject)[:CELL],
        "severity": " · ".join(_gravity(case)),
        "cause": complaint.cause[:CELL],
        "unit": complaint.unit[:CELL],
        "countermeasure": complaint.countermeasure[:CELL],
        "closed_on": _day(case.closed_at, timezone) if case.closed_at else None,
        "effect": complaint.effect[:CELL],
    }


def _gravity(case: Case) -> Iterator[str]:
    if case.severity:
        yield severity_word(case.severity)
    if case.claim:
        yield _("索赔")


def _totals(summary: Summary, promptness: tuple[int, int]) -> Record:
    in_time, ended = promptness
    return {
        "cases": summary.total,
        **summary.severities,
        "claims": summary.claims,
        "closed": summary.closed,
        "in_time": f"{in_time / ended:.0%} ({in_time}/{ended})" if ended else None,
    }


def _figures(summary: Summary) -> str:
    """What the figures say, below what people say of them."""
    lists = (
        (_("责任单位"), summary.units),
        (_("产品"), summary.products),
        (_("不良现象"), summary.defects),
    )
    said = [f"{label}{_('：')}{_most(counted)}" for label, counted in lists if counted]
    if summary.effective or summary.ineffective:
        counts = {"good": summary.effective, "bad": summary.ineffective, "unhappy": summary.dissatisfied}
        said.append(_("对策有效 %(good)d，无效 %(bad)d；客户不满意 %(unhappy)d", **counts))
    return "\n".join(said)


def _most(counted: Sequence[tuple[str, int]]) -> str:
    return _("、").join(f"{name} {number}" for name, number in counted[:3])


def _day(moment: datetime, timezone: ZoneInfo) -> date:
    return moment.astimezone(timezone).date()
