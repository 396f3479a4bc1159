"""The calls with which prose gets its figures, charts and links, for one page at a time."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial, wraps
from typing import Any

import jinja2
from markupsafe import Markup, escape

from generator import addresses, figures
from generator.calls import DELIMITERS, NoCall, escape_text, read_template
from generator.checks import CALLS
from generator.dates import format_span
from generator.figures import Figure, FigureError
from generator.model import Chart, Page, Row, StoryPart, Subject
from generator.numerals import round_figures
from generator.problems import Problem, Where, did_you_mean
from generator.relations import story_of

_MARKDOWN = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_[]{}"}
HELP = {
    "n(series, date, **columns)": "The value of one row, with its unit, rounded to three figures; `exact=True` keeps "
    "the digits, `source=` names one of several rows.",
    "row(series, date, **columns)": "One row, for the calls that compare.",
    "share(part, whole, of)": "One row in percent of another; `of` says what the whole is.",
    "change(series, start, end, **columns)": "Growth with its sign and base.",
    "ratio(one, other)": "How many times the other row the one is.",
    "difference(one, other)": "How much more or less the one row is.",
    "rank(row, column)": "The place of a row among those that differ in one column only.",
    "peak(series, **columns)": "The largest value and its date.",
    "trough(series, **columns)": "The smallest value and its date.",
    "chart(id)": "A chart with its table and source.",
    "picture(id)": "The drawing of a chart as an image that loads when it comes near, for a page of many charts.",
    "mirror(id)": "Two ages side by side.",
    "checklist(id)": "Criteria applied to documents, with room for the reader's marks.",
    "measurements()": "What tools from outside found on the finished pages, with the day and each page's scores.",
    "theses()": "What each article argues, side by side.",
    "readings(*questions)": "Questions with what each article answers and the claims that bear on it; without ids all.",
    "chapters()": "Every chapter in order under its part, with what it is about.",
    "news(most)": "The latest changes of the site, at most so many.",
    "event(id, words)": "A link to an event of the timeline; without words its title.",
    "person(id, words)": "A link to a person.",
    "place(id, words)": "A link to a place.",
    "document(id, words)": "A link to a document.",
    "contested(id, words)": "A link to what is contested.",
    "cite(id, words)": "A link to a source; without words its publisher.",
    "data(id, words)": "A link to the data page of a series or register; without words its title.",
    "unit": "In the words beside a chart: the unit of its axis.",
}


@dataclass
class Pen:
    """What is known while the prose of one page is written; the state is its notes and problems."""

    subject: Subject
    address: str
    draw_chart: Callable[[Pen, Chart], Markup]
    notes: list[Figure] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    open_charts: list[str] = field(default_factory=list)
    mirrors: list[str] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    """The kind and id of each record to which a link was written."""
    problems: list[Problem] = field(default_factory=list)
    draw_in_text: Mapping[str, Callable[[Pen, Any], Markup]] = field(default_factory=dict)
    """What else draws records inside a text, by the name of its call."""
    drawn_in_text: list[str] = field(default_factory=list)
    """The calls that these have answered."""
    is_plain: bool = False
    is_wide: bool = False
    """Whether the page has room for wide drawings: a text with a margin has not."""
    is_bare: bool = False
    """Whether figures stand without their references: a choice in a quiz is no place for a link."""

    def link(self, target: str) -> str:
        return addresses.link(self.address, target)

    def report(self, where: Where, message: str, fix: str = "") -> None:
        self.problems.append(Problem(where, message, fix, CALLS))


def write(pen: Pen, text: str, where: Where, unit: str = "", is_exact: bool = False) -> str:
    """A text with its calls answered. Faulty calls become problems: at their own line where `is_exact`.

    Record texts are folded in YAML, so only the line on which they begin is known for them.
    """
    if not any(start in text for start, _ in DELIMITERS):
        return text
    origin = _Origin(where, is_exact)
    words = {**_calls(pen, origin, text), "unit": unit if pen.is_plain else inert(unit)}
    try:
        template = read_template(text)
    except NoCall as error:
        fix = "Write only calls, such as {{ n(series, date) }}."
        pen.report(origin.at(error.line), f"the text holds {error}, which is no call", fix)
        return ""
    except jinja2.TemplateSyntaxError as error:
        message = str(error.message).rstrip(".")
        pen.report(origin.at(error.lineno), f"the text is no template: {message}", "Check braces and quotes.")
        return ""
    try:
        return template.render(words)
    except Exception as error:  # a template is an author's text: whatever it raises is the author's to mend
        line = _line_in_traceback(error)
        pen.report(origin.at(line), f"the text cannot be written: {str(error).rstrip('.')}", _known_call(error))
        return ""


def write_words(pen: Pen, text: str, where: Where, unit: str = "") -> Markup:
    """A text of a record, escaped wherever it is not a call."""
    return Markup(write(pen, escape_text(text), where, unit))


def write_plain(pen: Pen, text: str, where: Where, unit: str = "") -> str:
    """A text of a record as plain text, for attributes and drawings: figures without their references, no markup."""
    plain = Pen(pen.subject, pen.address, pen.draw_chart, problems=pen.problems, is_plain=True)
    return write(plain, text, where, unit)


@dataclass(frozen=True)
class _Origin:
    where: Where
    is_exact: bool

    def at(self, line: int) -> Where:
        return Where(self.where.path, self.where.line + line - 1) if self.is_exact else self.where


def _known_call(error: Exception) -> str:
    if isinstance(error, jinja2.UndefinedError):
        name = str(error).split("'")[1] if "'" in str(error) else ""
        return did_you_mean(name, [call.partition("(")[0] for call in HELP])
    return ""


def _line_in_traceback(error: Exception) -> int:
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _line_of_call() -> int:
    """The line of the template whose call is being answered, read from the frame that runs it."""
    frame = sys._getframe(1)
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return int(template.get_corresponding_lineno(frame.f_lineno))
        frame = frame.f_back  # type: ignore[assignment]
    return 1


def _calls(pen: Pen, origin: _Origin, text: str) -> dict[str, Callable[..., Any]]:
    """The calls that a text can hold, each ready to answer."""
    functions: dict[str, Callable[..., Any]] = {
        "n": _n,
        "row": _row,
        "share": _share,
        "change": _change,
        "ratio": _ratio,
        "difference": _difference,
        "rank": _rank,
        "peak": partial(_extreme, is_peak=True),
        "trough": partial(_extreme, is_peak=False),
        "chart": _chart,
        "picture": _picture,
        "mirror": _mirror,
        "checklist": _checklist,
        "measurements": _measurements,
        "theses": _theses,
        "readings": _readings,
        "news": _news,
        "chapters": _chapters,
        "event": _event,
        "person": partial(_record, "person"),
        "place": partial(_record, "place"),
        "document": partial(_record, "document"),
        "contested": partial(_record, "contested"),
        "cite": _cite,
        "data": _data,
    }
    return {name: _answering(pen, origin, name, function) for name, function in functions.items() if name in text}


def _answering(pen: Pen, origin: _Origin, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The call with its errors turned into problems, so that one page reports all of them."""

    @wraps(function if hasattr(function, "__name__") else _extreme)
    def answer(*arguments: Any, **keys: Any) -> Any:
        if any(given is None for given in (*arguments, *keys.values())):  # an inner `row` has reported already
            return None if name == "row" else Markup("")
        try:
            given = function(pen, *arguments, **keys)
        except FigureError as error:
            if not error.is_reported:
                pen.report(origin.at(_line_of_call()), f"{name}() {error.message}", error.fix)
            return None if name == "row" else Markup("")
        except (AttributeError, TypeError) as error:
            usage = next(call for call in HELP if call.startswith(f"{name}("))
            pen.report(origin.at(_line_of_call()), f"{name}() is called wrongly: {_said(error)}", f"Write {usage}.")
            return None if name == "row" else Markup("")
        return write_figure(pen, given) if isinstance(given, Figure) else given

    return answer


