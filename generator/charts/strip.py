"""The strip above the timeline: bars of how many events begin in each stretch of years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from generator.charts.canvas import Colours, chart_of
from generator.charts.fonts import FONT
from generator.stretches import Stretch

STRIP_HEIGHT = 84


def strip_specification(stretches: Sequence[Stretch], width: int, colours: Colours) -> dict[str, Any]:
    """Bars of how many events begin in each stretch of years."""
    values = [{"x": stretch.first, "x2": stretch.last + 0.2, "y": stretch.number} for stretch in stretches]
    step = 100 if width < 400 else 50
    first, last = stretches[0].first, stretches[-1].last + 1
    ticks = [year for year in range(first, last + 1) if year % step == 0]
    bars = chart_of(values).mark_rect(color=colours("ink")).encode(
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
