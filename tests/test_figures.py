"""The figures of a text: which row they rest on, how they are computed, rounded and said, and when they are refused."""

from decimal import Decimal

import pytest

from generator import figures
from generator.figures import FigureError, find_row, find_series
from tests.subjects import read_files, series, subject_of

GOODS = """\
date,by,value,unit,status,source
1949,Alba,0,,reported,book
1950,Alba,820.5,,reported,book
1950,Bora,790,,reported,gazette
1951,Alba,905,,about,book
1952,Alba,1.525,million-crowns,reported,book
1952,Bora,1480,,reported,gazette
1953,Alba,-40,,reported,book
1954-01/1954-09,Alba,700,,reported,book
"""
TWICE = "date,by,value,source\n1950,Alba,10,book\n1950,Alba,12,gazette\n1950,Bora,14,gazette\n"
SHARES = "date,value,source\n1950,41,book\n1951,55.5,book\n1952,9,book\n"
PREFERRED = "preferred:\n  - {date: '1950', keys: {by: Alba}, source: gazette, reason: More digits.}\n"
BOATS = """\
id: boats
title: Boats
theme: goods
definition: Boats.
grade: a
grade_reason: Seen.
columns: {boat: Name}
"""


@pytest.fixture
def subject(tmp_path):
    files = {
        **series("goods", GOODS, "{by: Office}", "thousand-crowns"),
        **series("twice", TWICE, "{by: Office}"),
        **series("settled", TWICE, "{by: Office}", more=PREFERRED),
        **series("shares", SHARES, unit="percent"),
        **series("tickets", "date,value,source\n1950,12,book\n", unit="passenger"),
        "data/registers/boats.yml": BOATS,
        "data/registers/boats.csv": "boat\nPuffin\n",
    }
    return subject_of(tmp_path, files)


def goods(subject, date, by="Alba"):
    return find_row(subject, "goods", date, {"by": by})


# --- which row --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("date", [1950, "1950"], ids=["number", "text"])
def test_a_row_is_found_by_series_date_and_columns(subject, date):
    assert goods(subject, date).digits == "820.5"


def test_a_part_of_a_year_is_found_by_its_own_date_only(subject):
    assert goods(subject, "1954-01/1954-09").digits == "700"
    with pytest.raises(FigureError):
        goods(subject, 1954)


def test_of_several_rows_the_preferred_one_is_found(subject):
    assert find_row(subject, "settled", 1950, {"by": "Alba"}).digits == "12"


def test_a_preference_does_not_choose_between_columns(subject):
    with pytest.raises(FigureError) as refused:
        find_row(subject, "settled", 1950, {})

    assert refused.value.message == 'matches 3 rows of "settled" for 1950'


def test_a_source_names_one_of_several_rows(subject):
    assert find_row(subject, "twice", 1950, {"by": "Alba", "source": "book"}).digits == "10"


