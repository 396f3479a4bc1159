"""One chart as finished files: inline drawings, downloads with real colours, and its specification."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lxml import etree

from generator.charts.fonts import FONT
from generator.charts.marks import Mark, marks_of
from generator.dates import Span
from generator.model import Chart, Subject
from generator.palette import light_tokens
from generator.stretches import Stretch

HERE = Path(__file__).parent.parent
SVG = "{http://www.w3.org/2000/svg}"
STRIP = "timeline-strip"
AREAS = "areas-"
"""What the names of second drawings begin with."""
MARGIN = 16
SAID_BY_DEFAULT = {
    ("opacity", "1"),
    ("stroke-width", "1"),
    ("transform", "translate(0,0)"),
    ("x2", "0"),
    ("y2", "0"),
    ("text-anchor", "start"),
    ("font-family", FONT),
}
BESIDE = ("dates", "palette", "plan")
"""Modules beside this package by which drawings are made too."""
COORDINATES = {"d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "r", "points"}


@dataclass(frozen=True)
class Drawing:
    """The files of one chart: inline drawings by size, second ones too, downloads, and the Vega-Lite specification."""

    inline: Mapping[str, str]
    svg: bytes
    png: bytes
    specification: bytes


def key_of(subject: Subject, chart: Chart) -> str:
    """A hash of everything a drawing is made of, so that an unchanged chart need not be drawn again.

    It names the input and the code rather than the specification, because making that one takes Altair.
    """
    marks = marks_of(subject, chart)
    places = [place for mark in marks for place in (mark.place, mark.link) if place]
    parts = {
        "chart": chart.model_dump(mode="json"),
        "rows": [[repr(point) for point in mark.points] for mark in marks],
        "places": [(place.id, place.label, str(place.latitude), str(place.longitude)) for place in places],
        "events": [str(event.date) for event in _events(subject, chart)],
        "site": subject.site.model_dump(mode="json", include={"parties", "units"}),
        "code": _code_hash(),
        "versions": _versions(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def key_of_strip(stretches: Sequence[Stretch]) -> str:
    """The same for the strip above the timeline."""
    parts = [[repr(stretch) for stretch in stretches], _code_hash(), *_versions()]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def _versions() -> list[str]:
    return [version(name) for name in ("altair", "vl-convert-python", "font-source-sans-pro")]


@lru_cache(maxsize=1)
def _code_hash() -> str:
    """Of the code that draws; what comes into a drawing from elsewhere is in its key as it comes."""
    files = [*sorted(Path(__file__).parent.glob("*.py")), *(HERE / f"{name}.py" for name in BESIDE)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _events(subject: Subject, chart: Chart) -> list[Any]:
    return [subject.get("event", id) for id in chart.events]


def draw(subject: Subject, chart: Chart) -> Drawing:
    """Draw a chart at each size, and for its file. The first call starts the converter, which takes a second."""
    from generator.charts.canvas import NARROW, TEXT, WIDE, Canvas, Size
    from generator.charts.kinds import specification, specification_of_areas

    marks = tuple(_with_reporter(chart, mark) for mark in marks_of(subject, chart))

    def canvas(size: Size) -> Canvas:
        spans: tuple[Span, ...] = tuple(event.date for event in _events(subject, chart))
        unit = subject.site.units_by_id[chart.unit]
        return Canvas(chart, marks, unit, spans, size, _in_page)

    sizes = [NARROW, TEXT, *([WIDE] if chart.width == "wide" else [])]
    specs = {size.name: specification(canvas(size)) for size in sizes}
    for size in (NARROW, TEXT):
        if areas := specification_of_areas(canvas(size)):
            specs[f"{AREAS}{size.name}"] = areas
    inline = {name: tidy(to_svg(spec), f"{chart.id}-{name}") for name, spec in specs.items()}
    hexes = light_tokens(subject.site)
    svg = _as_file(_in_hexes(inline[TEXT.name], hexes), f"{chart.id}-file", hexes["paper"])
    spec = json.loads(_in_hexes(json.dumps(specs[TEXT.name]), hexes))
    spec["background"] = hexes["paper"]
    spec["padding"] = {side: room + MARGIN for side, room in spec["config"].pop("padding").items()}
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False, indent=1) + "\n"
    return Drawing(inline, svg.encode(), to_png(svg), text.encode())


def _as_file(svg: str, name: str, paper: str) -> str:
    """A drawing as a picture of its own: on paper, with a margin."""
    root = etree.fromstring(_rename_ids(svg, name))
    width, height = (str(int(root.get(side)) + 2 * MARGIN) for side in ("width", "height"))
    root.set("width", width)
    root.set("height", height)
    root.set("viewBox", f"-{MARGIN} -{MARGIN} {width} {height}")
    corner = {"x": str(-MARGIN), "y": str(-MARGIN)}
    root.insert(0, root.makeelement(f"{SVG}rect", {**corner, "width": width, "height": height, "fill": paper}))
    return str(etree.tostring(root, encoding="unicode"))


def _with_reporter(chart: Chart, mark: Mark) -> Mark:
    """A mark that readers hide when they choose another reporter."""
    if not mark.draw.reporter:
        return mark
    choice = f"by-{chart.reporters.index(mark.draw.reporter) + 1}"
    return replace(mark, line=f"{choice}/{mark.line}", text=f"{choice}/{mark.text}")


_IN_PAGE = re.compile(r"var\(--bf-(?:[\w-]+,var\(--bf-([\w-]+)\)|([\w-]+))\)")


def _in_hexes(text: str, hexes: Mapping[str, str]) -> str:
    """The colours of `_in_page` as fixed ones, for what leaves the site."""
    return _IN_PAGE.sub(lambda token: hexes[token[1] or token[2]], text)


def _in_page(token: str) -> str:
    """The colour of the reader's palette, under the choice that hides it; `_IN_PAGE` finds the token again."""
    choice, _, base = token.rpartition("/")
    colour = f"var(--bf-{base})"
    return f"var(--bf-{choice},{colour})" if choice else colour


