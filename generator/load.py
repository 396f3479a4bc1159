"""Reads `data/` and `docs/` into a subject, with a problem for every wrong shape."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from generator import addresses
from generator.checks import SHAPE
from generator.dates import parse_span
from generator.model import (
    ABOVE_ZERO,
    KINDS,
    Marks,
    Page,
    Part,
    Record,
    Register,
    Series,
    Site,
    Subject,
    authored_fields,
    find_part_inside,
    slug,
)
from generator.plain import MOST_FAULTS, faults_of_text
from generator.problems import Problem, Where, did_you_mean, show
from generator.reading import MOST_LETTERS, Reading, read_text
from generator.rows import with_rows
from generator.yaml_text import Unread, compose, read_yaml

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
    "changes": "change",
    "mirrors": "mirror",
    "checklists": "checklist",
    "redirects": "redirect",
    "measurements": "measurement",
    "charts": "chart",
    "lessons": "lesson",
    "parts": "part",
    "editorial": "wording",
}
FORMS = {
    r"\S": ("blank", "Fill it."),
    r"^https?://[^\s<>\"']+$": ("no address", "Write it whole: https://example.org/page."),
    ABOVE_ZERO: ("no number above zero", 'Write digits, with a dot for decimals: "1000".'),
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
SETTINGS_THAT_RUN = ("hooks", "INHERIT")
SCRIPT_ADDRESS = re.compile(r"[\s\x00-\x1f]*(?:javascript|vbscript|data)[\s\x00-\x1f]*:", re.IGNORECASE)
_ID_LINE = re.compile(r"^(?:- )?\s*\{?id: *([a-z0-9-]+)", re.MULTILINE)
T = TypeVar("T", bound=Part)
NO_SITE = Site(title="?", tagline="?", description="?", question="?", language="en", as_of=parse_span("0001-01-01"))


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


def _navigation(config: Path, reading: Reading) -> dict[str, tuple[str, ...]] | None:
    """Every Markdown file that the engine's navigation names, with the titles of its sections.

    Of tags the engine's own for the environment may stand; it makes code of others.
    """
    text = read_text(config, config.name, reading) if config.exists() else None
    if text is None:
        return None
    try:
        node = compose(text, tags=("!ENV",))
    except Unread as error:
        reading.report(Where(config.name, error.line), error.message, error.fix, "files-are-yaml")
        return None
    if node is not None and not isinstance(node, yaml.MappingNode):
        reading.report(Where(config.name), "is no list of settings", "Write keys with values.", "files-are-yaml")
        return None
    number = len(reading.problems)
    for line, message, fix in _faults_of_settings(node) if node else ():
        reading.report(Where(config.name, line), message, fix, "settings-run-nothing")
    nav = next((value for key, value in node.value if key.value == "nav"), None) if node else None
    return None if nav is None or len(reading.problems) > number else dict(_files_named(nav, ()))


def _faults_of_settings(node: yaml.Node, *at: str) -> Iterator[tuple[int, str, str]]:
    """What the engine would write into every page as it stands, run, or read elsewhere; `at` leads to the node."""
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in SETTINGS_THAT_RUN and not at:
                yield key.start_mark.line + 1, f"has the setting {show(key.value)}, which runs code", "Remove it."
            yield from _faults_of_settings(key, "")
            yield from _faults_of_settings(value, *at, str(key.value))
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _faults_of_settings(value, *at)
    elif "<" in node.value:
        yield line, f"has {show(node.value)}, which the engine writes as HTML", "Write it without <."
    elif SCRIPT_ADDRESS.match(node.value):
        yield line, f"has {show(node.value)}, which runs code", "Write an address."
    elif at[:1] == ("nav",) and not re.fullmatch(r"(?!/)(?!.*\.\.)[^:\\]*\.md", node.value):
        yield line, f"leads in the navigation to {show(node.value)}, which is no page", "Name a Markdown file."
    elif at[-1:] and at[-1].endswith("_dir") and re.match(r"[/\\~]|[A-Za-z]:|.*\.\.", node.value):
        yield line, f"has {at[-1]} {show(node.value)}, which is outside", "Name a folder of the project."


def _files_named(node: yaml.Node, sections: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(node, yaml.ScalarNode):
        yield node.value, sections
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _files_named(child, sections)
    else:
        for key, child in node.value:
            is_section = not isinstance(child, yaml.ScalarNode)
            yield from _files_named(child, (*sections, str(key.value)) if is_section else sections)


def _files_below(folder: Path, reading: Reading) -> Iterator[tuple[Path, str]]:
    """Every file of a folder, sorted, with its name for reports; links out of the folder are refused."""
    if not folder.is_dir():
        reading.report(Where(folder.name), "there is no such folder", "Make it, or name another.", "folders-exist")
        return
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        if path.name.startswith("."):
            continue
        try:
            target = path.resolve(strict=True)
            is_folder = _is_folder(path)
        except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError before Python 3.13
            said = getattr(error, "strerror", None) or "its links go in a circle"
            reading.report(Where(name), f"cannot be read: {said}", "Put the file itself here.", "files-are-readable")
            continue
        if not target.is_relative_to(root):
            reading.report(Where(name), "is a link out of the folder", "Put the file itself here.", "files-stay-inside")
        elif is_folder and path.is_symlink():
            reading.report(Where(name), "is a link to a folder", "Put the folder itself here.", "files-stay-inside")
        elif not is_folder:
            yield path, name


def _is_folder(path: Path) -> bool:
    """Whether it is a folder. Raises `OSError` for one that nobody may look into: its files would be missed."""
    if path.is_dir():
        next(path.iterdir(), None)
        return True
    return False


def _read_yaml_file(path: Path, name: str, reading: Reading) -> tuple[Any, dict[tuple[str | int, ...], int]] | None:
    text = read_text(path, name, reading)
    if text is None:
        return None
    try:
        return read_yaml(text)
    except Unread as error:
        reading.report(Where(name, error.line), error.message, error.fix, "files-are-yaml")
        return None


# --- records ----------------------------------------------------------------------------------------------------


def _load_site(data: Path, reading: Reading) -> Site | None:
    path, name = data / "site.yml", f"{data.name}/site.yml"
    if not path.exists() and not path.is_symlink():
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
    else:  # what names these records is not wrong for that
        reading.broken |= {(FOLDERS[folder], id) for id in _ID_LINE.findall(_text_of(path))}


def _text_of(path: Path) -> str:
    """What can be read of a file that is no YAML."""
    try:
        return path.read_text("utf-8", "replace") if path.is_file() else ""
    except OSError:
        return ""


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
        record = with_rows(record, path, reading)
    if record is None:
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            reading.broken.add((kind, value["id"]))
        return
    _keep(kind, record, reading)


def _keep(kind: str, record: Record, reading: Reading) -> None:
    fault = addresses.fault_of_name(record.id) if kind != "page" else ""
    if fault:
        where = record.marks.where("id")
        reading.report(where, f"{kind} {show(record.id)} {fault}", "Call it otherwise.", "names-fit-every-system")
        return
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
    for key in set(kind.model_fields) - set(authored_fields(kind)):
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
            words.append(show(part)[1:-1] if isinstance(part, str) else str(part))
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
    return list(authored_fields(part))


def _meaning_of(kind: type[Part], at: Sequence[str | int]) -> str:
    info = kind.model_fields.get(str(at[-1])) if len(at) == 1 else None
    return f" {info.description}" if info and info.description else ""


# --- prose ------------------------------------------------------------------------------------------------------


def _load_page(docs: Path, path: Path, name: str, reading: Reading) -> None:
    """A Markdown file: front matter between two lines `---`, then the body."""
    text = read_text(path, name, reading)
    if text is None:
        return
    match = re.match(r"---\n(.*?)^---\n", text, re.DOTALL | re.MULTILINE)
    if match is None:
        reading.report(Where(name), "has no front matter", "Begin with `---`, keys, `---`.", "pages-have-front-matter")
        return
    try:
        value, lines = read_yaml(match[1], first_line=2)
    except Unread as error:
        reading.report(Where(name, error.line), error.message, error.fix, "pages-have-front-matter")
        return
    for part in path.relative_to(docs).with_suffix("").parts:
        fault = addresses.fault_of_name(part)
        if fault:
            reading.report(Where(name), f"has a name that {fault}", "Call it otherwise.", "names-fit-every-system")
            return
    if len(text) - match.end() > MOST_LETTERS:
        message = f"is longer than {MOST_LETTERS} letters"
        reading.report(Where(name), message, "Make two pages of it.", "files-are-readable")
        return
    if isinstance(value, dict):
        value = {**value, "id": slug(path.relative_to(docs).with_suffix("").as_posix()) or "home"}
    page = _build(Page, value, Marks(name, lines), f"page {name}", reading)
    if page is None:
        return
    body_line = match[0].count("\n") + 1
    faults = faults_of_text(text[match.end() :])
    for line, message, fix in faults:
        reading.report(Where(name, body_line + line), message, fix, "pages-hold-plain-html")
    if len(faults) > MOST_FAULTS:
        return
    address = addresses.address_of(path.relative_to(docs).as_posix())
    extra = {"address": address, "body": text[match.end() :], "body_line": body_line}
    _keep("page", page.model_copy(update=extra), reading)