@pytest.mark.parametrize(
    ("series_id", "date", "keys", "message", "fix"),
    [
        pytest.param(
            "goods",
            1960,
            {"by": "Bora"},
            'matches no row of "goods" for 1960, by=Bora',
            "Candidates: 1952 (by=Bora): 1480 [gazette] line 7; 1950 (by=Bora): 790 [gazette] line 4.",
            id="no row for the date: the nearest dates",
        ),
        pytest.param(
            "goods",
            1950,
            {"by": "Cora"},
            'matches no row of "goods" for 1950, by=Cora',
            "Candidates: 1950 (by=Alba): 820.5 [book] line 3; 1950 (by=Bora): 790 [gazette] line 4.",
            id="no row for the column: the rows of the date",
        ),
        pytest.param(
            "goods",
            1999,
            {"by": "Cora"},
            'matches no row of "goods" for 1999, by=Cora',
            "Candidates: 1954-01/1954-09 (by=Alba): 700 [book] line 9; 1953 (by=Alba): -40 [book] line 8; "
            "1952 (by=Alba): 1.525 [book] line 6; 1952 (by=Bora): 1480 [gazette] line 7; "
            "1951 (by=Alba): 905 [book] line 5; and 3 more.",
            id="neither: the nearest dates, five at most",
        ),
        pytest.param(
            "twice",
            1950,
            {"by": "Alba"},
            'matches 2 rows of "twice" for 1950, by=Alba',
            "Name more columns or a source, or record under `preferred:` which to use: "
            "1950 (by=Alba): 10 [book] line 2; 1950 (by=Alba): 12 [gazette] line 3.",
            id="several rows",
        ),
        pytest.param(
            "goods", 1950, {"bye": "Alba"}, 'selects by the unknown column "bye"', 'Did you mean "by"?', id="column"
        ),
        pytest.param("good", 1950, {}, 'names the unknown series "good"', 'Did you mean "goods"?', id="series"),
        pytest.param(
            "boats", 1950, {}, '"boats" is a register: a table of text, not of figures', "Name a series.", id="register"
        ),
        pytest.param(
            "goods", "1950-13", {}, 'has date "1950-13", which is no date; there is no month 13', "", id="date"
        ),
    ],
)
def test_what_is_not_one_row_is_refused_with_candidates(subject, series_id, date, keys, message, fix):
    with pytest.raises(FigureError) as refused:
        find_row(subject, series_id, date, keys)

    assert (refused.value.message, refused.value.fix, refused.value.is_reported) == (message, fix, False)


def test_a_series_that_could_not_be_read_is_reported_already(tmp_path):
    subject, _ = read_files(tmp_path, series("goods", "date,value\n1950,1\n"))

    with pytest.raises(FigureError) as refused:
        find_series(subject, "goods")

    assert refused.value.is_reported


# --- values -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "exact", "text"),
    [
        pytest.param(1950, False, "821\u00a0thousand crowns", id="rounded"),
        pytest.param(1950, True, "820.5\u00a0thousand crowns", id="exact"),
        pytest.param(1951, False, "about 905\u00a0thousand crowns", id="about"),
        pytest.param(1952, False, "1.53\u00a0million crowns", id="unit of the row"),
        pytest.param(1952, True, "1.525\u00a0million crowns", id="unit of the row, exact"),
        pytest.param(1949, False, "0\u00a0thousand crowns", id="zero"),
        pytest.param(1953, False, "−40\u00a0thousand crowns", id="below zero"),
    ],
)
def test_a_value_is_said_with_its_unit(subject, date, exact, text):
    row = goods(subject, date)

    figure = figures.value(subject, row, exact)

    assert (figure.kind, figure.text, figure.value, figure.rows) == ("value", text, row.value, (row,))
    assert figure.formula == ""


def test_an_estimate_is_said_to_be_about(tmp_path):
    rows = "date,value,status,source\n1950,12,estimate,book\n"
    subject = subject_of(tmp_path, series("guess", rows))

    assert figures.value(subject, find_row(subject, "guess", 1950, {})).text == "about 12\u00a0crowns"


# --- computed ---------------------------------------------------------------------------------------------------


def test_a_share_names_its_whole(subject):
    part, whole = goods(subject, 1950, "Bora"), goods(subject, 1950)

    figure = figures.share(subject, part, whole, "what Alba found")

    assert figure.text == "96.3% of what Alba found"
    assert figure.value == Decimal(790) / Decimal("820.5") * 100
    assert (figure.kind, figure.unit, figure.rows) == ("share", "percent", (part, whole))
    assert figure.formula == "790 (1950) ÷ 820.5 (1950) × 100"


def test_a_share_of_rows_in_two_units_converts(subject):
    share = figures.share(subject, goods(subject, 1952, "Bora"), goods(subject, 1952), "the whole")

    assert share.text == "97% of the whole"  # 1,480 thousand of 1.525 million


