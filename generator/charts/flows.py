"""What goes each way in two eras: blocks of bars that face each other, on one scale, or areas side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import altair as alt

from generator.charts.bars import HEAD, heading
from generator.charts.canvas import Canvas, Layer, Look, block, chart_of_point, frame, rule
from generator.charts.key import key_height, key_layers, open_block, open_signs
from generator.charts.marks import Mark, Point
from generator.charts.words import widest, wrap, write

SIDES = ("left", "right")
NAME, BAR, BETWEEN = 5, 14, 9
"""Pixels below a name, of a bar, and after it."""
MIDDLE = 28
"""Pixels between two blocks that face each other."""
ARROW = 22
"""Pixels of an arrow."""
WHOLE, ROUNDING = 100, 1
AREA = 190
"""The height of a whole that is cut into areas."""
EDGE = 5
"""Pixels between the edge of an area and its words."""
FLAT = 1.4
"""How many times as wide as high is wide enough to be cut into columns: words need width."""
TINT = 0.2
"""How much of its colour an area has, so that words in ink can be read on it."""


@dataclass(frozen=True)
class Block:
    """What goes one way in one era: the edge at which its bars begin, and whether they grow to the left."""

    marks: tuple[Mark, ...]
    edge: float
    room: float
    is_mirrored: bool

    @property
    def side(self) -> str:
        return self.marks[0].draw.side or SIDES[0]

    @property
    def rest(self) -> float:
        """What the parts leave of the whole; nothing where it may be rounding."""
        rest = WHOLE - sum(mark.points[-1].y for mark in self.marks)
        return rest if rest > ROUNDING else 0

    def x(self, distance: float) -> float:
        return self.edge - distance if self.is_mirrored else self.edge + distance

    @property
    def align(self) -> str:
        return "right" if self.is_mirrored else "left"


def draw_flow_pair(canvas: Canvas) -> alt.LayerChart:
    """Two blocks for each era, back to back; on a narrow drawing one under the other."""
    signs = open_signs(canvas, canvas.points, "block")
    head = key_height(canvas, signs)
    layers: list[Layer] = []
    top = 0.0
    for panel in canvas.panels:
        layers += heading(canvas, panel, top)
        top += HEAD
        ends: list[float] = []
        for part in _blocks(canvas, panel):
            start = ends[-1] + 10 if canvas.size.is_narrow and ends else top
            drawn, end = _block(canvas, part, start)
            layers += drawn
            ends.append(end)
        top = max(ends) + 10
    return frame(canvas, [*layers, *key_layers(canvas, signs, -head)], round(top - 16), head)


def _blocks(canvas: Canvas, panel: str) -> list[Block]:
    blocks = []
    for side in SIDES:
        marks = tuple(mark for mark in canvas.marks_in(panel) if (mark.draw.side or SIDES[0]) == side)
        if canvas.size.is_narrow:
            edge, room = 0.0, float(canvas.width)
        else:
            room = (canvas.width - MIDDLE) / 2
            edge = room if side == "left" else room + MIDDLE
        blocks += [Block(marks, edge, room, side == "left" and not canvas.size.is_narrow)] if marks else []
    return blocks


def _scale(canvas: Canvas, room: float) -> float:
    """The pixels of a percent, the same for every block."""
    rests = [part.rest for panel in canvas.panels for part in _blocks(canvas, panel)]
    longest = max(*rests, *(point.y for point in canvas.points))
    return (room - widest(canvas, [canvas.value(point) for point in canvas.points]) - 8) / longest


def _block(canvas: Canvas, part: Block, top: float) -> tuple[list[Layer], float]:
    """A block from its name to its last bar, and where it ends."""
    layers = _name(canvas, part, top + canvas.size.type + 6)
    top += canvas.size.line + 14
    scale = _scale(canvas, part.room)
    for mark in part.marks:
        point = mark.points[-1]
        layers_of_name, bar = _label(canvas, part, mark.draw.label, "ink", top)
        start, end = sorted((part.x(0), part.x(point.y * scale)))
        drawn = open_block(canvas, mark.line, start, end, bar, BAR, point) if point.is_open else None
        layers += [*layers_of_name, drawn or block(canvas, mark.line, start, end, bar, BAR, point)]
        x, y = part.x(point.y * scale + 6), bar + BAR - 2
        layers.append(write(canvas, x, y, canvas.value(point), mark.text, part.align, is_on_paper=False))
        top = bar + BAR + BETWEEN
    if part.rest and canvas.chart.rest:
        layers_of_name, bar = _label(canvas, part, canvas.chart.rest, "muted", top)
        start, end = sorted((part.x(0), part.x(part.rest * scale)))
        layers += [*layers_of_name, block(canvas, "edge", start + 0.5, end - 0.5, bar + 0.5, BAR - 1, None)]
        top = bar + BAR + BETWEEN
    return layers, top


def _name(canvas: Canvas, part: Block, y: float) -> list[Layer]:
    """The name of a block with an arrow on the side to which it goes."""
    words, first = part.marks[0].draw.block, part.marks[0]
    if not words:
        return []
    width = widest(canvas, [words])
    is_left = part.side == "left"
    start = part.edge - width if part.is_mirrored else part.edge + (ARROW + 8 if is_left else 0)
    arrow = start - 8 - ARROW if is_left else start + width + 8
    tip, tail = (arrow, arrow + ARROW) if is_left else (arrow + ARROW, arrow)
    back, middle = (5 if is_left else -5), y - canvas.size.type * 0.35
    strokes = [rule(canvas, (tail, middle), (tip, middle), first.line, 2)]
    strokes += [rule(canvas, (tip, middle), (tip + back, middle + side), first.line, 2) for side in (-5, 5)]
    return [write(canvas, start, y, words, first.text, is_on_paper=False), *strokes]


def _label(canvas: Canvas, part: Block, words: str, colour: str, top: float) -> tuple[list[Layer], float]:
    """The name of a part, and where its bar begins."""
    lines: Sequence[str] = wrap(canvas, words, part.room, 400)
    label = write(canvas, part.edge, top + canvas.size.type - 2, lines, colour, part.align, 400, is_on_paper=False)
    return [label], top + len(lines) * canvas.size.line - 3 + NAME


# --- areas ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rectangle:
    """A rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float


