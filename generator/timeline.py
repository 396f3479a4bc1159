"""Events in eras and lanes, as data for a template."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Entry, Era, Event, Person, Source, Subject

GROUP = 100
"""So many events stand in one list at most: a browser leaves out the work for lists that are out of sight."""
WARMTH = {-2: "minus-2", -1: "minus-1", 0: "zero", 1: "plus-1", 2: "plus-2"}


@dataclass(frozen=True)
class EventView:
    """An event with everything its entry shows."""

    event: Event
    lanes: tuple[Entry, ...]
    lane_numbers: tuple[int, ...]
    themes: tuple[Entry, ...]
    people: tuple[Person, ...]
    sources: tuple[Source, ...]
    warmth: str


@dataclass(frozen=True)
class EraView:
    """An era with its events in order."""

    era: Era
    events: tuple[EventView, ...]
    sources: tuple[Source, ...]

    @property
    def groups(self) -> list[tuple[EventView, ...]]:
        """The events in lists of a hundred at most; an era of fewer is one list."""
        return [self.events[start : start + GROUP] for start in range(0, len(self.events), GROUP)]


def timeline_of(subject: Subject) -> tuple[EraView, ...]:
    """Every era in order, with its events in order of date."""
    eras = sorted(subject.of("era"), key=lambda era: era.date)
    by_era: dict[str, list[Event]] = {era.id: [] for era in eras}
    for event in sorted(subject.of("event"), key=lambda event: (event.date, event.id)):
        if event.era in by_era:
            by_era[event.era].append(event)
    return tuple(
        EraView(era, tuple(_view(subject, event) for event in by_era[era.id]), _records(subject, "source", era.sources))
        for era in eras
    )


def _view(subject: Subject, event: Event) -> EventView:
    lanes = [entry.id for entry in subject.site.vocabularies.get("lane", ())]
    words = subject.site.words("lane")
    themes = subject.site.words("theme")
    return EventView(
        event=event,
        lanes=tuple(words[lane] for lane in event.lanes if lane in words),
        lane_numbers=tuple(lanes.index(lane) + 1 for lane in event.lanes if lane in lanes),
        themes=tuple(themes[theme] for theme in event.themes if theme in themes),
        people=_records(subject, "person", event.people),
        sources=_records(subject, "source", event.sources),
        warmth="" if event.warmth is None else subject.site.label("warmth", WARMTH[event.warmth]),
    )


def _records(subject: Subject, kind: str, ids: tuple[str, ...]) -> tuple:  # type: ignore[type-arg]
    return tuple(record for record in (subject.find(kind, id) for id in ids) if record is not None)
