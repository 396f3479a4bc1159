"""What a chart draws, as plain values: one mark for each `draw` entry, with its rows in the chart's unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.dates import Span
from generator.model import Chart, Draw, Place, Row, Subject
from generator.numerals import round_figures, write_number
from generator.palette import OTHER_DASHES, OTHER_DASHES_BESIDE_A_SOLID_LINE, OTHER_POINTS
from generator.selection import rows_of_draw
from generator.units import convert, factor_between

OPEN = ("estimate", "plan")
"""The statuses of values that are drawn open where a kind tells them apart: nobody counted them."""

Dashes = Sequence[Sequence[float]]
Look = tuple[str, str, tuple[float, ...], str, float]
"""The colour of a line, that of its name, its dash, its point and its width."""
ONE_THING = ("dot-range",)
"""The kinds whose rows have names of their own, so that neither colour nor shape tells them apart."""


@dataclass(frozen=True)
class Point:
    """A row on the page: `x` in years, `y` in the chart's unit, its label rounded to three figures."""

    x: float
    y: float
    label: str
    row: Row
    run: int
    low: float | None = None
    high: float | None = None

    @property
    def is_open(self) -> bool:
        return self.row.status in OPEN


@dataclass(frozen=True)
class Mark:
    """A line, a set of points or a bar, with the look that means its party everywhere."""

    draw: Draw
    points: tuple[Point, ...]
    line: str
    text: str
    dash: tuple[float, ...]
    shape: str
    width: float
    place: Place | None = None
    link: Place | None = None


def marks_of(subject: Subject, chart: Chart) -> tuple[Mark, ...]:
    """The marks of a chart, in the order of its record; one name has one look in every panel."""
    solid = {party.id for party in subject.site.parties if not party.dash}
    has_solid = any(draw.party in solid and draw.form == "line" for draw in chart.draw)
    dashes = OTHER_DASHES_BESIDE_A_SOLID_LINE if has_solid else OTHER_DASHES
    others = list(dict.fromkeys(draw.label for draw in chart.draw if not draw.party))
    marks = []
    for draw in chart.draw:
        place = 0 if draw.party else others.index(draw.label)
        look = _party_look(subject, draw) if draw.party else _look_without_party(chart, place, dashes)
        ends = [subject.find("place", id) if id else None for id in (draw.place, draw.link)]
        marks.append(Mark(draw, _points(subject, chart, draw), *look, *ends))
    return tuple(marks)


def _party_look(subject: Subject, draw: Draw) -> Look:
    number, party = next(
        (number, party) for number, party in enumerate(subject.site.parties, 1) if party.id == draw.party
    )
    return f"party-{number}", f"party-{number}-text", tuple(party.dash), party.point, 2.5


def _look_without_party(chart: Chart, index: int, dashes: Dashes) -> Look:
    """Rows that say of one thing what several sources have are no series of their own: they look alike."""
    return ("ink", "ink", (), "circle", 2.0) if chart.kind_of_chart in ONE_THING else _other_look(index, dashes)


def _other_look(index: int, dashes: Dashes) -> Look:
    index %= len(dashes)
    return f"c{index + 1}", "ink", tuple(dashes[index]), OTHER_POINTS[index], 2.0


def _points(subject: Subject, chart: Chart, draw: Draw) -> tuple[Point, ...]:
    rows = rows_of_draw(chart, draw, subject.get("series", draw.series))
    runs = _runs(rows)
    points = []
    for row, run in zip(rows, runs, strict=True):
        number = convert(subject.site, row, chart.unit)
        factor = factor_between(subject.site, row.unit, chart.unit)
        low, high = (None if end is None or factor is None else float(end * factor) for end in (row.low, row.high))
        points.append(
            Point(_place(chart, row.span), float(number), write_number(round_figures(number)), row, run, low, high)
        )
    return tuple(points)


def _runs(rows: Sequence[Row]) -> list[int]:
    """The unbroken run to which each row belongs: a missing year, or another method (another key), breaks a line."""
    runs, run = [], 0
    for index, row in enumerate(rows):
        earlier = rows[index - 1]
        if index and ((row.span.first - earlier.span.last).days > 1 or row.keys != earlier.keys):
            run += 1
        runs.append(run)
    return runs


def _place(chart: Chart, span: Span) -> float:
    """A year among months stands at its middle, else at its number."""
    return span.start.year + 0.5 if chart.frequency == "month" and span.is_year else _middle(span)


def _middle(span: Span) -> float:
    """A date on the axis: a year at its number, a month inside its year, a period at its middle."""
    if span.is_year:
        return float(span.start.year)
    if span.is_month:
        return round(span.start.year + ((span.start.month or 1) - 0.5) / 12, 4)
    return (span.start.year + span.end.year) / 2


def year_of_event(span: Span) -> float:
    """The first day of an event as a decimal year."""
    first = span.first
    return round(first.year + (first.timetuple().tm_yday - 1) / 365.25, 3)
