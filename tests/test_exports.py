"""The timeline and tables in the formats of other programs, read back by other programs' readers."""

import csv
import datetime
import io
import json

import pytest
from icalendar import Calendar

from generator.exports.cells import write_csv
from generator.exports.timeline import EXPORTS, dated_to_the_day, export_timeline
from tests.subjects import events, subject_of

TOLD = events(
    'id: toll, date: "1811-03/1811-05", title: "=Toll, \\"salt\\"", place: "Mole; pier", people: [ada]',
    'id: steamer, date: "1902-05-04", title: The Puffin steams',
    'id: days, date: "1902-05-04/1902-05-09", title: Days',
    "id: about, date: 1640-05-02~, title: About",
    'id: leap, date: "1952-02-29", title: "Соль & сіль; — 盐"',
    'id: year, date: "1951", title: A year',
)
ADA = {"data/people.yml": "{id: ada, label: Ada Tern, relevance: Captain., sources: [book]}\n"}


@pytest.fixture
def subject(tmp_path):
    return subject_of(tmp_path, {**TOLD, **ADA})


def calendar_of(subject, site_url=""):
    return Calendar.from_ical(export_timeline(subject, site_url)["timeline.ics"])


# --- CSV --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        pytest.param("=1+1", "'=1+1", id="formula"),
        pytest.param("+1+1", "'+1+1", id="plus"),
        pytest.param("-1+1", "'-1+1", id="minus"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("\tcmd", "'\tcmd", id="tab"),
        pytest.param("-", "'-", id="hyphen alone"),
        pytest.param("- a list", "'- a list", id="hyphen and words"),
        pytest.param('=HYPERLINK("https://example.org")', '\'=HYPERLINK("https://example.org")', id="link"),
        pytest.param("-12.5", "-12.5", id="number below zero"),
        pytest.param("-1,5", "'-1,5", id="no number of ours"),
        pytest.param("1=1", "1=1", id="sign inside"),
        pytest.param("", "", id="empty"),
        pytest.param(" =1", " =1", id="space first"),
    ],
)
def test_a_cell_is_no_formula_to_a_spreadsheet(cell, written):
    assert next(csv.reader(io.StringIO(write_csv([[cell, "x"]])))) == [written, "x"]


@pytest.mark.parametrize("cell", ['a "b"', "a,b", "a\nb", "ä — 盐", "'quoted'"])
def test_a_cell_is_read_back_as_it_was(cell):
    assert list(csv.reader(io.StringIO(write_csv([["x", cell]]), newline=""))) == [["x", cell]]


def test_lines_end_alike_on_every_machine():
    assert write_csv([["a", "b"], ["c", "d"]]) == "a,b\nc,d\n"


def test_the_timeline_as_csv_has_a_line_for_each_event_in_order(subject):
    lines = list(csv.DictReader(io.StringIO(export_timeline(subject, "")["timeline.csv"].decode())))

    assert [(line["id"], line["date"]) for line in lines] == [
        ("about", "1640-05-02~"),
        ("toll", "1811-03/1811-05"),
        ("steamer", "1902-05-04"),
        ("days", "1902-05-04/1902-05-09"),
        ("year", "1951"),
        ("leap", "1952-02-29"),
    ]
    toll = lines[1]
    assert (toll["title"], toll["place"], toll["people"]) == ('\'=Toll, "salt"', "Mole; pier", "ada")


# --- JSON -------------------------------------------------------------------------------------------------------


def test_the_timeline_as_json_has_every_event_with_its_days(subject):
    read = json.loads(export_timeline(subject, "")["timeline.json"])

    assert read["as_of"] == "1960-01-31"
    assert [event["id"] for event in read["events"]] == ["about", "toll", "steamer", "days", "year", "leap"]
    assert read["events"][1] == {
        "id": "toll",
        "date": "1811-03/1811-05",
        "first_day": "1811-03-01",
        "last_day": "1811-05-31",
        "title": '=Toll, "salt"',
        "summary": "So it was.",
        "era": "steam",
        "lanes": ["boats"],
        "themes": ["goods"],
        "people": ["ada"],
        "place": "Mole; pier",
        "importance": 1,
        "disputed": "",
        "sources": ["book"],
    }


def test_json_keeps_other_scripts_readable(subject):
    assert "Соль & сіль; — 盐" in export_timeline(subject, "")["timeline.json"].decode()


# --- iCalendar --------------------------------------------------------------------------------------------------


def test_only_events_with_a_certain_first_day_stand_in_the_calendar(subject):
    assert [event.id for event in dated_to_the_day(subject)] == ["steamer", "days", "leap"]


def test_the_calendar_is_read_back_as_anniversaries(subject):
    entries = calendar_of(subject).walk("VEVENT")

    assert [(str(entry["uid"]), entry["dtstart"].dt) for entry in entries] == [
        ("steamer@timeline", datetime.date(1902, 5, 4)),
        ("days@timeline", datetime.date(1902, 5, 4)),
        ("leap@timeline", datetime.date(1952, 2, 29)),
    ]
    assert [entry["rrule"]["FREQ"] for entry in entries] == [["YEARLY"]] * 3
    assert str(entries[2]["summary"]) == "Соль & сіль; — 盐 (1952)"
    assert str(entries[2]["description"]) == "So it was."


def test_the_calendar_is_stamped_with_the_day_of_the_site_not_the_clock(subject):
    stamps = {entry["dtstamp"].dt for entry in calendar_of(subject).walk("VEVENT")}

    assert stamps == {datetime.datetime(1960, 1, 31, tzinfo=datetime.UTC)}


def test_the_calendar_bears_the_name_of_the_site(subject):
    assert str(calendar_of(subject)["x-wr-calname"]) == "Alba and Bora: timeline"


@pytest.mark.parametrize(
    ("site_url", "url"),
    [
        pytest.param("https://example.org/two", "https://example.org/two/timeline/#steamer", id="address"),
        pytest.param(
            "https://example.org/two/", "https://example.org/two/timeline/#steamer", id="address with a slash"
        ),
    ],
)
def test_an_entry_links_to_the_timeline_where_the_address_is_known(subject, site_url, url):
    assert calendar_of(subject, site_url).walk("VEVENT")[0]["url"] == url


def test_an_entry_has_no_link_where_the_address_is_unknown(subject):
    assert all("url" not in entry for entry in calendar_of(subject).walk("VEVENT"))


@pytest.mark.parametrize("format", EXPORTS)
def test_an_export_of_no_events_can_be_read(tmp_path, format):
    text = export_timeline(subject_of(tmp_path, {}), "")[f"timeline.{format}"].decode()

    read = {"csv": lambda: list(csv.DictReader(io.StringIO(text))), "json": lambda: json.loads(text)["events"],
            "ics": lambda: Calendar.from_ical(text).walk("VEVENT")}  # fmt: skip
    assert read[format]() == []


@pytest.mark.parametrize("format", EXPORTS)
def test_an_export_is_the_same_twice(subject, format):
    name = f"timeline.{format}"

    assert export_timeline(subject, "")[name] == export_timeline(subject, "")[name]
