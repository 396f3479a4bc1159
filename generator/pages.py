"""The Markdown tree of a subject: a map from path to bytes, for any engine that reads Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from generator import addresses
from generator.charts.drawing import STRIP, Drawing, named
from generator.charts.fonts import font_faces
from generator.checks import FINISHED, READING, WRITING
from generator.dates import format_span
from generator.exports.timeline import dated_to_the_day, export_timeline, write_csv
from generator.figures import Figure
from generator.mirrors import steps_of
from generator.model import Chart, Mirror, MirrorEntry, Page, Redirect, Row, Series, Site, Source, Subject
from generator.numerals import write_digits
from generator.palette import dark_tokens, light_tokens
from generator.pen import Pen, names_of_calls, write, write_plain, write_words
from generator.problems import Problem, Where
from generator.rules import RULES, sentence_of
from generator.schema import describe_kinds, schema_of_everything
from generator.selection import kept_rows_of_draw, rows_of_draw, skipped_rows_of_draw
from generator.stretches import density
from generator.timeline import timeline_of
from generator.units import with_unit

HERE = Path(__file__).parent
BLOCK = re.compile(r"\s*</?(?:div|figure|ol|ul|li|p|h[1-6]|table|details|section|nav)\b")
LIST = re.compile(r"[ \t]*(?:[-*+]|\d+\.)[ \t]|[ \t]{2,}\S")
REFERENCE = re.compile(r'<a class="bf-ref"[^>]*>(\d+)</a>')
Tree = dict[str, bytes]


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
    tree: Tree = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    uses: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    computed: dict[str, list[tuple[Figure, str, str]]] = field(default_factory=dict)
    sources_used: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, path: str, text: str) -> None:
        self.tree[path] = text.encode()


def render(subject: Subject, drawings: Mapping[str, Drawing], world: World) -> tuple[Tree, list[Problem]]:
    """Every page, table and script of the site. Without drawings the pages lack them, which is enough for a check."""
    rendering = Rendering(subject, drawings, world)
    for page in subject.of("page"):
        _add_prose(rendering, page)
    for chart in subject.of("chart"):
        _add_chart(rendering, chart)
    if subject.of("event"):
        _add_timeline(rendering)
    _add_indexes(rendering)
    for series in subject.of("series"):
        _add_series(rendering, series)
    _add_sources(rendering)
    _add_about(rendering)
    _add_assets(rendering)
    for redirect in subject.of("redirect"):
        _add_redirect(rendering, redirect)
    return dict(sorted(rendering.tree.items())), rendering.problems


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
    environment.filters["digits"] = write_digits
    environment.filters["json"] = lambda value: Markup(json.dumps(value, ensure_ascii=False))
    environment.filters["markdown_text"] = _heading_text
    return environment


def _heading_text(text: object) -> Markup:
    """Text for a Markdown heading: nothing in it acts as markup, and a range of years stays on one line."""
    whole = re.sub(r"(\d)–(\d)", "\\1\u2060–\u2060\\2", str(text))
    return Markup(re.sub(r"([\\`*_{}\[\]<>#|&])", r"\\\1", whole))


def _fill(rendering: Rendering, template: str, address: str, **context: Any) -> str:
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


def _add_page(rendering: Rendering, template: str, address: str, source: str, path: str = "", **context: Any) -> None:
    """Fill a template for an address; `source` is the file a reader would edit, `path` where the page is written."""
    way = "edit" if Path(source).suffix else "tree"  # a folder is looked at, a file edited
    edit = f"{rendering.world.repo_url}/{way}/main/{source}" if rendering.world.repo_url and source else ""
    text = _fill(rendering, template, address, edit=edit, **context)
    rendering.add(path or addresses.file_of(address), text)


# --- prose ------------------------------------------------------------------------------------------------------


def _pen(rendering: Rendering, address: str, is_wide: bool = True) -> Pen:
    return Pen(
        rendering.subject,
        address,
        draw_chart=lambda pen, chart: _figure(rendering, pen, chart),
        draw_mirror=lambda pen, mirror: _mirror(rendering, pen, mirror),
        is_wide=is_wide,
    )


def _add_prose(rendering: Rendering, page: Page) -> None:
    pen = _pen(rendering, page.address, is_wide=page.kind_of_page == "home")
    breath = write_words(pen, page.in_one_breath, page.marks.where("in_one_breath"))
    body = write(pen, page.body, Where(page.marks.path, page.body_line), is_exact=True)
    _collect(rendering, pen, page.title)
    chapters = [other for other in rendering.subject.of("page") if other.kind_of_page == "chapter"]
    siblings = sorted(
        (other for other in chapters if other.part == page.part), key=lambda other: (other.order, other.id)
    )
    context = {
        "page": page,
        "image": _sharing_image(rendering, pen),
        "is_full": bool(pen.mirrors),
        "breath": breath,
        "body": Markup(_with_margin(rendering, pen, body)),
        "traced": len(pen.notes),
        "neighbours": _neighbours(siblings, page) if page.kind_of_page == "chapter" else (None, None),
        "sources": sorted({source for figure in pen.notes for row in figure.rows for source in row.sources}),
    }
    path = page.marks.path.split("/", 1)[1]  # as in docs/, so that an author's own links between files hold
    _add_page(rendering, "page.md.j2", page.address, page.marks.path, path, **context)


def _neighbours(records: Sequence[Any], record: Any) -> tuple[Any | None, Any | None]:
    """The records before and after this one."""
    place = records.index(record)
    return (records[place - 1] if place else None, records[place + 1] if place + 1 < len(records) else None)


def _collect(rendering: Rendering, pen: Pen, title: str) -> None:
    """Remember which rows and sources this page uses, and what it computed."""
    rendering.problems += pen.problems
    for figure in pen.notes:
        for row in figure.rows:
            rendering.uses.setdefault((row.series, row.anchor), {})[pen.address] = title
            for source in row.sources:
                rendering.sources_used.setdefault(source, {})[pen.address] = title
        if figure.formula:
            rendering.computed.setdefault(figure.rows[0].series, []).append((figure, pen.address, title))


@dataclass(frozen=True)
class Note:
    """A number of a text, as the margin beside it explains it."""

    number: int
    figure: Figure
    views: tuple[RowView, ...]


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


def _view(rendering: Rendering, row: Row) -> RowView:
    subject = rendering.subject
    unit = subject.site.unit(row.unit)
    sources = tuple(source for source in (subject.find("source", id) for id in row.sources) if source)
    series = subject.get("series", row.series)
    digits = write_digits(row.digits)
    is_drawn = row in series.drawn_rows([row])
    used = rendering.uses.get((row.series, row.anchor), {})
    value = with_unit(digits, unit)
    return RowView(row, series, format_span(row.span), value, digits, unit.label, sources, is_drawn, used)


def _sharing_image(rendering: Rendering, pen: Pen) -> str:
    """The chart that stands for a page where it is shared: its own first one, else the site's first one."""
    charts = [*pen.charts, *(chart.id for chart in rendering.subject.of("chart"))]
    return f"charts/{charts[0]}.png" if charts and charts[0] in rendering.drawings else ""


