"""Dates and spans: what is read, what is refused and why, how they are written and ordered."""

import datetime

import pytest

from generator.dates import NOTATION, Date, Span, format_date, format_span, parse_date, parse_span

NO_DATE = f"is no date; write {NOTATION}"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        pytest.param("1949", Date(1949), id="year"),
        pytest.param("1949-10", Date(1949, 10), id="month"),
        pytest.param("1949-10-01", Date(1949, 10, 1), id="day"),
        pytest.param("1640~", Date(1640, about=True), id="about a year"),
        pytest.param("1640-05~", Date(1640, 5, about=True), id="about a month"),
        pytest.param("1640-05-02~", Date(1640, 5, 2, about=True), id="about a day"),
        pytest.param("0001", Date(1), id="first year"),
        pytest.param("9999-12-31", Date(9999, 12, 31), id="last day"),
        pytest.param("1952-02-29", Date(1952, 2, 29), id="leap day"),
        pytest.param("2000-02-29", Date(2000, 2, 29), id="leap day of a century"),
    ],
)
def test_a_date_is_read_and_written_the_same(text, date):
    assert parse_date(text) == date
    assert str(date) == text


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param("", NO_DATE, id="empty"),
        pytest.param("yesterday", NO_DATE, id="words"),
        pytest.param("49", NO_DATE, id="two digits"),
        pytest.param("949", NO_DATE, id="three digits"),
        pytest.param("12949", NO_DATE, id="five digits"),
        pytest.param("-1949", NO_DATE, id="before the common era"),
        pytest.param(" 1949", NO_DATE, id="space before"),
        pytest.param("1949\n", NO_DATE, id="line end behind"),
        pytest.param("1949-1", NO_DATE, id="month of one digit"),
        pytest.param("1949-10-1", NO_DATE, id="day of one digit"),
        pytest.param("1949-10-", NO_DATE, id="nothing behind the hyphen"),
        pytest.param("1949.10", NO_DATE, id="dot"),
        pytest.param("1949/10", NO_DATE, id="slash for a month"),
        pytest.param("01-10-1949", NO_DATE, id="day first"),
        pytest.param("~1949", NO_DATE, id="tilde first"),
        pytest.param("1949~~", NO_DATE, id="tilde twice"),
        pytest.param("1949?", NO_DATE, id="question mark"),
        pytest.param("194X", NO_DATE, id="unknown digit"),
        pytest.param("1949–10", NO_DATE, id="dash"),
        pytest.param("١٩٤٩", NO_DATE, id="digits of another script"),
        pytest.param("1949-10-01T00:00", NO_DATE, id="time of day"),
        pytest.param("0000", "is no date; years start at 0001", id="year zero"),
        pytest.param("1949-00", "is no date; there is no month 0", id="month zero"),
        pytest.param("1949-13", "is no date; there is no month 13", id="month thirteen"),
        pytest.param("1949-10-00", "is no date; October 1949 has 31 days", id="day zero"),
        pytest.param("1949-04-31", "is no date; April 1949 has 30 days", id="day too many"),
        pytest.param("1951-02-29", "is no date; February 1951 has 28 days", id="no leap year"),
        pytest.param("1900-02-29", "is no date; February 1900 has 28 days", id="no leap year of a century"),
        pytest.param("1950/", NO_DATE, id="open end"),
        pytest.param("/1950", NO_DATE, id="open start"),
        pytest.param("1950/51", NO_DATE, id="short end"),
        pytest.param("1950/1951/1952", NO_DATE, id="three dates"),
        pytest.param("1950/1949", "ends before it starts; swap the dates", id="span backwards"),
        pytest.param("1950-02/1950-01-31", "ends before it starts; swap the dates", id="span backwards by a day"),
        pytest.param(949, NO_DATE, id="number of three digits"),
        pytest.param(True, NO_DATE, id="truth value"),
        pytest.param(1949.0, NO_DATE, id="fraction"),
        pytest.param(None, NO_DATE, id="nothing"),
        pytest.param((), NO_DATE, id="list"),
    ],
)
def test_what_is_no_date_is_refused_with_a_reason(value, message):
    with pytest.raises(ValueError) as refused:
        parse_span(value)

    assert str(refused.value) == message


@pytest.mark.parametrize(
    "text",
    ["1949", "1949-10", "1949-10-01", "1640~", "1950/1959", "1958-06/1958-08", "1969-03-02/1969-03-15", "1640~/1650"],
)
def test_a_span_is_read_and_written_the_same(text):
    assert str(parse_span(text)) == text


@pytest.mark.parametrize("text", ["1949", "1949-10", "1950/1959", "1640~"])
def test_a_span_that_is_read_already_stays(text):
    assert parse_span(parse_span(text)) == parse_span(text)


