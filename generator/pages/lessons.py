"""The lessons: the list that picks among them, and for each a page for students, a key, and files for other systems."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generator import addresses
from generator.exports.lessons import files_of_lesson
from generator.figures import FigureError
from generator.model import (
    FORMS,
    QUESTION_KINDS,
    Claim,
    Document,
    DocumentQuestions,
    Form,
    Lesson,
    LessonTable,
    Passage,
    Row,
    Source,
)
from generator.pages.frame import Rendering, RowView, add_page, collect, neighbours, pen_at, sources_of, view_of
from generator.pen import Pen, write_plain, write_words
from generator.quiz import ClosedItem, Quiz, quiz_of, row_of_number, shuffled
from generator.selection import cells_of_lesson_table
from generator.telling import Telling

LETTERS = "ABCD"
CRITERIA = {
    "claim": "Claim",
    "evidence": "Evidence",
    "sourcing": "Sourcing",
    "counter_argument": "Counter-argument",
}
LENGTHS = {"sentence": "A sentence", "paragraph": "A paragraph", "essay": "An essay"}
QUESTIONS_IN = {"20": 1, "40": 1, "60": 2}
"""How many questions of each kind a form asks of a document."""
LONGEST = "60"
KEY = "key.md.j2"
ABOVE = Markup(
    '<p class="bf-above"><a href="#chart-{}">The chart stands above.</a></p>'
    '<p class="bf-paper">The chart stands at the end of this sheet.</p>'
)
_CALLED = re.compile(r"\{\{-?\s*(\w+)\s*\(")
_WITHOUT_NUMBERS = {"n", "event", "person", "place", "document", "contested", "cite", "data"}
"""Calls whose numbers a row says as it stands: what else is computed is proved in the text, not in metadata."""


def add_lessons(rendering: Rendering) -> None:
    """The list of lessons and the pages and files of each."""
    lessons = sorted(rendering.subject.of("lesson"), key=lambda lesson: (lesson.order, lesson.id))
    if not lessons:
        return
    for lesson in lessons:
        _add_lesson(rendering, lesson, neighbours(lessons, lesson))
    _add_list(rendering, lessons)


# --- the list ---------------------------------------------------------------------------------------------------


def _add_list(rendering: Rendering, lessons: Sequence[Lesson]) -> None:
    words = rendering.subject.site.words
    context: dict[str, Any] = {
        "lessons": [(lesson, plain_of(rendering, lesson), forms_of(lesson)) for lesson in lessons],
        "forms": FORMS,
        "pages": sorted(
            (page for page in rendering.subject.of("page") if page.kind_of_page == "teaching"),
            key=lambda page: page.order,
        ),
        "levels": words("level").values(),
        "skills": [skill for id, skill in words("skill").items() if any(id in lesson.skills for lesson in lessons)],
    }
    add_page(rendering, "lessons.md.j2", addresses.lessons(), "data/lessons", **context)


def forms_of(lesson: Lesson) -> tuple[str, ...]:
    """The forms in which a lesson runs: those that have steps."""
    return tuple(form for form in FORMS if any(form in step.minutes for step in lesson.steps))


def plain_of(rendering: Rendering, lesson: Lesson) -> Telling:
    """A lesson whose texts are plain: no references, no markup."""
    pen = pen_at(rendering, addresses.of_record(lesson))
    return Telling(lesson, lambda text, at: write_plain(pen, text, lesson.marks.where(*at)))


# --- a lesson ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reading:
    """A document as a lesson shows it."""

    letter: str
    document: Document
    passages: tuple[Passage, ...]
    forms: tuple[str, ...]
    questions: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]
    answers: Mapping[str, tuple[str, ...]]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class StepView:
    """A step with what its minutes say."""

    telling: Telling
    part: str
    minutes: Mapping[Form, int]
    forms: tuple[str, ...]


def _add_lesson(rendering: Rendering, lesson: Lesson, around: tuple[Lesson | None, Lesson | None]) -> None:
    address = addresses.of_record(lesson)
    plain = plain_of(rendering, lesson)
    quiz = quiz_of(rendering.subject, lesson, plain) if _is_whole(rendering, lesson) else None
    files = files_of_lesson(rendering.subject, lesson, plain, quiz, rendering.world.site_url) if quiz else {}
    rendering.tree |= {f"{address.strip('/')}/{name}": content for name, content in files.items()}
    shared = _shared(rendering, lesson, plain, files)
    _write_page(
        rendering, lesson, "lesson.md.j2", address, shared, neighbours=around, markup=_markup(rendering, lesson, quiz)
    )
    _write_page(rendering, lesson, KEY, addresses.key(lesson.id), shared)


def _is_whole(rendering: Rendering, lesson: Lesson) -> bool:
    """Whether all that the questions name is there; where it is not, a rule has said so already."""
    subject = rendering.subject
    named = [("term", id) for id in lesson.words] + ([("claim", lesson.slip.claim)] if lesson.slip else [])
    return all(subject.find(kind, id) for kind, id in named) and _row(rendering, lesson) is not None


def _row(rendering: Rendering, lesson: Lesson) -> Row | None:
    try:
        return row_of_number(rendering.subject, lesson)
    except FigureError:
        return None


def _shared(rendering: Rendering, lesson: Lesson, plain: Telling, files: Mapping[str, bytes]) -> dict[str, Any]:
    """What both pages of a lesson show."""
    subject = rendering.subject
    address = addresses.of_record(lesson)
    row = _row(rendering, lesson)
    return {
        "lesson": lesson,
        "plain": plain,
        "forms": forms_of(lesson),
        "longest": LONGEST,
        "questions_in": QUESTIONS_IN,
        "readings": [
            _reading(rendering, lesson, at)
            for at, use in enumerate(lesson.documents)
            if subject.find("document", use.document)
        ],
        "words": [word for word in (subject.find("term", id) for id in lesson.words) if word],
        "claim": _claim(rendering, lesson),
        "row": view_of(rendering, row) if row else None,
        "shuffled": shuffled(lesson),
        "table": _table(rendering, lesson.table) if lesson.table else None,
        "criteria": CRITERIA,
        "lengths": LENGTHS,
        "chapters": [page for page in (subject.find("page", id) for id in lesson.chapters) if page],
        "exports": [(name, EXPORTS_IN_WORDS[name.rpartition(".")[0].removeprefix(f"{lesson.id}-")]) for name in files],
        "whole_address": f"{rendering.world.site_url.rstrip('/')}{address}" if rendering.world.site_url else address,
    }


EXPORTS_IN_WORDS = {
    "moodle": "Questions for Moodle",
    "gift": "Questions as GIFT",
    "qti": "Questions as QTI, for Canvas and others",
    "cards": "Cards for Anki",
    "questions": "Questions as a table",
    "lesson": "The lesson as a document to edit",
}


def _write_page(
    rendering: Rendering, lesson: Lesson, template: str, address: str, shared: Mapping[str, Any], **more: Any
) -> None:
    pen = pen_at(rendering, address, is_wide=False)
    told = Telling(lesson, lambda text, at: write_words(pen, text, lesson.marks.where(*at)))
    context: dict[str, Any] = {
        **shared,
        **more,
        "told": told,
        "bare": Telling(lesson, lambda text, at: _write_bare(pen, lesson, text, at)),
        "steps": [
            StepView(telling, step.part, step.minutes, tuple(form for form in FORMS if form in step.minutes))
            for telling, step in zip(told.steps, lesson.steps, strict=True)
            if step.part in lesson.parts
        ],
        "draw": _Drawn(rendering, pen),
        "sources_here": _Sources(rendering, pen),
    }
    add_page(rendering, template, address, lesson.marks.path, **context)
    title = f"{'Key: ' if template == KEY else ''}{context['plain'].question}"
    collect(rendering, pen, title)
    for reading in shared["readings"]:
        sources_of(rendering, reading.document, address, title)


def _write_bare(pen: Pen, lesson: Lesson, text: str, at: tuple[str | int, ...]) -> Markup:
    pen.is_bare = True
    try:
        return write_words(pen, text, lesson.marks.where(*at))
    finally:
        pen.is_bare = False


class _Drawn:
    """Draws each chart of a page once; where it is called for again, the page leads to it."""

    def __init__(self, rendering: Rendering, pen: Pen) -> None:
        self.rendering, self.pen, self.ids = rendering, pen, set[str]()

    def __call__(self, id: str) -> Markup:
        chart = self.rendering.subject.find("chart", id)
        if chart is None:
            return Markup("")
        if id in self.ids:
            return ABOVE.format(id)
        self.ids.add(id)
        self.pen.charts.append(id)
        return self.pen.draw_chart(self.pen, chart)


class _Sources:
    """The sources of the figures that stand on a page, once the page has been written to where this is asked."""

    def __init__(self, rendering: Rendering, pen: Pen) -> None:
        self.rendering, self.pen = rendering, pen

    def __call__(self) -> list[Source]:
        ids = {source for figure in self.pen.notes for row in figure.rows for source in row.sources}
        found = (self.rendering.subject.find("source", id) for id in sorted(ids))
        return [source for source in found if source]


def _reading(rendering: Rendering, lesson: Lesson, at: int) -> Reading:
    use = lesson.documents[at]
    document = rendering.subject.get("document", use.document)
    numbers = [number for number in use.passages if number <= len(document.passages)]
    passages = tuple(document.passages[number - 1] for number in numbers) if numbers else document.passages
    found = (rendering.subject.find("source", id) for id in document.sources)
    return Reading(
        LETTERS[at],
        document,
        passages,
        tuple(form for form in FORMS if form in use.forms),
        _questions(document.questions),
        {label: getattr(document.answers, skill) for skill, label in QUESTION_KINDS.items()},
        tuple(source for source in found if source),
    )


def _questions(
    questions: DocumentQuestions,
) -> tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]:
    """Under each skill its questions, at most two, each with the forms that ask it."""
    return tuple(
        (
            label,
            tuple(
                (text, tuple(form for form in FORMS if place < QUESTIONS_IN[form]))
                for place, text in enumerate(getattr(questions, skill)[: QUESTIONS_IN[LONGEST]])
            ),
        )
        for skill, label in QUESTION_KINDS.items()
    )


def _claim(rendering: Rendering, lesson: Lesson) -> Claim | None:
    return rendering.subject.find("claim", lesson.slip.claim) if lesson.slip else None


@dataclass(frozen=True)
class TableView:
    """The table of a data lesson: its heads, and each row with the cells before its value."""

    heads: tuple[str, ...]
    lines: tuple[tuple[RowView, Sequence[str]], ...]


def _table(rendering: Rendering, table: LessonTable) -> TableView:
    series = rendering.subject.find("series", table.series)
    heads, lines = cells_of_lesson_table(table, series) if series else ((), [])
    return TableView(heads, tuple((view_of(rendering, row), cells) for row, cells in lines))


# --- for machines -----------------------------------------------------------------------------------------------


def _markup(rendering: Rendering, lesson: Lesson, quiz: Quiz | None) -> dict[str, Any]:
    """What search engines read of a lesson, and the rows whose numbers stand in its questions."""
    if quiz is None:
        return {"resource": "", "quiz": "", "rows": ""}
    asked = _items_for_machines(lesson, quiz)
    return {
        "resource": _json(_resource(rendering, lesson, quiz)),
        "quiz": _json(_quiz_for_machines(quiz, asked)),
        "rows": " ".join(_rows_called(rendering, lesson, asked)),
    }


def _json(value: Mapping[str, Any]) -> Markup:
    """JSON that no tag can end."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return Markup(text.replace("</", "<\\/").replace("<!", "< !"))


