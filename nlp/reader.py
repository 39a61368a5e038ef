"""Reads a message: what it is, how serious, what it requires and names, and the words that say so.

    reader = load_reader()
    reading = reader.read("端子2万只，下周五前要，附RoHS报告", channel="wecom", date=date(2026, 11, 20))

No database, no clock: the same message always gives the same reading.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from nlp.automatic import automatic_of
from nlp.context import Context
from nlp.entities import ENTITIES, entities_of
from nlp.features import features_of
from nlp.kind import KindFound, kind_of
from nlp.lexicon import Lexicon, WeightsError, load_lexicon
from nlp.matching import Hit, Words
from nlp.model import MODELS, Model, load_model, present_version
from nlp.page import Page
from nlp.reading import Evidence, Kind, Reading, Requirement, Severity
from nlp.requirement_terms import deadline_of, source_of
from nlp.requirements import Need, needs_of
from nlp.segmentation import settled
from nlp.severity import SeverityFound, severity_of

# Nobody's request begins after forty pages; what follows is kept and shown, but not read.
READ_CHARACTERS = 100_000
RELEARN = "Run `huiyin nlp learn` to learn them anew from all corrections."


def load_reader(lexicon_dir: Path | None = None, *, learned: bool = True) -> "Reader":
    """A reader with the shipped lexicon and, merged over it, the company's own folder.

    Weights learned from the company's corrections lie in the folder's `weights`; without them, or unless
    `learned`, the shipped ones are used. Raises LexiconError naming file and line when a lexicon file cannot
    be understood, and WeightsError for weights learned with other words than the program has now.
    """
    return Reader(load_lexicon(lexicon_dir), _own_models(lexicon_dir) if lexicon_dir and learned else None)


def _own_models(lexicon_dir: Path) -> dict[str, Model] | None:
    folder = lexicon_dir / "weights"
    if not folder.is_dir():
        return None
    try:
        models = {name: load_model(name, folder) for name in (*MODELS, *ENTITIES)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsError(
            f"The learned weights in {folder} cannot be read ({error!r}). {RELEARN}"
        ) from error
    if {model.version for model in models.values()} != {present_version()}:
        raise WeightsError(f"The weights in {folder} were learned with an earlier version's words. {RELEARN}")
    return models


class Reader:
    """Built once, used for every message; holds no state between messages and may be shared by threads."""

    def __init__(self, lexicon: Lexicon, models: Mapping[str, Model] | None = None) -> None:
        """With the shipped weights, or with `models` learned from other messages."""
        self._words = Words(lexicon)
        self._models = models or {name: load_model(name) for name in (*MODELS, *ENTITIES)}

    def read(
        self,
        text: str,
        *,
        subject: str | None = None,
        channel: str = "email",
        date: dt.date | None = None,
        sender: str | None = None,  # noqa: ARG002 - part of the promise to callers
    ) -> Reading:
        """What one message says. Never raises, whatever the text; time grows with its length only.

        `date` is the message's own day, against which 下周五 is resolved; without it `due_date` stays None
        unless the text names a full date. `sender` decides nothing: who writes is not what they write.
        """
        page = Page((subject or "")[:READ_CHARACTERS], text[:READ_CHARACTERS])
        context = Context(page.folded, settled(page.folded, self._words.find(page.folded)))
        features = features_of(context, page.subject_end)
        found = kind_of(context, features, self._models["kind"])
        automatic, automatic_hit = automatic_of(context)
        kind = Kind.OTHER if automatic else found.kind
        evidence = _kind_evidence(page, kind, found, automatic_hit)
        severity: SeverityFound | None = None
        if kind is Kind.COMPLAINT:
            severity = severity_of(context, features, self._models["severity"], channel)
            evidence += _severity_evidence(page, severity, channel, evidence)
        needs = needs_of(context, kind, self._models["requirements"])
        evidence += [page.evidence(need.category, need.hit) for need in needs]
        claim = kind is Kind.COMPLAINT and "severe.claim" in context.of
        return Reading(
            language=page.language,
            kind=kind,
            confidence=found.confidence,
            severity=severity.severity if severity else None,
            requirements=tuple(_requirement(page, need, date) for need in needs),
            entities=entities_of(page, kind, date, context.hits, self._models),
            auto_generated=automatic,
            order_change=kind is Kind.ORDER and "order.change" in context.of,
            claim=claim,
            evidence=tuple(evidence),
        )


def _kind_evidence(page: Page, kind: Kind, found: KindFound, automatic: Hit | None) -> list[Evidence]:
    if automatic:
        return [page.evidence(kind, automatic)]
    if found.because:
        return [page.evidence(kind, hit) for hit in found.because]
    # Nothing speaks for it by itself: the opening words show what there was to read.
    start = len(page.original) - len(page.original.lstrip())
    low, high = page.sentence(start, min(start + 1, len(page.original)))
    return [page.span(kind, low, high, "kind.opening")] if high > low else []


def _severity_evidence(
    page: Page, found: SeverityFound, channel: str, because: list[Evidence]
) -> list[Evidence]:
    label = "severity"
    evidence = [page.evidence(label, hit) for hit in found.because]
    if not evidence:
        # Nothing speaks for the severity by itself: the trouble does, and alone it is a light one.
        light = found.content is Severity.LIGHT
        evidence = [
            one._replace(label=label, rule="severity.first_time" if light else one.rule)
            for one in because[:1]
        ]
    if found.channel:
        low, high = page.sentence(page.subject_end, page.subject_end + 1)
        evidence.append(page.span(label, low, high, f"channel.{channel}"))
    return evidence


def _requirement(page: Page, need: Need, written: dt.date | None) -> Requirement:
    low, high = page.sentence(need.hit.start, need.hit.end)
    folded = page.folded[low:high]
    source = source_of(need.category, folded)
    return Requirement(need.category, source, page.original[low:high], deadline_of(folded, written))
