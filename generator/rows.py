"""Reads the rows of a series or register from its CSV file."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from generator.dates import Span, parse_span
from generator.model import Register, Row, Series, TextRow, slug
from generator.problems import Where, did_you_mean, show
from generator.reading import MOST_LETTERS, Reading, read_text

OWN_COLUMNS = ("date", "value", "unit", "low", "high", "status", "source", "note")
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")


def with_rows(table: Any, path: Path, reading: Reading) -> Any:
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
    text = read_text(source, name, reading)
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
    reader = csv.reader(io.StringIO(text), strict=True)
    line = 1
    try:
        for cells in reader:
            if max(map(len, cells), default=0) > MOST_LETTERS:
                message = f"has a cell of more than {MOST_LETTERS} letters"
                reading.report(Where(name, line), message, "Check the quotes.", "files-are-csv")
                return
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
            reading.report(Where(name), f"has an unknown column {show(column)}", fix, "columns-are-explained")
        if header.count(column) > 1:
            reading.report(Where(name), f"has the column {show(column)} twice", "Keep one.", "columns-are-explained")
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
) -> tuple[TextRow, ...]:
    if not _columns_are_known(table, lines[0][1], (), name, reading):
        return ()
    records = list(_records_of(lines, name, reading))
    anchors = _different(slug(" ".join(list(cells.values())[:2]))[:60].strip("-") for _, cells in records)
    return tuple(
        _text_row(where, anchor, cells, reading) for anchor, (where, cells) in zip(anchors, records, strict=True)
    )


def _text_row(where: Where, anchor: str, cells: Mapping[str, str], reading: Reading) -> TextRow:
    span = _span_cell(where, cells["date"], reading) if cells.get("date") else None
    return TextRow(where, anchor, cells, span, _ids(cells.get("source", "")))


def _ids(cell: str) -> tuple[str, ...]:
    return tuple(id for id in re.split(r"\s*;\s*", cell) if id)


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
    sources = _ids(cells["source"])
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
    uses = Counter(short)
    anchors = _different(one if uses[one] == 1 else other for one, other in zip(short, long, strict=True))
    return tuple(replace(row, anchor=anchor) for row, anchor in zip(rows, anchors, strict=True))


def _different(anchors: Iterable[str]) -> list[str]:
    """The anchors, numbered where one stood before; one without a letter is called "row"."""
    found: dict[str, None] = {}
    for anchor in anchors:
        base = anchor or "row"
        numbered = (f"{base}-{number}" for number in count(2))
        found[base if base not in found else next(other for other in numbered if other not in found)] = None
    return list(found)
