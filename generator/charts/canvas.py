"""What a kind of chart is given to draw, and the frame that every drawing has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from generator.charts.fonts import FONT
from generator.charts.marks import Mark, Point
from generator.dates import Span
from generator.model import Chart, Unit

Colours = Callable[[str], str]
"""What a token is drawn in. A token may name a choice of the reader first, which hides it: `by-1/party-1`."""
Layer = alt.Chart | tuple[alt.Chart, ...]
"""What draws one thing: a chart, or several from the back to the front."""
Look = dict[str, Any]
"""What Altair calls the properties of a mark, each with its value."""
RIGHT = 2
"""Pixels after the plot, so that no stroke is cut."""
AXIS = 27
"""Pixels under the plot where an axis has its years or values."""


@dataclass(frozen=True)
class Size:
    """A drawing's width and height in CSS pixels, and its type size."""

    name: str
    width: int
    height: int
    type: int

    @property
    def is_narrow(self) -> bool:
        return self.width < 400

    @property
    def line(self) -> int:
        """The height of a line of text."""
        return self.type + 3


NARROW, TEXT, WIDE = Size("narrow", 328, 280, 13), Size("text", 640, 330, 14), Size("wide", 940, 340, 14)


@dataclass(frozen=True)
class Canvas:
    """Everything a kind needs to draw: the record, its marks, unit, numbered events, size and colours."""

    chart: Chart
    marks: tuple[Mark, ...]
    unit: Unit
    events: tuple[Span, ...]
    size: Size
    colours: Colours

    @property
    def width(self) -> int:
        return self.size.width - RIGHT

    @property
    def points(self) -> list[Point]:
        return [point for mark in self.marks for point in mark.points]

    @property
    def panels(self) -> list[str]:
        """The panels in the order of the record."""
        return list(dict.fromkeys(mark.draw.panel for mark in self.marks))

    def marks_in(self, panel: str) -> list[Mark]:
        return [mark for mark in self.marks if mark.draw.panel == panel]

    def value(self, point: Point) -> str:
        """A value as it stands beside a mark."""
        return point.label + ("\u202f%" if self.unit.form == "percent" else "")


def frame(canvas: Canvas, layers: Sequence[Layer], height: float, top: float = 0, bottom: float = 0) -> alt.LayerChart:
    """The layers as one drawing: `height` pixels of plot, with room above it and below it."""
    colour = canvas.colours
    look = alt.Config(
        background="transparent",
        font=FONT,
        padding={"left": 0, "right": RIGHT, "top": top, "bottom": bottom},
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelColor=colour("muted"),
            labelFontSize=canvas.size.type,
            labelPadding=6,
            domain=False,
            ticks=False,
            grid=False,
        ),
        axisX=alt.AxisConfig(
            domain=True,
            domainColor=colour("ink"),
            domainWidth=1,
            ticks=True,
            tickColor=colour("ink"),
            tickSize=5,
            tickWidth=1,
        ),
        axisY=alt.AxisConfig(
            grid=True,
            gridColor=colour("grid"),
            gridWidth=1,
            labelAlign="left",
            labelPadding=0,
            labelBaseline="line-bottom",
            labelOffset=-3,
        ),
        line=alt.LineConfig(strokeCap="butt", strokeJoin="round"),
        text=alt.MarkConfig(font=FONT, fontSize=canvas.size.type),
    )
    whole: Look = {"width": canvas.width, "height": height, "autosize": alt.AutoSizeParams(type="none"), "config": look}
    flat = [part for layer in layers for part in (layer if isinstance(layer, tuple) else [layer])]
    drawing = alt.layer(*flat, **whole)
    assert isinstance(drawing, alt.LayerChart)  # a facet comes of layers that are facets
    return drawing


def rule(
    canvas: Canvas,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    width: float = 1,
    dash: Sequence[float] = (),
    point: Point | None = None,
) -> alt.Chart:
    """A straight stroke between two places, in pixels from the top left of the plot; it may draw a row."""
    line = chart_of_point(point).mark_rule(
        color=canvas.colours(colour), strokeWidth=width, strokeDash=list(dash) or alt.Undefined
    )
    return line.encode(
        x=alt.XValue(round(start[0], 1)),
        y=alt.YValue(round(start[1], 1)),
        x2=alt.X2Value(round(end[0], 1)),
        y2=alt.Y2Value(round(end[1], 1)),
    )


def with_choice(token: str, base: str) -> str:
    """Another token under the choice of this one."""
    choice, is_chosen, _ = token.rpartition("/")
    return f"{choice}/{base}" if is_chosen else base


def chart_of(rows: Iterable[Mapping[str, Any]] = ({},)) -> alt.Chart:
    """Rows to be drawn; left to itself, one of nothing. Altair copies lists of rows with every step, tuples never."""
    return alt.Chart(alt.Data(values=tuple(rows)))


def chart_of_point(point: Point | None) -> alt.Chart:
    """The one row that a bar or point draws, or none; its place is given in pixels."""
    return chart_of([{"y": point.y, "row": point.row.reference}]) if point else chart_of()


def pixels(field: str) -> dict[str, Any]:
    """A place that a datum gives in pixels instead of on a scale."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def block(
    canvas: Canvas, colour: str, left: float, right: float, top: float, height: float, point: Point | None
) -> alt.Chart:
    """A bar that draws a row, or an empty one for what the rows leave."""
    paint = canvas.colours(colour)
    look: Look = {"color": paint} if point else {"fill": "none", "stroke": paint, "strokeWidth": 1}
    bar = chart_of_point(point).mark_rect(**look)
    return bar.encode(
        x=alt.XValue(round(left, 1)), x2=alt.X2Value(round(right, 1)), y=alt.YValue(top), y2=alt.Y2Value(top + height)
    )


def spot(canvas: Canvas, mark: Mark, point: Point, x: float, y: float, is_open: bool = False) -> alt.Chart:
    """A row as a point at a place in pixels: open for a single figure by one author."""
    line = canvas.colours(mark.line)
    fill = canvas.colours(with_choice(mark.line, "paper")) if is_open else line
    look: Look = {"fill": fill, "stroke": line, "strokeWidth": 2} if is_open else {"fill": fill}
    drawn = chart_of_point(point).mark_point(shape=mark.shape, size=60, opacity=1, color=line, **look)
    return drawn.encode(x=alt.XValue(round(x, 1)), y=alt.YValue(round(y, 1)))


def apart(places: Sequence[tuple[float, float]], lowest: float, between: float = 6) -> list[float]:
    """The tops of labels, given from the highest down as (middle, height), moved so that none touches another."""
    tops: list[float] = []
    floor = -between
    for middle, height in places:
        tops.append(max(middle - height / 2, floor + between))
        floor = tops[-1] + height
    ceiling = lowest
    for index in reversed(range(len(tops))):
        tops[index] = min(tops[index], ceiling - places[index][1])
        ceiling = tops[index] - between
    return tops
