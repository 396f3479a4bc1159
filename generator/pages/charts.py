"""The page of each chart, a chart inside a text, and what can be downloaded of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from generator import addresses
from generator.charts.drawing import AREAS, named
from generator.dates import format_span
from generator.exports.cells import write_csv
from generator.exports.citations import citation_of, in_styles
from generator.figures import value as value_of
from generator.furniture import contested_of_chart, events_in, marks_in_words
from generator.live import legend_of, live_specification, years_of
from generator.model import Chart, Draw, Row, Subject
from generator.pages.frame import Rendering, RowView, add_page, collect, fill, neighbours, pen_at, view_of
from generator.pen import Pen, write_figure, write_plain, write_words
from generator.pictures import as_picture, size_of
from generator.selection import kept_rows_of_draw, row_of_guess, rows_of_draw, skipped_rows_of_draw
from generator.units import write_value

PICTURE_SIZES = ("narrow", "text")
AS_AREAS = "The same shares as the bars above, as areas: each whole is cut into its parts, the largest first."
MOST_FIGURES = 5
"""The figures of a value up to which words give it as the source does."""


def add_charts(rendering: Rendering) -> None:
    """The page of each chart and the list of all."""
    charts = rendering.subject.of("chart")
    for chart in charts:
        add_chart(rendering, chart)
    if charts:
        add_page(rendering, "charts.md.j2", "/charts/", "data/charts", charts=charts)


@dataclass(frozen=True)
class ChartTable:
    """The table of a chart: a column for each mark, with its name, unit and class, and a line for each date."""

    columns: tuple[tuple[str, str, Markup], ...]
    lines: tuple[tuple[str, tuple[tuple[RowView, ...], ...]], ...]


def _table(rendering: Rendering, chart: Chart) -> ChartTable:
    columns, cells = [], []
    for draw in chart.draw:
        series = rendering.subject.find("series", draw.series)
        rows = rows_of_draw(chart, draw, series) if series else ()
        label = f"{draw.panel}: {draw.label}" if draw.panel else draw.label
        units = " / ".join(sorted({view_of(rendering, row).unit for row in rows}))
        columns.append((label, units, _choice(chart, draw)))
        cells.append(rows)
    spans = sorted({row.span for rows in cells for row in rows})
    lines = [
        (format_span(span), tuple(tuple(view_of(rendering, row) for row in rows if row.span == span) for rows in cells))
        for span in spans
    ]
    return ChartTable(tuple(columns), tuple(lines))


def _choice(chart: Chart, draw: Draw) -> Markup:
    """The class of a column that readers hide when they choose another reporter."""
    return Markup(f' class="bf-by-{chart.reporters.index(draw.reporter) + 1}"') if draw.reporter else Markup("")


def _rows_of_chart(subject: Subject, chart: Chart) -> list[Row]:
    rows: list[Row] = []
    for draw in chart.draw:
        series = subject.find("series", draw.series)
        rows += rows_of_draw(chart, draw, series) if series else ()
    return rows


def chart_in_text(rendering: Rendering, pen: Pen, chart: Chart) -> Markup:
    """A chart inside a text: heading, drawing, takeaway, table, source line and a link to its own page."""
    context = figure_context(rendering, pen, chart)
    return Markup(fill(rendering, "figure.html.j2", pen.address, is_embedded=True, **context))


def picture_in_text(rendering: Rendering, pen: Pen, chart: Chart) -> Markup:
    """A chart as an image that loads when a reader comes near: for a page with more charts than one page can hold."""
    unit = _unit_of(rendering, chart)
    context = {
        "chart": chart,
        "subtitle": write_words(pen, chart.subtitle, chart.marks.where("subtitle"), unit),
        "alt": write_plain(pen, chart.alt, chart.marks.where("alt"), unit),
        "pictures": _add_pictures(rendering, chart),
        "events": [event for event in (rendering.subject.find("event", id) for id in chart.events) if event],
    }
    return Markup(fill(rendering, "picture.html.j2", pen.address, **context))


def _add_pictures(rendering: Rendering, chart: Chart) -> dict[str, tuple[str, int, int]]:
    """The files of a chart's images, written once: address, width and height by size."""
    drawing = rendering.drawings.get(chart.id)
    if drawing is None:
        return {}
    pictures = {}
    for size in PICTURE_SIZES:
        path = f"assets/pictures/{chart.id}-{size}.svg"
        rendering.tree[path] = as_picture(rendering.subject.site, drawing.inline[size])
        pictures[size] = (f"/{path}", *size_of(drawing.inline[size]))
    return pictures


