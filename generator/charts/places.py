"""Values at places: points at recorded coordinates, with straight links; nothing else of a map is drawn."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from generator.charts.canvas import Canvas, Layer, chart_of, frame, rule, spot
from generator.charts.fonts import width_of
from generator.charts.marks import Mark
from generator.charts.words import wrap, write
from generator.model import Place
from generator.plan import TYPE, Spot, plan_of

NOT_TO_COURSE = "Links are straight, not to course. Points by recorded coordinates; no border, coast or route is drawn."
BETWEEN = "  "
"""Between a name and its value."""


def draw_places(canvas: Canvas) -> alt.LayerChart:
    """A point and its value for each row, a link where the record names its other end, and what is not drawn."""
    places = _places(canvas)
    plan = plan_of(places, canvas.width, has_names=True) if places else None
    spots = {spot.place.id: spot for spot in plan.spots} if plan else {}
    for at in spots.values():
        if at.text != at.place.label:  # a number is of no use where no list tells its name
            raise ValueError(f'there is no room for "{at.place.label}" at {canvas.width} pixels')
    bottom = max((max(spot.y, spot.label_y) for spot in spots.values()), default=0) + canvas.size.line
    layers = _links(canvas, spots)
    for other in spots.values():
        if other.has_line:
            layers.append(rule(canvas, (other.x, other.y), (other.line_x, other.line_y), "edge"))
    for mark in canvas.marks:
        if mark.place and mark.place.id in spots:
            layers += _value(canvas, mark, spots[mark.place.id])
    drawn = {mark.place.id for mark in canvas.marks if mark.place}
    layers += [layer for id, other in spots.items() if id not in drawn for layer in _end(canvas, other)]
    lines = wrap(canvas, NOT_TO_COURSE, canvas.width, 400)
    layers.append(write(canvas, 0, bottom + canvas.size.line, lines, "muted", weight=400, is_on_paper=False))
    return frame(canvas, layers, round(bottom + canvas.size.line * (len(lines) + 0.5)))


def _places(canvas: Canvas) -> list[Place]:
    """Each place once, labelled with its name and value; ends of links have their own name."""
    found: dict[str, Place] = {}
    for mark in canvas.marks:
        if mark.place:
            words = f"{mark.draw.label}{BETWEEN}{canvas.value(mark.points[-1])}"
            found[mark.place.id] = mark.place.model_copy(update={"label": words})
    for mark in canvas.marks:
        if mark.link:
            found.setdefault(mark.link.id, mark.link)
    return [place for place in found.values() if place.latitude is not None and place.longitude is not None]


def _links(canvas: Canvas, spots: dict[str, Spot]) -> list[Layer]:
    pairs: Sequence[tuple[Mark, Spot | None, Spot | None]] = [
        (mark, spots.get(mark.place.id), spots.get(mark.link.id)) for mark in canvas.marks if mark.place and mark.link
    ]
    return [
        rule(canvas, (one.x, one.y), (other.x, other.y), mark.line, 1.5, mark.dash, mark.points[-1])
        for mark, one, other in pairs
        if one and other
    ]


def _value(canvas: Canvas, mark: Mark, at: Spot) -> list[Layer]:
    point = mark.points[-1]
    dot = spot(canvas, mark, point, at.x, at.y, point.is_open)
    left, base = at.label_x - width_of(at.text, TYPE) / 2, at.label_y + TYPE * 0.35
    value = left + width_of(f"{mark.draw.label}{BETWEEN}", TYPE)
    return [
        dot,
        write(canvas, left, base, mark.draw.label, mark.text, weight=400, type=TYPE),
        write(canvas, value, base, canvas.value(point), mark.text, type=TYPE),
    ]


def _end(canvas: Canvas, at: Spot) -> list[Layer]:
    """The other end of a link, which has no row of its own."""
    dot = chart_of().mark_point(shape="circle", size=30, filled=True, opacity=1, color=canvas.colours("muted"))
    place = dot.encode(x=alt.XValue(round(at.x, 1)), y=alt.YValue(round(at.y, 1)))
    words = write(canvas, at.label_x, at.label_y + TYPE * 0.35, at.text, "muted", "center", 400, TYPE)
    return [place, words]
