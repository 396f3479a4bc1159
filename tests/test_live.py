"""The specification of the chart under a reader's hands: what it says beside its rows."""

from __future__ import annotations

import pytest

from generator.live import WITH_EVENTS, live_specification
from tests.subjects import events, series, subject_of

CHART = """\
- id: boats
  title: Boats
  kind_of_chart: {kind}
  theme: goods
  unit: crown
  headline: Boats
  subtitle: Boats
  takeaway: They rise.
  alt: A line.
  draw: [{{series: boats, label: All boats}}]
  events: [launch, spine]
"""
ROWS = "date,value,source\n1950,3,book\n1951,4,book\n1954,9,book\n"


def events_of(tmp_path, kind: str, rows: str = ROWS) -> list[dict]:
    told = events('id: launch, date: "1951-07-02"', 'id: spine, date: "1953"')
    subject = subject_of(tmp_path, {**series("boats", rows), **told, "data/charts.yml": CHART.format(kind=kind)})
    chart = subject.get("chart", "boats")
    layers = {layer.get("name"): layer for layer in live_specification(subject, chart)["layer"]}
    assert layers["hits"]
    return layers["events"]["data"]["values"] if "events" in layers else []


@pytest.mark.parametrize("kind", WITH_EVENTS)
def test_the_events_of_a_chart_stand_at_their_year_with_the_number_of_the_drawing(tmp_path, kind):
    found = events_of(tmp_path, kind)

    assert [row["event"] for row in found] == ["1", "2"]
    assert [row["first"] for row in found] == [1951, 1953]
    assert [round(row["x"], 1) for row in found] == [1951.5, 1953.0]


def test_among_columns_an_event_stands_in_the_place_of_its_year_also_where_no_row_is(tmp_path):
    assert [row["slot"] for row in events_of(tmp_path, "columns")] == ["1951", "1953"]


def test_a_kind_without_years_shows_no_events(tmp_path):
    assert events_of(tmp_path, "dot-range", "date,value,source\n1950,3,book\n") == []
