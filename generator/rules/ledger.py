"""Rules for contested entries and corrections."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from generator.ledger import rows_of
from generator.model import KINDS, Contested, Correction, Row, Subject
from generator.problems import Problem, did_you_mean
from generator.rules.records import is_known


def contested_entries_have_sides(subject: Subject) -> Iterator[Problem]:
    """A contested entry has at least two sides: positions, or rows whose values differ."""
    for entry in subject.of("contested"):
        series = [subject.find("series", differing.series) for differing in entry.differing]
        if not all(series):  # reported already
            continue
        for index, differing in enumerate(entry.differing):
            if not rows_of(subject, differing):
                message = f'names no row of series "{differing.series}"'
                yield entry.problem(message, "Correct `where:` or `dates:`.", ("differing", index))
        if len(entry.positions) + bool(series) < 2 and not _has_rows_that_differ(subject, entry):
            fix = "Give two under `positions:`, or rows that differ under `differing:`."
            yield entry.problem("has no two sides that differ", fix)


def _has_rows_that_differ(subject: Subject, entry: Contested) -> bool:
    """Values that one part of `differing` has for several dates are a course of time and no dispute."""
    rows = [(at, row) for at, differing in enumerate(entry.differing) for row in rows_of(subject, differing)]
    return any(
        _in_base(subject, one) != _in_base(subject, other)
        and (at != place or one.keys != other.keys or one.span.has_the_days_of(other.span))
        for (at, one), (place, other) in combinations(rows, 2)
    )


def _in_base(subject: Subject, row: Row) -> tuple[str, Decimal]:
    unit = subject.site.unit(row.unit)
    return unit.base, row.value * Decimal(unit.factor)


def corrections_name_what_was_wrong(subject: Subject) -> Iterator[Problem]:
    """A correction names a row of a series, or a record, that exists."""
    for correction in subject.of("correction"):
        if bool(correction.series or correction.row) == bool(correction.record):
            message = "names both a row and a record" if correction.record else "names neither a row nor a record"
            yield correction.problem(message, "Give `series:` and `row:`, or `record:`.")
        elif correction.record:
            yield from _record_exists(subject, correction)
        else:
            yield from _row_exists(subject, correction)


def _record_exists(subject: Subject, correction: Correction) -> Iterator[Problem]:
    kind, _, id = correction.record.partition("/")
    if kind not in KINDS or not id:
        fix = did_you_mean(kind, KINDS) or 'Write kind and id: "event/treaty-1950".'
        yield correction.problem(f'names the record "{correction.record}", which is of no kind', fix, ("record",))
    elif not is_known(subject, kind, id):
        fix = did_you_mean(id, subject.records.get(kind, {}))
        yield correction.problem(f'names the unknown {kind} "{id}"', fix, ("record",))


def _row_exists(subject: Subject, correction: Correction) -> Iterator[Problem]:
    if not correction.series:
        yield correction.problem("names a row without its series", "Give `series:`.", ("row",))
        return
    if not correction.row:
        yield correction.problem("names a series without its row", "Give `row:`.", ("series",))
        return
    series = subject.find("series", correction.series)
    anchors = [row.anchor for row in series.rows] if series else []
    if series and correction.row not in anchors:
        fix = did_you_mean(correction.row, anchors)
        message = f'names the unknown row "{correction.row}" of series "{series.id}"'
        yield correction.problem(message, fix, ("row",))
