"""Kinds over time: lines, two reporters of one flow, values that are no complete series."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

import altair as alt

from generator.charts.canvas import AXIS, Canvas, Layer, chart_of, frame, rule, with_choice
from generator.charts.key import EVENTS, event_layers
from generator.charts.marks import Mark, Point
from generator.charts.names import clear_of_axis, is_long, is_open, room_for_names, words_of
from generator.charts.plot import Plot, plot_of, x_scale, y_scale, year_ticks


def draw_lines(canvas: Canvas) -> alt.LayerChart:
    """Lines over time; a missing year is a gap, single figures are open points."""
    return _over_time(canvas, [])


def draw_two_reporters(canvas: Canvas) -> alt.LayerChart:
    """Two lines of one flow, as two reporters give it, with the gap between them shaded."""
    return _over_time(canvas, [_gap_between(canvas)])


def draw_dots(canvas: Canvas) -> alt.LayerChart:
    """Values that are no complete series: open points, never joined; a year among months is a stroke as long as it."""
    return _over_time(canvas, [])


def _over_time(canvas: Canvas, behind: Sequence[alt.Chart]) -> alt.LayerChart:
    plot = clear_of_axis(canvas, plot_of(canvas, room_for_names(canvas), _top(canvas)))
    layers: list[Layer] = [on_axes(canvas, plot, layer) for layer in behind]
    layers += [*event_layers(canvas, plot.x, plot.height), *_level(canvas, plot)]
    for mark in canvas.marks:
        layers += _mark(canvas, plot, mark)
    layers += words_of(canvas, plot)
    return frame(canvas, layers, plot.height, _top(canvas), AXIS)


def _top(canvas: Canvas) -> int:
    """The space above the plot, which holds the numbers of events."""
    return EVENTS if canvas.events else 4


def on_axes(canvas: Canvas, plot: Plot, layer: alt.Chart) -> alt.Chart:
    """A layer over years, its values on the scale of the drawing."""
    axis = alt.Axis(values=year_ticks(canvas), format="d")
    return layer.encode(x=x_scale(plot, axis), y=y_scale(canvas, plot))


# --- marks ------------------------------------------------------------------------------------------------------


def _mark(canvas: Canvas, plot: Plot, mark: Mark) -> list[Layer]:
    if not is_open(canvas, mark):
        return [*(on_axes(canvas, plot, layer) for layer in line_layers(canvas, mark)), *_breaks(canvas, plot, mark)]
    points = [point for point in mark.points if not is_long(canvas, point)]
    years = [point for point in mark.points if is_long(canvas, point)]
    layers: list[Layer] = [on_axes(canvas, plot, open_points(canvas, mark, points))] if points else []
    for year in years:
        start, end = (plot.x(year.x + half) for half in (-0.5, 0.5))
        layers.append(rule(canvas, (start, plot.y(year.y)), (end, plot.y(year.y)), mark.line, 2.5, point=year))
    return layers


def line_layers(canvas: Canvas, mark: Mark) -> list[alt.Chart]:
    """A line with its point at the end; a year with neither neighbour is a point."""
    colour = canvas.colours(mark.line)
    runs = [list(run) for _, run in groupby(mark.points, key=lambda point: point.run)]
    ends = [run[0] for run in runs if len(run) == 1 and run[0] is not mark.points[-1]] + list(mark.points[-1:])
    line = data_of(mark.points).mark_line(
        stroke=colour, strokeWidth=mark.width, strokeDash=list(mark.dash) or alt.Undefined, clip=False
    )
    point = data_of(ends).mark_point(shape=mark.shape, color=colour, fill=colour, size=60, opacity=1)
    return [line.encode(detail="run:N"), point]


def open_points(canvas: Canvas, mark: Mark, points: Sequence[Point]) -> alt.Chart:
    """Single figures by different authors: open points, never joined."""
    return data_of(points).mark_point(
        shape=mark.shape,
        stroke=canvas.colours(mark.line),
        fill=canvas.colours(with_choice(mark.line, "paper")),
        strokeWidth=2,
        size=60,
        opacity=1,
    )


def _breaks(canvas: Canvas, plot: Plot, mark: Mark) -> list[Layer]:
    """Two upright strokes where the method changes from one year to the next."""
    layers: list[Layer] = []
    for before, after in pairwise(mark.points):
        if before.run != after.run and (after.row.span.first - before.row.span.last).days <= 1:
            x = plot.x((before.x + after.x) / 2)
            y = (plot.y(before.y) + plot.y(after.y)) / 2
            layers += [rule(canvas, (x + side, y - 10), (x + side, y + 10), "ink") for side in (-2.5, 2.5)]
    return layers


def _gap_between(canvas: Canvas) -> alt.Chart:
    first, second = canvas.marks[:2]
    others = {point.x: point.y for point in second.points}
    rows = [
        {"x": point.x, "y": point.y, "y2": others[point.x], "run": point.run, "row": point.row.reference}
        for point in first.points
        if point.x in others
    ]
    area = chart_of(rows).mark_area(color=canvas.colours("between/edge"), opacity=0.28, line=False)
    return area.encode(y2="y2:Q", detail="run:N")


def data_of(points: Sequence[Point]) -> alt.Chart:
    """Points as rows of a layer: the year as a fraction, the value, its row and its run, which is joined."""
    values = [{"x": round(point.x, 4), "y": point.y, "run": point.run, "row": point.row.reference} for point in points]
    return chart_of(values)


def _level(canvas: Canvas, plot: Plot) -> list[Layer]:
    """A line across at a value."""
    if not canvas.chart.level:
        return []
    y = plot.y(float(canvas.chart.level))
    return [rule(canvas, (0, y), (plot.width, y), "ink")]
