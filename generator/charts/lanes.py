"""Single dated things: a mark for each on an axis of time, a lane for each kind of thing, and how many they are."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from generator.charts.canvas import AXIS, Canvas, Layer, Look, chart_of, frame, pixels, rule
from generator.charts.key import EVENTS, event_layers, key_height, key_layers, open_look, open_signs
from generator.charts.marks import Mark, Point
from generator.charts.plot import thinned
from generator.charts.words import widest, wrap, write
from generator.dates import Span

SIZES = (11, 9, 7, 5)
"""The pixels across a mark, the first that keeps every lane below `HIGHEST`."""
HIGHEST, PADDING = 64, 16
"""The most pixels that marks pile up in a lane, and what is between two lanes."""


@dataclass(frozen=True)
class Time:
    """The axis of time: years from `first` to `last` between two edges in pixels."""

    first: int
    last: int
    left: float
    right: float

    def x(self, year: float) -> float:
        return self.left + (self.right - self.left) * (year - self.first) / (self.last - self.first)

    def ends(self, span: Span) -> tuple[float, float]:
        """Where a time begins and ends."""
        return self.x(_year(span.first)), self.x(_year(span.last + datetime.timedelta(days=1)))


@dataclass(frozen=True)
class Placed:
    """A row in its lane: the ends of its time, the middle of its mark, and on which level it is piled."""

    point: Point
    start: float
    end: float
    level: int

    @property
    def x(self) -> float:
        return (self.start + self.end) / 2


def draw_strip_of_dates(canvas: Canvas) -> alt.LayerChart:
    """Lanes of marks; those that would cover each other are piled up, and the number of each lane ends it."""
    signs = open_signs(canvas, canvas.points, "spot")
    top = key_height(canvas, signs) + (EVENTS if canvas.events else 4)
    is_narrow = canvas.size.is_narrow
    names = [wrap(canvas, mark.draw.label, canvas.width * (1 if is_narrow else 0.3)) for mark in canvas.marks]
    time = _time(canvas, 18 if is_narrow else widest(canvas, [line for lines in names for line in lines]) + 22)
    size, lanes = next(
        (size, lanes)
        for size in SIZES
        for lanes in [[_piled(time, mark.points, size) for mark in canvas.marks]]
        if size == SIZES[-1] or max(_levels(lane) for lane in lanes) * (size + 2) <= HIGHEST
    )
    layers: list[Layer] = []
    bottom = 0.0
    for mark, lines, lane in zip(canvas.marks, names, lanes, strict=True):
        above = len(lines) * canvas.size.line + 8 if is_narrow else 0
        pile = _levels(lane) * (size + 2) + 4
        tall = above + (pile if is_narrow else max(pile, len(lines) * canvas.size.line + 4))
        first = bottom + canvas.size.type if is_narrow else bottom + tall - 5 - (len(lines) - 1) * canvas.size.line
        bottom += tall
        layers.append(rule(canvas, (time.left, bottom), (time.right, bottom), "rule"))
        layers += _marks(canvas, mark, lane, bottom - 3, size)
        layers.append(write(canvas, 0, first, lines, mark.text))
        layers.append(write(canvas, canvas.width, bottom - 3, _count(mark), mark.text, "right", is_on_paper=False))
        bottom += PADDING
    axis = _axis(canvas, time)
    return frame(
        canvas,
        [axis, *event_layers(canvas, time.x, bottom), *layers, *key_layers(canvas, signs, -top)],
        round(bottom),
        top,
        AXIS,
    )


def _time(canvas: Canvas, left: float) -> Time:
    spans = [point.row.span for point in canvas.points]
    first, last = min(span.first.year for span in spans), max(span.last.year for span in spans) + 1
    return Time(first, last, left, canvas.width - widest(canvas, [_count(mark) for mark in canvas.marks]) - 14)


def _year(day: datetime.date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / (366 if day.year % 4 == 0 else 365)


def _count(mark: Mark) -> str:
    """How many marks a lane has, and behind a plus how many of them are open."""
    open_ones = sum(point.is_open for point in mark.points)
    return f"{len(mark.points) - open_ones} + {open_ones}" if open_ones else str(len(mark.points))


def _piled(time: Time, points: Sequence[Point], size: float) -> list[Placed]:
    """Each row on the lowest level where it covers no other; a time longer than its mark has a stroke as long."""
    placed: list[Placed] = []
    ends: list[float] = []
    for point in sorted(points, key=lambda point: point.row.span):
        start, end = time.ends(point.row.span)
        middle, half = (start + end) / 2, max(end - start, size) / 2
        level = next((at for at, until in enumerate(ends) if until + 1 <= middle - half), len(ends))
        ends[level : level + 1] = [middle + half]
        placed.append(Placed(point, start, end, level))
    return placed


def _levels(lane: Sequence[Placed]) -> int:
    return max(one.level for one in lane) + 1


def _marks(canvas: Canvas, mark: Mark, lane: Sequence[Placed], bottom: float, size: float) -> list[Layer]:
    layers: list[Layer] = []
    for one in lane:
        y = bottom - (one.level + 0.5) * (size + 2)
        if one.end - one.start > size + 2:
            layers.append(rule(canvas, (one.start, y), (one.end, y), mark.line, 1.5))
    for is_open in (False, True):
        chosen = [one for one in lane if one.point.is_open == is_open]
        look: Look = open_look(canvas, mark.line) if is_open else {"color": canvas.colours(mark.line), "opacity": 1}
        data = [
            {
                "y": one.point.y,
                "row": one.point.row.reference,
                "left": round(one.x, 1),
                "top": round(bottom - (one.level + 0.5) * (size + 2), 1),
            }
            for one in chosen
        ]
        shown = chart_of(data).mark_point(shape=mark.shape, filled=not is_open, size=round((size / 1.128) ** 2), **look)
        layers += [shown.encode(x=pixels("left"), y=pixels("top"))] if data else []
    return layers


def _axis(canvas: Canvas, time: Time) -> alt.Chart:
    """The years along the bottom, each at its first day."""
    each = (time.right - time.left) / (time.last - time.first)
    room = widest(canvas, ["2000"], 400) + 10
    years = range(time.first, time.last)
    ticks = list(years) if each >= room else thinned(years, math.floor((time.right - time.left) / room))
    axis = alt.Axis(values=ticks, format="d", labelOverlap=False, labelFlush=False)
    scale = alt.Scale(domain=[time.first, time.last], range=[round(time.left, 1), round(time.right, 1)], nice=False)
    anchor = chart_of([{"year": time.first}]).mark_point(opacity=0, size=0)
    return anchor.encode(x=alt.X("year:Q", title=None, scale=scale, axis=axis), y=alt.YValue(0))
