"""Reading files: what is written decides the type, and every part knows its line."""

from collections.abc import Mapping
from typing import Annotated, Literal

import pytest
from pydantic import Field, StringConstraints

from generator import reading
from generator.dates import parse_span
from generator.load import load
from generator.model import KINDS, Address, Colour, Part, Record, Text, When
from generator.problems import Where, show
from generator.yaml_text import Unread, read_yaml
from tests.subjects import HOME, SOURCES, page, read_files, series, subject_of, write_files

TERM = "id: toll\nlabel: toll\ndefinition: A fee.\nsources: [book]\n"


# --- YAML -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        # YAML 1.1 would make something else of these
        pytest.param("no", "no", id="no is no falsehood"),
        pytest.param("yes", "yes", id="yes"),
        pytest.param("on", "on", id="on"),
        pytest.param("Off", "Off", id="Off"),
        pytest.param("y", "y", id="y"),
        pytest.param("False", "False", id="False"),
        pytest.param("TRUE", "TRUE", id="TRUE"),
        pytest.param("Null", "Null", id="Null"),
        pytest.param("~", "~", id="tilde"),
        pytest.param("1640~", "1640~", id="about a year"),
        pytest.param("010", "010", id="octal"),
        pytest.param("0o10", "0o10", id="octal of YAML 1.2"),
        pytest.param("0x10", "0x10", id="hexadecimal"),
        pytest.param("0b10", "0b10", id="binary"),
        pytest.param("12:30:45", "12:30:45", id="sexagesimal"),
        pytest.param("190:20:30.15", "190:20:30.15", id="sexagesimal fraction"),
        pytest.param("1_000", "1_000", id="digits in groups"),
        pytest.param("1,000", "1,000", id="comma"),
        pytest.param("1e3", "1e3", id="exponent"),
        pytest.param(".5", ".5", id="dot first"),
        pytest.param("5.", "5.", id="dot last"),
        pytest.param("+5", "+5", id="plus"),
        pytest.param(".inf", ".inf", id="infinity"),
        pytest.param(".NaN", ".NaN", id="not a number"),
        pytest.param("1949-10-01", "1949-10-01", id="day"),
        pytest.param("2001-12-14 21:59:43", "2001-12-14 21:59:43", id="time"),
        pytest.param("=", "=", id="equals sign"),
        # what is written
        pytest.param("1949", 1949, id="whole number"),
        pytest.param("-5", -5, id="below zero"),
        pytest.param("0", 0, id="zero"),
        pytest.param("1949.0", 1949.0, id="fraction"),
        pytest.param("-12.25", -12.25, id="fraction below zero"),
        pytest.param("true", True, id="true"),
        pytest.param("false", False, id="false"),
        pytest.param("null", None, id="null"),
        pytest.param("", None, id="nothing"),
        pytest.param('"1949"', "1949", id="in quotes"),
        pytest.param("'true'", "true", id="true in quotes"),
        pytest.param('""', "", id="empty in quotes"),
        pytest.param("[]", (), id="empty list"),
        pytest.param("{}", {}, id="empty mapping"),
    ],
)
def test_what_is_written_decides_the_type(written, value):
    read, _ = read_yaml(f"key: {written}\n")

    assert read == {"key": value}
    assert type(read["key"]) is type(value)


@pytest.mark.parametrize("style", ["|", ">"])
def test_a_block_of_text_stays_text(style):
    assert read_yaml(f"key: {style}\n  1949\n")[0] == {"key": "1949\n"}


def test_a_number_too_long_for_a_number_is_text():
    assert read_yaml(f"key: {'9' * 19}\n")[0] == {"key": "9" * 19}


