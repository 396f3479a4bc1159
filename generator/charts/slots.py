"""The dates of a chart as places side by side: every year or month has one, also where no row stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.charts.canvas import Canvas
from generator.charts.plot import thinned
from generator.charts.words import widest
from generator.dates import MONTHS, Span, format_span

MANY_MONTHS = 24
"""The months from which on only years are named."""


@dataclass(frozen=True)
class Slots:
    """The names of places from the left, the place of each date, and the years at which they begin and end."""

    names: tuple[str, ...]
    places: Mapping[Span, int]
    first: float
    last: float

    def place_of_year(self, year: float) -> float:
        """Where a decimal year lies, in places from the left."""
        return (year - self.first) / (self.last - self.first) * len(self.names)


def slots_of(canvas: Canvas) -> Slots:
    """The places of a chart by its frequency."""
    spans = sorted({point.row.span for point in canvas.points})
    if canvas.chart.frequency == "month":
        return _months(spans)
    return _years(spans)


def _months(spans: list[Span]) -> Slots:
    numbers = [span.start.year * 12 + (span.start.month or 1) - 1 for span in spans]
    first, last = numbers[0], max(numbers)
    names = tuple(f"{MONTHS[number % 12 + 1][:3]} {number // 12}" for number in range(first, last + 1))
    places = {span: number - first for span, number in zip(spans, numbers, strict=True)}
    return Slots(names, places, first / 12, (last + 1) / 12)


def _years(spans: list[Span]) -> Slots:
    """Years or periods of one length from the first to the last; periods of several lengths only as they are."""
    first, last = spans[0].start.year, max(span.end.year for span in spans) + 1
    lengths = {span.end.year - span.start.year + 1 for span in spans}
    length = lengths.pop()
    if lengths or any((span.start.year - first) % length for span in spans):
        names = tuple(_name(span.start.year, span) for span in spans)
        return Slots(names, {span: at for at, span in enumerate(spans)}, first, last)
    places = {span: (span.start.year - first) // length for span in spans}
    by_place = {place: span for span, place in places.items()}
    names = tuple(_name(year, by_place.get(at), length) for at, year in enumerate(range(first, last, length)))
    return Slots(names, places, first, last)


def _name(year: int, span: Span | None, length: int = 1) -> str:
    if span:
        return format_span(span).replace("\u2060", "")
    end = year + length - 1
    return str(year) if length == 1 else f"{year}–{end % 100:02}" if year // 100 == end // 100 else f"{year}–{end}"


def named_slots(canvas: Canvas, slots: Slots, left: float, pitch: float) -> dict[int, str]:
    """The places whose names stand on the axis: so many that none touches another or leaves the drawing."""
    names = dict(enumerate(slots.names))
    if canvas.chart.frequency == "month" and len(names) > MANY_MONTHS:
        names = {at: name[-4:] for at, name in names.items() if name.startswith("Jan")}
    wide = widest(canvas, list(names.values()), 400)
    inside = {
        at: name
        for at, name in names.items()
        if left + (at + 0.5) * pitch + widest(canvas, [name], 400) / 2 <= canvas.width + 2
    }
    if all(name.isdecimal() for name in names.values()) and canvas.chart.frequency == "year":
        most = len(names) if pitch >= wide + 8 else 5 if canvas.size.is_narrow else 8
        years = thinned([int(name) for name in inside.values()], most)
        return {at: name for at, name in inside.items() if int(name) in years}
    places = sorted(inside)
    each = next(step for step in range(1, len(places) + 2) if step * _least(places) * pitch >= wide + 10)
    return {at: inside[at] for at in places[::each]}


def _least(places: list[int]) -> int:
    return places[1] - places[0] if len(places) > 1 else 10**6
