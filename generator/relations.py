"""Finds the records that belong to a record, so that pages can link both ways."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

from generator.model import Document, Era, Event, Page, Person, Place, Record, StoryPart, Subject

R = TypeVar("R", bound=Record)


def by_letter(records: Iterable[R], key: Callable[[R], str]) -> dict[str, list[R]]:
    """Records in the order of a name, by its first letter without accents."""

    def plain(record: R) -> str:
        letters = unicodedata.normalize("NFKD", key(record)).casefold()
        return "".join(letter for letter in letters if letter.isalnum() or letter == " ").strip()

    groups: dict[str, list[R]] = {}
    for record in sorted(records, key=lambda record: (plain(record), record.id)):
        groups.setdefault(plain(record)[:1].upper(), []).append(record)
    return groups


def without_marks(text: str) -> str:
    """Text as it is typed without accents and tones; the breve stays, which makes another letter."""
    letters = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(sign for sign in letters if not _is_mark(sign)))


def _is_mark(sign: str) -> bool:
    return unicodedata.combining(sign) != 0 and sign != "\u0306"


def _in_order(records: Iterable[R]) -> list[R]:
    return sorted(records, key=lambda record: (record.date, record.id))  # type: ignore[attr-defined]


def _only_names(records: Iterable[R], names: Callable[[R], Iterable[str]]) -> dict[str, R]:
    """Records by each name that no other record bears too."""
    bearers: dict[str, list[R]] = {}
    for record in records:
        for name in {name for name in names(record) if name}:
            bearers.setdefault(name, []).append(record)
    return {name: found[0] for name, found in bearers.items() if len(found) == 1}


# --- people and places ------------------------------------------------------------------------------------------


def people_by_name(subject: Subject) -> dict[str, Person]:
    """People by their names in Latin letters and in their own; a name that two people share is left out."""
    return _only_names(subject.of("person"), lambda person: (person.label, person.native))


def places_by_name(subject: Subject) -> dict[str, Place]:
    """Places by their names; a name that two places share is left out."""
    return _only_names(subject.of("place"), lambda place: (place.label, *(other.text for other in place.names)))


def events_of_people(subject: Subject) -> dict[str, list[Event]]:
    """For the id of each person the events that name it, in order."""
    return {
        person.id: _in_order(event for event in subject.of("event") if person.id in event.people)
        for person in subject.of("person")
    }


def documents_of_people(subject: Subject) -> dict[str, list[Document]]:
    """For the id of a person the documents that are by exactly that person, in order."""
    people = people_by_name(subject)
    found: dict[str, list[Document]] = {}
    for document in _in_order(subject.of("document")):
        if document.by in people:
            found.setdefault(people[document.by].id, []).append(document)
    return found


def events_at_places(subject: Subject) -> dict[str, list[Event]]:
    """For the id of a place the events that happened at exactly that name, in order."""
    places = places_by_name(subject)
    found: dict[str, list[Event]] = {}
    for event in _in_order(subject.of("event")):
        if event.place in places:
            found.setdefault(places[event.place].id, []).append(event)
    return found


# --- documents --------------------------------------------------------------------------------------------------


def era_of(subject: Subject, document: Document) -> Era | None:
    """The era in which a document begins."""
    eras = sorted(subject.of("era"), key=lambda era: era.date)
    return next((era for era in eras if era.date.first <= document.date.first <= era.date.last), None)


def partners_of(subject: Subject, document: Document) -> list[Document]:
    """The documents that either of both names as its pair."""
    return _in_order(
        other for other in subject.of("document") if other.id in document.pairs_with or document.id in other.pairs_with
    )


def are_of_one_day(document: Document, event: Event) -> bool:
    """Whether both are dated to the day and share one."""
    ends = (document.date.start, document.date.end, event.date.start, event.date.end)
    if any(end.precision != "day" or end.about for end in ends):
        return False
    return document.date.first <= event.date.last and event.date.first <= document.date.last


def events_beside_document(subject: Subject, document: Document) -> list[Event]:
    """Events of the same day, and events of the same year that rest on a source of the document."""
    return _in_order(
        event
        for event in subject.of("event")
        if are_of_one_day(document, event)
        or (set(event.sources) & set(document.sources) and event.date.start.year == document.date.start.year)
    )


def documents_beside_event(subject: Subject, event: Event) -> list[Document]:
    """The documents of the day of an event, in the order of their dates."""
    return _in_order(document for document in subject.of("document") if are_of_one_day(document, event))


# --- the story --------------------------------------------------------------------------------------------------


def part_of(subject: Subject, page: Page) -> StoryPart | None:
    """The part of the story to which a chapter belongs."""
    return next((part for part in subject.of("part") if part.title == page.part), None)


def chapters_of(subject: Subject) -> list[Page]:
    """Every chapter in the order of the story; those of an unknown part come last."""
    places = {part.title: place for place, part in enumerate(subject.of("part"))}
    chapters = [page for page in subject.of("page") if page.kind_of_page == "chapter"]
    return sorted(chapters, key=lambda page: (places.get(page.part, len(places)), page.part, page.order, page.id))


def story_of(subject: Subject) -> list[tuple[StoryPart | None, list[Page]]]:
    """The parts in order, each with its chapters; what belongs to no part comes last."""
    chapters = chapters_of(subject)
    parts = [(part, [page for page in chapters if page.part == part.title]) for part in subject.of("part")]
    rest = [page for page in chapters if part_of(subject, page) is None]
    return [*parts, (None, rest)] if rest else list(parts)


def nearest(records: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    """For each page the others that share records with it, those first that share most.

    A record weighs the less, the more pages have it; what weighs the same stays in the order given.
    """
    bearers = Counter(record for named in records.values() for record in set(named))

    def shared(one: str, other: str) -> Fraction:
        common = set(records[one]) & set(records[other])
        return sum((Fraction(1, bearers[record]) for record in common), Fraction())

    near = {one: {other: shared(one, other) for other in records if other != one} for one in records}
    return {
        one: sorted((other for other in weights if weights[other]), key=lambda other: -near[one][other])
        for one, weights in near.items()
    }
