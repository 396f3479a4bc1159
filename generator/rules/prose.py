"""The number gate over what authors write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from generator.model import Checklist, Lesson, Mirror, Prose, Record, Subject, find_marked
from generator.numerals import blank_matches, blank_names, find_quantities
from generator.problems import Problem, Where

CHART_TEXTS = ("title", "headline", "subtitle", "takeaway", "alt", "gap_note", "level_note", "rest")
SITE_TEXTS = ("title", "tagline", "description", "question")
PAGE_TEXTS = ("title", "description", "in_one_breath", "easy")
_NOT_PROSE = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r"\{\{.*?\}\}|\{%.*?%\}|\{//.*?//\}",  # calls, statements and comments of the template
        r"(?<=\])\([^)\s]*\)|\{[#.:][^}\n]*\}",  # link targets and attribute lists
        r"(?<=\s)(?:src|href|id|class|style|width|height)=(?:\"[^\"]*\"|'[^']*')",  # attributes for machines
        r"<(?:[a-z]\w*\b(?![^>]*\b(?:alt|title|aria-label)=)|/|!--)[^>]*>",  # tags that hold no text for readers
        r"https?://\S+",
    )
)


CALL = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_SENTENCE = re.compile(r"[^.!?\n]*(?:\n(?!\s*\n)[^.!?\n]*)*(?:[.!?]|\n\s*\n|$)")


def sentences(text: str) -> Iterable[tuple[int, str]]:
    """Each sentence of a text with its calls as they are written, and where it begins."""
    masked = CALL.sub(lambda match: re.sub(r"[.!?\n]", " ", match[0]), text)
    return ((match.start(), text[match.start() : match.end()]) for match in _SENTENCE.finditer(masked) if match[0])


@lru_cache(maxsize=4096)
def without_machinery(text: str) -> str:
    """Only what a reader reads, on the same lines and at the same offsets."""
    for pattern in _NOT_PROSE:
        text = blank_matches(pattern, text)
    return text


def figures_are_called(subject: Subject) -> Iterator[Problem]:
    """A number or quantity word in prose or beside a chart comes from a call, or is a year, date or allowed name."""
    names = [name.text for name in subject.of("allowed")]
    for where, owner, text in _texts(subject):
        for quantity in find_quantities(without_machinery(text), names):
            line = where.line + text.count("\n", 0, quantity.start)
            fix = "Call it: {{ n(series, date) }}; if it is a name, list it in data/allowed.yml."
            yield Problem(Where(where.path, line), f'{owner} has "{quantity.text}", which no call gives', fix)


def _texts(subject: Subject) -> Iterator[tuple[Where, str, str]]:
    """Every text that the gate reads, with its owner and the place of its first line."""
    for key in SITE_TEXTS:
        yield subject.site.marks.where(key), f"the {key} of the site", getattr(subject.site, key)
    for page in subject.of("page"):
        for key in PAGE_TEXTS:
            yield page.marks.where(key), _owner(page, key), getattr(page, key)
        for index, text in enumerate(page.unknown):
            yield page.marks.where("unknown", index), _owner(page, "unknown"), text
        for index, reading in enumerate(page.read_next):
            yield page.marks.where("read_next", index, "words"), _owner(page, "read_next"), reading.words
        yield Where(page.marks.path, page.body_line), "the text", page.body
    for chart in subject.of("chart"):
        for key in CHART_TEXTS:
            yield chart.marks.where(key), _owner(chart, key), getattr(chart, key)
        for key in ("notes", "questions"):
            for index, text in enumerate(getattr(chart, key)):
                yield chart.marks.where(key, index), _owner(chart, key), text
        for index, draw in enumerate(chart.draw):
            for text in (draw.label, draw.panel):
                yield chart.marks.where("draw", index), _owner(chart, "draw"), text
    for part in subject.of("part"):
        for key in ("title", "question"):
            yield part.marks.where(key), _owner(part, key), getattr(part, key)
    for change in subject.of("change"):
        yield change.marks.where("text"), _owner(change, "text"), change.text
    for mirror in subject.of("mirror"):
        yield from _texts_of_mirror(mirror)
    for checklist in subject.of("checklist"):
        yield from _texts_of_checklist(checklist)
    for lesson in subject.of("lesson"):
        yield from _texts_of_lesson(lesson)


def texts_of_chapters(subject: Subject) -> Iterator[tuple[Where, str, str]]:
    """Every text of the chapters, front matter included: where it begins, what it belongs to, and the text."""
    told = {page.marks.path for page in subject.of("page") if page.kind_of_page == "chapter"}
    return (found for found in _texts(subject) if found[0].path in told)


def texts_of_today(subject: Subject) -> Iterator[tuple[Where, str, str]]:
    """The texts that speak to the reader about the subject itself: chapters, lessons, the home page, charts."""
    told = {page.marks.path for page in subject.of("page") if page.kind_of_page in ("home", "chapter")}
    told |= {record.marks.path for kind in ("chart", "mirror", "checklist", "lesson") for record in subject.of(kind)}
    return (found for found in _texts(subject) if found[0].path in told)


def _texts_of_mirror(mirror: Mirror) -> Iterator[tuple[Where, str, str]]:
    for at, step in enumerate(mirror.steps):
        yield mirror.marks.where("steps", at, "step"), _owner(mirror, "step"), step.step
        for side, entry in (("left", step.left), ("right", step.right)):
            for key in ("title", "text") if entry else ():
                yield mirror.marks.where("steps", at, side, key), _owner(mirror, key), getattr(entry, key)
    for at, difference in enumerate(mirror.differences):
        for key in ("title", "text"):
            yield mirror.marks.where("differences", at, key), _owner(mirror, key), getattr(difference, key)


def _texts_of_checklist(checklist: Checklist) -> Iterator[tuple[Where, str, str]]:
    for at, one in enumerate(checklist.criteria):
        for key in ("criterion", "why"):
            yield checklist.marks.where("criteria", at, key), _owner(checklist, key), getattr(one, key)
        for number, cell in enumerate(one.cells):
            for key in ("answer", "text", "doubt"):
                where = checklist.marks.where("criteria", at, "cells", number, key)
                yield where, _owner(checklist, key), getattr(cell, key)


def _texts_of_lesson(lesson: Lesson) -> Iterator[tuple[Where, str, str]]:
    """Every text of a lesson, its key and its quiz too."""
    for _, text, at in find_marked(lesson, Prose):
        yield lesson.marks.where(*at), _owner(lesson, str(at[0])), text


def _owner(record: Record, key: str) -> str:
    return f"the {key} of {record.name}"


def allowed_names_are_needed(subject: Subject) -> Iterator[Problem]:
    """A name on the allow-list holds a number or quantity word, and stands in some text."""
    names = subject.of("allowed")
    texts = [without_machinery(text) for _, _, text in _texts(subject)] if names else []
    for name in names:
        if not find_quantities(name.text):
            yield name.problem(f'allows "{name.text}", which holds no number', "Remove it.", ("text",))
        elif not any(blank_names(text, [name.text]) != text for text in texts):
            yield name.problem(f'allows "{name.text}", which no text uses', "Remove it.", ("text",))