@pytest.mark.parametrize(
    ("text", "line", "message", "fix"),
    [
        pytest.param("a: &x [1]\nb: *x\n", 2, "uses a YAML alias", "Write the value out.", id="alias"),
        pytest.param(
            "a: &x {b: 1}\nc:\n  <<: *x\n", 3, "uses a YAML alias", "Write the value out.", id="merged mapping"
        ),
        pytest.param("a: 1\nb: !new 2\n", 2, 'uses the YAML tag "!new"', "Remove it.", id="tag of text"),
        pytest.param("a: !new [1]\n", 1, 'uses the YAML tag "!new"', "Remove it.", id="tag of a list"),
        pytest.param("a: !new {b: 1}\n", 1, 'uses the YAML tag "!new"', "Remove it.", id="tag of a mapping"),
        pytest.param(
            "a: !!python/name:os.system x\n",
            1,
            'uses the YAML tag "!!python/name:os.system"',
            "Remove it.",
            id="tag of Python",
        ),
        pytest.param("a: !!binary aGk=\n", 1, 'uses the YAML tag "!!binary"', "Remove it.", id="binary"),
        pytest.param("a: !!set {b, c}\n", 1, 'uses the YAML tag "!!set"', "Remove it.", id="set"),
        pytest.param("a: 1\nb: 2\na: 3\n", 3, 'has the key "a" twice', "Keep one.", id="key twice"),
        pytest.param("a:\n  b: 1\n  b: 2\n", 3, 'has the key "b" twice', "Keep one.", id="key twice, inside"),
        pytest.param('a: 1\n"a": 2\n', 2, 'has the key "a" twice', "Keep one.", id="key twice, in quotes"),
        pytest.param(
            "a: 1\n? [b]\n: 2\n", 2, "has a key that is no word", "Use a plain word before the colon.", id="list as key"
        ),
        pytest.param(
            "a:\n\t- b\n",
            2,
            "is no YAML: found character that cannot start any token",
            "Check indentation; put text that holds a colon in quotes.",
            id="tab",
        ),
        pytest.param(
            "a: [1\nb: 2\n",
            2,
            "is no YAML: did not find expected ',' or ']'",
            "Check indentation; put text that holds a colon in quotes.",
            id="open bracket",
        ),
        pytest.param(
            "a: b: c\n",
            1,
            "is no YAML: mapping values are not allowed in this context",
            "Check indentation; put text that holds a colon in quotes.",
            id="two colons",
        ),
        pytest.param(
            "a: 1\n---\nb: 2\n",
            2,
            "is no YAML: but found another document",
            "Check indentation; put text that holds a colon in quotes.",
            id="two documents",
        ),
        pytest.param(
            "a: b\nc: \x07\n",
            2,
            "is no YAML: control characters are not allowed",
            "Remove the unusual character.",
            id="control character",
        ),
        pytest.param("[" * 200_000 + "]" * 200_000, 1, "nests too deeply", "Flatten it.", id="depth"),
    ],
)
def test_yaml_that_is_no_plain_value_is_refused(text, line, message, fix):
    with pytest.raises(Unread) as refused:
        read_yaml(text)

    assert (refused.value.line, refused.value.message, refused.value.fix) == (line, message, fix)


def test_every_part_knows_its_line():
    _, lines = read_yaml("- id: a\n  list:\n    - 1\n    - {b: 2}\n- id: c\n", first_line=10)

    assert lines[(0,)] == 10
    assert lines[(0, "list")] == 11
    assert lines[(0, "list", 0)] == 12
    assert lines[(0, "list", 1, "b")] == 13
    assert lines[(1, "id")] == 14


# --- files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoded",
    [
        pytest.param(TERM.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(TERM.replace("\n", "\r\n").encode(), id="line ends of Windows"),
        pytest.param(TERM.replace("\n", "\r").encode(), id="line ends of old Macs"),
        pytest.param(TERM.replace("\n", "\r\n").encode("utf-8-sig"), id="both"),
        pytest.param(TERM.rstrip("\n").encode(), id="no line end at the end"),
    ],
)
def test_text_is_read_whatever_wrote_it(tmp_path, encoded):
    term = subject_of(tmp_path, {"data/terms.yml": encoded}).get("term", "toll")

    assert (term.label, term.definition, term.sources) == ("toll", "A fee.", ("book",))
    assert term.marks.where("definition") == Where("data/terms.yml", 3)


