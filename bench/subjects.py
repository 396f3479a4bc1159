"""Invented subjects of any size, written as an author's files: the same words and numbers on every machine."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from mkdocs.utils.yaml import yaml_load

from bench.measure import ROOT

CHAPTERS, CHARTS, PARTS = 100, 50, 5
SENTENCES, CALLS_EVERY = 45, 5
YEARS = range(1921, 1951)
REPORTERS = ("Alba", "Bora")
SOURCES = 20
OVERRIDES = "generator/theme/overrides"
"""Our templates of the theme: settings may name a folder beside them alone."""
_CALL = re.compile(r'\{\{ n\("goods-(\d+)", (\d+), reporter="(\w+)"\) \}\}')

WHO = (
    *("The harbour office", "A clerk of the mole", "The council of the island", "The pilot", "An old boatman"),
    *("The keeper of the light", "The customs house", "A widow from the quay", "The rope maker", "The salt merchant"),
    "The master of the ferry",
)
DID = ("wrote down", "weighed", "counted", "sent back", "asked for", "lost sight of", "paid for")
WHAT = (
    *("the barrels on the north quay", "each sack of salt", "the tar and the rope", "the fish from the outer banks"),
    *("the letters of the other island", "the tolls of the season", "the oars in the long shed", "the old chart"),
    *("the lamps along the pier", "the wool of the hill farms", "the names of the crew", "the ice in the hold"),
    "the timber for the new boat",
)
WHEN = (
    *("before the tide turned", "as the book of the pier tells", "when the wind allowed it", "in the long winter"),
    *("after the fair had closed", "while the mole was mended", "without a word to the others"),
    *("as was the custom there", "on the first dry day of spring"),
)

SITE: dict[str, Any] = {
    "title": "Alba and Bora",
    "tagline": "By ferry",
    "description": "An invented subject, as large as a measurement asks.",
    "question": "Who needs whom?",
    "language": "en",
    "as_of": "1960-01-31",
    "parties": [
        {
            "id": name.lower(),
            "label": name,
            "names": [name],
            "light": {"line": line, "text": text},
            "dark": {"line": dark, "text": dark},
        }
        for name, line, text, dark in zip(
            REPORTERS, ("#0F4C55", "#BB7408"), ("#0F4C55", "#8A5200"), ("#9BE3DF", "#E0A04A"), strict=True
        )
    ],
    "units": [{"id": "crown", "label": "crowns", "base": "crown"}],
    "vocabularies": {
        "theme": [{"id": "goods", "label": "Goods"}, {"id": "boats", "label": "Boats"}],
        "lane": [{"id": "boats", "label": "Boats"}, {"id": "councils", "label": "Councils"}],
        "warmth": [
            {"id": id, "label": id.replace("-", " ")} for id in ("minus-2", "minus-1", "zero", "plus-1", "plus-2")
        ],
        "grade": [{"id": "a", "label": "A"}],
        "status": [{"id": "reported", "label": "reported"}],
        "standing": [{"id": "press", "label": "Press"}],
        "claim-kind": [{"id": "figure", "label": "Figure"}],
        "verdict": [{"id": "supported", "label": "Supported"}, {"id": "contradicted", "label": "Contradicted"}],
    },
}


# --- words and numbers ------------------------------------------------------------------------------------------


def sentence(number: int) -> str:
    """One of some nine thousand sentences without a figure."""
    parts = (WHO, DID, WHAT, WHEN)
    return " ".join(words[number % len(words)] for words in parts) + "."


def value_of(series: int, reporter: str, year: int) -> int:
    """A value that rises over the years and differs by reporter; of three digits, which calls write as they are."""
    return 100 + 25 * (year - YEARS.start) + (31 * series + 17 * year + 53 * REPORTERS.index(reporter)) % 97


def text_of(chapter: int) -> list[str]:
    """The paragraphs of a chapter, with calls for its figures."""
    told = [
        sentence(chapter * SENTENCES + at) if at % CALLS_EVERY else _sentence_with_figure(chapter, at)
        for at in range(SENTENCES)
    ]
    return [" ".join(told[start : start + CALLS_EVERY]) for start in range(0, SENTENCES, CALLS_EVERY)]


def _sentence_with_figure(chapter: int, at: int) -> str:
    series, year, reporter = 1 + (chapter + at) % CHARTS, YEARS[(chapter + at) % len(YEARS)], REPORTERS[chapter % 2]
    call = f'{{{{ n("goods-{series:02}", {year}, reporter="{reporter}") }}}}'
    return f"In {year} the office of {reporter} counted {call} on its side of the strait."


def as_plain(text: str) -> str:
    """The same text for those who know no calls: with the figures themselves."""
    return _CALL.sub(lambda call: f"{value_of(int(call[1]), call[3], int(call[2]))} crowns", text)


# --- the subject of text and charts -----------------------------------------------------------------------------


def write_book(folder: Path) -> None:
    """The subject of the first table: chapters with called figures, and a chart for each series."""
    _write_site(folder, [{title_of_part(part): list(_files_of_part(part))} for part in range(1, PARTS + 1)])
    _write_yaml(
        folder / "data/parts.yml",
        [
            {"id": f"part-{part}", "title": title_of_part(part), "question": "Who counted what?"}
            for part in range(1, PARTS + 1)
        ],
    )
    for series in range(1, CHARTS + 1):
        _write_series(folder, f"goods-{series:02}", _rows_of_book(series))
    _write_yaml(folder / "data/charts.yml", [chart_of(series) for series in range(1, CHARTS + 1)])
    for chapter in range(1, CHAPTERS + 1):
        _write(folder / f"docs/{_file_of(chapter)}", _chapter(chapter))


def title_of_part(part: int) -> str:
    return f"Book {'ABCDE'[part - 1]}"


def title_of_chapter(chapter: int) -> str:
    return f"{WHO[chapter % len(WHO)]} and {WHAT[chapter % len(WHAT)]}"


def _part_of(chapter: int) -> int:
    return 1 + (chapter - 1) * PARTS // CHAPTERS


def _file_of(chapter: int) -> str:
    return f"story/chapter-{chapter:03}.md"


def _files_of_part(part: int) -> Iterator[str]:
    return (_file_of(chapter) for chapter in range(1, CHAPTERS + 1) if _part_of(chapter) == part)


def _chapter(chapter: int) -> str:
    front = {
        "title": title_of_chapter(chapter),
        "description": sentence(chapter),
        "kind_of_page": "chapter",
        "part": title_of_part(_part_of(chapter)),
        "order": chapter,
        "in_one_breath": " ".join(sentence(chapter + at) for at in range(3)),
        "unknown": [sentence(chapter + 2)],
        "read_next": [{"source": _source(chapter + at), "words": "on this"} for at in range(3)],
    }
    first, second = text_of(chapter)[:5], text_of(chapter)[5:]
    body = "\n\n".join(["## What was counted", *first, "## Who counted it", *second])
    return f"---\n{yaml.safe_dump(front, sort_keys=False)}---\n\n{body}\n"


def chart_of(series: int) -> dict[str, Any]:
    """The record of a chart: two lines, one for each reporter."""
    last = YEARS[-1]
    return {
        "id": f"chart-{series:02}",
        "title": f"Goods of the line {_letters(series)}",
        "kind_of_chart": "two-reporters",
        "theme": "goods",
        "unit": "crown",
        "headline": "Both offices counted more from year to year",
        "subtitle": "Goods by the book of each office, {{ unit }}",
        "takeaway": f"Alba counted {{{{ n('goods-{series:02}', {last}, reporter='Alba') }}}} in {last}.",
        "alt": "Lines that rise to the right side by side.",
        "draw": [
            {
                "series": f"goods-{series:02}",
                "where": {"reporter": reporter},
                "label": f"{reporter} counts",
                "party": reporter.lower(),
                "reporter": reporter,
            }
            for reporter in REPORTERS
        ],
    }


def _rows_of_book(series: int) -> Iterator[tuple[object, ...]]:
    return (
        (year, reporter, value_of(series, reporter, year), _source(year)) for year in YEARS for reporter in REPORTERS
    )


def edit_row(folder: Path, run: int) -> None:
    """Give one row of one series another value, a different one in every run."""
    path = folder / "data/series/goods-07.csv"
    lines = path.read_text("utf-8").splitlines()
    date, reporter, _, source = lines[5].split(",")
    lines[5] = f"{date},{reporter},{500 + run},{source}"
    _write(path, "\n".join(lines) + "\n")


# --- subjects of many records -----------------------------------------------------------------------------------


def write_events(folder: Path, number: int) -> None:
    """So many events in ten eras."""
    _write_site(folder, ["timeline/index.md"])
    decades = range(1850, 1950, 10)
    _write_yaml(
        folder / "data/eras.yml",
        [
            {
                "id": f"era-{decade}",
                "title": f"The decade from {decade}",
                "date": f"{decade}/{decade + 9}",
                "description": sentence(decade),
                "boundary": sentence(decade + 1),
                "sources": [_source(decade)],
            }
            for decade in decades
        ],
    )
    _write_records(folder / "data/events", [_event(at, decades[at * len(decades) // number]) for at in range(number)])


def _event(at: int, decade: int) -> dict[str, Any]:
    return {
        "id": f"event-{at + 1:05}",
        "date": f"{decade + at % 10}-{1 + at % 12:02}-{1 + at % 28:02}",
        "title": f"{WHO[at % len(WHO)]} and {WHAT[at % len(WHAT)]}",
        "summary": f"{sentence(at)} {sentence(at + 1)}",
        "era": f"era-{decade}",
        "lanes": [("boats", "councils")[at % 2]],
        "themes": [("goods", "boats")[at // 2 % 2]],
        "importance": 1 + at % 3,
        "sources": [_source(at), _source(at + 1)],
    }


def write_rows(folder: Path, number: int) -> None:
    """One series of so many rows: up to a hundred years for each pier."""
    _write_site(folder, [])
    rows = ((1850 + at % 100, f"Pier {_letters(at // 100)}", 500 + 7 * at % 997, _source(at)) for at in range(number))
    _write_series(folder, "goods-01", rows, "pier")


def write_claims(folder: Path, number: int) -> None:
    """So many claims of five articles."""
    _write_site(folder, [])
    _write_yaml(
        folder / "data/articles.yml",
        [
            {
                "id": f"article-{article}",
                "title": f"{WHO[article]} and {WHAT[article]}",
                "author": WHO[article],
                "publication": "The Strait Gazette",
                "issued": "1957",
                "source": _source(article),
                "thesis": sentence(article),
                "lens": "Trade",
                "stance": "Neither side's",
                "leaves_out": sentence(article + 1),
            }
            for article in range(5)
        ],
    )
    _write_records(folder / "data/claims", [_claim(at, at * 5 // number) for at in range(number)])


def _claim(at: int, article: int) -> dict[str, Any]:
    return {
        "id": f"claim-{at + 1:05}",
        "article": f"article-{article}",
        "paragraph": at + 1,
        "claim": sentence(at),
        "kind_of_claim": "figure",
        "theme": ("goods", "boats")[at % 2],
        "verdict": ("supported", "contradicted")[at // 2 % 2],
        "explanation": f"{sentence(at + 1)} {sentence(at + 2)}",
        "sources": [_source(at)],
    }


GROWING: dict[str, Callable[[Path, int], None]] = {
    "events": write_events,
    "rows of a series": write_rows,
    "claims": write_claims,
}
"""What is measured as it grows, and who writes so many of it."""


# --- files ------------------------------------------------------------------------------------------------------


def _write_site(folder: Path, navigation: list[Any]) -> None:
    """An empty folder with what every subject has: its words, its sources, three pages, the engine's settings."""
    shutil.rmtree(folder, ignore_errors=True)
    _write_yaml(folder / "data/site.yml", SITE)
    _write_yaml(
        folder / "data/sources.yml",
        [
            {
                "id": f"book-{number:02}",
                "title": f"Book of the line {_letters(number)}",
                "by": "The office",
                "standing": "press",
                "url": f"https://example.org/book/{number}",
            }
            for number in range(1, SOURCES + 1)
        ],
    )
    pages = {"index.md": "home", "story/index.md": "index", "about/index.md": "about"}
    for name, kind in pages.items():
        front = f"---\ntitle: The {kind}\ndescription: A page.\nkind_of_page: {kind}\n---\n\n"
        _write(folder / "docs" / name, front + ("{{ chapters() }}\n" if kind == "index" else "Text.\n"))
    _write_yaml(folder / "mkdocs.yml", settings([*pages, *navigation]))
    shutil.copytree(ROOT / OVERRIDES, folder / OVERRIDES)


