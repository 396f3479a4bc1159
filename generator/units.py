"""Converts values between units of one base, and writes them with their unit."""

from __future__ import annotations

from decimal import Decimal

from generator.model import Row, Site, Unit
from generator.numerals import round_figures, write_number


def factor_between(site: Site, start: str, end: str) -> Decimal | None:
    """What a value in `start` is multiplied by to be in `end`; `None` where they do not measure the same."""
    units = site.units_by_id
    if start == end:
        return Decimal(1)
    if start not in units or end not in units or units[start].base != units[end].base:
        return None
    return Decimal(units[start].factor) / Decimal(units[end].factor)


def convert(site: Site, row: Row, unit: str) -> Decimal:
    """The row's value in another unit of the same base. Raises `ValueError` where there is no way."""
    factor = factor_between(site, row.unit, unit)
    if factor is None:
        raise ValueError(f"{row.unit} does not convert into {unit}")
    return row.value * factor


def write_value(site: Site, value: Decimal, unit: str, figures: int = 3) -> str:
    """A value in the largest unit that keeps it at one or more, rounded: "245 billion US dollars", "34%"."""
    value, best = _in_best_unit(site, value, site.unit(unit))
    return with_unit(write_number(round_figures(value, figures)), best)


def with_unit(number: str, unit: Unit) -> str:
    """A number with its unit behind a hard space; the singular for `1`, a percent sign close to it."""
    if unit.form == "percent":
        return f"{number}%"
    return f"{number}\u00a0{(unit.one if number == '1' else '') or unit.label}"


def _in_best_unit(site: Site, value: Decimal, unit: Unit) -> tuple[Decimal, Unit]:
    """The largest unit of the base in which the value is at least one, else the smallest.

    Only units that are a power of ten apart: kilometres become metres, but neither miles nor days hours.
    """
    base = value * Decimal(unit.factor)
    same = [other for other in site.units if other.base == unit.base and _keeps_digits(other, unit)] or [unit]
    family = sorted(same, key=lambda other: Decimal(other.factor))
    fitting = [other for other in family if abs(round_figures(base / Decimal(other.factor))) >= 1]
    best = fitting[-1] if fitting and value else (unit if not value else family[0])
    return base / Decimal(best.factor), best


def _keeps_digits(one: Unit, other: Unit) -> bool:
    return (Decimal(one.factor) / Decimal(other.factor)).log10() % 1 == 0
