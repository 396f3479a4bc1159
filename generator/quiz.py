"""The questions of a lesson as plain text: what its page, its key and every export ask and answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from generator.figures import find_row
from generator.model import Lesson, Row, Subject
from generator.numerals import write_digits
from generator.telling import Telling
from generator.units import with_unit

RIGHT, WRONG = "Right.", "Not quite."


@dataclass(frozen=True)
class Choice:
    """An option of a closed item."""

    text: str
    is_right: bool
    feedback: str


@dataclass(frozen=True)
class ClosedItem:
    """A question with one right option."""

    id: str
    question: str
    choices: tuple[Choice, ...]
    feedback: str = ""


@dataclass(frozen=True)
class NumberItem:
    """A question whose answer is a number; `answer` and `tolerance` are written for machines, `said` for people."""

    id: str
    question: str
    answer: str
    tolerance: str
    said: str
    feedback: str


@dataclass(frozen=True)
class OrderItem:
    """Things to put in order, here in their right order; `shuffled` are their places as they are shown."""

    id: str
    question: str
    things: tuple[str, ...]
    shuffled: tuple[int, ...]
    feedback: str


@dataclass(frozen=True)
class OpenItem:
    """A question that people judge, with what a good answer says."""

    id: str
    question: str
    answer: str


Item = ClosedItem | NumberItem | OrderItem | OpenItem


@dataclass(frozen=True)
class Quiz:
    """The questions of one lesson, and its words for cards."""

    id: str
    title: str
    version: str
    items: tuple[Item, ...]
    words: tuple[tuple[str, str], ...]


def quiz_of(subject: Subject, lesson: Lesson, told: Telling) -> Quiz:
    """Everything that a lesson asks and a machine or a card can hold. `told` writes plain text."""
    items: list[Item] = [
        ClosedItem(
            check.id,
            check.question,
            tuple(Choice(option.text, option.right, option.feedback) for option in check.options),
        )
        for check in told.checks
    ]
    items += [_number(subject, lesson, told), _order(lesson, told)]
    if lesson.slip:
        items.append(_slip(subject, lesson, told))
    items.append(OpenItem("question", told.question, told.key))
    words = [subject.get("term", id) for id in lesson.words]
    return Quiz(
        lesson.id, told.question, lesson.version, tuple(items), tuple((word.label, word.definition) for word in words)
    )


def row_of_number(subject: Subject, lesson: Lesson) -> Row:
    """The row whose value the number item asks for."""
    number = lesson.number
    keys: Mapping[str, str] = {**number.where, **({"source": number.source} if number.source else {})}
    return find_row(subject, number.series, number.date, keys)


def _number(subject: Subject, lesson: Lesson, told: Telling) -> NumberItem:
    row = row_of_number(subject, lesson)
    unit = subject.site.unit(row.unit)
    question = f"{told.number.question} Answer in {unit.label}."
    said = with_unit(write_digits(row.digits), unit)
    return NumberItem(lesson.number.id, question, f"{row.value:f}", lesson.number.tolerance, said, told.number.feedback)


def _order(lesson: Lesson, told: Telling) -> OrderItem:
    things = tuple(item.text for item in told.ordering.items)
    ordering = told.ordering
    return OrderItem(ordering.id, ordering.question, things, shuffled(lesson), ordering.feedback)


def shuffled(lesson: Lesson) -> tuple[int, ...]:
    """The places of the things to order as students first see them: always the same, and never the right order."""

    def mixed(place: int) -> str:
        return hashlib.sha256(f"{lesson.id}/{lesson.ordering.id}/{place}".encode()).hexdigest()

    right = list(range(len(lesson.ordering.items)))
    places = sorted(right, key=mixed)
    return tuple(places if places != right else [*places[1:], places[0]])


def _slip(subject: Subject, lesson: Lesson, told: Telling) -> OpenItem:
    assert lesson.slip is not None
    claim = subject.get("claim", lesson.slip.claim)
    return OpenItem("slip", f"{told.slip.task} “{claim.claim}”", f"{told.slip.answer} {claim.explanation}")
