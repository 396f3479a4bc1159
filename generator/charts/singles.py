"""Kinds that compare single values: at two dates, or of one thing by several sources."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt

from generator.charts.canvas import AXIS, Canvas, Layer, apart, chart_of, frame, rule, spot
from generator.charts.marks import Mark
from generator.charts.plot import DIGITS, linear_steps, unit_beside, with_unit
from generator.charts.words import two_lines, widest, wrap, write
from generator.dates import format_span

BETWEEN_ENDS = 12
"""Pixels between an axis and the words beside it."""
BETWEEN_LABELS = 8
"""Pixels between two values of an axis at least."""


def draw_slope(canvas: Canvas) -> alt.LayerChart:
    """Two dates as two ink axes from zero, with a stroke from one to the other and the values at both ends."""
    height = canvas.size.height - AXIS - 8
    highest = max(point.y for point in canvas.points) * 1.04
    left = widest(canvas, [canvas.value(mark.points[0]) for mark in canvas.marks]) + BETWEEN_ENDS
    right = canvas.width - widest(canvas, [line for mark in canvas.marks for line in _right_words(canvas, mark)])
    right -= BETWEEN_ENDS

    def y(value: float) -> float:
        return height * (1 - value / highest)

    layers: list[Layer] = [rule(canvas, (x, 0), (x, height), "ink") for x in (left, right)]
    for mark in canvas.marks:
        start, end = (left, y(mark.points[0].y)), (right, y(mark.points[-1].y))
        layers.append(rule(canvas, start, end, mark.line, mark.width, mark.dash))
        layers += [spot(canvas, mark, mark.points[0], *start), spot(canvas, mark, mark.points[-1], *end)]
    layers += _ends(canvas, 0, left - BETWEEN_ENDS + 2, "right", y, height)
    layers += _ends(canvas, -1, right + BETWEEN_ENDS - 2, "left", y, height)
    for x, at, align in ((left, 0, "center"), (right, -1, "center")):
        span = format_span(canvas.marks[0].points[at].row.span)
        layers.append(write(canvas, x, height + canvas.size.type + 7, span, "ink", align, is_on_paper=False))
    return frame(canvas, layers, height, 8, AXIS)


def _right_words(canvas: Canvas, mark: Mark) -> list[str]:
    return [canvas.value(mark.points[-1]), *two_lines(mark.draw.label)]


def _ends(canvas: Canvas, at: int, x: float, align: str, y: Callable[[float], float], height: float) -> list[Layer]:
    """The words at one end, moved apart where they would touch."""
    marks = sorted(canvas.marks, key=lambda mark: -mark.points[at].y)
    words = [[canvas.value(mark.points[0])] if at == 0 else _right_words(canvas, mark) for mark in marks]
    places = [(y(mark.points[at].y), len(lines) * canvas.size.line) for mark, lines in zip(marks, words, strict=True)]
    tops = apart(places, height)
    return [
        write(canvas, x, top + canvas.size.type - 1, lines, mark.text, align, is_on_paper=False)
        for mark, lines, top in zip(marks, words, tops, strict=True)
    ]


# --- several sources --------------------------------------------------------------------------------------------

CAP = 4
"""Pixels from a whisker to each end of its cap."""


def draw_dot_range(canvas: Canvas) -> alt.LayerChart:
    """A row for each source with its value as an open point, and a whisker where it names a range."""
    names = [_row_name(canvas, mark) for mark in canvas.marks]
    column = 6 if canvas.size.is_narrow else widest(canvas, [line for lines in names for line in lines]) + 20
    head = canvas.size.line if canvas.size.is_narrow else 0
    highest = max(max(point.high or 0, point.y) for point in canvas.points)
    right = canvas.width - max(widest(canvas, [canvas.value(point)]) for point in canvas.points) - 16
    last = linear_steps(highest)[-1]
    label = widest(canvas, [f"{last:,g}{unit_beside(canvas)}"], 400)
    right = min(right, column + (canvas.width - label / 2 - 2 - column) * highest / last)
    layers: list[Layer] = []
    top = 0.0
    for mark, lines in zip(canvas.marks, names, strict=True):
        tall = (len(lines) * canvas.size.line + 34) if head else max(40, len(lines) * canvas.size.line + 16)
        middle = top + tall - 18 if head else top + tall / 2
        first = top + canvas.size.type + 4 if head else middle - (len(lines) / 2 - 0.75) * canvas.size.line
        layers.append(rule(canvas, (column, middle), (right, middle), "grid"))
        layers.append(write(canvas, 0, first, lines, "ink", weight=400, is_on_paper=False))
        layers += _estimate(canvas, mark, column, right, highest, middle)
        top += tall
    layers.append(value_axis(canvas, column, right, highest))
    return frame(canvas, layers, round(top), 4, AXIS)


def _row_name(canvas: Canvas, mark: Mark) -> list[str]:
    return wrap(canvas, mark.draw.label, canvas.width * (1 if canvas.size.is_narrow else 0.36), 400)


def _estimate(canvas: Canvas, mark: Mark, left: float, right: float, highest: float, middle: float) -> list[Layer]:
    point = mark.points[-1]

    def x(value: float) -> float:
        return left + (right - left) * value / highest

    layers: list[Layer] = []
    if point.low is not None and point.high is not None:
        layers += whisker(canvas, mark, x(point.low), x(point.high), middle)
    layers.append(spot(canvas, mark, point, x(point.y), middle, is_open=True))
    beside = max(x(point.y) + 10, x(point.high or 0) + 6)
    words = write(canvas, beside, middle + canvas.size.type * 0.35, canvas.value(point), mark.text)
    return [*layers, words]


def whisker(canvas: Canvas, mark: Mark, start: float, end: float, middle: float) -> list[Layer]:
    """The range of a value as a stroke with caps."""
    caps = [rule(canvas, (x, middle - CAP), (x, middle + CAP), mark.line, 1.5) for x in (start, end)]
    return [rule(canvas, (start, middle), (end, middle), mark.line, 1.5), *caps]


def value_axis(canvas: Canvas, left: float, right: float, highest: float, has_unit: bool = True) -> alt.Chart:
    """Values from zero along the bottom, with the unit on the last if it stands nowhere else."""
    ticks = _apart(canvas, linear_steps(highest), (right - left) / highest, has_unit)
    anchor = chart_of([{"x": tick} for tick in ticks]).mark_point(opacity=0, size=0)
    axis = alt.Axis(
        values=ticks,
        format=DIGITS,
        labelExpr=with_unit(canvas, ticks[-1]) if has_unit else "datum.label",
    )
    scale = alt.Scale(domain=[0, highest], range=[round(left, 1), round(right, 1)], nice=False)
    return anchor.encode(x=alt.X("x:Q", title=None, scale=scale, axis=axis), y=alt.YValue(0))


def _apart(canvas: Canvas, ticks: list[float], per_value: float, has_unit: bool) -> list[float]:
    """The values of an axis without the last but one where its label would touch the last, which has the unit."""
    if not has_unit or len(ticks) < 3:
        return ticks
    labels = (f"{ticks[-2]:,g}", f"{ticks[-1]:,g}{unit_beside(canvas)}")
    room = (ticks[-1] - ticks[-2]) * per_value - sum(widest(canvas, [label], 400) for label in labels) / 2
    return ticks if room >= BETWEEN_LABELS else [*ticks[:-2], ticks[-1]]
