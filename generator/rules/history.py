"""Rules for eras and events."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Subject
from generator.problems import Problem
from generator.rules.records import problem_of_row

FUTURE = ("plan", "estimate")


def events_stay_inside_their_era(subject: Subject) -> Iterator[Problem]:
    """The time of an event and that of the era it names have a day in common."""
    for event in subject.of("event"):
        era = subject.find("era", event.era)
        if era and not (era.date.first <= event.date.last and event.date.first <= era.date.last):
            message = f'is dated {event.date}, outside its era "{era.id}" ({era.date})'
            yield event.problem(message, "Correct the date or the era.", ("date",))


def nothing_lies_after_as_of(subject: Subject) -> Iterator[Problem]:
    """Events begin, and rows other than plans and estimates end, no later than the site's `as_of`."""
    today = subject.site.as_of.last
    for event in subject.of("event"):
        if event.date.first > today:
            message = f"is dated {event.date}, after {subject.site.as_of}"
            yield event.problem(message, "Correct the date, or move `as_of`.", ("date",))
    for series in subject.of("series"):
        for row in series.rows:
            if row.span.last > today and row.status not in FUTURE:
                fix = f"Correct the date, move `as_of`, or give it the status {' or '.join(FUTURE)}."
                yield problem_of_row(row, f"ends after {subject.site.as_of}", fix)


def warmth_is_explained(subject: Subject) -> Iterator[Problem]:
    """An event with an editorial mark of warmth says why."""
    for event in subject.of("event"):
        if event.warmth is not None and not event.warmth_reason:
            yield event.problem(f"has warmth {event.warmth} without a reason", "Add `warmth_reason:`.", ("warmth",))
