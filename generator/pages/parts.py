"""The front page of each part of the story: its question, charts and chapters, what is contested and new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from generator import addresses
from generator.model import Change, Contested, Page, StoryPart
from generator.pages.charts import figure_context
from generator.pages.frame import Rendering, add_page, collect, fill, found, neighbours, pen_at
from generator.relations import story_of

MOST_NEWS = 5


def add_parts(rendering: Rendering) -> None:
    """A page for each part that names charts. They come after the chapters, whose contested points they list."""
    story = story_of(rendering.subject)
    fronts = [part for part, _ in story if part and part.charts]
    for part, chapters in story:
        if part in fronts:
            add_part(rendering, part, chapters, fronts)


def add_part(rendering: Rendering, part: StoryPart, chapters: Sequence[Page], fronts: Sequence[StoryPart]) -> None:
    """The front page of a part: its charts, its chapters, what they have contested and what is new in them."""
    address = addresses.of_record(part)
    pen = pen_at(rendering, address, is_wide=False)
    figures = []
    for chart in found(rendering, "chart", part.charts):
        pen.charts.append(chart.id)
        figures.append(Markup(fill(rendering, "small.html.j2", address, **figure_context(rendering, pen, chart))))
    collect(rendering, pen, part.title)
    context: dict[str, Any] = {
        "part": part,
        "figures": figures,
        "chapters": chapters,
        "contested": _contested_in(rendering, chapters),
        "news": _news_of(rendering, part, chapters),
        "neighbours": neighbours(fronts, part),
    }
    add_page(rendering, "part.md.j2", address, part.marks.path, **context)


def _contested_in(rendering: Rendering, chapters: Sequence[Page]) -> list[Contested]:
    """What the chapters name or call as contested, in the order of the register."""
    inside = {page.address for page in chapters}
    named = rendering.named
    return [
        entry
        for entry in rendering.subject.of("contested")
        if inside & named.get(f"{entry.kind}/{entry.id}", {}).keys()
    ]


def _news_of(rendering: Rendering, part: StoryPart, chapters: Sequence[Page]) -> list[Change]:
    """The latest changes of the part, its chapters and its charts."""
    touched = {addresses.of_record(part), *(page.address for page in chapters), *map(addresses.chart, part.charts)}
    changes = [change for change in rendering.subject.of("change") if change.address in touched]
    return sorted(changes, key=lambda change: (change.date, change.id), reverse=True)[:MOST_NEWS]
