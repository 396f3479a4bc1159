"""Pairs of values: two points in a row, joined by a stroke."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import altair as alt

from generator.charts.canvas import AXIS, Canvas, Layer, chart_of, frame, rule, spot
from generator.charts.key import SAMPLE, Sign, key_height, key_layers, open_signs, unit_sign
from generator.charts.marks import Mark, Point
from generator.charts.plot import linear_steps
from generator.charts.singles import value_axis, whisker
from generator.charts.words import widest, wrap, write

BESIDE = 10
"""Pixels from a point to its value."""
ROW, SINGLE = 36, 34
"""The least height of a row; and what a row adds below a name that stands above it."""
ASIDE = 5
"""Pixels by which two ranges of one row are moved apart."""


def draw_dumbbell(canvas: Canvas) -> alt.LayerChart:
    """A row for each panel with two points, their values outside, and a stroke from one to the other."""
    signs = [unit_sign(canvas), *_names(canvas), *open_signs(canvas, canvas.points, "spot")]
    head = key_height(canvas, signs)
    is_narrow = canvas.size.is_narrow
    names = [wrap(canvas, panel, canvas.width * (1 if is_narrow else 0.3), 400) for panel in canvas.panels]
    values = widest(canvas, [canvas.value(point) for point in canvas.points]) + BESIDE + 4
    left = values + (0 if is_narrow else widest(canvas, [line for lines in names for line in lines], 400) + 8)
    highest = max(max(point.high or 0, point.y) for point in canvas.points)
    right = _right(canvas, left, canvas.width - values, highest)
    layers = [*key_layers(canvas, signs, -head)]
    top = 0.0
    for panel, lines in zip(canvas.panels, names, strict=True):
        tall = len(lines) * canvas.size.line + SINGLE if is_narrow else max(ROW, len(lines) * canvas.size.line + 12)
        middle = top + tall - 17 if is_narrow else top + tall / 2
        first = top + canvas.size.type + 2 if is_narrow else middle - (len(lines) / 2 - 0.75) * canvas.size.line
        layers.append(rule(canvas, (0 if is_narrow else left, middle), (canvas.width, middle), "grid"))
        layers += [write(canvas, 0, first, lines, "ink", weight=400, is_on_paper=False)] if lines else []
        layers += _pair(canvas, canvas.marks_in(panel), partial(_x, left, right, highest), middle)
        top += tall
    layers.append(value_axis(canvas, left, right, highest, has_unit=False))
    return frame(canvas, layers, round(top), head, AXIS)


def _names(canvas: Canvas) -> list[Sign]:
    """The names of both ends, once, each after its point."""
    firsts = {mark.draw.label: mark for mark in reversed(canvas.marks)}
    marks = [firsts[label] for label in dict.fromkeys(mark.draw.label for mark in canvas.marks)]
    return [Sign(mark.draw.label, mark.text, partial(_sample, canvas, mark)) for mark in marks]


def _sample(canvas: Canvas, mark: Mark, x: float, middle: float) -> list[Layer]:
    colour = canvas.colours(mark.line)
    point = chart_of().mark_point(shape=mark.shape, size=60, opacity=1, color=colour, fill=colour)
    return [point.encode(x=alt.XValue(round(x + SAMPLE / 2, 1)), y=alt.YValue(round(middle, 1)))]


def _x(left: float, right: float, highest: float, value: float) -> float:
    return left + (right - left) * value / highest


def _right(canvas: Canvas, left: float, right: float, highest: float) -> float:
    """Where the highest value stands, so that the last value of the axis stays inside the drawing."""
    last = linear_steps(highest)[-1]
    label = widest(canvas, [f"{last:,g}"], 400)
    return min(right, left + (canvas.width - label / 2 - 2 - left) * highest / last)


def _pair(canvas: Canvas, marks: Sequence[Mark], x: partial[float], middle: float) -> list[Layer]:
    """The one or two points of a row."""
    ends = sorted(((mark, mark.points[-1]) for mark in marks), key=lambda end: end[1].y)
    layers: list[Layer] = []
    if len(ends) > 1:
        layers.append(rule(canvas, (x(ends[0][1].y), middle), (x(ends[-1][1].y), middle), "edge", 2))
    aside = ASIDE if all(_has_range(point) for _, point in ends) and len(ends) > 1 else 0
    for place, (mark, point) in enumerate(ends):
        if _has_range(point):
            layers += whisker(canvas, mark, x(point.low or 0), x(point.high or 0), middle - aside + 2 * aside * place)
    layers += [spot(canvas, mark, point, x(point.y), middle, point.is_open) for mark, point in ends]
    for place, (mark, point) in enumerate(ends):
        is_left = place == 0 and len(ends) > 1
        outer = min(point.y, point.low or point.y) if is_left else max(point.y, point.high or 0)
        layers.append(
            write(
                canvas,
                x(outer) + (-BESIDE if is_left else BESIDE),
                middle + canvas.size.type * 0.35,
                canvas.value(point),
                mark.text,
                "right" if is_left else "left",
            )
        )
    return layers


def _has_range(point: Point) -> bool:
    return point.low is not None and point.high is not None