def test_rows_and_pages_are_read_with_the_line_ends_of_windows(tmp_path):
    files = series("goods", "date,value,source\r\n1950,1,book\r\n1951,2,book\r\n")
    files["docs/index.md"] = HOME.replace("\n", "\r\n")

    subject = subject_of(tmp_path, files)

    assert [(row.digits, row.sources, row.where.line) for row in subject.get("series", "goods").rows] == [
        ("1", ("book",), 2),
        ("2", ("book",), 3),
    ]
    assert subject.get("page", "index").body == "\nText.\n"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(
            b"id: toll\nlabel: caf\xe9\n",
            "data/terms.yml:2: is not UTF-8. Save the file as UTF-8. [files-are-readable]",
            id="Latin-1",
        ),
        pytest.param(
            TERM.encode("utf-16"),
            "data/terms.yml:1: is not UTF-8. Save the file as UTF-8. [files-are-readable]",
            id="UTF-16",
        ),
        pytest.param(
            b"id: to\0ll\n",
            "data/terms.yml:1: holds the character U+0000, which does not print. Remove it. [files-are-readable]",
            id="NUL",
        ),
        pytest.param(
            b"12\n", 'data/terms.yml:1: holds "12", not records. Write a list. [files-hold-records]', id="a number"
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_at_its_line(tmp_path, content, problem):
    _, problems = read_files(tmp_path, {"data/terms.yml": content})

    assert problems == [problem]


@pytest.mark.parametrize("content", ["", "# Only a note.\n", "[]\n"], ids=["empty", "comment", "empty list"])
def test_a_file_without_records_is_no_problem(tmp_path, content):
    assert subject_of(tmp_path, {"data/terms.yml": content}).of("term") == ()


def test_a_file_may_hold_one_record_or_a_list_of_them(tmp_path):
    files = {
        "data/terms/toll.yml": TERM,
        "data/terms/more.yml": "- " + TERM.replace("\n", "\n  ").strip().replace("toll", "mole"),
    }

    assert sorted(term.id for term in subject_of(tmp_path, files).of("term")) == ["mole", "toll"]


def test_a_file_too_large_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", len(SOURCES.encode()))

    _, problems = read_files(tmp_path, {"data/site.yml": "{}", "data/terms.yml": "x" * (len(SOURCES) + 1)})

    fault = f"data/terms.yml:1: is larger than {len(SOURCES)} bytes. Split it. [files-are-readable]"
    assert [problem for problem in problems if "terms.yml" in problem] == [fault]


def test_hidden_files_are_left_alone(tmp_path):
    assert read_files(tmp_path, {"data/.DS_Store": b"\0", "docs/.draft.md": "no front matter"})[1] == []


def test_files_beside_the_pages_are_left_to_the_engine(tmp_path):
    assert read_files(tmp_path, {"docs/map.png": b"\x89PNG\0"})[1] == []


@pytest.mark.parametrize("place", ["data/people.yml", "docs/leak.md"])
def test_a_link_out_of_the_folder_is_refused_unread(tmp_path, place):
    outside = tmp_path / "secret"
    outside.write_text("id: x\n")
    places = write_files(tmp_path / "site", {})
    (tmp_path / "site" / place).symlink_to(outside)

    subject, problems = load(places.data, places.docs, places.config)

    assert [str(problem) for problem in problems] == [
        f"{place}:1: is a link out of the folder. Put the file itself here. [files-stay-inside]"
    ]
    assert subject.of("person") == ()


def test_records_come_in_the_order_of_files_whatever_the_disk_says(tmp_path):
    files = {f"data/terms/{name}.yml": TERM.replace("toll", name) for name in ("c", "a", "b")}

    assert [term.id for term in subject_of(tmp_path, files).of("term")] == ["a", "b", "c"]


# --- records ----------------------------------------------------------------------------------------------------


def test_a_record_that_cannot_be_read_is_known_to_be_broken(tmp_path):
    subject, problems = read_files(tmp_path, {"data/terms.yml": TERM.replace("label: toll\n", "")})

    assert problems == ['data/terms.yml:1: term "toll" lacks "label". Add `label:`. [records-have-their-shape]']
    assert subject.broken == {("term", "toll")}
    assert subject.find("term", "toll") is None


def test_the_first_of_two_records_with_one_id_stays(tmp_path):
    second = TERM.replace("A fee.", "Another fee.")

    subject, problems = read_files(tmp_path, {"data/terms/a.yml": TERM, "data/terms/b.yml": second})

    assert problems == [
        'data/terms/b.yml:1: term "toll" has the id of the one at data/terms/a.yml:1. '
        "Give it an id of its own. [ids-are-unique]"
    ]
    assert subject.get("term", "toll").definition == "A fee."


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("label: 12", 'label "12", which is no text. Put it in quotes.', id="number for text"),
        pytest.param("label: true", 'label "true", which is no text. Put it in quotes.', id="truth for text"),
        pytest.param("label:", 'label "null", which is no text. Fill it.', id="nothing for text"),
        pytest.param("label: [a]", r'label "[\"a\"]", which is no text. Put it in quotes.', id="list for text"),
        pytest.param('label: ""', 'label "", which is blank. Fill it.', id="empty text"),
        pytest.param('label: "  "', 'label "  ", which is blank. Fill it.', id="blank text"),
        pytest.param(
            "levels: school",
            'levels "school", which is no list. Write each item behind a hyphen.',
            id="text for a list",
        ),
        pytest.param("levels: []", "levels of 0. List at least 1.", id="empty list"),
        pytest.param("pair: [one]", "pair of 1. List at least 2.", id="short list"),
        pytest.param("pair: [one, b, c]", "pair of 3. List at most 2.", id="long list"),
        pytest.param("words: none", 'words "none", which is no map. Write keys with values.', id="text for a map"),
        pytest.param("words: {a: 1}", 'words, a "1", which is no text. Put it in quotes.', id="number in a map"),
        pytest.param("part: none", 'part "none", which is no map. Write keys with values.', id="text for a part"),
        pytest.param(
            'number: "1"',
            'number "1", which is no whole number. Write digits alone, without quotes or a dot.',
            id="number in quotes",
        ),
        pytest.param(
            "number: 1.0",
            'number "1.0", which is no whole number. Write digits alone, without quotes or a dot.',
            id="fraction",
        ),
        pytest.param(
            "number: true",
            'number "true", which is no whole number. Write digits alone, without quotes or a dot.',
            id="truth for a number",
        ),
        pytest.param("number: 0", 'number "0", which is below 1.', id="too low"),
        pytest.param("number: 4", 'number "4", which is above 3.', id="too high"),
        pytest.param(
            "degree: north",
            'degree "north", which is no number. Write digits, with a dot for decimals and without quotes.',
            id="words for a number",
        ),
        pytest.param(
            "is_so: no", 'is_so "no", which is neither true nor false. Write one of them, without quotes.', id="no"
        ),
        pytest.param(
            "is_so: 1", 'is_so "1", which is neither true nor false. Write one of them, without quotes.', id="one"
        ),
        pytest.param(
            "url: example.org",
            'url "example.org", which is no address. Write it whole: https://example.org/page.',
            id="address without its start",
        ),
        pytest.param(
            "url: javascript:alert(1)",
            'url "javascript:alert(1)", which is no address. Write it whole: https://example.org/page.',
            id="script",
        ),
        pytest.param(
            'url: "https://a b"',
            'url "https://a b", which is no address. Write it whole: https://example.org/page.',
            id="space in an address",
        ),
        pytest.param(
            "colour: red", 'colour "red", which is no colour. Write six digits: "#0F4C55".', id="name of a colour"
        ),
        pytest.param(
            "code: English", 'code "English", which is of another form. Its form is ^[a-z]{2}$.', id="other form"
        ),
        pytest.param("form: lines", "form \"lines\". Use one of 'line' or 'points'.", id="unknown choice"),
        pytest.param("date: 1949-13", 'date "1949-13", which is no date; there is no month 13.', id="date"),
        pytest.param(
            "id: Storm", 'id "Storm". Use lower-case letters, digits and single hyphens.', id="capital in an id"
        ),
        pytest.param(
            "id: a--b", 'id "a--b". Use lower-case letters, digits and single hyphens.', id="two hyphens in an id"
        ),
        pytest.param(
            "id: -a", 'id "-a". Use lower-case letters, digits and single hyphens.', id="hyphen first in an id"
        ),
        pytest.param(
            'id: "1950/51"', 'id "1950/51". Use lower-case letters, digits and single hyphens.', id="slash in an id"
        ),
    ],
)
def test_what_is_wrong_with_a_value_is_said_for_an_author(tmp_path, monkeypatch, line, said):
    monkeypatch.setitem(KINDS, "term", Example)
    id = "" if line.startswith("id:") else "id: storm\n"

    _, problems = read_files(tmp_path, {"data/terms.yml": f"{id}{line}\n"})

    where = 'data/terms.yml:2: term "storm"' if id else f"data/terms.yml:1: term {show(line[4:].strip(chr(34)))}"
    assert problems == [f"{where} has {said} [records-have-their-shape]"]


