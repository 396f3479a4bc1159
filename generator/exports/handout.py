"""A lesson as a document that teachers can edit: the sheet, then the key."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence

from docx import Document as new_document
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt

from generator.exports.package import archive_of
from generator.model import QUESTION_KINDS, Document, Lesson, LessonTable, Subject
from generator.numerals import write_digits
from generator.quiz import RIGHT, WRONG, ClosedItem, NumberItem, OpenItem, OrderItem, Quiz
from generator.selection import cells_of_lesson_table
from generator.telling import Telling
from generator.units import with_unit

TABLE = "Table Grid"
KEPT_TABLES = ("Normal Table", TABLE)


def as_document(subject: Subject, lesson: Lesson, told: Telling, quiz: Quiz, address: str) -> bytes:
    """The lesson in the form that word processors open. `told` writes plain text."""
    file = _empty_document()
    _add_sheet(file, subject, lesson, told, quiz)
    file.add_page_break()
    _add_key(file, subject, lesson, told, quiz)
    site = subject.site
    licence = f" {site.licence.title}." if site.licence else ""
    file.add_paragraph(f"{site.title}: {address}. Version {lesson.version}, reviewed {lesson.reviewed}.{licence}")
    return _saved(file, subject, quiz)


def _empty_document() -> Docx:
    """A page to write on. Its hundred looks for tables go: each paragraph would search them all for its own."""
    file = new_document()
    for style in list(file.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in KEPT_TABLES:
            style.delete()
    file.styles["Normal"].font.size = Pt(11)
    return file


def _saved(file: Docx, subject: Subject, quiz: Quiz) -> bytes:
    """The bytes of the document, dated by the site's own day."""
    day = subject.site.as_of.first
    moment = datetime.datetime.combine(day, datetime.time())
    properties = file.core_properties
    properties.title, properties.author, properties.comments = quiz.title, subject.site.title, ""
    properties.created = properties.modified = moment
    buffer = io.BytesIO()
    file.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return archive_of({name: package.read(name) for name in package.namelist()}, day)


def _add_sheet(file: Docx, subject: Subject, lesson: Lesson, told: Telling, quiz: Quiz) -> None:
    file.add_heading(quiz.title, 0)
    file.add_paragraph(told.in_one_breath)
    file.add_heading("Background", 1)
    _paragraphs(file, told.background.split("\n"))
    file.add_heading("In easier words", 2)
    _paragraphs(file, told.background_easy.split("\n"))
    file.add_heading("Words", 1)
    for word, definition in quiz.words:
        file.add_paragraph(f"{word}: {definition}", "List Bullet")
    for letter, use in zip("ABCD", lesson.documents, strict=False):
        _add_reading(file, letter, subject.get("document", use.document), use.passages)
    for use in told.charts:
        file.add_heading(subject.get("chart", use.chart).title, 1)
        _bullets(file, [asked.question for asked in use.questions])
    if lesson.table:
        _add_table(file, subject, lesson.table, told)
    file.add_heading(told.organiser.task, 1)
    _add_organiser(file, told, is_filled=False)
    file.add_heading("Predict, see, explain", 1)
    _paragraphs(file, [told.chart_task.predict, told.chart_task.explain])
    file.add_heading("Questions", 1)
    for number, item in enumerate(quiz.items, 1):
        file.add_paragraph(f"{number}. {item.question}")
        if isinstance(item, ClosedItem):
            _bullets(file, [choice.text for choice in item.choices])
        if isinstance(item, OrderItem):
            _bullets(file, [item.things[place] for place in item.shuffled])
    file.add_heading("Write", 1)
    for task in (told.write.sentence, told.write.paragraph, told.write.essay):
        file.add_paragraph(task.task)
        _bullets(file, task.frames)


def _add_reading(file: Docx, letter: str, document: Document, numbers: tuple[int, ...]) -> None:
    file.add_heading(f"{letter}. {document.title}", 1)
    file.add_paragraph(document.description)
    chosen = [document.passages[number - 1] for number in numbers] if numbers else document.passages
    for passage in chosen:
        file.add_paragraph(f"In our own words, {passage.locator}: {passage.plain_words}")
        if passage.quotation:
            english = f" (“{passage.quotation.english}”)" if passage.quotation.english else ""
            file.add_paragraph(f"Quoted: “{passage.quotation.text}”{english}")
    for skill in QUESTION_KINDS:
        _bullets(file, getattr(document.questions, skill)[:2])


def _add_table(file: Docx, subject: Subject, table: LessonTable, told: Telling) -> None:
    file.add_heading(told.table.title, 1)
    heads, lines = cells_of_lesson_table(table, subject.get("series", table.series))
    written = [[*cells, with_unit(write_digits(row.digits), subject.site.unit(row.unit))] for row, cells in lines]
    _fill(file, [[*heads, "Value"], *written])
    _bullets(file, [asked.question for asked in told.table.questions])


def _add_organiser(file: Docx, told: Telling, is_filled: bool) -> None:
    organiser = told.organiser
    empty = [""] * (len(organiser.columns) - 1)
    _fill(file, [organiser.columns, *([row.label, *(row.key if is_filled else empty)] for row in organiser.rows)])


def _fill(file: Docx, lines: Sequence[Sequence[str]]) -> None:
    """A table of these lines, the first of them its heads."""
    table = file.add_table(rows=len(lines), cols=len(lines[0]), style=TABLE)
    for row, texts in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def _add_key(file: Docx, subject: Subject, lesson: Lesson, told: Telling, quiz: Quiz) -> None:
    file.add_heading(f"Key: {quiz.title}", 0)
    for number, item in enumerate(quiz.items, 1):
        file.add_paragraph(f"{number}. {item.question}")
        _bullets(file, _answers(item))
    file.add_heading("Predict, see, explain", 1)
    file.add_paragraph(told.chart_task.answer)
    for part in (*told.charts, *([told.table] if lesson.table else [])):
        _paragraphs(file, [f"{asked.question} {asked.answer}" for asked in part.questions])
    file.add_heading(told.organiser.task, 1)
    _add_organiser(file, told, is_filled=True)
    for letter, use in zip("ABCD", lesson.documents, strict=False):
        file.add_heading(f"Answers on {letter}", 1)
        answers = subject.get("document", use.document).answers
        _bullets(file, [text for skill in QUESTION_KINDS for text in getattr(answers, skill)[:2]])
    if lesson.talk:
        file.add_heading(f"Talk: {lesson.talk.form}", 1)
        file.add_paragraph(told.talk.task)
        _bullets(file, told.talk.roles)
        file.add_paragraph(told.talk.opt_out)


def _answers(item: ClosedItem | NumberItem | OrderItem | OpenItem) -> list[str]:
    if isinstance(item, ClosedItem):
        return [f"{c.text}: {RIGHT if c.is_right else WRONG} {c.feedback}" for c in item.choices]
    if isinstance(item, NumberItem):
        return [f"{item.said}, give or take {item.tolerance}. {item.feedback}"]
    if isinstance(item, OrderItem):
        return [*(f"{place}. {thing}" for place, thing in enumerate(item.things, 1)), item.feedback]
    return [item.answer]


def _paragraphs(file: Docx, texts: Iterable[str]) -> None:
    for text in texts:
        if text.strip():
            file.add_paragraph(text.strip())


def _bullets(file: Docx, texts: Iterable[str]) -> None:
    for text in texts:
        file.add_paragraph(text, "List Bullet")
