"""Rules for series and their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.addresses import FILES_OF_DATA
from generator.model import Subject, is_preferred
from generator.problems import Problem, did_you_mean
from generator.rules.records import problem_of_row


def units_are_known(subject: Subject) -> Iterator[Problem]:
    """The unit of a series, row or chart is one that `site.yml` lists."""
    known = subject.site.units_by_id
    for series in subject.of("series"):
        if series.unit and series.unit not in known:
            yield series.problem(f'has the unknown unit "{series.unit}"', did_you_mean(series.unit, known), ("unit",))
        for row in series.rows:
            if row.unit not in known and row.unit != series.unit:
                yield problem_of_row(row, f'has the unknown unit "{row.unit}"', did_you_mean(row.unit, known))
        if not series.unit and any(not row.unit for row in series.rows):
            yield series.problem("has rows without a unit", "Give `unit:`, or a column `unit`.")
    for chart in subject.of("chart"):
        if chart.unit not in known:
            yield chart.problem(f'has the unknown unit "{chart.unit}"', did_you_mean(chart.unit, known), ("unit",))


def yearly_series_hold_whole_years(subject: Subject) -> Iterator[Problem]:
    """A series with `frequency: year` holds whole years, one with `month` holds months."""
    for series in subject.of("series"):
        for row in series.rows:
            if series.frequency == "year" and not row.span.is_year:
                yield problem_of_row(row, "is no whole year", "Correct the date, or set `frequency: mixed`.")
            if series.frequency == "month" and not row.span.is_month:
                yield problem_of_row(row, "is no month", "Correct the date, or set `frequency: mixed`.")


def rows_of_one_date_differ(subject: Subject) -> Iterator[Problem]:
    """No two rows of a series share date, keys, unit and sources."""
    for series in subject.of("series"):
        identities = Counter(_identity(row) for row in series.rows)
        for row in series.rows:
            if identities[_identity(row)] > 1:
                yield problem_of_row(row, "has the same date, keys and sources as another row", "Keep one.")


def _identity(row: object) -> tuple[object, ...]:
    return (row.span, tuple(sorted(row.keys.items())), row.unit, row.sources)  # type: ignore[attr-defined]


def preferences_choose_among_rows(subject: Subject) -> Iterator[Problem]:
    """A preference names one row, and there is another row to prefer it to."""
    for series in subject.of("series"):
        for index, preference in enumerate(series.preferred):
            rivals = [
                row for row in series.rows if (row.span, dict(row.keys)) == (preference.date, dict(preference.keys))
            ]
            chosen = [row for row in rivals if is_preferred(row, preference)]
            if len(chosen) != 1 or len(rivals) < 2:
                message = f"prefers {len(chosen)} of {len(rivals)} rows for {preference.date}"
                fix = "Name one source of several rows with this date and all these keys."
                yield series.problem(message, fix, ("preferred", index))


def tables_have_addresses_of_their_own(subject: Subject) -> Iterator[Problem]:
    """No series or register has the id of the other kind, or the name of a file that the site writes beside it."""
    for table in (*subject.of("series"), *subject.of("register")):
        if table.id in FILES_OF_DATA:
            yield table.problem(f"has the name of the site's own file data/{table.id}", "Rename it.", ("id",))
        if table.kind == "register" and subject.find("series", table.id):
            yield table.problem("has the id of a series, and so its address", "Rename one.", ("id",))


def ranges_hold_their_value(subject: Subject) -> Iterator[Problem]:
    """The value of a row lies between its `low` and its `high`."""
    for series in subject.of("series"):
        for row in series.rows:
            if (row.low is not None and row.low > row.value) or (row.high is not None and row.high < row.value):
                low, high = ("?" if end is None else f"{end:f}" for end in (row.low, row.high))
                yield problem_of_row(row, f"has {row.digits} outside its range {low} to {high}", "Correct the range.")
