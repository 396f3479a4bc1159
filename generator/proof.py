"""Proves the numbers of a finished page by value: what a page says of a row is what the row says.

The audit asks for each number which rows, record or chart it names. Here the answer is worked out again from the data
alone. Figures in a text are computed by other code than that which wrote them; which rows a chart draws is asked of
the code that drew it, and its marks are compared with them.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.charts.marks import marks_of
from generator.dates import format_span
from generator.model import Chart, Claim, Record, Register, Row, Subject, Unit
from generator.numerals import MINUS, Quantity, find_quantities, round_figures
from generator.pen import Pen, write_plain
from generator.units import factor_between

OWN_KINDS = ("rule", "schema")
"""What the generator documents about itself: no claim about the subject."""
TABLES = ("series", "register")
CONSTANTS = frozenset({"1", "100"})
"""What formulas hold besides rows: of percent."""
SIGNS = f"{MINUS}+-"
_SCALED = re.compile(r"\b(?:hundred|thousand|million|billion|trillion|bn)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def tokens(text: str) -> Iterator[str]:
    """The numbers of a text in one spelling, and its quantity words in small letters."""
    numbers = _NUMBER.findall(text)
    for number in numbers:
        yield spelled(Decimal(number.replace(",", "")))
    if not numbers and text.strip():
        yield text.strip().casefold()


def as_said(quantity: str) -> str:
    """A quantity in one spelling, its scale included: "300 million"."""
    return " ".join(quantity.lstrip(SIGNS).replace(",", "").casefold().split())


def spelled(number: Decimal) -> str:
    return f"{abs(number).normalize():f}"


class Ledger:
    """What each row and chart of a subject may say on a page."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.names = [name.text for name in subject.of("allowed")]
        self._quantities: dict[str, list[Quantity]] = {}
        self._said_by_row: dict[str, frozenset[str]] = {}
        self._said_by_chart: dict[str, frozenset[str]] = {}
        self._said_by_record: dict[str, frozenset[str]] = {}

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Every row by its reference."""
        return {row.reference: row for series in self.subject.of("series") for row in series.rows}

    # --- what stands in texts ---

    def quantities_in(self, text: str) -> list[Quantity]:
        """The numbers and quantity words of a text, which may stand on every page and is read once."""
        if text not in self._quantities:
            self._quantities[text] = find_quantities(text, self.names)
        return self._quantities[text]

    def is_said(self, quantity: str, said: frozenset[str]) -> bool:
        """Whether a number or quantity word of a page is among those that its trace says, in its own scale."""
        return as_said(quantity) in said or (not _SCALED.search(quantity) and set(tokens(quantity)) <= said)

    def is_record(self, name: str) -> bool:
        """Whether a record of this kind and id exists; rules and shapes are records of the generator itself."""
        return name.partition("/")[0] in OWN_KINDS or self._record(name) is not None

    def _record(self, name: str) -> Record | None:
        """The record of this kind and id; a table is a series or a register."""
        kind, _, id = name.partition("/")
        kinds = TABLES if kind == "table" else (kind,)
        return next((record for kind in kinds if (record := self.subject.find(kind, id))), None)

    def said_by_record(self, name: str) -> frozenset[str] | None:
        """Every number that stands in a record; `None` for the records of the generator itself."""
        record = self._record(name)
        if record is None:
            return None
        if name not in self._said_by_record:
            texts = itertools.chain(_texts_in(record.model_dump(mode="json")), self._figures_of(record))
            if isinstance(record, Register):
                texts = itertools.chain(texts, *(row.cells.values() for row in record.rows))
            self._said_by_record[name] = frozenset(token for text in texts for token in self._tokens_of_text(text))
        return self._said_by_record[name]

    def _figures_of(self, record: Record) -> Iterator[str]:
        """The figures of a claim with their unit, which stands in a field of its own: "211 billion"."""
        if isinstance(record, Claim) and record.unit:
            units = [self.subject.site.unit(unit.strip()).label for unit in record.unit.split(";")]
            numbers = _NUMBER.findall(f"{record.value} {record.checked_value}")
            yield from (f"{number} {unit}" for number in numbers for unit in units)

    def said_by_rows(self, names: Sequence[str]) -> frozenset[str]:
        """Every number that stands in these rows, or counts the rows that are like them."""
        return CONSTANTS.union([str(len(names))], *(self._said(name) for name in names))

    def _said(self, name: str) -> frozenset[str]:
        if name not in self._said_by_row:
            row = self.rows[name]
            unit = self.subject.site.unit(row.unit)
            ends = (f"{end:f}" for end in (row.low, row.high) if end is not None)
            texts = [
                self.subject.get("series", row.series).title,
                row.digits,
                *ends,
                *row.keys.values(),
                row.note,
                unit.label,
                format_span(row.span),
            ]
            found = {spelled(row.value), str(len(self._alike(row)))}
            found = found.union(*(self.said_by_record(f"source/{id}") or () for id in row.sources))
            for number, label in self._forms(row.value, row.unit):
                found |= {spelled(number), as_said(f"{number.normalize():f} {label.split()[0] if label else ''}")}
            found.add(as_said(f"{row.digits} {unit.label.split()[0]}"))
            found |= set(self._tokens_of_text(" ; ".join(texts)))
            self._said_by_row[name] = frozenset(found)
        return self._said_by_row[name]

    def _tokens_of_text(self, text: str) -> Iterator[str]:
        yield from (spelled(Decimal(number.replace(",", ""))) for number in _NUMBER.findall(text))
        yield from (as_said(quantity.text) for quantity in find_quantities(text))

    def _alike(self, row: Row) -> list[Row]:
        """The rows of the same series with the same keys, of which a row may be the largest or smallest."""
        return self._rows_alike[row.series, *sorted(row.keys.items())]

    @cached_property
    def _rows_alike(self) -> Mapping[tuple[object, ...], list[Row]]:
        alike: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        for series in self.subject.of("series"):
            for row in series.drawn_rows(series.rows):
                alike[series.id, *sorted(row.keys.items())].append(row)
        return alike

    def said_by_chart(self, id: str, specification: Path) -> frozenset[str]:
        """Every number that the words, rows and axes of a chart hold."""
        if id not in self._said_by_chart:
            chart: Chart = self.subject.get("chart", id)
            points = [point for mark in marks_of(self.subject, chart) for point in mark.points]
            texts = [*self._words_of_chart(chart), *(point.label for point in points)]
            unit = self.subject.site.unit(chart.unit)
            texts += [self.subject.site.unit(name).label for name in {chart.unit, *(p.row.unit for p in points)}]
            texts.append(unit.short)
            texts += [word for event in chart.events for word in (self.subject.get("event", event).title,)]
            found = {token for text in texts for token in self._tokens_of_text(text)}
            found |= {spelled(point.row.value) for point in points}
            found |= {str(number) for number in range(1, len(chart.events) + 1)}
            found |= self._counts_of(chart)
            found |= _with_scale([*_ticks_in(specification), *(point.label for point in points)], unit)
            self._said_by_chart[id] = frozenset(found)
        return self._said_by_chart[id]

    def _counts_of(self, chart: Chart) -> set[str]:
        """How many rows each lane of a strip has, in all and of each status."""
        if chart.kind_of_chart != "strip":
            return set()
        lanes = [[point.is_open for point in mark.points] for mark in marks_of(self.subject, chart)]
        return {str(number) for lane in lanes for number in (len(lane), lane.count(True), lane.count(False))}

    def _words_of_chart(self, chart: Chart) -> Iterator[str]:
        unit = self.subject.site.unit(chart.unit).label
        pen = Pen(self.subject, "/", draw_chart=lambda pen, chart: "")  # type: ignore[arg-type,return-value]
        for text in (chart.title, chart.headline, chart.subtitle, chart.takeaway, chart.alt, *chart.notes):
            yield write_plain(pen, text, chart.marks.where(), unit)
        yield from (chart.gap_note, chart.level_note, chart.level or "", chart.rest, *chart.steps)
        yield from (text for draw in chart.draw for text in (draw.label, draw.panel, draw.block))

    def faults_of_drawing(self, id: str, specification: Path) -> Iterator[str]:
        """What a drawing shows that its rows do not, and which of its rows it does not show."""
        points = [point for mark in marks_of(self.subject, self.subject.get("chart", id)) for point in mark.points]
        meant = {point.row.reference: point.y for point in points}
        drawn = list(_data_in(json.loads(specification.read_text("utf-8"))["specification"]))
        for datum in drawn:
            row = datum.get("row", "no row")
            if "y" in datum and meant.get(row) != datum["y"]:
                yield f"draws {datum['y']} for {row}, which says {meant.get(row, 'nothing')}"
        for row in sorted(set(meant) - {datum.get("row") for datum in drawn}):
            yield f"does not draw {row}"

    # --- figures ---

    def fault_of_figure(self, operation: str, names: Sequence[str], text: str, value: str) -> str:
        """What is wrong with a figure of a text; empty where its rows give just that."""
        rows = [self.rows[name] for name in names]
        try:
            number, units = self._compute(operation, rows)
        except (ValueError, ZeroDivisionError, IndexError) as error:
            return f"cannot be computed again ({error})"
        if spelled(round_figures(number, 6)) != spelled(round_figures(Decimal(value), 6)):
            return f"bears the value {value}, but its rows give {round_figures(number, 6):f}"
        said = _NUMBER.search(text)
        if said is None:
            return "holds no number"
        shown = Decimal(said[0].replace(",", ""))
        is_below = MINUS in text[: said.start()]
        if not any(shown == abs(form) and (form < 0) == is_below and label in text for form, label in units):
            return f"says {said[0]}, but its rows give {spelled(round_figures(number, 6))}"
        return ""

    def _compute(self, operation: str, rows: Sequence[Row]) -> tuple[Decimal, list[tuple[Decimal, str]]]:
        """The value of a figure, and every way to write it: rounded, with the words that must stand beside it."""
        first = rows[0]
        if operation in ("value", "peak", "trough"):
            alike = [row.value for row in self._alike(first)]
            if operation != "value" and first.value != (max if operation == "peak" else min)(alike):
                raise ValueError("another row is further out")
            own = self.subject.site.unit(first.unit)
            exact = (first.value, "%" if own.form == "percent" else own.label)
            return first.value, [*self._forms(first.value, first.unit), exact]
        if operation == "rank":
            place = 1 + sum(1 for row in rows[1:] if self._in_unit(row, first.unit) > first.value)
            return Decimal(place), [(Decimal(place), f" of {len(rows)}")]
        one, other = rows[0], rows[-1]
        if operation == "difference":
            number = self._in_unit(one, other.unit) - other.value
            word = "less" if number < 0 else "more"
            return number, [(form, word) for form, _ in self._forms(abs(number), other.unit)]
        if operation == "ratio":
            number = self._in_unit(one, other.unit) / other.value
            return number, [(round_figures(number, 2), "times")]
        if operation == "share":
            number = self._in_unit(one, other.unit) / other.value * 100
            return number, [(round_figures(number), "%")]
        if operation == "change":
            return self._change(one, other)
        raise ValueError(f"no operation is called {operation}")

    def _change(self, start: Row, end: Row) -> tuple[Decimal, list[tuple[Decimal, str]]]:
        after, is_percent = self._in_unit(end, start.unit), self.subject.site.unit(start.unit).form == "percent"
        number = after - start.value if is_percent else (after / start.value - 1) * 100
        way = "down" if number < 0 else "up"
        return number, [(round_figures(abs(number)), way)]

    def _in_unit(self, row: Row, unit: str) -> Decimal:
        factor = factor_between(self.subject.site, row.unit, unit)
        if factor is None:
            raise ValueError(f"{row.unit} does not convert into {unit}")
        return row.value * factor

    def _forms(self, value: Decimal, unit: str) -> list[tuple[Decimal, str]]:
        """A value in every unit of its base, rounded as texts round, with the words of that unit."""
        site = self.subject.site
        own = site.unit(unit)
        family: list[Unit] = [other for other in site.units if other.base == own.base] or [own]
        return [
            (
                round_figures(value * (factor_between(site, unit, other.id) or 1)),
                "%" if other.form == "percent" else other.label,
            )
            for other in family
        ]


def _texts_in(part: object) -> Iterator[str]:
    """Every text and number of a record."""
    if isinstance(part, dict):
        for value in part.values():
            yield from _texts_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from _texts_in(value)
    elif part is not None:
        yield str(part)


def _data_in(part: object) -> Iterator[Mapping[str, Any]]:
    """Every datum of a specification."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "data" and isinstance(value, dict):
                yield from value.get("values", ())
            else:
                yield from _data_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from _data_in(value)


def _ticks_in(specification: Path) -> list[str]:
    if not specification.is_file():
        return []
    return list(_ticks(json.loads(specification.read_text("utf-8"))["specification"]))


def _with_scale(numbers: Sequence[str], unit: Unit) -> set[str]:
    """Numbers alone and with the scale of a unit, as an axis and a label write them."""
    scales = {text.split()[0] for text in (unit.label, unit.short) if text}
    return {as_said(number) for number in numbers} | {
        as_said(f"{number} {scale}") for number in numbers for scale in scales
    }


def _ticks(part: object) -> Iterator[str]:
    """The values at which the axes of a specification are marked."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "axis" and isinstance(value, dict):
                yield from (spelled(Decimal(str(tick))) for tick in value.get("values", ()))
            else:
                yield from _ticks(value)
    elif isinstance(part, list):
        for value in part:
            yield from _ticks(value)
