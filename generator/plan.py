"""Places with recorded coordinates as points and labels of a drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from generator.charts.fonts import width_of
from generator.model import Place

TYPE = 12
LINE = 14
DOT = 4
KM_PER_DEGREE = 111.195
"""Length of a degree of latitude on a sphere of the mean radius of the Earth, 6371.0 km (IUGG)."""
LEAST_HEIGHT = 0.6
"""The least height of the plot as a part of its width: places side by side need room for labels above and below."""
_DIRECTIONS = (0, 180, 90, 270, *range(15, 360, 15))
_DISTANCES = (7, 12, 18, 24, 32, 40, 50, 62, 76, 92, 110, 130)
WORDS = (
    "The scale holds from north to south, and from east to west at {}. "
    "Places by recorded coordinates; no border or route is drawn."
)
_Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Spot:
    """A place in the drawing: its point, the middle of its label, and where a line between them ends."""

    number: int
    place: Place
    text: str
    x: float
    y: float
    label_x: float
    label_y: float
    line_x: float
    line_y: float
    has_line: bool


@dataclass(frozen=True)
class Plan:
    """A drawing of places, everything in pixels from its upper left corner."""

    width: int
    height: int
    top: float
    left: float
    right: float
    bottom: float
    spots: tuple[Spot, ...]
    meridians: tuple[tuple[float, str], ...]
    parallels: tuple[tuple[float, str], ...]
    degrees_y: float
    scale_y: float
    scale_end: float
    scale_text: str
    scale_text_x: float
    words: tuple[tuple[float, str], ...]


def with_coordinates(places: Sequence[Place]) -> list[Place]:
    """Places that can be drawn, in the order of their names."""
    found = [place for place in places if place.latitude is not None and place.longitude is not None]
    return sorted(found, key=lambda place: (place.label.casefold(), place.id))


def plan_of(places: Sequence[Place], width: int, has_names: bool) -> Plan:
    """Lay places out on an equirectangular plan whose width is right at its middle latitude.

    Labels keep clear of each other, of all points and of the frame. A name without room gives way to its number; where
    there is no room for that either, its line may cross others.
    """
    left, right, top = 1.0, width - 1.0, 4.0
    west = _western_end(places)
    eastings = [_east_of(west, place) for place in places]
    latitudes = [place.latitude or 0.0 for place in places]
    pad = max(2.0, (max(latitudes) - min(latitudes)) * 0.1, max(eastings) * 0.05)
    degrees_wide = max(eastings) + 2 * pad
    middle = (min(latitudes) + max(latitudes)) / 2
    shrink = cos(radians(middle))
    half = max((max(latitudes) - min(latitudes)) / 2 + pad, degrees_wide * shrink * LEAST_HEIGHT / 2)
    south, north = max(-90.0, middle - half), min(90.0, middle + half)
    per_degree = (right - left) / (degrees_wide * shrink)  # pixels for a degree of latitude
    bottom = top + (north - south) * per_degree

    def x_of(east: float) -> float:
        return left + (east + pad) * shrink * per_degree

    def y_of(latitude: float) -> float:
        return top + (north - latitude) * per_degree

    points = [(x_of(east), y_of(latitude)) for east, latitude in zip(eastings, latitudes, strict=True)]
    wide = min(8, width / 65)
    step = next(step for step in (1, 2, 5, 10, 20, 30, 60) if degrees_wide / step <= wide or step == 60)
    parallels = tuple((y_of(degree), _named_degree(degree, "N", "S")) for degree in _steps(south, north, step))
    scale_km, scale_width = _scale(per_degree, (right - left) / 3)
    lines = _wrapped(WORDS.format(_named_degree(round(middle), "N", "S")), right - left)
    return Plan(
        width=width,
        height=round(bottom + 40 + LINE * len(lines)),
        top=top,
        left=left,
        right=right,
        bottom=bottom,
        spots=tuple(
            _spots(places, points, (left, top, right, bottom), [_box_of_parallel(y) for y, _ in parallels], has_names)
        ),
        meridians=tuple(
            (x_of(degree - west), _named_degree((degree + 180) % 360 - 180, "E", "W"))
            for degree in _steps(west - pad, west + max(eastings) + pad, step)
            if left + 22 < x_of(degree - west) < right - 22
        ),
        parallels=parallels,
        degrees_y=bottom + LINE,
        scale_y=bottom + 29,
        scale_end=left + scale_width,
        scale_text=f"{scale_km:,} km",
        scale_text_x=left + scale_width + 8,
        words=tuple((bottom + 34 + LINE * number, line) for number, line in enumerate(lines, 1)),
    )


def _western_end(places: Sequence[Place]) -> float:
    """The longitude at which the widest stretch without places ends, so that no group of places is cut in two."""
    longitudes = sorted(place.longitude or 0.0 for place in places)
    before = [longitudes[-1] - 360, *longitudes[:-1]]
    return max(zip(longitudes, before, strict=True), key=lambda pair: pair[0] - pair[1])[0]


def _east_of(west: float, place: Place) -> float:
    return ((place.longitude or 0.0) - west) % 360


def _steps(start: float, end: float, step: int) -> list[int]:
    return [degree for degree in range(-720, 721, step) if start < degree < end]


def _named_degree(degree: float, positive: str, negative: str) -> str:
    return f"{abs(degree):g}°" + (f" {positive if degree > 0 else negative}" if degree else "")


def _scale(per_degree: float, room: float) -> tuple[int, float]:
    """The longest round distance that fits, and its length in the drawing."""
    lengths = [(km, km / KM_PER_DEGREE * per_degree) for km in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)]
    return max((pair for pair in lengths if pair[1] <= room), default=lengths[0])


def _wrapped(text: str, room: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, TYPE) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


# --- labels -----------------------------------------------------------------------------------------------------


def _spots(
    places: Sequence[Place],
    points: Sequence[tuple[float, float]],
    frame: _Box,
    others: Sequence[_Box],
    has_names: bool,
) -> Iterator[Spot]:
    dots = [(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in points]
    room = _Room(frame, [*dots, *others], [])
    found: dict[int, Spot] = {}
    for at in sorted(range(len(places)), key=lambda at: (-_neighbours_of(points, at), at)):
        texts = [places[at].label, str(at + 1)] if has_names else [str(at + 1)]
        labels = [list(_candidates(at + 1, places[at], text, points[at])) for text in texts]
        tries = [(spot, may_cross) for may_cross in (False, True) for spots in labels for spot in spots]
        fitting = (spot for spot, may_cross in tries if room.has(spot, may_cross, dots[at]))
        found[at] = next(fitting, labels[-1][0])
        room.taken.append(_box(found[at]))
        room.lines.append(_line(found[at]))
    return (found[at] for at in sorted(found))


def _neighbours_of(points: Sequence[tuple[float, float]], at: int) -> int:
    x, y = points[at]
    return sum(abs(x - other_x) < 60 and abs(y - other_y) < 40 for other_x, other_y in points)


def _candidates(number: int, place: Place, text: str, point: tuple[float, float]) -> Iterator[Spot]:
    """Labels around a point, the nearest first; the line meets the label at its nearest edge."""
    x, y = point
    half = width_of(text, TYPE) / 2
    for distance in _DISTANCES:
        for direction in _DIRECTIONS:
            across, down = cos(radians(direction)), sin(radians(direction))
            middle_x = x + across * (distance + half)
            middle_y = y + down * (distance + LINE / 2)
            line_x = min(max(x, middle_x - half), middle_x + half)
            line_y = min(max(y, middle_y - LINE / 2), middle_y + LINE / 2)
            yield Spot(number, place, text, x, y, middle_x, middle_y, line_x, line_y, distance > 12)


def _box(spot: Spot) -> _Box:
    half = width_of(spot.text, TYPE) / 2 + 2
    return spot.label_x - half, spot.label_y - LINE / 2, spot.label_x + half, spot.label_y + LINE / 2


def _line(spot: Spot) -> list[tuple[float, float]]:
    """Points along the line of a label, close enough to see what it crosses."""
    if not spot.has_line:
        return []
    return [
        (spot.x + (spot.line_x - spot.x) * part / 20, spot.y + (spot.line_y - spot.y) * part / 20) for part in range(21)
    ]


@dataclass
class _Room:
    """What is taken so far: boxes of points and labels, and the lines between them."""

    frame: _Box
    taken: list[_Box]
    lines: list[list[tuple[float, float]]]

    def has(self, spot: Spot, may_cross: bool, own: _Box) -> bool:
        box, line = _box(spot), _line(spot)
        is_inside = self.frame[0] <= box[0] and self.frame[1] <= box[1]
        is_inside = is_inside and box[2] <= self.frame[2] and box[3] <= self.frame[3]
        if not is_inside or any(_overlap(box, other) for other in self.taken):
            return False
        is_clear = not any(_holds(box, point) for other in self.lines for point in other)
        others = (other for other in self.taken if other is not own)
        return may_cross or is_clear and not any(_holds(other, point) for other in others for point in line)


def _box_of_parallel(y: float) -> _Box:
    """Where the name of a parallel stands: above its line at the left."""
    return 0.0, y - LINE, width_of("60° N", TYPE), y


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _holds(box: _Box, point: tuple[float, float]) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]
