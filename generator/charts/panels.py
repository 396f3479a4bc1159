"""Small drawings side by side on one scale, for what lies in one drawing."""

from __future__ import annotations

from dataclasses import replace

import altair as alt

from generator.charts.canvas import AXIS, Canvas, Layer, frame, rule
from generator.charts.lines import line_layers, open_points
from generator.charts.marks import Mark
from generator.charts.names import SAMPLE, is_open
from generator.charts.plot import LEFT, Plot, plot_of, thinned, x_scale, y_scale
from generator.charts.words import wrap, write

BETWEEN, AFTER = 38, 16
"""Pixels from one panel to the next and after the last, so that no two years meet below them."""
Head = list[tuple[str, str, Mark | None, int]]


def draw_panels(canvas: Canvas) -> alt.LayerChart:
    """Small drawings in a row, with the same years and the same values; the names stand above each."""
    number = len(canvas.panels)
    wide = (canvas.width - LEFT - BETWEEN * (number - 1) - AFTER) / number
    heads = [_head(canvas, panel, wide) for panel in canvas.panels]
    top = (max(len(head) for head in heads) + 1) * canvas.size.line + 12
    plot = replace(plot_of(canvas, 0, top), right=LEFT + wide)
    unit = canvas.unit.short or canvas.unit.label
    layers: list[Layer] = [write(canvas, 0, canvas.size.type - top, unit, "muted", weight=400, is_on_paper=False)]
    for place, panel in enumerate(canvas.panels):
        left = LEFT + place * (wide + BETWEEN)
        layers += _panel(canvas, plot, panel, place)
        layers.append(rule(canvas, (left, plot.height), (left + wide, plot.height), "ink"))
        layers += _written(canvas, heads[place], left, canvas.size.type + canvas.size.line + 2 - top)
    return frame(canvas, layers, plot.height, top, AXIS)


def _panel(canvas: Canvas, plot: Plot, panel: str, place: int) -> list[Layer]:
    """The marks of one panel, moved along the common axis of years."""
    layers: list[Layer] = []
    shift = _shift(plot)
    for mark in canvas.marks_in(panel):
        moved = replace(mark, points=tuple(replace(point, x=point.x + place * shift) for point in mark.points))
        drawn = [open_points(canvas, moved, moved.points)] if is_open(canvas, mark) else line_layers(canvas, moved)
        layers += [
            layer.encode(x=x_scale(plot, _axis(canvas, plot)), y=y_scale(canvas, plot, has_unit=False))
            for layer in drawn
        ]
    return layers


def _shift(plot: Plot) -> float:
    """The years between the beginnings of two panels."""
    return (plot.right - plot.left + BETWEEN) * plot.years_per_pixel


def _axis(canvas: Canvas, plot: Plot) -> alt.Axis:
    """The years under each panel, two or three of them."""
    inside = [int(year) for year in range(round(plot.first), round(plot.last) + 1)]
    most = max(2, int((plot.right - plot.left) / 60))
    ticks, shift = thinned(inside, most), _shift(plot)
    values = [round(tick + place * shift, 4) for place in range(len(canvas.panels)) for tick in ticks]
    year = f"datum.value - {shift} * floor((datum.value - {plot.first} + 0.001) / {shift})"
    return alt.Axis(values=values, labelExpr=f"format(round({year}), 'd')", domain=False)


def _head(canvas: Canvas, panel: str, wide: float) -> Head:
    """The lines above a panel: its name, then each mark with its last value, if there is more than its name to say."""
    head: Head = [(line, "ink", None, 0) for line in wrap(canvas, panel, wide)]
    marks = canvas.marks_in(panel)
    indent = SAMPLE if len(marks) > 1 else 0
    for mark in marks:
        value = [] if mark.draw.form == "points" else [canvas.value(mark.points[-1])]
        words = " ".join([*([] if mark.draw.label == panel else [mark.draw.label]), *value])
        for at, line in enumerate(wrap(canvas, words, wide - indent)):
            head.append((line, mark.text, mark if indent and not at else None, indent))
    return head


def _written(canvas: Canvas, head: Head, left: float, top: float) -> list[Layer]:
    """The lines of a head; a name among others has a sample of its line before it."""
    layers: list[Layer] = []
    for at, (line, colour, mark, indent) in enumerate(head):
        y = top + at * canvas.size.line
        if mark:
            layers.append(rule(canvas, (left, y - 4), (left + SAMPLE - 6, y - 4), mark.line, mark.width, mark.dash))
        layers.append(write(canvas, left + indent, y, line, colour, is_on_paper=False))
    return layers
