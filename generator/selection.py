"""Which rows of a series a chart draws, and which a lesson prints."""

from __future__ import annotations

from generator.dates import format_span
from generator.model import Chart, Draw, LessonTable, Row, Series, Subject


def rows_of_draw(chart: Chart, draw: Draw, series: Series) -> tuple[Row, ...]:
    """Rows that this mark draws, by date; of rows for one date only the preferred one, unless a source is named."""
    rows = _rows_of_length(chart, draw, series)
    return tuple(sorted(rows if draw.source else series.drawn_rows(rows), key=lambda row: row.span))


def kept_rows_of_draw(chart: Chart, draw: Draw, series: Series) -> tuple[Row, ...]:
    """Rows that match but are not drawn because the sidecar prefers another for the same date."""
    drawn = rows_of_draw(chart, draw, series)
    return tuple(row for row in _rows_of_length(chart, draw, series) if row not in drawn)


def skipped_rows_of_draw(chart: Chart, draw: Draw, series: Series) -> tuple[Row, ...]:
    """Rows that match but are of another frequency, such as a part of a year in a yearly chart."""
    fitting = _rows_of_length(chart, draw, series)
    return tuple(row for row in _matching(draw, series) if row not in fitting)


def rows_of_lesson_table(table: LessonTable, series: Series) -> tuple[Row, ...]:
    """Rows that the table of a lesson prints: the preferred one for each date, whole years where it asks for years."""
    dates = table.dates
    return tuple(
        row
        for row in series.drawn_rows(series.select(table.where))
        if dates is None or (dates.contains(row.span) and (row.span.is_whole_years or not dates.is_whole_years))
    )


def cells_of_lesson_table(table: LessonTable, series: Series) -> tuple[tuple[str, ...], list[tuple[Row, list[str]]]]:
    """The heads of a lesson's table, and its rows with the cells before the value: what differs, in plain words."""
    rows = rows_of_lesson_table(table, series)
    cells = [{"date": format_span(row.span), **row.keys} for row in rows]
    differing = [column for column in (cells[0] if cells else ()) if len({line[column] for line in cells}) > 1]
    columns = differing or ["date"]
    heads = tuple(table.names.get(column, column.replace("_", " ").capitalize()) for column in columns)
    words = [[table.names.get(line[column], line[column]) for column in columns] for line in cells]
    return heads, list(zip(rows, words, strict=True))


def row_of_guess(subject: Subject, chart: Chart) -> Row | None:
    """The one row whose value readers guess, among those that the chart draws."""
    guess = chart.guess
    if guess is None:
        return None
    found = {
        row.anchor: row
        for draw in chart.draw
        if draw.series == guess.series and (series := subject.find("series", draw.series))
        for row in rows_of_draw(chart, draw, series)
        if row.span == guess.date and all(row.keys.get(key) == value for key, value in guess.where.items())
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _rows_of_length(chart: Chart, draw: Draw, series: Series) -> tuple[Row, ...]:
    """Rows of the frequency of the mark, which is the chart's if the mark names none."""
    frequency = draw.frequency or chart.frequency
    return tuple(row for row in _matching(draw, series) if _has_frequency(row, frequency))


def _matching(draw: Draw, series: Series) -> tuple[Row, ...]:
    rows = series.select(draw.where)
    return tuple(
        row
        for row in rows
        if (draw.dates is None or draw.dates.contains(row.span)) and (draw.source is None or draw.source in row.sources)
    )


def _has_frequency(row: Row, frequency: str) -> bool:
    match frequency:
        case "year":
            return row.span.is_year
        case "month":
            return row.span.is_month
        case "any":
            return True
        case _:
            return row.span.is_whole_years
