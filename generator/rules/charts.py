"""Rules for charts: what they draw, and the words beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from generator.model import Chart, Draw, Row, Subject
from generator.problems import Problem, did_you_mean
from generator.selection import row_of_guess, rows_of_draw, skipped_rows_of_draw
from generator.units import factor_between

MOST_WORDS = 15
MOST_PANELS = 3
MOST_COLUMNS = 3
MOST_REPORTERS = 3
ROUNDING = 1
"""Percentage points by which rounded parts may miss the whole."""
ONE_ROW = {
    "paired-bars": "bar",
    "stacked-share": "part",
    "dot-range": "estimate",
    "dumbbell": "end",
    "flow-pair": "part",
    "places": "place",
}
ONE_DATE = ("columns", "heat")
"""The kinds in which no two rows of one mark lie in one time."""
ANY_LENGTH = (*ONE_ROW, "strip")
"""The kinds in which each row is a mark of its own, however long its time."""
PARTS = ("stacked-share", "flow-pair")
"""The kinds that draw parts of a whole."""
BOUNDS = 4
"""The values between five steps."""
HAVE = {
    "scale": ("line", "two-reporters", "dots", "panels"),
    "level": ("line", "two-reporters", "dots", "columns"),
}
"""The kinds that draw a log scale, and those that draw a level."""
_CALL = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def charts_draw_rows(subject: Subject) -> Iterator[Problem]:
    """Everything that a chart draws has rows of its mark's frequency: the chart's, unless the mark names one."""
    for chart in subject.of("chart"):
        for index, draw in enumerate(chart.draw):
            series = subject.find("series", draw.series)
            if series is None:
                continue
            unknown = [key for key in draw.where if key not in series.columns]
            for key in unknown:
                fix = did_you_mean(key, series.columns)
                yield chart.problem(f'selects by the unknown column "{key}"', fix, ("draw", index, "where"))
            if not unknown and not rows_of_draw(chart, draw, series):
                skipped = len(skipped_rows_of_draw(chart, draw, series))
                message = f'draws no row of "{series.id}" for "{draw.label}" ({skipped} of another frequency)'
                yield chart.problem(message, "Widen `where:` or `dates:`, or change `frequency:`.", ("draw", index))


def charts_draw_one_unit(subject: Subject) -> Iterator[Problem]:
    """Every row that a chart draws converts into the chart's unit."""
    for chart in subject.of("chart"):
        for index, draw in enumerate(chart.draw):
            rows = _rows_of(subject, chart, draw)
            for unit in sorted({row.unit for row in rows}):
                if factor_between(subject.site, unit, chart.unit) is None:
                    message = f'draws rows in "{unit}", which do not convert into "{chart.unit}"'
                    yield chart.problem(message, "Select rows of one unit.", ("draw", index))


def charts_rise_from_zero(subject: Subject) -> Iterator[Problem]:
    """A chart draws no value below zero and at least one above it: its axis begins at zero."""
    for chart in subject.of("chart"):
        rows = [row for draw in chart.draw for row in _rows_of(subject, chart, draw)]
        below = next((row for row in rows if row.value < 0), None)
        if below:
            message = f"draws {below.digits} of {below.span}, which is below zero"
            yield chart.problem(message, "Select other rows.", ("draw",))
        elif rows and not any(row.value for row in rows):
            yield chart.problem("draws nothing but zeros", "Say it in a sentence.", ("draw",))


def charts_have_the_marks_of_their_kind(subject: Subject) -> Iterator[Problem]:
    """A chart of two reporters draws two lines, a slope two dates, a bar or an estimate is one row, as a column is."""
    for chart in subject.of("chart"):
        if chart.kind_of_chart == "two-reporters" and len(chart.draw) != 2:
            yield chart.problem(f"draws {len(chart.draw)} of two reporters", "Name both under `draw:`.", ("draw",))
        for index, draw in enumerate(chart.draw):
            rows = _rows_of(subject, chart, draw)
            if chart.kind_of_chart in ONE_ROW and len(rows) > 1:
                message = f'draws {len(rows)} rows as the one {ONE_ROW[chart.kind_of_chart]} "{draw.label}"'
                yield chart.problem(message, "Narrow `where:`, `dates:` or `source:`.", ("draw", index))
        if chart.kind_of_chart == "slope":
            yield from _dates_of_slope(subject, chart)
        if chart.kind_of_chart in ONE_DATE:
            yield from _dates_of_columns(subject, chart)