@pytest.mark.parametrize(
    ("start", "end", "text", "formula"),
    [
        pytest.param(1950, 1951, "up 10.3% on 1950", "(905 (1951) ÷ 820.5 (1950) − 1) × 100", id="up"),
        pytest.param(1951, 1950, "down 9.34% on 1951", "(820.5 (1950) ÷ 905 (1951) − 1) × 100", id="down"),
        pytest.param(1950, 1952, "up 85.9% on 1950", "(1.525 (1952) ÷ 820.5 (1950) − 1) × 100", id="other unit"),
        pytest.param(1950, 1950, "up 0% on 1950", "(820.5 (1950) ÷ 820.5 (1950) − 1) × 100", id="none"),
    ],
)
def test_a_change_has_its_sign_and_base(subject, start, end, text, formula):
    rows = goods(subject, start), goods(subject, end)

    figure = figures.change(subject, *rows)

    assert (figure.text, figure.formula, figure.rows, figure.unit) == (text, formula, rows, "percent")


@pytest.mark.parametrize(
    ("start", "end", "text", "value"),
    [
        pytest.param(1950, 1951, "up 14.5 percentage points on 1950", "14.5", id="up"),
        pytest.param(1950, 1952, "down 32 percentage points on 1950", "-32", id="down"),
    ],
)
def test_percentages_change_by_points(subject, start, end, text, value):
    rows = find_row(subject, "shares", start, {}), find_row(subject, "shares", end, {})

    figure = figures.change(subject, *rows)

    assert (figure.text, figure.value, figure.unit) == (text, Decimal(value), "percentage points")


def test_a_ratio_says_how_many_times(subject):
    figure = figures.ratio(subject, goods(subject, 1952), goods(subject, 1950))

    assert (figure.text, figure.formula) == ("1.9 times", "1.525 (1952) ÷ 820.5 (1950)")


@pytest.mark.parametrize(
    ("one", "other", "text", "value"),
    [
        pytest.param(("goods", 1950), ("goods", 1951), "84.5\u00a0thousand crowns less", "-84.5", id="less"),
        pytest.param(("goods", 1951), ("goods", 1950), "84.5\u00a0thousand crowns more", "84.5", id="more"),
        pytest.param(("goods", 1950), ("goods", 1952), "705\u00a0thousand crowns less", "-0.7045", id="other unit"),
    ],
)
def test_a_difference_says_more_or_less(subject, one, other, text, value):
    figure = figures.difference(subject, goods(subject, one[1]), goods(subject, other[1]))

    assert (figure.text, figure.value) == (text, Decimal(value))


@pytest.mark.parametrize(
    ("values", "place", "text"),
    [
        pytest.param((10, 30, 20), 10, "3rd of 3", id="last"),
        pytest.param((10, 30, 20), 30, "1st of 3", id="first"),
        pytest.param((10, 30, 20), 20, "2nd of 3", id="second"),
        pytest.param((10, 10, 20), 10, "2nd of 3", id="equals share a place"),
        pytest.param(tuple(range(1, 31)), 20, "11th of 30", id="eleventh"),
        pytest.param(tuple(range(1, 31)), 18, "13th of 30", id="thirteenth"),
        pytest.param(tuple(range(1, 31)), 10, "21st of 30", id="twenty-first"),
        pytest.param(tuple(range(1, 31)), 8, "23rd of 30", id="twenty-third"),
    ],
)
def test_a_rank_counts_from_the_largest(tmp_path, values, place, text):
    rows = "date,by,value,source\n" + "".join(
        f"1950,office {number},{value},book\n" for number, value in enumerate(values)
    )
    subject = subject_of(tmp_path, series("many", rows, "{by: Office}"))
    among = subject.get("series", "many").rows

    figure = figures.rank(subject, next(row for row in among if row.value == place), among)

    assert figure.text == text
    assert figure.formula == f"{place} (1950) among {len(values)} rows by size"


def test_a_rank_compares_in_one_unit(subject):
    row, other = goods(subject, 1952), goods(subject, 1952, "Bora")

    assert figures.rank(subject, row, (row, other)).text == "1st of 2"  # 1.525 million above 1,480 thousand


