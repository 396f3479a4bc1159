"""The list of historical documents, and a page for each of which passages were seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator import addresses
from generator.model import QUESTION_KINDS, Document, DocumentQuestions, Era, Event, Person, Source
from generator.pages.frame import Rendering, add_page, neighbours, source_of, sources_of
from generator.relations import era_of, events_beside_document, partners_of, people_by_name


@dataclass(frozen=True)
class DocumentView:
    """A document with everything that belongs to it."""

    document: Document
    era: Era | None
    author: Person | None
    partners: tuple[Document, ...]
    events: tuple[Event, ...]
    pages: Mapping[str, str]
    questions: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, tuple[str, ...]]
    sources: tuple[Source, ...]


def add_documents(rendering: Rendering) -> None:
    """The list of documents by period; a page of its own for each that is told passage by passage."""
    subject = rendering.subject
    documents = sorted(subject.of("document"), key=lambda document: (document.date, document.id))
    people = people_by_name(subject)
    views = [_view(rendering, document, people.get(document.by)) for document in documents]
    if not views:
        return
    eras = [*sorted(subject.of("era"), key=lambda era: era.date), None]
    periods = [(era, [view for view in views if view.era == era]) for era in eras]
    kinds: dict[str, list[Document]] = {}
    for document in documents:
        kinds.setdefault(document.kind_of_document, []).append(document)
    context: dict[str, Any] = {
        "periods": [(era, inside) for era, inside in periods if inside],
        "kinds": sorted(kinds.items(), key=lambda item: item[0].casefold()),
        "number": len(documents),
    }
    add_page(rendering, "documents.md.j2", "/documents/", source_of(documents), **context)
    with_page = [view for view in views if view.document.passages]
    for view in with_page:
        around = neighbours(with_page, view)
        address = addresses.document(view.document.id, view.document.passages)
        source = view.document.marks.path
        add_page(rendering, "document.md.j2", address, source, view=view, neighbours=around)


def _view(rendering: Rendering, document: Document, author: Person | None) -> DocumentView:
    subject = rendering.subject
    address = addresses.document(document.id, document.passages)
    return DocumentView(
        document,
        era_of(subject, document),
        author,
        tuple(partners_of(subject, document)),
        tuple(events_beside_document(subject, document)),
        rendering.named.get(f"document/{document.id}", {}),
        _by_skill(document.questions),
        _by_skill(document.answers),
        tuple(sources_of(rendering, document, address, document.title)),
    )


def _by_skill(questions: DocumentQuestions) -> dict[str, tuple[str, ...]]:
    """What stands under each skill, without the skills under which nothing stands."""
    return {label: getattr(questions, skill) for skill, label in QUESTION_KINDS.items() if getattr(questions, skill)}
