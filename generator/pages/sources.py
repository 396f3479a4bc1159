"""The list of all sources, grouped by standing, and for each standing what rests on its sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator import addresses
from generator.model import Entry, Record, Ref, Source, Subject, find_marked
from generator.pages.frame import Rendering, add_page
from generator.scorecard import words_for

KINDS = {
    "page": "Pages",
    "series": "Series",
    "register": "Registers",
    "era": "Eras",
    "event": "Events",
    "person": "People",
    "term": "Terms",
    "place": "Places",
    "document": "Documents",
    "article": "Articles",
    "claim": "Claims",
    "contested": "Contested",
    "lesson": "Lessons",
}
"""What can rest on a source, in this order, and how the page calls it."""
Use = tuple[str, str, str]
"""The words of a use, its address if there is such a page, and the record that it is: `event/steamer`."""
Uses = dict[str, list[Use]]


def add_sources(rendering: Rendering) -> None:
    """The list of all sources, and a page for each standing: the list stays light, and each use has its name."""
    groups = _by_standing(rendering.subject)
    if not groups:
        return
    uses = _uses_of(rendering)
    counts = {id: sum(map(len, by_kind.values())) for id, by_kind in uses.items()}
    add_page(rendering, "sources.md.j2", "/sources/", "data/sources", groups=groups, counts=counts)
    for entry, sources in groups:
        used = [source for source in sources if source.id in uses]
        if used:
            context: dict[str, Any] = {
                "entry": entry,
                "sources": used,
                "uses": uses,
                "kinds": KINDS,
                "all": len(sources),
                "others": [other for other, group in groups if any(source.id in uses for source in group)],
            }
            add_page(rendering, "uses.md.j2", addresses.uses(entry.id), "data/sources", **context)


def _by_standing(subject: Subject) -> list[tuple[Entry, list[Source]]]:
    by_standing = {
        entry.id: (entry, [source for source in subject.of("source") if source.standing == entry.id])
        for entry in subject.site.vocabularies.get("standing", ())
    }
    return [(entry, sorted(sources, key=_by_name)) for entry, sources in by_standing.values() if sources]


def _by_name(source: Source) -> tuple[str, str, str]:
    return (source.by.casefold(), source.title.casefold(), source.id)


def _uses_of(rendering: Rendering) -> dict[str, Uses]:
    """For each source that something rests on, by kind: every use, once."""
    found: dict[str, dict[str, dict[Use, None]]] = {}
    for id, kind, use in (*_uses_by_pages(rendering), *_uses_by_records(rendering)):
        found.setdefault(id, {}).setdefault(kind, {})[use] = None
    return {id: {kind: list(by_kind[kind]) for kind in KINDS if kind in by_kind} for id, by_kind in found.items()}


def _uses_by_pages(rendering: Rendering) -> Iterator[tuple[str, str, Use]]:
    pages = {page.address: page for page in rendering.subject.of("page")}
    for id, addresses_of_uses in rendering.sources_used.items():
        for address in addresses_of_uses:
            if address in pages:
                yield id, "page", (pages[address].title, address, f"page/{pages[address].id}")


def _uses_by_records(rendering: Rendering) -> Iterator[tuple[str, str, Use]]:
    for record in rendering.subject.everything():
        if record.kind in KINDS:
            home = addresses.of_record(record)
            use = (words_for(record), home if rendering.has(home) else "", f"{record.kind}/{record.id}")
            for id in sorted(set(_sources_of(record))):
                yield id, record.kind, use


def _sources_of(record: Record) -> Iterator[str]:
    yield from (id for mark, id, _ in find_marked(record, Ref) if mark.kind == "source")
    for row in getattr(record, "rows", ()):
        yield from row.sources
