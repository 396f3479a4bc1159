"""Where years and values stand in a drawing over time: one scale each, known to the pixel."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from generator.charts.canvas import AXIS, Canvas

LEFT = 46
"""Pixels before the first point, where the values of the grid stand."""

ABOVE, BELOW = 28, 34
"""Pixels above the highest and, on a log scale, below the lowest value, where their labels stand."""

DIGITS = ",.9~r"
"""How an axis writes its values. Without a number of digits Vega rounds 25 and 75 to 30 and 80."""


@dataclass(frozen=True)
class Plot:
    """Two scales in pixels: years from `left` to `right`, values from the bottom up."""

    first: float
    last: float
    left: float
    right: float
    width: float
    height: float
    low: float
    high: float
    is_log: bool

    def x(self, year: float) -> float:
        return self.left + (year - self.first) / self.years_per_pixel

    def y(self, value: float) -> float:
        """The pixels from the top at which a value stands."""
        if self.is_log:
            return self.height * (1 - math.log(value / self.low) / math.log(self.high / self.low))
        return self.height * (1 - (value - self.low) / (self.high - self.low))

    @property
    def years_per_pixel(self) -> float:
        return ((self.last - self.first) or 1) / (self.right - self.left)

    @property
    def ends(self) -> list[float]:
        """The years at both ends of the axis, which runs under the names too."""
        before, after = self.left * self.years_per_pixel, (self.width - self.right) * self.years_per_pixel
        return [round(self.first - before, 4), round(self.last + after, 4)]


def plot_of(canvas: Canvas, room: float, top: float) -> Plot:
    """The plot of a drawing, with `room` pixels for names after the last year and `top` pixels above it."""
    first, last = years_of(canvas)
    low, high = _ends_of_values(canvas)
    height = canvas.size.height - top - AXIS
    return Plot(first, last, LEFT, canvas.width - room, canvas.width, height, low, high, canvas.chart.scale == "log")


def years_of(canvas: Canvas) -> tuple[float, float]:
    """The first and last year of the axis; among months a year is drawn to its end, and some year is named."""
    if canvas.chart.frequency != "month":
        years = [point.x for point in canvas.points]
        return min(years), max(years)
    first = min(point.x - point.row.span.is_year / 2 for point in canvas.points)
    last = max(point.x + point.row.span.is_year / 2 for point in canvas.points)
    return (first if math.floor(last) > first else math.floor(first)), last


def _values(canvas: Canvas) -> list[float]:
    ends = [end for point in canvas.points for end in (point.low, point.y, point.high) if end is not None]
    return [*ends, float(canvas.chart.level)] if canvas.chart.level else ends


def _ends_of_values(canvas: Canvas) -> tuple[float, float]:
    """The ends of the scale, with room for words above the highest value; on a log scale below the lowest too."""
    values = _values(canvas)
    lowest, highest, height = min(values), max(values), canvas.size.height - AXIS - 18
    if canvas.chart.scale == "log":
        each = (math.log10(highest / lowest) or 1) / (height - ABOVE - BELOW)
        return round(lowest / 10 ** (each * BELOW), 9), round(highest * 10 ** (each * ABOVE), 6)
    above = ABOVE + (canvas.size.line * 2 if any(mark.draw.at == "above" for mark in canvas.marks) else 0)
    return 0, round(max(highest * height / (height - above), steps(canvas)[-1] * 1.07), 6)


def steps(canvas: Canvas) -> list[float]:
    """A few round values for the grid: from zero, or a power of ten after the other on a log scale."""
    values = _values(canvas)
    if canvas.chart.scale == "log":
        return _log_steps(min(values) / 2, _ends_of_values(canvas)[1])
    return linear_steps(max(values))


def linear_steps(highest: float) -> list[float]:
    """Three or four round values from zero."""
    scale = 10 ** math.floor(math.log10(highest))
    for factor in (0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5):
        step = scale * factor
        if highest / step < 4:
            count = math.floor(highest / step + 1e-9)
            return [round(step * number, 6) for number in range(count + 1)]
    return [0, highest]


def _log_steps(low: float, high: float) -> list[float]:
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for factors in ((1,), (1, 3), (1, 2, 5), range(1, 10)):
        found = [round(10.0**power * factor, 9) for power in powers for factor in factors]
        inside = [value for value in found if low <= value <= high]
        if len(inside) >= 3:
            return inside
    return inside or [low]


def year_ticks(canvas: Canvas) -> list[int]:
    """The years that an axis names: whole ones, as many as there is room for."""
    first, last = years_of(canvas)
    inside = range(math.ceil(first), math.floor(last) + 1)
    return thinned(list(inside), 5 if canvas.size.is_narrow else 8)


def thinned(years: Sequence[int], most: int) -> list[int]:
    """Years at round steps, so many at most."""
    for step in (1, 2, 5, 10, 20, 50):
        ticks = [year for year in years if year % step == 0]
        if len(ticks) <= most:
            return ticks
    return [year for year in years if year % 100 == 0]


def x_scale(plot: Plot, axis: alt.Axis) -> alt.X:
    """Years along the bottom, from edge to edge of the plot."""
    return alt.X("x:Q", title=None, scale=alt.Scale(domain=plot.ends, nice=False, zero=False), axis=axis)


def y_scale(canvas: Canvas, plot: Plot, has_unit: bool = True) -> alt.Y:
    """Values with their grid; the unit stands once, on the top value or elsewhere."""
    ticks = steps(canvas)
    kind: dict[str, Any] = {"type": "log"} if plot.is_log else {}
    return alt.Y(
        "y:Q",
        title=None,
        scale=alt.Scale(domain=[plot.low, plot.high], nice=False, **kind),
        axis=alt.Axis(
            values=ticks, format=DIGITS, labelExpr=with_unit(canvas, ticks[-1]) if has_unit else "datum.label"
        ),
    )


def with_unit(canvas: Canvas, top: float) -> str:
    """How an axis writes its values, with the unit on the top one."""
    unit = json.dumps(unit_beside(canvas), ensure_ascii=False)  # a text of JSON is one of the drawing's language
    return f"datum.value == {top} ? datum.label + {unit} : datum.label"


def unit_beside(canvas: Canvas) -> str:
    """The unit as it follows a value of an axis."""
    unit = canvas.unit.short or canvas.unit.label
    return "\u202f%" if unit == "%" else f" {unit}"
