"""The report of a campaign as plain text, for the command line."""

from datetime import datetime

from sqlmodel import Session

from casework.policy import Policy
from casework.wording import words
from store.tables import ActionState, SurveyCampaign, customer_code
from survey.reporting.customers import customers
from survey.reporting.mail import figures_in_words, percent
from survey.reporting.report import Report, report

LOWEST_SHOWN = 10


def report_text(
    session: Session, campaign: SurveyCampaign, now: datetime, policy: Policy, language: str
) -> str:
    """Everything that fits a terminal, in Chinese or English; customers by their codes (S0 5.2.3.1)."""
    found = report(session, campaign, now, policy)
    lowest = customers(session, campaign).lines[:LOWEST_SHOWN]
    told = words(
        "survey_report_text",
        language,
        **figures_in_words(found) | _more(found, language),
        lowest=[
            {
                "average": f"{one.average:g}",
                "code": customer_code(one.customer_id),
                "case_number": one.case_number,
            }
            for one in lowest
        ],
        timezone=policy.timezone,
    )
    return f"{told.subject}\n{told.text}"


def _more(found: Report, language: str) -> dict[str, object]:
    figures, asked = found.figures, found.questionnaire
    return {
        "state": figures.state.value,
        "opens_at": figures.opens_at,
        "closes_at": figures.closes_at,
        "questionnaire": asked.id,
        "version": asked.version,
        "items": [
            (
                one.item.label[language],
                percent(one.share).rjust(6),
                " ".join(f"{level.label[language]} {one.tally.get(level.id, 0)}" for level in asked.levels),
            )
            for one in found.items
        ],
        "sections": [
            (
                f"{'  ' * bool(section.within)}{section.label[language]}",
                "–" if value is None else f"{value:g}",
            )
            for section, value in found.sections
        ],
        "trend": found.trend,
        "complaints_closed": found.opened.closed,
        "actions_done": sum(line.action.state == ActionState.DONE for line in found.actions),
        "first": found.period.first,
        "last": found.period.last,
        "handled": found.handling.total,
        "handled_closed": found.handling.closed,
        "in_time": percent(found.handling.first_replies.share),
    }
