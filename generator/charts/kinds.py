"""The kinds of chart, each a pure function from marks to an Altair specification."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import altair as alt

from generator.charts.fonts import FONT
from generator.charts.marks import Mark, Point, year_of_event
from generator.dates import Span
from generator.model import Chart, Unit
from generator.stretches import Stretch

Colours = Callable[[str], str]
Layer = alt.Chart | alt.LayerChart


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


def specification(canvas: Canvas) -> dict[str, Any]:
    """The Vega-Lite specification of a chart at one size; the same input gives the same one."""
    return KINDS[canvas.chart.kind_of_chart](canvas).to_dict()


# --- lines ------------------------------------------------------------------------------------------------------


def draw_lines(canvas: Canvas) -> alt.LayerChart:
    """Lines over time; a missing year is a gap, single figures are open points."""
    return _finish(canvas, [*_frame(canvas), *_lines(canvas)])


def draw_two_reporters(canvas: Canvas) -> alt.LayerChart:
    """Two lines of one flow, as two reporters give it, with the gap between them shaded."""
    return _finish(canvas, [_gap_between(canvas), *_frame(canvas), *_lines(canvas)])


def _lines(canvas: Canvas) -> list[Layer]:
    layers: list[Layer] = []
    for mark in canvas.marks:
        layers += _points_only(canvas, mark) if mark.draw.form == "points" else _line(canvas, mark)
    return [*layers, *_names(canvas)]


def _line(canvas: Canvas, mark: Mark) -> list[Layer]:
    colour = canvas.colours(mark.line)
    runs = [list(run) for _, run in groupby(mark.points, key=lambda point: point.run)]
    ends = [run[0] for run in runs if len(run) == 1] + list(mark.points[-1:])
    line = _data(mark.points).mark_line(
        stroke=colour, strokeWidth=mark.width, strokeDash=list(mark.dash) or alt.Undefined, clip=False
    )
    point = _data(ends).mark_point(shape=mark.shape, color=colour, fill=colour, size=60, opacity=1)
    layers = [_on_axes(canvas, line).encode(detail="run:N"), _on_axes(canvas, point)]
    peak = max(mark.points, key=lambda point: point.y)
    if peak is not mark.points[-1] and not canvas.size.is_narrow:
        layers.append(_text(canvas, peak.x, peak.y, peak.label, dy=-8, color=canvas.colours(mark.text)))
    return layers


def _points_only(canvas: Canvas, mark: Mark) -> list[Layer]:
    """Single figures by different authors: open points, never joined."""
    points = _data(mark.points).mark_point(
        shape=mark.shape,
        stroke=canvas.colours(mark.line),
        fill=canvas.colours("paper"),
        strokeWidth=2,
        size=60,
        opacity=1,
    )
    return [_on_axes(canvas, points)]


def _gap_between(canvas: Canvas) -> alt.Chart:
    first, second = canvas.marks[:2]
    others = {point.x: point.y for point in second.points}
    rows = [
        {"x": point.x, "y": point.y, "y2": others[point.x], "run": point.run}
        for point in first.points
        if point.x in others
    ]
    area = alt.Chart(alt.Data(values=rows)).mark_area(color=canvas.colours("edge"), opacity=0.28, line=False)
    return _on_axes(canvas, area).encode(y2="y2:Q", detail="run:N")


def _data(points: Sequence[Point]) -> alt.Chart:
    return alt.Chart(alt.Data(values=[{"x": point.x, "y": point.y, "run": point.run} for point in points]))


# --- axes and words ---------------------------------------------------------------------------------------------


def _on_axes(canvas: Canvas, layer: alt.Chart) -> alt.Chart:
    first, last = _years(canvas)
    room = _room_for_names(canvas)
    end = last + (last - first) * room / (canvas.size.width - room)
    ticks = _steps(canvas)
    unit = canvas.unit.short or canvas.unit.label
    with_unit = f"datum.label + '{'' if unit == '%' else ' '}{unit}'".replace("'%'", "'\u202f%'")
    return layer.encode(
        x=alt.X(
            "x:Q",
            title=None,
            scale=alt.Scale(domain=[first, end], nice=False, zero=False),
            axis=alt.Axis(values=_year_ticks(canvas), format="d"),
        ),
        y=alt.Y(
            "y:Q",
            title=None,
            scale=alt.Scale(domain=[0, _top(canvas)], nice=False),
            axis=alt.Axis(
                values=ticks, format=",~r", labelExpr=f"datum.value == {ticks[-1]} ? {with_unit} : datum.label"
            ),
        ),
    )


LEFT = 46
"""Pixels before the first point, where the values of the grid stand."""


def _years(canvas: Canvas) -> tuple[float, float]:
    """The first and last year of the axis; the first point stands clear of the values of the grid."""
    years = [point.x for mark in canvas.marks for point in mark.points]
    first, last = min(years), max(years)
    width = canvas.size.width - _room_for_names(canvas) - LEFT
    return first - ((last - first) or 1) * LEFT / width, last


def _year_ticks(canvas: Canvas) -> list[int]:
    years = [point.x for mark in canvas.marks for point in mark.points]
    inside = range(math.ceil(min(years)), math.floor(max(years)) + 1)
    most = 5 if canvas.size.is_narrow else 8
    for step in (1, 2, 5, 10, 20, 50):
        ticks = [year for year in inside if year % step == 0]
        if len(ticks) <= most:
            return ticks
    return [year for year in inside if year % 100 == 0]


def _highest(canvas: Canvas) -> float:
    return max(point.y for mark in canvas.marks for point in mark.points)


def _steps(canvas: Canvas) -> list[float]:
    """Three or four round values for the grid, from zero."""
    highest = _highest(canvas)
    scale = 10 ** math.floor(math.log10(highest))
    for factor in (0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5):
        step = scale * factor
        if highest / step < 4:
            count = math.floor(highest / step + 1e-9)
            return [round(step * number, 6) for number in range(count + 1)]
    return [0, highest]


def _top(canvas: Canvas) -> float:
    """The end of the axis: above the highest value, with room for its label or the name above it."""
    room = 1.22 if any(mark.draw.at == "above" for mark in canvas.marks) else 1.08
    return round(max(_highest(canvas) * room, _steps(canvas)[-1] * 1.07), 6)


def _frame(canvas: Canvas) -> list[Layer]:
    """Numbered events as dotted rules, and the note in a stretch without rows."""
    layers = []
    for number, span in enumerate(canvas.events, 1):
        rule = alt.Chart(alt.Data(values=[{"x": year_of_event(span)}])).mark_rule(
            color=canvas.colours("edge"), strokeDash=[1, 3], strokeWidth=1
        )
        layers.append(rule.encode(x="x:Q"))
        name = alt.Chart(alt.Data(values=[{"x": year_of_event(span), "text": str(number)}])).mark_text(
            color=canvas.colours("muted"), fontSize=13, fontWeight=600, baseline="bottom"
        )
        layers.append(name.encode(x="x:Q", y=alt.value(-3), text="text:N"))
    return [*layers, *_gap_note(canvas)]


def _gap_note(canvas: Canvas) -> list[Layer]:
    years = sorted({point.x for mark in canvas.marks for point in mark.points})
    gaps = [(after - before, (after + before) / 2) for before, after in zip(years, years[1:], strict=False)]
    if not canvas.chart.gap_note or not gaps:
        return []
    _, middle = max(gaps)
    lines = _two_lines(canvas.chart.gap_note)
    return [
        _text(canvas, middle, _top(canvas) * 0.42, lines, align="center", color=canvas.colours("muted"), weight=400)
    ]


def _text(
    canvas: Canvas,
    x: float,
    y: float,
    words: str | list[str],
    color: str,
    dx: float = 0,
    dy: float = 0,
    align: str = "center",
    weight: int = 600,
) -> alt.LayerChart:
    """Words at a place, on a stroke of paper so that no line runs through them."""
    at = alt.Chart(alt.Data(values=[{"x": x, "y": y}]))
    look = {"text": words, "align": align, "dx": dx, "dy": dy, "fontWeight": weight, "lineHeight": canvas.size.type + 3}
    paper = canvas.colours("paper")
    behind = at.mark_text(**look, color=paper, stroke=paper, strokeWidth=5, strokeJoin="round")
    return alt.layer(behind.encode(x="x:Q", y="y:Q"), at.mark_text(**look, color=color).encode(x="x:Q", y="y:Q"))


def _name_lines(canvas: Canvas, mark: Mark) -> list[str]:
    """The name beside a mark, on two lines at most, its last value behind it."""
    if mark.draw.form == "points":
        return _two_lines(mark.draw.label)
    last = mark.points[-1].label + ("\u202f%" if canvas.unit.form == "percent" else "")
    return [*_two_lines(mark.draw.label), last]


def _two_lines(words: str) -> list[str]:
    if len(words) <= 12 or " " not in words:
        return [words]
    middle = min((i for i, letter in enumerate(words) if letter == " "), key=lambda i: abs(i - len(words) / 2))
    return [words[:middle], words[middle + 1 :]]


def _width_of(lines: Sequence[str], type: int) -> float:
    return max(len(line) for line in lines) * type * 0.54


def _room_for_names(canvas: Canvas) -> float:
    widths = [_width_of(_name_lines(canvas, mark), canvas.size.type) for mark in canvas.marks if mark.draw.at == "end"]
    return max(widths, default=0) + 12


def _names(canvas: Canvas) -> list[Layer]:
    """The names beside the marks, moved apart where they would touch."""
    layers = []
    for mark, top in _stacked(canvas):
        dy = top - _height_of(canvas, mark.points[-1].y) + (canvas.size.type + 3) * 0.75
        layers.append(_name(canvas, mark, mark.points[-1], _name_lines(canvas, mark), dx=9, dy=dy, align="left"))
    for mark in canvas.marks:
        if mark.draw.at != "end":
            layers.append(_name_along(canvas, mark))
    return layers


def _stacked(canvas: Canvas) -> list[tuple[Mark, float]]:
    """The marks named at their end, from the highest down, with the top of each name in pixels."""
    at_end = sorted((mark for mark in canvas.marks if mark.draw.at == "end"), key=lambda mark: -mark.points[-1].y)
    heights = [len(_name_lines(canvas, mark)) * (canvas.size.type + 3) for mark in at_end]
    tops, floor = [], -math.inf
    for mark, height in zip(at_end, heights, strict=True):
        tops.append(max(_height_of(canvas, mark.points[-1].y) - height / 2, floor + 6))
        floor = tops[-1] + height
    ceiling = _height_of(canvas, 0) - 5.0
    for index in reversed(range(len(tops))):
        tops[index] = min(tops[index], ceiling - heights[index])
        ceiling = tops[index] - 6
    return list(zip(at_end, tops, strict=True))


def _name_along(canvas: Canvas, mark: Mark) -> alt.LayerChart:
    """A name above or below its highest or first point."""
    lines, below = _name_lines(canvas, mark), mark.draw.at == "below"
    anchor = mark.points[0] if mark.draw.at == "start" else max(mark.points, key=lambda point: point.y)
    dy = 22 if below else -(len(lines) - 1) * (canvas.size.type + 3) - 14
    return _name(canvas, mark, anchor, lines, dx=0, dy=dy, align="left" if mark.draw.at == "start" else "center")


def _name(
    canvas: Canvas, mark: Mark, point: Point, lines: list[str], dx: float, dy: float, align: str
) -> alt.LayerChart:
    return _text(canvas, point.x, point.y, lines, canvas.colours(mark.text), dx=dx, dy=round(dy, 1), align=align)


def _height_of(canvas: Canvas, y: float) -> float:
    """The place of a value, in pixels from the top of the plot: the drawing less its padding and the axis."""
    return (canvas.size.height - _padding(canvas) - 27) * (1 - y / _top(canvas))


def _padding(canvas: Canvas) -> int:
    """The space above the plot, which holds the numbers of events."""
    return 18 if canvas.events else 4


# --- bars -------------------------------------------------------------------------------------------------------

HEAD, NAME, BAR, BETWEEN = 34, 20, 22, 14


def draw_paired_bars(canvas: Canvas) -> alt.LayerChart:
    """Bars from zero in one block for each era, a block under the other, so that the same length means the same."""
    panels = list(dict.fromkeys(mark.draw.panel for mark in canvas.marks))
    layers: list[Layer] = []
    top = 0.0
    for panel in panels:
        layers.append(_word(canvas, top + HEAD - 14, panel, "ink", 600, canvas.size.type + 2))
        layers.append(_line_across(canvas, top + HEAD - 6))
        top += HEAD
        for mark in (mark for mark in canvas.marks if mark.draw.panel == panel):
            layers += _bar(canvas, mark, top)
            top += NAME + BAR + BETWEEN
        top += BETWEEN
    return _configure(canvas, alt.layer(*layers), height=round(top))


def _bar(canvas: Canvas, mark: Mark, top: float) -> list[Layer]:
    room = 52
    full = canvas.size.width - room
    length = round(full * mark.points[-1].y / _highest(canvas), 1)
    point = mark.points[-1]
    value = point.label + ("\u202f%" if canvas.unit.form == "percent" else "")
    bar = alt.Chart(alt.Data(values=[{"y": point.y}])).mark_rect(color=canvas.colours(mark.line))
    return [
        _word(canvas, top + NAME - 6, mark.draw.label, "ink", 400, canvas.size.type),
        bar.encode(x=alt.value(0), x2=alt.value(length), y=alt.value(top + NAME), y2=alt.value(top + NAME + BAR)),
        _word(canvas, top + NAME + BAR - 6, value, mark.text, 600, canvas.size.type, x=length + 6),
    ]


def _word(canvas: Canvas, y: float, words: str, colour: str, weight: int, type: int, x: float = 0) -> alt.Chart:
    text = alt.Chart(alt.Data(values=[{}])).mark_text(
        text=words, align="left", baseline="alphabetic", color=canvas.colours(colour), fontWeight=weight, fontSize=type
    )
    return text.encode(x=alt.value(x), y=alt.value(y))


def _line_across(canvas: Canvas, y: float) -> alt.Chart:
    rule = alt.Chart(alt.Data(values=[{}])).mark_rule(color=canvas.colours("ink"), strokeWidth=1)
    return rule.encode(x=alt.value(0), x2=alt.value(canvas.size.width), y=alt.value(y))


# --- the strip --------------------------------------------------------------------------------------------------

STRIP_HEIGHT = 84


def strip_specification(stretches: Sequence[Stretch], width: int, colours: Colours) -> dict[str, Any]:
    """Bars of how many events begin in each stretch of years."""
    values = [{"x": stretch.first, "x2": stretch.last + 0.2, "y": stretch.number} for stretch in stretches]
    step = 100 if width < 400 else 50
    first, last = stretches[0].first, stretches[-1].last + 1
    ticks = [year for year in range(first, last + 1) if year % step == 0]
    bars = alt.Chart(alt.Data(values=values)).mark_rect(color=colours("ink")).encode(
        x=alt.X(
            "x:Q",
            title=None,
            scale=alt.Scale(domain=[first, last], nice=False, zero=False),
            axis=alt.Axis(values=ticks, format="d", grid=False, labelColor=colours("muted"), labelFontSize=13,
                          domainColor=colours("ink"), tickColor=colours("ink"), tickSize=4),
        ),
        x2="x2:Q",
        y=alt.Y("y:Q", title=None, axis=None),
        y2=alt.datum(0),
    )  # fmt: skip
    sized = bars.properties(
        width=width, height=STRIP_HEIGHT, autosize=alt.AutoSizeParams(type="fit", contains="padding")
    )
    return sized.configure(background="transparent", font=FONT, padding=2, view=alt.ViewConfig(stroke=None)).to_dict()


# --- the whole --------------------------------------------------------------------------------------------------


def _finish(canvas: Canvas, layers: list[Layer]) -> alt.LayerChart:
    return _configure(canvas, alt.layer(*layers), height=canvas.size.height)


def _configure(canvas: Canvas, chart: alt.LayerChart, height: int) -> alt.LayerChart:
    colour, size = canvas.colours, canvas.size
    axis = {
        "labelColor": colour("muted"),
        "labelFontSize": size.type,
        "labelPadding": 6,
        "domain": False,
        "ticks": False,
        "grid": False,
    }
    return chart.properties(
        width=size.width, height=height, autosize=alt.AutoSizeParams(type="fit", contains="padding")
    ).configure(
        background="transparent",
        font=FONT,
        padding={"left": 0, "right": 2, "top": _padding(canvas), "bottom": 0},
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(**axis),
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
        text=alt.MarkConfig(font=FONT, fontSize=size.type),
    )


KINDS: dict[str, Callable[[Canvas], alt.LayerChart]] = {
    "line": draw_lines,
    "two-reporters": draw_two_reporters,
    "paired-bars": draw_paired_bars,
}
