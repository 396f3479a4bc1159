"""Everyone who acts in the story, with their offices, events and documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator import addresses
from generator.model import Document, Event, Person, Source
from generator.pages.frame import Rendering, add_page, source_of, sources_of
from generator.relations import by_letter, documents_of_people, events_of_people


@dataclass(frozen=True)
class PersonView:
    """A person with everything that names them."""

    person: Person
    events: tuple[Event, ...]
    documents: tuple[Document, ...]
    pages: Mapping[str, str]
    sources: tuple[Source, ...]


def add_people(rendering: Rendering) -> None:
    """One page; people stand by their ids, which begin with the name by which they are looked up."""
    subject = rendering.subject
    events, documents = events_of_people(subject), documents_of_people(subject)

    def view(person: Person) -> PersonView:
        return PersonView(
            person,
            tuple(events[person.id]),
            tuple(documents.get(person.id, ())),
            rendering.named.get(f"person/{person.id}", {}),
            tuple(sources_of(rendering, person, addresses.person(person.id), person.label)),
        )

    records = subject.of("person")
    if records:
        letters = by_letter(records, lambda person: person.id)
        views = {letter: [view(person) for person in people] for letter, people in letters.items()}
        add_page(rendering, "people.md.j2", "/people/", source_of(records), letters=views, number=len(records))