class Inner(Part):
    """A part of the example."""

    label: Text


class Example(Record):
    """A record with a field of every shape."""

    label: Text = "told"
    levels: tuple[Text, ...] = Field(default=("school",), min_length=1)
    pair: tuple[Text, ...] = Field(default=("a", "b"), min_length=2, max_length=2)
    words: Mapping[str, str] = Field(default_factory=dict)
    part: Inner | None = None
    number: Annotated[int, Field(ge=1, le=3)] = 1
    degree: float = 0.0
    is_so: bool = False
    url: Address | None = None
    colour: Colour = "#000000"
    code: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "en"
    form: Literal["line", "points"] = "line"
    date: When = parse_span("1950")


def test_what_names_a_record_of_a_file_that_is_no_yaml_is_not_wrong_for_that(tmp_path):
    files = {"data/terms.yml": TERM + "a : : b\n", "data/documents.yml": ""}
    subject, problems = read_files(tmp_path, files)

    assert len(problems) == 1
    assert ("term", "toll") in subject.broken


def test_an_unknown_key_is_named_with_the_nearest_known_one(tmp_path):
    _, problems = read_files(tmp_path, {"data/terms.yml": TERM + "relatd: []\nxyz: 1\n"})

    assert problems == [
        'data/terms.yml:5: term "toll" has an unknown key "relatd". Did you mean "related"? [records-have-their-shape]',
        'data/terms.yml:6: term "toll" has an unknown key "xyz". '
        "Known: definition, equivalents, forms, id, label, related, sources. [records-have-their-shape]",
    ]


