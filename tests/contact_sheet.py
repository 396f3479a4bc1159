"""Puts every chart of the built site on one picture, in both widths and both palettes, for a person to look over."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from html import escape
from pathlib import Path

from lxml import html as lxml_html

from tests.reading import started
from tests.serving import served

PALETTES = ("default", "slate")
# Chromium repeats the top of a picture that is higher than this.
MOST_PIXELS = 16_000

STYLE = """
body { margin: 0; font-family: var(--bf-sans); background: #888; }
main { display: grid; grid-template-columns: repeat(COLUMNS, max-content); gap: 16px; padding: 16px; }
main { width: max-content; }
section > div { display: grid; grid-template-columns: 640px 328px; gap: 24px; padding: 12px 16px; align-items: start; }
section > div { background: var(--bf-paper); color: var(--bf-ink); }
section .bf-drawing { width: 100%; }
section .bf-drawing > div { display: block; }
h2 { grid-column: 1 / -1; margin: 0; font-size: 18px; }
"""


def read_drawings(page: Path) -> dict[str, str]:
    """The inline drawings of a chart's page, by the name of their size."""
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    root = lxml_html.document_fromstring(page.read_bytes(), parser=parser)
    drawings = {}
    for size in ("text", "narrow"):
        (drawing,) = root.xpath(f"//figure[@data-chart]//*[@class='bf-drawing']/*[@class='bf-{size}']")
        drawings[size] = lxml_html.tostring(drawing, encoding="unicode")
    return drawings


def render_sheet(site: Path) -> str:
    """The page that is photographed: a section for each chart, light above dark, with the site's own styles."""
    pages = sorted(page for page in site.glob("charts/*/index.html"))
    sections = [_render_chart(page.parent.name, read_drawings(page)) for page in pages]
    styles = "".join(f'<link rel="stylesheet" href="{path}">' for path in _styles_of(site))
    # A section is about 1,030 wide and 900 high, so this keeps the picture near a square.
    style = STYLE.replace("COLUMNS", str(math.ceil(math.sqrt(len(pages)))))
    return f"<!doctype html><meta charset=utf-8>{styles}<style>{style}</style><main>{''.join(sections)}</main>"


def _render_chart(id: str, drawings: dict[str, str]) -> str:
    palettes = (
        f'<div data-md-color-scheme="{palette}"><h2>{escape(id)}</h2>'
        + "".join(f'<div class="bf-drawing">{drawing}</div>' for drawing in drawings.values())
        + "</div>"
        for palette in PALETTES
    )
    return f"<section>{''.join(palettes)}</section>"


def _styles_of(site: Path) -> list[str]:
    return list(lxml_html.parse(str(site / "index.html")).xpath("//link[@rel='stylesheet']/@href"))


def take_picture(site: Path, picture: Path) -> int:
    """Photograph the sheet. Returns how many drawings are on it; raises `ValueError` where one is not whole."""
    sheet = render_sheet(site)
    with served(site) as address, started() as browser:
        page = browser.new_page()
        page.route(f"{address}/contact-sheet", lambda route: route.fulfill(body=sheet, content_type="text/html"))
        # A reader's page does without a font that comes late; a picture waits for it.
        styles = (site / "assets/site.css").read_text("utf-8").replace("font-display:optional", "font-display:block")
        page.route(f"{address}/assets/site.css", lambda route: route.fulfill(body=styles, content_type="text/css"))
        page.goto(f"{address}/contact-sheet", wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        boxes = [drawing.bounding_box() for drawing in page.locator("section svg").all()]
        box = page.locator("main").bounding_box()
        if not boxes or not box or not all(one and one["width"] > 300 and one["height"] > 50 for one in boxes):
            raise ValueError("A drawing is missing or empty.")
        if max(box["width"], box["height"]) > MOST_PIXELS:
            raise ValueError("The sheet is too large for one picture.")
        page.set_viewport_size({"width": math.ceil(box["width"]), "height": math.ceil(box["height"])})
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=picture)
    return len(boxes)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.contact_sheet", description=__doc__)
    parser.add_argument("--site", type=Path, default=Path("site"), help="the finished site")
    parser.add_argument("--picture", type=Path, default=Path("build/contact-sheet.png"), help="what is written")
    options = parser.parse_args(arguments)
    number = take_picture(options.site, options.picture)
    print(f"{options.picture}: {number} drawings, light above dark")
    return 0


if __name__ == "__main__":
    sys.exit(main())