def _dates_of_columns(subject: Subject, chart: Chart) -> Iterator[Problem]:
    """Columns stand three to a date at most, each for a time of its own."""
    if chart.kind_of_chart == "columns" and len(chart.draw) > MOST_COLUMNS:
        message = f"has {len(chart.draw)} columns for one date"
        yield chart.problem(message, f"Keep {MOST_COLUMNS}, so that each can be read.", ("draw",))
    for index, draw in enumerate(chart.draw):
        for one, other in pairwise(_rows_of(subject, chart, draw)):
            if other.span.first <= one.span.last:
                message = f'draws {one.span} and {other.span} for "{draw.label}", which overlap'
                fix = "Narrow `where:`, `dates:` or `source:`, or prefer one."
                yield chart.problem(message, fix, ("draw", index))


def _dates_of_slope(subject: Subject, chart: Chart) -> Iterator[Problem]:
    spans = [tuple(row.span for row in _rows_of(subject, chart, draw)) for draw in chart.draw]
    for index, drawn in enumerate(spans):
        if len(drawn) != 2 or drawn[0] == drawn[1] or drawn != spans[0]:
            dates = ", ".join(map(str, drawn)) or "no date"
            message = f'draws {dates} for "{chart.draw[index].label}", not the two dates of the slope'
            yield chart.problem(message, "Give every mark a row at the same two dates.", ("draw", index))


def rows_of_any_length_are_marks_of_their_own(subject: Subject) -> Iterator[Problem]:
    """Rows of any length are drawn together only where each is a mark of its own."""
    for chart in subject.of("chart"):
        if chart.kind_of_chart in ANY_LENGTH:
            continue
        if chart.frequency == "any":
            message = f'draws rows of any length, which "{chart.kind_of_chart}" would mix'
            yield chart.problem(message, "Name one `frequency:`.", ("frequency",))
        for index, draw in enumerate(chart.draw):
            if draw.frequency == "any":
                message = f'draws rows of any length for "{draw.label}"'
                yield chart.problem(message, "Name one `frequency:`.", ("draw", index, "frequency"))


def pairs_join_both_ends(subject: Subject) -> Iterator[Problem]:
    """A row of pairs has a name and joins two ends, each named once; there are two such names in a chart."""
    for chart in subject.of("chart"):
        if chart.kind_of_chart != "dumbbell":
            continue
        names = list(dict.fromkeys(draw.label for draw in chart.draw))
        if len(names) > 2:
            yield chart.problem(f"joins {', '.join(names)}", "Keep two names in all rows.", ("draw",))
        seen = []
        for index, draw in enumerate(chart.draw):
            if not draw.panel:
                yield chart.problem(f'draws "{draw.label}" in no panel', "Name its `panel:`.", ("draw", index))
            elif (draw.panel, draw.label) in seen:
                message = f'draws "{draw.label}" twice in "{draw.panel}"'
                yield chart.problem(message, "Keep one, or name another panel.", ("draw", index))
            seen.append((draw.panel, draw.label))


