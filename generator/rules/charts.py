"""Rules for charts: what they draw, and the words beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.model import Chart, Draw, Row, Subject
from generator.problems import Problem, did_you_mean
from generator.selection import rows_of_draw, skipped_rows_of_draw
from generator.units import factor_between

MOST_WORDS = 15
MOST_PANELS = 3
ROUNDING = 1
"""Percentage points by which rounded parts may miss the whole."""
ONE_ROW = {"paired-bars": "bar", "stacked-share": "part", "dot-range": "estimate"}
HAVE = {
    "scale": ("line", "two-reporters", "dots", "panels"),
    "level": ("line", "two-reporters", "dots"),
}
"""The kinds that draw a log scale, and those that draw a level."""
_CALL = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def charts_draw_rows(subject: Subject) -> Iterator[Problem]:
    """Everything that a chart draws has rows of the chart's frequency: a part of a year is no row of a yearly chart."""
    for chart in subject.of("chart"):
        for index, draw in enumerate(chart.draw):
            series = subject.find("series", draw.series)
            if series is None:
                continue
            unknown = [key for key in draw.where if key not in series.columns]
            for key in unknown:
                fix = did_you_mean(key, series.columns)
                yield chart.problem(f'selects by the unknown column "{key}"', fix, ("draw", index, "where"))
            if not unknown and not rows_of_draw(chart, draw, series):
                skipped = len(skipped_rows_of_draw(chart, draw, series))
                message = f'draws no row of "{series.id}" for "{draw.label}" ({skipped} of another frequency)'
                yield chart.problem(message, "Widen `where:` or `dates:`, or change `frequency:`.", ("draw", index))


def charts_draw_one_unit(subject: Subject) -> Iterator[Problem]:
    """Every row that a chart draws converts into the chart's unit."""
    for chart in subject.of("chart"):
        for index, draw in enumerate(chart.draw):
            rows = _rows_of(subject, chart, draw)
            for unit in sorted({row.unit for row in rows}):
                if factor_between(subject.site, unit, chart.unit) is None:
                    message = f'draws rows in "{unit}", which do not convert into "{chart.unit}"'
                    yield chart.problem(message, "Select rows of one unit.", ("draw", index))


def charts_rise_from_zero(subject: Subject) -> Iterator[Problem]:
    """A chart draws no value below zero and at least one above it: its axis begins at zero."""
    for chart in subject.of("chart"):
        rows = [row for draw in chart.draw for row in _rows_of(subject, chart, draw)]
        below = next((row for row in rows if row.value < 0), None)
        if below:
            message = f"draws {below.digits} of {below.span}, which is below zero"
            yield chart.problem(message, "Select other rows.", ("draw",))
        elif rows and not any(row.value for row in rows):
            yield chart.problem("draws nothing but zeros", "Say it in a sentence.", ("draw",))


def charts_have_the_marks_of_their_kind(subject: Subject) -> Iterator[Problem]:
    """A chart of two reporters draws two lines, a slope two dates, and a bar or an estimate is one row."""
    for chart in subject.of("chart"):
        if chart.kind_of_chart == "two-reporters" and len(chart.draw) != 2:
            yield chart.problem(f"draws {len(chart.draw)} of two reporters", "Name both under `draw:`.", ("draw",))
        for index, draw in enumerate(chart.draw):
            rows = _rows_of(subject, chart, draw)
            if chart.kind_of_chart in ONE_ROW and len(rows) > 1:
                message = f'draws {len(rows)} rows as the one {ONE_ROW[chart.kind_of_chart]} "{draw.label}"'
                yield chart.problem(message, "Narrow `where:`, `dates:` or `source:`.", ("draw", index))
        if chart.kind_of_chart == "slope":
            yield from _dates_of_slope(subject, chart)


def _dates_of_slope(subject: Subject, chart: Chart) -> Iterator[Problem]:
    spans = [tuple(row.span for row in _rows_of(subject, chart, draw)) for draw in chart.draw]
    for index, drawn in enumerate(spans):
        if len(drawn) != 2 or drawn[0] == drawn[1] or drawn != spans[0]:
            dates = ", ".join(map(str, drawn)) or "no date"
            message = f'draws {dates} for "{chart.draw[index].label}", not the two dates of the slope'
            yield chart.problem(message, "Give every mark a row at the same two dates.", ("draw", index))