def _said(error: Exception) -> str:
    return re.sub(r"^_\w+\(\) ", "", str(error)).replace("positional argument", "argument")


# --- figures ----------------------------------------------------------------------------------------------------


def write_figure(pen: Pen, figure: Figure) -> Markup:
    """A figure as readers meet it: the words, marked for machines, and a small reference that opens its row."""
    if pen.is_plain:
        return Markup(figure.text)
    pen.notes.append(figure)
    rows = " ".join(row.reference for row in figure.rows)
    operation = "" if figure.kind == "value" else Markup(' data-op="{}"').format(figure.kind)
    first = figure.rows[0]
    target = pen.link(addresses.series(first.series, first.anchor))
    number = Markup('<data class="bf-n"{} value="{}" data-rows="{}">{}</data>').format(
        operation, f"{round_figures(figure.value, 6):f}", rows, inert(figure.text)
    )
    if pen.is_bare:
        return number
    reference = Markup('<a class="bf-ref" href="{}" data-count aria-label="Source of this number">{}</a>')
    return number + reference.format(target, len(pen.notes))


def _row(pen: Pen, series: str, date: object, **keys: str) -> Row:
    return figures.find_row(pen.subject, series, date, keys)


def _n(pen: Pen, series: str, date: object, exact: bool = False, **keys: str) -> Figure:
    return figures.value(pen.subject, _row(pen, series, date, **keys), exact)


