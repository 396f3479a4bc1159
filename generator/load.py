"""Reads `data/` and `docs/` into a subject, with a problem for every wrong shape."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from generator.checks import SHAPE
from generator.dates import Span, parse_span
from generator.model import (
    KINDS,
    Marks,
    Page,
    Part,
    Record,
    Register,
    Row,
    Series,
    Site,
    Subject,
    find_part_inside,
    slug,
)
from generator.problems import Problem, Where, did_you_mean, show

FOLDERS = {
    "allowed": "allowed",
    "sources": "source",
    "series": "series",
    "registers": "register",
    "eras": "era",
    "events": "event",
    "people": "person",
    "terms": "term",
    "documents": "document",
    "places": "place",
    "articles": "article",
    "claims": "claim",
    "questions": "question",
    "contested": "contested",
    "corrections": "correction",
    "redirects": "redirect",
    "charts": "chart",
    "lessons": "lesson",
}
COMPUTED_FIELDS = ("marks", "rows", "address", "body", "body_line")
FORMS = {
    r"\S": ("blank", "Fill it."),
    r"^https?://[^\s<>\"']+$": ("no address", "Write it whole: https://example.org/page."),
    r"^#[0-9A-Fa-f]{6}$": ("no colour", 'Write six digits: "#0F4C55".'),
}
"""What text of a wrong form is, and how to mend it, by the pattern it should have."""
WRONG_TYPES = {
    "tuple_type": ("no list", "Write each item behind a hyphen."),
    "dict_type": ("no map", "Write keys with values."),
    "model_type": ("no map", "Write keys with values."),
    "bool_type": ("neither true nor false", "Write one of them, without quotes."),
    "int_type": ("no whole number", "Write digits alone, without quotes or a dot."),
    "float_type": ("no number", "Write digits, with a dot for decimals and without quotes."),
}
OWN_COLUMNS = ("date", "value", "unit", "low", "high", "status", "source", "note")
QUOTED = ("'", '"', "|", ">")
MOST_BYTES = 8_000_000
DEEPEST = 50
T = TypeVar("T", bound=Part)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")
NO_SITE = Site(title="?", tagline="?", description="?", question="?", language="en", as_of=parse_span("0001-01-01"))
_CONSTANTS = {"true": True, "false": False, "null": None, "": None}


@dataclass
class Reading:
    """What has been read so far; the only state of this module."""

    records: dict[str, dict[str, Record]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    problems: list[Problem] = field(default_factory=list)
    broken: set[tuple[str, str]] = field(default_factory=set)

    def report(self, where: Where, message: str, fix: str, rule: str) -> None:
        self.problems.append(Problem(where, message, fix, rule))


def load(data: Path, docs: Path, config: Path) -> tuple[Subject, tuple[Problem, ...]]:
    """Read both folders, and the navigation of the engine's `config` if there is such a file.

    The subject holds every record that could be read, the problems say what could not.
    """
    reading = Reading()
    site = _load_site(data, reading)
    for path, name in _files_below(data, reading):
        _load_data_file(data, path, name, reading)
    for path, name in _files_below(docs, reading):
        if path.suffix == ".md":
            _load_page(docs, path, name, reading)
    for party in site.parties if site else ():
        reading.records["party"][party.id] = party
    navigation = _navigation(config, reading)
    subject = Subject(site or NO_SITE, reading.records, navigation, frozenset(reading.broken))
    return subject, tuple(reading.problems)


def _navigation(config: Path, reading: Reading) -> frozenset[str] | None:
    """Every Markdown file that the engine's navigation names. The engine's own tags are left to the engine."""
    text = _read_text(config, config.name, reading) if config.is_file() else None
    if text is None:
        return None
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Where(config.name, mark.line + 1 if mark else 1)
        reading.report(where, "is no YAML", "Check indentation and quotes.", "files-are-yaml")
        return None
    if node is not None and not isinstance(node, yaml.MappingNode):
        reading.report(Where(config.name), "is no list of settings", "Write keys with values.", "files-are-yaml")
        return None
    nav = next((value for key, value in node.value if key.value == "nav"), None) if node else None
    return None if nav is None else frozenset(_files_named(nav))


def _files_named(node: yaml.Node) -> Iterator[str]:
    if isinstance(node, yaml.ScalarNode):
        yield node.value
        return
    for child in node.value:
        yield from _files_named(child[1] if isinstance(child, tuple) else child)


def _files_below(folder: Path, reading: Reading) -> Iterator[tuple[Path, str]]:
    """Every file of a folder, sorted, with its name for reports; links out of the folder are refused."""
    if not folder.is_dir():
        reading.report(Where(folder.name), "there is no such folder", "Make it, or name another.", "folders-exist")
        return
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        if path.name.startswith(".") or path.is_dir():
            continue
        if not path.resolve().is_relative_to(root):
            reading.report(Where(name), "is a link out of the folder", "Put the file itself here.", "files-stay-inside")
        else:
            yield path, name


def _read_text(path: Path, name: str, reading: Reading) -> str | None:
    if path.stat().st_size > MOST_BYTES:
        reading.report(Where(name), f"is larger than {MOST_BYTES} bytes", "Split it.", "files-are-readable")
        return None
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reading.report(Where(name, line), "is not UTF-8", "Save the file as UTF-8.", "files-are-readable")
        return None
    if "\0" in text:
        reading.report(Where(name), "holds a NUL character", "Remove it.", "files-are-readable")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


# --- YAML -------------------------------------------------------------------------------------------------------


@dataclass
class _Unread(Exception):
    """YAML that cannot be a value here."""

    line: int
    message: str
    fix: str


def read_yaml(text: str, first_line: int = 1) -> tuple[Any, dict[tuple[str | int, ...], int]]:
    """Text to plain values (mappings, tuples, text, numbers) and the line of every part. Raises `_Unread`.

    Only what is written decides the type: `1949` is a number, `"1949"` text, `no` text, `true` a truth value.
    """
    lines: dict[tuple[str | int, ...], int] = {}
    try:
        _refuse_more_than_values(text, first_line)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        return None if node is None else _value_of(node, (), lines, first_line), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + first_line if mark else first_line
        raise _Unread(
            line, f"is no YAML: {error.problem}", "Check indentation; put text that holds a colon in quotes."
        ) from None
    except yaml.reader.ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + first_line
        raise _Unread(line, f"is no YAML: {error.reason}", "Remove the unusual character.") from None


def _refuse_more_than_values(text: str, first_line: int) -> None:
    """Raise `_Unread` at an alias or a tag, or where values nest so deeply that composing them would end the process.

    Nodes do not say where an alias stands, nor tell a written tag from the one that their text suggests; events do.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _Unread(event.start_mark.line + first_line, "uses a YAML alias", "Write the value out.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _Unread(event.start_mark.line + first_line, "nests too deeply", "Flatten it.")
        tag = getattr(event, "tag", None)
        if tag:
            said = show(tag.replace("tag:yaml.org,2002:", "!!"))
            raise _Unread(event.start_mark.line + first_line, f"uses the YAML tag {said}", "Remove it.")


def _value_of(
    node: yaml.Node, at: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int], first_line: int
) -> Any:
    lines.setdefault(at, node.start_mark.line + first_line)
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return tuple(_value_of(child, (*at, index), lines, first_line) for index, child in enumerate(node.value))
    return _mapping(node, at, lines, first_line)


