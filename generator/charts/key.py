"""What stands above a drawing: samples of its marks with their names, and the numbers of events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import altair as alt

from generator.charts.canvas import Canvas, Layer, Look, chart_of, chart_of_point, rule, with_choice
from generator.charts.marks import Mark, Point, year_of_event
from generator.charts.words import widest, wrap, write

SAMPLE, AFTER, BETWEEN = 12, 6, 18
"""Pixels of a sample, from it to its words, and from one sign to the next."""
EVENTS = 18
"""Pixels above a plot in which the numbers of its events stand."""
Sample = Callable[[float, float], list[Layer]]
"""Draws a sample from its left end and its middle height."""


@dataclass(frozen=True)
class Sign:
    """A name or remark, after the sample of what it is about if there is one."""

    words: str
    colour: str = "muted"
    sample: Sample | None = None
    width: float = SAMPLE

    @property
    def weight(self) -> int:
        return 400 if self.colour == "muted" else 600

    @property
    def indent(self) -> float:
        return self.width + AFTER if self.sample else 0


@dataclass(frozen=True)
class Box:
    """A part of a drawing that something fills, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return min(self.right, other.right) > max(self.left, other.left) and min(self.bottom, other.bottom) > max(
            self.top, other.top
        )


def is_free(box: Box, others: Sequence[Box]) -> bool:
    """Whether a box meets none of the others."""
    return not any(box.meets(other) for other in others)


# --- signs ------------------------------------------------------------------------------------------------------


def key_height(canvas: Canvas, signs: Sequence[Sign]) -> int:
    """The pixels that the signs need above a drawing."""
    return 0 if not signs else (_placed(canvas, signs)[-1][1] + 1) * (canvas.size.line + 4) + 8


def key_layers(canvas: Canvas, signs: Sequence[Sign], top: float) -> list[Layer]:
    """The signs from a height down, one after another and on as many lines as they need."""
    layers: list[Layer] = []
    for sign, at, x, words in _placed(canvas, signs):
        y = top + canvas.size.type + at * (canvas.size.line + 4)
        if sign and sign.sample:
            layers += sign.sample(x - sign.indent, y - canvas.size.type * 0.35)
        colour, weight = (sign.colour, sign.weight) if sign else ("muted", 400)
        layers.append(write(canvas, x, y, words, colour, weight=weight, is_on_paper=False))
    return layers


def _placed(canvas: Canvas, signs: Sequence[Sign]) -> list[tuple[Sign | None, int, float, str]]:
    """Each line of each sign: the sign itself on its first, which line of the key it is on, where, and its words."""
    placed: list[tuple[Sign | None, int, float, str]] = []
    at, x = 0, 0.0
    for sign in signs:
        width = sign.indent + widest(canvas, [sign.words], sign.weight)
        if x and x + width > canvas.width:
            at, x = at + 1, 0.0
        lines = wrap(canvas, sign.words, canvas.width - sign.indent, sign.weight)
        placed += [(None if more else sign, at + more, x + sign.indent, line) for more, line in enumerate(lines)]
        x = canvas.width if len(lines) > 1 else x + width + BETWEEN
        at += len(lines) - 1
    return placed


def unit_sign(canvas: Canvas) -> Sign:
    """The unit, once for the whole drawing."""
    return Sign(canvas.unit.short or canvas.unit.label)


def name_sign(canvas: Canvas, mark: Mark) -> Sign:
    """A name after a block in the colour of its mark."""
    return Sign(mark.draw.label, mark.text, lambda x, middle: [_sample_block(canvas, mark.line, x, middle)])


def open_signs(canvas: Canvas, points: Sequence[Point], form: str) -> list[Sign]:
    """What open marks are (blocks, broken strokes or spots): the statuses that occur, if any does."""
    words = " or ".join(sorted({point.row.status for point in points if point.is_open}))
    draw = {"block": _open_block, "broken": _broken_strokes, "spot": _open_spot}[form]
    return [Sign(words, "muted", lambda x, middle: draw(canvas, x, middle))] if words else []


def stroke_sign(canvas: Canvas, words: str) -> Sign:
    """A remark on a line in ink."""
    return Sign(words, "muted", lambda x, middle: [rule(canvas, (x, middle), (x + 24, middle), "ink")], 24)


def _sample_block(canvas: Canvas, colour: str, x: float, middle: float) -> alt.Chart:
    return _sample(x, middle).mark_square(size=SAMPLE**2, opacity=1, color=canvas.colours(colour))


def _open_block(canvas: Canvas, x: float, middle: float) -> list[Layer]:
    return [_sample(x, middle).mark_point(shape="square", size=(SAMPLE - 2) ** 2, **open_look(canvas, "ink"))]


def _open_spot(canvas: Canvas, x: float, middle: float) -> list[Layer]:
    return [_sample(x, middle).mark_point(shape="circle", size=60, **open_look(canvas, "ink"))]


def _broken_strokes(canvas: Canvas, x: float, middle: float) -> list[Layer]:
    ends = (middle - SAMPLE / 2, middle + SAMPLE / 2)
    return [rule(canvas, (x + at, ends[0]), (x + at, ends[1]), "ink", 2, (2, 2)) for at in (2, 6, 10)]


def _sample(x: float, middle: float) -> alt.Chart:
    at = chart_of()
    return at.encode(x=alt.XValue(round(x + SAMPLE / 2, 1)), y=alt.YValue(round(middle, 1)))


def open_block(
    canvas: Canvas, line: str, left: float, right: float, top: float, height: float, point: Point
) -> alt.Chart:
    """A bar of what nobody counted."""
    bar = chart_of_point(point).mark_rect(**open_look(canvas, line))
    edges = (left + 0.75, max(right - 0.75, left + 1))
    return bar.encode(
        x=alt.XValue(round(edges[0], 1)),
        x2=alt.X2Value(round(edges[1], 1)),
        y=alt.YValue(top + 0.75),
        y2=alt.Y2Value(top + height - 0.75),
    )


def open_look(canvas: Canvas, line: str, width: float = 1.5) -> Look:
    """The look of what nobody counted: an outline on paper."""
    paper = canvas.colours(with_choice(line, "paper"))
    return {"fill": paper, "stroke": canvas.colours(line), "strokeWidth": width, "opacity": 1}


# --- events -----------------------------------------------------------------------------------------------------


def event_layers(canvas: Canvas, x_of: Callable[[float], float], height: float) -> list[Layer]:
    """Numbered events as dotted rules over the full height."""
    layers: list[Layer] = []
    for number, span in enumerate(canvas.events, 1):
        x = x_of(year_of_event(span))
        layers.append(rule(canvas, (x, 0), (x, height), "edge", dash=(1, 3)))
        layers.append(write(canvas, x, -4, str(number), "muted", "center", 600, 13, is_on_paper=False))
    return layers
