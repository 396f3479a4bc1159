"""One page of every kind on a finished site, so that no list of pages forgets one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lxml import html as lxml_html

NOT_FOUND = "404.html"
_OWN = re.compile(r'(?:href|src)="[./]*assets/(\w+\.(?:css|js))"')
_MOVED = '<meta http-equiv="refresh"'
_NOT_LISTED = re.compile(r'<meta name="robots" content="[^"]*noindex')


@dataclass(frozen=True)
class Kind:
    """Pages that are made alike, with the one that is looked at: the largest, as the hardest to load."""

    address: str
    title: str
    pages: int
    is_listed: bool
    """Whether search engines may list them."""


def kinds_on(site: Path) -> list[Kind]:
    """The kinds of a site by address: pages at one depth of a folder that load the same styles and scripts.

    The page for wrong addresses and those that only lead on are left out.
    """
    texts = {path: path.read_text("utf-8") for path in sorted(site.rglob("*.html")) if path.name != NOT_FOUND}
    alike: dict[tuple[str, int, frozenset[str]], list[Path]] = {}
    for path, text in texts.items():
        if _MOVED not in text:
            top, *below = path.relative_to(site).parts
            alike.setdefault((top, len(below), frozenset(_OWN.findall(text))), []).append(path)
    return sorted((_kind(site, paths, texts) for paths in alike.values()), key=lambda kind: kind.address)


def _kind(site: Path, paths: list[Path], texts: dict[Path, str]) -> Kind:
    path = max(paths, key=lambda path: (len(texts[path]), path))
    name = path.relative_to(site).as_posix()
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    (title, *_) = lxml_html.document_fromstring(texts[path].encode(), parser=parser).xpath("//h1")
    is_listed = not _NOT_LISTED.search(texts[path])
    words = " ".join(title.text_content().rstrip("¶ ").split())
    return Kind(f"/{name.removesuffix('index.html')}", words, len(paths), is_listed)
