"""What GitHub runs and asks: workflows that call make, with pinned actions and least rights; forms it can read."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
WITH_GH = "Open, rewrite or close the issue"
NOT_SEEN = "could not be seen"
"""What a comment says beside an action that is named by its tag alone."""

WRITES = {
    ("publish.yml", "deploy"): {"pages", "id-token"},
    ("weekly.yml", "tell"): {"issues"},
}
"""The jobs that may write, and what."""


def read(path: Path) -> dict[Any, Any]:
    return yaml.safe_load(path.read_text("utf-8"))


def jobs() -> list[Any]:
    return [
        pytest.param(path.name, name, job, id=f"{path.stem}-{name}")
        for path in WORKFLOWS
        for name, job in read(path)["jobs"].items()
    ]


def steps() -> list[Any]:
    return [
        pytest.param(step, id=f"{path.stem}-{name}-{number}")
        for path in WORKFLOWS
        for name, job in read(path)["jobs"].items()
        for number, step in enumerate(job["steps"], 1)
    ]


def test_there_are_workflows_and_targets_to_look_at():
    assert [path.name for path in WORKFLOWS] == ["check.yml", "packages.yml", "publish.yml", "weekly.yml"]
    assert {"site", "test", "weekly"} <= TARGETS


# --- every workflow ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_has_no_rights_and_runs_once_at_a_time(path):
    workflow = read(path)

    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["group"]


@pytest.mark.parametrize(("file", "name", "job"), jobs())
def test_a_job_ends_in_time_and_may_write_only_what_it_must(file, name, job):
    assert 0 < job["timeout-minutes"] <= 90
    assert {right for right, level in job["permissions"].items() if level == "write"} == WRITES.get((file, name), set())


@pytest.mark.parametrize("step", steps())
def test_a_step_uses_an_action_or_runs_make(step):
    if "uses" not in step and step.get("name") != WITH_GH:
        make, *targets = step["run"].split()
        assert make == "make"
        assert targets
        assert set(targets) <= TARGETS


@pytest.mark.parametrize("step", steps())
def test_what_github_fills_in_is_never_a_part_of_a_script(step):
    assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("step", steps())
def test_a_checkout_leaves_no_token_behind(step):
    if step.get("uses", "").startswith("actions/checkout@"):
        assert step["with"]["persist-credentials"] is False


def test_the_job_that_may_write_issues_runs_no_code_of_the_repository():
    steps = read(GITHUB / "workflows/weekly.yml")["jobs"]["tell"]["steps"]

    assert [step.get("uses", step.get("name")).partition("@")[0] for step in steps] == [
        "actions/download-artifact",
        WITH_GH,
    ]


def unpinned(text: str) -> list[str]:
    """The lines that name an action by anything but a commit and its version, and do not say why."""
    lines = [line.strip() for line in text.splitlines() if re.match(r"\s*(?:- )?uses:", line)]
    pinned = re.compile(r"(?:- )?uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    return [line for line in lines if not pinned.fullmatch(line) and NOT_SEEN not in line]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned(path):
    assert unpinned(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("line", "is_reported"),
    [
        ("      - uses: some/action@v5", True),
        ("        uses: some/action@main # v5.0.0", True),
        ("      - uses: some/action@" + "a" * 39 + " # v5.0.0", True),
        ("      - uses: some/action@" + "a" * 40, True),
        ("      - uses: some/action@" + "a" * 40 + " # v5.0.0", False),
        ("      - uses: some/action@v6.0.0 # its commit could not be seen in its own repository", False),
    ],
)
def test_an_action_that_is_not_pinned_is_seen(line, is_reported):
    assert bool(unpinned(line)) == is_reported


def test_the_whole_of_make_test_stands_before_what_is_published():
    for name, job, made in (("check.yml", "test", "make site"), ("publish.yml", "build", "make handouts offline")):
        steps = read(GITHUB / "workflows" / name)["jobs"][job]["steps"]
        runs = [step["run"].partition(" #")[0] for step in steps if "run" in step]
        assert runs == ["make test", made]


def test_a_change_of_what_is_locked_is_asked_about_at_once():
    workflow = read(GITHUB / "workflows/packages.yml")
    when = workflow[True]  # YAML takes the word `on` for a truth value

    assert all("requirements/**" in when[event]["paths"] for event in ("push", "pull_request"))
    assert workflow["jobs"]["ask"]["steps"][-1]["run"] == "make check-packages"


# --- the one issue ----------------------------------------------------------------------------------------------

GH = """#!/bin/sh
printf '%s\\n' "$*" >> calls
case "$1 $2" in "issue list") printf '%s' "$OPEN" ;; esac
"""


def tell(folder: Path, result: str, open_issue: str, report: str | None = "# Report\n") -> tuple[list[str], str]:
    """What the step asks of `gh`, and the report that it leaves, with this result and this open issue."""
    (step,) = [step for step in read(GITHUB / "workflows/weekly.yml")["jobs"]["tell"]["steps"] if "run" in step]
    (folder / "gh").write_text(GH)
    (folder / "gh").chmod(0o755)
    if report is not None:
        (folder / "weekly.md").write_text(report)
    environment = {
        "PATH": f"{folder}:{os.environ['PATH']}",
        "OPEN": open_issue,
        "RESULT": result,
        "RUN": "https://host.test/run/1",
        "GH_REPO": "owner/name",
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    subprocess.run(command, cwd=folder, env=environment, check=True)
    left = folder / "weekly.md"
    return (folder / "calls").read_text().splitlines()[1:], left.read_text() if left.exists() else ""


def test_a_finding_opens_an_issue(tmp_path):
    calls, report = tell(tmp_path, "failure", "")

    assert calls == [
        "label create weekly-check --force --description Written by the weekly run",
        "issue create --title The weekly run found something --label weekly-check --body-file weekly.md",
    ]
    assert report == "# Report\n\nThe run: https://host.test/run/1\n"


def test_a_finding_rewrites_the_issue_that_is_open(tmp_path):
    calls, _ = tell(tmp_path, "failure", "7")

    assert calls == ["api --silent --method PATCH repos/owner/name/issues/7 --field body=@weekly.md"]


@pytest.mark.parametrize("result", ["failure", "cancelled"])
def test_a_run_that_stopped_early_is_told_too(result, tmp_path):
    calls, report = tell(tmp_path, result, "", report=None)

    assert len(calls) == 2
    assert report == "The weekly run stopped before it could report.\n\nThe run: https://host.test/run/1\n"


def test_an_issue_is_closed_when_nothing_is_found(tmp_path):
    calls, _ = tell(tmp_path, "success", "7")

    assert calls == ["issue close 7 --comment Nothing was found this time: https://host.test/run/1"]


def test_nothing_is_told_when_nothing_is_found_or_open(tmp_path):
    assert tell(tmp_path, "success", "")[0] == []


# --- forms ------------------------------------------------------------------------------------------------------

PARTS = {"input", "textarea", "checkboxes", "dropdown", "markdown"}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_github_can_read_a_form(path):
    form = read(path)
    ids = [part["id"] for part in form["body"]]

    assert set(form) == {"name", "description", "body"}
    assert len(form["description"]) <= 200
    assert {part["type"] for part in form["body"]} <= PARTS
    assert all(part["attributes"]["label"] for part in form["body"])
    assert len(ids) == len(set(ids))
    # An unquoted # would end a sentence early.
    described = [form, *(part["attributes"] for part in form["body"])]
    assert [one["description"] for one in described if not one.get("description", ".").endswith(".")] == []


def test_a_wrong_fact_needs_a_page_a_correction_and_a_source_that_was_seen():
    body = {part["id"]: part for part in read(GITHUB / "ISSUE_TEMPLATE/wrong-fact.yml")["body"]}
    needed = [id for id, part in body.items() if part.get("validations", {}).get("required")]

    assert needed == ["page", "claim", "correction", "source"]
    assert [option["required"] for option in body["seen"]["attributes"]["options"]] == [True]


def test_there_are_three_forms_and_no_blank_issue():
    assert [path.stem for path in FORMS] == ["idea", "site-bug", "wrong-fact"]
    assert read(GITHUB / "ISSUE_TEMPLATE/config.yml") == {"blank_issues_enabled": False}


def test_the_checklist_names_commands_that_exist():
    named = re.findall(r"`make ([\w-]+)`", (GITHUB / "pull_request_template.md").read_text("utf-8"))

    assert named == ["check", "test", "addresses"]
    assert set(named) <= TARGETS


# --- words for contributors -------------------------------------------------------------------------------------

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_contributing_names_commands_that_exist():
    named = set(re.findall(r"`make ([\w-]+)`", CONTRIBUTING))

    assert {"check", "weekly", "contact-sheet"} <= named <= TARGETS


def test_contributing_names_files_that_exist():
    named = re.findall(r"`([\w.-]*/[\w./*-]*|\w+\.(?:py|md|yml))`", CONTRIBUTING)
    made = ("build/", "site/", "data/measurements.yml")

    assert len(named) > 20
    assert [
        name for name in named if not name.startswith(made) and not any(ROOT.glob(name.rstrip("/")))
        and not any((ROOT / "generator").glob(name.rstrip("/")))
    ] == []  # fmt: skip
