"""The generator knows no subject: no name and no topic of the real data stands in its code, templates or styles."""

import calendar
import re
from functools import cache
from pathlib import Path

import pytest

from generator.load import load
from generator.model import Subject

ROOT = Path(__file__).parent.parent
TEXT = (".py", ".j2", ".css", ".js", ".html", ".svg")
MACHINE = {
    "border": "a property of CSS",
    "context": "what a template gets; a skill in reading a document",
    "leaders": "strokes from a bar to the words beside it",
    "neighbours": "the pages before and after one",
    "parties": "the model's word for the sides of a relationship",
    "people": "the folder of a kind of record",
    "third": "a fraction that the gate finds",
    "world": "the addresses outside the site",
}
"""Words of the machine that a lane or theme of the subject has in its name too, and what they are here."""
CAPITALS = {
    "People": "the page of persons",
    "Party": "the model's word for a side",
    "Security": "part of the name of a policy that browsers read",
    "States": "bodies that act, in general",
}
"""The same for words of proper names."""


@cache
def subject() -> Subject:
    return load(ROOT / "data", ROOT / "docs", ROOT / "mkdocs.yml")[0]


@cache
def words_of_the_generator() -> dict[str, str]:
    """Every word as it is written, with a file that has it."""
    found = {}
    for path in sorted((ROOT / "generator").rglob("*")):
        if path.suffix in TEXT:
            found |= dict.fromkeys(words(path.read_text("utf-8")), path.relative_to(ROOT).as_posix())
    return found


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def names() -> set[str]:
    """The proper names of the subject: words with a capital that does not open a title, and of other scripts."""
    everything = subject()
    texts = [name for party in everything.site.parties for name in (party.label, *party.names)]
    texts += [
        name for person in everything.of("person") for name in (person.label, person.native, person.transliteration)
    ]
    texts += [name for event in everything.of("event") for name in (event.place, *event.actors)]
    texts += [
        name for place in everything.of("place") for name in (place.label, *(other.text for other in place.names))
    ]
    found = [word for text in texts for word in words(text)]
    found += [word for series in everything.of("series") for word in words(series.title)[1:]]
    return {word for word in found if len(word) > 2 and not word.islower()} - {
        *calendar.month_name,
        *calendar.month_abbr,
    }


def topics() -> set[str]:
    """What the subject is about: the words of its lanes and themes."""
    vocabularies = subject().site.vocabularies
    labels = [entry.label for name in ("lane", "theme") for entry in vocabularies.get(name, ())]
    return {word.casefold() for label in labels for word in words(label) if len(word) > 3}


def test_the_subject_has_names_and_topics():
    assert len(names()) > 100
    assert len(topics()) > 10


def test_no_name_of_the_subject_stands_in_the_generator():
    found = words_of_the_generator()

    assert {name: found[name] for name in sorted(names() - set(CAPITALS)) if name in found} == {}


def test_no_id_of_the_subject_stands_in_the_generator():
    """Ids of one word are words that may be the machine's; those with a hyphen are the subject's alone."""
    everything = [f"{record.id}" for record in subject().everything() if "-" in record.id and record.kind != "page"]
    texts = {path: path.read_text("utf-8") for path in (ROOT / "generator").rglob("*") if path.suffix in TEXT}

    assert len(everything) > 100
    assert [(id, path.name) for id in everything for path, text in texts.items() if f'"{id}"' in text] == []


def test_no_topic_of_the_subject_stands_in_the_generator():
    found = {word.casefold(): path for word, path in words_of_the_generator().items()}

    assert {topic: found[topic] for topic in sorted(topics() - set(MACHINE)) if topic in found} == {}


@pytest.mark.parametrize("word", MACHINE)
def test_a_word_of_the_machine_is_needed_here_and_there(word):
    assert word in topics()
    assert word in {found.casefold() for found in words_of_the_generator()}


@pytest.mark.parametrize("word", CAPITALS)
def test_a_word_with_a_capital_is_needed_here_and_there(word):
    assert word in names()
    assert word in words_of_the_generator()
