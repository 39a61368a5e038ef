"""Showing why: the words of a text that led to a decision, as pieces a page can mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from store.tables import KINDS
from web.i18n import _
from web.words import channel_word, kind_word, requirement_word, rule_word


@dataclass(frozen=True)
class Why:
    """One decision, and where its words stand."""

    label: str
    rule: str
    start: int
    end: int

    @property
    def sort(self) -> str:
        """What is decided by it: kind, severity or requirement; the page colours by it."""
        if self.label in KINDS and not self.rule.startswith("need."):
            return "kind"
        return "severity" if self.label in ("severity", "light", "moderate", "severe") else "requirement"


@dataclass(frozen=True)
class Piece:
    """A stretch of text with all the decisions it is a reason for; none: plain text."""

    text: str
    reasons: tuple[Why, ...] = ()


def reasons_in(evidence: Iterable[Any], field: str, length: int) -> list[Why]:
    """The kept evidence of one field; what does not lie within the text is passed over."""
    found = []
    for item in evidence:
        try:
            why = Why(str(item["label"]), str(item["rule"]), int(item["start"]), int(item["end"]))
            fits = item["field"] == field and 0 <= why.start < why.end <= length
        except (KeyError, TypeError, ValueError):
            continue
        if fits:
            found.append(why)
    return found


def pieces(text: str, reasons: list[Why]) -> list[Piece]:
    """The text cut at every border of a reason; overlapping reasons share a piece. Joined, it is the text."""
    borders = sorted({0, len(text)} | {why.start for why in reasons} | {why.end for why in reasons})
    opening: dict[int, list[Why]] = {}
    for why in reasons:
        opening.setdefault(why.start, []).append(why)
    found: list[Piece] = []
    running: list[Why] = []
    for start, end in pairwise(borders):
        running = [why for why in running if why.end > start] + opening.get(start, [])
        found.append(Piece(text[start:end], tuple(dict.fromkeys(running))))
    return found


def why_words(why: Why) -> str:
    """The decision and its rule in words: 类别“投诉”:外观缺陷."""
    rule = _rule_in_words(why.rule)
    if why.sort == "kind":
        return _("类别“%(kind)s”：%(rule)s", kind=kind_word(why.label), rule=rule)
    if why.sort == "severity":
        return _("投诉级别：%(rule)s", rule=rule)
    return _("特殊要求“%(requirement)s”", requirement=requirement_word(why.label))


def _rule_in_words(rule: str) -> str:
    group, _dot, name = rule.partition(".")
    return _("来自%(channel)s", channel=channel_word(name)) if group == "channel" else rule_word(rule)
