"""The questions of a lesson as Moodle XML and as GIFT."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from generator.quiz import ClosedItem, Item, NumberItem, OpenItem, OrderItem, Quiz

_GIFT_MARKS = re.compile(r"([\\~=#{}:])")


def as_moodle(quiz: Quiz) -> bytes:
    """A file that Moodle imports into a question bank: a category, then each question with its feedback."""
    root = Element("quiz")
    category = SubElement(root, "question", type="category")
    _text(SubElement(category, "category"), f"$course$/top/{quiz.title.replace('/', '//')}")
    for item in quiz.items:
        root.append(_question(quiz, item))
    indent(root, " ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def _question(quiz: Quiz, item: Item) -> Element:
    kinds = {ClosedItem: "multichoice", NumberItem: "numerical", OrderItem: "matching", OpenItem: "essay"}
    question = Element("question", type=kinds[type(item)])
    _text(SubElement(question, "name"), f"{quiz.id}: {item.id}")
    _text(SubElement(question, "questiontext", format="plain_text"), item.question)
    if isinstance(item, OpenItem):
        SubElement(question, "defaultgrade").text = "1"
        SubElement(question, "responseformat").text = "plain"
        _text(SubElement(question, "graderinfo", format="plain_text"), item.answer)
        return question
    _text(SubElement(question, "generalfeedback", format="plain_text"), item.feedback)
    SubElement(question, "defaultgrade").text = "1"
    if isinstance(item, ClosedItem):
        SubElement(question, "single").text = "true"
        SubElement(question, "shuffleanswers").text = "true"
        SubElement(question, "answernumbering").text = "abc"
        for choice in item.choices:
            _answer(question, choice.text, choice.feedback, choice.is_right)
    elif isinstance(item, NumberItem):
        answer = _answer(question, item.answer, "", is_right=True)
        SubElement(answer, "tolerance").text = item.tolerance
    else:
        SubElement(question, "shuffleanswers").text = "true"
        for place, thing in enumerate(item.things, 1):
            part = SubElement(question, "subquestion", format="plain_text")
            SubElement(part, "text").text = thing
            _text(SubElement(part, "answer"), str(place))
    return question


def _answer(question: Element, text: str, feedback: str, is_right: bool) -> Element:
    answer = SubElement(question, "answer", fraction="100" if is_right else "0", format="plain_text")
    SubElement(answer, "text").text = text
    _text(SubElement(answer, "feedback", format="plain_text"), feedback)
    return answer


def _text(element: Element, text: str) -> None:
    SubElement(element, "text").text = text


# --- GIFT -------------------------------------------------------------------------------------------------------


def as_gift(quiz: Quiz) -> bytes:
    """The same questions in Moodle's plain-text form, which other systems read too."""
    items = [
        f"::{_gift(f'{quiz.id}/{item.id}')}::{_gift(item.question)} {{{_gift_answers(item)}}}" for item in quiz.items
    ]
    return ("\n\n".join([f"// {_line(quiz.title)}, version {_line(quiz.version)}", *items]) + "\n").encode()


def _gift_answers(item: Item) -> str:
    if isinstance(item, ClosedItem):
        lines = [f"{'=' if c.is_right else '~'}{_gift(c.text)}#{_gift(c.feedback)}" for c in item.choices]
    elif isinstance(item, NumberItem):
        lines = ["#", f"={item.answer}:{item.tolerance}#{_gift(item.feedback)}"]
        return lines[0] + "\n" + lines[1] + "\n"
    elif isinstance(item, OrderItem):
        lines = [f"={_gift(thing)} -> {place}" for place, thing in enumerate(item.things, 1)]
        lines.append(f"####{_gift(item.feedback)}")
    else:
        lines = [f"####{_gift(item.answer)}"]
    return "\n" + "\n".join(lines) + "\n"


def _gift(text: str) -> str:
    return _GIFT_MARKS.sub(r"\\\1", _line(text))


def _line(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
