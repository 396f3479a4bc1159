"""Builds the finished Markdown tree with both site engines, and tells page by page where they differ for a reader."""

from __future__ import annotations

import difflib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from lxml import html as lxml_html

from generator.publish import EPOCH, EngineFailed, page_of, run_engine

THEME = Path(__file__).parent.parent / "generator/theme/overrides"
OWN_OF_THE_ENGINE = ".//*[contains(concat(' ', @class, ' '), ' headerlink ')] | .//script | .//style"
"""The sign behind a heading that links to it, and what is no text."""
MOST = 5
"""So many differences of one sort are told of each page."""


@dataclass(frozen=True)
class Reading:
    """What a reader finds on a page: its words and links in order, and the anchors to which links lead."""

    words: tuple[str, ...]
    links: tuple[str, ...]
    anchors: frozenset[str]


@dataclass(frozen=True)
class Comparison:
    """How many pages were compared, a line for each difference, and the pages with the one that is known."""

    pages: int
    differences: tuple[str, ...]
    misled: tuple[str, ...]


def compare(tree: Path, config: Path, work: Path) -> Comparison:
    """Build a Markdown tree with both engines in an empty folder, and compare them. Raises `EngineFailed`."""
    shutil.copytree(tree, work / "build/docs")
    shutil.copytree(THEME, work / "generator/theme/overrides")
    shutil.copy(config, work / "mkdocs.yml")
    run_engine(work / "mkdocs.yml", (work / "by-mkdocs").resolve(), EPOCH)
    run_second_engine(work)
    paths = (path.relative_to(tree).as_posix() for path in tree.rglob("*"))
    meant = {page_of(path) for path in paths if path.endswith((".md", ".html"))}
    first, second = read_all(work / "by-mkdocs"), read_all(work / "site")
    known = tuple(page for page in sorted(meant) if is_misled(page, first, second))
    return Comparison(len(meant), tuple(differences(meant, first, second)), known)


def run_second_engine(project: Path) -> None:
    """Build a project into its own `site` with Zensical. Raises `EngineFailed`."""
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "--config-file", "mkdocs.yml"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise EngineFailed(f"Zensical: {(done.stdout + done.stderr).strip()}")


def read_all(site: Path) -> dict[str, Reading]:
    """Every page of a finished site by its path, but for the one that says that there is no page."""
    return {
        path.relative_to(site).as_posix(): read(path)
        for path in sorted(site.rglob("*.html"))
        if path.name != "404.html"
    }


def read(page: Path) -> Reading:
    """The article of a page, or the whole of a page without one. Spaces count as one: engines lay code out anew."""
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    root = lxml_html.document_fromstring(page.read_bytes(), parser=parser)
    article = next(iter(root.xpath("//article")), root)
    for element in article.xpath(OWN_OF_THE_ENGINE):
        element.drop_tree()
    words = " ".join(article.xpath(".//text()")).split()
    anchors = frozenset(id for id in article.xpath(".//@id") if not id.startswith("__"))  # those are the theme's
    return Reading(tuple(words), tuple(article.xpath(".//@href | .//@src")), anchors)


# --- differences ------------------------------------------------------------------------------------------------


def differences(meant: set[str], first: Mapping[str, Reading], second: Mapping[str, Reading]) -> Iterator[str]:
    """Where two sites differ: in the pages they have, and in the words, links and anchors of each page."""
    for engine, site in (("MkDocs", first), ("Zensical", second)):
        yield from (f"{page}: {engine} did not build it" for page in sorted(meant - site.keys()))
        yield from (f"{page}: {engine} built it, and nobody wrote it" for page in sorted(site.keys() - meant))
    for page in sorted(first.keys() & second.keys()):
        ours, theirs = first[page], second[page]
        for said in (*_of_words(ours, theirs), *_of_links(ours, theirs), *_of_anchors(ours, theirs)):
            yield f"{page}: {said}"


def _of_words(ours: Reading, theirs: Reading) -> Iterator[str]:
    if ours.words == theirs.words:
        return
    blocks = difflib.SequenceMatcher(None, ours.words, theirs.words, autojunk=False).get_opcodes()
    changed = [block for block in blocks if block[0] != "equal"]
    for _, start, end, other_start, other_end in changed[:MOST]:
        before = " ".join(ours.words[max(start - 3, 0) : start])
        had, has = " ".join(ours.words[start:end]), " ".join(theirs.words[other_start:other_end])
        yield f'after "{before}" MkDocs has "{had[:100]}", Zensical "{has[:100]}"'
    if len(changed) > MOST:
        yield f"{len(changed) - MOST} differences more in its words"


def _of_links(ours: Reading, theirs: Reading) -> Iterator[str]:
    links = zip_longest(ours.links, theirs.links, fillvalue="nothing")
    changed = [(our, their) for our, their in links if their not in (our, too_far_up(our))]
    yield from (f"MkDocs links to {our}, Zensical to {their}" for our, their in changed[:MOST])


def _of_anchors(ours: Reading, theirs: Reading) -> Iterator[str]:
    for engine, anchors in (("MkDocs", ours.anchors - theirs.anchors), ("Zensical", theirs.anchors - ours.anchors)):
        if anchors:
            yield f"only {engine} has the anchors {', '.join(sorted(anchors)[:MOST])}"


def too_far_up(link: str) -> str:
    """Where Zensical leads a link in HTML on a page that is no index: it starts from the Markdown file, not the page.

    This is the difference that is known; the page /about/engine/ says what to do about it.
    """
    return f"../{link.removeprefix('./')}"


def is_misled(page: str, first: Mapping[str, Reading], second: Mapping[str, Reading]) -> bool:
    """Whether Zensical leads some link of a page too far up."""
    if page not in first or page not in second:
        return False
    return any(their == too_far_up(our) for our, their in zip(first[page].links, second[page].links, strict=False))


def main() -> int:
    """Compare the engines on the tree of the last build. Returns 1 where something new was found."""
    with tempfile.TemporaryDirectory() as work:
        try:
            found = compare(Path("build/docs"), Path("mkdocs.yml"), Path(work) / "project")
        except EngineFailed as stopped:
            print(stopped)
            return 1
    for difference in found.differences:
        print(difference)
    print(f"{found.pages} pages under MkDocs and Zensical: {len(found.differences) or 'no'} differences.")
    if found.misled:
        print(f"Known: on {len(found.misled)} pages Zensical leads links in HTML one folder too far up.")
    else:
        print(
            "Zensical leads no link too far up any more: take that out of weekly/engines.py and docs/about/engine.md."
        )
    return 0 if found.misled and not found.differences else 1


if __name__ == "__main__":
    sys.exit(main())
