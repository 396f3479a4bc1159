"""Cells of tables as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Spreadsheets read the wide signs of some keyboards as the narrow ones."""


def write_csv(lines: Iterable[Sequence[str]]) -> str:
    r"""Lines as CSV with `\n` ends. A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([_safe_cell(cell) for cell in line] for line in lines)
    return buffer.getvalue()


def _safe_cell(cell: str) -> str:
    is_formula = cell.startswith(_FORMULA) and not re.fullmatch(r"-?\d+(\.\d+)?", cell)
    return f"'{cell}" if is_formula else cell
