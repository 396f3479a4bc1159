"""The list of all sources, grouped by standing, with what uses each."""

from __future__ import annotations

from generator.pages.frame import Rendering, add_page


def add_sources(rendering: Rendering) -> None:
    subject = rendering.subject
    if not subject.of("source"):
        return
    by_standing = {
        entry: sorted(
            (source for source in subject.of("source") if source.standing == entry.id),
            key=lambda source: (source.by.casefold(), source.title.casefold(), source.id),
        )
        for entry in subject.site.vocabularies.get("standing", ())
    }
    groups = [(entry, sources) for entry, sources in by_standing.items() if sources]
    add_page(rendering, "sources.md.j2", "/sources/", "data/sources", groups=groups, used=rendering.sources_used)
