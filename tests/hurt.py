"""The ferry with words that would be scripts in every text that an author may write."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import StringConstraints

from generator.build import Places
from generator.load import FOLDERS
from generator.model import KINDS, Chart, Page, Part, Place, Ref, Site, Unit, Word, authored_fields
from generator.yaml_text import read_yaml
from tests.sites import copy_site

LONG = (
    "\"'></title></script></style></textarea>--><img/src=x/onerror=hurt()><script>hurt()</script>"
    "<svg/onload=hurt()>[x](javascript:hurt()){:onclick=hurt()}"
)
SHORT = '"><img/src=x/onerror=hurt()>'
"""For texts that may not be long."""
SHORTEST = "<b/onclick=hurt()>"
"""For names in drawings, which need room."""
CHOOSING = {"where", "keys", "tested_by", "side", "row", "record", "unit"}
"""Fields whose words choose or name something: what is not known there is a problem."""
FIXED = {("AllowedName", "text"), ("Wording", "words"), ("Unless", "text"), ("StoryPart", "title"), ("Page", "part")}
FIXED |= {(kind, key) for kind in ("Unit", "Party") for key in authored_fields(KINDS["party"]) | authored_fields(Unit)}
"""Texts that are compared with others: with prose, with words, with a title in the settings of the engine. Units and
parties stand in every drawing, which all would have to be made anew."""
CHARTS = 3
"""So many are drawn with scripts in their texts."""
BOUND = ("date", "source")
Leaf = tuple[tuple[str | int, ...], str]


def texts_in(
    annotation: Any, value: Any, marks: tuple[Any, ...] = (), at: tuple[str | int, ...] = ()
) -> Iterator[Leaf]:
    """Every text of a record that is free: of no pattern, no list of words, and naming no other record."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        yield from texts_in(inner, value, (*marks, *more), at)
    elif get_origin(annotation) is Literal or value is None:
        return
    elif isinstance(annotation, type) and issubclass(annotation, Part):
        for key, info in authored_fields(annotation).items():
            if key in value and key not in CHOOSING and (annotation.__name__, key) not in FIXED:
                yield from texts_in(info.annotation, value[key], tuple(info.metadata), (*at, key))
    elif get_origin(annotation) in (UnionType, Union):
        for choice in get_args(annotation):
            if choice is not type(None):
                yield from texts_in(choice, value, marks, at)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts_in(get_args(annotation)[0], item, marks, (*at, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts_in(get_args(annotation)[1], item, marks, (*at, key))
    elif annotation is str and isinstance(value, str) and value and not any(map(_is_bound, marks)):
        yield at, value


def _is_bound(mark: Any) -> bool:
    return isinstance(mark, Ref | Word) or (isinstance(mark, StringConstraints) and mark.pattern not in (None, r"\S"))


def hurt(text: str) -> str:
    """The text with scripts; a question, which must be short and end as one, with a short one before it."""
    return f"{SHORT}{text}" if text.endswith("?") else f"{text}{LONG}"


def hurt_ferry(target: Path) -> tuple[Places, int]:
    """A ferry that passes every check, and in how many texts of its records scripts stand."""
    places = copy_site("ferry", target)
    number = sum(_hurt_records(path, _kind_of(places.data, path)) for path in sorted(places.data.rglob("*.yml")))
    number += sum(_hurt_page(path) for path in sorted(places.docs.rglob("*.md")))
    for path in sorted(places.data.rglob("*.csv")):
        _hurt_cells(path)
    return places, number


def _kind_of(data: Path, path: Path) -> type[Part]:
    inside = path.relative_to(data)
    if inside.as_posix() == "site.yml":
        return Site
    return KINDS[FOLDERS[inside.parts[0] if len(inside.parts) > 1 else inside.stem]]


def _hurt_records(path: Path, kind: type[Part]) -> int:
    value = json.loads(json.dumps(read_yaml(path.read_text("utf-8"))[0]))
    records = value if isinstance(value, list) else [value]
    number = sum(_hurt_value(kind, record) for record in (records[:CHARTS] if kind is Chart else records))
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")
    return number


def _hurt_value(kind: type[Part], value: Any) -> int:
    leaves = list(texts_in(kind, value))
    for at, text in leaves:
        inside = value
        for key in at[:-1]:
            inside = inside[key]
        if (kind, at) == (Place, ("label",)):
            inside[at[-1]] = f"{text}{SHORTEST}"
        else:
            inside[at[-1]] = f"{text}{SHORT}" if "draw" in at else hurt(text)
    return len(leaves)


def _hurt_page(path: Path) -> int:
    """The front matter; in the body what a page may hold: words of calls, and signs that are written as such."""
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    value = json.loads(json.dumps(read_yaml(front)[0]))
    number = _hurt_value(Page, value)
    called = f"{{{{ event('storm', {LONG!r}) }}}}"
    written = LONG.replace("<", "&lt;").replace("{", "&lbrace;").replace("](javascript:", "] (javascript:")
    path.write_text(f"---\n{json.dumps(value, ensure_ascii=False)}\n---\n{body}\n\n{called}\n\n{written}\n", "utf-8")
    return number + 2


def _hurt_cells(path: Path) -> None:
    """Notes of series, and every cell of a register that is neither date nor source."""
    header, *lines = csv.reader(io.StringIO(path.read_text("utf-8")))
    free = [at for at, name in enumerate(header) if name == "note" or ("value" not in header and name not in BOUND)]
    rows = [[hurt(cell) if at in free else cell for at, cell in enumerate(line)] for line in lines if line]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