def _with_margin(rendering: Rendering, pen: Pen, body: str) -> str:
    """The text with the notes of each paragraph or list before it; a chart or other block has its sources with it."""
    return "\n\n".join(
        f"{_margin(rendering, pen, block)}\n\n{block}" if REFERENCE.search(block) and not BLOCK.match(block) else block
        for block in _blocks(body)
    )


def _blocks(body: str) -> list[str]:
    """The paragraphs of a text; the items of a list stay together."""
    blocks: list[str] = []
    for piece in re.split(r"\n{2,}", body):
        if blocks and LIST.match(blocks[-1]) and LIST.match(piece):
            blocks[-1] += f"\n\n{piece}"
        else:
            blocks.append(piece)
    return blocks


def _margin(rendering: Rendering, pen: Pen, block: str) -> str:
    notes = []
    for match in REFERENCE.finditer(block):
        figure = pen.notes[int(match[1]) - 1]
        views = tuple(_view(rendering, row) for row in figure.rows)
        notes.append(Note(int(match[1]), figure, views))
    return _fill(rendering, "margin.html.j2", pen.address, notes=notes).strip()


def _mirror(rendering: Rendering, pen: Pen, mirror: Mirror) -> Markup:
    """Two ages as HTML, their texts with figures from calls."""
    subject = rendering.subject

    def words(entry: MirrorEntry | None, *at: str | int) -> dict[str, Markup]:
        keys = ("title", "text") if entry else ()
        return {key: write_words(pen, getattr(entry, key), mirror.marks.where(*at, key)) for key in keys}

    texts = {
        number: {
            "left": words(step.left, "steps", number - 1, "left"),
            "right": words(step.right, "steps", number - 1, "right"),
        }
        for number, step in enumerate(mirror.steps, 1)
    }
    context = {
        "mirror": mirror,
        "steps": steps_of(subject, mirror),
        "texts": texts,
        "numbers": {party.id: number for number, party in enumerate(subject.site.parties, 1)},
        "differences": [
            (part.title, write_words(pen, part.text, mirror.marks.where("differences", at)))
            for at, part in enumerate(mirror.differences)
        ],
        "sources": [source for source in (subject.find("source", id) for id in mirror.sources) if source],
    }
    return Markup(_fill(rendering, "mirror.html.j2", pen.address, **context))


