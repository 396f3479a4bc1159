"""The questions and words of a lesson as cards for Anki."""

from __future__ import annotations

import datetime
import hashlib
import html
import io
import zipfile

import genanki

from generator.exports.package import archive_of
from generator.quiz import ClosedItem, Item, NumberItem, OrderItem, Quiz


def as_cards(quiz: Quiz, deck: str, day: datetime.date) -> bytes:
    """A deck: a card for each question and each word. The same questions give the same bytes."""
    model = genanki.Model(
        _number(f"model/{deck}"),
        deck,
        fields=[{"name": "Front"}, {"name": "Back"}],
        templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": '{{FrontSide}}<hr id="answer">{{Back}}'}],
    )
    cards = genanki.Deck(_number(f"deck/{quiz.id}"), f"{deck}::{quiz.title.replace('::', ':')}")
    for item in quiz.items:
        cards.add_note(_note(model, f"{quiz.id}/{item.id}", _front(item), _back(item)))
    for word, definition in quiz.words:
        cards.add_note(_note(model, f"{quiz.id}/word/{word}", escape(word), escape(definition)))
    buffer = io.BytesIO()
    moment = datetime.datetime.combine(day, datetime.time(), datetime.UTC).timestamp()
    genanki.Package(cards).write_to_file(buffer, timestamp=moment)
    with zipfile.ZipFile(buffer) as package:
        return archive_of({name: package.read(name) for name in package.namelist()}, day)


def escape(text: str) -> str:
    """Text for a field: Anki reads fields as HTML, and in them words in square brackets as sounds and LaTeX to run."""
    return html.escape(text).replace("[", "&#91;")


def _number(name: str) -> int:
    """A number that Anki can know a model or deck by, the same in every build."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) | 1 << 30


def _note(model: genanki.Model, name: str, front: str, back: str) -> genanki.Note:
    return genanki.Note(model=model, fields=[front, back], guid=hashlib.sha256(name.encode()).hexdigest()[:16])


def _front(item: Item) -> str:
    front = f"<p>{escape(item.question)}</p>"
    if isinstance(item, ClosedItem):
        return front + _list("ul", [escape(choice.text) for choice in item.choices])
    if isinstance(item, OrderItem):
        return front + _list("ul", [escape(item.things[place]) for place in item.shuffled])
    return front


def _back(item: Item) -> str:
    if isinstance(item, ClosedItem):
        right = [choice.text for choice in item.choices if choice.is_right]
        each = [f"{escape(choice.text)}: {escape(choice.feedback)}" for choice in item.choices]
        return f"<p><b>{escape(right[0])}</b></p>" + _list("ul", each)
    if isinstance(item, NumberItem):
        return f"<p><b>{escape(item.said)}</b></p><p>{escape(item.feedback)}</p>"
    if isinstance(item, OrderItem):
        return _list("ol", [escape(thing) for thing in item.things]) + f"<p>{escape(item.feedback)}</p>"
    return f"<p>{escape(item.answer)}</p>"


def _list(tag: str, items: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"
