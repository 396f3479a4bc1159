"""What stands around a chart: its marks in words, the events of its years, and words that follow its rows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from lxml import html as lxml_html

from generator.charts.marks import marks_of
from generator.furniture import (
    MOST_CHARTS,
    MOST_EVENTS,
    OVER_TIME,
    charts_of_events,
    drawn_rows,
    events_in,
    marks_in_words,
    years_of,
)
from generator.load import load
from generator.model import Chart, Row, Subject
from generator.pages import World, render
from generator.pages.charts import add_chart, chart_in_text
from generator.pages.frame import Rendering, pen_at
from generator.pen import Pen, write_plain, write_words
from tests.subjects import ERA, series, subject_of

ROOT = Path(__file__).parent.parent
TEXTS = ("headline", "takeaway", "alt")
ROWS = "date,value,source\n1950,3,book\n1951,5,book\n1954,9,book\n1955,1,book\n1956,4,book\n"
CHART = """\
- id: boats
  title: Boats
  kind_of_chart: line
  theme: goods
  unit: crown
  headline: Boats
  subtitle: Boats of each year
  takeaway: In 1950 there were {{ n('boats', 1950) }}.
  alt: A line.
  questions: [What does it show?, What not?]
  draw: [{series: boats, label: All boats}]
"""


def event(id: str, date: str, importance: int, themes: str = "[goods]") -> str:
    return (
        f"- {{id: {id}, title: '{id}', date: '{date}', summary: It was., era: steam, lanes: [boats], themes: {themes}, "
        f"importance: {importance}, sources: [book]}}\n"
    )


@pytest.fixture
def boats(tmp_path: Path) -> Subject:
    told = [event(f"launch-{year}", str(year), 3) for year in range(1940, 1960)] + [event("spine", "1953-02", 1)]
    found = {"data/eras.yml": f"- {ERA}", "data/events.yml": "".join(told)}
    return subject_of(tmp_path, {**series("boats", ROWS), **found, "data/charts.yml": CHART})


def test_a_mark_in_words_names_its_ends_its_extremes_and_its_gaps(boats):
    (mark,) = marks_in_words(boats, boats.get("chart", "boats"))

    assert (mark.number, mark.first.digits, mark.last.digits) == (5, "3", "4")
    assert (mark.highest.digits, mark.lowest.digits) == ("9", "1")
    assert [str(gap) for gap in mark.gaps] == ["1952/1953"]


def test_the_page_says_them_and_traces_them_to_their_rows(boats):
    page = lxml_html.fromstring(render(boats, {}, World())[0]["charts/boats/index.md"].decode())
    (line,) = page.xpath("//ul[@class='bf-rows']/li[@data-rows]")

    assert len(line.get("data-rows").split()) == 4
    said = " ".join(line.text_content().split())
    assert said.startswith("All boats: 5 rows; first 1950 (3 crowns), last 1956 (4 crowns), highest 1954 (9")
    assert said.endswith("No row for 1952\u2060–\u206053.")


def test_events_of_a_chart_lie_in_its_years_and_the_weightiest_come_first(boats):
    chart = boats.get("chart", "boats")
    found = events_in(boats, chart)

    assert str(years_of(boats, chart)) == "1950/1956"
    assert [event.id for event in found] == [f"launch-{year}" for year in (1950, 1951, 1952, 1953)] + ["spine"] + [
        f"launch-{year}" for year in (1954, 1955, 1956)
    ]


def test_an_event_links_to_the_charts_whose_years_hold_it(boats):
    found = charts_of_events(boats)

    assert {id for id, charts in found.items() if charts} == {f"launch-{year}" for year in range(1950, 1957)} | {
        "spine"
    }


def test_the_page_knows_where_it_stands_only_if_it_is_told(boats):
    alone = render(boats, {}, World())[0]["charts/boats/index.md"].decode()
    told = render(boats, {}, World("https://example.org/", "https://example.org/repo"))[0]["charts/boats/index.md"]

    assert "https://example.org" not in alone
    assert "https://example.org/charts/boats/" in told.decode()
    assert "https://example.org/repo/issues/new?title=Chart%20boats" in told.decode()
    assert "What does it show?" in alone


# --- the real charts --------------------------------------------------------------------------------------------


@cache
def real() -> Subject:
    return load(ROOT / "data", ROOT / "docs", ROOT / "mkdocs.yml")[0]


CHARTS = sorted(real().records["chart"])


def called_in(subject: Subject, chart: Chart, *keys: str) -> list[Row]:
    """The rows that texts of a chart call."""
    pen = Pen(subject, "/", draw_chart=lambda pen, chart: "")
    for key in keys:
        write_words(pen, getattr(chart, key), chart.marks.where(key))
    return [row for figure in pen.notes for row in figure.rows]


def with_row(subject: Subject, row: Row) -> Subject:
    """The subject with half as much again in one row."""
    table = subject.get("series", row.series)
    value = row.value * Decimal("1.5") if row.value else Decimal(1)
    changed = replace(row, value=value, digits=f"{value.normalize():f}", low=None, high=None)
    rows = tuple(changed if other.anchor == row.anchor else other for other in table.rows)
    new = {**subject.records["series"], row.series: table.model_copy(update={"rows": rows})}
    return replace(subject, records={**subject.records, "series": new})


def said_of(subject: Subject, chart: Chart) -> dict[str, str]:
    """What the page of a chart says, by part; a text that no longer holds is a problem and says so."""
    rendering = Rendering(subject, {}, World(), chart_in_text, {})
    add_chart(rendering, chart)
    page = lxml_html.fromstring(rendering.tree[f"charts/{chart.id}/index.md"].decode())
    pen = pen_at(rendering, "/")
    unit = subject.site.unit(chart.unit).label
    texts = {key: write_plain(pen, getattr(chart, key), chart.marks.where(key), unit) for key in TEXTS}
    return {
        **{key: f"{text} {[problem.message for problem in pen.problems]}" for key, text in texts.items()},
        "description": "".join(item.text_content() for item in page.xpath("//li[@data-rows]")),
        "table": "".join(item.text_content() for item in page.xpath("//table")),
        "drawing": repr([(point.row.reference, point.y) for mark in marks_of(subject, chart) for point in mark.points]),
        "csv": rendering.tree[f"charts/{chart.id}.csv"].decode(),
    }


def test_no_chart_has_a_headline_and_takeaway_that_rest_on_no_row():
    without = [id for id in CHARTS if not called_in(real(), real().get("chart", id), "headline", "takeaway")]

    assert without == []


@pytest.mark.parametrize("id", CHARTS)
def test_every_text_of_a_chart_follows_the_rows_it_calls(id):
    subject, chart = real(), real().get("chart", id)
    for key in TEXTS:
        before = said_of(subject, chart)[key]
        rows = called_in(subject, chart, key)
        assert not rows or any(said_of(with_row(subject, row), chart)[key] != before for row in rows), key


@pytest.mark.parametrize("id", CHARTS)
def test_a_changed_row_changes_the_words_the_table_and_the_drawing(id):
    subject, chart = real(), real().get("chart", id)
    drawn = {row.reference: row for draw in chart.draw for row in drawn_rows(subject, chart, draw)}
    called = [row for row in called_in(subject, chart, "headline", "takeaway") if row.reference in drawn]
    row = (called or list(drawn.values()))[0]

    before, after = said_of(subject, chart), said_of(with_row(subject, row), chart)

    assert before["table"] != after["table"]
    assert before["drawing"] != after["drawing"]
    assert before["csv"] != after["csv"]
    if called:
        assert (before["headline"], before["takeaway"]) != (after["headline"], after["takeaway"])
    assert before["description"] != after["description"] or called


@pytest.mark.parametrize("id", CHARTS)
def test_what_is_listed_beside_a_chart_lies_in_its_years(id):
    subject, chart = real(), real().get("chart", id)
    found, years = events_in(subject, chart), years_of(subject, chart)

    assert len(found) <= MOST_EVENTS
    assert (years is not None) == (chart.kind_of_chart in OVER_TIME)
    assert all(years.contains(event.date) for event in found)
    assert all(event.importance == 1 or chart.theme in event.themes for event in found)


def test_every_event_has_three_charts_at_most_and_each_shows_its_moment():
    subject = real()
    found = charts_of_events(subject)

    assert set(found) == {event.id for event in subject.of("event")}
    assert any(found.values())
    for id, charts in found.items():
        date = subject.get("event", id).date
        assert len(charts) <= MOST_CHARTS
        assert all(years_of(subject, chart).contains(date) for chart in charts)
