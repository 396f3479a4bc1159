"""The data pages: the list of all tables, and each series with every row and its source."""

from __future__ import annotations

from generator import addresses
from generator.exports.timeline import write_csv
from generator.model import Series
from generator.pages.frame import Rendering, add_page, neighbours, view_of


def add_tables(rendering: Rendering) -> None:
    """A page for each series, and the list of all."""
    subject = rendering.subject
    if subject.of("series"):
        by_theme = {
            entry.label: [series for series in subject.of("series") if series.theme == entry.id]
            for entry in subject.site.vocabularies.get("theme", ())
        }
        themes = {label: series for label, series in by_theme.items() if series}
        add_page(rendering, "data.md.j2", "/data/", "data/series", themes=themes)
    for series in subject.of("series"):
        add_series(rendering, series)


def add_series(rendering: Rendering, series: Series) -> None:
    subject = rendering.subject
    all_series = subject.of("series")
    charts = [chart for chart in subject.of("chart") if any(draw.series == series.id for draw in chart.draw)]
    source = series.marks.path.removesuffix(".yml") + ".csv"
    for row in series.rows:
        for id in row.sources:
            rendering.sources_used.setdefault(id, {})[addresses.series(series.id)] = series.title
    context = {
        "series": series,
        "rows": [view_of(rendering, row) for row in series.rows],
        "grade": subject.site.words("grade").get(series.grade),
        "status_words": subject.site.words("status"),
        "computed": rendering.computed.get(series.id, []),
        "charts": charts,
        "neighbours": neighbours(all_series, series),
        "sources": sorted({id for row in series.rows for id in row.sources}),
    }
    add_page(rendering, "series.md.j2", addresses.series(series.id), source, **context)
    rendering.add(f"data/{series.id}.csv", _series_as_csv(series))


def _series_as_csv(series: Series) -> str:
    lines = [["date", *series.columns, "value", "unit", "low", "high", "status", "source", "note"]]
    for row in series.rows:
        ends = ["" if end is None else f"{end:f}" for end in (row.low, row.high)]
        values = [*row.keys.values(), row.digits, row.unit, *ends]
        lines.append([str(row.span), *values, row.status, ";".join(row.sources), row.note])
    return write_csv(lines)