def _unit_of(rendering: Rendering, chart: Chart) -> str:
    """The unit of a chart in words; nothing where it has none that is known."""
    unit = rendering.subject.site.units_by_id.get(chart.unit)
    return unit.label if unit else ""


def figure_context(rendering: Rendering, pen: Pen, chart: Chart) -> dict[str, Any]:
    """The words, drawings and table of a chart, as templates show them; its figures are the page's."""
    subject = rendering.subject
    unit = _unit_of(rendering, chart)
    rows = _rows_of_chart(subject, chart)
    for row in rows:
        rendering.uses.setdefault((row.series, row.anchor), {})[addresses.chart(chart.id)] = chart.title

    def words(key: str) -> Markup:
        return write_words(pen, getattr(chart, key), chart.marks.where(key), unit)

    def plain(key: str) -> str:
        return write_plain(pen, getattr(chart, key), chart.marks.where(key), unit)

    def notes() -> list[Markup]:
        """Written only where they are shown: a number that no reader meets would be counted as one of the page's."""
        return [write_words(pen, note, chart.marks.where("notes", at), unit) for at, note in enumerate(chart.notes)]

    return {
        "chart": chart,
        "caption": plain("headline"),
        "headline": words("headline"),
        "subtitle": words("subtitle"),
        "takeaway": words("takeaway"),
        "alt": plain("alt"),
        "drawings": _inline_drawings(rendering, pen, chart, plain("headline"), plain("alt")),
        "areas": [] if pen.address != addresses.chart(chart.id) else _areas(rendering, chart, plain("headline")),
        "write_notes": notes,
        "table": _table(rendering, chart),
        "events": [event for event in (subject.find("event", id) for id in chart.events) if event],
        "series_used": sorted({row.series for row in rows}),
        "source_ids": sorted({source for row in rows for source in row.sources}),
    }


def _inline_drawings(
    rendering: Rendering, pen: Pen, chart: Chart, title: str, description: str
) -> list[tuple[str, Markup]]:
    drawing = rendering.drawings.get(chart.id)
    if drawing is None:
        return []
    return [
        (size, Markup(named(svg, f"{chart.id}-{size}", title, description)))
        for size, svg in drawing.inline.items()
        if (size != "wide" or pen.is_wide) and not size.startswith(AREAS)
    ]


def _areas(rendering: Rendering, chart: Chart, title: str) -> list[tuple[str, Markup]]:
    """The second drawing, on the chart's own page."""
    inline = rendering.drawings[chart.id].inline if chart.id in rendering.drawings else {}
    return [
        (size.removeprefix(AREAS), Markup(named(svg, f"{chart.id}-{size}", title, AS_AREAS)))
        for size, svg in inline.items()
        if size.startswith(AREAS)
    ]


def add_chart(rendering: Rendering, chart: Chart) -> None:
    """The page of a chart with all its furniture, its downloads, and the drawing alone for other sites."""
    address = addresses.chart(chart.id)
    pen = pen_at(rendering, address)
    words = figure_context(rendering, pen, chart)
    guess = _guess_of(rendering, pen, chart)
    live = None
    if chart.id in rendering.drawings:
        live = {"legend": legend_of(rendering.subject, chart), "years": years_of(rendering.subject, chart)}
    figure = Markup(fill(rendering, "figure.html.j2", address, is_embedded=False, live=live, **words))
    notes = words["write_notes"]()
    collect(rendering, pen, chart.title)
    context = {**words, "figure": figure, "guess": guess, "chart_notes": notes, **_furniture(rendering, chart)}
    context["parts"] = _parts(context)
    add_page(rendering, "chart.md.j2", address, chart.marks.path, **context)
    _add_downloads(rendering, chart)


def _furniture(rendering: Rendering, chart: Chart) -> dict[str, Any]:
    """What stands around the drawing, from the rows and from the series they belong to."""
    subject, world = rendering.subject, rendering.world
    address = addresses.chart(chart.id)
    used = [
        series for series in map(partial(subject.find, "series"), dict.fromkeys(d.series for d in chart.draw)) if series
    ]
    marks = marks_in_words(subject, chart)
    kept, skipped = _left_out(rendering, chart)
    return {
        "has_drawing": chart.id in rendering.drawings,
        "series_used": used,
        "grades": subject.site.words("grade"),
        "caveats": [series for series in used if series.caveats],
        "contested": contested_of_chart(subject, chart),
        "events_during": events_in(subject, chart),
        "marks": marks,
        "in_words": {row.reference: _row_in_words(rendering, row) for mark in marks for row in mark.rows},
        "kept": kept,
        "skipped": skipped,
        "shown_on": rendering.charts_on.get(chart.id, {}),
        "styles": in_styles(citation_of(subject.site, chart, world.site_url)),
        "embed": f"{world.site_url.rstrip('/')}{address}embed/" if world.site_url else "",
        "report": f"{world.repo_url}/issues/new?title={quote(f'Chart {chart.id}: ')}" if world.repo_url else "",
        "neighbours": neighbours(subject.of("chart"), chart),
    }


