"""Rules for what one looks up: terms, places, and documents with their quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model import Subject
from generator.problems import Problem
from generator.words import forms_of, key_of

MOST_WORDS = 25
MOST_CHARACTERS = 60
MOST_QUOTATIONS = 3
OTHER_SIDES = ("both", "third-party")
_HAN = re.compile(r"[\u3400-\u9fff]")


def quotations_are_short(subject: Subject) -> Iterator[Problem]:
    """A quotation has at most 25 words, or 60 characters where it is written without spaces between words."""
    for document in subject.of("document"):
        for index, passage in enumerate(document.passages):
            text = passage.quotation.text if passage.quotation else ""
            is_han = _HAN.search(text) is not None
            length = len("".join(text.split())) if is_han else len(text.split())
            most, unit = (MOST_CHARACTERS, "characters") if is_han else (MOST_WORDS, "words")
            if length > most:
                message = f"quotes {length} {unit}, more than {most}"
                at = ("passages", index, "quotation")
                yield document.problem(message, "Quote less; tell the rest in plain words.", at)


def documents_are_quoted_little(subject: Subject) -> Iterator[Problem]:
    """A document has at most three quotations."""
    for document in subject.of("document"):
        number = sum(passage.quotation is not None for passage in document.passages)
        if number > MOST_QUOTATIONS:
            message = f"has {number} quotations, more than {MOST_QUOTATIONS}"
            yield document.problem(message, "Tell what they say in plain words.", ("passages",))


def documents_name_their_side(subject: Subject) -> Iterator[Problem]:
    """The side of a document, where it is given, is a party, both or a third party."""
    known = (*(party.id for party in subject.site.parties), *OTHER_SIDES)
    for document in subject.of("document"):
        if document.side and document.side not in known:
            yield document.problem(f'has the side "{document.side}"', f"Known: {', '.join(known)}.", ("side",))


def checklists_are_filled(subject: Subject) -> Iterator[Problem]:
    """Each criterion of a checklist has a cell for each of its columns."""
    for checklist in subject.of("checklist"):
        for at, one in enumerate(checklist.criteria):
            if len(one.cells) != len(checklist.columns):
                message = f'has {len(one.cells)} cells under "{one.criterion}", and {len(checklist.columns)} columns'
                yield checklist.problem(message, "Write one cell for each column.", ("criteria", at, "cells"))


def coordinates_have_a_source(subject: Subject) -> Iterator[Problem]:
    """A place has latitude, longitude and the source of both, or none of them."""
    for place in subject.of("place"):
        keys = ("latitude", "longitude", "coordinates_source")
        missing = [key for key in keys if getattr(place, key) is None]
        if 0 < len(missing) < len(keys):
            message = f"has coordinates without {' and '.join(f'`{key}`' for key in missing)}"
            yield place.problem(message, "Give all three or none.", (next(key for key in keys if key not in missing),))


def terms_differ(subject: Subject) -> Iterator[Problem]:
    """No two terms share a label or a form, whatever the case of its first letter."""
    bearers: dict[str, str] = {}
    for term in subject.of("term"):
        for form in forms_of(term):
            bearer = bearers.setdefault(key_of(form), term.id)
            if bearer != term.id:
                yield term.problem(f'has the form "{form}", as has term "{bearer}"', "Keep it with one of them.")
