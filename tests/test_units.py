"""Units of one base convert, others do not; a value is written in the unit that fits it."""

from decimal import Decimal

import pytest

from generator.model import Site
from generator.units import convert, factor_between, with_unit, write_value
from tests.subjects import series, subject_of

ROWS = "date,value,unit,source\n1950,820.5,thousand-crowns,book\n1951,12,passenger,book\n"


@pytest.fixture
def subject(tmp_path):
    return subject_of(tmp_path, series("goods", ROWS))


@pytest.mark.parametrize(
    ("start", "end", "factor"),
    [
        pytest.param("crown", "crown", "1", id="same"),
        pytest.param("million-crowns", "thousand-crowns", "1000", id="down"),
        pytest.param("crown", "thousand-crowns", "0.001", id="up"),
        pytest.param("crown", "passenger", None, id="other base"),
        pytest.param("crown", "krone", None, id="unknown unit"),
        pytest.param("krone", "crown", None, id="from an unknown unit"),
    ],
)
def test_units_convert_within_one_base(subject, start, end, factor):
    assert factor_between(subject.site, start, end) == (None if factor is None else Decimal(factor))


def test_a_row_converts_without_losing_a_digit(subject):
    row = subject.get("series", "goods").rows[0]

    assert convert(subject.site, row, "million-crowns") == Decimal("0.8205")
    assert convert(subject.site, row, "crown") == Decimal("820500")


def test_a_row_does_not_convert_into_another_base(subject):
    with pytest.raises(ValueError) as refused:
        convert(subject.site, subject.get("series", "goods").rows[1], "crown")

    assert str(refused.value) == "passenger does not convert into crown"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        pytest.param("820.5", "thousand-crowns", "821\u00a0thousand crowns", id="as it is"),
        pytest.param("1525.25", "thousand-crowns", "1.53\u00a0million crowns", id="larger unit"),
        pytest.param("0.5", "million-crowns", "500\u00a0thousand crowns", id="smaller unit"),
        pytest.param("0.4", "crown", "0.4\u00a0crowns", id="below the smallest unit"),
        pytest.param("1234567", "million-crowns", "1,230,000\u00a0million crowns", id="above the largest unit"),
        pytest.param("999.6", "thousand-crowns", "1\u00a0million crowns", id="rounding reaches the next unit"),
        pytest.param("999.4", "thousand-crowns", "999\u00a0thousand crowns", id="rounding does not reach it"),
        pytest.param("0", "thousand-crowns", "0\u00a0thousand crowns", id="zero keeps its unit"),
        pytest.param("-1500", "thousand-crowns", "−1.5\u00a0million crowns", id="below zero"),
        pytest.param("41.25", "percent", "41.3%", id="percent"),
        pytest.param("0.04", "percent", "0.04%", id="small percent"),
        pytest.param("9000", "cable", "9,000\u00a0cables", id="not into a unit that changes its digits"),
        pytest.param("1", "passenger", "1\u00a0passenger", id="one"),
        pytest.param("12400", "passenger", "12,400\u00a0passengers", id="unit alone of its base"),
    ],
)
def test_a_value_is_written_in_the_largest_unit_that_fits(subject, value, unit, text):
    assert write_value(subject.site, Decimal(value), unit) == text


def test_an_unknown_unit_is_written_as_it_is_called(subject):
    assert write_value(subject.site, Decimal(3), "krone") == "3\u00a0krone"


def test_percent_has_no_space(subject):
    assert with_unit("41", subject.site.units_by_id["percent"]) == "41%"
    assert with_unit("41", subject.site.units_by_id["crown"]) == "41\u00a0crowns"


def test_a_factor_stays_exact():
    unit = {"id": "grain", "label": "grains", "base": "gram", "factor": "0.06479891"}
    gram = {"id": "gram", "label": "grams", "base": "gram"}
    words = {key: "?" for key in ("title", "tagline", "description", "question")}
    site = Site.model_validate({**words, "language": "en", "as_of": "1960-01-31", "units": (unit, gram)}, strict=False)

    assert factor_between(site, "grain", "gram") == Decimal("0.06479891")
