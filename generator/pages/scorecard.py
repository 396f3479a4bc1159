"""The scorecard of the build: what can be traced, what is missing, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.audit import CLASSES
from generator.checks import FINISHED, READING, WRITING
from generator.manuscript import Measure
from generator.model import Page
from generator.pages.frame import Rendering, add_page, found
from generator.relations import chapters_of
from generator.rules import RULES
from generator.scorecard import completeness, due_reviews, unused_series, words_counted, words_for


@dataclass(frozen=True)
class ChapterView:
    """A chapter with what was counted of it, and its sources by standing."""

    page: Page
    file: str
    measure: Measure
    standings: tuple[tuple[str, int], ...]


SHOWN = 12
"""How many reviews are listed: those that come first."""


def add_scorecard(rendering: Rendering) -> None:
    """Write the page; what only the finished pages tell is left open, for `publish` to fill."""
    subject = rendering.subject
    if not subject.of("source"):
        return
    series = [*subject.of("series"), *subject.of("register")]
    due = due_reviews(subject)
    context: dict[str, Any] = {
        "classes": CLASSES,
        "checks": sum(len(group) for group in (RULES, READING, WRITING, FINISHED)),
        "standings": words_counted(subject, "standing", [source.standing for source in subject.of("source")]),
        "grades": words_counted(subject, "grade", [table.grade for table in series]),
        "statuses": words_counted(subject, "status", [row.status for one in subject.of("series") for row in one.rows]),
        "verdicts": words_counted(subject, "verdict", [claim.verdict for claim in subject.of("claim")]),
        "fields": completeness(subject),
        "unused": unused_series(subject, rendering.uses),
        "due": [(record, words_for(record)) for record in due[:SHOWN]],
        "due_count": len(due),
        "chapters": [_chapter_view(rendering, page) for page in chapters_of(subject)],
        "kinds": [(kind, len(records)) for kind, records in subject.records.items() if records],
    }
    add_page(rendering, "scorecard.md.j2", "/scorecard/", "", **context)


def _chapter_view(rendering: Rendering, page: Page) -> ChapterView:
    measure, ids = rendering.measured[page.id]
    sources = found(rendering, "source", sorted(ids))
    counted = words_counted(rendering.subject, "standing", [source.standing for source in sources])
    file = f"{page.address.strip('/')}/index.html"
    return ChapterView(page, file, measure, tuple((label, number) for label, number in counted if number))