def small_drawings_have_names(subject: Subject) -> Iterator[Problem]:
    """Small drawings on one scale are three at most, and each has a name."""
    for chart in subject.of("chart"):
        if chart.kind_of_chart != "panels":
            continue
        for index, draw in enumerate(chart.draw):
            if not draw.panel:
                yield chart.problem(f'draws "{draw.label}" in no panel', "Name its `panel:`.", ("draw", index))
        number = len({draw.panel for draw in chart.draw})
        if number > MOST_PANELS:
            yield chart.problem(f"has {number} panels", f"Keep {MOST_PANELS}, so that each can be read.", ("draw",))


def parts_make_a_whole(subject: Subject) -> Iterator[Problem]:
    """Parts of a bar are percent and sum to 100 at most; what they leave is named, and only then."""
    for chart in subject.of("chart"):
        if chart.kind_of_chart != "stacked-share":
            if chart.rest:
                yield chart.problem("names a rest, but draws no parts", "Remove `rest:`.", ("rest",))
            continue
        unit = subject.site.units_by_id.get(chart.unit)
        if unit and unit.form != "percent":
            yield chart.problem(f'draws parts in "{chart.unit}"', "Draw shares in percent.", ("unit",))
        totals = {panel: _total(subject, chart, panel) for panel in dict.fromkeys(draw.panel for draw in chart.draw)}
        for panel, total in totals.items():
            if total > 100 + ROUNDING:
                yield chart.problem(f'has parts of {total} percent in "{panel}"', "Draw each part once.", ("draw",))
        leaves_a_rest = any(total < 100 - ROUNDING for total in totals.values())
        if leaves_a_rest and not chart.rest:
            fix = "Name under `rest:` what the source leaves open."
            yield chart.problem("leaves a part of a bar without a name", fix, ("draw",))
        elif chart.rest and not leaves_a_rest:
            yield chart.problem("names a rest, but its parts leave none", "Remove `rest:`.", ("rest",))


def _total(subject: Subject, chart: Chart, panel: str) -> Decimal:
    rows = [row for draw in chart.draw if draw.panel == panel for row in _rows_of(subject, chart, draw)]
    return sum((row.value for row in rows), Decimal(0))


def log_scales_have_no_zero(subject: Subject) -> Iterator[Problem]:
    """A log scale or a level belongs to a drawing over time, and a log scale has only values above zero."""
    for chart in subject.of("chart"):
        for key, kinds in HAVE.items():
            if getattr(chart, key) not in ("linear", None) and chart.kind_of_chart not in kinds:
                message = f'has a {key} of its own, which "{chart.kind_of_chart}" does not draw'
                yield chart.problem(message, f"Remove `{key}:`.", (key,))
        if chart.level_note and not chart.level:
            yield chart.problem("names a level that it does not draw", "Add `level:`.", ("level_note",))
        if chart.scale == "log":
            values = [(row.value, row) for draw in chart.draw for row in _rows_of(subject, chart, draw)]
            row = next((row for value, row in values if value <= 0), None)
            level = Decimal(chart.level) if chart.level else Decimal(1)
            if row or level <= 0:
                message = f"draws {f'{row.digits} of {row.span}' if row else 'a level of zero'} on a log scale"
                yield chart.problem(message, "Use a linear scale.", ("scale",))


def _rows_of(subject: Subject, chart: Chart, draw: Draw) -> tuple[Row, ...]:
    series = subject.find("series", draw.series)
    return rows_of_draw(chart, draw, series) if series else ()


def headlines_are_short(subject: Subject) -> Iterator[Problem]:
    """A headline has at most 15 words, a call counting as two."""
    for chart in subject.of("chart"):
        words = len(_CALL.sub("value unit", chart.headline).split())
        if words > MOST_WORDS:
            yield chart.problem(f"has a headline of {words} words", f"Cut it to {MOST_WORDS}.", ("headline",))


def alternative_text_says_more_than_the_headline(subject: Subject) -> Iterator[Problem]:
    """The alternative text, the takeaway and the headline of a chart are three different texts."""
    for chart in subject.of("chart"):
        if len({chart.alt.strip(), chart.headline.strip(), chart.takeaway.strip()}) < 3:
            fix = "Say in `alt:` what the drawing looks like, in `takeaway:` what follows from it."
            yield chart.problem("says one thing twice", fix, ("alt",))
