"""What counts as a number in a text, what is a year, a date or a name, and how numbers are written and rounded."""

import calendar
import re
import sys
from decimal import Decimal

import pytest

from generator.numerals import (
    blank,
    blank_names,
    find_quantities,
    round_figures,
    write_digits,
    write_number,
)


def found_in(text, names=()):
    return [quantity.text for quantity in find_quantities(text, names)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # digits
        ("12", ["12"]),
        ("0", ["0"]),
        ("-5", ["-5"]),
        ("−5", ["−5"]),
        ("1,234.5", ["1,234.5"]),
        ("It had 14 boats, then 15.", ["14", "15"]),
        ("(12) [13] “14” <15>", ["12", "13", "14", "15"]),
        ("12, 13; 14: 15!", ["12", "13", "14", "15"]),
        ("5–6 boats", ["5–6"]),
        ("5 to 6 boats", ["5", "6"]),
        ("1:2 or 1/2", ["1:2", "1/2"]),
        ("at 12:30", ["12:30"]),
        ("1e9", ["1e9"]),
        ("#5, №5 and §5", ["#5", "№5", "§5"]),
        ("Article 5", ["5"]),
        ("19th in the list", ["19th"]),
        ("1st", ["1st"]),
        # with a unit behind
        ("10%", ["10%"]),
        ("10 %", ["10 %"]),
        ("10 percent", ["10 percent"]),
        ("10\nper cent", ["10\nper cent"]),
        ("1.5 billion crowns", ["1.5 billion"]),
        ("2 hundred", ["2 hundred"]),
        # inside words
        ("x12 12x G20 T-34 5G H2O", ["x12", "12x", "G20", "T-34", "5G", "H2O"]),
        ("COVID-19", ["COVID-19"]),
        # other scripts and forms
        ("٣ boats", ["٣"]),
        ("१२ boats", ["१२"]),
        ("１２ boats", ["１２"]),
        ("Ⅳ", ["Ⅳ"]),
        ("① ②", ["①", "②"]),
        ("x² and CO₂", ["x²", "CO₂"]),
        # fractions
        ("½", ["½"]),
        ("3½ boats", ["3½"]),
        ("half the boats", ["half"]),
        ("one half", ["half"]),
        ("both halves", ["halves"]),
        ("it halved", ["halved"]),
        ("a third of them", ["a third"]),
        ("one fifth", ["one fifth"]),
        ("two-thirds", ["two-thirds"]),
        ("three quarters", ["three quarters"]),
        ("a quarter", ["a quarter"]),
        ("in thirds", ["thirds"]),
        # multiples
        ("twice", ["twice"]),
        ("thrice", ["thrice"]),
        ("it doubled", ["doubled"]),
        ("tripling", ["tripling"]),
        ("quadruple", ["quadruple"]),
        ("twofold, two-fold, tenfold", ["twofold", "two-fold", "tenfold"]),
        ("a hundredfold", ["hundredfold"]),
        # words
        ("two boats", ["two"]),
        ("Two boats", ["Two"]),
        ("TWO BOATS", ["TWO"]),
        ("ninety-nine boats", ["ninety-nine"]),
        ("two hundred and five boats", ["two hundred and five"]),
        ("two million", ["two million"]),
        ("hundreds of thousands", ["hundreds", "thousands"]),
        ("a dozen, dozens", ["dozen", "dozens"]),
        ("half a dozen", ["half", "dozen"]),
        ("in percent", ["percent"]),
        ("per cent", ["per cent"]),
        ("a two-way road", ["two"]),
    ],
    ids=lambda value: None if isinstance(value, list) else value,
)
def test_a_quantity_is_found(text, found):
    assert found_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no boats, a letter, one letter, none at all",
        "the first, the second, the third; once",
        "a third time, a third party, third parties, a third country",
        "both, several, a pair, a score",
        "often, tender, weight, behalf, halfway, headquarters, quarterly, percentage, redouble",
        "IV, 三, 十",  # letters that name numbers are letters
    ],
)
def test_words_without_a_quantity_pass(text):
    assert found_in(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "1949",
        "1500",
        "2099",
        "In 1949, (1950) and “1951”.",
        "1949: the year",
        "the 1950s and 1980s–1990s",
        "mid-1950s, pre-1949, 1949-style",
        "1950’s boats",
        "1949–59",
        "1949-1959",
        "1949\u2060–\u206059",
        "1950/51",
        "1640~",
        "2 March 1969",
        "2 March",
        "2–15 March 1969",
        "2\u2060–\u206015 March 1969",
        "March 1969",
        "March 2, 1969",
        "30 Sept 1969",
        "1969-03",
        "1969-03-02",
        "2017-01/2017-09",
        "the 19th century, the 20th-century boats",
        "Regatta-1952",
    ],
)
def test_years_and_dates_pass(text):
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1499", ["1499"]),
        ("2100", ["2100"]),
        ("19490", ["19490"]),
        ("1,949", ["1,949"]),
        ("1949.5", ["1949.5"]),
        ("$1949", ["$1949"]),
        ("€1949", ["€1949"]),
        ("1949 €", ["1949"]),
        ("1949%", ["1949%"]),
        ("1949 %", ["1949 %"]),
        ("1949 percent", ["1949 percent"]),
        ("1949 million", ["1949 million"]),
        ("1949 tons", ["1949"]),
        ("1949 km", ["1949"]),
        ("1949 people", ["1949"]),
        ("1949 soldiers", ["1949"]),
        ("1949 dollars", ["1949"]),
        ("1949 times", ["1949"]),
        ("2020m", ["2020m"]),
        ("2020 bn", ["2020 bn"]),
        ("1949kg", ["1949kg"]),
        ("1949a", ["1949a"]),
        ("32 May", ["32"]),
        ("0 May", ["0"]),
        ("3 may pass", ["3"]),
        ("30 Mayflowers", ["30"]),
        ("March 32, 1969", ["32"]),
    ],
    ids=lambda value: None if isinstance(value, list) else value,
)
def test_what_only_looks_like_a_year_or_date_is_found(text, found):
    assert found_in(text) == found


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        pytest.param("from Pier 9", ["Pier 9"], [], id="name"),
        pytest.param("from Pier 9.", ["Pier 9"], [], id="name at the end of a sentence"),
        pytest.param("from Pier 90", ["Pier 9"], ["90"], id="longer number"),
        pytest.param("from the Pier 9a", ["Pier 9"], ["9a"], id="longer word"),
        pytest.param("from pier 9", ["Pier 9"], ["9"], id="other letters"),
        pytest.param("from Pier 9 to 10", ["Pier 9"], ["10"], id="number beside it"),
        pytest.param("S-400 and S-400M", ["S-400", "S-400M"], [], id="longest name first"),
        pytest.param("the (S.5)", ["(S.5)"], [], id="marks are taken as written"),
        pytest.param("the five offices", ["five offices"], [], id="word of quantity"),
        pytest.param("Two Islands", [], ["Two"], id="not allowed"),
    ],
)
def test_an_allowed_name_passes_where_it_stands_whole(text, names, found):
    assert found_in(text, names) == found


