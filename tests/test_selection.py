"""Which rows a chart draws, which it keeps aside for another source, and which are of another length of time."""

import pytest

from generator.selection import kept_rows_of_draw, rows_of_draw, skipped_rows_of_draw
from tests.subjects import series, subject_of

ROWS = """\
date,by,value,source
1952,Alba,52,book
1950,Alba,50,book
1950,Alba,51,gazette
1951-01/1951-09,Alba,9,book
1951-03,Alba,3,book
1953/1955,Alba,35,book
1950,Bora,40,book
"""
PREFERRED = "preferred:\n  - {date: '1950', keys: {by: Alba}, source: gazette, reason: More digits.}\n"
CHART = """\
id: goods
title: Goods
kind_of_chart: line
theme: goods
unit: crown
headline: Goods rise
subtitle: Goods
takeaway: They rise.
alt: A line.
"""


@pytest.fixture
def select(tmp_path):
    """The digits of what one `draw` entry draws, keeps and skips."""

    def run(draw: str, frequency: str = "year") -> tuple[list[str], list[str], list[str]]:
        chart = f"{CHART}frequency: {frequency}\ndraw: [{{series: goods, label: Goods, {draw}}}]\n"
        files = {**series("goods", ROWS, "{by: Office}", more=PREFERRED), "data/charts/goods.yml": chart}
        subject = subject_of(tmp_path, files)
        record = subject.get("chart", "goods")
        arguments = record, record.draw[0], subject.get("series", "goods")
        return tuple(
            [row.digits for row in rows(*arguments)] for rows in (rows_of_draw, kept_rows_of_draw, skipped_rows_of_draw)
        )

    return run


def test_rows_are_drawn_by_date_the_preferred_one_of_each(select):
    drawn, _, _ = select("where: {by: Alba}")

    assert drawn == ["51", "52"]


def test_the_row_that_is_not_preferred_is_kept(select):
    _, kept, _ = select("where: {by: Alba}")

    assert kept == ["50"]


def test_a_part_of_a_year_never_enters_a_yearly_chart(select):
    drawn, _, skipped = select("where: {by: Alba}")

    assert skipped == ["9", "3", "35"]
    assert not set(drawn) & set(skipped)


@pytest.mark.parametrize(
    ("frequency", "drawn"),
    [
        pytest.param("month", ["3"], id="months"),
        pytest.param("period", ["51", "52", "35"], id="periods of whole years"),
    ],
)
def test_a_chart_of_another_frequency_draws_its_own_rows(select, frequency, drawn):
    assert select("where: {by: Alba}", frequency)[0] == drawn


def test_a_preference_for_one_column_leaves_the_other_alone(select):
    assert select("where: {by: Bora}")[0] == ["40"]


@pytest.mark.parametrize(
    ("dates", "drawn"),
    [("1951/1952", ["52"]), ("1950", ["51"]), ("1956/1959", [])],
    ids=["later", "one year", "none"],
)
def test_only_rows_inside_the_dates_are_drawn(select, dates, drawn):
    assert select(f'where: {{by: Alba}}, dates: "{dates}"')[0] == drawn


def test_nothing_matches_an_unknown_value(select):
    assert select("where: {by: Cora}") == ([], [], [])
