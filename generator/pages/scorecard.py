"""The scorecard of the build: what can be traced, what is missing, what is due."""

from __future__ import annotations

from generator.audit import CLASSES
from generator.checks import FINISHED, READING, WRITING
from generator.pages.frame import Rendering, add_page
from generator.rules import RULES
from generator.scorecard import completeness, due_reviews, unused_series, words_counted, words_for

SHOWN = 12
"""How many reviews are listed: those that come first."""


def add_scorecard(rendering: Rendering) -> None:
    """Write the page; what only the finished pages tell is left open, for `publish` to fill."""
    subject = rendering.subject
    if not subject.of("source"):
        return
    series = [*subject.of("series"), *subject.of("register")]
    due = due_reviews(subject)
    context = {
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
        "kinds": [(kind, len(records)) for kind, records in subject.records.items() if records],
    }
    add_page(rendering, "scorecard.md.j2", "/scorecard/", "", **context)
