"""Computes derived rows again from the rows that their series says they come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from generator.model import Derivation, Operand, Row, Series, Subject
from generator.units import convert

COMPUTED = "derived"
"""The status of rows that a derivation may compute."""


def derived_rows(series: Series, derivation: Derivation) -> Iterator[Row]:
    """The rows of a series that a derivation says how to compute."""
    for row in series.select(derivation.where):
        if row.status == COMPUTED and (derivation.dates is None or derivation.dates.contains(row.span)):
            yield row


def rows_of_operand(subject: Subject, operand: Operand, row: Row) -> list[Row]:
    """The rows that an operand means for a derived row: of its date, and alike in every key that both have."""
    series = subject.get("series", operand.series)
    shared = {key: value for key, value in row.keys.items() if key in series.columns and key not in operand.where}
    rows = [other for other in series.select({**shared, **operand.where}) if other.span.has_the_days_of(row.span)]
    if operand.source:
        return [other for other in rows if operand.source in other.sources]
    return list(series.drawn_rows(rows))


def compute(subject: Subject, operation: str, row: Row, operands: Sequence[Row]) -> Decimal | None:
    """The value of an operation on rows, in the unit of the derived row; `None` where units do not convert."""
    is_ratio = operation in ("share", "ratio")
    try:
        values = [convert(subject.site, operand, operands[0].unit if is_ratio else row.unit) for operand in operands]
    except ValueError:
        return None
    if operation == "sum":
        return sum(values, Decimal(0))
    if operation == "difference":
        return values[0] - values[1]
    if values[1] == 0:
        return None
    return values[0] / values[1] * (100 if operation == "share" else 1)


def equals_as_written(computed: Decimal, row: Row) -> bool:
    """Whether a computed value, rounded to the digits of the row, is the row's value."""
    exponent = row.value.as_tuple().exponent
    return computed.quantize(Decimal(1).scaleb(int(exponent)), rounding=ROUND_HALF_UP) == row.value