def _resource(rendering: Rendering, lesson: Lesson, quiz: Quiz) -> dict[str, Any]:
    site, world = rendering.subject.site, rendering.world
    plain = plain_of(rendering, lesson)
    base = world.site_url.rstrip("/")
    return {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": quiz.title,
        **({"url": f"{base}{addresses.of_record(lesson)}"} if base else {}),
        "inLanguage": site.language,
        "isAccessibleForFree": True,
        "educationalLevel": [site.label("level", level) for level in lesson.levels],
        "timeRequired": [f"PT{form}M" for form in forms_of(lesson)],
        "learningResourceType": "Lesson",
        "teaches": [outcome.text for outcome in plain.outcomes],
        "version": lesson.version,
        "dateModified": str(lesson.reviewed),
        **({"license": site.licence.url} if site.licence else {}),
        "isBasedOn": [document.url for document in _documents_of(rendering, lesson) if document.url],
        "publisher": {"@type": "Organization", "name": site.title},
    }


def _documents_of(rendering: Rendering, lesson: Lesson) -> list[Document]:
    found = (rendering.subject.find("document", use.document) for use in lesson.documents)
    return [document for document in found if document]


def _items_for_machines(lesson: Lesson, quiz: Quiz) -> list[ClosedItem]:
    """The closed items whose numbers, if there are any, are values of rows."""
    texts = {
        check.id: [check.question, *(text for option in check.options for text in (option.text, option.feedback))]
        for check in lesson.checks
    }
    return [
        item
        for item in quiz.items
        if isinstance(item, ClosedItem)
        and {call for text in texts[item.id] for call in _CALLED.findall(text)} <= _WITHOUT_NUMBERS
    ]


