"""The tools from outside: which pages they see, the middle of their scores, what is a finding, what is recorded."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
import yaml

from checkup import __main__ as command
from checkup import lighthouse, validator
from checkup.kinds import Kind, kinds_on
from checkup.lighthouse import CATEGORIES, Measured, ToolFailed, browser_of, middle
from checkup.record import records_of, write_records
from checkup.validator import Known, Validated, load_known, sort_messages
from generator.load import load
from tests.project import ROOT

HOME = Kind("/", "Home", 1, True)
DAY = datetime.date(1960, 1, 31)
KNOWN = Known("autocomplete.* only", 'id="__drawer"', "The theme.")
FULL = dict.fromkeys(CATEGORIES, 100)


def report(failed: tuple[str, ...] = (), **scores: float | None) -> dict:
    """A report in the shape that Lighthouse gives, with an audit for each category."""
    given = {name: scores.get(name.replace("-", "_"), 1) for name in CATEGORIES}
    audits = {f"audit-of-{name}": {"score": 0 if name in failed else 1} for name in CATEGORIES}
    return {
        "environment": {"hostUserAgent": "Mozilla/5.0 (X11; Linux) Gecko HeadlessChrome/131.0.0.0 Safari/537.36"},
        "categories": {
            name: {
                "score": score,
                "auditRefs": [{"id": f"audit-of-{name}", "weight": 7}, {"id": "told-only", "weight": 0}],
            }
            for name, score in given.items()
        },
        "audits": {**audits, "told-only": {"score": 0}},
    }


def message(words: str, extract: str = "", page: str = "a/index.html") -> dict:
    """A message in the shape that the validator gives."""
    url = f"file:/somewhere/site/{page}"
    return {"type": "error", "url": url, "lastLine": 7, "message": words, "extract": extract}


# --- kinds of pages ---------------------------------------------------------------------------------------------


def write(site: Path, name: str, text: str = "", head: str = "") -> None:
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<html><head>{head}</head><body><h1>{name}<a>¶</a></h1>{text}</body></html>", "utf-8")


def test_pages_that_are_made_alike_are_one_kind_and_the_largest_stands_for_them(tmp_path):
    write(tmp_path, "index.html")
    write(tmp_path, "story/a/index.html", "short")
    write(tmp_path, "story/b/index.html", "long " * 9)
    write(tmp_path, "story/c/index.html", head='<link rel="stylesheet" href="../../assets/own.css">')
    write(tmp_path, "data/a/index.html", head='<link rel="stylesheet" href="../../assets/stylesheets/theme.css">')
    write(tmp_path, "data/a/embed/index.html", head='<meta name="robots" content="noindex">')
    write(tmp_path, "old/index.html", head='<meta http-equiv="refresh" content="0; url=../">')
    write(tmp_path, "404.html")

    assert kinds_on(tmp_path) == [
        Kind("/", "index.html", 1, True),
        Kind("/data/a/", "data/a/index.html", 1, True),
        Kind("/data/a/embed/", "data/a/embed/index.html", 1, False),
        Kind("/story/b/", "story/b/index.html", 2, True),
        Kind("/story/c/", "story/c/index.html", 1, True),
    ]


def test_every_page_of_the_ferry_is_of_a_kind(ferry_folder):
    kinds = kinds_on(ferry_folder)

    moved = [path for path in ferry_folder.rglob("*.html") if 'http-equiv="refresh"' in path.read_text("utf-8")]
    assert len(moved) == 1
    assert sum(kind.pages for kind in kinds) == len(list(ferry_folder.rglob("*.html"))) - len(moved) - 1
    assert {"/", "/timeline/", "/data/"} <= {kind.address for kind in kinds}
    assert [kind.address.split("/")[-2] for kind in kinds if not kind.is_listed] == ["embed"]


# --- Lighthouse -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "score"),
    [((0.9, 1, 0.4), 90), ((1, 1, 0.5), 100), ((0.96,), 96), ((0.955, 0.9), 90), ((0.574, 0.574, 0.574), 57)],
)
def test_the_middle_score_counts(scores, score):
    reports = [report(performance=one) for one in scores]

    assert middle(HOME, reports).scores == {**FULL, "performance": score}


def test_a_page_under_the_bar_names_what_it_failed_in_any_run():
    found = middle(HOME, [report(("seo",), seo=0.92), report(seo=0.92), report(performance=0.2)])

    assert found.under_the_bar == ["seo"]
    assert found.failed["seo"] == ("audit-of-seo",)
    assert found.failed["accessibility"] == ()


def test_speed_is_told_and_not_held():
    found = middle(HOME, [report(performance=0.2)])

    assert found.under_the_bar == []
    assert command._line(found).endswith("performance  20  /  performance below 95")


def test_a_report_without_a_score_is_no_result():
    with pytest.raises(ToolFailed, match="no score for performance of /"):
        middle(HOME, [report(performance=None)])


def test_a_report_names_its_browser():
    assert browser_of(report()) == "Chromium 131"


# --- the validator ----------------------------------------------------------------------------------------------


def test_a_message_that_nobody_knows_is_a_finding(tmp_path):
    site = tmp_path / "site"
    write(site, "index.html")
    known = message("Attribute “autocomplete” is only allowed there.", '<input id="__drawer">')
    elsewhere = message("Attribute “autocomplete” is only allowed there.", '<input id="ours">')
    new = message("Element “b” not allowed.", page="index.html")

    found = sort_messages(site, [known, new, elsewhere, known], [KNOWN])

    assert found == Validated(
        1,
        ("a/index.html:7: Attribute “autocomplete” is only allowed there.", "index.html:7: Element “b” not allowed."),
        ((KNOWN, 2),),
    )
    assert found.unneeded == []


def test_an_entry_that_fits_nothing_is_a_finding_too():
    found = sort_messages(Path("site"), [], [KNOWN])

    assert found.unneeded == [KNOWN]
    assert command.findings_in([], found) == ["checkup/known.yml: nothing says “autocomplete.* only” any more"]


POLICY = "Resource violates Content Security Policy (meta tag): external script “{}” blocked by “script-src” directive."


@pytest.mark.parametrize(
    ("words", "extract", "is_known"),
    [
        (POLICY.format("../a.js"), "", True),
        (POLICY.format("https://example.org/a.js"), "", False),
        (POLICY.format("//example.org/a.js"), "", False),
        ("Inline script violates Content Security Policy.", '<script type="application/json">', True),
        ("Inline script violates Content Security Policy.", "<script>alert()", False),
    ],
)
def test_what_is_known_of_the_policy_lets_no_real_breach_through(words, extract, is_known):
    found = sort_messages(Path("site"), [message(words, extract)], load_known())

    assert bool(found.findings) != is_known


def test_every_known_message_has_a_reason():
    assert all(known.reason.endswith(".") and known.message for known in load_known())


# --- the command ------------------------------------------------------------------------------------------------


@pytest.fixture
def tools(tmp_path, monkeypatch):
    """Both tools as stand-ins: they give what a test says, in a folder of its own with a small site."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    write(tmp_path / "site", "index.html")
    write(tmp_path / "site", "story/a/index.html")
    given = {"report": report(), "messages": [message("autocomplete only", 'id="__drawer"')]}

    def run_lighthouse(kind, address, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
        return given["report"]

    monkeypatch.setattr(lighthouse, "_run", run_lighthouse)
    monkeypatch.setattr(command, "validate", lambda site: sort_messages(site, given["messages"], [KNOWN]))
    monkeypatch.setattr(command, "TOOLS", {})
    return given


def test_a_site_that_reaches_the_bar_is_recorded(tools, capsys):
    assert command.main([]) == command.OK

    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "accessibility 100  best-practices 100  seo 100  performance 100  /",
        "accessibility 100  best-practices 100  seo 100  performance 100  /story/a/",
    ]
    assert lines[-1] == "Nothing is under the bar."
    assert [record["id"] for record in yaml.safe_load(Path("data/measurements.yml").read_text("utf-8"))] == [
        "lighthouse",
        "html-validator",
    ]
    assert sorted(path.name for path in Path("build/audit/lighthouse").iterdir()) == [
        *(f"home-{run}.json" for run in (1, 2, 3)),
        *(f"story-a-{run}.json" for run in (1, 2, 3)),
    ]


