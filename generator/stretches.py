"""How many events begin in each stretch of years."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator.model import Subject


@dataclass(frozen=True)
class Stretch:
    """The years from `first` to `last`, and how many events begin in them."""

    first: int
    last: int
    number: int


def density(subject: Subject, years: int = 10) -> tuple[Stretch, ...]:
    """Every stretch from the first event to the last, the empty ones too."""
    counts = Counter(event.date.start.year // years * years for event in subject.of("event"))
    if not counts:
        return ()
    starts = range(min(counts), max(counts) + 1, years)
    return tuple(Stretch(year, year + years - 1, counts[year]) for year in starts)
