"""The real data and prose: no problem in them, and everything that stands in the files reaches the pages."""

import csv
import json
import re
import shutil
from functools import cache
from pathlib import Path

import jsonschema
import pytest
import yaml

from generator.build import Places, check
from generator.load import FOLDERS
from generator.model import KINDS
from generator.pages import World, render
from generator.rules import RULES
from generator.schema import schema_of_everything
from generator.timeline import timeline_of
from generator.yaml_text import read_yaml

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "data").rglob("*.yml"))


@cache
def checked():
    return check(Places(ROOT / "data", ROOT / "docs", ROOT / "mkdocs.yml", ROOT / "build/docs"))


@pytest.fixture(scope="module")
def subject():
    return checked()[0]


@pytest.fixture(scope="module")
def tree(subject):
    return render(subject, {}, World())[0]


@cache
def validator_of(kind):
    whole = schema_of_everything()
    return jsonschema.Draft202012Validator({"$defs": whole["$defs"], **whole["properties"][kind]})


def kind_of(path):
    folder = path.relative_to(ROOT / "data").parts[0].removesuffix(".yml")
    return "site" if folder == "site" else FOLDERS[folder]


def records_in(path):
    """The records of a file as any reader of YAML would count them, without this project's own."""
    value = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader) or []
    return value if isinstance(value, list) else [value]


def plain(value):
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, tuple) else value


def test_data_and_prose_have_no_problem():
    assert [str(problem) for problem in checked()[1]] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT / "data").as_posix())
def test_the_records_of_a_file_have_the_published_shape(path):
    value = plain(read_yaml(path.read_text("utf-8"))[0])

    for record in value if isinstance(value, list) else [value]:
        assert [error.message for error in validator_of(kind_of(path)).iter_errors(record)] == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("party", "page")])
def test_every_record_of_the_files_is_read(kind, subject):
    written = [record["id"] for path in FILES if kind_of(path) == kind for record in records_in(path)]

    assert sorted(written) == sorted(record.id for record in subject.of(kind))


def test_every_page_of_the_files_is_read(subject):
    written = [path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")]

    assert sorted(written) == sorted(page.marks.path for page in subject.of("page"))


def test_every_row_of_the_files_is_read(subject):
    for series in subject.of("series"):
        with (ROOT / series.marks.path).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
            assert len(series.rows) == len(list(csv.DictReader(file))), series.id


def test_the_timeline_holds_every_event_of_the_files(subject, tree):
    written = [record["id"] for path in FILES if kind_of(path) == "event" for record in records_in(path)]
    shown = [view.event.id for era in timeline_of(subject) for view in era.events]
    page = tree["timeline/index.md"].decode()

    assert len(written) > 0
    assert sorted(shown) == sorted(written)
    assert [id for id in written if page.count(f'<h3 id="{id}">') != 1] == []
    assert sorted(event["id"] for event in json.loads(tree["timeline.json"])["events"]) == sorted(written)


def test_every_source_has_its_anchor(subject, tree):
    page = tree["sources/index.md"].decode()

    assert [source.id for source in subject.of("source") if page.count(f'id="{source.id}"') != 1] == []


def test_every_row_has_its_anchor_on_the_page_of_its_series(subject, tree):
    for series in subject.of("series"):
        page = tree[f"data/{series.id}/index.md"].decode()
        assert [row.anchor for row in series.rows if page.count(f' id="{row.anchor}"') != 1] == []


def test_every_rule_stands_on_the_page_of_rules(tree):
    page = tree["about/rules/index.md"].decode()

    assert [name for name in RULES if f"<code>{name}</code>" not in page] == []


def test_a_broken_event_is_reported_once_though_a_mirror_and_a_chart_name_it(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    path = tmp_path / "data/events/alliance.yml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(id: treaty-1950\n\s+date: )\S+", r"\g<1>1950-02-30", text), "utf-8")
    _, problems = check(Places(tmp_path / "data", ROOT / "docs", ROOT / "mkdocs.yml", tmp_path / "build/docs"))
    assert [problem.message for problem in problems] == [
        'event "treaty-1950" has date "1950-02-30", which is no date; February 1950 has 28 days'
    ]


# --- titles that count ------------------------------------------------------------------------------------------


def text_of(name):
    return (ROOT / "docs/story" / name).read_text("utf-8").split("---\n", 2)[2]


def test_the_page_of_ten_charts_shows_ten():
    charts = re.findall(r'\{\{ picture\("([a-z0-9-]+)"\) \}\}', text_of("ten-charts.md"))

    assert len(set(charts)) == len(charts) == 10


def test_the_page_of_ten_charts_covers_every_theme_that_has_a_chart(subject):
    charts = re.findall(r'picture\("([a-z0-9-]+)"\)', text_of("ten-charts.md"))

    assert {subject.get("chart", id).theme for id in charts} == {chart.theme for chart in subject.of("chart")}


def test_five_minutes_are_enough_for_the_page_that_says_so(tree):
    page = tree["story/five-minutes.md"].decode()
    read = re.sub(r'<div class="bf-notes.*?</div>|<[^>]*>', " ", page, flags=re.DOTALL)

    assert len(read.split()) <= 1000, "at 200 words a minute"


def test_there_are_as_many_readings_as_the_title_says(subject):
    assert subject.get("page", "story-five-readings").title.startswith("Five ")
    assert len(subject.of("article")) == 5
    assert "{{ theses() }}" in text_of("five-readings.md")


def test_every_question_stands_among_the_readings(subject):
    calls = re.findall(r"\{\{ readings\((.*?)\) \}\}", text_of("five-readings.md"))
    asked = re.findall(r'"([a-z-]+)"', "".join(calls))

    assert sorted(asked) == sorted(question.id for question in subject.of("question"))
