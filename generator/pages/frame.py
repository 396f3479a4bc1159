"""What every page is made with: the rendering so far, the templates, and rows as pages show them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from generator import addresses
from generator.charts.drawing import Drawing
from generator.dates import format_span, parse_span
from generator.figures import Figure
from generator.manuscript import Measure
from generator.model import Chart, Record, Row, Series, Source, Subject
from generator.numerals import round_figures, write_digits
from generator.pen import Pen
from generator.problems import Problem
from generator.relations import without_marks
from generator.units import with_unit

HERE = Path(__file__).parent.parent
Tree = dict[str, bytes]
_LETTER = r"[^\W\d_A-Za-z\u00c0-\u024f\u1e00-\u1eff]"
_OTHER_LETTERS = re.compile(rf"({_LETTER}(?:[^A-Za-z\u00c0-\u024f()\[\]]*{_LETTER})?)")
_ANCHOR = re.compile(rb'(?: id="|\{: #)([^"\s}]+)')
InText = Callable[["Rendering", Pen, Any], Markup]


@dataclass(frozen=True)
class World:
    """Addresses outside the site, empty where they are not known: then what needs them is left out."""

    site_url: str = ""
    repo_url: str = ""


@dataclass
class Rendering:
    """The pages written so far; the uses of rows are known once all prose is written."""

    subject: Subject
    drawings: Mapping[str, Drawing]
    world: World
    chart_in_text: InText
    in_text: Mapping[str, InText]
    """What else is drawn inside a text, by the name of its call."""
    tree: Tree = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    uses: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    computed: dict[str, list[tuple[Figure, str, str]]] = field(default_factory=dict)
    sources_used: dict[str, dict[str, str]] = field(default_factory=dict)
    terms_used: dict[str, dict[str, str]] = field(default_factory=dict)
    charts_on: dict[str, dict[str, str]] = field(default_factory=dict)
    named: dict[str, dict[str, str]] = field(default_factory=dict)
    """The pages of prose that name or call a record, by its kind and id."""
    measured: dict[str, tuple[Measure, frozenset[str]]] = field(default_factory=dict)
    """How long the text of each chapter is, and the ids of its sources, by the id of its page."""
    called: list[tuple[str, Figure]] = field(default_factory=list)
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, path: str, text: str) -> None:
        self.tree[path] = text.encode()

    def has(self, address: str) -> bool:
        """Whether this page is written already, with the anchor that the address names."""
        page, _, anchor = address.partition("#")
        text = self.tree.get(addresses.file_of(page)) if address else None
        if text is None:
            return False
        if page not in self.anchors:
            self.anchors[page] = frozenset(found.decode() for found in _ANCHOR.findall(text))
        return not anchor or anchor in self.anchors[page]


# --- templates --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        undefined=jinja2.StrictUndefined,
        comment_start_string="{//",
        comment_end_string="//}",
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
    environment.filters["date"] = format_span
    environment.filters["date_text"] = _date_text
    environment.filters["digits"] = write_digits
    environment.filters["rounded"] = lambda value: f"{round_figures(value, 6):f}"
    environment.filters["json"] = lambda value: Markup(json.dumps(value, ensure_ascii=False))
    environment.filters["markdown_text"] = _heading_text
    environment.filters["without_marks"] = without_marks
    environment.filters["in_language"] = _in_language
    return environment


def _date_text(text: str) -> str:
    """A date that is kept as text: in words if it is one, else as it stands."""
    try:
        return format_span(parse_span(text))
    except ValueError:
        return text


def _heading_text(text: object) -> Markup:
    """Text for a Markdown heading: nothing in it acts as markup, and a range of years stays on one line."""
    whole = re.sub(r"(\d)–(\d)", "\\1\u2060–\u2060\\2", str(text))
    return Markup(re.sub(r"([\\`*_{}\[\]<>#|&])", r"\\\1", whole))


def _in_language(text: object, language: str) -> Markup:
    """Text with its words of other letters than Latin ones marked as words of this language."""
    parts = _OTHER_LETTERS.split(str(text)) if language else [str(text)]
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(language, part) if at % 2 else escape(part)
        for at, part in enumerate(parts)
    )


def fill(rendering: Rendering, template: str, address: str, **context: Any) -> str:
    """A template filled for the page at an address, from which its links lead."""

    def link(target: str) -> str:
        return addresses.link(address, target)

    return (
        _environment()
        .get_template(template)
        .render(
            site=rendering.subject.site,
            subject=rendering.subject,
            link=link,
            address=address,
            addresses=addresses,
            **context,
        )
    )


def add_page(rendering: Rendering, template: str, address: str, source: str, path: str = "", **context: Any) -> None:
    """Fill a template for an address; `source` is the file a reader would edit, `path` where the page is written."""
    way = "edit" if Path(source).suffix else "tree"  # a folder is looked at, a file edited
    edit = f"{rendering.world.repo_url}/{way}/main/{source}" if rendering.world.repo_url and source else ""
    text = fill(rendering, template, address, edit=edit, **context)
    rendering.add(path or addresses.file_of(address), text)


# --- rows and records -------------------------------------------------------------------------------------------


def pen_at(rendering: Rendering, address: str, is_wide: bool = True) -> Pen:
    """A pen for the text at an address, with what draws charts and mirrors inside it."""

    def draw_chart(pen: Pen, chart: Chart) -> Markup:
        return rendering.chart_in_text(rendering, pen, chart)

    return Pen(
        rendering.subject,
        address,
        draw_chart=draw_chart,
        draw_in_text={name: partial(draw, rendering) for name, draw in rendering.in_text.items()},
        is_wide=is_wide,
    )


def found(rendering: Rendering, kind: str, ids: Iterable[str]) -> list[Any]:
    """The records of these ids; one that is not there was reported by a rule."""
    return [record for record in (rendering.subject.find(kind, id) for id in ids) if record]


def source_of(records: Sequence[Record]) -> str:
    """The file in which records stand, or their folder where they stand in several."""
    files = {record.marks.path for record in records}
    return files.pop() if len(files) == 1 else str(Path(min(files)).parent)


def neighbours(records: Sequence[Any], record: Any) -> tuple[Any | None, Any | None]:
    """The records before and after this one."""
    place = records.index(record)
    return (records[place - 1] if place else None, records[place + 1] if place + 1 < len(records) else None)


def collect(rendering: Rendering, pen: Pen, title: str) -> None:
    """Remember which rows and sources this page uses, and what it computed."""
    rendering.problems += pen.problems
    rendering.called += [(pen.address, figure) for figure in pen.notes]
    for id in pen.charts:
        rendering.charts_on.setdefault(id, {})[pen.address] = title
    for id in pen.cited:
        rendering.sources_used.setdefault(id, {})[pen.address] = title
    for figure in pen.notes:
        for row in figure.rows:
            rendering.uses.setdefault((row.series, row.anchor), {})[pen.address] = title
            for source in row.sources:
                rendering.sources_used.setdefault(source, {})[pen.address] = title
        if figure.formula:
            rendering.computed.setdefault(figure.rows[0].series, []).append((figure, pen.address, title))


def sources_of(rendering: Rendering, record: Any, address: str, title: str) -> list[Source]:
    """The sources of a record, each remembered as used at this address."""
    sources = [source for source in (rendering.subject.find("source", id) for id in record.sources) if source]
    for source in sources:
        rendering.sources_used.setdefault(source.id, {})[address] = title
    return sources


@dataclass(frozen=True)
class RowView:
    """A row as a page shows it."""

    row: Row
    series: Series
    date: str
    value: str
    digits: str
    unit: str
    sources: tuple[Source, ...]
    is_drawn: bool = True
    used_by: Mapping[str, str] = field(default_factory=dict)


def view_of(rendering: Rendering, row: Row) -> RowView:
    """A row with its words, its sources and the pages that call it so far."""
    subject = rendering.subject
    unit = subject.site.unit(row.unit)
    sources = tuple(source for source in (subject.find("source", id) for id in row.sources) if source)
    series = subject.get("series", row.series)
    digits = write_digits(row.digits)
    is_drawn = row in series.drawn_rows([row])
    used = rendering.uses.get((row.series, row.anchor), {})
    value = with_unit(digits, unit)
    return RowView(row, series, format_span(row.span), value, digits, unit.label, sources, is_drawn, used)
