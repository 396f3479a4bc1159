"""Where names, values and the note of a gap stand in a drawing over time, so that none touches anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from generator.charts.canvas import Canvas, Layer, apart, rule, with_choice
from generator.charts.marks import Mark, Point, year_of_event
from generator.charts.plot import Plot, steps, unit_beside
from generator.charts.words import held, two_lines, widest, wrap, write

CLEAR, NEAR = 9, 4
"""The pixels around words beyond which more room is not better: names, and values, which stay close to their point."""
BESIDE = 6
"""The pixels between words in one line that count as none."""
SAMPLE = 24
"""Pixels of the stroke that stands before a name in ink, with the dash of its line."""


@dataclass(frozen=True)
class Words:
    """Lines of words at a place, and the box that they fill."""

    lines: tuple[str, ...]
    colour: str
    left: float
    top: float
    width: float
    height: float
    align: str = "left"
    weight: int = 600
    mark: Mark | None = None

    def distance(self, x: float, y: float) -> float:
        """How far a place is from the box, in pixels; below zero inside it."""
        across = max(self.left - x, x - self.left - self.width)
        down = max(self.top - y, y - self.top - self.height)
        return max(across, down)

    def gap(self, other: Words) -> float:
        """How far another box is from this one, below zero where they meet; words in one line need more room."""
        across = max(self.left - other.left - other.width, other.left - self.left - self.width) - BESIDE
        down = max(self.top - other.top - other.height, other.top - self.top - self.height)
        return max(across, down)


def words_of(canvas: Canvas, plot: Plot) -> list[Layer]:
    """Every word of a drawing over time: first those with a fixed place, then those that look for room."""
    drawn = _drawn_places(canvas, plot)
    placed = [*_axis_words(canvas, plot), *_names_at_ends(canvas, plot)]
    for boxes in _values(canvas, plot):
        value = _roomiest(canvas, plot, boxes, drawn, placed, NEAR)
        placed += [value] if _room(canvas, plot, value, drawn, placed) >= 0 else []
    wanted = [_places_along(canvas, plot, mark) for mark in canvas.marks if mark.draw.at != "end"]
    wanted += [_places_on_level(canvas, plot)] if canvas.chart.level_note else []
    wanted += [_places_in_gap(canvas, plot)] if canvas.chart.gap_note else []
    for boxes in wanted:
        placed.append(_roomiest(canvas, plot, boxes, drawn, placed, CLEAR))
    layers = [_set(canvas, words) for words in placed[len(steps(canvas)) :]]
    return [*layers, *(_sample(canvas, words) for words in placed if words.mark)]


def _sample(canvas: Canvas, words: Words) -> Layer:
    """The stroke before a name in ink, with the colour and dash of its line."""
    mark, y = words.mark, words.top + canvas.size.type - 5
    assert mark
    return rule(canvas, (words.left, y), (words.left + SAMPLE - 6, y), mark.line, mark.width, mark.dash)


def _set(canvas: Canvas, words: Words) -> Layer:
    x = words.left + {"left": 0.0, "center": words.width / 2, "right": words.width}[words.align]
    x += SAMPLE if words.mark else 0
    return write(canvas, x, words.top + canvas.size.type - 1, words.lines, words.colour, words.align, words.weight)


def _box(
    canvas: Canvas,
    lines: Sequence[str],
    colour: str,
    x: float,
    top: float,
    align: str,
    edges: tuple[float, float],
    weight: int = 600,
) -> Words:
    """Lines of words at a place, moved so that they stay between two edges."""
    width = widest(canvas, lines, weight)
    x = held(x, width, align, *edges)
    left = x - {"left": 0.0, "center": width / 2, "right": width}[align]
    return Words(tuple(lines), colour, left, top, width, len(lines) * canvas.size.line, align, weight)


def is_open(canvas: Canvas, mark: Mark) -> bool:
    """Whether a mark is drawn as points that nothing joins."""
    return mark.draw.form == "points" or canvas.chart.kind_of_chart == "dots"


def is_long(canvas: Canvas, point: Point) -> bool:
    """Whether a row is a whole year among months."""
    return canvas.chart.frequency == "month" and point.row.span.is_year


def clear_of_axis(canvas: Canvas, plot: Plot) -> Plot:
    """The plot, moved to the right where a mark would run through the values of the grid."""
    boxes = _axis_words(canvas, plot)
    hit = [box for box in boxes if any(box.distance(x, y) < 2 for x, y in _drawn_places(canvas, plot))]
    return replace(plot, left=max(box.width for box in hit) + 8) if hit else plot


# --- fixed places -----------------------------------------------------------------------------------------------


def _axis_words(canvas: Canvas, plot: Plot) -> list[Words]:
    """The values of the grid, which others keep clear of; Vega writes them."""
    ticks = steps(canvas)
    texts = [f"{tick:,g}" + (unit_beside(canvas) if tick == ticks[-1] else "") for tick in ticks]
    size = canvas.size
    return [
        Words((text,), "muted", 0, plot.y(tick) - size.type - 3, widest(canvas, [text], 400), size.type, weight=400)
        for tick, text in zip(ticks, texts, strict=True)
    ]


def _end_lines(canvas: Canvas, mark: Mark) -> list[str]:
    """What stands at the end of a mark: its name on two lines at most, if it is named there, and its last value."""
    name = two_lines(mark.draw.label) if mark.draw.at == "end" else []
    reaches_the_end = mark.points[-1].x == max(point.x for point in canvas.points)
    has_value = mark.draw.form != "points" and (name or reaches_the_end)
    return [*name, canvas.value(mark.points[-1])] if has_value else name


def room_for_names(canvas: Canvas) -> float:
    """The pixels after the last year, for what stands at the ends of the marks."""
    return max((widest(canvas, lines) for mark in canvas.marks if (lines := _end_lines(canvas, mark))), default=0) + 13


def _names_at_ends(canvas: Canvas, plot: Plot) -> list[Words]:
    """Names and last values beside the ends of the marks, those of one year moved apart where they would touch."""
    at_end = sorted((mark for mark in canvas.marks if _end_lines(canvas, mark)), key=lambda mark: mark.points[-1].x)
    placed: list[Words] = []
    for _, group in groupby(at_end, key=lambda mark: _end_of(canvas, plot, mark)):
        marks = sorted(group, key=lambda mark: -mark.points[-1].y)
        lines = [_end_lines(canvas, mark) for mark in marks]
        places = [
            (plot.y(mark.points[-1].y), len(words) * canvas.size.line) for mark, words in zip(marks, lines, strict=True)
        ]
        for mark, words, top in zip(marks, lines, apart(places, plot.height - 5), strict=True):
            x = _end_of(canvas, plot, mark) + 9
            placed.append(_box(canvas, words, mark.text, x, top, "left", (0, plot.width)))
    return placed


def _end_of(canvas: Canvas, plot: Plot, mark: Mark) -> float:
    last = mark.points[-1]
    return plot.x(last.x + 0.5) if is_long(canvas, last) else plot.x(last.x)


def _values(canvas: Canvas, plot: Plot) -> list[list[Words]]:
    """The values that are written beside the last one, with their possible places."""
    if canvas.size.is_narrow:
        return []
    wanted = []
    for mark in canvas.marks:
        for point in mark.points[:-1]:
            if is_long(canvas, point):
                wanted.append(_places_of_year(canvas, plot, mark, point))
            elif _is_extreme(canvas, mark, point):
                wanted.append(_places_at(canvas, plot, mark, point))
        if mark.draw.form != "points" and not _end_lines(canvas, mark):
            places = _places_of_year if is_long(canvas, mark.points[-1]) else _places_at
            wanted.append(places(canvas, plot, mark, mark.points[-1]))
    return wanted


def _is_extreme(canvas: Canvas, mark: Mark, point: Point) -> bool:
    """Whether a point is the highest of its series; or the lowest of all, where that is looked for."""
    looks_for_lowest = canvas.chart.kind_of_chart == "dots" or canvas.chart.scale == "log"
    if looks_for_lowest and point is min(canvas.points, key=lambda other: other.y):
        return True
    return mark.draw.form != "points" and point is max(mark.points, key=lambda other: other.y)


def _places_at(canvas: Canvas, plot: Plot, mark: Mark, point: Point) -> list[Words]:
    """A value above its point, or below if it is the lowest; a little aside where something runs there."""
    is_lowest = point.y == min(other.y for other in canvas.points)
    is_last = point is mark.points[-1]
    above, below = plot.y(point.y) - canvas.size.line - 7, plot.y(point.y) + 8
    tops = [below] if is_lowest else [above, below, below + 6]
    edges = (0.0, plot.width if is_last else _end_of(canvas, plot, mark) + 3)
    return [
        _box(canvas, [canvas.value(point)], mark.text, plot.x(point.x) + aside, top, "center", edges)
        for top in tops
        for aside in (0, -6, 6, -12, 12, -18, 18, -24, 24)
    ]


def _places_of_year(canvas: Canvas, plot: Plot, mark: Mark, point: Point) -> list[Words]:
    """The value of a year among months: after its stroke, or on it."""
    start, end, y = plot.x(point.x - 0.5), plot.x(point.x + 0.5), plot.y(point.y)
    after, above = y - canvas.size.line / 2, y - canvas.size.line - 3
    places = [(end + 6, after), *((start + part * (end - start) / 6, above) for part in range(6))]
    return [_box(canvas, [canvas.value(point)], mark.text, x, top, "left", (0, plot.width)) for x, top in places]


# --- places with room -------------------------------------------------------------------------------------------

Place = tuple[float, float]


def _roomiest(
    canvas: Canvas, plot: Plot, boxes: Sequence[Words], drawn: Sequence[Place], placed: Sequence[Words], clear: float
) -> Words:
    """Of possible places, the wished ones first, the first that is clear of everything, else the clearest."""
    best, best_room = boxes[0], -float("inf")
    for box in boxes:
        if box.top < 0 or box.top + box.height > plot.height - 3:
            continue
        room = min(_room(canvas, plot, box, drawn, placed), clear)
        if room > best_room:
            best, best_room = box, room
        if room == clear:
            break
    return best


def _places_along(canvas: Canvas, plot: Plot, mark: Mark) -> list[Words]:
    """A name above or below its mark, best at its highest point; or above its first point."""
    lines = two_lines(mark.draw.label)
    height = len(lines) * canvas.size.line
    is_start, is_below = mark.draw.at == "start", mark.draw.at == "below"
    has_sample = with_choice(mark.text, "ink") == mark.text and not is_open(canvas, mark)
    highest = max(mark.points, key=lambda point: point.y)
    anchors = mark.points[:1] if is_start else sorted(mark.points, key=lambda point: abs(point.x - highest.x))
    below, above = (10, 16, 22), (-10 - height, -16 - height, -22 - height)
    align = "left" if is_start else "center"
    return [
        _named_box(canvas, plot, mark, lines, plot.x(point.x) + aside, plot.y(point.y) + away, align, has_sample)
        for side in ((below, above) if is_below else (above, below))
        for point in anchors[:: len(anchors) // 40 + 1]
        for aside in (0, -10, 10, -20, 20, -30, 30)
        for away in side
    ]


def _named_box(
    canvas: Canvas,
    plot: Plot,
    mark: Mark,
    lines: Sequence[str],
    x: float,
    top: float,
    align: str,
    has_sample: bool,
) -> Words:
    """The box of a name; with a sample of its line it begins with that."""
    box = _box(canvas, lines, mark.text, x, top, align, (0, plot.width - (SAMPLE if has_sample else 0)))
    return replace(box, width=box.width + SAMPLE, align="left", mark=mark) if has_sample else box


def _places_on_level(canvas: Canvas, plot: Plot) -> list[Words]:
    """The note of a level, under it or on it, best at the right."""
    y = plot.y(float(canvas.chart.level or 0))
    return [
        _box(canvas, [canvas.chart.level_note], "muted", plot.right * part / 20, top, "center", (0, plot.width), 400)
        for part in range(20, 1, -1)
        for top in (y + 3, y - canvas.size.line - 2)
    ]


def _places_in_gap(canvas: Canvas, plot: Plot) -> list[Words]:
    """A note in the longest stretch without rows, best at half its height."""
    years = sorted({point.x for point in canvas.points})
    gap = max(pairwise(years), key=lambda pair: pair[1] - pair[0]) if len(years) > 1 else (years[0], years[0])
    left, right = _widest_stretch(canvas, gap)
    x, width = (plot.x(left) + plot.x(right)) / 2, plot.x(right) - plot.x(left)
    lines = wrap(canvas, canvas.chart.gap_note, max(width - 2 * CLEAR, 60), 400)
    tops = sorted((plot.height * part / 40 for part in range(40)), key=lambda top: abs(top - plot.height / 2))
    return [
        _box(canvas, lines, "muted", x + aside, top, "center", (0, plot.width), 400)
        for aside in (0, -12, 12, -24, 24, -36, 36)
        for top in tops
    ]


def _widest_stretch(canvas: Canvas, gap: tuple[float, float]) -> tuple[float, float]:
    """The widest part of a stretch of years between the events in it."""
    inside = [year for year in map(year_of_event, canvas.events) if gap[0] < year < gap[1]]
    return max(pairwise(sorted([*gap, *inside])), key=lambda pair: pair[1] - pair[0])


def _room(canvas: Canvas, plot: Plot, box: Words, drawn: Sequence[Place], placed: Sequence[Words]) -> float:
    """How far words are from the nearest mark, event, level or other words, in pixels."""
    far = [box.distance(x, y) for x, y in drawn]
    far += [box.distance(plot.x(year_of_event(span)), box.top) for span in canvas.events]
    if canvas.chart.level and box.lines != (canvas.chart.level_note,):
        far.append(box.distance(box.left, plot.y(float(canvas.chart.level))))
    return min([*far, *(box.gap(other) for other in placed)])


def _drawn_places(canvas: Canvas, plot: Plot) -> list[Place]:
    """Places along every mark, close enough that words cannot stand between two of them."""
    places = [(plot.x(point.x), plot.y(point.y)) for point in canvas.points]
    for mark in canvas.marks:
        for point in mark.points:
            if is_long(canvas, point):
                places += [(plot.x(point.x + part / 8), plot.y(point.y)) for part in range(-4, 5)]
        for one, other in pairwise(mark.points) if not is_open(canvas, mark) else ():
            if one.run == other.run:
                start, end = (plot.x(one.x), plot.y(one.y)), (plot.x(other.x), plot.y(other.y))
                count = int(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / 8)
                places += [
                    (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))
                    for part in (number / (count + 1) for number in range(1, count + 1))
                ]
    return places
