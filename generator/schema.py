"""The shape of every record kind, as JSON Schema and as words for the page that documents it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin

from generator.dates import Span
from generator.load import FOLDERS
from generator.model import KINDS, Part, Ref, Site, Word, authored_fields, find_part_inside, marks_inside
from generator.rows import OWN_COLUMNS

PLAIN_SHAPES: dict[type, str] = {Span: "date", bool: "true or false", float: "number", int: "whole number"}


@dataclass(frozen=True)
class FieldWords:
    """A key of a record, said for an author."""

    name: str
    is_required: bool
    shape: str
    meaning: str


@dataclass(frozen=True)
class KindWords:
    """A kind of record, said for an author."""

    name: str
    place: str
    sentence: str
    fields: tuple[FieldWords, ...]


def schema_of_everything() -> dict[str, Any]:
    """One JSON Schema for `site.yml` and for a record of each kind."""
    schemas = {"site": Site.model_json_schema(), **{name: kind.model_json_schema() for name, kind in KINDS.items()}}
    definitions: dict[str, Any] = {}
    for schema in schemas.values():
        definitions.update(schema.pop("$defs", {}))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": definitions, "properties": schemas}


def describe_kinds() -> list[KindWords]:
    """Every kind with its fields, the site first, then the pieces of which records are made."""
    kinds: dict[str, tuple[type[Part], str]] = {"site": (Site, "data/site.yml")}
    for name, kind in KINDS.items():
        kinds[name] = (kind, _place_of(name))
    for part in dict.fromkeys(_parts_inside(*(kind for kind, _ in kinds.values()))):
        kinds.setdefault(_lower(part.__name__), (part, "inside other records"))
    return [_describe(name, kind, place) for name, (kind, place) in kinds.items()]


def _place_of(kind: str) -> str:
    folders = {name: folder for folder, name in FOLDERS.items()}
    if kind == "page":
        return "docs/**/*.md, as front matter"
    if kind == "party":
        return "data/site.yml, under parties"
    folder = folders[kind]
    if kind in ("series", "register"):
        own = f" with the columns {', '.join(OWN_COLUMNS)} and its own" if kind == "series" else ""
        return f"data/{folder}/<id>.yml beside data/{folder}/<id>.csv{own}"
    return f"data/{folder}.yml or data/{folder}/*.yml"


def _parts_inside(*kinds: type[Part]) -> Iterator[type[Part]]:
    for kind in kinds:
        for info in kind.model_fields.values():
            part = find_part_inside(info.annotation)
            if part is not None and part not in KINDS.values():
                yield part
                yield from _parts_inside(part)


def _describe(name: str, kind: type[Part], place: str) -> KindWords:
    fields = tuple(
        FieldWords(key, info.is_required(), _shape_of(info), info.description or "")
        for key, info in authored_fields(kind).items()
    )
    return KindWords(name, place, (kind.__doc__ or "").strip().splitlines()[0], fields)


def _shape_of(info: Any) -> str:
    """What a field holds, in a few words, from its annotation."""
    marks = marks_inside(info)
    text = str(info.annotation)
    many = "list of " if text.startswith("tuple[") else "map of names to " if "Mapping[" in text else ""
    part = find_part_inside(info.annotation)
    if marks and isinstance(marks[0], Ref):
        return f"{many}id of a {marks[0].kind}"
    if marks and isinstance(marks[0], Word):
        return f"{many}word of the vocabulary {marks[0].vocabulary}"
    if part is not None:
        return f"{many}{_lower(part.__name__)}"
    return many + _plain_shape(info.annotation)


def _plain_shape(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return f"one of {', '.join(get_args(annotation))}"
    if isinstance(annotation, type) and annotation in PLAIN_SHAPES:
        return PLAIN_SHAPES[annotation]
    inside = get_args(annotation)
    inner = inside[:1] if get_origin(annotation) is Annotated else inside  # what is behind the type only limits it
    inner = inside[1:] if get_origin(annotation) is Mapping else inner
    return next((shape for shape in map(_plain_shape, inner) if shape != "text"), "text")


def _lower(name: str) -> str:
    return "".join(
        f"-{letter.lower()}" if letter.isupper() and at else letter.lower() for at, letter in enumerate(name)
    )
