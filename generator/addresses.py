"""Public addresses of what is generated, and links between them that work under any sub-path."""

from __future__ import annotations

import re
from typing import Any

RESERVED = (
    "/timeline/",
    "/charts/",
    "/data/",
    "/articles/",
    "/contested/",
    "/people/",
    "/glossary/",
    "/documents/",
    "/places/",
    "/sources/",
    "/corrections/",
    "/scorecard/",
    "/lessons/",
    "/about/rules/",
    "/about/data-format/",
    "/assets/",
)
FILES_OF_DATA = (
    *("all", "datapackage", "ledger"),
    *("events", "people", "terms", "places", "claims", "sources"),
)
"""Names below /data/ of files that are no table of the subject's."""
MOST_LETTERS = 80
DEVICES = ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
"""Names that Windows gives no file, with whatever ending."""
HOMES = {
    "era": "/timeline/#{id}",
    "event": "/timeline/#{id}",
    "series": "/data/{id}/",
    "register": "/data/{id}/",
    "chart": "/charts/{id}/",
    "lesson": "/lessons/{id}/",
    "article": "/articles/{id}/",
    "claim": "/articles/{article}/#{id}",
    "question": "/articles/#{id}",
    "contested": "/contested/{theme}/#{id}",
    "correction": "/corrections/#{id}",
    "person": "/people/#{id}",
    "term": "/glossary/#{id}",
    "document": "/documents/#{id}",
    "place": "/places/#{id}",
    "source": "/sources/#{id}",
    "part": "/story/#{id}",
}
"""Where the records of each kind stand."""


def timeline(event: str = "") -> str:
    return home("event", event) if event else "/timeline/"


def chart(id: str) -> str:
    return home("chart", id)


def series(id: str, anchor: str = "") -> str:
    return home("series", id) + (f"#{anchor}" if anchor else "")


def source(id: str) -> str:
    return home("source", id)


def article(id: str) -> str:
    return home("article", id)


def claim(article: str, id: str) -> str:
    return home("claim", id, article=article)


def question(id: str) -> str:
    return home("question", id)


def contested(theme: str = "", id: str = "") -> str:
    """The list of what is contested, the page of a theme, or an entry on it."""
    if id:
        return home("contested", id, theme=theme)
    return f"/contested/{theme}/" if theme else "/contested/"


def correction(id: str = "") -> str:
    return home("correction", id) if id else "/corrections/"


def lessons() -> str:
    return "/lessons/"


def key(lesson: str) -> str:
    """The page for teachers of a lesson."""
    return f"{home('lesson', lesson)}key/"


def person(id: str) -> str:
    return home("person", id)


def term(id: str) -> str:
    return home("term", id)


def place(id: str) -> str:
    return home("place", id)


def document(id: str, passages: object) -> str:
    """A document of which passages were seen has a page; any other is an anchor of the list."""
    return f"/documents/{id}/" if passages else home("document", id)


def part(id: str, charts: object) -> str:
    """A part of the story for which charts are named has a front page; any other is an anchor of the list."""
    return f"/story/{id}/" if charts else home("part", id)


KINDS_AT = {
    "timeline": "event",
    "sources": "source",
    "people": "person",
    "glossary": "term",
    "places": "place",
    "documents": "document",
    "corrections": "correction",
}
"""Pages on which every record of a kind is an anchor."""


def record_at(folder: str, anchor: str) -> str:
    """The kind and id of the record that stands in a folder of the site at an anchor; empty where none does."""
    if folder in KINDS_AT:
        return f"{KINDS_AT[folder]}/{anchor}" if anchor else ""
    top, _, id = folder.partition("/")
    if top == "contested" and anchor:
        return f"contested/{anchor}"
    if top == "articles" and id:
        return f"claim/{anchor}" if anchor else f"article/{id}"
    kinds = {"data": "table", "charts": "chart", "documents": "document"}
    return f"{kinds[top]}/{id}" if top in kinds and id else ""


def uses(standing: str) -> str:
    """The page of what rests on the sources of one standing; an anchor for each source."""
    return f"/sources/{standing}/"


def home(kind: str, id: str, article: str = "", theme: str = "") -> str:
    """Where a record stands; empty where records of its kind have no place of their own."""
    return HOMES.get(kind, "").format(id=id, article=article, theme=theme)


def fault_of_name(name: str) -> str:
    """Why a file cannot bear this name on every system; empty where it can."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        return "is not of lower-case letters, digits and single hyphens"
    if len(name) > MOST_LETTERS:
        return f"is longer than {MOST_LETTERS} letters"
    return "is what Windows calls a device" if name in DEVICES else ""


def of_record(record: Any) -> str:
    """Where a record stands; some records of a kind have a page of their own."""
    if record.kind == "document":
        return document(record.id, record.passages)
    if record.kind == "part":
        return part(record.id, record.charts)
    return home(record.kind, record.id, getattr(record, "article", ""), getattr(record, "theme", ""))


def file_of(address: str) -> str:
    """The file in the Markdown tree for an address of a page: `/data/x/` is `data/x/index.md`."""
    return f"{address.lstrip('/')}index.md"


def address_of(file: str) -> str:
    """The address of the page that a file of the Markdown tree becomes: `/story/` for `story/index.md`."""
    parts = file.removesuffix(".md").split("/")
    kept = parts[:-1] if parts[-1] == "index" else parts
    return "/" + "".join(f"{part}/" for part in kept)


def link(start: str, end: str) -> str:
    """The relative link from the page at one address to another address, which may have an anchor.

    Relative, so that the site works under any sub-path and from a folder.
    """
    target, hash_mark, anchor = end.partition("#")
    if target == start and hash_mark:
        return f"#{anchor}"
    here, there = start.strip("/").split("/"), target.strip("/").split("/")
    here, there = [part for part in here if part], [part for part in there if part]
    is_folder = target.endswith("/")
    common = 0
    while common < min(len(here), len(there) - (0 if is_folder else 1)) and here[common] == there[common]:
        common += 1
    path = "../" * (len(here) - common) + "/".join(there[common:])
    path += "/" if is_folder and there[common:] else ""
    return (path or "./") + hash_mark + anchor
