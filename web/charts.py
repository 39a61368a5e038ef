"""Charts as SVG made here: no script, no inline style; colours come from reports.css by class.

A chart only repeats the table beside it, which is what screen readers are given.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDE, HIGH, FOOT, LEFT = 640, 190, 22, 34
BAR = 22
_MOST_LABELS = 8


@dataclass(frozen=True)
class Series:
    """One colour of a chart: a value for each step."""

    name: str
    colour: str  # a class of reports.css: c1 … c5, or s-severe and the like
    values: Sequence[int]


def over_time(labels: Sequence[str], series: Sequence[Series]) -> Markup:
    """Columns step by step, the series one on top of the other; nothing where there is nothing to show."""
    most = max((sum(values) for values in zip(*(one.values for one in series), strict=True)), default=0)
    if not most:
        return Markup()
    top = _round_up(most)
    step = (WIDE - LEFT) / len(labels)
    scale = (HIGH - FOOT - 10) / top
    parts = [
        _line(HIGH - FOOT - value * scale, value)
        for value in (0, top // 2, top)
        if value in (0, top) or top > 1
    ]
    every = -(-len(labels) // _MOST_LABELS)
    for number, label in enumerate(labels):
        left, ground = LEFT + number * step, float(HIGH - FOOT)
        for one in series:
            height = one.values[number] * scale
            ground -= height
            if height:
                parts.append(_rectangle(one, left + step * 0.15, ground, step * 0.7, height, label, number))
        if number % every == 0:
            parts.append(_word(left + step / 2, HIGH - 7, label, "middle"))
    return _svg(WIDE, HIGH, parts, series)


def side_by_side(labels: Sequence[str], series: Sequence[Series]) -> Markup:
    """A bar for each label, the series one after the other."""
    most = max((sum(values) for values in zip(*(one.values for one in series), strict=True)), default=0)
    if not most:
        return Markup()
    room = 170
    scale = (WIDE - room - 50) / most
    parts = []
    for number, label in enumerate(labels):
        left, top = float(room), number * BAR + 4
        parts.append(_word(room - 8, top + 12, label[:14], "end"))
        for one in series:
            width = one.values[number] * scale
            if width:
                parts.append(_rectangle(one, left, top, width, BAR - 7, label, number))
            left += width
        total = sum(one.values[number] for one in series)
        parts.append(_word(left + 6, top + 12, str(total), "start"))
    return _svg(WIDE, len(labels) * BAR + 6, parts, series)


def _svg(wide: int, high: int, parts: list[Markup], series: Sequence[Series]) -> Markup:
    keys = Markup().join(
        Markup('<span class="key {}">{}</span>').format(one.colour, one.name)
        for one in series
        if one.name and any(one.values)
    )
    return Markup(
        '<figure class="chart" aria-hidden="true"><figcaption>{}</figcaption>'
        '<svg viewBox="0 0 {} {}" focusable="false">{}</svg></figure>'
    ).format(keys, wide, high, Markup().join(parts))


def _rectangle(
    one: Series, left: float, top: float, width: float, height: float, label: str, number: int
) -> Markup:
    return Markup(
        '<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{} {} {}</title></rect>'
    ).format(one.colour, left, top, width, height, label, one.name, one.values[number])


def _word(left: float, top: float, word: str, anchor: str) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(left, top, anchor, word)


def _line(top: float, value: int) -> Markup:
    line = Markup('<line x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(LEFT, WIDE, top, top)
    return line + _word(LEFT - 5, top + 4, str(value), "end")


def _round_up(most: int) -> int:
    """A round number to draw up to: 1, 2, 4, 6, 8, 10, 20, 40 …"""
    unit = 1
    while most > unit * 10:
        unit *= 10
    return next(unit * step for step in (1, 2, 4, 6, 8, 10) if unit * step >= most)


def against_target(
    labels: Sequence[str], values: Sequence[float], targets: Sequence[float | None], top: float
) -> Markup:
    """A column for each value up to `top`, with a mark across it where its target lies."""
    if not values:
        return Markup()
    lowest = min(0.0, *values)
    scale = (HIGH - FOOT - 14) / (top - lowest)
    ground = HIGH - FOOT + lowest * scale  # where 0 lies
    step = min((WIDE - LEFT) / len(labels), 110.0)
    parts = [_rule(ground - value * scale, f"{value:g}") for value in sorted({0.0, top / 2, float(top)})]
    for number, (label, value, target) in enumerate(zip(labels, values, targets, strict=True)):
        left, high = LEFT + number * step, abs(value) * scale
        above = ground - max(value, 0.0) * scale
        parts.append(_bar("c1", left + step * 0.2, above, step * 0.6, high, f"{label} {value:g}"))
        line = above if target is None else ground - target * scale
        if target is not None:
            across = Markup('<line class="target" x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"/>')
            parts.append(across.format(left + step * 0.08, left + step * 0.92, line, line))
        beside = above - 4 if abs(above - line) > 14 else min(above, line) - 4  # not struck through
        parts.append(_word(left + step / 2, beside, f"{value:g}", "middle"))
        parts.append(_word(left + step / 2, HIGH - 7, label[:14], "middle"))
    return _svg(WIDE, HIGH, parts, ())


def _bar(colour: str, left: float, top: float, width: float, height: float, title: str) -> Markup:
    return Markup(
        '<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{}</title></rect>'
    ).format(colour, left, top, width, height, title)


def _rule(top: float, word: str) -> Markup:
    line = Markup('<line x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(LEFT, WIDE, top, top)
    return line + _word(LEFT - 5, top + 4, word, "end")
