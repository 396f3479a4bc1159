"""Series, registers and records of some kinds as sheets: typed columns, lines of text, and CSV."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, get_args

from generator.exports.cells import write_csv
from generator.model import KINDS, Part, Register, Series, Subject, Table, authored_fields, marks_inside

SPANS = r"\d{4}(-\d{2}){0,2}~?(/\d{4}(-\d{2}){0,2}~?)?"
MEANINGS = {
    "date": "The time that the row is about: a year, month or day, ~ for about, a slash between the ends of a span.",
    "value": "The value, in the source's own digits.",
    "unit": "The unit of the value.",
    "low": "The lower end where the source gives a range.",
    "high": "The upper end where the source gives a range.",
    "status": "How the value came about.",
    "source": "Ids of the sources, several joined by semicolons.",
    "note": "What to know about this row.",
}
"""What the columns mean that every series has."""
RECORDS = {
    "events": "event",
    "people": "person",
    "terms": "term",
    "places": "place",
    "claims": "claim",
    "sources": "source",
}
"""Kinds of records that are given away as sheets, by the name of the sheet."""
TYPES = {bool: "boolean", int: "integer", float: "number"}


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its type is a word of Table Schema."""

    name: str
    type: str = "string"
    meaning: str = ""
    constraints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A table as it is given away. `table` is the series or register that it is, if it is one."""

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    lines: tuple[tuple[str, ...], ...]
    table: Table | None = None
    sources: tuple[str, ...] = ()

    @cached_property
    def csv(self) -> bytes:
        return write_csv([[column.name for column in self.columns], *self.lines]).encode()


def sheets_of(subject: Subject) -> list[Sheet]:
    """Every sheet of a subject that has a line, in the order of their names."""
    sheets = [sheet_of_series(subject, series) for series in subject.of("series")]
    sheets += [sheet_of_register(register) for register in subject.of("register")]
    sheets += [_sheet_of_records(subject, name, kind) for name, kind in RECORDS.items()]
    return sorted((sheet for sheet in sheets if sheet.lines), key=lambda sheet: sheet.name)


def sources_of(table: Series | Register) -> tuple[str, ...]:
    """Every source of a table's rows, once."""
    return tuple(sorted({id for row in table.rows for id in row.sources}))


def sheet_of_series(subject: Subject, series: Series) -> Sheet:
    """A series with its own columns between the date and the value."""
    columns = [
        _date_column(series),
        *(Column(key, meaning=meaning) for key, meaning in series.columns.items()),
        Column("value", "number", MEANINGS["value"], {"required": True}),
        Column("unit", meaning=_meaning_of_units(subject, series), constraints={"required": True}),
        Column("low", "number", MEANINGS["low"]),
        Column("high", "number", MEANINGS["high"]),
        Column("status", meaning=_meaning_of_status(subject), constraints={"required": True}),
        Column("source", meaning=MEANINGS["source"], constraints={"required": True}),
        Column("note", meaning=MEANINGS["note"]),
    ]
    lines = []
    for row in series.rows:
        ends = ["" if end is None else f"{end:f}" for end in (row.low, row.high)]
        values = [*row.keys.values(), row.digits, row.unit, *ends]
        lines.append((str(row.span), *values, row.status, ";".join(row.sources), row.note))
    return Sheet(series.id, series.title, series.definition, tuple(columns), tuple(lines), series, sources_of(series))


def _date_column(series: Series) -> Column:
    """Years alone are numbers to a machine; anything else is text of a known form."""
    if all(row.span.is_year and not row.span.start.about for row in series.rows):
        return Column("date", "year", "The year that the row is about.", {"required": True})
    return Column("date", "string", MEANINGS["date"], {"required": True, "pattern": SPANS})


def _meaning_of_units(subject: Subject, series: Series) -> str:
    units = {id: subject.site.unit(id).label for id in sorted({row.unit for row in series.rows})}
    return f"{MEANINGS['unit']} {_listed(units)}"


def _meaning_of_status(subject: Subject) -> str:
    return f"{MEANINGS['status']} {_listed({id: word.note for id, word in subject.site.words('status').items()})}"


def _listed(words: Mapping[str, str]) -> str:
    return " ".join(f"{id}: {meaning.rstrip('.')}." for id, meaning in words.items() if meaning)


def sheet_of_register(register: Register) -> Sheet:
    """A register: every cell is text."""
    columns = tuple(Column(key, meaning=meaning) for key, meaning in register.columns.items())
    lines = tuple(tuple(row.cells[column.name] for column in columns) for row in register.rows)
    return Sheet(register.id, register.title, register.definition, columns, lines, register, sources_of(register))


# --- records ----------------------------------------------------------------------------------------------------


def _sheet_of_records(subject: Subject, name: str, kind: str) -> Sheet:
    model = KINDS[kind]
    fields = authored_fields(model)
    columns = tuple(Column(key, _type_of(info), info.description or "") for key, info in fields.items())
    lines = tuple(tuple(_cell(getattr(record, key), fields[key]) for key in fields) for record in subject.of(kind))
    meaning = (model.__doc__ or "").strip().splitlines()[0]
    return Sheet(name, name.capitalize(), meaning, columns, lines)


def _type_of(info: Any) -> str:
    """The type of a field: lists of ids are text, other lists and pieces of records JSON."""
    if _is_list(info.annotation):
        return "string" if marks_inside(info) else "array"
    return next((TYPES[kind] for kind in (info.annotation, *get_args(info.annotation)) if kind in TYPES), "string")


def _is_list(annotation: Any) -> bool:
    return str(annotation).startswith("tuple[")


def _cell(value: Any, info: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if not _is_list(info.annotation):
        return str(value)
    if marks_inside(info):
        return ";".join(value)
    items = [item.model_dump(mode="json") if isinstance(item, Part) else item for item in value]
    return json.dumps(items, ensure_ascii=False) if items else ""
