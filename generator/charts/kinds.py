"""The kinds of chart, each a pure function from marks to an Altair specification."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from generator.charts.bars import draw_paired_bars, draw_stacked_shares
from generator.charts.canvas import Canvas
from generator.charts.columns import draw_columns
from generator.charts.flows import draw_areas, draw_flow_pair
from generator.charts.heat import draw_heat
from generator.charts.lanes import draw_strip_of_dates
from generator.charts.lines import draw_dots, draw_lines, draw_two_reporters
from generator.charts.pairs import draw_dumbbell
from generator.charts.panels import draw_panels
from generator.charts.places import draw_places
from generator.charts.singles import draw_dot_range, draw_slope

KINDS: dict[str, Callable[[Canvas], alt.LayerChart]] = {
    "line": draw_lines,
    "two-reporters": draw_two_reporters,
    "dots": draw_dots,
    "panels": draw_panels,
    "slope": draw_slope,
    "dot-range": draw_dot_range,
    "paired-bars": draw_paired_bars,
    "stacked-share": draw_stacked_shares,
    "columns": draw_columns,
    "dumbbell": draw_dumbbell,
    "strip": draw_strip_of_dates,
    "heat": draw_heat,
    "flow-pair": draw_flow_pair,
    "places": draw_places,
}
AS_AREAS: dict[str, Callable[[Canvas], alt.LayerChart]] = {"flow-pair": draw_areas}
"""The kinds of parts of a whole that have a second drawing, in which areas are as large as the parts."""


def specification(canvas: Canvas) -> dict[str, Any]:
    """The Vega-Lite specification of a chart at one size; the same input gives the same one."""
    return _made(KINDS[canvas.chart.kind_of_chart], canvas)


def specification_of_areas(canvas: Canvas) -> dict[str, Any] | None:
    """That of the second drawing, of the kinds that have one."""
    draw = AS_AREAS.get(canvas.chart.kind_of_chart)
    return _made(draw, canvas) if draw else None


def _made(draw: Callable[[Canvas], alt.LayerChart], canvas: Canvas) -> dict[str, Any]:
    """A drawing as data. Altair's check against its schema takes long, so the tests make it."""
    with debug_mode(False):
        return draw(canvas).to_dict(validate=False)