# --- charts -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ChartTable:
    """The table of a chart: a column for each mark, a line for each date."""

    columns: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, tuple[tuple[RowView, ...], ...]], ...]


def _table(rendering: Rendering, chart: Chart) -> ChartTable:
    columns, cells = [], []
    for draw in chart.draw:
        series = rendering.subject.find("series", draw.series)
        rows = rows_of_draw(chart, draw, series) if series else ()
        label = f"{draw.panel}: {draw.label}" if draw.panel else draw.label
        columns.append((label, " / ".join(sorted({_view(rendering, row).unit for row in rows}))))
        cells.append(rows)
    spans = sorted({row.span for rows in cells for row in rows})
    lines = [
        (format_span(span), tuple(tuple(_view(rendering, row) for row in rows if row.span == span) for rows in cells))
        for span in spans
    ]
    return ChartTable(tuple(columns), tuple(lines))


def _rows_of_chart(subject: Subject, chart: Chart) -> list[Row]:
    rows = []
    for draw in chart.draw:
        series = subject.find("series", draw.series)
        rows += rows_of_draw(chart, draw, series) if series else ()
    return rows


def _figure(rendering: Rendering, pen: Pen, chart: Chart) -> Markup:
    """A chart inside a text: heading, drawing, takeaway, table, source line and a link to its own page."""
    context = _figure_context(rendering, pen, chart)
    return Markup(_fill(rendering, "figure.html.j2", pen.address, is_embedded=True, **context))


