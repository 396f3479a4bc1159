"""The data pages: each series with every row and its source, and each register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator import addresses
from generator.exports.citations import as_bibtex, as_ris, citation_of, in_styles
from generator.exports.package import metadata_of, write_json
from generator.exports.sheets import sheet_of_register, sheet_of_series, sources_of
from generator.groups import LONG, Group, Jump, group_rows, jumps_of, rivals_of
from generator.model import Contested, Correction, Preference, Register, Row, Series, Source, is_preferred
from generator.pages.frame import Rendering, RowView, add_page, neighbours, view_of

JOINED = {"sum": " plus ", "difference": " less ", "share": " in percent of ", "ratio": " divided by "}
"""What stands between the operands of a computed row."""
PLAIN = "reported"
"""The status that is not worth a word."""
SHORT_CELL = 40
"""Letters that a cell of a register has at most, on average, in a narrow column."""


def add_tables(rendering: Rendering) -> None:
    """A page for each series and each register."""
    for series in rendering.subject.of("series"):
        add_series(rendering, series)
    for register in rendering.subject.of("register"):
        add_register(rendering, register)


def _furniture(rendering: Rendering, table: Series | Register) -> dict[str, Any]:
    """What the pages of series and registers share; writes the files beside them."""
    subject, site_url = rendering.subject, rendering.world.site_url
    citation = citation_of(subject.site, table, site_url)
    rendering.add(f"data/{table.id}.bib", as_bibtex(citation))
    rendering.add(f"data/{table.id}.ris", as_ris(citation))
    rendering.tree[f"data/{table.id}.json"] = write_json(metadata_of(subject, table, site_url))
    return {
        "table": table,
        "kind": table.kind,
        "grade": subject.site.words("grade").get(table.grade),
        "sources": sources_of(table),
        "styles": in_styles(citation),
        "corrections": _corrections_of(rendering, table),
        "contested": _contested_of(rendering, table),
        "neighbours": neighbours(subject.of(table.kind), table),
    }


def _corrections_of(rendering: Rendering, table: Series | Register) -> list[Correction]:
    found = [
        correction
        for correction in rendering.subject.of("correction")
        if correction.series == table.id or correction.record == f"{table.kind}/{table.id}"
    ]
    return sorted(found, key=lambda correction: (correction.date, correction.id), reverse=True)


def _contested_of(rendering: Rendering, table: Series | Register) -> list[tuple[Contested, str]]:
    """Contested entries that name this table's rows, with the address where there is such a page."""
    entries = [
        entry for entry in rendering.subject.of("contested") if any(part.series == table.id for part in entry.differing)
    ]
    homes = (addresses.contested(entry.theme, entry.id) for entry in entries)
    return [(entry, home if rendering.has(home) else "") for entry, home in zip(entries, homes, strict=True)]


# --- series -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GroupView:
    """Rows under one head, which says what is the same for all of them; empty where each row says it."""

    group: Group
    views: tuple[RowView, ...]
    unit: str
    sources: tuple[Source, ...]
    status: str

    @property
    def has_head(self) -> bool:
        return bool(self.group.anchor or self.unit or self.sources or self.status)


@dataclass(frozen=True)
class RowTable:
    """Every row of a series, laid out: which columns it needs, and what is said once instead of in each row."""

    keys: tuple[str, ...]
    groups: tuple[GroupView, ...]
    jumps: Mapping[str, Sequence[Jump]]
    notes: Mapping[str, Row]
    """Each note that stands beside several rows, with the first of them."""
    preferred: frozenset[str]
    unit: str
    has_units: bool
    has_sources: bool
    has_remarks: bool
    has_uses: bool

    @property
    def width(self) -> int:
        return 2 + len(self.keys) + self.has_units + self.has_sources + self.has_remarks + self.has_uses


def add_series(rendering: Rendering, series: Series) -> None:
    """The page and the CSV file of a series; written after the prose, when it is known which rows are called."""
    charts = [chart for chart in rendering.subject.of("chart") if any(draw.series == series.id for draw in chart.draw)]
    uses = [rendering.uses.get((series.id, row.anchor), {}) for row in series.rows]
    on_pages = {address: title for chart in charts for address, title in rendering.charts_on.get(chart.id, {}).items()}
    context = {
        **_furniture(rendering, series),
        "series": series,
        "rows": _row_table(rendering, series),
        "rivals": [_rival(rendering, series, rows) for rows in rivals_of(series)],
        "derivations": [(derivation, JOINED[derivation.operation]) for derivation in series.derivations],
        "status_words": rendering.subject.site.words("status"),
        "computed": rendering.computed.get(series.id, []),
        "charts": charts,
        "chart_numbers": {addresses.chart(chart.id): number for number, chart in enumerate(charts, 1)},
        "pages": on_pages | {address: title for use in uses for address, title in use.items() if _is_page(address)},
    }
    source = series.marks.path.removesuffix(".yml") + ".csv"
    add_page(rendering, "series.md.j2", addresses.series(series.id), source, **context)
    rendering.tree[f"data/{series.id}.csv"] = sheet_of_series(rendering.subject, series).csv


