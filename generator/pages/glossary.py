"""The words to know, with equivalents in other languages and where each is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator import addresses
from generator.model import Source, Term
from generator.pages.frame import Rendering, add_page, source_of, sources_of
from generator.relations import by_letter


@dataclass(frozen=True)
class TermView:
    """A term with the terms that belong to it and the pages that mark it."""

    term: Term
    related: tuple[Term, ...]
    used: Mapping[str, str]
    sources: tuple[Source, ...]


def add_glossary(rendering: Rendering) -> None:
    """One page; written after the prose, when it is known where each term is used."""
    subject = rendering.subject

    def view(term: Term) -> TermView:
        related = {other.id: other for other in subject.of("term") if term.id in other.related}
        related |= {id: subject.get("term", id) for id in term.related if subject.find("term", id)}
        return TermView(
            term,
            tuple(sorted(related.values(), key=lambda other: other.label.casefold())),
            rendering.terms_used.get(term.id, {}),
            tuple(sources_of(rendering, term, addresses.term(term.id), term.label)),
        )

    records = subject.of("term")
    if records:
        letters = by_letter(records, lambda term: term.label)
        views = {letter: [view(term) for term in terms] for letter, terms in letters.items()}
        add_page(rendering, "glossary.md.j2", "/glossary/", source_of(records), letters=views, number=len(records))
