"""The points on which accounts differ, each in the same slots, grouped by theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator import addresses
from generator.ledger import ClaimView, articles_of, claims_by_id, party_named, rows_that_differ, shapes_of
from generator.model import Contested, Event, Position, Series, Source
from generator.pages.frame import Rendering, RowView, add_page, neighbours, view_of

RowGroup = tuple[str, Series, tuple[RowView, ...]]


@dataclass(frozen=True)
class SideView:
    """What one side says, the number of the party whose side it is (0 for none), and the claims that say it."""

    position: Position
    party: int
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True)
class ContestedView:
    """A contested point with everything its entry shows; rows that differ stand in groups that each have a name."""

    entry: Contested
    sides: tuple[SideView, ...]
    rows: tuple[RowGroup, ...]
    events: tuple[Event, ...]
    sources: tuple[Source, ...]


def add_contested(rendering: Rendering) -> None:
    """The list of all points, and a page of them for each theme."""
    subject = rendering.subject
    entries = subject.of("contested")
    if not entries:
        return
    claims = claims_by_id(articles_of(subject))
    by_theme = {
        theme: [_view(rendering, entry, claims) for entry in entries if entry.theme == theme.id]
        for theme in subject.site.vocabularies.get("theme", ())
    }
    groups = [(theme, views) for theme, views in by_theme.items() if views]
    source = entries[0].marks.path
    add_page(rendering, "contested.md.j2", addresses.contested(), source, groups=groups, total=len(entries))
    key = shapes_of(subject) if subject.of("claim") else ()
    themes = [theme for theme, _ in groups]
    for theme, views in groups:
        context: dict[str, Any] = {
            "theme": theme,
            "entries": views,
            "key": key,
            "named": rendering.named,
            "neighbours": neighbours(themes, theme),
        }
        add_page(rendering, "dispute.md.j2", addresses.contested(theme.id), source, **context)


def _view(rendering: Rendering, entry: Contested, claims: Mapping[str, ClaimView]) -> ContestedView:
    subject = rendering.subject
    rows = rows_that_differ(subject, entry)
    address = addresses.contested(entry.theme, entry.id)
    for row in rows:
        rendering.uses.setdefault((row.series, row.anchor), {})[address] = entry.question
    for id in [*entry.sources, *(id for row in rows for id in row.sources)]:
        rendering.sources_used.setdefault(id, {})[address] = entry.question
    sides = (
        SideView(
            position,
            party_named(subject, position.holder),
            tuple(claims[id] for id in position.claims if id in claims),
        )
        for position in entry.positions
    )
    return ContestedView(
        entry=entry,
        sides=tuple(sides),
        rows=_side_by_side([view_of(rendering, row) for row in rows]),
        events=tuple(event for event in (subject.find("event", id) for id in entry.events) if event),
        sources=tuple(source for source in (subject.find("source", id) for id in entry.sources) if source),
    )


def _side_by_side(views: Sequence[RowView]) -> tuple[RowGroup, ...]:
    """Rows in the order of their dates, those of one series, date and keys together under a name."""
    groups: dict[tuple[object, ...], list[RowView]] = {}
    for view in sorted(views, key=lambda view: view.row.span):
        keys = sorted(view.row.keys.items())
        groups.setdefault((view.series.id, view.row.span.first, view.row.span.last, *keys), []).append(view)
    return tuple((_name_of(group[0]), group[0].series, tuple(group)) for group in groups.values())


def _name_of(view: RowView) -> str:
    return ", ".join([view.date, *(f"{key} {value}" for key, value in view.row.keys.items() if value)])
