"""The rows of a series in groups, so that a long table says its keys once and can be jumped through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import Row, Series, slug

LEAST_IN_A_GROUP = 4
LONG = 60
"""A table of more rows is long: it says once what its rows share, and can be jumped through."""
SEPARATOR = " · "


@dataclass(frozen=True)
class Group:
    """Rows that share the values of the first columns, by date. `anchor` is empty where there is only one group."""

    anchor: str
    keys: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        return SEPARATOR.join(key for key in self.keys if key)


@dataclass(frozen=True)
class Jump:
    """A place in a table: its words, its anchor, and the first row there."""

    words: str
    anchor: str
    row: Row


def group_rows(series: Series) -> tuple[int, list[Group]]:
    """How many columns the groups say for their rows, and the groups in the order of the file.

    As many of the first columns are taken as leave groups of at least four rows on average.
    """
    columns = list(series.columns)
    for number in range(len(columns), -1, -1):
        groups: dict[tuple[str, ...], list[Row]] = {}
        for row in series.rows:
            groups.setdefault(tuple(row.keys[column] for column in columns[:number]), []).append(row)
        if len(groups) * LEAST_IN_A_GROUP <= len(series.rows) or not number:
            return number, _with_anchors(groups)
    return 0, []


def _with_anchors(groups: dict[tuple[str, ...], list[Row]]) -> list[Group]:
    """Anchors begin with a word, so that none is the anchor of a row, which begins with a year."""
    slugs = [slug(f"of {' '.join(keys)}") for keys in groups]
    uses = Counter(slugs)
    anchors = [one if uses[one] == 1 else f"{one}-{at}" for at, one in enumerate(slugs, 1)]
    return [
        Group(anchor if len(groups) > 1 else "", keys, tuple(sorted(rows, key=lambda row: row.span)))
        for anchor, (keys, rows) in zip(anchors, groups.items(), strict=True)
    ]


def jumps_of(groups: Sequence[Group]) -> dict[str, list[Jump]]:
    """A list to jump by: the groups under the keys that they share, or the decades of a long table without groups."""
    found: dict[str, list[Jump]] = {}
    if len(groups) > 1:
        for group in groups:
            jump = Jump(group.keys[-1] or "–", group.anchor, group.rows[0])
            found.setdefault(SEPARATOR.join(key for key in group.keys[:-1] if key), []).append(jump)
        return found
    rows = groups[0].rows if groups else ()
    decades: dict[str, Row] = {}
    for row in rows if len(rows) > LONG else ():
        decades.setdefault(f"{row.span.start.year // 10 * 10}s", row)
    return {"": [Jump(words, row.anchor, row) for words, row in decades.items()]} if decades else {}


def rivals_of(series: Series) -> list[tuple[Row, ...]]:
    """Rows that share date and keys, by date: the values that differ, or that several sources give."""
    together: dict[tuple[object, ...], list[Row]] = {}
    for row in series.rows:
        together.setdefault((row.span, *row.keys.values()), []).append(row)
    return sorted((tuple(rows) for rows in together.values() if len(rows) > 1), key=lambda rows: rows[0].span)
