"""Events in eras and lanes."""

import pytest

from generator.timeline import timeline_of
from tests.subjects import SITE, events, subject_of

ERAS = """\
- {id: steam, title: Steam, date: 1902/1959, description: Steaming., boundary: None., sources: [gazette]}
- {id: sail, title: Sail, date: 1640/1902, description: Sailing., boundary: None., sources: [book, gazette]}
"""


def event(id, date, era="steam", more=""):
    return (
        f'- {{id: {id}, date: "{date}", title: Told, summary: So it was., era: {era}, themes: [goods], importance: 1, '
        f"sources: [book]{more}{'' if 'lanes' in more else ', lanes: [boats]'}}}\n"
    )


def timeline(folder, *told, more=None):
    files = {"data/eras.yml": ERAS, "data/events.yml": "".join(told), **(more or {})}
    return timeline_of(subject_of(folder, files))


def test_eras_come_by_date_whatever_their_order_in_the_file(tmp_path):
    assert [view.era.id for view in timeline(tmp_path)] == ["sail", "steam"]


def test_events_come_by_date_and_those_of_one_date_by_id(tmp_path):
    told = [
        event("d", "1951"),
        event("c", "1950-06-01"),
        event("b", "1950-06"),
        event("z", "1950-06-01"),
        event("a", "1951"),
    ]

    assert [view.event.id for view in timeline(tmp_path, *told)[1].events] == ["c", "z", "b", "a", "d"]


def test_an_event_stands_in_the_era_that_it_names(tmp_path):
    sail, steam = timeline(tmp_path, event("old", "1902", "sail"), event("new", "1902", "steam"))

    assert [view.event.id for view in sail.events] == ["old"]
    assert [view.event.id for view in steam.events] == ["new"]


def test_an_era_without_events_stays(tmp_path):
    assert [len(view.events) for view in timeline(tmp_path, event("new", "1950"))] == [0, 1]


def test_lanes_have_the_numbers_of_the_site(tmp_path):
    (view,) = timeline(tmp_path, event("a", "1950", more=", lanes: [councils, boats]"))[1].events

    assert [(lane.label, number) for lane, number in zip(view.lanes, view.lane_numbers, strict=True)] == [
        ("Councils", 2),
        ("Boats", 1),
    ]


def test_an_entry_has_its_people_sources_and_themes(tmp_path):
    people = {"data/people.yml": "{id: ada, label: Ada Tern, relevance: Captain., sources: [book]}\n"}

    (view,) = timeline(tmp_path, event("a", "1950", more=", people: [ada]"), more=people)[1].events

    assert [person.label for person in view.people] == ["Ada Tern"]
    assert [source.by for source in view.sources] == ["The office"]
    assert [theme.label for theme in view.themes] == ["Goods"]


def test_an_era_has_its_sources(tmp_path):
    assert [source.id for source in timeline(tmp_path)[0].sources] == ["book", "gazette"]


@pytest.mark.parametrize(
    ("mark", "word"),
    [("-2", "far apart"), ("-1", "apart"), ("0", "neither"), ("1", "closer"), ("2", "much closer"), ("null", "")],
)
def test_the_mark_of_warmth_is_said_in_the_words_of_the_site(tmp_path, mark, word):
    words = "  warmth: [{id: minus-2, label: far apart}, {id: minus-1, label: apart}, {id: zero, label: neither}, "
    words += "{id: plus-1, label: closer}, {id: plus-2, label: much closer}]\n"

    (view,) = timeline(tmp_path, event("a", "1950", more=f", warmth: {mark}"), more={"data/site.yml": SITE + words})[
        1
    ].events

    assert view.warmth == word


def test_every_event_stands_on_the_timeline_once(tmp_path):
    subject = subject_of(tmp_path, events('id: a, date: "1950"', 'id: b, date: "1949-02"', "id: c, date: 1640~"))

    shown = [view.event.id for era in timeline_of(subject) for view in era.events]

    assert sorted(shown) == sorted(event.id for event in subject.of("event"))


def test_a_long_era_stands_in_lists_of_a_hundred(tmp_path):
    told = [event(f"e-{number:03}", "1950") for number in range(201)]
    sail, steam = timeline(tmp_path, event("old", "1902", "sail"), *told)

    assert [len(group) for group in sail.groups] == [1]
    assert [len(group) for group in steam.groups] == [100, 100, 1]
    assert [view for group in steam.groups for view in group] == list(steam.events)
