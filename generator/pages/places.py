"""The places of the story with all their names, and a drawing of those whose coordinates are recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generator import addresses
from generator.charts.drawing import named
from generator.model import Event, Place, Source
from generator.pages.frame import Rendering, add_page, fill, source_of, sources_of
from generator.plan import plan_of, with_coordinates
from generator.relations import by_letter, events_at_places

WIDTHS = {"narrow": (328, False), "text": (640, True), "wide": (940, True)}
"""The drawings: their width, and whether they hold names or numbers."""


@dataclass(frozen=True)
class PlaceView:
    """A place with the events that happened there and the pages that name it."""

    place: Place
    events: tuple[Event, ...]
    pages: Mapping[str, str]
    sources: tuple[Source, ...]


def add_places(rendering: Rendering) -> None:
    """The list of places by letter, with a drawing of those whose coordinates are recorded."""
    subject = rendering.subject
    places = subject.of("place")
    if not places:
        return
    events = events_at_places(subject)
    letters = by_letter(places, lambda place: place.label)
    views = {letter: [_view(rendering, place, events) for place in found] for letter, found in letters.items()}
    located = with_coordinates(places)
    context: dict[str, Any] = {
        "letters": views,
        "number": len(places),
        "located": [(place, subject.find("source", place.coordinates_source or "")) for place in located],
        "drawings": [(size, _drawing(rendering, located, size)) for size in WIDTHS] if located else [],
    }
    add_page(rendering, "places.md.j2", "/places/", source_of(places), **context)


def _view(rendering: Rendering, place: Place, events: dict[str, list[Event]]) -> PlaceView:
    sources = sources_of(rendering, place, addresses.place(place.id), place.label)
    pages = rendering.named.get(f"place/{place.id}", {})
    return PlaceView(place, tuple(events.get(place.id, ())), pages, tuple(sources))


def _drawing(rendering: Rendering, places: list[Place], size: str) -> Markup:
    width, has_names = WIDTHS[size]
    plan = plan_of(places, width, has_names)
    svg = "".join(line.strip() for line in fill(rendering, "plan.svg.j2", "/places/", plan=plan).splitlines())
    title = "Places by recorded coordinates"
    words = "Points for places, north above; the table under the drawing lists them with latitude and longitude."
    return Markup(named(svg, f"plan-{size}", title, words))