@pytest.mark.parametrize(
    ("key", "given", "said"),
    [
        ("report", report(("accessibility",), accessibility=0.99), "/: accessibility 99, for audit-of-accessibility"),
        ("messages", [message("New."), message("autocomplete only", 'id="__drawer"')], "a/index.html:7: New."),
        ("messages", [], "checkup/known.yml: nothing says “autocomplete.* only” any more"),
    ],
    ids=["under the bar", "unknown message", "entry no longer needed"],
)
def test_a_finding_fails_the_command_and_is_said_and_kept(tools, capsys, key, given, said):
    tools[key] = given

    assert command.main([]) == command.UNDER_THE_BAR

    assert said in capsys.readouterr().out.splitlines()
    assert said in json.loads(Path("build/audit/summary.json").read_text("utf-8"))["findings"]


def test_some_pages_alone_leave_the_record_as_it_is(tools, capsys):
    assert command.main(["--pages", "/story/a/", "--runs", "1"]) == command.OK

    assert capsys.readouterr().out.splitlines() == [
        "accessibility 100  best-practices 100  seo 100  performance 100  /story/a/",
        "",
        "Nothing is under the bar.",
    ]
    assert not Path("data/measurements.yml").exists()


def test_a_tool_without_a_result_is_no_good_result(tools, capsys):
    tools["report"] = report(seo=None)

    assert command.main([]) == command.NO_RESULT
    assert capsys.readouterr().err == "Lighthouse has no score for seo of /\n"
    assert not Path("data/measurements.yml").exists()


