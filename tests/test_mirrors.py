"""Two ages side by side: the sides of each step, and the time between the steps."""

import pytest

from generator.dates import parse_span
from generator.mirrors import distance, steps_of
from tests.subjects import events, subject_of

AGES = """\
id: ages
left: {years: 1811/1902, senior: alba, senior_name: Alba, junior: bora, junior_name: Bora}
right: {years: 1902/1959, senior: bora, senior_name: Bora, junior: alba, junior_name: Alba}
differences: [{title: None, text: None.}]
sources: [book]
steps:
"""


def steps(folder, text):
    files = {**events('id: toll, date: "1811-03-01"', 'id: peace, date: "1811-05-10"'), "data/mirrors.yml": AGES + text}
    subject = subject_of(folder, files)
    return steps_of(subject, subject.get("mirror", "ages"))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param("1811-03-01", "1811-03-01", "same day", id="same day"),
        pytest.param("1811-03-01", "1811-03-02", "1 day later", id="one day"),
        pytest.param("1811-03-01", "1811-05-10", "70 days later", id="days"),
        pytest.param("1811-03-01", "1813-01-28", "699 days later", id="as many days as are counted"),
        pytest.param("1811-03-01", "1813-01-29", "2 years later", id="more days"),
        pytest.param("1811-03", "1811-12-01", "same year", id="one day is not known"),
        pytest.param("1811", "1812", "1 year later", id="one year"),
        pytest.param("1811/1815", "1812/1820", "1 year later", id="from beginning to beginning"),
        pytest.param("1812", "1811", "", id="backwards in years"),
        pytest.param("1811-03-02", "1810-03-01", "", id="backwards in days, another year"),
        pytest.param("1811-03-02", "1811-03-01", "same year", id="backwards in days, the same year"),
    ],
)
def test_the_distance_is_said_in_days_where_both_are_known(before, after, said):
    assert distance(parse_span(before), parse_span(after)) == said


def test_each_side_counts_by_itself_over_what_has_no_counterpart(tmp_path):
    text = """\
  - {step: One, left: {event: toll, text: A.}, right: {date: "1950", title: B, text: B.}}
  - {step: Two, right: {date: "1952", title: C, text: C.}}
  - {step: Three, left: {event: peace, text: D.}}
"""
    found = steps(tmp_path, text)

    assert [(step.number, step.step) for step in found] == [(1, "One"), (2, "Two"), (3, "Three")]
    assert [step.left and step.left.later for step in found] == ["", None, "70 days later"]
    assert [step.right and step.right.later for step in found] == ["", "2 years later", None]


def test_a_side_has_the_event_it_names_and_its_date(tmp_path):
    (step,) = steps(tmp_path, "  - {step: One, left: {event: toll, text: A.}, right: {title: B, text: B.}}\n")

    assert (step.left.event.id, str(step.left.date)) == ("toll", "1811-03-01")
    assert (step.right.event, step.right.date) == (None, None)


def test_a_date_of_its_own_stands_before_that_of_the_event(tmp_path):
    (step,) = steps(tmp_path, '  - {step: One, left: {event: toll, date: "1812", text: A.}}\n')

    assert str(step.left.date) == "1812"