def _row_in_words(rendering: Rendering, row: Row) -> str:
    """The date and the value; rounded, as in the other words of the page, where it has many figures."""
    view = view_of(rendering, row)
    figures = sum(letter.isdigit() for letter in row.digits)
    value = view.value if figures <= MOST_FIGURES else write_value(rendering.subject.site, row.value, row.unit)
    return f"{view.date} ({value})"


def _left_out(rendering: Rendering, chart: Chart) -> tuple[list[tuple[RowView, str]], int]:
    """The rows kept beside a preferred one, each with the reason, and how many are of another length of time."""
    kept: dict[str, tuple[RowView, str]] = {}
    skipped = set()
    for draw in chart.draw:
        series = rendering.subject.find("series", draw.series)
        if series:
            skipped |= {row.reference for row in skipped_rows_of_draw(chart, draw, series)}
            for row in kept_rows_of_draw(chart, draw, series):
                alike = [other for other in series.rows if other.span == row.span and other.keys == row.keys]
                preference = series.preference_among(alike)
                kept[row.reference] = (view_of(rendering, row), preference.reason if preference else "")
    return list(kept.values()), len(skipped)


PARTS = (
    ("chart_notes", "notes", "Notes"),
    ("marks", "description", "What it looks like"),
    ("caveats", "differs", "Why it may differ"),
    ("contested", "contested", "Contested"),
    ("kept", "kept", "Not drawn"),
    ("questions", "questions", "Questions"),
    ("series_used", "measured", "What is measured"),
    ("styles", "take", "Take and cite"),
)
"""The parts of a page below the drawing: what fills it, its anchor, its name."""


def _parts(context: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The parts that are there."""
    filled = {**context, "questions": context["chart"].questions}
    return [(anchor, words) for key, anchor, words in PARTS if filled[key]]


def _guess_of(rendering: Rendering, pen: Pen, chart: Chart) -> tuple[Markup, RowView, str] | None:
    """The answer to a chart's question as a figure with its row, the row as shown, and the unit of a difference."""
    row = row_of_guess(rendering.subject, chart)
    if row is None:
        return None
    unit = rendering.subject.site.unit(row.unit)
    apart = " percentage points" if unit.form == "percent" else f"\u00a0{unit.label}"
    return write_figure(pen, value_of(rendering.subject, row, exact=True)), view_of(rendering, row), apart


def _add_downloads(rendering: Rendering, chart: Chart) -> None:
    drawing = rendering.drawings.get(chart.id)
    base = f"charts/{chart.id}"
    rows = [view_of(rendering, row) for row in _rows_of_chart(rendering.subject, chart)]
    rendering.add(f"{base}.csv", _rows_as_csv(rows))
    if drawing is None:
        return
    rendering.tree[f"{base}.svg"] = drawing.svg
    rendering.tree[f"{base}.png"] = drawing.png
    whole = {
        "specification": json.loads(drawing.specification),
        "live": live_specification(rendering.subject, chart),
        "rows": [_row_as_json(view.row) for view in rows],
    }
    rendering.add(f"{base}.json", json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1) + "\n")
    address = f"{addresses.chart(chart.id)}embed/"
    pen = pen_at(rendering, address)
    context = figure_context(rendering, pen, chart)
    rendering.called += [(address, figure) for figure in pen.notes]
    rendering.add(f"{base}/embed/index.html", fill(rendering, "embed.html.j2", address, **context))


def _rows_as_csv(views: Sequence[RowView]) -> str:
    keys = sorted({key for view in views for key in view.row.keys})
    lines = [["series", "date", *keys, "value", "unit", "status", "source", "note"]]
    for view in views:
        row = view.row
        values = [row.keys.get(key, "") for key in keys]
        lines.append(
            [row.series, str(row.span), *values, row.digits, row.unit, row.status, ";".join(row.sources), row.note]
        )
    return write_csv(lines)


def _row_as_json(row: Row) -> dict[str, Any]:
    return {
        "series": row.series,
        "row": row.anchor,
        "date": str(row.span),
        **{f"key_{key}": value for key, value in row.keys.items()},
        "value": row.digits,
        "unit": row.unit,
        "status": row.status,
        "sources": list(row.sources),
    }
