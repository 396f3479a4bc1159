"""Criteria applied to documents, as HTML inside a text."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator import addresses
from generator.model import Checklist, ChecklistCell, Document, Record
from generator.pages.frame import Rendering, fill
from generator.pen import Pen, write_words


@dataclass(frozen=True)
class CellView:
    """A cell with its words written, and the records on which it rests: kind/id, address, words."""

    answer: str
    text: Markup
    doubt: Markup
    evidence: tuple[tuple[str, str, str], ...]


def checklist_in_text(rendering: Rendering, pen: Pen, checklist: Checklist) -> Markup:
    """A table with a row for each criterion and a column for each document; a radio group in each cell."""
    subject = rendering.subject
    documents = [subject.find("document", column.document) for column in checklist.columns]
    rows = []
    for at, one in enumerate(checklist.criteria):
        marks = ("criteria", at)
        cells = [
            _view(rendering, pen, checklist, (*marks, "cells", number), document, cell)
            for number, (document, cell) in enumerate(zip(documents, one.cells, strict=False))
        ]
        rows.append((one, write_words(pen, one.why, checklist.marks.where(*marks, "why")), cells))
    context = {"checklist": checklist, "rows": rows}
    return Markup(fill(rendering, "checklist.html.j2", pen.address, **context))


def _view(
    rendering: Rendering,
    pen: Pen,
    checklist: Checklist,
    path: tuple[str | int, ...],
    document: Document | None,
    cell: ChecklistCell,
) -> CellView:
    find = rendering.subject.find
    own = document.id if document else ""
    records: list[Record | None] = [
        document,
        *(find("document", id) for id in cell.documents if id != own),
        *(find("event", id) for id in cell.events),
        *(find("register", id) for id in cell.registers),
    ]
    return CellView(
        answer=cell.answer,
        text=write_words(pen, cell.text, checklist.marks.where(*path, "text")),
        doubt=write_words(pen, cell.doubt, checklist.marks.where(*path, "doubt")),
        evidence=tuple((f"{one.kind}/{one.id}", addresses.of_record(one), one.title) for one in records if one),  # type: ignore[attr-defined]
    )
