"""The kinds of pages of a finished site, told by what stands on them, so that no list of pages forgets one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from lxml import html as lxml_html

NOT_FOUND = "404.html"
MOVED = "meta[http-equiv=refresh]"
"""The shape of a page that leads on at once."""
_ONE_OF_MANY = re.compile(r"^([^/]+)/[^/]+/")


def shapes_on(site: Path) -> dict[str, frozenset[str]]:
    """The shapes of every page of a site, by its address. The page for wrong addresses is apart: it has none."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return {f"/{name.removesuffix('index.html')}": _shapes_of(site / name, name) for name in pages if name != NOT_FOUND}


def _shapes_of(path: Path, name: str) -> frozenset[str]:
    """What a page is made of: elements by class and role, controls, kinds of records, and its place among others."""
    shapes = {"at " + _ONE_OF_MANY.sub(r"\1/*/", name)}
    for element in lxml_html.parse(str(path)).getroot().iter("*"):
        shapes.add(str(element.tag) if element.tag != "table" else f"table in {element.getparent().tag}")
        shapes |= {f"{element.tag}.{one}" for one in element.get("class", "").split() if one.startswith("bf-")}
        for key in ("role", "type", "http-equiv"):
            if element.get(key):
                shapes.add(f"{element.tag}[{key}={element.get(key)}]")
        if element.get("src") or element.get("rel") == "stylesheet":
            shapes.add(f"loads a {PurePosixPath(element.get('src') or element.get('href')).suffix}")
        if element.get("data-record"):
            shapes.add(f"a {element.get('data-record').partition('/')[0]}")
        if element.get("href", "").startswith("http"):
            shapes.add("leads out")
    return frozenset(shapes)


def one_of_each(pages: Mapping[str, frozenset[str]], known: frozenset[str] = frozenset()) -> list[str]:
    """Few pages on which every shape stands that any page has, but for those that are known: the richest first."""
    left = frozenset().union(*pages.values()) - known
    chosen = []
    while left:
        best = max(sorted(pages), key=lambda address: len(pages[address] & left))
        chosen.append(best)
        left -= pages[best]
    return chosen
