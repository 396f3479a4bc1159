"""The ledger: every number that a page calls, with the rows it rests on and how it was computed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator import addresses
from generator.figures import Figure
from generator.model import Row, Site
from generator.numerals import round_figures


def ledger_of(site: Site, called: Iterable[tuple[str, Figure]]) -> dict[str, Any]:
    """Numbers in the order of pages and, within a page, of calls; each row once, by the name that numbers call it."""
    numbers: list[dict[str, Any]] = []
    rows: dict[str, dict[str, Any]] = {}
    for page, figure in sorted(called, key=lambda item: item[0]):
        rows |= {row.reference: _row(row) for row in figure.rows}
        numbers.append(
            {
                "page": page,
                "text": figure.text,
                "kind": figure.kind,
                "value": f"{round_figures(figure.value, 6):f}",
                "unit": figure.unit,
                "formula": figure.formula or None,
                "rows": [row.reference for row in figure.rows],
            }
        )
    return {"as_of": str(site.as_of), "numbers": numbers, "rows": dict(sorted(rows.items()))}


def _row(row: Row) -> dict[str, Any]:
    return {
        "address": addresses.series(row.series, row.anchor),
        "series": row.series,
        "date": str(row.span),
        "keys": dict(row.keys),
        "value": row.digits,
        "unit": row.unit,
        "status": row.status,
        "sources": list(row.sources),
    }
