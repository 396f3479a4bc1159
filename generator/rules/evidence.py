"""Rules that ask whether the evidence holds: computed rows, values that differ, and words that age."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.derivations import COMPUTED, OperandRows, compute, derived_rows, equals_as_written
from generator.model import Differing, Row, Subject
from generator.numerals import DATES
from generator.problems import Problem, Where
from generator.rules.prose import CALL, sentences, texts_of_today, without_machinery
from generator.rules.records import problem_of_row
from generator.units import factor_between

MEANT = "plan"
"""The status of rows that tell what was meant, and so differ from no outcome."""
_OF_NOW = re.compile(
    r"\b(?:latest|currently|nowadays|recent|recently|at present|present-day|so far|to date|today|all-time"
    r"|(?<!then and )now"
    r"|(?:new|a|the|its|their) record(?= (?:high|low|year|level|value|volume|sum|total)\b|\s*[.,;:]|$))\b",
    re.IGNORECASE,
)


# --- arithmetic -------------------------------------------------------------------------------------------------


def derived_rows_are_computed_again(subject: Subject) -> Iterator[Problem]:
    """A derived row with a derivation equals what its operands give, to the digits in which it is written."""
    for series in subject.of("series"):
        for index, derivation in enumerate(series.derivations):
            unknown = [operand.series for operand in derivation.of if subject.find("series", operand.series) is None]
            rows = [] if unknown else list(derived_rows(series, derivation))
            if not rows and not unknown:
                message = f"has a derivation that covers no row of status {COMPUTED}"
                yield series.problem(message, "Correct `where:` or `dates:`.", ("derivations", index))
            operands = [OperandRows(subject, operand) for operand in derivation.of] if rows else []
            for row in rows:
                yield from _problems_of_derived(subject, derivation.operation, operands, row)


def _problems_of_derived(subject: Subject, operation: str, offered: list[OperandRows], row: Row) -> Iterator[Problem]:
    operands = []
    for offer in offered:
        rows = offer.of(row)
        if len(rows) != 1:
            operand = offer.operand
            what = ", ".join([operand.series, *(f"{key}={value}" for key, value in operand.where.items())])
            message = f"is derived from {what}, which has {len(rows)} rows for it"
            narrow, add = "Narrow `where:`, name a `source:`, or limit `dates:`.", "Add that row, or limit `dates:`."
            yield problem_of_row(row, message, narrow if rows else add)
            return
        operands.append(rows[0])
    computed = compute(subject, operation, row, operands)
    if computed is None:
        yield problem_of_row(row, "is derived from rows in units that do not convert", "Correct the derivation.")
    elif not equals_as_written(computed, row):
        said = " and ".join(f"{operand.digits} ({operand.series})" for operand in operands)
        message = f"says {row.digits}, but the {operation} of {said} is {computed:.6g}"
        yield problem_of_row(row, message, "Correct the value, its note or the derivation.")


# --- values that differ -----------------------------------------------------------------------------------------


def differing_values_are_contested(subject: Subject) -> Iterator[Problem]:
    """Different values for one measure, period and reporter are named by a contested entry."""
    named = [part for entry in subject.of("contested") for part in entry.differing]
    for rows in colliding_rows(subject):
        if not any(is_named(part, row) for part in named for row in rows):
            said = ", ".join(f"{row.digits} [{'; '.join(row.sources)}] at {row.where}" for row in rows)
            message = f"is one of {len(rows)} values for one thing: {said}"
            fix = "Correct what is mistyped, or name them under `differing:` of an entry in data/contested.yml."
            yield problem_of_row(rows[0], message, fix)


def colliding_rows(subject: Subject) -> Iterator[list[Row]]:
    """Rows with one measure, period and keys whose values differ by more than rounding."""
    groups: dict[object, list[Row]] = {}
    for series in subject.of("series"):
        for row in series.rows:
            if row.status != MEANT:
                unit = subject.site.unit(row.unit)
                key = (series.measure or series.id, row.span.first, row.span.last, *sorted(row.keys.items()), unit.base)
                groups.setdefault(key, []).append(row)
    for rows in groups.values():
        if any(_differ(subject, one, other) for at, one in enumerate(rows) for other in rows[at + 1 :]):
            yield rows


def _differ(subject: Subject, one: Row, other: Row) -> bool:
    """Whether two values differ once the more exact one is rounded like the other."""
    factor = factor_between(subject.site, other.unit, one.unit) or Decimal(1)
    step = max(_last_digit(one), _last_digit(other) * factor)
    return abs(one.value - other.value * factor) > step / 2


def _last_digit(row: Row) -> Decimal:
    """What a one in the last digit of a value is worth; the zeros that end a whole number may stand for rounding."""
    whole = row.digits.lstrip("-")
    zeros = 0 if "." in whole else len(whole) - len(whole.rstrip("0"))
    return Decimal(1).scaleb(zeros if zeros < len(whole) else 0) * Decimal(1).scaleb(int(row.value.as_tuple().exponent))


def is_named(part: Differing, row: Row) -> bool:
    """Whether a contested entry means this row."""
    is_date = not part.dates or any(row.span.has_the_days_of(date) for date in part.dates)
    keys = part.where.items()
    return part.series == row.series and is_date and all(row.keys.get(key) == value for key, value in keys)


# --- words that age ---------------------------------------------------------------------------------------------


def words_of_now_have_a_date(subject: Subject) -> Iterator[Problem]:
    """A sentence of a chapter, chart or lesson that says "latest", "now", "today" or "a record" has a date or a row."""
    for where, owner, text in texts_of_today(subject):
        for sentence in sentences(text):
            word = _OF_NOW.search(without_machinery(sentence[1]))
            if word and not CALL.search(sentence[1]) and not DATES.search(sentence[1]):
                line = where.line + text.count("\n", 0, sentence[0] + word.start())
                message = f'{owner} says "{word[0]}" without a date'
                yield Problem(Where(where.path, line), message, "Say as of when, in the same sentence.")