@pytest.mark.parametrize(
    ("is_peak", "text", "formula"),
    [
        (True, "55.5% in 1951", "largest of 3 rows, 1950 to 1952"),
        (False, "9% in 1952", "smallest of 3 rows, 1950 to 1952"),
    ],
    ids=["peak", "trough"],
)
def test_a_peak_and_a_trough_have_their_date(subject, is_peak, text, formula):
    figure = figures.extreme(subject, "shares", {}, is_peak)

    assert (figure.text, figure.formula) == (text, formula)


def test_a_peak_counts_only_rows_that_are_used(subject):
    figure = figures.extreme(subject, "settled", {"by": "Alba"}, is_peak=False)

    assert (figure.value, figure.formula) == (Decimal(12), "smallest of 1 rows, 1950 to 1950")


def test_the_dates_of_a_peak_run_forward_whatever_the_order_of_rows(tmp_path):
    rows = "date,value,source\n1952,2,book\n1950,1,book\n1951,3,book\n"
    subject = subject_of(tmp_path, series("mixed", rows))

    assert figures.extreme(subject, "mixed", {}, is_peak=True).formula == "largest of 3 rows, 1950 to 1952"


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param({"by": "Cora"}, id="no rows"),
        pytest.param({"by": "Alba"}, id="years and parts of years"),
        pytest.param({}, id="two units"),
    ],
)
def test_a_peak_of_rows_that_are_not_alike_is_refused(subject, keys):
    with pytest.raises(FigureError) as refused:
        figures.extreme(subject, "goods", keys, is_peak=True)

    assert refused.value.message == 'finds no single kind of row in "goods"'


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("date,by,value,source\n1950,Alba,1,book\n1950,Bora,2,book\n", id="two reporters"),
        pytest.param(
            "date,by,value,source\n1950-01/1950-06,Alba,1,book\n1951-01/1951-09,Alba,2,book\n",
            id="unlike parts of years",
        ),
    ],
)
def test_a_peak_over_rows_that_do_not_compare_is_refused(tmp_path, rows):
    subject = subject_of(tmp_path, series("goods", rows, "{by: Office}"))

    with pytest.raises(FigureError):
        figures.extreme(subject, "goods", {}, is_peak=True)


def test_a_peak_of_months_compares_months(tmp_path):
    rows = "date,value,source\n1950-01,1,book\n1950-02,2,book\n1950-04,1,book\n"
    subject = subject_of(tmp_path, series("monthly", rows))

    assert figures.extreme(subject, "monthly", {}, is_peak=True).text == "2\u00a0crowns in February 1950"


# --- refused ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "compute",
    [
        pytest.param(lambda subject, one, zero: figures.share(subject, one, zero, "it"), id="share"),
        pytest.param(lambda subject, one, zero: figures.change(subject, zero, one), id="change"),
        pytest.param(lambda subject, one, zero: figures.ratio(subject, one, zero), id="ratio"),
    ],
)
def test_nothing_is_divided_by_zero(subject, compute):
    with pytest.raises(FigureError) as refused:
        compute(subject, goods(subject, 1950), goods(subject, 1949))

    assert refused.value.message == "divides by the zero of 1949 (by=Alba): 0 [book] line 2"
    assert refused.value.fix == "Choose another row."


@pytest.mark.parametrize(
    "compute",
    [
        pytest.param(lambda subject, one, other: figures.share(subject, one, other, "it"), id="share"),
        pytest.param(figures.change, id="change"),
        pytest.param(figures.ratio, id="ratio"),
        pytest.param(figures.difference, id="difference"),
        pytest.param(lambda subject, one, other: figures.rank(subject, one, (one, other)), id="rank"),
    ],
)
def test_what_does_not_compare_is_refused(subject, compute):
    with pytest.raises(FigureError) as refused:
        compute(subject, goods(subject, 1950), find_row(subject, "tickets", 1950, {}))

    assert refused.value.message.startswith("compares rows that do not compare: ")
    assert refused.value.fix == "Select rows of one unit."