def _share(pen: Pen, part: Row, whole: Row, of: str) -> Figure:
    return figures.share(pen.subject, part, whole, of)


def _change(pen: Pen, series: str, start: object, end: object, **keys: str) -> Figure:
    return figures.change(pen.subject, _row(pen, series, start, **keys), _row(pen, series, end, **keys))


def _ratio(pen: Pen, one: Row, other: Row) -> Figure:
    return figures.ratio(pen.subject, one, other)


def _difference(pen: Pen, one: Row, other: Row) -> Figure:
    return figures.difference(pen.subject, one, other)


def _rank(pen: Pen, row: Row, column: str) -> Figure:
    series = figures.find_series(pen.subject, row.series)
    if column not in series.columns:
        raise FigureError(f'ranks by the unknown column "{column}"', did_you_mean(column, series.columns))
    same = {key: value for key, value in row.keys.items() if key != column}
    among = series.drawn_rows([other for other in series.select(same) if other.span == row.span])
    return figures.rank(pen.subject, row, among)


def _extreme(pen: Pen, series: str, is_peak: bool, **keys: str) -> Figure:
    return figures.extreme(pen.subject, series, keys, is_peak)


# --- links ------------------------------------------------------------------------------------------------------


def _find(pen: Pen, kind: str, id: str) -> Any:
    record = pen.subject.find(kind, id)
    if record is None:
        fix = did_you_mean(id, pen.subject.records[kind])
        raise FigureError(f'names the unknown {kind} "{id}"', fix, (kind, id) in pen.subject.broken)
    return record


def _chart(pen: Pen, id: str) -> Markup:
    chart = _find(pen, "chart", id)
    if pen.is_plain or id in pen.open_charts:
        raise FigureError("stands in the words of a chart", "Call it in the text of a page.")
    pen.charts.append(id)
    pen.open_charts.append(id)
    drawn = pen.draw_chart(pen, chart)
    pen.open_charts.remove(id)
    return drawn


def _mirror(pen: Pen, id: str) -> Markup:
    mirror = _find(pen, "mirror", id)
    pen.mirrors.append(id)
    pen.cited += mirror.sources
    return _draw_in_text(pen, "mirror", mirror)


def _checklist(pen: Pen, id: str) -> Markup:
    checklist = _find(pen, "checklist", id)
    pen.cited += checklist.sources
    return _draw_in_text(pen, "checklist", checklist)


def _picture(pen: Pen, id: str) -> Markup:
    chart = _find(pen, "chart", id)
    drawn = _draw_in_text(pen, "picture", chart)
    pen.charts.append(id)
    return drawn


