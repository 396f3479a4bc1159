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


class OperandRows:
    """The rows that an operand offers, by the days of their dates."""

    def __init__(self, subject: Subject, operand: Operand) -> None:
        self.operand = operand
        self.series: Series = subject.get("series", operand.series)
        rows = self.series.select(operand.where)
        if operand.source:
            rows = tuple(row for row in rows if operand.source in row.sources)
        else:
            rows = self.series.drawn_rows(rows)
        self._by_days: dict[object, list[Row]] = {}
        for row in rows:
            self._by_days.setdefault((row.span.first, row.span.last), []).append(row)

    def of(self, row: Row) -> list[Row]:
        """Those meant for a derived row: of its date, and alike in every key that both have."""
        shared = [key for key in row.keys if key in self.series.columns and key not in self.operand.where]
        same_days = self._by_days.get((row.span.first, row.span.last), [])
        return [other for other in same_days if all(other.keys[key] == row.keys[key] for key in shared)]


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