def _mapping(
    node: yaml.MappingNode,
    at: tuple[str | int, ...],
    lines: dict[tuple[str | int, ...], int],
    first_line: int,
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + first_line
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        if not isinstance(key, str):
            raise _Unread(key_line, "has a key that is no word", "Use a plain word before the colon.")
        if key in values:
            raise _Unread(key_line, f"has the key {show(key)} twice", "Keep one.")
        lines[(*at, key)] = key_line
        values[key] = _value_of(value_node, (*at, key), lines, first_line)
    return values


def _scalar(node: yaml.ScalarNode) -> Any:
    if node.style in QUOTED:
        return node.value
    if node.value in _CONSTANTS:
        return _CONSTANTS[node.value]
    if _INTEGER.fullmatch(node.value):
        return int(node.value)
    if _FRACTION.fullmatch(node.value):
        return float(node.value)
    return node.value


def _read_yaml_file(path: Path, name: str, reading: Reading) -> tuple[Any, dict[tuple[str | int, ...], int]] | None:
    text = _read_text(path, name, reading)
    if text is None:
        return None
    try:
        return read_yaml(text)
    except _Unread as error:
        reading.report(Where(name, error.line), error.message, error.fix, "files-are-yaml")
        return None


# --- records ----------------------------------------------------------------------------------------------------


def _load_site(data: Path, reading: Reading) -> Site | None:
    path, name = data / "site.yml", f"{data.name}/site.yml"
    if not path.is_file():
        reading.report(Where(name), "there is no such file", "Say there what the site is.", "site-is-described")
        return None
    read = _read_yaml_file(path, name, reading)
    return _build(Site, read[0], Marks(name, read[1]), "the site", reading) if read else None


def _load_data_file(data: Path, path: Path, name: str, reading: Reading) -> None:
    inside = path.relative_to(data)
    folder = inside.parts[0] if len(inside.parts) > 1 else inside.stem
    if inside.as_posix() in ("site.yml", "addresses.txt"):
        return
    if folder not in FOLDERS or path.suffix not in (".yml", ".csv"):
        fix = did_you_mean(folder, FOLDERS) if folder not in FOLDERS else "Data are .yml and .csv files."
        reading.report(Where(name), "is no file that data can hold", fix, "files-have-a-kind")
        return
    if path.suffix == ".csv":
        if not path.with_suffix(".yml").is_file():
            reading.report(Where(name), "has no sidecar", f"Describe it in {path.stem}.yml.", "tables-have-sidecars")
        return
    read = _read_yaml_file(path, name, reading)
    if read is not None:
        _load_records(FOLDERS[folder], path, name, *read, reading=reading)


def _load_records(
    kind: str, path: Path, name: str, value: Any, lines: dict[tuple[str | int, ...], int], reading: Reading
) -> None:
    if value is None:
        return
    if isinstance(value, dict):
        _load_record(kind, path, value, Marks(name, lines), reading)
        return
    if not isinstance(value, tuple):
        reading.report(Where(name), f"holds {show(value)}, not records", "Write a list.", "files-hold-records")
        return
    by_index: dict[str | int, dict[tuple[str | int, ...], int]] = {}
    for place, line in lines.items():
        if place:
            by_index.setdefault(place[0], {})[place[1:]] = line
    for index, item in enumerate(value):
        _load_record(kind, path, item, Marks(name, by_index[index]), reading)


def _load_record(kind: str, path: Path, value: Any, marks: Marks, reading: Reading) -> None:
    label = f'{kind} "{value["id"]}"' if isinstance(value, dict) and isinstance(value.get("id"), str) else kind
    record = _build(KINDS[kind], value, marks, label, reading)
    if record is not None and isinstance(record, Series | Register):
        record = _with_rows(record, path, reading)
    if record is None:
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            reading.broken.add((kind, value["id"]))
        return
    _keep(kind, record, reading)


def _keep(kind: str, record: Record, reading: Reading) -> None:
    earlier = reading.records[kind].get(record.id)
    if earlier is None:
        reading.records[kind][record.id] = record
        return
    where = record.marks.where("id")
    message = f"{record.name} has the id of the one at {earlier.marks.where('id')}"
    reading.report(where, message, "Give it an id of its own.", "ids-are-unique")


def _build(kind: type[T], value: Any, marks: Marks, label: str, reading: Reading) -> T | None:
    """The value as a frozen record, or `None` and a problem for each wrong part."""
    if not isinstance(value, dict):
        reading.report(marks.where(), f"{label} is {show(value)}, not keys with values", "", SHAPE)
        return None
    for key in COMPUTED_FIELDS:
        if key in value:
            reading.report(marks.where(key), f'{label} has an unknown key "{key}"', "Remove it.", SHAPE)
            return None
    try:
        return kind.model_validate({**value, "marks": marks})
    except ValidationError as error:
        faults = error.errors(include_url=False)
        misspelt = {_nearest_field(kind, fault["loc"]) for fault in faults if fault["type"] == "extra_forbidden"}
        for fault in faults:
            if fault["type"] != "missing" or tuple(fault["loc"]) not in misspelt:
                reading.problems.append(_problem_of(kind, fault, marks, label))
        return None


def _nearest_field(kind: type[Part], at: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The keys that an unknown key probably means: then that key is not missing as well."""
    near = difflib.get_close_matches(str(at[-1]), _fields_at(kind, at[:-1]), n=1, cutoff=0.6)
    return (*at[:-1], *near)


def _problem_of(kind: type[Part], fault: Mapping[str, Any], marks: Marks, label: str) -> Problem:
    """One fault found by the model, said for an author."""
    at = tuple(fault["loc"])
    message, fix = _say(kind, fault, _path_of(at), fault.get("input"))
    return Problem(marks.where(*at), f"{label} {message}", fix, SHAPE)


def _path_of(at: Sequence[str | int]) -> str:
    """Keys as an author reads them: `sources`, `draw 2, where`."""
    words: list[str] = []
    for part in at:
        if isinstance(part, int) and words:
            words[-1] += f" {part + 1}"
        else:
            words.append(str(part))
    return ", ".join(words)


def _say(kind: type[Part], fault: Mapping[str, Any], path: str, value: Any) -> tuple[str, str]:
    key, known = str(fault["loc"][-1]), _fields_at(kind, fault["loc"][:-1])
    context = fault.get("ctx", {})
    match fault["type"]:
        case "extra_forbidden":
            return f'has an unknown key "{path}"', did_you_mean(key, known) or "Remove it."
        case "missing":
            return f'lacks "{path}"', f"Add `{key}:`.{_meaning_of(kind, fault['loc'])}"
        case "value_error":
            return f"has {path} {show(value)}, which {context['error']}", ""
        case "string_pattern_mismatch" if key == "id":
            return f"has {path} {show(value)}", "Use lower-case letters, digits and single hyphens."
        case "string_type":
            return (
                f"has {path} {show(value)}, which is no text",
                "Put it in quotes." if value is not None else "Fill it.",
            )
        case "literal_error":
            return f"has {path} {show(value)}", f"Use one of {context['expected']}."
        case "string_pattern_mismatch" | "string_too_short":
            said, fix = FORMS.get(
                str(context.get("pattern", r"\S")), ("of another form", f"Its form is {context.get('pattern')}.")
            )
            return f"has {path} {show(value)}, which is {said}", fix
        case "too_short" | "too_long":
            bound = "at least" if fault["type"] == "too_short" else "at most"
            number = context.get("min_length", context.get("max_length"))
            return f"has {path} of {context['actual_length']}", f"List {bound} {number}."
        case "greater_than_equal" | "less_than_equal":
            bound = "below" if "ge" in context else "above"
            return f"has {path} {show(value)}, which is {bound} {context.get('ge', context.get('le'))}", ""
        case wrong if wrong in WRONG_TYPES:
            said, fix = WRONG_TYPES[wrong]
            return f"has {path} {show(value)}, which is {said}", fix
        case _:
            return f"has {path} {show(value)}: {fault['msg'][0].lower()}{fault['msg'][1:]}", ""


def _fields_at(kind: type[Part], at: Sequence[str | int]) -> list[str]:
    """The keys that a record may have where these keys lead."""
    part: Any = kind
    for key in at:
        if isinstance(key, str) and part is not None and key in part.model_fields:
            part = find_part_inside(part.model_fields[key].annotation)
    if part is None:
        return []
    return [name for name in part.model_fields if name not in COMPUTED_FIELDS]


def _meaning_of(kind: type[Part], at: Sequence[str | int]) -> str:
    info = kind.model_fields.get(str(at[-1])) if len(at) == 1 else None
    return f" {info.description}" if info and info.description else ""


# --- CSV --------------------------------------------------------------------------------------------------------


def _with_rows(table: Any, path: Path, reading: Reading) -> Any:
    """The series or register with the rows of its CSV file, or `None` where a row is wrong."""
    if table.id != path.stem:
        where = table.marks.where("id")
        reading.report(where, f"{table.name} stands in {path.name}", f"Call both {table.id}.", "tables-have-sidecars")
        return None
    source = path.with_suffix(".csv")
    name = str(Path(table.marks.path).with_suffix(".csv").as_posix())
    if not source.is_file():
        reading.report(Where(table.marks.path), f"{table.name} has no rows", f"Add {name}.", "tables-have-sidecars")
        return None
    text = _read_text(source, name, reading)
    lines = None if text is None else list(_csv_lines(text, name, reading))
    if lines == [] and not any(problem.where.path == name for problem in reading.problems):
        reading.report(Where(name), "is empty", "Name the columns in its first line.", "columns-are-explained")
    if not lines:
        return None
    number = len(reading.problems)
    if isinstance(table, Register):
        rows: tuple[Any, ...] = _register_rows(table, lines, name, reading)
    else:
        rows = _series_rows(table, lines, name, reading)
    return table.model_copy(update={"rows": rows}) if len(reading.problems) == number else None


def _csv_lines(text: str, name: str, reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """Every record of the file with the line on which it begins."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        reading.report(Where(name, line), f"is no CSV: {error}", "Check the quotes.", "files-are-csv")


def _columns_are_known(table: Any, header: list[str], own: Sequence[str], name: str, reading: Reading) -> bool:
    """Whether the first line names each needed column once, and none that the sidecar does not explain."""
    number = len(reading.problems)
    known = [*own, *table.columns]
    for column in header:
        if column not in known:
            fix = did_you_mean(column, known) or f"Explain it under `columns:` of {table.marks.path}."
            reading.report(Where(name), f'has an unknown column "{column}"', fix, "columns-are-explained")
        if header.count(column) > 1:
            reading.report(Where(name), f'has the column "{column}" twice', "Keep one.", "columns-are-explained")
    for column in [*(own[:2] if own else ()), *(["source"] if own else []), *table.columns]:
        if column not in header:
            reading.report(Where(name), f'lacks the column "{column}"', "Add it.", "columns-are-explained")
    return len(reading.problems) == number


def _records_of(
    lines: list[tuple[int, list[str]]], name: str, reading: Reading
) -> Iterator[tuple[Where, dict[str, str]]]:
    header = lines[0][1]
    for line, cells in lines[1:]:
        where = Where(name, line)
        if len(cells) != len(header):
            message = f"has {len(cells)} cells where the first line has {len(header)}"
            reading.report(where, message, "Check commas and quotes.", "rows-are-whole")
        else:
            yield where, {column: cell.strip() for column, cell in zip(header, cells, strict=True)}


def _register_rows(
    table: Register, lines: list[tuple[int, list[str]]], name: str, reading: Reading
) -> tuple[Mapping[str, str], ...]:
    if not _columns_are_known(table, lines[0][1], (), name, reading):
        return ()
    return tuple(cells for _, cells in _records_of(lines, name, reading))


def _series_rows(series: Series, lines: list[tuple[int, list[str]]], name: str, reading: Reading) -> tuple[Row, ...]:
    if not _columns_are_known(series, lines[0][1], OWN_COLUMNS, name, reading):
        return ()
    rows = [_row(series, where, cells, reading) for where, cells in _records_of(lines, name, reading)]
    return _with_anchors([row for row in rows if row is not None])


def _row(series: Series, where: Where, cells: Mapping[str, str], reading: Reading) -> Row | None:
    span = _span_cell(where, cells["date"], reading)
    value = _number_cell(where, "value", cells["value"], reading)
    low = _number_cell(where, "low", cells["low"], reading) if cells.get("low") else None
    high = _number_cell(where, "high", cells["high"], reading) if cells.get("high") else None
    sources = tuple(source for source in re.split(r"\s*;\s*", cells["source"]) if source)
    if not sources:
        reading.report(where, "has no source", "Name the id of a source record.", "rows-have-sources")
    if span is None or value is None or not sources:
        return None
    return Row(
        where=where,
        series=series.id,
        anchor="",
        span=span,
        value=value,
        digits=cells["value"],
        unit=cells.get("unit") or series.unit,
        keys={key: cells[key] for key in series.columns},
        sources=sources,
        low=low,
        high=high,
        status=cells.get("status") or "reported",
        note=cells.get("note", ""),
    )


def _span_cell(where: Where, text: str, reading: Reading) -> Span | None:
    try:
        return parse_span(text)
    except ValueError as error:
        reading.report(where, f"has date {show(text)}, which {error}", "", "dates-exist")
        return None


def _number_cell(where: Where, column: str, text: str, reading: Reading) -> Decimal | None:
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    fix = "Write digits, with a dot for decimals and no thousands mark."
    reading.report(where, f"has {column} {show(text)}, which is no number", fix, "values-are-numbers")
    return None


def _with_anchors(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows with the anchor of each on its data page: date and keys, and the source where several rows share them."""
    short = [slug(" ".join([str(row.span), *row.keys.values()])) for row in rows]
    long = [slug(f"{anchor} {' '.join(row.sources)}") for anchor, row in zip(short, rows, strict=True)]
    anchors: list[str] = []
    for one, other in zip(short, long, strict=True):
        base = one if short.count(one) == 1 else other
        numbered = (f"{base}-{number}" for number in range(2, len(rows) + 2))
        anchors.append(base if base not in anchors else next(anchor for anchor in numbered if anchor not in anchors))
    return tuple(replace(row, anchor=anchor) for row, anchor in zip(rows, anchors, strict=True))


# --- prose ------------------------------------------------------------------------------------------------------


def _load_page(docs: Path, path: Path, name: str, reading: Reading) -> None:
    """A Markdown file: front matter between two lines `---`, then the body."""
    text = _read_text(path, name, reading)
    if text is None:
        return
    match = re.match(r"---\n(.*?)^---\n", text, re.DOTALL | re.MULTILINE)
    if match is None:
        reading.report(Where(name), "has no front matter", "Begin with `---`, keys, `---`.", "pages-have-front-matter")
        return
    try:
        value, lines = read_yaml(match[1], first_line=2)
    except _Unread as error:
        reading.report(Where(name, error.line), error.message, error.fix, "pages-have-front-matter")
        return
    if isinstance(value, dict):
        value = {**value, "id": slug(path.relative_to(docs).with_suffix("").as_posix()) or "home"}
    page = _build(Page, value, Marks(name, lines), f"page {name}", reading)
    if page is None:
        return
    body_line = match[0].count("\n") + 1
    extra = {"address": _address_of(docs, path), "body": text[match.end() :], "body_line": body_line}
    _keep("page", page.model_copy(update=extra), reading)


def _address_of(docs: Path, path: Path) -> str:
    """The public address of a Markdown file: `/`, `/story/crossing/`."""
    parts = path.relative_to(docs).with_suffix("").parts
    kept = parts[:-1] if parts[-1] == "index" else parts
    return "/" + "".join(f"{part}/" for part in kept)