def test_an_unknown_key_inside_a_record_is_named_with_the_keys_of_that_part(tmp_path):
    equivalents = (
        "equivalents:\n  - {language: ru, text: a, checked: true}\n  - {language: ru, txt: a, checked: true}\n"
    )

    _, problems = read_files(tmp_path, {"data/terms.yml": TERM + equivalents})

    assert problems == [
        'data/terms.yml:7: term "toll" has an unknown key "equivalents 2, txt". Did you mean "text"? '
        "[records-have-their-shape]",
    ]


@pytest.mark.parametrize("key", ["marks", "address", "body", "body_line"])
def test_what_is_computed_of_a_page_cannot_be_written(tmp_path, key):
    _, problems = read_files(tmp_path, {"docs/a.md": page("Text.\n", more=f"{key}: 1\n")})

    assert problems == [
        f'docs/a.md:5: page docs/a.md has an unknown key "{key}". Remove it. [records-have-their-shape]'
    ]


def test_what_is_computed_of_a_series_cannot_be_written(tmp_path):
    _, problems = read_files(tmp_path, series("goods", "date,value,source\n1950,1,book\n", more="rows: []\n"))

    assert problems == [
        'data/series/goods.yml:10: series "goods" has an unknown key "rows". Remove it. [records-have-their-shape]'
    ]


# --- rows -------------------------------------------------------------------------------------------------------


def test_a_row_keeps_what_its_cells_say(tmp_path):
    rows = 'date,by,value,low,high,status,source,note\n1950,Alba, 820.50 ,800,,about,book ; gazette,"by hand, twice"\n'

    (row,) = subject_of(tmp_path, series("goods", rows, "{by: Office}")).get("series", "goods").rows

    assert (str(row.span), row.digits, str(row.value), row.unit) == ("1950", "820.50", "820.50", "crown")
    assert (row.keys, row.sources, row.status, row.note) == (
        {"by": "Alba"},
        ("book", "gazette"),
        "about",
        "by hand, twice",
    )
    assert (str(row.low), row.high) == ("800", None)


