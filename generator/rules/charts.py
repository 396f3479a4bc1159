"""Rules for charts: what they draw, and the words beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model import Chart, Draw, Row, Subject
from generator.problems import Problem, did_you_mean
from generator.selection import rows_of_draw, skipped_rows_of_draw
from generator.units import factor_between

MOST_WORDS = 15
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
    """A chart of two reporters draws two lines, and a bar is one row."""
    for chart in subject.of("chart"):
        if chart.kind_of_chart == "two-reporters" and len(chart.draw) != 2:
            yield chart.problem(f"draws {len(chart.draw)} of two reporters", "Name both under `draw:`.", ("draw",))
        for index, draw in enumerate(chart.draw if chart.kind_of_chart == "paired-bars" else ()):
            rows = _rows_of(subject, chart, draw)
            if len(rows) > 1:
                message = f'draws {len(rows)} rows as the one bar "{draw.label}"'
                yield chart.problem(message, "Narrow `where:` or `dates:`.", ("draw", index))


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
