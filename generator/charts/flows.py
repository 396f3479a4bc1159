"""What goes each way in two eras: blocks of bars that face each other, on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from generator.charts.bars import HEAD, heading
from generator.charts.canvas import Canvas, Layer, block, frame, rule
from generator.charts.key import key_height, key_layers, open_block, open_signs
from generator.charts.marks import Mark
from generator.charts.words import widest, wrap, write

SIDES = ("left", "right")
NAME, BAR, BETWEEN = 5, 14, 9
"""Pixels below a name, of a bar, and after it."""
MIDDLE = 28
"""Pixels between two blocks that face each other."""
ARROW = 22
"""Pixels of an arrow."""
WHOLE, ROUNDING = 100, 1


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
        ends = []
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
