"""Every file that other systems can take of a lesson, from the one record."""

from __future__ import annotations

from generator import addresses
from generator.exports.cards import as_cards
from generator.exports.cells import write_csv
from generator.exports.handout import as_document
from generator.exports.moodle import as_gift, as_moodle
from generator.exports.qti import as_qti
from generator.model import Lesson, Subject
from generator.quiz import ClosedItem, Item, NumberItem, OrderItem, Quiz
from generator.telling import Telling

COLUMNS = ("id", "kind", "question", "option", "place", "right", "answer", "tolerance", "feedback")
KINDS = {ClosedItem: "choice", NumberItem: "number", OrderItem: "order"}


def files_of_lesson(subject: Subject, lesson: Lesson, told: Telling, quiz: Quiz, site_url: str) -> dict[str, bytes]:
    """Each file by its name; the same lesson gives the same bytes."""
    day = subject.site.as_of.first
    address = f"{site_url.rstrip('/')}{addresses.of_record(lesson)}"
    return {
        f"{lesson.id}-lesson.docx": as_document(subject, lesson, told, quiz, address),
        f"{lesson.id}-moodle.xml": as_moodle(quiz),
        f"{lesson.id}-gift.txt": as_gift(quiz),
        f"{lesson.id}-qti.zip": as_qti(quiz, day),
        f"{lesson.id}-cards.apkg": as_cards(quiz, subject.site.title, day),
        f"{lesson.id}-questions.csv": as_csv(quiz),
    }


def as_csv(quiz: Quiz) -> bytes:
    """A line for each option, thing or answer."""
    return write_csv([COLUMNS, *(line for item in quiz.items for line in _lines(item))]).encode()


def _lines(item: Item) -> list[tuple[str, ...]]:
    start = (item.id, KINDS.get(type(item), "open"), item.question)
    if isinstance(item, ClosedItem):
        return [(*start, c.text, "", "yes" if c.is_right else "no", "", "", c.feedback) for c in item.choices]
    if isinstance(item, NumberItem):
        return [(*start, "", "", "", item.answer, item.tolerance, item.feedback)]
    if isinstance(item, OrderItem):
        return [(*start, thing, str(place), "", "", "", item.feedback) for place, thing in enumerate(item.things, 1)]
    return [(*start, "", "", "", item.answer, "", "")]