def flows_have_sides(subject: Subject) -> Iterator[Problem]:
    """A part of a flow goes left or right, in a panel, and the first part of each side says what goes there."""
    for chart in subject.of("chart"):
        named = set()
        for index, draw in enumerate(chart.draw):
            at = ("draw", index)
            if chart.kind_of_chart != "flow-pair":
                if draw.side or draw.block:
                    yield chart.problem(f'gives a side to "{draw.label}"', "Remove `side:` and `block:`.", at)
                continue
            if not draw.side or not draw.panel:
                message = f'draws "{draw.label}" without a panel or a side'
                yield chart.problem(message, "Name its `panel:`, and `side: left` or `right`.", at)
            elif (draw.panel, draw.side) not in named and not draw.block:
                message = f'does not say what goes {draw.side} in "{draw.panel}"'
                yield chart.problem(message, "Say it with `block:` in the first part of the side.", at)
            named.add((draw.panel, draw.side))


def readers_choose_among_reporters(subject: Subject) -> Iterator[Problem]:
    """Where a chart names a reporter, every mark has one, and they are two or three; two reporters are named."""
    for chart in subject.of("chart"):
        named = [bool(draw.reporter) for draw in chart.draw]
        if not any(named) and chart.kind_of_chart != "two-reporters":
            continue
        for index, draw in enumerate(chart.draw):
            if not draw.reporter:
                yield chart.problem(f'does not say who reports "{draw.label}"', "Add `reporter:`.", ("draw", index))
        if all(named) and not 1 < len(chart.reporters) <= MOST_REPORTERS:
            message = f"has {len(chart.reporters)} reporters to choose among"
            yield chart.problem(message, f"Name two to {MOST_REPORTERS}, or none.", ("draw",))


def rows_stand_where_coordinates_are_recorded(subject: Subject) -> Iterator[Problem]:
    """A row drawn at a place, and the other end of its link, have recorded coordinates; other kinds name no place."""
    for chart in subject.of("chart"):
        for index, draw in enumerate(chart.draw):
            at = ("draw", index)
            if chart.kind_of_chart != "places":
                if draw.place or draw.link:
                    yield chart.problem(f'gives a place to "{draw.label}"', "Remove `place:` and `link:`.", at)
                continue
            if not draw.place:
                yield chart.problem(f'draws "{draw.label}" nowhere', "Name its `place:`.", at)
            for id in filter(None, (draw.place, draw.link)):
                place = subject.find("place", id)
                if place and (place.latitude is None or place.longitude is None):
                    message = f'draws "{draw.label}" at "{id}", whose coordinates are not recorded'
                    yield chart.problem(message, "Draw another place; none is put in from memory.", at)


def cells_have_steps(subject: Subject) -> Iterator[Problem]:
    """Cells have five steps, whose four bounds the chart gives in rising order; no other kind has steps."""
    for chart in subject.of("chart"):
        if chart.kind_of_chart != "heat":
            if chart.steps:
                message = f'has steps, which "{chart.kind_of_chart}" does not draw'
                yield chart.problem(message, "Remove `steps:`.", ("steps",))
            continue
        bounds = [Decimal(bound) for bound in chart.steps]
        if len(bounds) != BOUNDS or bounds != sorted(set(bounds)):
            message = f"has the bounds {', '.join(chart.steps) or 'of no step'}"
            yield chart.problem(message, f"Give {BOUNDS} rising values under `steps:`.", ("steps",))


def small_drawings_have_names(subject: Subject) -> Iterator[Problem]:
    """Small drawings on one scale are three at most, and each has a name."""
    for chart in subject.of("chart"):
        if chart.kind_of_chart != "panels":
            continue
        for index, draw in enumerate(chart.draw):
            if not draw.panel:
                yield chart.problem(f'draws "{draw.label}" in no panel', "Name its `panel:`.", ("draw", index))
        number = len({draw.panel for draw in chart.draw})
        if number > MOST_PANELS:
            yield chart.problem(f"has {number} panels", f"Keep {MOST_PANELS}, so that each can be read.", ("draw",))


