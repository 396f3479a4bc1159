"""Columns: a value for each year, month or period, as high as it is; where nothing is known nothing stands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import altair as alt

from generator.charts.canvas import AXIS, Canvas, Layer, Look, chart_of, frame, pixels, rule
from generator.charts.key import (
    EVENTS,
    Box,
    Sign,
    event_layers,
    is_free,
    key_height,
    key_layers,
    name_sign,
    open_look,
    open_signs,
    stroke_sign,
    unit_sign,
)
from generator.charts.marks import Mark, Point
from generator.charts.plot import DIGITS, Plot, plot_of, steps
from generator.charts.slots import Slots, named_slots, slots_of
from generator.charts.words import widest, wrap, write

FILLED = 0.72
"""The part of a place that its columns fill."""
WIDEST, LEAST = 56, 1.0
"""The pixels of a column at most and at least."""
THIN = 4
"""The pixels below which a column has no outline."""
APART = 3
"""Pixels between words and what is drawn."""


@dataclass(frozen=True)
class Columns:
    """Where everything stands: the plot, the places, and their width in pixels."""

    plot: Plot
    slots: Slots
    signs: tuple[Sign, ...]
    top: float
    pitch: float
    number: int

    @property
    def width(self) -> float:
        """The width of one column."""
        filled = self.pitch * FILLED if self.pitch > 5 else self.pitch - 1
        return max(LEAST, min(WIDEST, filled / self.number))

    @property
    def is_thin(self) -> bool:
        """Whether a column is too thin for an outline."""
        return self.width < THIN

    def middle(self, at: float) -> float:
        """The middle of a place."""
        return self.plot.left + (at + 0.5) * self.pitch

    def x(self, year: float) -> float:
        """Where a decimal year lies."""
        return self.plot.left + self.slots.place_of_year(year) * self.pitch

    def left(self, point: Point, place: int) -> float:
        """The left edge of the column of a row, which is the first, second or third of its date."""
        return self.middle(self.slots.places[point.row.span]) + (place - self.number / 2) * self.width

    def box(self, point: Point, place: int) -> Box:
        """The column of a row, with the end of its range."""
        gap = 1 if self.number > 1 and self.width > 4 and place < self.number - 1 else 0
        left = self.left(point, place)
        return Box(left, self.plot.y(point.y), left + self.width - gap, self.plot.height)


def draw_columns(canvas: Canvas) -> alt.LayerChart:
    """Columns from zero; several of one date stand side by side, and what nobody counted is open."""
    signs = [unit_sign(canvas), *(name_sign(canvas, mark) for mark in canvas.marks)]
    signs += open_signs(canvas, canvas.points, "broken" if _columns(canvas, signs).is_thin else "block")
    columns = _columns(canvas, signs)
    words, homeless = _words(canvas, columns)
    if homeless:
        columns = _columns(canvas, [*signs, *homeless])
        words, _ = _words(canvas, columns)
    plot = columns.plot
    layers: list[Layer] = [_axes(canvas, columns), *event_layers(canvas, columns.x, plot.height)]
    for place, mark in enumerate(canvas.marks):
        layers += _columns_of(canvas, columns, mark, place)
    if canvas.chart.level:
        y = plot.y(float(canvas.chart.level))
        layers.append(rule(canvas, (plot.left, y), (canvas.width, y), "ink"))
    layers += [_written(canvas, line) for line in words]
    layers += key_layers(canvas, columns.signs, -columns.top)
    return frame(canvas, layers, plot.height, columns.top, AXIS)


def _columns(canvas: Canvas, signs: Sequence[Sign]) -> Columns:
    top = key_height(canvas, signs) + (EVENTS if canvas.events else 4)
    left = widest(canvas, [f"{step:,g}" for step in steps(canvas)], 400) + 10
    plot = replace(plot_of(canvas, 0, top), left=left)
    slots = slots_of(canvas)
    pitch = (canvas.width - left) / len(slots.names)
    return Columns(plot, slots, tuple(signs), top, pitch, len(canvas.marks))


def _axes(canvas: Canvas, columns: Columns) -> alt.Chart:
    """The values of the grid at the left and the dates below."""
    plot, names = columns.plot, named_slots(canvas, columns.slots, columns.plot.left, columns.pitch)
    ends = [-plot.left / columns.pitch - 0.5, len(columns.slots.names) - 0.5]
    texts = json.dumps({str(at): name for at, name in names.items()}, ensure_ascii=False)
    dates = alt.Axis(values=list(names), labelExpr=f"({texts})[datum.value]", labelOverlap=False)
    values = alt.Axis(values=steps(canvas), format=DIGITS)
    anchor = chart_of([{"place": 0, "value": 0}]).mark_point(opacity=0, size=0)
    return anchor.encode(
        x=alt.X("place:Q", title=None, scale=alt.Scale(domain=ends, nice=False, zero=False), axis=dates),
        y=alt.Y("value:Q", title=None, scale=alt.Scale(domain=[plot.low, plot.high], nice=False), axis=values),
    )


# --- columns ----------------------------------------------------------------------------------------------------


def _columns_of(canvas: Canvas, columns: Columns, mark: Mark, place: int) -> list[Layer]:
    """The columns of one mark: those that were counted, then those that were not; and their ranges."""
    layers: list[Layer] = []
    for is_open in (False, True):
        points = [point for point in mark.points if point.is_open == is_open]
        if points and is_open and columns.is_thin:
            layers.append(_broken(canvas, columns, mark, place, points))
        elif points:
            look: Look = open_look(canvas, mark.line) if is_open else {"color": canvas.colours(mark.line)}
            data = [_datum(columns.box(point, place), point, 0.75 if is_open else 0) for point in points]
            layers.append(_at_pixels(chart_of(data).mark_rect(**look)))
    ranges = [point for point in mark.points if point.low is not None and point.high is not None]
    for point in ranges:
        box = columns.box(point, place)
        x, ends = (box.left + box.right) / 2, (columns.plot.y(point.low or 0), columns.plot.y(point.high or 0))
        layers.append(rule(canvas, (x, ends[0]), (x, ends[1]), "ink"))
        layers += [rule(canvas, (x - 3, y), (x + 3, y), "ink") for y in ends if columns.width > 6]
    return layers


def _broken(canvas: Canvas, columns: Columns, mark: Mark, place: int, points: Sequence[Point]) -> alt.Chart:
    """Columns that are too thin for an outline, as broken strokes."""
    data = [_datum(columns.box(point, place), point, columns.width / 2) for point in points]
    strokes = chart_of(data).mark_rule(
        color=canvas.colours(mark.line), strokeWidth=round(columns.width, 1), strokeDash=[2, 2]
    )
    return strokes.encode(x=pixels("left"), y=pixels("top"), y2="bottom:Q")


def _datum(box: Box, point: Point, inset: float) -> dict[str, object]:
    left, top, right = box.left + inset, min(box.top + inset, box.bottom), box.right - inset
    places = {"left": round(left, 1), "right": round(right, 1), "top": round(top, 1), "bottom": round(box.bottom, 1)}
    return {"y": point.y, "row": point.row.reference, **places}


def _at_pixels(bars: alt.Chart) -> alt.Chart:
    return bars.encode(x=pixels("left"), x2="right:Q", y=pixels("top"), y2="bottom:Q")


# --- words ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """Lines of words, centred in a box."""

    lines: tuple[str, ...]
    colour: str
    weight: int
    box: Box


def _written(canvas: Canvas, words: Words) -> Layer:
    x, y = (words.box.left + words.box.right) / 2, words.box.top + canvas.size.type - 1
    return write(canvas, x, y, words.lines, words.colour, "center", words.weight)


def _words(canvas: Canvas, columns: Columns) -> tuple[list[Words], list[Sign]]:
    """The values and notes that have room, and the notes that have none and go into the key."""
    filled, placed, homeless = _filled(canvas, columns), list[Words](), list[Sign]()
    for place, point in _wanted(canvas, columns):
        placed += _first_free(_places_on(canvas, columns, place, point), [*filled, *_around(placed)])
    for note, places in ((canvas.chart.level_note, _on_level), (canvas.chart.gap_note, _in_gap)):
        found = _first_free(places(canvas, columns), [*filled, *_around(placed)]) if note else []
        placed += found
        if note and not found:
            homeless.append(stroke_sign(canvas, note) if places is _on_level else Sign(note))
    return placed, homeless


def _first_free(places: Sequence[Words], filled: Sequence[Box]) -> list[Words]:
    return [words for words in places if is_free(words.box, filled)][:1]


def _around(placed: Sequence[Words]) -> list[Box]:
    """The boxes of words with the room that other words leave them."""
    boxes = [words.box for words in placed]
    return [Box(box.left - 2 * APART, box.top, box.right + 2 * APART, box.bottom) for box in boxes]


def _filled(canvas: Canvas, columns: Columns) -> list[Box]:
    """What words keep clear of: columns with their ranges, and the values of the grid."""
    boxes = []
    for place, mark in enumerate(canvas.marks):
        for point in mark.points:
            box, top = columns.box(point, place), columns.plot.y(max(point.y, point.high or 0))
            boxes.append(Box(box.left - 2, top - APART, box.right + 2, box.bottom))
    heights = [columns.plot.y(step) for step in steps(canvas)]
    return [*boxes, *(Box(0, y - canvas.size.type - 5, columns.plot.left - 2, y) for y in heights)]


def _wanted(canvas: Canvas, columns: Columns) -> list[tuple[int, Point]]:
    """The values on their columns: all of them if there is room, else the highest, the last and the first."""
    everything = [(place, point) for place, mark in enumerate(canvas.marks) for point in mark.points]
    room = columns.pitch if columns.number == 1 else columns.width
    if widest(canvas, [canvas.value(point) for _, point in everything]) + 4 <= room:
        return everything
    marks = list(enumerate(canvas.marks))
    wanted = [(place, max(mark.points, key=lambda point: point.y)) for place, mark in marks]
    wanted += [(place, mark.points[end]) for end in (-1, 0) for place, mark in marks]
    return [one for at, one in enumerate(wanted) if one not in wanted[:at]]


def _places_on(canvas: Canvas, columns: Columns, place: int, point: Point) -> list[Words]:
    """A value over the middle of its column, or over its left or right edge."""
    text, box = canvas.value(point), columns.box(point, place)
    width, bottom = widest(canvas, [text]), columns.plot.y(max(point.y, point.high or 0)) - APART - 1
    starts = [(box.left + box.right - width) / 2, box.right - width, box.left]
    lefts = dict.fromkeys(max(columns.plot.left, min(start, canvas.width - width)) for start in starts)
    boxes = [Box(left, bottom - canvas.size.type, left + width, bottom) for left in lefts]
    return [Words((text,), canvas.marks[place].text, 600, box) for box in boxes]


def _on_level(canvas: Canvas, columns: Columns) -> list[Words]:
    """The note of the level above or below its line, best at the left."""
    if not canvas.chart.level:
        return []
    y, width = columns.plot.y(float(canvas.chart.level)), widest(canvas, [canvas.chart.level_note], 400)
    room = canvas.width - columns.plot.left - width - 4
    return [
        Words((canvas.chart.level_note,), "muted", 400, Box(left, top, left + width, top + canvas.size.line))
        for part in range(21)
        for left in [columns.plot.left + 4 + room * part / 20]
        for top in (y - canvas.size.line - 3, y + 4)
        if room >= 0 <= top
    ]


def _in_gap(canvas: Canvas, columns: Columns) -> list[Words]:
    """A note in the longest stretch of empty places, near half the height."""
    taken = set(columns.slots.places.values())
    runs = [list(run) for empty, run in groupby(range(len(columns.slots.names)), lambda at: at not in taken) if empty]
    if not runs:
        return []
    longest = max(runs, key=len)
    middle, plot = columns.middle((longest[0] + longest[-1]) / 2), columns.plot
    lines = wrap(canvas, canvas.chart.gap_note, max(len(longest) * columns.pitch - 8, 40), 400)
    width, height = widest(canvas, lines, 400), len(lines) * canvas.size.line
    left = max(plot.left, min(middle - width / 2, canvas.width - width))
    between = [plot.y((one + other) / 2) - height / 2 for one, other in pairwise(steps(canvas))]
    tops = sorted(between, key=lambda top: abs(top - plot.height / 2))
    return [
        Words(tuple(lines), "muted", 400, Box(left, top, left + width, top + height))
        for top in tops
        if top + height <= plot.height - 4 and width <= canvas.width - plot.left
    ]
