"""Whole sites: what they build, what is reported about them, and what a build leaves on the disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from generator import build as building
from generator.build import build, check
from generator.checks import CALLS, READING, WRITING
from generator.cli import main
from generator.dates import parse_span
from generator.model import KINDS
from generator.pages import World
from generator.problems import Refusal, report_for_github
from generator.rules import RULES
from tests.sites import BROKEN, SITES, comparable, files_of, places_of


def run(command, name, *more):
    site = SITES / name
    return main([command, "--data", str(site / "data"), "--docs", str(site / "docs"), *more])


# --- good sites -------------------------------------------------------------------------------------------------


def test_the_ferry_builds_the_tree_that_is_expected(ferry, ferry_places):
    expected = {path: content.decode() for path, content in files_of(SITES / "ferry" / "expected").items()}
    built = comparable(files_of(ferry_places.tree))

    assert sorted(built) == sorted(expected)
    for path in built:  # where this fails: make expected, and read the difference
        assert built[path] == expected[path], path


@pytest.mark.parametrize("name", ["ferry", "empty"])
def test_a_good_site_has_no_problems(name, capsys):
    assert run("check", name) == 0
    assert capsys.readouterr().out == "no problems\n"


@pytest.mark.parametrize("kind", KINDS)
def test_the_ferry_holds_a_record_of_every_kind(kind, ferry):
    assert len(ferry.subject.of(kind)) >= 1


def test_the_ferry_sets_every_field_of_every_kind_somewhere(ferry):
    unset = {
        f"{kind}.{name}"
        for kind, model in KINDS.items()
        for name, info in model.model_fields.items()
        if not info.exclude and not any(name in record.model_fields_set for record in ferry.subject.of(kind))
    }

    assert unset == set()


def test_a_site_with_nothing_but_a_home_page_builds_without_an_empty_list(copy_site):
    places = copy_site("empty")

    build(places, World())

    pages = {path: text.decode() for path, text in files_of(places.tree).items() if path.endswith(".md")}
    assert sorted(pages) == ["about/data-format/index.md", "about/rules/index.md", "index.md"]
    empty = ("<tbody>\n</tbody>", "<ul>\n</ul>", "<ol>\n</ol>", "<dl>\n</dl>", "<tr></tr>", "<figure></figure>")
    assert [(path, words) for path, text in pages.items() for words in empty if words in text] == []


# --- broken sites -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_site_gets_exactly_its_report(name, capsys):
    assert run("check", name) == 1
    assert capsys.readouterr().out == (SITES / name / "problems.txt").read_text("utf-8")


@pytest.mark.parametrize("rule", [*RULES, *READING, *WRITING])
def test_every_rule_has_a_planted_fault_that_it_catches(rule):
    reports = [(SITES / name / "problems.txt").read_text("utf-8") for name in BROKEN]

    assert any(f"[{rule}]\n" in report for report in reports)


def test_every_rule_that_is_reported_is_one_of_those():
    lines = [line for name in BROKEN for line in (SITES / name / "problems.txt").read_text("utf-8").splitlines()]
    named = {line.rpartition("[")[2].rstrip("]") for line in lines if line.endswith("]")}

    assert named <= {*RULES, *READING, *WRITING}


@pytest.mark.parametrize("name", BROKEN)
def test_a_report_says_one_fault_a_line_with_a_file_that_is_there_and_a_line_in_it(name):
    *lines, count = (SITES / name / "problems.txt").read_text("utf-8").splitlines()

    assert count == f"{len(lines)} problem{'' if len(lines) == 1 else 's'}"
    for line in lines:
        path, number, _ = line.split(":", 2)
        file = SITES / name / path
        missing = "there is no such" in line
        assert missing or int(number) <= max(1, file.read_bytes().count(b"\n")) + 1, line


def test_another_day_finds_what_is_overdue_on_it(copy_site):
    places = copy_site("ferry")
    term = places.data / "series/goods.yml"
    term.write_text(term.read_text("utf-8").replace("1961-06-30", "1960-06-30"), "utf-8")

    assert check(places)[1] == []
    (problem,) = check(places, parse_span("1960-07-01"))[1]
    assert str(problem).endswith(
        'series "goods" was to be reviewed by 1960-06-30. '
        "Look at its sources again, then move `review_by`. [records-are-reviewed-in-time]"
    )


def test_a_site_without_a_description_is_reported_alike_on_another_day():
    places = places_of(SITES / "broken-no-site")

    assert check(places, parse_span("2030-01-01"))[1] == check(places)[1]


# --- the command line -------------------------------------------------------------------------------------------


def test_problems_are_annotations_for_github(capsys):
    assert run("check", "broken-calls", "--format", "github") == 1

    problems = check(places_of(SITES / "broken-calls"))[1]
    printed = capsys.readouterr().out
    assert printed == report_for_github(problems) + "\n"
    assert printed.startswith("::error file=data/charts/goods.yml,line=6,title=calls-give-figures::n() matches no row")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no command"),
        pytest.param(["bake"], id="unknown command"),
        pytest.param(["check", "--formt", "github"], id="unknown option"),
        pytest.param(["check", "--format", "csv"], id="unknown format"),
        pytest.param(["serve", "--port", "high"], id="port that is no number"),
    ],
)
def test_a_wrong_command_ends_with_two(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: python -m generator")


def test_folders_that_are_not_there_are_a_report(tmp_path, capsys):
    assert main(["check", "--data", str(tmp_path / "data"), "--docs", str(tmp_path / "docs")]) == 1
    assert capsys.readouterr().out == (
        "data:1: there is no such folder. Make it, or name another. [folders-exist]\n"
        "data/site.yml:1: there is no such file. Say there what the site is. [site-is-described]\n"
        "docs:1: there is no such folder. Make it, or name another. [folders-exist]\n"
        "3 problems\n"
    )


def test_the_commands_run_as_a_program():
    site = SITES / "ferry"
    command = [sys.executable, "-m", "generator", "check", "--data", site / "data", "--docs", site / "docs"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "no problems\n", "")


def test_a_build_of_a_broken_site_prints_the_report_and_writes_nothing(tmp_path, capsys):
    out = tmp_path / "build" / "docs"

    assert run("build", "broken-dates", "--out", str(out)) == 1

    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", (SITES / "broken-dates" / "problems.txt").read_text("utf-8"))
    assert not out.exists()


def test_a_build_says_what_it_did(copy_site, capsys):
    places = copy_site("ferry")
    command = ["build", "--data", str(places.data), "--docs", str(places.docs), "--out", str(places.tree)]

    assert main(command) == 0
    first = capsys.readouterr().out
    assert main(command) == 0
    second = capsys.readouterr().out

    written = len(files_of(places.tree))
    assert first.startswith(f"{places.tree}: {written} files written, 0 removed, 0 charts drawn, ")
    assert second.startswith(f"{places.tree}: 0 files written, 0 removed, 0 charts drawn, ")


def test_a_disk_that_refuses_is_said_without_a_traceback(copy_site, monkeypatch, capsys):
    places = copy_site("empty")

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(building, "write_tree", refuse)

    assert main(["build", "--data", str(places.data), "--docs", str(places.docs), "--out", str(places.tree)]) == 1
    assert capsys.readouterr().err == (
        "The build stopped: [Errno 28] No space left on device. What stood before still stands.\n"
    )


def test_addresses_are_added_to_the_list_and_none_is_lost(copy_site, capsys):
    places = copy_site("ferry")
    (places.data / "addresses.txt").write_text("/about/\n", "utf-8")
    command = ["addresses", "--data", str(places.data), "--docs", str(places.docs), "--out", str(places.tree)]

    assert main(command) == 0

    listed = (places.data / "addresses.txt").read_text("utf-8").splitlines()
    assert capsys.readouterr().out == f"{len(listed) - 1} new addresses in {places.data}/addresses.txt\n"
    assert listed == sorted(building.addresses_of(files_of(places.tree)))
    assert check(places)[1] == []


def test_the_schema_is_printed_as_json(capsys):
    assert main(["schema"]) == 0
    assert sorted(json.loads(capsys.readouterr().out)) == ["$defs", "$schema", "properties"]


# --- what a build leaves on the disk ----------------------------------------------------------------------------


def test_a_second_build_writes_and_draws_nothing(copy_site):
    places = copy_site("ferry")
    build(places, World())
    before = {path: path.stat().st_mtime_ns for path in places.tree.rglob("*")}

    again = build(places, World())

    assert (again.written, again.removed, again.drawn) == (0, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in places.tree.rglob("*")} == before


def test_a_changed_row_writes_only_the_pages_that_show_it(copy_site):
    places = copy_site("ferry")
    build(places, World())
    rows = places.data / "series/passengers.csv"
    part_of_a_year = "1956-01/1956-09,North,1102"
    rows.write_text(rows.read_text("utf-8").replace(f"{part_of_a_year}0", f"{part_of_a_year}1"), "utf-8")
    before = files_of(places.tree)

    again = build(places, World())

    after = files_of(places.tree)
    changed = sorted(path for path in after if after[path] != before.get(path))
    assert changed == ["data/all.zip", "data/datapackage.json", "data/passengers.csv", "data/passengers/index.md"]
    assert (again.written, again.drawn) == (4, 0)


def test_a_removed_record_takes_its_pages_with_it(copy_site):
    places = copy_site("ferry")
    build(places, World())
    charts = places.data / "charts/goods.yml"
    text = charts.read_text("utf-8")
    start = text.index("- id: ropes")
    charts.write_text(text[:start] + text[text.index("- id:", start + 1) :], "utf-8")

    again = build(places, World())

    left = [path for path in files_of(places.tree) if path.startswith("charts/ropes")]
    assert left == []
    assert again.removed == 6  # page, drawing alone, CSV, JSON, SVG, PNG
    assert not (places.tree / "charts/ropes").exists()


def test_a_failed_build_leaves_the_last_good_tree(copy_site):
    places = copy_site("ferry")
    build(places, World())
    before = files_of(places.tree)
    (places.docs / "index.md").write_text("No front matter.\n", "utf-8")

    with pytest.raises(Refusal) as refused:
        build(places, World())

    assert [problem.rule for problem in refused.value.problems] == ["pages-have-front-matter"]
    assert files_of(places.tree) == before


def test_a_fault_in_prose_alone_refuses_the_build(copy_site):
    places = copy_site("ferry")
    page = places.docs / "about/index.md"
    page.write_text(page.read_text("utf-8") + '\n{{ n("goods", 1949) }}\n', "utf-8")

    with pytest.raises(Refusal) as refused:
        build(places, World())

    assert [problem.rule for problem in refused.value.problems] == [CALLS]
    assert not places.tree.exists()


def test_a_lost_address_refuses_the_build(copy_site):
    places = copy_site("ferry")
    (places.data / "addresses.txt").write_text("/gone/\n", "utf-8")

    with pytest.raises(Refusal) as refused:
        build(places, World())

    assert [problem.rule for problem in refused.value.problems] == ["published-addresses-stay"]


def test_an_address_that_moved_is_not_lost(copy_site):
    places = copy_site("ferry")
    (places.data / "addresses.txt").write_text("/story/boats/\n", "utf-8")

    assert check(places)[1] == []


def test_the_expectations_are_never_written_in_ci():
    done = subprocess.run(
        [sys.executable, "-m", "tests.sites"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "CI": "true"},
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Expectations are written by a person, never in CI.\n"
