"""Prints the sheet and the key of every lesson of a built site as PDF, and links them from the lesson's page.

Apart from the build, which needs no browser: without it a lesson still prints from its page.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page

from generator.build import write_file
from tests.reading import started
from tests.serving import served

PAPERS = {"a4": "A4", "letter": "Letter"}
SHEETS = {"handout": ("", "Sheet for students"), "40minutes": ("#40", "Sheet for 40 minutes"), "key": ("key/", "Key")}
"""Each sheet by its name: the end of its page's address, where a number is the form to choose, and words for it."""
_PLACE = re.compile(r'<p class="bf-handouts"[^>]*>.*?</p>', re.DOTALL)
_STAMP = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=Path("site"), help="the built site")
    site = parser.parse_args(arguments).site
    with started() as browser:
        made = make_handouts(site, browser)
    print(f"{len(made)} sheets for {len(lessons_in(site))} lessons in {site / 'lessons'}")
    return 0


def lessons_in(site: Path) -> list[str]:
    """The ids of the lessons of a built site."""
    return sorted(page.parent.parent.name for page in site.glob("lessons/*/key/index.html"))


def make_handouts(site: Path, browser: Browser) -> list[Path]:
    """Write every sheet on every paper beside the page of its lesson, and lead to it from there."""
    made = []
    with served(site) as address, browser.new_page() as page:
        for lesson in lessons_in(site):
            made += list(_print_lesson(site / "lessons" / lesson, f"{address}/lessons/{lesson}/", page))
            _link(site / "lessons" / lesson / "index.html", lesson)
    return made


def _print_lesson(folder: Path, address: str, page: Page) -> Iterator[Path]:
    for sheet, (end, _) in SHEETS.items():
        page.goto(address + end)
        if "#" in end:
            page.locator(f"#form-{end.lstrip('#')}").check()
        for name, paper in PAPERS.items():
            path = folder / f"{folder.name}-{sheet}-{name}.pdf"
            write_file(path, without_time(page.pdf(format=paper)))
            yield path


def without_time(pdf: bytes) -> bytes:
    """The same file on every day: the moment at which it was made is no part of it."""
    return _STAMP.sub(lambda match: b"/%b (D:20000101000000" % match[1], pdf)


def _link(page: Path, lesson: str) -> None:
    links = " · ".join(
        f'<a href="{lesson}-{sheet}-{name}.pdf">{words}, {paper}</a>'
        for sheet, (_, words) in SHEETS.items()
        for name, paper in PAPERS.items()
    )
    text = page.read_text("utf-8")
    linked = _PLACE.sub(lambda _: f'<p class="bf-handouts">On paper (PDF): {links}</p>', text)
    write_file(page, linked.encode())


if __name__ == "__main__":
    sys.exit(main())
