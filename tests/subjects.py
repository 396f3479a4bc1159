"""Small invented subjects, written as an author's files and read as they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.build import Places
from generator.load import load
from generator.model import Subject
from tests.sites import places_of

SITE = """\
title: Alba and Bora
tagline: By ferry
description: An invented subject.
question: Who needs whom?
language: en
as_of: "1960-01-31"
parties:
  - {id: alba, label: Alba, light: {line: "#0F4C55", text: "#0F4C55"}, dark: {line: "#9BE3DF", text: "#9BE3DF"}}
  - id: bora
    label: Bora
    light: {line: "#BB7408", text: "#8A5200"}
    dark: {line: "#C98528", text: "#E0A04A"}
    dash: [7, 3]
units:
  - {id: crown, label: crowns, base: crown}
  - {id: thousand-crowns, label: thousand crowns, base: crown, factor: "1000"}
  - {id: million-crowns, label: million crowns, base: crown, factor: "1000000"}
  - {id: passenger, label: passengers, one: passenger, base: passenger}
  - {id: cable, label: cables, base: fathom, factor: "100"}
  - {id: league, label: leagues, base: fathom, factor: "3040"}
  - {id: percent, label: percent, base: percent, form: percent}
vocabularies:
  theme: [{id: goods, label: Goods}]
  lane: [{id: boats, label: Boats}, {id: councils, label: Councils}]
  grade: [{id: a, label: A}]
  status: [{id: reported, label: reported}, {id: about, label: about}, {id: estimate, label: estimate}]
  standing: [{id: press, label: Press}]
"""
SOURCES = """\
- {id: book, title: The book, by: The office, standing: press, url: https://example.org/book}
- {id: gazette, title: The Gazette, by: The Gazette, standing: press, url: https://example.org/gazette}
"""
ERA = "{id: steam, title: Steam, date: 1000/1959, description: Steaming., boundary: None., sources: [book]}\n"
HOME = "---\ntitle: Home\ndescription: A home page.\nkind_of_page: home\n---\n\nText.\n"


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Places:
    """A site of these files; what it does not name of site, sources and home page is filled in."""
    everything = {"data/site.yml": SITE, "data/sources.yml": SOURCES, "docs/index.md": HOME, **files}
    for path, content in everything.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return places_of(folder)


def read_files(folder: Path, files: Mapping[str, str | bytes]) -> tuple[Subject, list[str]]:
    """The subject of these files, and what reading them reports."""
    places = write_files(folder, files)
    subject, problems = load(places.data, places.docs, places.config)
    return subject, [str(problem) for problem in sorted(problems)]


def subject_of(folder: Path, files: Mapping[str, str | bytes]) -> Subject:
    """The subject of files that are read without a problem."""
    subject, problems = read_files(folder, files)
    assert problems == []
    return subject


def series(id: str, rows: str, columns: str = "{}", unit: str = "crown", more: str = "") -> dict[str, str]:
    """The sidecar and the CSV file of a series; `rows` begins with the names of the columns."""
    sidecar = f"id: {id}\ntitle: The {id}\ntheme: goods\ndefinition: Counted.\ngrade: a\ngrade_reason: Seen.\n"
    sidecar += f"columns: {columns}\nunit: {unit}\nfrequency: mixed\n{more}"
    return {f"data/series/{id}.yml": sidecar, f"data/series/{id}.csv": rows}


def events(*lines: str) -> dict[str, str]:
    """An era and events in it: each line is the inside of a mapping with `id`, `date` and what else matters."""
    rest = "era: steam, lanes: [boats], themes: [goods], importance: 1, sources: [book]"
    told = [f"- {{{line}{'' if 'title:' in line else ', title: Told'}, summary: So it was., {rest}}}" for line in lines]
    return {"data/eras.yml": ERA, "data/events.yml": "\n".join(told) + "\n"}


def page(body: str, title: str = "A page", kind: str = "about", more: str = "") -> str:
    """A Markdown file whose body begins on line 6, if `more` adds no lines."""
    return f"---\ntitle: {title}\ndescription: A page.\nkind_of_page: {kind}\n{more}---\n{body}"