def parts_make_a_whole(subject: Subject) -> Iterator[Problem]:
    """Parts of a bar are percent and sum to 100 at most; what they leave is named, and only then."""
    for chart in subject.of("chart"):
        if chart.kind_of_chart not in PARTS:
            if chart.rest:
                yield chart.problem("names a rest, but draws no parts", "Remove `rest:`.", ("rest",))
            continue
        unit = subject.site.units_by_id.get(chart.unit)
        if unit and unit.form != "percent":
            yield chart.problem(f'draws parts in "{chart.unit}"', "Draw shares in percent.", ("unit",))
        wholes = dict.fromkeys((draw.panel, draw.side) for draw in chart.draw)
        totals = {whole: _total(subject, chart, whole) for whole in wholes}
        for (panel, _), total in totals.items():
            if total > 100 + ROUNDING:
                yield chart.problem(f'has parts of {total} percent in "{panel}"', "Draw each part once.", ("draw",))
        leaves_a_rest = any(total < 100 - ROUNDING for total in totals.values())
        if leaves_a_rest and not chart.rest:
            fix = "Name under `rest:` what the source leaves open."
            yield chart.problem("leaves a part of a bar without a name", fix, ("draw",))
        elif chart.rest and not leaves_a_rest:
            yield chart.problem("names a rest, but its parts leave none", "Remove `rest:`.", ("rest",))


def _total(subject: Subject, chart: Chart, whole: tuple[str, str | None]) -> Decimal:
    parts = [draw for draw in chart.draw if (draw.panel, draw.side) == whole]
    rows = [row for draw in parts for row in _rows_of(subject, chart, draw)]
    return sum((row.value for row in rows), Decimal(0))


def log_scales_have_no_zero(subject: Subject) -> Iterator[Problem]:
    """A log scale or a level belongs to a drawing over time, and a log scale has only values above zero."""
    for chart in subject.of("chart"):
        for key, kinds in HAVE.items():
            if getattr(chart, key) not in ("linear", None) and chart.kind_of_chart not in kinds:
                message = f'has a {key} of its own, which "{chart.kind_of_chart}" does not draw'
                yield chart.problem(message, f"Remove `{key}:`.", (key,))
        if chart.level_note and not chart.level:
            yield chart.problem("names a level that it does not draw", "Add `level:`.", ("level_note",))
        if chart.scale == "log":
            values = [(row.value, row) for draw in chart.draw for row in _rows_of(subject, chart, draw)]
            row = next((row for value, row in values if value <= 0), None)
            level = Decimal(chart.level) if chart.level else Decimal(1)
            if row or level <= 0:
                message = f"draws {f'{row.digits} of {row.span}' if row else 'a level of zero'} on a log scale"
                yield chart.problem(message, "Use a linear scale.", ("scale",))


def _rows_of(subject: Subject, chart: Chart, draw: Draw) -> tuple[Row, ...]:
    series = subject.find("series", draw.series)
    return rows_of_draw(chart, draw, series) if series else ()


def guesses_name_a_row_of_their_chart(subject: Subject) -> Iterator[Problem]:
    """What readers guess is one row that the chart draws."""
    for chart in subject.of("chart"):
        if chart.guess and row_of_guess(subject, chart) is None:
            message = f'asks for {chart.guess.date} of "{chart.guess.series}", which is not one row that it draws'
            yield chart.problem(message, "Name date and columns of a row that is drawn.", ("guess",))


def headlines_are_short(subject: Subject) -> Iterator[Problem]:
    """A headline has at most 15 words, a call counting as two."""
    for chart in subject.of("chart"):
        words = len(_CALL.sub("value unit", chart.headline).split())
        if words > MOST_WORDS:
            yield chart.problem(f"has a headline of {words} words", f"Cut it to {MOST_WORDS}.", ("headline",))


def alternative_text_says_more_than_the_headline(subject: Subject) -> Iterator[Problem]:
    """The alternative text, the takeaway and the headline of a chart are three different texts."""
    for chart in subject.of("chart"):
        if len({chart.alt.strip(), chart.headline.strip(), chart.takeaway.strip()}) < 3:
            fix = "Say in `alt:` what the drawing looks like, in `takeaway:` what follows from it."
            yield chart.problem("says one thing twice", fix, ("alt",))