def _figure_context(rendering: Rendering, pen: Pen, chart: Chart) -> dict[str, Any]:
    subject = rendering.subject
    unit_record = subject.site.units_by_id.get(chart.unit)
    unit = unit_record.label if unit_record else ""
    rows = _rows_of_chart(subject, chart)
    for row in rows:
        rendering.uses.setdefault((row.series, row.anchor), {})[addresses.chart(chart.id)] = chart.title
        for source in row.sources:
            rendering.sources_used.setdefault(source, {})[addresses.chart(chart.id)] = chart.title

    def words(key: str) -> Markup:
        return write_words(pen, getattr(chart, key), chart.marks.where(key), unit)

    def plain(key: str) -> str:
        return write_plain(pen, getattr(chart, key), chart.marks.where(key), unit)

    return {
        "chart": chart,
        "caption": plain("headline"),
        "headline": words("headline"),
        "subtitle": words("subtitle"),
        "takeaway": words("takeaway"),
        "alt": plain("alt"),
        "drawings": _inline_drawings(rendering, pen, chart, plain("headline"), plain("alt")),
        "chart_notes": [
            write_words(pen, note, chart.marks.where("notes", at), unit) for at, note in enumerate(chart.notes)
        ],
        "table": _table(rendering, chart),
        "events": [event for event in (subject.find("event", id) for id in chart.events) if event],
        "series_used": sorted({row.series for row in rows}),
        "source_ids": sorted({source for row in rows for source in row.sources}),
    }


def _inline_drawings(
    rendering: Rendering, pen: Pen, chart: Chart, title: str, description: str
) -> list[tuple[str, Markup]]:
    drawing = rendering.drawings.get(chart.id)
    if drawing is None:
        return []
    return [
        (size, Markup(named(svg, f"{chart.id}-{size}", title, description)))
        for size, svg in drawing.inline.items()
        if size != "wide" or pen.is_wide
    ]


def _add_chart(rendering: Rendering, chart: Chart) -> None:
    """The page of a chart with all its furniture, its downloads, and the drawing alone for other sites."""
    address = addresses.chart(chart.id)
    pen = _pen(rendering, address)
    words = _figure_context(rendering, pen, chart)
    figure = Markup(_fill(rendering, "figure.html.j2", address, is_embedded=False, **words))
    _collect(rendering, pen, chart.title)
    subject = rendering.subject
    charts = subject.of("chart")
    used = dict.fromkeys(draw.series for draw in chart.draw)
    kept, skipped = [], 0
    for draw in chart.draw:
        series = subject.find("series", draw.series)
        if series:
            kept += [_view(rendering, row) for row in kept_rows_of_draw(chart, draw, series)]
            skipped += len(skipped_rows_of_draw(chart, draw, series))
    context = {
        **words,
        "figure": figure,
        "has_drawing": chart.id in rendering.drawings,
        "kept": kept,
        "skipped": skipped,
        "neighbours": _neighbours(charts, chart),
        "series_used": [series for series in (subject.find("series", id) for id in used) if series],
    }
    _add_page(rendering, "chart.md.j2", address, chart.marks.path, **context)
    _add_downloads(rendering, chart)


def _add_downloads(rendering: Rendering, chart: Chart) -> None:
    drawing = rendering.drawings.get(chart.id)
    base = f"charts/{chart.id}"
    rows = [_view(rendering, row) for row in _rows_of_chart(rendering.subject, chart)]
    rendering.add(f"{base}.csv", _rows_as_csv(rows))
    if drawing is None:
        return
    rendering.tree[f"{base}.svg"] = drawing.svg
    rendering.tree[f"{base}.png"] = drawing.png
    whole = {"specification": json.loads(drawing.specification), "rows": [_row_as_json(view.row) for view in rows]}
    rendering.add(f"{base}.json", json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1) + "\n")
    address = f"{addresses.chart(chart.id)}embed/"
    pen = _pen(rendering, address)
    context = _figure_context(rendering, pen, chart)
    rendering.add(f"{base}/embed/index.html", _fill(rendering, "embed.html.j2", address, **context))


def _rows_as_csv(views: Sequence[RowView]) -> str:
    keys = sorted({key for view in views for key in view.row.keys})
    lines = [["series", "date", *keys, "value", "unit", "status", "source", "note"]]
    for view in views:
        row = view.row
        values = [row.keys.get(key, "") for key in keys]
        lines.append(
            [row.series, str(row.span), *values, row.digits, row.unit, row.status, ";".join(row.sources), row.note]
        )
    return write_csv(lines)


