"""Rules for records of every kind: ids, references, words and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from generator.model import Claim, Entry, Party, Record, Ref, Row, Series, Subject, Unit, Word, find_marked
from generator.problems import Problem, did_you_mean

WITHOUT_EVIDENCE = ("not-yet-checked", "unverifiable")
"""The verdicts that need no source."""


def references_exist(subject: Subject) -> Iterator[Problem]:
    """An id that names another record is the id of a record that exists."""
    for record in subject.everything():
        for mark, id, at in find_marked(record, Ref):
            if not is_known(subject, mark.kind, id):
                yield record.problem(f'names the unknown {mark.kind} "{id}"', _nearest(subject, mark.kind, id), at)
        if isinstance(record, Series):
            for row in record.rows:
                for id in _unknown_sources(subject, row.sources):
                    yield problem_of_row(row, f'names the unknown source "{id}"', _nearest(subject, "source", id))


def sources_of_registers_exist(subject: Subject) -> Iterator[Problem]:
    """Each id in the column `source` of a register is the id of a source that exists."""
    for register in subject.of("register"):
        for row in register.rows:
            for id in _unknown_sources(subject, row.sources):
                message = f'{register.name} names the unknown source "{id}"'
                yield Problem(row.where, message, _nearest(subject, "source", id))


def _unknown_sources(subject: Subject, ids: Iterable[str]) -> list[str]:
    return [id for id in ids if not is_known(subject, "source", id)]


def problem_of_row(row: Row, message: str, fix: str = "") -> Problem:
    """A problem of one row, told by series and date."""
    return Problem(row.where, f'series "{row.series}" at {row.span} {message}', fix)


def is_known(subject: Subject, kind: str, id: str) -> bool:
    """Whether there is such a record, or was one that could not be read and is reported already."""
    return subject.find(kind, id) is not None or (kind, id) in subject.broken


def _nearest(subject: Subject, kind: str, id: str) -> str:
    return did_you_mean(id, subject.records.get(kind, {}))


def words_are_known(subject: Subject) -> Iterator[Problem]:
    """A word of a vocabulary is one that `site.yml` lists."""
    for record in subject.everything():
        for mark, word, at in find_marked(record, Word):
            known = subject.site.words(mark.vocabulary)
            if word not in known:
                yield record.problem(f'has the unknown {mark.vocabulary} "{word}"', did_you_mean(word, known), at)
    known = subject.site.words("status")
    for series in subject.of("series"):
        for row in series.rows:
            if row.status not in known:
                yield problem_of_row(row, f'has the unknown status "{row.status}"', did_you_mean(row.status, known))


def ids_of_the_site_are_unique(subject: Subject) -> Iterator[Problem]:
    """Within `site.yml` no two parties, units or words of one vocabulary share an id."""
    site = subject.site
    groups: dict[str, Sequence[Party | Unit | Entry]] = {
        "parties": site.parties,
        "units": site.units,
        **site.vocabularies,
    }
    for group, entries in groups.items():
        for id, number in Counter(entry.id for entry in entries).items():
            if number > 1:
                at = (group,) if group in ("parties", "units") else ("vocabularies", group)
                yield Problem(site.marks.where(*at), f'{group} have the id "{id}" {number} times', "Keep one.")


def facts_have_sources(subject: Subject) -> Iterator[Problem]:
    """A record that states facts names at least one source."""
    for record in subject.everything():
        if not getattr(record, "sources", True) and not _may_lack_sources(record):
            yield record.problem("has no source", "Name the id of a source record.", ("sources",))


def _may_lack_sources(record: Record) -> bool:
    """Of some claims no source is known."""
    return isinstance(record, Claim) and record.verdict in WITHOUT_EVIDENCE


def sources_can_be_found(subject: Subject) -> Iterator[Problem]:
    """A source has an address, or says where its text was read."""
    for source in subject.of("source"):
        if not source.url and not source.seen_at:
            yield source.problem("cannot be found", "Give `url:`, or say in `seen_at:` where the text was read.")


def as_of_is_a_day(subject: Subject) -> Iterator[Problem]:
    """The site's `as_of` is one day."""
    as_of = subject.site.as_of
    if not as_of.is_one_date or as_of.start.precision != "day":
        where = subject.site.marks.where("as_of")
        yield Problem(where, f"the site is as of {as_of}, which is no day", "Write a day: 2026-01-31.")


def records_are_reviewed_in_time(subject: Subject) -> Iterator[Problem]:
    """A record with a `review_by` has been looked at again by that day."""
    for record in subject.everything():
        due = getattr(record, "review_by", None)
        if due is not None and due.last < subject.site.as_of.first:
            fix = "Look at its sources again, then move `review_by`."
            yield record.problem(f"was to be reviewed by {due}", fix, ("review_by",))