def test_without_its_tools_the_command_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(command, "TOOLS", {"no-such-tool": "Install it."})

    assert command.main([]) == command.NO_RESULT
    assert capsys.readouterr().err == "There is no no-such-tool here. Install it.\n"


# --- the record -------------------------------------------------------------------------------------------------


def test_what_is_recorded_is_what_was_measured_and_the_generator_reads_it(tmp_path):
    measured = [Measured(HOME, {**FULL, "performance": 97}, {}), Measured(HOME, {**FULL, "best-practices": 96}, {})]
    (tmp_path / "data").mkdir()
    site = (ROOT / "tests/sites/empty/data/site.yml").read_text("utf-8")
    (tmp_path / "data/site.yml").write_text(site, "utf-8")

    records = records_of(measured, 3, "Chromium 131", Validated(2, ("a", "b"), ((KNOWN, 4),)), DAY)
    write_records(records, tmp_path / "data/measurements.yml")
    subject, problems = load(tmp_path / "data", ROOT / "tests/sites/empty/docs", tmp_path / "mkdocs.yml")

    assert problems == ()
    scored, read = subject.of("measurement")
    assert (scored.version, str(scored.measured), scored.runs) == (lighthouse.VERSION, "1960-01-31", 3)
    assert [(one.best_practices, one.performance) for one in scored.scores] == [(100, 97), (96, 100)]
    assert (read.version, read.pages, read.findings) == (validator.VERSION, 2, 2)
    assert [(known.reason, known.times) for known in read.known] == [("The theme.", 4)]


def test_the_statement_shows_every_figure_of_the_record_and_its_day(ferry, ferry_folder):
    text = (ferry_folder / "about/index.html").read_text("utf-8")
    shown = text[text.index('data-record="measurement/lamp"') :]

    for one in ferry.subject.get("measurement", "lamp").scores:
        numbers = (one.pages, one.accessibility, one.best_practices, one.seo, one.performance)
        assert "".join(f'<td class="bf-number">{number}</td>' for number in numbers) in shown
    assert "Lamp 2.1.0</b> with Porthole 7, 30 January 1960. It looked at each page 3 times" in shown
    assert "29 January 1960. It read 41 pages and found 2 faults besides those below." in shown
    assert "<li>17 times: The shipwright leaves a plank out.</li>" in shown


def test_the_statement_of_this_site_holds_no_figure_that_was_typed():
    page = (ROOT / "docs/about/accessibility.md").read_text("utf-8")

    assert "{{ measurements() }}" in page
    assert [word for word in page.replace("WCAG 2.2", "").split() if any(sign.isdigit() for sign in word)] == []
