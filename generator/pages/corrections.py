"""What was wrong here: what stood, what stands, and every page that uses the row or the record."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator import addresses
from generator.dates import format_span
from generator.model import Correction, Record, Row
from generator.pages.frame import Rendering, add_page, fill

FEED = "corrections/feed.xml"
GROUPS = {"/charts/": "Charts", "/lessons/": "Lessons"}
"""Addresses that are listed apart; what begins otherwise is a page."""
_TITLE = re.compile(r'^title: (".*")$', re.MULTILINE)
Places = Mapping[str, str]


@dataclass(frozen=True)
class CorrectionView:
    """A correction with what it corrects, where that stands, and the places that use it, in groups."""

    correction: Correction
    day: str
    words: str
    target: str
    touched: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def add_corrections(rendering: Rendering) -> None:
    """The page and its feed. They come after every other page, whose uses of rows and records they list."""
    subject = rendering.subject
    if not subject.of("source"):
        return
    newest_first = sorted(subject.of("correction"), key=lambda one: (one.date, one.id), reverse=True)
    views = [_view(rendering, correction) for correction in newest_first]
    root = rendering.world.site_url.rstrip("/")
    feed = FEED if root and views else ""
    source = newest_first[0].marks.path if newest_first else ""
    add_page(rendering, "corrections.md.j2", addresses.correction(), source, corrections=views, feed=feed)
    if feed:
        context = {"root": root, "corrections": views, "feed": feed, "updated": views[0].day}
        rendering.add(FEED, fill(rendering, "corrections.xml.j2", addresses.correction(), **context))


def _view(rendering: Rendering, correction: Correction) -> CorrectionView:
    row = _find_row(rendering, correction)
    if row:
        words = _words_of_row(rendering, row)
        target, places = addresses.series(row.series, row.anchor), _uses(rendering, row)
    else:
        kind, _, id = correction.record.partition("/")
        record = rendering.subject.find(kind, id)
        words = _words_of(record) if record else correction.record or str(correction.series)
        places = dict(_mentions(rendering, kind, id))
        target = next((address for address in places if address.endswith((f"#{id}", f"/{id}/"))), "")
    return CorrectionView(correction, correction.date.first.isoformat(), words, target, _grouped(places))


def _find_row(rendering: Rendering, correction: Correction) -> Row | None:
    series = rendering.subject.find("series", correction.series) if correction.series else None
    return next((row for row in series.rows if row.anchor == correction.row), None) if series else None


def _words_of_row(rendering: Rendering, row: Row) -> str:
    title = rendering.subject.get("series", row.series).title
    return ", ".join([title, format_span(row.span), *row.keys.values()])


def _uses(rendering: Rendering, row: Row) -> Places:
    """Every place that shows the row, and every page in which a chart that draws it stands."""
    places = dict(rendering.uses.get((row.series, row.anchor), {}))
    for chart in rendering.subject.of("chart"):
        if addresses.chart(chart.id) in places:
            places = dict(_mentions(rendering, "chart", chart.id)) | places
    return places


def _words_of(record: Record) -> str:
    names = (getattr(record, key, "") for key in ("title", "label", "question", "claim", "text"))
    return f"{record.kind}: {next((name for name in names if name), record.id)}"


def _mentions(rendering: Rendering, kind: str, id: str) -> Iterator[tuple[str, str]]:
    """Every page written so far that marks words as this record's, with its title; the anchor where it has one."""
    mark = f'data-chart="{id}"' if kind == "chart" else f'data-record="{kind}/{id}"'
    for path, content in sorted(rendering.tree.items()):
        text = content.decode() if path.endswith(".md") and mark.encode() in content else ""
        title = _TITLE.search(text)
        if title:
            anchor = f"#{id}" if f' id="{id}"' in text else ""
            yield addresses.address_of(path) + anchor, html.unescape(json.loads(title[1]))


def _grouped(places: Places) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    groups: dict[str, list[tuple[str, str]]] = {"Pages": [], **{words: [] for words in GROUPS.values()}}
    for address, title in sorted(places.items(), key=lambda place: (place[1], place[0])):
        words = next((words for start, words in GROUPS.items() if address.startswith(start)), "Pages")
        groups[words].append((address, title))
    return tuple((words, tuple(found)) for words, found in groups.items() if found)
