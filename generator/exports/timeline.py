"""The events of the timeline as CSV, JSON and iCalendar."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Sequence

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from generator.exports.cells import write_csv
from generator.model import Event, Subject


def export_timeline(subject: Subject, site_url: str) -> dict[str, bytes]:
    """Every format by path; the same events give the same bytes."""
    return {f"timeline.{format}": export(subject, site_url) for format, export in EXPORTS.items()}


def _in_order(subject: Subject) -> list[Event]:
    return sorted(subject.of("event"), key=lambda event: (event.date, event.id))


def _as_csv(subject: Subject, site_url: str) -> bytes:
    lines: list[Sequence[str]] = [
        ["id", "date", "title", "summary", "era", "lanes", "themes", "people", "place", "sources"]
    ]
    for event in _in_order(subject):
        many = (";".join(values) for values in (event.lanes, event.themes, event.people))
        lines.append(
            [
                event.id,
                str(event.date),
                event.title,
                event.summary,
                event.era,
                *many,
                event.place,
                ";".join(event.sources),
            ]
        )
    return write_csv(lines).encode()


def _as_json(subject: Subject, site_url: str) -> bytes:
    events = [
        {
            "id": event.id,
            "date": str(event.date),
            "first_day": event.date.first.isoformat(),
            "last_day": event.date.last.isoformat(),
            "title": event.title,
            "summary": event.summary,
            "era": event.era,
            "lanes": list(event.lanes),
            "themes": list(event.themes),
            "people": list(event.people),
            "place": event.place,
            "importance": event.importance,
            "disputed": event.disputed,
            "sources": list(event.sources),
        }
        for event in _in_order(subject)
    ]
    return (
        json.dumps({"as_of": str(subject.site.as_of), "events": events}, ensure_ascii=False, indent=1) + "\n"
    ).encode()


def dated_to_the_day(subject: Subject) -> list[Event]:
    """The events that a calendar can hold: those whose first day is known."""
    return [event for event in _in_order(subject) if event.date.start.precision == "day" and not event.date.start.about]


def _as_calendar(subject: Subject, site_url: str) -> bytes:
    """Anniversaries: each event dated to the day, returning every year."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{subject.site.title}//timeline//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{subject.site.title}: timeline")
    stamp = datetime.datetime.combine(subject.site.as_of.first, datetime.time(), datetime.UTC)
    for event in dated_to_the_day(subject):
        calendar.add_component(_calendar_event(event, stamp, site_url))
    return bytes(calendar.to_ical())


def _calendar_event(event: Event, stamp: datetime.datetime, site_url: str) -> CalendarEvent:
    entry = CalendarEvent()
    entry.add("uid", f"{event.id}@timeline")
    entry.add("dtstamp", stamp)
    entry.add("dtstart", event.date.first)
    entry.add("rrule", {"freq": "yearly"})
    entry.add("summary", f"{event.title} ({event.date.start.year})")
    entry.add("description", event.summary)
    if site_url:
        entry.add("url", f"{site_url.rstrip('/')}/timeline/#{event.id}")
    return entry


EXPORTS: dict[str, Callable[[Subject, str], bytes]] = {"csv": _as_csv, "json": _as_json, "ics": _as_calendar}