def test_quantities_come_in_order_with_their_place():
    text = "Two boats, 12 men and a third."

    places = [(quantity.start, quantity.text) for quantity in find_quantities(text)]

    assert places == [(0, "Two"), (11, "12"), (22, "a third")]
    assert all(text[start:].startswith(word) for start, word in places)


def test_blanking_keeps_lines_and_offsets():
    assert blank("ab\ncd", 1, 4) == "a \n d"
    assert blank_names("at\nPier\n9 now", ["Pier\n9"]) == "at\n    \n  now"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("12", "12"),
        ("1234", "1,234"),
        ("1234567.8", "1,234,567.8"),
        ("1.50", "1.5"),
        ("100", "100"),
        ("1E+3", "1,000"),
        ("1E-7", "0.0000001"),
        ("-1234.5", "−1,234.5"),
        ("-0.5", "−0.5"),
    ],
)
def test_a_number_is_written_with_commas_a_dot_and_a_minus(value, text):
    assert write_number(Decimal(value)) == text


@pytest.mark.parametrize(
    ("digits", "text"),
    [
        ("0", "0"),
        ("1234567", "1,234,567"),
        ("820.50", "820.50"),
        ("2.0", "2.0"),
        ("-1234.50", "−1,234.50"),
        ("-0.5", "−0.5"),
        ("-12", "−12"),
    ],
)
def test_the_digits_of_a_source_stay(digits, text):
    assert write_digits(digits) == text


@pytest.mark.parametrize(
    ("value", "figures", "rounded"),
    [
        ("0", 3, "0"),
        ("12", 3, "12"),
        ("1234", 3, "1230"),
        ("1235", 3, "1240"),
        ("1225", 3, "1230"),
        ("-1235", 3, "-1240"),
        ("0.012345", 3, "0.0123"),
        ("0.0125", 2, "0.013"),
        ("999.6", 3, "1000"),
        ("99.95", 3, "100"),
        ("245.49", 3, "245"),
        ("1.445", 2, "1.4"),
        ("1.45", 2, "1.5"),
    ],
)
def test_a_value_is_rounded_to_figures_halves_away_from_zero(value, figures, rounded):
    assert round_figures(Decimal(value), figures) == Decimal(rounded)


def test_every_name_of_a_month_makes_a_date():
    for month in [*calendar.month_name[1:], *calendar.month_abbr[1:]]:
        assert found_in(f"on 3 {month} 1951") == [], month
        assert found_in(f"on {month} 3, 1951") == [], month


def test_every_digit_of_unicode_is_found():
    digits = [chr(code) for code in range(sys.maxunicode) if re.fullmatch(r"\d", chr(code))]

    assert len(digits) > 600
    assert [digit for digit in digits if found_in(f"a {digit} b") != [digit]] == []