def _is_page(address: str) -> bool:
    return not address.startswith("/charts/") and "#" not in address


def _row_table(rendering: Rendering, series: Series) -> RowTable:
    said, groups = group_rows(series)
    views = {row.anchor: view_of(rendering, row) for row in series.rows}
    often = Counter(row.note for row in series.rows if row.note)
    units = {view.unit for view in views.values()}
    heads = tuple(
        _group_view(group, [views[row.anchor] for row in group.rows], len(units), len(series.rows)) for group in groups
    )
    return RowTable(
        keys=tuple(series.columns)[said:],
        groups=heads,
        jumps=jumps_of(groups),
        notes={note: row for row in reversed(series.rows) if often[note := row.note] > 1},
        preferred=frozenset(row.anchor for row in series.rows if _is_preferred(series, row)),
        unit=units.pop() if len(units) == 1 else "",
        has_units=len(units) > 1 and not all(head.unit for head in heads),
        has_sources=not all(head.sources for head in heads),
        has_remarks=any(_has_remark(series, head, view) for head in heads for view in head.views),
        has_uses=any(view.used_by for view in views.values()),
    )


def _group_view(group: Group, views: Sequence[RowView], units: int, rows: int) -> GroupView:
    """A head says the unit where the table has several; the sources and a status where the table is long."""
    first, is_long = views[0], rows > LONG
    is_one_unit = units > 1 and group.anchor and len({view.unit for view in views}) == 1
    is_one_source = is_long and len({view.row.sources for view in views}) == 1
    is_one_status = is_long and {view.row.status for view in views} == {first.row.status} != {PLAIN}
    return GroupView(
        group,
        tuple(views),
        unit=first.unit if is_one_unit else "",
        sources=first.sources if is_one_source else (),
        status=first.row.status if is_one_status else "",
    )


def _is_preferred(series: Series, row: Row) -> bool:
    return any(is_preferred(row, preference) for preference in series.preferred)


def _has_remark(series: Series, head: GroupView, view: RowView) -> bool:
    has_status = view.row.status != PLAIN and not head.status
    return bool(view.row.note) or has_status or not view.is_drawn or _is_preferred(series, view.row)


@dataclass(frozen=True)
class Rival:
    """Rows for one date and the same keys, and which of them is preferred and why, where that is recorded."""

    views: tuple[RowView, ...]
    preferred: Row | None
    reason: str
    do_differ: bool


def _rival(rendering: Rendering, series: Series, rows: Sequence[Row]) -> Rival:
    preference: Preference | None = series.preference_among(rows)
    drawn = series.drawn_rows(rows)
    differ = len({(row.value, row.unit) for row in rows}) > 1
    views = tuple(view_of(rendering, row) for row in rows)
    return Rival(views, drawn[0] if preference else None, preference.reason if preference else "", differ)


# --- registers --------------------------------------------------------------------------------------------------


def add_register(rendering: Rendering, register: Register) -> None:
    """The page and the CSV file of a register. A column of much text has a place of its own."""
    columns = [column for column in register.columns if column != "source"]
    long = {
        column
        for column in columns
        if sum(len(row.cells[column]) for row in register.rows) > SHORT_CELL * len(register.rows)
    }
    context = {
        **_furniture(rendering, register),
        "register": register,
        "columns": columns,
        "long": long,
        "lines": [(row, _sources_at(rendering, row.sources)) for row in register.rows],
    }
    source = register.marks.path.removesuffix(".yml") + ".csv"
    add_page(rendering, "register.md.j2", addresses.series(register.id), source, **context)
    rendering.tree[f"data/{register.id}.csv"] = sheet_of_register(register).csv


def _sources_at(rendering: Rendering, ids: Sequence[str]) -> tuple[Source, ...]:
    return tuple(source for source in (rendering.subject.find("source", id) for id in ids) if source)