def _measurements(pen: Pen) -> Markup:
    return _draw_in_text(pen, "measurements", pen.subject.of("measurement"))


def _theses(pen: Pen) -> Markup:
    return _draw_in_text(pen, "theses", pen.subject.of("article"))


def _readings(pen: Pen, *questions: str) -> Markup:
    asked = [_find(pen, "question", id) for id in questions] or pen.subject.of("question")
    return _draw_in_text(pen, "readings", asked)


def _draw_in_text(pen: Pen, name: str, records: Any) -> Markup:
    if name not in pen.draw_in_text or pen.open_charts:
        raise FigureError("stands in the words of a record", "Call it in the text of a page.")
    pen.open_charts.append(name)
    drawn = pen.draw_in_text[name](pen, records)
    pen.open_charts.remove(name)
    pen.drawn_in_text.append(name)
    return drawn


def _chapters(pen: Pen) -> Markup:
    return Markup("\n\n").join(
        _head_of_part(pen, part) + _list_of_chapters(pen, chapters)
        for part, chapters in story_of(pen.subject)
        if chapters
    )


def _head_of_part(pen: Pen, part: StoryPart | None) -> Markup:
    if part is None:
        return Markup("")
    title = inert(part.title)
    if part.charts:
        title = Markup('<a href="{}">{}</a>').format(pen.link(addresses.of_record(part)), title)
    return Markup('## {} {{: #{} }}\n\n<p class="bf-muted">{}</p>\n\n').format(title, part.id, inert(part.question))


def _list_of_chapters(pen: Pen, chapters: Sequence[Page]) -> Markup:
    items = (
        Markup('<li><a href="{}">{}</a> <span class="bf-muted">{}</span></li>').format(
            pen.link(page.address), inert(page.title), inert(page.description)
        )
        for page in chapters
    )
    return Markup('<ul class="bf-rows">{}</ul>').format(Markup("").join(items))


def _news(pen: Pen, most: int) -> Markup:
    changes = sorted(pen.subject.of("change"), key=lambda change: (change.date, change.id), reverse=True)[:most]
    items = (
        Markup('<li><a href="{}">{}</a> <span class="bf-muted">{}</span></li>').format(
            pen.link(change.address), inert(change.text), format_span(change.date)
        )
        for change in changes
    )
    return Markup('<ul class="bf-rows">{}</ul>').format(Markup("").join(items))


def _event(pen: Pen, id: str, words: str = "") -> Markup:
    event = _find(pen, "event", id)
    return _anchor(pen, addresses.timeline(id), words or event.title, f"event/{id}")


def _record(kind: str, pen: Pen, id: str, words: str = "") -> Markup:
    record = _find(pen, kind, id)
    called = getattr(record, "title", "") or getattr(record, "label", "") or record.question
    return _anchor(pen, addresses.of_record(record), words or called, f"{kind}/{id}")


def _cite(pen: Pen, id: str, words: str = "") -> Markup:
    source = _find(pen, "source", id)
    pen.cited.append(id)
    return _anchor(pen, addresses.source(id), words or source.by, f"source/{id}")


def _data(pen: Pen, id: str, words: str = "") -> Markup:
    table = pen.subject.find("register", id) or figures.find_series(pen.subject, id)
    return _anchor(pen, addresses.series(id), words or table.title, f"{table.kind}/{id}")


def _anchor(pen: Pen, target: str, words: str, record: str) -> Markup:
    if pen.is_plain:
        return Markup(words)
    pen.linked.append(record)
    if pen.is_bare:
        return inert(words)
    return Markup('<a href="{}" data-record="{}">{}</a>').format(pen.link(target), record, inert(words))


def inert(words: str) -> Markup:
    """Text of a record for prose: escaped for HTML, and without a mark on which Markdown would act."""
    return Markup(str(escape(words)).translate(_MARKDOWN))


def names_of_calls() -> Mapping[str, str]:
    """Every call and what it does, for the page that documents them."""
    return HELP
