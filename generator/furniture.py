"""What can be said of a chart from its rows alone: each mark in words, its gaps, and the events of its years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.dates import Date, Span
from generator.ledger import rows_that_differ
from generator.model import Chart, Contested, Draw, Event, Row, Subject
from generator.selection import kept_rows_of_draw, rows_of_draw
from generator.units import factor_between

OVER_TIME = ("line", "two-reporters", "dots", "panels", "columns", "strip", "heat")
"""The kinds in which dates run from one side to the other."""
COUNTED = ("strip",)
"""The kinds whose marks are counted, so that no row is higher than another."""
SPINE = 1
"""The importance of events that belong to every theme."""
MOST_EVENTS = 12
MOST_CHARTS = 3


@dataclass(frozen=True)
class MarkInWords:
    """A mark in its first, last, highest and lowest rows; `gaps` are the years between rows that have none."""

    label: str
    number: int
    first: Row
    last: Row
    highest: Row | None
    lowest: Row | None
    gaps: tuple[Span, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows named, each once."""
        named = (self.first, self.last, self.highest, self.lowest)
        return tuple({row.reference: row for row in named if row}.values())


def marks_in_words(subject: Subject, chart: Chart) -> tuple[MarkInWords, ...]:
    """Every mark that has rows, in the order of the record."""
    found = []
    for draw in chart.draw:
        rows = drawn_rows(subject, chart, draw)
        if rows:
            found.append(_mark(subject, chart, draw, rows))
    return tuple(found)


def drawn_rows(subject: Subject, chart: Chart, draw: Draw) -> tuple[Row, ...]:
    """The rows of a mark, by date."""
    series = subject.find("series", draw.series)
    return rows_of_draw(chart, draw, series) if series else ()


def _mark(subject: Subject, chart: Chart, draw: Draw, rows: Sequence[Row]) -> MarkInWords:
    label = f"{draw.panel}: {draw.label}" if draw.panel else draw.label
    values = [row.value * (factor_between(subject.site, row.unit, chart.unit) or 1) for row in rows]
    is_measured = len(rows) > 1 and chart.kind_of_chart not in COUNTED and min(values) != max(values)
    highest = rows[values.index(max(values))] if is_measured else None
    lowest = rows[values.index(min(values))] if is_measured else None
    gaps = _gaps(rows) if chart.kind_of_chart in OVER_TIME and chart.kind_of_chart not in COUNTED else ()
    return MarkInWords(label, len(rows), rows[0], rows[-1], highest, lowest, gaps)


def _gaps(rows: Sequence[Row]) -> tuple[Span, ...]:
    """The stretches of whole years between rows of single years that no row covers."""
    if not all(row.span.is_year for row in rows):
        return ()
    years = sorted({row.span.start for row in rows})
    gaps = []
    for before, after in zip(years, years[1:], strict=False):
        if after.year - before.year > 1:
            start, end = (Date(year) for year in (before.year + 1, after.year - 1))
            gaps.append(Span(start, end))
    return tuple(gaps)


# --- events -----------------------------------------------------------------------------------------------------


def years_of(subject: Subject, chart: Chart) -> Span | None:
    """The time from the first row of a chart over time to its last; no time for other kinds."""
    if chart.kind_of_chart not in OVER_TIME:
        return None
    spans = [row.span for draw in chart.draw for row in drawn_rows(subject, chart, draw)]
    if not spans:
        return None
    first, last = min(spans, key=lambda span: span.first), max(spans, key=lambda span: span.last)
    return Span(Date(first.start.year), Date(last.end.year))


def events_in(subject: Subject, chart: Chart) -> tuple[Event, ...]:
    """The events that matter most in the years of a chart, by date: those of its theme before others."""
    years = years_of(subject, chart)
    if years is None:
        return ()
    fitting = [
        event
        for event in subject.of("event")
        if years.contains(event.date) and (event.importance == SPINE or chart.theme in event.themes)
    ]

    def distance(event: Event) -> tuple[int, bool, Span, str]:
        is_other = chart.theme not in event.themes
        return event.importance + is_other, is_other, event.date, event.id

    chosen = sorted(fitting, key=distance)[:MOST_EVENTS]
    return tuple(sorted(chosen, key=lambda event: (event.date, event.id)))


def charts_of_events(subject: Subject) -> dict[str, tuple[Chart, ...]]:
    """For each event the charts over time that show its moment: those that name it, then those nearest in theme."""
    years = [(chart, years_of(subject, chart)) for chart in subject.of("chart")]
    over_time = [(chart, span) for chart, span in years if span]
    return {event.id: _charts_at(event, over_time) for event in subject.of("event")}


def _charts_at(event: Event, charts: Iterable[tuple[Chart, Span]]) -> tuple[Chart, ...]:
    def distance(entry: tuple[Chart, Span]) -> tuple[bool, int, int, str]:
        chart, span = entry
        theme = event.themes.index(chart.theme) if chart.theme in event.themes else len(event.themes)
        return event.id not in chart.events, theme, (span.last - span.first).days, chart.id

    fitting = [
        (chart, span)
        for chart, span in charts
        if span.contains(event.date) and (event.id in chart.events or chart.theme in event.themes)
    ]
    return tuple(chart for chart, _ in sorted(fitting, key=distance)[:MOST_CHARTS])


# --- what else is said of the rows ------------------------------------------------------------------------------


def contested_of_chart(subject: Subject, chart: Chart) -> tuple[Contested, ...]:
    """The contested entries that name a row which the chart draws or keeps."""
    rows: set[str] = set()
    drawn_series = {draw.series for draw in chart.draw}
    for draw in chart.draw:
        series = subject.find("series", draw.series)
        if series:
            drawn, kept = rows_of_draw(chart, draw, series), kept_rows_of_draw(chart, draw, series)
            rows |= {row.reference for row in (*drawn, *kept)}
    return tuple(
        entry
        for entry in subject.of("contested")
        if any(differing.series in drawn_series for differing in entry.differing)
        and any(row.reference in rows for row in rows_that_differ(subject, entry))
    )
