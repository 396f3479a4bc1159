"""Kinds made of bars: two eras in one block each, and parts of a whole."""

from __future__ import annotations

import altair as alt

from generator.charts.canvas import Canvas, Layer, block, frame, rule
from generator.charts.fonts import width_of
from generator.charts.marks import Mark
from generator.charts.words import held, write

HEAD, NAME, BAR, BETWEEN = 34, 20, 22, 14
STACK = 34
"""The height of a bar of parts, which has its values inside."""
INSIDE = 19
"""The type size of a value inside a bar: large, because some colours need that to be read on."""
LEAST = 40
"""The pixels that a part needs to hold its value."""


def draw_paired_bars(canvas: Canvas) -> alt.LayerChart:
    """Bars from zero in one block for each era, a block under the other, so that the same length means the same."""
    layers: list[Layer] = []
    top = 0.0
    highest = max(point.y for point in canvas.points)
    for panel in canvas.panels:
        layers += heading(canvas, panel, top)
        top += HEAD
        for mark in canvas.marks_in(panel):
            layers += _bar(canvas, mark, top, highest)
            top += NAME + BAR + BETWEEN
        top += BETWEEN
    return frame(canvas, layers, round(top - 2 * BETWEEN + 2))


def heading(canvas: Canvas, panel: str, top: float) -> list[Layer]:
    """The name of an era over a rule."""
    words = write(canvas, 0, top + HEAD - 14, panel, "ink", type=canvas.size.type + 2, is_on_paper=False)
    return [words, rule(canvas, (0, top + HEAD - 6), (canvas.width, top + HEAD - 6), "ink")]


def _bar(canvas: Canvas, mark: Mark, top: float, highest: float) -> list[Layer]:
    point = mark.points[-1]
    length = (canvas.width - 52) * point.y / highest
    bottom = top + NAME + BAR
    return [
        write(canvas, 0, top + NAME - 6, mark.draw.label, "ink", weight=400, is_on_paper=False),
        block(canvas, mark.line, 0, length, top + NAME, BAR, point),
        write(canvas, length + 6, bottom - 6, canvas.value(point), mark.text, is_on_paper=False),
    ]


# --- parts of a whole -------------------------------------------------------------------------------------------


def draw_stacked_shares(canvas: Canvas) -> alt.LayerChart:
    """A bar for each panel, cut into its parts; what they leave of the whole is drawn empty and has no value."""
    layers: list[Layer] = []
    top = 0.0
    for panel in canvas.panels:
        layers += heading(canvas, panel, top)
        drawn, top = _stack(canvas, canvas.marks_in(panel), top + HEAD)
        layers += drawn
        top += BETWEEN
    return frame(canvas, layers, round(top))


def _stack(canvas: Canvas, marks: list[Mark], top: float) -> tuple[list[Layer], float]:
    """One bar of parts with its words, and where it ends."""
    total = sum(mark.points[-1].y for mark in marks)
    scale = (canvas.width + 1) / max(100, total)
    layers: list[Layer] = []
    beside: list[tuple[float, str, str]] = []
    left, bar = 0.0, top + NAME
    for mark in marks:
        right = left + mark.points[-1].y * scale
        layers.append(block(canvas, mark.line, left, right - 1, bar, STACK, mark.points[-1]))
        drawn, said = _words_of_part(canvas, mark, left, right - 1, bar)
        layers += drawn
        beside += [((left + right - 1) / 2, said, mark.text)] if said else []
        left = right
    if canvas.width - left > 2:
        layers.append(block(canvas, "edge", left + 0.5, canvas.width - 0.5, bar + 0.5, STACK - 1, None))
        drawn, said = _words_of_rest(canvas, left, bar)
        layers += drawn
        beside += [((left + canvas.width) / 2, said, "muted")] if said else []
    drawn, end = _leaders(canvas, beside, bar + STACK)
    return [*layers, *drawn], end


def _words_of_part(canvas: Canvas, mark: Mark, left: float, right: float, bar: float) -> tuple[list[Layer], str]:
    """The name above a part and its value inside; what has no room is returned, to stand beside."""
    name, value, room = mark.draw.label, canvas.value(mark.points[-1]), right - left
    has_room_inside = room >= max(LEAST, width_of(value, INSIDE) + 10)
    has_room_above = room >= width_of(name, canvas.size.type) + 6
    layers: list[Layer] = []
    if has_room_inside:
        layers.append(write(canvas, left + 6, bar + 24, value, "paper", type=INSIDE, is_on_paper=False))
    if has_room_inside and has_room_above:
        layers.append(write(canvas, left, bar - 6, name, mark.text, is_on_paper=False))
        return layers, ""
    return layers, name if has_room_inside else f"{name} {value}"


def _words_of_rest(canvas: Canvas, left: float, bar: float) -> tuple[list[Layer], str]:
    rest = canvas.chart.rest
    if canvas.width - left >= width_of(rest, canvas.size.type, 400) + 6:
        return [write(canvas, left, bar - 6, rest, "muted", weight=400, is_on_paper=False)], ""
    return [], rest


def _leaders(canvas: Canvas, beside: list[tuple[float, str, str]], top: float) -> tuple[list[Layer], float]:
    """The words that found no room, a line each below the bar, so ordered that no stroke meets a word."""
    widths = {said: width_of(said, canvas.size.type) + 6 for _, said, _ in beside}
    go_left = any(x + widths[said] > canvas.width for x, said, _ in beside)
    strokes: list[Layer] = []
    words: list[Layer] = []
    for at, (x, said, colour) in enumerate(beside if go_left else reversed(beside)):
        y = top + 14 + (at + 0.5) * canvas.size.line
        strokes.append(rule(canvas, (x, top + 2), (x, y + 2), "muted"))
        start = x - widths[said] if go_left and x > widths[said] else x + 6
        weight = 400 if colour == "muted" else 600
        words.append(write(canvas, held(start, widths[said], "left", 0, canvas.width), y, said, colour, weight=weight))
    return [*strokes, *words], top + (14 + len(beside) * canvas.size.line if beside else 0)
