"""Places as points of a drawing: where they stand, and labels that keep clear of each other."""

from itertools import combinations
from math import cos, radians

import pytest

from generator.charts.fonts import width_of
from generator.model import Place
from generator.plan import DOT, KM_PER_DEGREE, LINE, TYPE, plan_of, with_coordinates


def place(id, latitude, longitude, label=""):
    return Place.model_construct(id=id, label=label or id.title(), latitude=latitude, longitude=longitude)


PAIR = [place("west", 40.0, 20.0), place("east", 60.0, 100.0)]
CROWD = [place(f"p{at:02}", 40 + at % 5, 100 + at // 5 * 1.5, f"Place {at}") for at in range(25)] + PAIR


def boxes(plan):
    for spot in plan.spots:
        half = width_of(spot.text, TYPE) / 2
        yield spot.label_x - half, spot.label_y - LINE / 2, spot.label_x + half, spot.label_y + LINE / 2


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_a_degree_of_longitude_is_as_wide_as_at_the_middle_latitude():
    plan = plan_of(PAIR, 940, True)
    west, east = plan.spots

    per_latitude = (west.y - east.y) / 20
    per_longitude = (east.x - west.x) / 80
    assert per_longitude / per_latitude == pytest.approx(cos(radians(50)))


def test_the_scale_is_as_long_as_it_says():
    plan = plan_of(PAIR, 940, True)
    west, east = plan.spots

    per_degree = (west.y - east.y) / 20
    km = int(plan.scale_text.removesuffix(" km").replace(",", ""))
    assert (plan.scale_end - plan.left) / per_degree * KM_PER_DEGREE == pytest.approx(km)


@pytest.mark.parametrize(("width", "has_names"), [(328, False), (640, True), (940, True)])
def test_labels_keep_clear_of_each_other_of_points_and_of_the_frame(width, has_names):
    plan = plan_of(with_coordinates(CROWD), width, has_names)
    labels = list(boxes(plan))
    dots = [(spot.x - DOT + 1, spot.y - DOT + 1, spot.x + DOT - 1, spot.y + DOT - 1) for spot in plan.spots]

    assert len(labels) == len(CROWD)
    assert [pair for pair in combinations(labels, 2) if overlap(*pair)] == []
    assert [label for label in labels for dot in dots if overlap(label, dot)] == []
    assert all(
        left >= 0 and right <= width and top >= 0 and bottom <= plan.height for left, top, right, bottom in labels
    )


def test_places_are_numbered_by_name_and_a_small_drawing_has_numbers():
    plan = plan_of(with_coordinates([place("b", 1.0, 1.0), place("a", 2.0, 2.0), place("c", None, 3.0)]), 328, False)

    assert [(spot.text, spot.place.id) for spot in plan.spots] == [("1", "a"), ("2", "b")]


def test_places_on_both_sides_of_the_date_line_stay_together():
    plan = plan_of([place("a", 60.0, 170.0), place("b", 60.0, -170.0)], 640, True)
    first, second = plan.spots

    assert first.x < second.x
    assert "180°" in [words.replace(" W", "").replace(" E", "") for _, words in plan.meridians]


def test_one_place_alone_can_be_drawn():
    plan = plan_of([place("a", 0.0, 0.0)], 328, False)

    assert plan.spots[0].text == "1"
    assert plan.height > 0


def test_the_words_on_the_drawing_say_what_it_is_not():
    plan = plan_of(PAIR, 328, False)

    words = " ".join(line for _, line in plan.words)
    assert words.endswith("Places by recorded coordinates; no border or route is drawn.")
    assert "at 50° N" in words
    assert all(width_of(line, TYPE) <= 328 for _, line in plan.words)
