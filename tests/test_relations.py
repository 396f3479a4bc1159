"""Which records belong together: only what is certain is linked."""

import pytest

from generator.relations import (
    by_letter,
    documents_beside_event,
    documents_of_people,
    era_of,
    events_at_places,
    events_beside_document,
    events_of_people,
    nearest,
    partners_of,
    people_by_name,
    places_by_name,
    without_marks,
)
from tests.subjects import events, subject_of

DOCUMENT = "- {{id: {0}, title: The {0}, {1}, kind_of_document: letter, description: Told., sources: [{2}]}}\n"
PEOPLE = """\
- {id: odo, label: Odo, native: Одо, relevance: Rowed., sources: [book]}
- {id: ada, label: Ada, relevance: Steered., sources: [book]}
- {id: other-ada, label: Ada, relevance: Also steered., sources: [book]}
"""
PLACES = """\
- {id: mole, label: Mole, names: [{language: ru, text: Мол, checked: true}], shows: The toll., sources: [book]}
- {id: pier, label: Pier, shows: Boats., sources: [book]}
- {id: other-pier, label: Pier, shows: Boats., sources: [book]}
"""


def ids(records):
    return [record.id for record in records]


def test_a_document_belongs_to_the_one_person_of_exactly_its_name(tmp_path):
    lines = [("a", "Odo"), ("b", "Одо"), ("c", "Odo and Ada"), ("d", "Ada")]
    documents = "".join(DOCUMENT.format(id, f"date: 195{at}, by: {by}", "book") for at, (id, by) in enumerate(lines))
    subject = subject_of(tmp_path, {"data/people.yml": PEOPLE, "data/documents.yml": documents})

    assert set(people_by_name(subject)) == {"Odo", "Одо"}
    assert {id: ids(found) for id, found in documents_of_people(subject).items()} == {"odo": ["a", "b"]}


def test_an_event_happened_at_the_one_place_of_exactly_its_name(tmp_path):
    lines = [
        f"id: e{at}, date: 195{at}, place: {place}" for at, place in enumerate(["Мол", "Mole", "At the Mole", "Pier"])
    ]
    subject = subject_of(tmp_path, {**events(*lines), "data/places.yml": PLACES})

    assert set(places_by_name(subject)) == {"Mole", "Мол"}
    assert {id: ids(found) for id, found in events_at_places(subject).items()} == {"mole": ["e0", "e1"]}


def test_the_events_of_a_person_stand_in_order(tmp_path):
    lines = ["id: late, date: 1952, people: [odo]", "id: early, date: 1951, people: [odo]", "id: none, date: 1950"]
    subject = subject_of(tmp_path, {**events(*lines), "data/people.yml": PEOPLE})

    assert ids(events_of_people(subject)["odo"]) == ["early", "late"]
    assert events_of_people(subject)["ada"] == []


@pytest.mark.parametrize(
    ("date", "source", "is_beside"),
    [
        pytest.param("1950-05-04", "gazette", True, id="same day"),
        pytest.param("1950-05-01/1950-05-09", "gazette", True, id="days around it"),
        pytest.param("1950-05", "gazette", False, id="only the month"),
        pytest.param("1950-05-04~", "gazette", False, id="about that day"),
        pytest.param("1950-05-05", "gazette", False, id="next day"),
        pytest.param("1950-11", "book", True, id="same year and source"),
        pytest.param("1951-05-04", "book", False, id="same source in another year"),
    ],
)
def test_an_event_stands_beside_a_document(tmp_path, date, source, is_beside):
    document = DOCUMENT.format("note", "date: 1950-05-04, by: Odo", "book")
    files = {**events(f'id: storm, date: "{date}"'), "data/documents.yml": document}
    files["data/events.yml"] = files["data/events.yml"].replace("sources: [book]", f"sources: [{source}]")
    subject = subject_of(tmp_path, files)

    assert bool(events_beside_document(subject, subject.get("document", "note"))) is is_beside
    of_one_day = is_beside and source == "gazette"
    assert bool(documents_beside_event(subject, subject.get("event", "storm"))) is of_one_day


def test_a_pair_is_a_pair_from_both_sides(tmp_path):
    documents = DOCUMENT.format("a", "date: 1950, by: Odo, pairs_with: [b]", "book")
    documents += DOCUMENT.format("b", "date: 1951, by: Odo", "book")
    subject = subject_of(tmp_path, {"data/documents.yml": documents})

    assert ids(partners_of(subject, subject.get("document", "a"))) == ["b"]
    assert ids(partners_of(subject, subject.get("document", "b"))) == ["a"]


def test_a_document_stands_in_the_era_in_which_it_begins(tmp_path):
    documents = DOCUMENT.format("a", "date: 1959, by: Odo", "book") + DOCUMENT.format(
        "b", "date: 1960, by: Odo", "book"
    )
    subject = subject_of(tmp_path, {**events("id: e, date: 1950"), "data/documents.yml": documents})

    assert era_of(subject, subject.get("document", "a")).id == "steam"
    assert era_of(subject, subject.get("document", "b")) is None


def test_letters_are_those_of_the_plain_name(tmp_path):
    people = "".join(
        f"- {{id: p{at}, label: '{label}', relevance: Here., sources: [book]}}\n"
        for at, label in enumerate(["Éda", "“Echo”", "Zed", "eda"])
    )
    subject = subject_of(tmp_path, {"data/people.yml": people})

    groups = by_letter(subject.of("person"), lambda person: person.label)
    assert {letter: [person.label for person in found] for letter, found in groups.items()} == {
        "E": ["“Echo”", "Éda", "eda"],
        "Z": ["Zed"],
    }


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Хрущёв", "Хрущев"), ("Чайковский", "Чайковский"), ("guòlùfèi", "guolufei"), ("海参崴", "海参崴")],
)
def test_names_are_found_without_accents_and_tones(text, plain):
    assert without_marks(text) == plain


# --- the story --------------------------------------------------------------------------------------------------


def test_pages_are_near_by_what_they_share_and_rare_records_weigh_more():
    records = {
        "first": ["event/common", "place/rare"],
        "second": ["event/common"],
        "third": ["event/common", "place/rare"],
        "alone": ["person/nobody-else"],
    }

    assert nearest(records) == {
        "first": ["third", "second"],
        "second": ["first", "third"],
        "third": ["first", "second"],
        "alone": [],
    }
