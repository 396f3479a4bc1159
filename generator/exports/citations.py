"""How to cite a table or chart of the site: in words of three styles, and for reference managers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator import addresses
from generator.dates import MONTHS, Date
from generator.model import Chart, Site, Table

SHORT_MONTHS = ("", "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "#$%&_"},
}
"""A brace is written as a command: BibTeX counts braces even behind a backslash."""


@dataclass(frozen=True)
class Citation:
    """What a citation says; `url` is empty where the address of the site is not known."""

    id: str
    title: str
    author: str
    site: str
    day: Date
    url: str
    medium: str = "Data set"


def citation_of(site: Site, record: Table | Chart, site_url: str) -> Citation:
    """A table or a chart, by the contributors of the site, as of the site's own day."""
    home = addresses.chart(record.id) if isinstance(record, Chart) else addresses.series(record.id)
    url = site_url.rstrip("/") + home if site_url else ""
    title, name = _one_line(record.title), _one_line(site.title)
    medium = "Chart" if isinstance(record, Chart) else "Data set"
    return Citation(record.id, title, f"{name} contributors", name, site.as_of.start, url, medium)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def in_styles(citation: Citation) -> dict[str, str]:
    """The citation in each style by its name: the forms of APA 7, MLA 9 and Chicago 17 for what a site publishes."""
    c, day = citation, citation.day
    month, end = day.month or 1, f" {c.url}" if c.url else ""
    title, site = _closed(c.title), _closed(c.site)
    apa = f"{c.author}. ({day.year}, {MONTHS[month]} {day.day}). {c.title} [{c.medium}]. {site}{end}"
    mla_end = f", {c.url}" if c.url else ""
    mla = f"{c.author}. “{title}” {c.site}, {day.day} {SHORT_MONTHS[month]} {day.year}{mla_end}."
    chicago = (
        f"{c.author}. “{title}” {c.medium}. {c.site}, {MONTHS[month]} {day.day}, {day.year}.{end}{'.' if end else ''}"
    )
    return {"APA": apa, "MLA": mla, "Chicago": chicago}


def _closed(text: str) -> str:
    """The text with a full stop, unless it ends in a mark that closes it."""
    return text if text.endswith(("?", "!", ".")) else f"{text}."


def as_bibtex(citation: Citation) -> str:
    """An entry for BibTeX. The outer pair of braces keeps the author one name and the title's capitals."""
    day = citation.day
    fields = {
        "author": f"{{{_latex(citation.author)}}}",
        "title": f"{{{_latex(citation.title)}}}",
        "howpublished": _latex(citation.site),
        "year": str(day.year),
        "month": str(day.month),
        "note": f"Data set, as of {day}",
        "url": re.sub(r"[{}\\]", "", citation.url),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{citation.id},\n{lines}}}\n"


def _latex(text: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in text)


def as_ris(citation: Citation) -> str:
    """An entry of the type data set for RIS, in which a line is a field."""
    day = citation.day
    fields = [
        ("TY", "DATA"),
        ("ID", citation.id),
        ("AU", citation.author),
        ("TI", citation.title),
        ("PB", citation.site),
        ("PY", str(day.year)),
        ("DA", f"{day.year:04}/{day.month or 1:02}/{day.day or 1:02}"),
        ("UR", citation.url),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in fields if value) + "ER  - \n"