def test_a_row_of_its_own_unit_keeps_it(tmp_path):
    rows = "date,value,unit,source\n1950,1,,book\n1951,1,passenger,book\n"

    found = subject_of(tmp_path, series("goods", rows)).get("series", "goods").rows

    assert [row.unit for row in found] == ["crown", "passenger"]


def test_rows_have_anchors_of_their_own(tmp_path):
    rows = (
        "date,by,value,source\n1950,Alba & Co,1,book\n1950,Bora,1,book\n1951,Alba & Co,1,book\n"
        "1951,Alba & Co,2,gazette\n1951,Alba & Co,3,gazette\n1952-01/1952-09,Алба,1,book\n"
    )

    found = subject_of(tmp_path, series("goods", rows, "{by: Office}")).get("series", "goods").rows

    assert [row.anchor for row in found] == [
        "1950-alba-co",
        "1950-bora",
        "1951-alba-co-book",
        "1951-alba-co-gazette",
        "1951-alba-co-gazette-2",
        "1952-01-1952-09",
    ]


def test_anchors_differ_even_where_one_looks_like_another_numbered(tmp_path):
    rows = "date,by,value,source\n1950,a,1,book\n1950,a,2,book\n1950,a,3,book\n1950,a book 2,4,gazette\n"

    found = subject_of(tmp_path, series("goods", rows, "{by: Office}")).get("series", "goods").rows

    assert len({row.anchor for row in found}) == 4


def test_a_register_keeps_its_cells_as_text(tmp_path):
    files = {
        "data/registers/boats.yml": "id: boats\ntitle: Boats\ntheme: goods\ndefinition: Boats.\ngrade: a\n"
        "grade_reason: Seen.\ncolumns: {boat: Name, built: When}\n",
        "data/registers/boats.csv": "built,boat\n1902,Puffin\n1902,Puffin\n—,\n",
    }

    rows = subject_of(tmp_path, files).get("register", "boats").rows

    assert [row.cells for row in rows] == [
        {"built": "1902", "boat": "Puffin"},
        {"built": "1902", "boat": "Puffin"},
        {"built": "—", "boat": ""},
    ]
    assert [row.anchor for row in rows] == ["1902-puffin", "1902-puffin-2", "row"]
    assert [(row.span, row.sources) for row in rows] == [(None, ())] * 3


def test_dates_and_sources_of_a_register_are_read(tmp_path):
    files = {
        "data/registers/boats.yml": "id: boats\ntitle: Boats\ntheme: goods\ndefinition: Boats.\ngrade: a\n"
        "grade_reason: Seen.\ncolumns: {boat: Name, date: When, source: Where}\n",
        "data/registers/boats.csv": "boat,date,source\nPuffin,1902/1904~,book; gazette\nTern,,\n",
    }

    rows = subject_of(tmp_path, files).get("register", "boats").rows

    assert [(str(row.span), row.sources) for row in rows] == [("1902/1904~", ("book", "gazette")), ("None", ())]


def test_the_line_of_a_row_counts_the_lines_inside_its_cells(tmp_path):
    rows = 'date,value,source,note\n1950,1,book,"two\nlines"\n\n1951,x,book,\n'

    assert read_files(tmp_path, series("goods", rows))[1] == [
        'data/series/goods.csv:5: has value "x", which is no number. '
        "Write digits, with a dot for decimals and no thousands mark. [values-are-numbers]"
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "1,000",
        "1e3",
        "1 000",
        "1.000,5",
        ".5",
        "5.",
        "+5",
        "−5",
        "١",
        "NaN",
        "inf",
        "about 5",
        "5 000",
        "0x5",
        "",
        "1949-10",
    ],
)
def test_a_cell_that_is_no_number_is_refused(tmp_path, cell):
    _, problems = read_files(tmp_path, series("goods", f'date,value,source\n1950,"{cell}",book\n'))

    assert problems == [
        f'data/series/goods.csv:2: has value "{cell}", which is no number. '
        "Write digits, with a dot for decimals and no thousands mark. [values-are-numbers]"
    ]


@pytest.mark.parametrize(
    ("cell", "value"), [("5", "5"), ("-5", "-5"), ("0.10", "0.10"), ("007", "7"), ("-0.5", "-0.5")]
)
def test_a_cell_of_digits_is_its_number(tmp_path, cell, value):
    (row,) = subject_of(tmp_path, series("goods", f"date,value,source\n1950,{cell},book\n")).get("series", "goods").rows

    assert (row.digits, str(row.value)) == (cell, value)


