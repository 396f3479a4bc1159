"""The figures of a text: values, shares, changes, ratios, ranks, peaks and differences, each with its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.dates import Span, format_span, parse_span
from generator.model import Row, Series, Subject
from generator.numerals import round_figures, write_digits, write_number
from generator.problems import did_you_mean
from generator.units import convert, with_unit, write_value


@dataclass(frozen=True)
class Figure:
    """A figure as readers meet it, with the rows it rests on and how it was computed from them.

    `value` is the number itself, unrounded: in `unit` for values, percent for shares and changes, a factor for ratios.
    """

    kind: str
    text: str
    value: Decimal
    unit: str
    rows: tuple[Row, ...]
    formula: str = ""


class FigureError(Exception):
    """A call that gives no figure, said for the author; `is_reported` where another problem already says why."""

    def __init__(self, message: str, fix: str = "", is_reported: bool = False) -> None:
        super().__init__(message)
        self.message, self.fix, self.is_reported = message, fix, is_reported


def find_series(subject: Subject, id: str) -> Series:
    """The series of this id. Raises `FigureError` where it is a register or unknown, then with the nearest known id."""
    series: Series | None = subject.find("series", id)
    if series is not None:
        return series
    if subject.find("register", id) is not None:
        raise FigureError(f'"{id}" is a register: a table of text, not of figures', "Name a series.")
    known = subject.records["series"]
    raise FigureError(f'names the unknown series "{id}"', did_you_mean(id, known), ("series", id) in subject.broken)


def find_row(subject: Subject, series_id: str, date: object, keys: Mapping[str, str]) -> Row:
    """The one row of a series for a date and keys; a key `source` names one of the row's own sources.

    Raises `FigureError` with the candidates where it is not one row.
    """
    series = find_series(subject, series_id)
    span = _span(date)
    columns = {key: value for key, value in keys.items() if key != "source"}
    rows = [row for row in _select(series, columns) if row.span == span]
    if "source" in keys:
        rows = [row for row in rows if keys["source"] in row.sources]
    if len(rows) == 1:
        return rows[0]
    preference = series.preference_among(rows) if len({tuple(row.keys.items()) for row in rows}) == 1 else None
    if preference:
        return next(row for row in series.drawn_rows(rows))
    raise _no_single_row(series, span, keys, rows)


def _no_single_row(series: Series, span: Span, keys: Mapping[str, str], rows: Sequence[Row]) -> FigureError:
    asked = ", ".join([str(span), *(f"{key}={value}" for key, value in keys.items())])
    if rows:
        fix = f"Name more columns or a source, or record under `preferred:` which to use: {_candidates(rows)}"
        return FigureError(f'matches {len(rows)} rows of "{series.id}" for {asked}', fix)
    near = [row for row in series.rows if row.span == span] or sorted(
        series.select({key: value for key, value in keys.items() if key != "source"}) or series.rows,
        key=lambda row: abs((row.span.first - span.first).days),
    )
    return FigureError(f'matches no row of "{series.id}" for {asked}', f"Candidates: {_candidates(near)}")


def _candidates(rows: Sequence[Row], most: int = 5) -> str:
    shown = "; ".join(row.described for row in rows[:most])
    return shown + (f"; and {len(rows) - most} more" if len(rows) > most else "") + "."


def _span(date: object) -> Span:
    try:
        return parse_span(date)
    except ValueError as error:
        raise FigureError(f'has date "{date}", which {error}') from None


def _select(series: Series, keys: Mapping[str, str]) -> tuple[Row, ...]:
    for key in keys:
        if key not in series.columns:
            raise FigureError(f'selects by the unknown column "{key}"', did_you_mean(key, series.columns))
    return series.select(keys)


def value(subject: Subject, row: Row, exact: bool = False) -> Figure:
    """The row's own value: "245 billion US dollars"; `exact` keeps the source's digits and unit."""
    unit = subject.site.unit(row.unit)
    rounded = write_value(subject.site, row.value, row.unit)
    text = with_unit(write_digits(row.digits), unit) if exact else rounded
    return Figure("value", _about(row, text), row.value, row.unit, (row,))


def _about(row: Row, text: str) -> str:
    return f"about {text}" if row.status in ("about", "estimate") else text


def share(subject: Subject, part: Row, whole: Row, of: str) -> Figure:
    """The part in percent of the whole, with its denominator: "3.9% of …"."""
    number = _divide(_in_unit_of(subject, part, whole), whole) * 100
    text = f"{write_number(round_figures(number))}% of {of}"
    return Figure("share", text, number, "percent", (part, whole), f"{_said(part)} ÷ {_said(whole)} × 100")


def change(subject: Subject, start: Row, end: Row) -> Figure:
    """The growth between two rows with its sign and base: "up 63% on 2021"; percentages differ by points."""
    after = _in_unit_of(subject, end, start)
    base = format_span(start.span)
    if subject.site.unit(start.unit).form == "percent":
        number = after - start.value
        text = f"{_way(number)} {write_number(round_figures(abs(number)))} percentage points on {base}"
        return Figure("change", text, number, "percentage points", (start, end), f"{_said(end)} − {_said(start)}")
    number = (_divide(after, start) - 1) * 100
    text = f"{_way(number)} {write_number(round_figures(abs(number)))}% on {base}"
    return Figure("change", text, number, "percent", (start, end), f"({_said(end)} ÷ {_said(start)} − 1) × 100")


def _way(number: Decimal) -> str:
    return "down" if number < 0 else "up"


def ratio(subject: Subject, one: Row, other: Row) -> Figure:
    """How many times the other the one is: "7.2 times"."""
    number = _divide(_in_unit_of(subject, one, other), other)
    text = f"{write_number(round_figures(number, 2))} times"
    return Figure("ratio", text, number, "times", (one, other), f"{_said(one)} ÷ {_said(other)}")


def difference(subject: Subject, one: Row, other: Row) -> Figure:
    """By how much the one is above or below the other: "8.8 billion US dollars more"."""
    number = _in_unit_of(subject, one, other) - other.value
    amount = write_value(subject.site, abs(number), other.unit)
    word = "less" if number < 0 else "more"
    return Figure("difference", f"{amount} {word}", number, other.unit, (one, other), f"{_said(one)} − {_said(other)}")


def rank(subject: Subject, row: Row, among: Sequence[Row]) -> Figure:
    """The place of a row among others, the largest being first: "2nd of 6"."""
    values = [_in_unit_of(subject, other, row) for other in among]
    place = 1 + sum(1 for value in values if value > row.value)
    text = f"{place}{_ordinal_ending(place)} of {len(among)}"
    ranked = (row, *(other for other in among if other != row))
    return Figure("rank", text, Decimal(place), "rank", ranked, f"{_said(row)} among {len(among)} rows by size")


def _ordinal_ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def extreme(subject: Subject, series_id: str, keys: Mapping[str, str], is_peak: bool) -> Figure:
    """The largest or smallest value of a selection, with its date: "245 billion US dollars in 2024"."""
    series = find_series(subject, series_id)
    rows = sorted(series.drawn_rows(_select(series, keys)), key=lambda row: row.span)
    if len({(row.unit, tuple(row.keys.items()), _length(row.span)) for row in rows}) != 1:
        raise FigureError(f'finds no single kind of row in "{series_id}"', "Name columns until all rows are alike.")
    chosen = (max if is_peak else min)(rows, key=lambda row: row.value)
    text = f"{value(subject, chosen).text} in {format_span(chosen.span)}"
    word = "largest" if is_peak else "smallest"
    formula = f"{word} of {len(rows)} rows, {format_span(rows[0].span)} to {format_span(rows[-1].span)}"
    return Figure("peak" if is_peak else "trough", text, chosen.value, chosen.unit, (chosen,), formula)


def _length(span: Span) -> tuple[str, int]:
    """How long a time is, in its own precision: a month is a month, whether of 28 or 31 days."""
    start, end = span.start, span.end
    if span.is_whole_years:
        return "years", end.year - start.year
    if start.month and end.month and not start.day and not end.day:
        return "months", (end.year - start.year) * 12 + end.month - start.month
    return "days", (span.last - span.first).days


def _in_unit_of(subject: Subject, row: Row, other: Row) -> Decimal:
    try:
        return convert(subject.site, row, other.unit)
    except ValueError as error:
        raise FigureError(f"compares rows that do not compare: {error}", "Select rows of one unit.") from None


def _divide(number: Decimal, row: Row) -> Decimal:
    if row.value == 0:
        raise FigureError(f"divides by the zero of {row.described}", "Choose another row.")
    return number / row.value


def _said(row: Row) -> str:
    """A row's value for a formula: "244.8 (2024)"."""
    return f"{write_digits(row.digits)} ({format_span(row.span)})"