def _rows_called(rendering: Rendering, lesson: Lesson, items: Sequence[ClosedItem]) -> list[str]:
    """The rows that these items name, found by writing them once more where nobody reads them."""
    probe = pen_at(rendering, addresses.of_record(lesson))
    ids = {item.id for item in items}
    for check in lesson.checks:
        for text in (check.question, *(t for option in check.options for t in (option.text, option.feedback))):
            if check.id in ids:
                write_words(probe, text, lesson.marks.where("checks"))
    return sorted({row.reference for figure in probe.notes for row in figure.rows})


def _quiz_for_machines(quiz: Quiz, items: Sequence[ClosedItem]) -> dict[str, Any]:
    def answer(text: str, feedback: str) -> dict[str, Any]:
        return {"@type": "Answer", "text": text, "comment": {"@type": "Comment", "text": feedback}}

    return {
        "@context": "https://schema.org",
        "@type": "Quiz",
        "name": quiz.title,
        "about": {"@type": "Thing", "name": quiz.title},
        "hasPart": [
            {
                "@type": "Question",
                "eduQuestionType": "Multiple choice",
                "text": item.question,
                "acceptedAnswer": [answer(c.text, c.feedback) for c in item.choices if c.is_right],
                "suggestedAnswer": [answer(c.text, c.feedback) for c in item.choices if not c.is_right],
            }
            for item in items
        ],
    }
