"""The timeline as a page, and as files for calendars and timeline programs."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from generator import addresses
from generator.charts.drawing import STRIP, named
from generator.exports.timeline import dated_to_the_day, export_timeline
from generator.furniture import charts_of_events
from generator.pages.frame import Rendering, add_page
from generator.relations import documents_beside_event, places_by_name
from generator.stretches import density
from generator.timeline import timeline_of


def add_timeline(rendering: Rendering) -> None:
    """The page of all events, and the same events as files to take."""
    subject = rendering.subject
    people = {id for event in subject.of("event") for id in event.people}
    context: dict[str, Any] = {
        "eras": timeline_of(subject),
        "lanes": subject.site.vocabularies.get("lane", ()),
        "themes": subject.site.vocabularies.get("theme", ()),
        "people": sorted((person for person in subject.of("person") if person.id in people), key=lambda p: p.label),
        "events": subject.of("event"),
        "places": places_by_name(subject),
        "documents": {event.id: documents_beside_event(subject, event) for event in subject.of("event")},
        "charts": charts_of_events(subject),
        "strip": density(subject),
        "drawings": _strip_drawings(rendering),
        "named": rendering.named,
        "dated": len(dated_to_the_day(subject)),
    }
    add_page(rendering, "timeline.md.j2", addresses.timeline(), "data/events", **context)
    for name, text in export_timeline(subject, rendering.world.site_url).items():
        rendering.tree[name] = text


def _strip_drawings(rendering: Rendering) -> list[tuple[str, Markup]]:
    drawing = rendering.drawings.get(STRIP)
    if drawing is None:
        return []
    title = "How many events of the timeline begin in each decade"
    words = "Bars, one for each decade; the table under the drawing has the same counts."
    return [(size, Markup(named(svg, f"{STRIP}-{size}", title, words))) for size, svg in drawing.inline.items()]