@pytest.mark.parametrize("rows", ["", "\n\n"], ids=["empty", "blank lines"])
def test_a_table_without_a_line_is_a_problem(tmp_path, rows):
    assert read_files(tmp_path, series("goods", rows))[1] == [
        "data/series/goods.csv:1: is empty. Name the columns in its first line. [columns-are-explained]"
    ]


def test_a_table_without_rows_is_none(tmp_path):
    assert subject_of(tmp_path, series("goods", "date,value,source\n")).get("series", "goods").rows == ()


# --- pages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "address", "id"),
    [
        ("index.md", "/", "index"),
        ("story/index.md", "/story/", "story-index"),
        ("a/b/c.md", "/a/b/c/", "a-b-c"),
    ],
)
def test_a_page_has_the_address_of_its_file(tmp_path, file, address, id):
    subject = subject_of(tmp_path, {f"docs/{file}": page("\nText.\n")})

    assert subject.get("page", id).address == address


def test_the_body_of_a_page_knows_its_first_line(tmp_path):
    found = subject_of(tmp_path, {"docs/a.md": page("First.\n---\nLast.\n")}).get("page", "a")

    assert (found.body_line, found.body) == (6, "First.\n---\nLast.\n")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("Text.\n", "docs/a.md:1: has no front matter. Begin with `---`, keys, `---`.", id="none"),
        pytest.param("\n" + page(""), "docs/a.md:1: has no front matter. Begin with `---`, keys, `---`.", id="late"),
        pytest.param("---\ntitle: A\n", "docs/a.md:1: has no front matter. Begin with `---`, keys, `---`.", id="open"),
        pytest.param("---\na: 1\na: 2\n---\n", 'docs/a.md:3: has the key "a" twice. Keep one.', id="key twice"),
    ],
)
def test_a_page_needs_front_matter(tmp_path, text, problem):
    assert read_files(tmp_path, {"docs/a.md": text})[1] == [f"{problem} [pages-have-front-matter]"]


def test_empty_front_matter_is_no_page(tmp_path):
    _, problems = read_files(tmp_path, {"docs/a.md": "---\n---\nText.\n"})

    assert problems == ['docs/a.md:1: page docs/a.md is "null", not keys with values. [records-have-their-shape]']


# --- the navigation ---------------------------------------------------------------------------------------------


def test_the_navigation_is_every_file_it_names_at_any_depth(tmp_path):
    config = "nav:\n  - index.md\n  - Story:\n      - One: story/a.md\n      - story/b.md\n"

    assert subject_of(tmp_path, {"mkdocs.yml": config}).navigation == {
        "index.md": (),
        "story/a.md": ("Story",),
        "story/b.md": ("Story",),
    }


@pytest.mark.parametrize("config", [None, "site_name: Alba\n", ""], ids=["no engine", "no navigation", "empty"])
def test_without_a_navigation_there_is_none(tmp_path, config):
    files = {} if config is None else {"mkdocs.yml": config}

    assert subject_of(tmp_path, files).navigation is None


@pytest.mark.parametrize(
    ("config", "problem"),
    [
        pytest.param(
            "site_name: Alba\nnav: [\n",
            "mkdocs.yml:3: is no YAML: did not find expected node content. "
            "Check indentation; put text that holds a colon in quotes.",
            id="torn",
        ),
        pytest.param("- a\n", "mkdocs.yml:1: is no list of settings. Write keys with values.", id="list"),
        pytest.param("words\n", "mkdocs.yml:1: is no list of settings. Write keys with values.", id="words"),
    ],
)
def test_a_configuration_that_cannot_be_read_is_a_problem(tmp_path, config, problem):
    assert read_files(tmp_path, {"mkdocs.yml": config})[1] == [f"{problem} [files-are-yaml]"]


def test_the_tags_of_the_engine_are_its_own(tmp_path):
    config = "site_url: !ENV [SITE_URL, '']\nnav: [index.md]\n"

    assert subject_of(tmp_path, {"mkdocs.yml": config}).navigation == {"index.md": ()}