def draw_strip(stretches: Sequence[Stretch]) -> Drawing:
    """The strip above the timeline: how many events begin in each stretch of years."""
    from generator.charts.strip import strip_specification

    inline = {
        name: tidy(to_svg(strip_specification(stretches, width, lambda token: f"var(--bf-{token})")), f"{STRIP}-{name}")
        for name, width in (("narrow", 328), ("text", 640))
    }
    return Drawing(inline, b"", b"", b"")


@lru_cache(maxsize=1)
def _converter() -> Any:
    import vl_convert

    from generator.charts.fonts import register_for_drawing

    register_for_drawing()
    return vl_convert


def to_svg(spec: Mapping[str, Any]) -> str:
    return str(_converter().vegalite_to_svg(dict(spec)))


def to_png(svg: str) -> bytes:
    return bytes(_converter().svg_to_png(svg, scale=2))


def tidy(svg: str, name: str) -> str:
    """The drawing without what only Vega needs, with ids of its own and coordinates to a tenth of a pixel.

    Vega numbers `clipN` and `gradient_N` by process, so ids would differ from run to run and collide on a page. The
    root takes the place of the inner roles; its name and description are added where the words are known.
    """
    root = etree.fromstring(svg.encode())
    for element in list(root.iter(etree.Element)):
        if element.get("class") in ("background", "foreground") and not _is_painted(element):
            element.getparent().remove(element)
            continue
        for attribute, value in list(element.attrib.items()):
            if attribute in COORDINATES:
                element.set(attribute, _to_tenths(value))
            if (
                attribute in ("role", "pointer-events", "class", "version")
                or attribute.startswith("aria-")
                or (attribute, element.get(attribute)) in SAID_BY_DEFAULT
            ):
                del element.attrib[attribute]
    for group in list(root.iter(f"{SVG}g")):
        if not group.attrib:
            _unwrap(group)
    root.set("role", "img")
    root.set("class", "bf-svg")
    root.set("font-family", FONT)
    etree.cleanup_namespaces(root)
    return _rename_ids(etree.tostring(root, encoding="unicode"), name)


def _unwrap(group: Any) -> None:
    """Put the children of a group in its place."""
    parent, place = group.getparent(), group.getparent().index(group)
    parent[place : place + 1] = list(group)


def _to_tenths(numbers: str) -> str:
    return re.sub(r"-?\d+\.\d{2,}", lambda match: f"{float(match[0]):.1f}".removesuffix(".0"), numbers)


def _is_painted(element: Any) -> bool:
    paints = (element.get("fill"), element.get("stroke"))
    return any(paint not in (None, "none", "transparent") for paint in paints)


def _rename_ids(svg: str, name: str) -> str:
    ids = dict.fromkeys(re.findall(r' id="([^"]+)"', svg))
    for number, old in enumerate(ids, 1):
        svg = svg.replace(f' id="{old}"', f' id="{name}-{number}"').replace(f"url(#{old})", f"url(#{name}-{number})")
    return svg


def named(svg: str, id: str, title: str, description: str) -> str:
    """An inline drawing with the name and description that stand for it."""
    from xml.sax.saxutils import escape

    head, _, body = svg.partition(">")
    words = f'<title id="{id}-title">{escape(title)}</title><desc id="{id}-desc">{escape(description)}</desc>'
    return f'{head} aria-labelledby="{id}-title" aria-describedby="{id}-desc">{words}{body}'