def _row_as_json(row: Row) -> dict[str, Any]:
    return {
        "series": row.series,
        "row": row.anchor,
        "date": str(row.span),
        **{f"key_{key}": value for key, value in row.keys.items()},
        "value": row.digits,
        "unit": row.unit,
        "status": row.status,
        "sources": list(row.sources),
    }


# --- timeline ---------------------------------------------------------------------------------------------------


def _add_timeline(rendering: Rendering) -> None:
    subject = rendering.subject
    people = {id for event in subject.of("event") for id in event.people}
    for event in subject.of("event"):
        for source in event.sources:
            rendering.sources_used.setdefault(source, {})[addresses.timeline(event.id)] = event.title
    context = {
        "eras": timeline_of(subject),
        "lanes": subject.site.vocabularies.get("lane", ()),
        "themes": subject.site.vocabularies.get("theme", ()),
        "people": sorted((person for person in subject.of("person") if person.id in people), key=lambda p: p.label),
        "events": subject.of("event"),
        "strip": density(subject),
        "drawings": _strip_drawings(rendering),
        "dated": len(dated_to_the_day(subject)),
    }
    _add_page(rendering, "timeline.md.j2", addresses.timeline(), "data/events", **context)
    for name, text in export_timeline(subject, rendering.world.site_url).items():
        rendering.tree[name] = text


def _strip_drawings(rendering: Rendering) -> list[tuple[str, Markup]]:
    drawing = rendering.drawings.get(STRIP)
    if drawing is None:
        return []
    title = "How many events of the timeline begin in each decade"
    words = "Bars, one for each decade; the table under the drawing has the same counts."
    return [(size, Markup(named(svg, f"{STRIP}-{size}", title, words))) for size, svg in drawing.inline.items()]


# --- data, sources, about ---------------------------------------------------------------------------------------


def _add_indexes(rendering: Rendering) -> None:
    subject = rendering.subject
    if subject.of("chart"):
        _add_page(rendering, "charts.md.j2", "/charts/", "data/charts", charts=subject.of("chart"))
    if subject.of("series"):
        by_theme = {
            entry.label: [series for series in subject.of("series") if series.theme == entry.id]
            for entry in subject.site.vocabularies.get("theme", ())
        }
        themes = {label: series for label, series in by_theme.items() if series}
        _add_page(rendering, "data.md.j2", "/data/", "data/series", themes=themes)


def _add_series(rendering: Rendering, series: Series) -> None:
    subject = rendering.subject
    all_series = subject.of("series")
    charts = [chart for chart in subject.of("chart") if any(draw.series == series.id for draw in chart.draw)]
    source = series.marks.path.removesuffix(".yml") + ".csv"
    for row in series.rows:
        for id in row.sources:
            rendering.sources_used.setdefault(id, {})[addresses.series(series.id)] = series.title
    context = {
        "series": series,
        "rows": [_view(rendering, row) for row in series.rows],
        "grade": subject.site.words("grade").get(series.grade),
        "status_words": subject.site.words("status"),
        "computed": rendering.computed.get(series.id, []),
        "charts": charts,
        "neighbours": _neighbours(all_series, series),
        "sources": sorted({id for row in series.rows for id in row.sources}),
    }
    _add_page(rendering, "series.md.j2", addresses.series(series.id), source, **context)
    rendering.add(f"data/{series.id}.csv", _series_as_csv(series))


def _series_as_csv(series: Series) -> str:
    lines = [["date", *series.columns, "value", "unit", "low", "high", "status", "source", "note"]]
    for row in series.rows:
        ends = ["" if end is None else f"{end:f}" for end in (row.low, row.high)]
        values = [*row.keys.values(), row.digits, row.unit, *ends]
        lines.append([str(row.span), *values, row.status, ";".join(row.sources), row.note])
    return write_csv(lines)


