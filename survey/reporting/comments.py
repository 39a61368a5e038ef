"""What customers wrote: remarks under their item, the others laid together by subject."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappush, heappushpop
from typing import Any

from sqlmodel import Session, col, select

from store.tables import Customer, SurveyCampaign, SurveyInvitation, SurveyResponse, case_number
from survey.questionnaires import Questionnaire
from survey.reporting.subjects import subject_of

SHOWN = 20  # of each item, the newest
IN_ONE_READ = 500
READ = 300  # of the general ones, the newest


@dataclass(frozen=True)
class Remark:
    """What one customer wrote."""

    customer_id: int
    customer: str
    score: float
    text: str
    answered_at: datetime
    case_number: str | None  # opened because of the answer


@dataclass(frozen=True)
class Remarks:
    """The newest remarks on one thing, and how many there are of it."""

    about: str  # an item's id, or a subject
    count: int
    newest: list[Remark]


@dataclass
class Gathered:
    """The newest remarks by what they are about, gathered while all answers pass by once."""

    counts: Counter[str] = field(default_factory=Counter)
    kept: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # of (response, text)

    def add(self, response_id: int, comment: str, comments: Mapping[str, str]) -> None:
        """Take the remarks of one answer; the general one stands under no name."""
        if comment:
            self._keep("", response_id, comment, READ)
        for item, text in comments.items():
            if text:
                self._keep(item, response_id, text, SHOWN)

    def _keep(self, about: str, response_id: int, text: str, most: int) -> None:
        self.counts[about] += 1
        newest = self.kept.setdefault(about, [])
        if len(newest) < most:
            heappush(newest, (response_id, text))
        else:
            heappushpop(newest, (response_id, text))


def passing(rows: Iterable[Any], into: Gathered) -> Iterator[dict[str, str]]:
    """The answers one by one, while their remarks are gathered: one reading serves both.

    A row is an id, answers, the general remark and those on items.
    """
    for response_id, answers, comment, comments in rows:
        into.add(response_id, comment, comments or {})
        yield answers


def by_item(session: Session, asked: Questionnaire, gathered: Gathered) -> list[Remarks]:
    """The remarks on each item, in the order of the items."""
    told = _told(session, {row for item in asked.items for row, _text in gathered.kept.get(item.id, ())})
    return [
        Remarks(item.id, gathered.counts[item.id], _newest(gathered.kept[item.id], told))
        for item in asked.items
        if item.id in gathered.kept
    ]


def by_subject(session: Session, gathered: Gathered) -> list[Remarks]:
    """The newest general remarks by subject, the most of one first."""
    general = gathered.kept.get("", [])
    told = _told(session, {row for row, _text in general})
    groups: dict[str, list[tuple[int, str]]] = {}
    for row, text in general:
        groups.setdefault(subject_of(text), []).append((row, text))
    found = [Remarks(subject, len(rows), _newest(rows, told)) for subject, rows in groups.items()]
    return sorted(found, key=lambda one: (-one.count, one.about))


def _newest(kept: list[tuple[int, str]], told: Mapping[int, Remark]) -> list[Remark]:
    return [
        Remark(who.customer_id, who.customer, who.score, text, who.answered_at, who.case_number)
        for row, text in sorted(kept, reverse=True)
        if (who := told.get(row))
    ]


def _told(session: Session, rows: set[int]) -> dict[int, Remark]:
    """Who gave these answers."""
    found = session.exec(
        select(SurveyResponse, Customer.id, Customer.name)
        .join(SurveyInvitation, col(SurveyInvitation.id) == col(SurveyResponse.invitation_id))
        .join(Customer, col(Customer.id) == col(SurveyInvitation.customer_id))
        .where(col(SurveyResponse.id).in_(rows))
    )
    return {
        response.id or 0: Remark(
            customer_id or 0,
            name,
            response.score,
            response.comment,
            response.answered_at,
            case_number(response.case_id) if response.case_id else None,
        )
        for response, customer_id, name in found
    }


def all_remarks(session: Session, campaign: SurveyCampaign) -> Iterator[tuple[str | None, str, Remark]]:
    """Every remark with its item's id, else its subject, read as they come; those of one answer together."""
    found = session.exec(
        select(SurveyResponse, Customer.id, Customer.name)
        .join(SurveyInvitation, col(SurveyInvitation.id) == col(SurveyResponse.invitation_id))
        .join(Customer, col(Customer.id) == col(SurveyInvitation.customer_id))
        .where(col(SurveyInvitation.campaign_id) == campaign.id)
        .execution_options(yield_per=IN_ONE_READ)
    )
    for response, customer_id, name in found:
        number = case_number(response.case_id) if response.case_id else None
        written: list[tuple[str | None, str, str]] = [
            (item, "", text) for item, text in (response.comments or {}).items() if text
        ]
        if response.comment:
            written.append((None, subject_of(response.comment), response.comment))
        for item, subject, text in written:
            yield (
                item,
                subject,
                Remark(customer_id or 0, name, response.score, text, response.answered_at, number),
            )
        session.expunge(response)