def draw_areas(canvas: Canvas) -> alt.LayerChart:
    """The same shares as areas: each way of each era is a whole of one size, cut into its parts."""
    signs = open_signs(canvas, canvas.points, "block")
    head = key_height(canvas, signs)
    layers: list[Layer] = []
    top = 0.0
    for panel in canvas.panels:
        layers += heading(canvas, panel, top)
        top += HEAD
        for number, part in enumerate(_blocks(canvas, panel)):
            above = top + (number * (AREA + canvas.size.line + 24) if canvas.size.is_narrow else 0)
            left = 0.0 if canvas.size.is_narrow or part.side == "left" else part.room + MIDDLE
            layers += _whole(canvas, replace(part, edge=left, is_mirrored=False), above)
            bottom = above + AREA + canvas.size.line + 24
        top = bottom
    return frame(canvas, [*layers, *key_layers(canvas, signs, -head)], round(top - 8), head)


def _whole(canvas: Canvas, part: Block, top: float) -> list[Layer]:
    layers = _name(canvas, part, top + canvas.size.type + 6)
    shares = sorted(((mark.points[-1].y, mark) for mark in part.marks), key=lambda share: -share[0])
    sizes = [share for share, _ in shares] + ([part.rest] if part.rest and canvas.chart.rest else [])
    boxes = cut(sizes, Rectangle(part.edge, top + canvas.size.line + 14, part.room, AREA))
    for (_, mark), box in zip(shares, boxes, strict=False):
        layers += [_area(canvas, box, mark.line, mark.points[-1])]
        layers += _inside(canvas, box, mark.draw.label, canvas.value(mark.points[-1]), "ink")
    for box in boxes[len(shares) :]:
        layers += [_area(canvas, box, "edge", None), *_inside(canvas, box, canvas.chart.rest, "", "muted")]
    return layers


def cut(sizes: Sequence[float], box: Rectangle) -> list[Rectangle]:
    """Rectangles as large as the sizes, which fill the box: each is cut from what is left, from the left or the top."""
    boxes = []
    for at, size in enumerate(sizes):
        part = size / sum(sizes[at:])
        if box.width >= FLAT * box.height:
            boxes.append(replace(box, width=box.width * part))
            box = replace(box, x=box.x + box.width * part, width=box.width * (1 - part))
        else:
            boxes.append(replace(box, height=box.height * part))
            box = replace(box, y=box.y + box.height * part, height=box.height * (1 - part))
    return boxes


def _area(canvas: Canvas, box: Rectangle, line: str, point: Point | None) -> alt.Chart:
    colour = canvas.colours(line)
    dash = [2, 2] if point and point.is_open else alt.Undefined
    look: Look = {"fill": colour, "fillOpacity": TINT} if point and not point.is_open else {"fill": "none"}
    area = chart_of_point(point)
    return area.mark_rect(**look, stroke=colour, strokeWidth=1.5, strokeDash=dash, opacity=1).encode(
        x=alt.XValue(round(box.x + 1, 1)),
        x2=alt.X2Value(round(box.x + max(box.width - 1, 2), 1)),
        y=alt.YValue(round(box.y + 1, 1)),
        y2=alt.Y2Value(round(box.y + max(box.height - 1, 2), 1)),
    )


def _inside(canvas: Canvas, box: Rectangle, words: str, value: str, colour: str) -> list[Layer]:
    """The value over the name, as much of them as the area holds; the bars and the table have them all."""
    room = box.width - 2 * EDGE
    lines = wrap(canvas, words, room, 400)
    fits = widest(canvas, lines, 400) <= room and widest(canvas, [value]) <= room
    rows = [(line, 400) for line in lines]
    rows = ([(value, 600)] if value else []) + (rows if fits else [])
    rows = rows if len(rows) * canvas.size.line + EDGE <= box.height else rows[: 1 if value else 0]
    if not rows or widest(canvas, [rows[0][0]], rows[0][1]) > room or canvas.size.line + EDGE > box.height:
        return []
    first = box.y + canvas.size.type + EDGE - 2
    return [
        write(canvas, box.x + EDGE, first + at * canvas.size.line, line, colour, weight=weight, is_on_paper=False)
        for at, (line, weight) in enumerate(rows)
    ]
