"""Counts how complete the records of a subject are: what the scorecard shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.model import Record, Series, Subject

RECORDED = {
    "source": ("issued", "language", "country", "licence", "accessed", "archived"),
    "series": ("geography", "coverage", "reporter", "licence"),
    "register": ("geography", "coverage", "reporter", "licence"),
    "document": ("seen", "held_at", "url", "rights"),
    "place": ("latitude",),
    "contested": ("agreed", "evidence", "would_settle"),
}
"""The fields that a complete record has and that research does not always give."""


@dataclass(frozen=True)
class Completeness:
    """How many records of a kind have a field."""

    kind: str
    field: str
    filled: int
    total: int


def completeness(subject: Subject) -> list[Completeness]:
    """For each kind of record and each field that is not always known: how many records have it."""
    return [
        Completeness(
            kind, field, sum(1 for record in records if getattr(record, field) not in (None, "")), len(records)
        )
        for kind, fields in RECORDED.items()
        if (records := subject.of(kind))
        for field in fields
    ]


def words_counted(subject: Subject, vocabulary: str, words: Sequence[str]) -> list[tuple[str, int]]:
    """How often each word of a vocabulary is used, in the vocabulary's own order."""
    counted = Counter(words)
    return [(entry.label, counted[entry.id]) for entry in subject.site.vocabularies.get(vocabulary, ())]


def unused_series(subject: Subject, uses: Mapping[tuple[str, str], object]) -> list[Series]:
    """Series of which no chart and no text uses a row."""
    used = {series for series, _ in uses}
    return [series for series in subject.of("series") if series.id not in used]


def words_for(record: Record) -> str:
    """What a reader calls a record: its title, its name or what it says."""
    return next(words for key in ("title", "label", "question", "claim", "id") if (words := getattr(record, key, "")))


def due_reviews(subject: Subject) -> list[Record]:
    """Records that name a day for their next review, the earliest first."""
    dated = [record for record in subject.everything() if getattr(record, "review_by", None)]
    return sorted(dated, key=lambda record: (record.review_by, record.kind, record.id))  # type: ignore[attr-defined]