def settings(navigation: list[Any]) -> dict[str, Any]:
    """The project's own settings of the engine, with another navigation and without the links of its footer."""
    with (ROOT / "mkdocs.yml").open(encoding="utf-8") as file:
        project = yaml_load(file)
    own = {"site_name": SITE["title"], "extra": {"generator": False}, "not_in_nav": "*", "nav": navigation}
    return {**project, **own}


def _write_series(folder: Path, id: str, rows: Iterator[tuple[object, ...]], column: str = "reporter") -> None:
    sidecar = {
        "id": id,
        "title": f"Goods in book {_letters(int(id.removeprefix('goods-')))}",
        "theme": "goods",
        "definition": "Value of what crossed the strait.",
        "grade": "a",
        "grade_reason": "Counted.",
        "columns": {column: "Where it was counted"},
        "unit": "crown",
        "frequency": "year",
    }
    _write_yaml(folder / f"data/series/{id}.yml", sidecar)
    lines = [f"date,{column},value,source", *(",".join(map(str, row)) for row in rows)]
    _write(folder / f"data/series/{id}.csv", "\n".join(lines) + "\n")


def _source(number: int) -> str:
    return f"book-{1 + number % SOURCES:02}"


def _letters(number: int) -> str:
    """A number in letters, since titles hold no figures: 1 is B, 27 is BB."""
    first, second = divmod(number, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)


def _write_records(folder: Path, records: Sequence[object]) -> None:
    """Records in files of five hundred: a file has a limit."""
    for at in range(0, len(records), 500):
        _write_yaml(folder / f"{at + 1:05}.yml", records[at : at + 500])


def _write_yaml(path: Path, content: object) -> None:
    _write(path, yaml.safe_dump(content, sort_keys=False, allow_unicode=True))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
