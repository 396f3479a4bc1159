"""The table that is printed: what was measured, what was aimed at, and whether that was met."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """One thing measured: its value, how that is written, the most that was aimed at, and what stands beside it."""

    what: str
    measured: float
    write: Callable[[float], str]
    aim: float | None = None
    beside: str = ""

    @property
    def verdict(self) -> str:
        """Judged by the value as measured, not as it is rounded for print; nothing where nothing was aimed at."""
        if self.aim is None:
            return ""
        return "met" if self.measured <= self.aim else "missed"


# --- how values are written -------------------------------------------------------------------------------------


def times(value: float) -> str:
    return f"{value:.3f} x"


def milliseconds(value: float) -> str:
    return f"{value:.0f} ms"


def mebibytes(value: float) -> str:
    return f"{value / 2**20:.0f} MiB"


def kilobytes(value: float) -> str:
    return f"{value / 1000:,.1f} kB"


def exponent(value: float) -> str:
    return f"{value:.2f}"


def whole(value: float) -> str:
    return f"{value:.0f}"


def shift(value: float) -> str:
    return f"{value:.4f}"


# --- the table --------------------------------------------------------------------------------------------------

HEAD = ("", "measured", "aim, at most", "", "beside it")


def render_table(parts: Mapping[str, Sequence[Line]]) -> str:
    """Every part under its title, in columns; at the end how many aims were met and which were missed."""
    printed = []
    for title, lines in parts.items():
        cells = [HEAD, *(_cells(line) for line in lines)]
        widths = [max(len(row[at]) for row in cells) for at in range(len(HEAD))]
        printed += [title, *(_row(row, widths) for row in cells), ""]
    judged = [line for lines in parts.values() for line in lines if line.verdict]
    missed = [f"Missed: {line.what}" for line in judged if line.verdict == "missed"]
    return "\n".join([*printed, f"{len(judged) - len(missed)} of {len(judged)} aims met.", *missed])


def _cells(line: Line) -> tuple[str, ...]:
    aim = "" if line.aim is None else line.write(line.aim)
    return (line.what, line.write(line.measured), aim, line.verdict, line.beside)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    words = [cells[0].ljust(widths[0]), cells[1].rjust(widths[1]), cells[2].rjust(widths[2])]
    return "  ".join([*words, cells[3].ljust(widths[3]), cells[4]]).rstrip()


def as_data(parts: Mapping[str, Sequence[Line]]) -> dict[str, list[dict[str, Any]]]:
    """The same for machines, with values that are not rounded."""
    keys = ("what", "measured", "aim", "verdict", "beside")
    return {title: [{key: getattr(line, key) for key in keys} for line in lines] for title, lines in parts.items()}
