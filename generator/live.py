"""The chart under a reader's hands: a plain Vega-Lite specification of the same rows, loaded on the reader's click.

Simpler than the drawing, which stays the reference: each row is one point or bar that says its own words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.charts.marks import Mark, Point, marks_of, year_of_event
from generator.dates import Span, format_span
from generator.model import Chart, Subject
from generator.numerals import write_digits
from generator.units import with_unit

BARS = ("paired-bars", "stacked-share", "dot-range", "dumbbell", "flow-pair", "places")
NAMED_ROWS = ("paired-bars", "dot-range", "flow-pair", "heat", "places")
"""The kinds in which each row of the plot says its name, so that a legend would say it again."""
PARTS_IN_A_BAR = ("stacked-share",)
POINTS_IN_A_ROW = ("dot-range", "dumbbell")
WITH_EVENTS = ("line", "two-reporters", "dots", "columns", "strip")
"""The kinds whose drawings mark the events of the chart."""
Spec = dict[str, Any]


def live_specification(subject: Subject, chart: Chart) -> Spec:
    """A Vega-Lite specification with a row for each point, its words among its fields; colours are the page’s."""
    marks = marks_of(subject, chart)
    rows = [row for mark in marks for row in _rows(subject, chart, mark)]
    if chart.kind_of_chart in PARTS_IN_A_BAR:
        _stack(rows)
    for at, row in enumerate(rows):
        row["at"] = at
    layers, slots = _layers(subject, chart, rows)
    return {
        "data": {"values": rows},
        "width": 640,
        "height": 320,
        "autosize": {"type": "fit", "contains": "padding"},
        "params": [{"name": "shown", "value": ""}],
        "layer": [*_events(subject, chart, rows, layers[-1]["encoding"]["x"]), *layers, *_level(chart)],
        "usermeta": {"slots": slots},
        "config": _look(),
    }


def legend_of(subject: Subject, chart: Chart) -> list[tuple[str, str]]:
    """The name and colour of each line or part, where the plot itself does not name it."""
    looks = _looks(marks_of(subject, chart), chart)
    return list(looks.items()) if len(looks) > 1 and chart.kind_of_chart not in NAMED_ROWS else []


def years_of(subject: Subject, chart: Chart) -> tuple[int, int] | None:
    """The first and last year of a chart over time, `None` where its years are too few to choose among."""
    if chart.kind_of_chart in (*BARS, "slope"):
        return None
    spans = [point.row.span for mark in marks_of(subject, chart) for point in mark.points]
    first, last = min(span.first.year for span in spans), max(span.last.year for span in spans)
    return (first, last) if last - first >= 8 else None


# --- rows -------------------------------------------------------------------------------------------------------


def _name(chart: Chart, mark: Mark) -> str:
    is_alone = chart.kind_of_chart in ("stacked-share", "dumbbell")
    return mark.draw.label if is_alone or not mark.draw.panel else f"{mark.draw.panel}: {mark.draw.label}"


def _looks(marks: Sequence[Mark], chart: Chart) -> dict[str, str]:
    return {_name(chart, mark): f"var(--bf-{mark.line})" for mark in marks}


def _rows(subject: Subject, chart: Chart, mark: Mark) -> list[Spec]:
    name = _name(chart, mark)
    is_row = chart.kind_of_chart in ("stacked-share", "dumbbell") and mark.draw.panel
    return [
        {
            "x": point.x,
            "y": point.y,
            "name": name,
            "row": mark.draw.panel if is_row else name,
            "slot": _slot(point),
            "run": f"{name} {point.run}",
            "is_open": mark.draw.form == "points" or chart.kind_of_chart == "dots",
            "first": point.row.span.first.year,
            "last": point.row.span.last.year,
            "words": _words(subject, mark, name, point),
            **({"low": point.low, "high": point.high} if point.low is not None and point.high is not None else {}),
        }
        for point in mark.points
    ]


def _slot(point: Point) -> str:
    return str(point.row.span.start.year) if point.row.span.is_year else format_span(point.row.span)


def _words(subject: Subject, mark: Mark, name: str, point: Point) -> str:
    """Date, name, value with its unit, and who says so."""
    row = point.row
    panel = "" if not mark.draw.panel or name.startswith(mark.draw.panel) else f"{mark.draw.panel}, "
    status = "" if row.status == "reported" else f" ({row.status})"
    found = (subject.find("source", id) for id in row.sources)
    sources = "; ".join(dict.fromkeys(source.by for source in found if source))
    value = with_unit(write_digits(row.digits), subject.site.unit(row.unit))
    return f"{format_span(row.span)}: {panel}{name}, {value}{status}. Source: {sources}"


def _stack(rows: Sequence[Spec]) -> None:
    """Each part of a bar begins where the part before it ends."""
    ends: dict[str, float] = {}
    for row in rows:
        row["start"] = ends.get(row["row"], 0)
        ends[row["row"]] = row["end"] = row["start"] + row["y"]


# --- layers -----------------------------------------------------------------------------------------------------


def _layers(subject: Subject, chart: Chart, rows: Sequence[Spec]) -> tuple[list[Spec], list[Any]]:
    looks = _looks(marks_of(subject, chart), chart)
    scale = {"domain": list(looks), "range": list(looks.values())}
    colour = {"field": "name", "type": "nominal", "legend": None, "scale": scale}
    told = {"color": colour, "opacity": _shown(1)}
    kind = chart.kind_of_chart
    if kind in BARS:
        return _bars(subject, chart, rows, told), []
    if kind in ("columns", "heat"):
        slots = _slots(rows)
        axis = {"labelOverlap": "greedy", "labelAngle": 0, "grid": False}
        domain = {"domain": [slot[0] for slot in slots]}
        x = {"field": "slot", "type": "ordinal", "title": None, "scale": domain, "axis": axis}
        if kind == "heat":
            return [_hits("rect", x=x, y=_names(112), color=_steps(chart), opacity=_shown(1))], slots
        apart = {"xOffset": {"field": "name", "type": "nominal"}} if len(looks) > 1 else {}
        return [_hits("bar", x=x, y=_value(subject, chart), **apart, **told)], slots
    if kind == "strip":
        return [_hits({"type": "tick", "thickness": 2}, x=_time(rows), y=_names(112), **told)], []
    return _lines(subject, chart, rows, told), []


def _hits(mark: str | Spec, **encoding: Any) -> Spec:
    """The layer whose marks a reader reaches: the script finds it by this name."""
    return {"name": "hits", "mark": mark, "encoding": encoding}


def _lines(subject: Subject, chart: Chart, rows: Sequence[Spec], told: Spec) -> list[Spec]:
    places = {"x": _time(rows), "y": _value(subject, chart)}
    dashes = {_name(chart, mark): list(mark.dash) or [1, 0] for mark in marks_of(subject, chart)}
    scale = {"domain": list(dashes), "range": list(dashes.values())}
    dash = {"field": "name", "type": "nominal", "legend": None, "scale": scale}
    line = {
        "mark": {"type": "line", "strokeWidth": 2.5},
        "encoding": {**places, **told, "detail": {"field": "run"}, "strokeDash": dash},
        "transform": [{"filter": "!datum.is_open"}],
    }
    fill = {"condition": {"test": "datum.is_open", "value": "var(--bf-paper)"}, **told["color"]}
    look = {"type": "point", "size": 26, "strokeWidth": 1.5}
    points = _hits(look, **places, stroke=told["color"], fill=fill, opacity=told["opacity"])
    joined = [] if all(row["is_open"] for row in rows) else [line]
    return [*joined, *_ranges(rows, {"x": places["x"], "y": {**places["y"], "field": "low"}}, "y2"), points]


def _bars(subject: Subject, chart: Chart, rows: Sequence[Spec], told: Spec) -> list[Spec]:
    """A row of the plot for each name, which stands over its bar or points."""
    is_parts = chart.kind_of_chart in PARTS_IN_A_BAR
    row = {"field": "row", "type": "nominal", "sort": None, "title": None, "axis": None}
    value = {**_value(subject, chart), "axis": {"grid": True, "tickCount": 4, "title": _unit(subject, chart)}}
    if is_parts:
        value = {**value, "field": "start", "stack": None}
    ends = {"x2": {"field": "end"}} if is_parts else {}
    is_points = chart.kind_of_chart in POINTS_IN_A_ROW
    place = {"bandPosition": 0.25 if is_points else 0.3}
    name = {
        "transform": [{"aggregate": [], "groupby": ["row"]}],
        "mark": {"type": "text", "align": "left", "baseline": "middle" if is_points else "bottom", "dx": 2},
        "encoding": {"x": {"value": 0}, "y": {**row, **place}, "text": {"field": "row"}},
    }
    if is_points:
        y = {**row, "bandPosition": 0.7}
        span = _ranges(rows, {"y": y, "x": {**value, "field": "low"}}, "x2")
        return [name, *span, _hits({"type": "point", "filled": True, "size": 80}, x=value, y=y, **told)]
    look = {"type": "bar", "height": {"band": 0.36}}
    return [name, _hits(look, x=value, y=row, **ends, **told)]


def _ranges(rows: Sequence[Spec], places: Spec, end: str) -> list[Spec]:
    if not any("low" in row for row in rows):
        return []
    look = {"type": "rule", "color": "var(--bf-ink)"}
    encoding = {**places, end: {"field": "high"}, "opacity": _shown(0.8)}
    return [{"transform": [{"filter": "isValid(datum.low)"}], "mark": look, "encoding": encoding}]


def _level(chart: Chart) -> list[Spec]:
    if not chart.level or chart.kind_of_chart in BARS:
        return []
    return [{"mark": {"type": "rule", "color": "var(--bf-ink)"}, "encoding": {"y": {"datum": float(chart.level)}}}]


def _events(subject: Subject, chart: Chart, rows: Sequence[Spec], x: Spec) -> list[Spec]:
    """The numbered events of the drawing, as dotted rules, on the axis of the rows."""
    spans = [subject.get("event", id).date for id in chart.events] if chart.kind_of_chart in WITH_EVENTS else []
    found = []
    for number, span in enumerate(spans, 1):
        year, slot = span.first.year, _slot_of_event(rows, span)
        if x["field"] == "x" or slot:
            found.append({"x": year_of_event(span), "slot": slot, "event": str(number), "first": year, "last": year})
    if not found:
        return []
    data = {"values": found}
    line = {"type": "rule", "color": "var(--bf-edge)", "strokeDash": [1, 3]}
    is_over = chart.kind_of_chart != "strip"  # elsewhere the unit stands over the plot, and beside it there is room
    place = {"baseline": "bottom"} if is_over else {"baseline": "top", "align": "left", "dx": 3}
    label = {"type": "text", "fontWeight": 600, **place}
    words = {"x": x, "y": {"value": -1 if is_over else 0}, "text": {"field": "event"}}
    return [
        {"name": "events", "data": data, "mark": line, "encoding": {"x": x}},
        {"name": "numbers", "data": data, "mark": {**label, "color": "var(--bf-muted)"}, "encoding": words},
    ]


def _slot_of_event(rows: Sequence[Spec], span: Span) -> str:
    """The place along the axis in whose time an event begins; empty where there is none."""
    first, last = min(row["first"] for row in rows), max(row["last"] for row in rows)
    if all(row["slot"].isdigit() for row in rows):
        return str(span.first.year) if first <= span.first.year <= last else ""
    return next((row["slot"] for row in rows if row["first"] <= span.first.year <= row["last"]), "")


# --- scales -----------------------------------------------------------------------------------------------------


def _shown(opacity: float) -> Spec:
    return {"condition": {"test": "!shown || datum.name === shown", "value": opacity}, "value": 0.14}


def _value(subject: Subject, chart: Chart) -> Spec:
    scale = {"type": "log"} if chart.scale == "log" else {"zero": True}
    axis = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "start", "titleX": 0, "titleY": -10, "tickCount": 5}
    return {
        "field": "y",
        "type": "quantitative",
        "title": _unit(subject, chart),
        "scale": scale,
        "axis": {**axis, "titleBaseline": "bottom"},
    }


def _unit(subject: Subject, chart: Chart) -> str:
    return subject.site.unit(chart.unit).label


def _time(rows: Sequence[Mapping[str, Any]]) -> Spec:
    first, last = min(row["x"] for row in rows), max(row["x"] for row in rows)
    edge = (last - first) * 0.02 or 1
    scale = {"domain": [first - edge, last + edge], "nice": False, "zero": False}
    axis = {"format": "d", "tickMinStep": 1, "grid": False, "labelFlush": False}
    return {"field": "x", "type": "quantitative", "title": None, "scale": scale, "axis": axis}


def _names(limit: int) -> Spec:
    return {"field": "row", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": limit}}


def _steps(chart: Chart) -> Spec:
    colours = [f"var(--bf-step-{step})" for step in range(1, len(chart.steps) + 2)]
    scale = {"type": "threshold", "domain": [float(step) for step in chart.steps], "range": colours}
    return {"field": "y", "type": "quantitative", "legend": None, "scale": scale}


def _slots(rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """The places along the axis with their first and last years; between years none is left out."""
    found = {row["slot"]: (row["first"], row["last"]) for row in sorted(rows, key=lambda row: row["x"])}
    if all(slot.isdigit() for slot in found):
        years = range(min(map(int, found)), max(map(int, found)) + 1)
        found = {str(year): (year, year) for year in years}
    return [[slot, *years] for slot, years in found.items()]


def _look() -> Spec:
    words = {"labelColor": "var(--bf-muted)", "titleColor": "var(--bf-muted)", "labelFontSize": 13, "titleFontSize": 13}
    lines = {"gridColor": "var(--bf-grid)", "domainColor": "var(--bf-edge)", "tickColor": "var(--bf-edge)"}
    return {
        "font": "Source Sans Pro, sans-serif",
        "background": None,
        "view": {"stroke": None},
        "axis": {**words, **lines, "titleFontWeight": 400, "labelPadding": 5},
        "text": {"color": "var(--bf-ink)", "fontSize": 13},
        "aria": False,
    }
