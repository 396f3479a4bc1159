"""Two ages step by step, with the time between the steps, as data for a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.dates import Span
from generator.model import Event, Mirror, MirrorEntry, Subject


@dataclass(frozen=True)
class EntryView:
    """One side of a step: the entry with its event, its date, and how long after the step before."""

    entry: MirrorEntry
    event: Event | None
    date: Span | None
    later: str


@dataclass(frozen=True)
class StepView:
    """A step with both sides; `None` where there is no counterpart."""

    number: int
    step: str
    left: EntryView | None
    right: EntryView | None


def steps_of(subject: Subject, mirror: Mirror) -> tuple[StepView, ...]:
    """Every step in order, the distances counted on each side by itself."""
    left = _side(subject, [step.left for step in mirror.steps])
    right = _side(subject, [step.right for step in mirror.steps])
    return tuple(
        StepView(number, step.step, left[number - 1], right[number - 1]) for number, step in enumerate(mirror.steps, 1)
    )


def _side(subject: Subject, entries: Sequence[MirrorEntry | None]) -> list[EntryView | None]:
    views: list[EntryView | None] = []
    before: Span | None = None
    for entry in entries:
        if entry is None:
            views.append(None)
            continue
        event = subject.find("event", entry.event) if entry.event else None
        date = entry.date or (event.date if event else None)
        views.append(EntryView(entry, event, date, distance(before, date) if before and date else ""))
        before = date or before
    return views


def distance(before: Span, after: Span) -> str:
    """How long after the one the other begins: in days where both days are known, else in years."""
    if before.start.precision == after.start.precision == "day":
        days = (after.first - before.first).days
        if days == 0:
            return "same day"
        if 0 < days < 700:
            return f"{days} day{'' if days == 1 else 's'} later"
    years = after.start.year - before.start.year
    if years == 0:
        return "same year"
    return f"{years} year{'' if years == 1 else 's'} later" if years > 0 else ""
