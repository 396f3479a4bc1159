"""How many events begin in each stretch of years."""

import pytest

from generator.stretches import Stretch, density
from tests.subjects import events, subject_of


def density_of(folder, *dates, years=10):
    lines = [f'id: event-{number}, date: "{date}"' for number, date in enumerate(dates)]
    return density(subject_of(folder, events(*lines)), years)


def test_every_stretch_between_the_first_event_and_the_last_is_counted_the_empty_ones_too(tmp_path):
    assert density_of(tmp_path, "1949-12-31", "1950", "1950-01-01", "1971") == (
        Stretch(1940, 1949, 1),
        Stretch(1950, 1959, 2),
        Stretch(1960, 1969, 0),
        Stretch(1970, 1979, 1),
    )


def test_a_span_counts_where_it_begins(tmp_path):
    assert density_of(tmp_path, "1949/1979") == (Stretch(1940, 1949, 1),)


def test_stretches_may_be_of_other_lengths(tmp_path):
    assert density_of(tmp_path, "1949", "1951", years=2) == (Stretch(1948, 1949, 1), Stretch(1950, 1951, 1))


@pytest.mark.parametrize("years", [1, 10, 25])
def test_every_event_is_counted_once(tmp_path, years):
    dates = ["1640~", "1811-03/1811-05", "1902-05-04", "1931-11", "1951", "1951"]

    assert sum(stretch.number for stretch in density_of(tmp_path, *dates, years=years)) == len(dates)


def test_without_events_there_is_nothing(tmp_path):
    assert density(subject_of(tmp_path, {})) == ()