def _add_sources(rendering: Rendering) -> None:
    subject = rendering.subject
    if not subject.of("source"):
        return
    by_standing = {
        entry: sorted(
            (source for source in subject.of("source") if source.standing == entry.id),
            key=lambda source: (source.by.casefold(), source.title.casefold(), source.id),
        )
        for entry in subject.site.vocabularies.get("standing", ())
    }
    groups = [(entry, sources) for entry, sources in by_standing.items() if sources]
    _add_page(rendering, "sources.md.j2", "/sources/", "data/sources", groups=groups, used=rendering.sources_used)


def _add_about(rendering: Rendering) -> None:
    rendering.add(
        "about/data-format.schema.json", json.dumps(schema_of_everything(), ensure_ascii=False, indent=1) + "\n"
    )
    rules = [(name, sentence_of(rule)) for name, rule in RULES.items()]
    groups = (
        ("Rules for records and prose", rules),
        ("Checks while files are read", sorted(READING.items())),
        ("Checks while pages are written", sorted(WRITING.items())),
        ("Checks on the finished pages", sorted(FINISHED.items())),
    )
    _add_page(rendering, "rules.md.j2", "/about/rules/", "", groups=groups)
    context = {"kinds": describe_kinds(), "calls": names_of_calls()}
    _add_page(rendering, "format.md.j2", "/about/data-format/", "", **context)


def _add_redirect(rendering: Rendering, redirect: Redirect) -> None:
    """A page at the old address that leads to the new one, where that exists."""
    path = f"{redirect.old.strip('/')}/index.html"
    page = addresses.file_of(redirect.new)
    if not {page, page.replace("/index.md", ".md")} & set(rendering.tree):
        problem = redirect.problem(f"leads to {redirect.new}, where there is no page", "Correct `new:`.", ("new",))
        rendering.problems.append(replace(problem, rule="redirects-lead-to-a-page"))
    elif path.replace(".html", ".md") in rendering.tree or path.replace("/index.html", ".md") in rendering.tree:
        problem = redirect.problem(f"moves {redirect.old}, where there is a page", "Remove it.", ("old",))
        rendering.problems.append(replace(problem, rule="redirects-lead-to-a-page"))
    else:
        rendering.add(path, _fill(rendering, "redirect.html.j2", redirect.old, redirect=redirect))


def _add_assets(rendering: Rendering) -> None:
    site = rendering.subject.site

    def variables(tokens: Mapping[str, str]) -> str:
        return "".join(f"--bf-{token}:{value};" for token, value in tokens.items())

    colours = (
        f":root,[data-md-color-scheme=default]{{{variables(light_tokens(site))}}}\n"
        f"[data-md-color-scheme=slate]{{{variables(dark_tokens(site))}}}\n"
        f"@media (prefers-color-scheme:dark){{.bf-embed{{{variables(dark_tokens(site))}}}}}\n"
        f"@media print{{:root,[data-md-color-scheme]{{{variables(light_tokens(site))}--bf-paper:#fff;}}}}\n"
    )
    colours += f":root{{{_words_for_styles(site)}}}\n"
    for path in sorted((HERE / "theme" / "assets").iterdir()):
        text = path.read_text("utf-8")
        is_style = path.suffix == ".css"
        rendering.add(f"assets/{path.name}", (colours + font_faces("fonts/") + "\n" + text) if is_style else text)


def _words_for_styles(site: Site) -> str:
    """The date and the parties' names, which the footer takes from the style sheet: the engine knows no data."""
    words = {"as-of": format_span(site.as_of)}
    words |= {f"party-{number}-name": party.label for number, party in enumerate(site.parties, 1)}
    return "".join(f"--bf-{name}:{_css_text(text)};" for name, text in words.items())


def _css_text(text: str) -> str:
    return '"' + re.sub(r'[\\"\n<>]', lambda match: f"\\{ord(match[0]):x} ", text) + '"'
