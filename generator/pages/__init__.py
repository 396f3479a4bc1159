"""The Markdown tree of a subject: a map from path to bytes, for any engine that reads Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from generator.charts.drawing import Drawing
from generator.model import Subject
from generator.pages.about import add_about, add_assets, add_redirect, measurements_in_text
from generator.pages.articles import add_articles, readings_in_text, theses_in_text
from generator.pages.charts import add_charts, chart_in_text, picture_in_text
from generator.pages.checklists import checklist_in_text
from generator.pages.contested import add_contested
from generator.pages.corrections import add_corrections
from generator.pages.documents import add_documents
from generator.pages.downloads import add_downloads
from generator.pages.frame import HERE, InText, Rendering, Tree, World
from generator.pages.glossary import add_glossary
from generator.pages.lessons import add_lessons
from generator.pages.parts import add_parts
from generator.pages.people import add_people
from generator.pages.places import add_places
from generator.pages.prose import add_all_prose, mirror_in_text
from generator.pages.scorecard import add_scorecard
from generator.pages.sources import add_sources
from generator.pages.tables import add_tables
from generator.pages.timeline import add_timeline
from generator.problems import Problem

IN_TEXT: Mapping[str, InText] = {
    "checklist": checklist_in_text,
    "measurements": measurements_in_text,
    "mirror": mirror_in_text,
    "picture": picture_in_text,
    "readings": readings_in_text,
    "theses": theses_in_text,
}

__all__ = ["HERE", "Tree", "World", "render"]


def render(subject: Subject, drawings: Mapping[str, Drawing], world: World) -> tuple[Tree, list[Problem]]:
    """Every page, table and script of the site. Without drawings the pages lack them, which is enough for a check."""
    rendering = Rendering(subject, drawings, world, chart_in_text, IN_TEXT)
    add_all_prose(rendering)
    add_parts(rendering)
    add_charts(rendering)
    if subject.of("event"):
        add_timeline(rendering)
    add_articles(rendering)
    add_contested(rendering)
    add_people(rendering)
    add_glossary(rendering)
    add_documents(rendering)
    add_places(rendering)
    add_lessons(rendering)
    add_tables(rendering)
    add_downloads(rendering)
    add_sources(rendering)  # after all else: it links to every page that rests on a source
    add_about(rendering)
    add_scorecard(rendering)
    add_corrections(rendering)
    add_assets(rendering)
    for redirect in subject.of("redirect"):
        add_redirect(rendering, redirect)
    return dict(sorted(rendering.tree.items())), rendering.problems
