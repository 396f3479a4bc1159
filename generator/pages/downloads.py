"""The list of all data, and the files that hold all of it: data package, archive, ledger."""

from __future__ import annotations

from typing import Any

from generator.exports.ledger import ledger_of
from generator.exports.package import archive_of, package_of, write_json
from generator.exports.sheets import RECORDS, sheets_of
from generator.pages.frame import Rendering, add_page

PACKAGE, ARCHIVE, LEDGER = "datapackage.json", "all.zip", "ledger.json"
MEANINGS = {
    ARCHIVE: "Everything below in one archive: every table as CSV, with the data package that describes it.",
    PACKAGE: "What every table is, its columns, types, sources and terms, in the form of the Data Package standard.",
    LEDGER: "Every number that a page calls: the page, the words, the rows, their sources and how it was computed.",
}


def add_downloads(rendering: Rendering) -> None:
    """The files, and the page that lists every table by theme."""
    subject = rendering.subject
    sheets = sheets_of(subject)
    if not sheets:
        return
    package = write_json(package_of(subject, sheets, rendering.world.site_url))
    files = {PACKAGE: package, **{f"{sheet.name}.csv": sheet.csv for sheet in sheets}}
    files[ARCHIVE] = archive_of(files, subject.site.as_of.first)
    files[LEDGER] = write_json(ledger_of(subject.site, rendering.called))
    rendering.tree |= {f"data/{name}": content for name, content in files.items()}
    records = [sheet for sheet in sheets if sheet.name in RECORDS]
    context: dict[str, Any] = {
        "themes": _tables_by_theme(rendering),
        "records": [(sheet, words_for_size(len(sheet.csv))) for sheet in records],
        "downloads": [(name, meaning, words_for_size(len(files[name]))) for name, meaning in MEANINGS.items()],
        "numbers": len(rendering.called),
    }
    add_page(rendering, "data.md.j2", "/data/", "data/series", **context)


def _tables_by_theme(rendering: Rendering) -> dict[str, list[Any]]:
    subject = rendering.subject
    tables = [*subject.of("series"), *subject.of("register")]
    by_theme = {
        entry.label: sorted(
            (table for table in tables if table.theme == entry.id), key=lambda one: one.title.casefold()
        )
        for entry in subject.site.vocabularies.get("theme", ())
    }
    return {label: tables for label, tables in by_theme.items() if tables}


def words_for_size(number: int) -> str:
    """How much a reader loads: "340 kB", "1.2 MB"."""
    if number >= 1_000_000:
        return f"{number / 1_000_000:.1f} MB"
    return f"{max(1, round(number / 1000))} kB"
