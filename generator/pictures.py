"""A drawing as a file of its own: an image with its colours for light and dark, and with the widths of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree

from generator.charts.fonts import width_of
from generator.model import Site
from generator.palette import dark_tokens, light_tokens

SVG = "{http://www.w3.org/2000/svg}"
_TOKEN = re.compile(r"var\(--bf-([a-z0-9-]+)\)")


def as_picture(site: Site, svg: str) -> bytes:
    """An inline drawing as the file of an image.

    An image has neither the colours nor the fonts of the page that shows it. Its colours follow the palette of that
    page, or of the reader's system where the browser cannot tell; its paper is painted, so that it can be read on
    either. Each line of words keeps the width it was placed with, whatever font the reader has.
    """
    root = etree.fromstring(svg.encode())
    for words in root.iter(f"{SVG}text"):
        _keep_widths(words)
    root.insert(0, etree.Element(f"{SVG}rect", {"width": "100%", "height": "100%", "fill": "var(--bf-paper)"}))
    used = sorted({"paper", *_TOKEN.findall(svg)})
    style = etree.Element(f"{SVG}style")
    light, dark = (_variables(tokens, used) for tokens in (light_tokens(site), dark_tokens(site)))
    style.text = f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"
    root.insert(0, style)
    return bytes(etree.tostring(root))


def size_of(svg: str) -> tuple[int, int]:
    """The width and height of a drawing in pixels."""
    root = etree.fromstring(svg.encode())
    return int(float(root.attrib["width"])), int(float(root.attrib["height"]))


def _keep_widths(words: etree._Element) -> None:
    """Give each line of a text the width that it has in the font of the site."""
    size, weight = float(words.get("font-size", "14").removesuffix("px")), int(words.get("font-weight", "400"))
    for line in [words, *words.iter(f"{SVG}tspan")]:
        if line.text and line.text.strip():
            line.set("textLength", f"{width_of(line.text, size, weight):g}")
            line.set("lengthAdjust", "spacingAndGlyphs")


def _variables(tokens: Mapping[str, str], used: Iterable[str]) -> str:
    return "".join(f"--bf-{token}:{tokens[token]};" for token in used)
