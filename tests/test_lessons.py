"""Lessons: the blocks that each must have, and what their pages and exports hold."""

from __future__ import annotations

import copy
import re

import pytest
import yaml

from generator.load import load
from generator.model import Lesson
from generator.rules.lessons import count_words
from tests.sites import SITES, places_of

REQUIRED = sorted(name for name, info in Lesson.model_fields.items() if info.is_required())
FERRY = (SITES / "ferry" / "data" / "lessons.yml").read_text("utf-8")


def problems_of(tmp_path, lessons):
    """What is reported of the ferry when its lessons are these."""
    places = places_of(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "data" / "site.yml").write_text((SITES / "ferry" / "data" / "site.yml").read_text("utf-8"), "utf-8")
    (tmp_path / "data" / "lessons.yml").write_text(lessons, "utf-8")
    return [str(problem) for problem in load(places.data, places.docs, places.config)[1]]


# --- blocks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", [name for name in REQUIRED if name != "id"])
def test_a_lesson_without_a_required_block_is_refused_with_file_line_and_the_name_of_the_block(tmp_path, block):
    first = yaml.load(FERRY, yaml.CSafeLoader)[0]
    del first[block]

    [problem] = problems_of(tmp_path, yaml.safe_dump([first], allow_unicode=True, sort_keys=False))

    assert problem.startswith(f'data/lessons.yml:1: lesson "who-counts" lacks "{block}". Add `{block}:`.')


def test_the_bold_blocks_of_the_template_are_required():
    bold = "question stems in_one_breath outcomes background background_easy words chart_task organiser checks number"
    bold += " ordering write rubric key teacher_notes alignment levels version reviewed needs steps"

    assert set(bold.split()) <= set(REQUIRED)


def test_feedback_is_required_for_every_option(tmp_path):
    lessons = re.sub(r", feedback: Of the council\.", "", FERRY)

    problem, *_ = problems_of(tmp_path, lessons)

    assert 'lacks "checks 2, options 1, feedback"' in problem


@pytest.mark.parametrize("number", [3, 6])
def test_a_lesson_has_five_closed_items(tmp_path, number):
    first = yaml.load(FERRY, yaml.CSafeLoader)[0]
    first["checks"] = copy.deepcopy(first["checks"])[:number] + copy.deepcopy(first["checks"])[: max(0, number - 5)]

    [problem] = problems_of(tmp_path, yaml.safe_dump([first], allow_unicode=True))

    assert f"has checks of {number}. List at {'least' if number < 5 else 'most'} 5." in problem


@pytest.mark.parametrize(
    ("text", "number"), [("one two", 2), ('it was {{ n("a b", 1950) }} once', 4), ("a\nb\n\nc", 3)]
)
def test_words_are_counted_with_a_call_as_one(text, number):
    assert count_words(text) == number