def test_a_whole_number_of_four_digits_is_a_year():
    assert parse_span(1949) == parse_span("1949")


def test_a_span_of_one_date_twice_is_that_date():
    assert str(parse_span("1950/1950")) == "1950"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("1949", (1949, 1, 1), (1949, 12, 31), id="year"),
        pytest.param("1952-02", (1952, 2, 1), (1952, 2, 29), id="month"),
        pytest.param("1949-10-01", (1949, 10, 1), (1949, 10, 1), id="day"),
        pytest.param("1640~", (1640, 1, 1), (1640, 12, 31), id="about"),
        pytest.param("2017-01/2017-09", (2017, 1, 1), (2017, 9, 30), id="months"),
        pytest.param("1949-10-01/1950", (1949, 10, 1), (1950, 12, 31), id="mixed"),
    ],
)
def test_a_span_runs_from_its_first_day_to_its_last(text, first, last):
    span = parse_span(text)

    assert (span.first, span.last) == (datetime.date(*first), datetime.date(*last))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("1949", {"is_one_date", "is_year", "is_whole_years"}, id="year"),
        pytest.param("1949~", {"is_one_date", "is_year", "is_whole_years"}, id="about a year"),
        pytest.param("1949-10", {"is_one_date", "is_month"}, id="month"),
        pytest.param("1949-10-01", {"is_one_date"}, id="day"),
        pytest.param("1950/1959", {"is_whole_years"}, id="years"),
        pytest.param("2017-01/2017-09", set(), id="part of a year"),
        pytest.param("2017-01/2017-12", set(), id="twelve months are not written as a year"),
        pytest.param("1950/1951-06", set(), id="a year and a half"),
    ],
)
def test_a_span_knows_what_kind_of_time_it_is(text, kinds):
    span = parse_span(text)

    assert {kind for kind in ("is_one_date", "is_year", "is_month", "is_whole_years") if getattr(span, kind)} == kinds


@pytest.mark.parametrize(
    ("outer", "inner", "is_inside"),
    [
        ("1950/1959", "1950", True),
        ("1950/1959", "1959-12-31", True),
        ("1950/1959", "1960", False),
        ("1950/1959", "1949-12-31", False),
        ("1950", "1950/1951", False),
        ("1950", "1950", True),
    ],
)
def test_a_span_contains_what_lies_wholly_inside(outer, inner, is_inside):
    assert parse_span(outer).contains(parse_span(inner)) is is_inside


def test_dates_are_ordered_by_first_day_then_last_then_certainty():
    ordered = ["1948-12-31", "1949-01-01", "1949-01", "1949", "1949~", "1949-01-02", "1950"]

    assert [str(date) for date in sorted(map(parse_date, reversed(ordered)))] == ordered


def test_spans_are_ordered_by_first_day_then_last():
    ordered = ["1949", "1949/1950", "1949-06", "1950-01-01", "1950/1959"]

    assert [str(span) for span in sorted(map(parse_span, reversed(ordered)))] == ordered


@pytest.mark.parametrize(("text", "precision"), [("1949", "year"), ("1949-10", "month"), ("1949-10-01", "day")])
def test_a_date_knows_how_exact_it_is(text, precision):
    assert parse_date(text).precision == precision


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("1969", "1969", id="year"),
        pytest.param("0949", "949", id="year of three digits"),
        pytest.param("1969-03", "March 1969", id="month"),
        pytest.param("1969-03-02", "2 March 1969", id="day"),
        pytest.param("1640~", "about 1640", id="about"),
        pytest.param("1640-03-02~", "about 2 March 1640", id="about a day"),
        pytest.param("1950/1959", "1950\u2060–\u206059", id="years"),
        pytest.param("1899/1902", "1899\u2060–\u20601902", id="years of two centuries"),
        pytest.param("1900/1905", "1900\u2060–\u206005", id="years with a zero"),
        pytest.param("1958-06/1958-08", "June to August 1958", id="months of a year"),
        pytest.param("1958-11/1959-02", "November 1958 to February 1959", id="months of two years"),
        pytest.param("1969-03-02/1969-03-15", "2\u2060–\u206015 March 1969", id="days of a month"),
        pytest.param("1969-03-02/1969-04-01", "2 March to 1 April 1969", id="days of two months"),
        pytest.param("1969-12-30/1970-01-02", "30 December 1969 to 2 January 1970", id="days of two years"),
        pytest.param("1969/1970-02", "1969 to February 1970", id="unlike ends"),
        pytest.param("1640~/1650", "about 1640 to 1650", id="about to certain"),
    ],
)
def test_a_span_is_said_in_words(text, words):
    assert format_span(parse_span(text)) == words


def test_one_date_is_said_alike_alone_and_as_a_span():
    date = parse_date("1969-03-02")

    assert format_date(date) == format_span(Span(date, date)) == "2 March 1969"
