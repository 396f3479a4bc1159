"""Heat: a row of cells for each name, a cell for each date, its value told by one of five steps of one hue."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

import altair as alt

from generator.charts.canvas import Canvas, Layer, Look, chart_of, frame, pixels
from generator.charts.key import SAMPLE, Sign, key_height, key_layers, unit_sign
from generator.charts.marks import Mark, Point
from generator.charts.slots import Slots, named_slots, slots_of
from generator.charts.words import held, widest, wrap, write

LEAST, MOST = 12, 90
"""The pixels across a cell; where it would be less, the dates go on in a second row of cells below."""
TALL, LOW = 26, 18
"""The height of a cell with its value in it, and without."""
TEXTS = ("ink", "ink", "step-3-text", "paper", "paper")
"""The colours in which a value can be read on each step."""
WORDS = ("under", "from", "from", "from", "from")
EMPTY = "no figure"


@dataclass(frozen=True)
class Band:
    """Dates that stand in one row of cells: which places, and where they begin."""

    slots: Slots
    first: int
    left: float
    cell: float

    def places(self) -> range:
        return range(self.first, self.first + len(self.slots.names))

    def x(self, place: int) -> float:
        return self.left + (place - self.first) * self.cell


@dataclass(frozen=True)
class Cell:
    """A place in the drawing, with the row that is drawn there."""

    left: float
    top: float
    right: float
    bottom: float
    point: Point | None


def draw_heat(canvas: Canvas) -> alt.LayerChart:
    """Rows of cells in five steps; a date without a row is a stroke on paper, and values stand where they fit."""
    room = canvas.width * (1 if canvas.size.is_narrow else 0.34)
    names = [wrap(canvas, mark.draw.label, room, 400) for mark in canvas.marks]
    left = 0 if canvas.size.is_narrow else widest(canvas, [line for lines in names for line in lines], 400) + 14
    bands = _bands(canvas, slots_of(canvas), left)
    has_values = widest(canvas, [point.label for point in canvas.points]) + 6 <= bands[0].cell
    cells: list[Cell] = []
    layers: list[Layer] = []
    top = 0.0
    for band in bands:
        for mark, lines in zip(canvas.marks, names, strict=True):
            height = TALL if has_values else LOW
            above = len(lines) * canvas.size.line + 4 if canvas.size.is_narrow else 0
            tall = above + height if above else max(height, len(lines) * canvas.size.line + 4)
            middle = top + above + (tall - above) / 2
            first = top + canvas.size.type if above else middle - (len(lines) / 2 - 0.75) * canvas.size.line
            layers.append(write(canvas, 0, first, lines, "ink", weight=400, is_on_paper=False))
            cells += _cells(mark, band, middle - height / 2, middle + height / 2)
            top += tall + (8 if above else 1)
        layers += _dates(canvas, band, top)
        top += canvas.size.line + 16
    signs = _signs(canvas, any(cell.point is None for cell in cells))
    head = key_height(canvas, signs)
    layers += [*_filled(canvas, cells), *_empty(canvas, cells), *key_layers(canvas, signs, -head)]
    layers += _values(canvas, cells) if has_values else []
    return frame(canvas, layers, round(top - 8), head)


def _bands(canvas: Canvas, slots: Slots, left: float) -> list[Band]:
    """All dates in one row of cells, or cut into as few rows as their width asks for."""
    number, room = len(slots.names), canvas.width - left
    count = math.ceil(number / math.floor(room / LEAST))
    each = math.ceil(number / count)
    cell = min(MOST, room / each)
    return [Band(replace(slots, names=slots.names[at : at + each]), at, left, cell) for at in range(0, number, each)]


def _cells(mark: Mark, band: Band, top: float, bottom: float) -> list[Cell]:
    places = {band.slots.places[point.row.span]: point for point in mark.points}
    return [Cell(band.x(at), top, band.x(at) + band.cell - 1, bottom, places.get(at)) for at in band.places()]


def step_of(canvas: Canvas, point: Point) -> int:
    """The step of a value, from 0 to 4: a bound belongs to the step above it."""
    return sum(point.y >= float(bound) for bound in canvas.chart.steps)


# --- cells ------------------------------------------------------------------------------------------------------


def _filled(canvas: Canvas, cells: Sequence[Cell]) -> list[Layer]:
    layers: list[Layer] = []
    for step in range(len(TEXTS)):
        chosen = [cell for cell in cells if cell.point and step_of(canvas, cell.point) == step]
        data = [_datum(cell, 0 if step else 0.5) for cell in chosen]
        outline: Look = {} if step else {"stroke": canvas.colours("edge"), "strokeWidth": 1}
        bars = chart_of(data).mark_rect(fill=canvas.colours(f"step-{step + 1}"), **outline)
        placed = bars.encode(x=pixels("left"), x2="right:Q", y=pixels("top"), y2="bottom:Q")
        layers += [placed] if data else []
    return layers


def _datum(cell: Cell, inset: float) -> dict[str, object]:
    row: dict[str, object] = {"y": cell.point.y, "row": cell.point.row.reference} if cell.point else {}
    return {
        **row,
        "left": round(cell.left + inset, 1),
        "right": round(cell.right - inset, 1),
        "top": round(cell.top + inset, 1),
        "bottom": round(cell.bottom - inset, 1),
    }


def _empty(canvas: Canvas, cells: Sequence[Cell]) -> list[Layer]:
    """A short stroke where no row stands."""
    data = [
        {"left": round(middle - 3, 1), "right": round(middle + 3, 1), "top": round((cell.top + cell.bottom) / 2, 1)}
        for cell in cells
        for middle in [(cell.left + cell.right) / 2]
        if cell.point is None
    ]
    strokes = chart_of(data).mark_rule(color=canvas.colours("edge"), strokeWidth=1)
    return [strokes.encode(x=pixels("left"), x2="right:Q", y=pixels("top"))] if data else []


def _values(canvas: Canvas, cells: Sequence[Cell]) -> list[Layer]:
    layers: list[Layer] = []
    for colour in dict.fromkeys(TEXTS):
        data = [
            {
                "text": cell.point.label,
                "left": round((cell.left + cell.right) / 2, 1),
                "top": round((cell.top + cell.bottom) / 2 + canvas.size.type * 0.35, 1),
            }
            for cell in cells
            if cell.point and TEXTS[step_of(canvas, cell.point)] == colour
        ]
        words = chart_of(data).mark_text(
            align="center", baseline="alphabetic", fontWeight=600, color=canvas.colours(colour)
        )
        layers += [words.encode(text="text:N", x=pixels("left"), y=pixels("top"))] if data else []
    return layers


# --- words ------------------------------------------------------------------------------------------------------


def _dates(canvas: Canvas, band: Band, top: float) -> list[Layer]:
    """The dates below a row of cells."""
    layers: list[Layer] = []
    for at, name in named_slots(canvas, band.slots, band.left, band.cell).items():
        middle = band.x(band.first + at) + (band.cell - 1) / 2
        x, y = held(middle, widest(canvas, [name], 400), "center", 0, canvas.width), top + canvas.size.type + 2
        layers.append(write(canvas, x, y, name, "muted", "center", weight=400, is_on_paper=False))
    return layers


def _signs(canvas: Canvas, has_empty: bool) -> list[Sign]:
    """The unit, each step with the value from which it begins, and what an empty cell is."""
    bounds = [f"{Decimal(bound):,f}" for bound in canvas.chart.steps]
    words = [f"{word} {bound}" for word, bound in zip(WORDS, bounds[:1] + bounds, strict=False)]
    signs = [unit_sign(canvas)]
    signs += [Sign(text, "muted", partial(_sample, canvas, step)) for step, text in enumerate(words)]
    return [*signs, Sign(EMPTY, "muted", lambda x, middle: _empty(canvas, [_at(x, middle)]))] if has_empty else signs


def _at(x: float, middle: float) -> Cell:
    return Cell(x, middle - SAMPLE / 2, x + SAMPLE, middle + SAMPLE / 2, None)


def _sample(canvas: Canvas, step: int, x: float, middle: float) -> list[Layer]:
    outline: Look = {} if step else {"stroke": canvas.colours("edge"), "strokeWidth": 1}
    box = chart_of([_datum(_at(x, middle), 0 if step else 0.5)]).mark_rect(
        fill=canvas.colours(f"step-{step + 1}"), **outline
    )
    return [box.encode(x=pixels("left"), x2="right:Q", y=pixels("top"), y2="bottom:Q")]
