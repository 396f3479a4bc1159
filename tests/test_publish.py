"""Making the finished site: its policy, the comparison with what was generated, and what stays when it fails."""

import base64
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as lxml_html

from generator.audit import CLASSES
from generator.build import build
from generator.checks import FINISHED
from generator.cli import main
from generator.pages import World
from generator.problems import Refusal
from generator.publish import (
    LAST,
    EngineFailed,
    add_policy,
    dense,
    for_everyone,
    inputs_of,
    known_scripts,
    page_of,
    publish,
    recall,
    remember,
)
from tests.sites import files_of

KNOWN = 'var base=new URL("..",location)'
PLANTED = "alert(document.cookie)"


def page(inside):
    return f"<!doctype html><html lang=en><head><title>A</title>{inside}</head><body><header>A</header></body></html>"


def hash_of(code):
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def policy_of(html):
    (content,) = lxml_html.document_fromstring(html).xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    return dict(directive.strip().split(" ", 1) for directive in content.split(";"))


@pytest.fixture
def known(tmp_path):
    """The scripts of an engine whose missing page holds one, from the root."""
    (tmp_path / "404.html").write_text(page(f"<script>{KNOWN.replace('..', '/two/')}</script>"))
    return known_scripts(tmp_path)


# --- what the engine's pages lack for everyone --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "made"),
    [
        ('<a href="https://a.example/">', '<a rel="noopener" href="https://a.example/">'),
        ('<a class="b" href="http://a.example/">', '<a rel="noopener" class="b" href="http://a.example/">'),
        (
            '<a href="https://a.example/" rel="noopener external">',
            '<a href="https://a.example/" rel="noopener external">',
        ),
        ('<a href="../https/">', '<a href="../https/">'),
    ],
    ids=["bare", "not-encrypted", "marked", "own"],
)
def test_a_link_to_another_site_hands_nothing_over(link, made):
    assert for_everyone(link, {}) == made


@pytest.mark.parametrize(
    "inside", ["", '\n<a href="#one" class="md-skip">\nSkip to content\n</a>\n'], ids=["none", "own"]
)
def test_the_first_link_leads_to_the_text(inside):
    html = f'<div data-md-component="skip">{inside}</div><article class="md-content__inner md-typeset">'

    assert for_everyone(html, {}) == (
        '<div data-md-component="skip"><a href="#content" class="md-skip">Skip to content</a></div>'
        '<article id="content" class="md-content__inner md-typeset">'
    )


def test_the_foot_says_its_words_without_a_style():
    html = '<span data-words="as-of"></span> <span data-words="party-1-name"></span>'

    made = for_everyone(html, {"as-of": "1 May 1960", "party-1-name": "A & B"})

    assert made == '<span data-words="as-of">1 May 1960</span> <span data-words="party-1-name">A &amp; B</span>'
    assert for_everyone(html, {}) == html  # a subject need not have parties


# --- the policy -------------------------------------------------------------------------------------------------


def test_a_script_of_the_engine_gets_a_hash(known):
    html, unknown = add_policy(page(f"<script>{KNOWN}</script>"), known)

    assert unknown == []
    assert policy_of(html)["script-src"] == f"'self' {hash_of(KNOWN)}"


@pytest.mark.parametrize("path", [".", "..", "../..", "../../..", "/", "/two/"])
def test_a_script_of_the_engine_is_known_at_any_depth(known, path):
    code = KNOWN.replace("..", path)

    html, unknown = add_policy(page(f"<script>{code}</script>"), known)

    assert unknown == []
    assert hash_of(code) in policy_of(html)["script-src"]


@pytest.mark.parametrize(
    "tag",
    [
        f"<script>{PLANTED}</script>",
        f"<SCRIPT>{PLANTED}</SCRIPT>",
        f"<script >{PLANTED}</script >",
        f"<script type=module>{PLANTED}</script>",
        f'<script type="text/javascript">{PLANTED}</script>',
        f"<script async data-src=x>{PLANTED}</script>",
        f"<script\n>{PLANTED}</script\n>",
        f"<body><script>{PLANTED}</script>",
    ],
)
def test_a_planted_script_gets_no_hash_and_is_reported(known, tag):
    html, unknown = add_policy(page(f"<script>{KNOWN}</script>{tag}"), known)

    assert unknown == [PLANTED]
    assert policy_of(html)["script-src"] == f"'self' {hash_of(KNOWN)}"


def test_a_known_script_with_something_planted_behind_it_is_unknown(known):
    _, unknown = add_policy(page(f"<script>{KNOWN};{PLANTED}</script>"), known)

    assert unknown == [f"{KNOWN};{PLANTED}"]


def test_what_stands_in_the_path_of_a_known_script_cannot_be_code(known):
    code = KNOWN.replace("..", '",location);alert("')

    assert add_policy(page(f"<script>{code}</script>"), known)[1] == [code]


@pytest.mark.parametrize(
    "tag",
    [
        '<script type="application/ld+json">{"name": "A"}</script>',
        '<script id="__config" type="application/json">{"base": "."}</script>',
        '<script src="a.js"></script>',
        "<script defer src=a.js></script>",
    ],
    ids=["JSON-LD", "settings", "script with an address", "script with an address, without quotes"],
)
def test_what_is_no_inline_script_is_left_alone(known, tag):
    html, unknown = add_policy(page(tag), known)

    assert tag in html
    assert unknown == []
    assert policy_of(html)["script-src"] == "'self'"


@pytest.mark.parametrize(
    ("html", "shorter"),
    [
        pytest.param("<p>\n\n  One\n\ttwo</p>", "<p>\nOne\ntwo</p>", id="indentation"),
        pytest.param("<p>one  two</p>", "<p>one  two</p>", id="spaces in a line"),
        pytest.param("<pre>\n  one</pre>\n  <p>", "<pre>\n  one</pre>\n  <p>", id="text that keeps its spaces"),
    ],
)
def test_a_page_is_without_the_indentation_of_its_theme(html, shorter):
    assert dense(html) == shorter


def test_the_policy_comes_before_everything_that_it_governs(known):
    html, _ = add_policy(page("<script src=a.js></script>"), known)

    assert html.startswith('<!doctype html><html lang=en><head><meta http-equiv="Content-Security-Policy" content="')


def test_the_policy_lets_nothing_foreign_in(known):
    policy = policy_of(add_policy(page(""), known)[0])

    assert policy["default-src"] == policy["script-src"] == policy["connect-src"] == policy["font-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert policy["img-src"] == "'self' data:"
    assert not any(word in rule for rule in policy.values() for word in ("*", "http", "unsafe-eval"))
    assert "unsafe-inline" not in policy["script-src"]


def test_without_a_page_of_the_engine_no_script_is_known(tmp_path):
    assert known_scripts(tmp_path) == set()


@pytest.mark.parametrize(
    ("file", "page"),
    [
        ("index.md", "index.html"),
        ("story/index.md", "story/index.html"),
        ("story/crossing.md", "story/crossing/index.html"),
        ("charts/a/embed/index.html", "charts/a/embed/index.html"),
    ],
)
def test_a_file_of_the_tree_has_its_page(file, page):
    assert page_of(file) == page


# --- the whole --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(ferry, ferry_places):
    """The finished ferry, and what publishing said."""
    folder = ferry_places.data.parent / "site"
    return folder, publish(ferry_places, ferry, folder)


def test_the_ferry_is_published_without_a_problem(site, ferry):
    folder, published = site

    assert published.audit.problems == []
    assert published.pages == len(list(folder.rglob("*.html")))
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")} == {
        "404.html",
        *(page_of(path) for path in ferry.tree if path.endswith((".md", ".html"))),
    }


def test_each_class_of_number_occurs_on_the_ferry(site):
    assert all(site[1].audit.numbers[kind] > 0 for kind in ("row", "record", "count", "name"))


def test_the_scorecard_tells_what_only_the_finished_pages_tell(site):
    root = lxml_html.document_fromstring((site[0] / "scorecard" / "index.html").read_text("utf-8"))
    told = {element.get("data-audit"): element.text_content() for element in root.xpath("//*[@data-audit]")}

    assert {kind: told[kind] for kind in CLASSES} == {kind: f"{site[1].audit.numbers[kind]:,}" for kind in CLASSES}
    assert told["pages"] == f"{site[1].pages:,}"
    assert told["links"] == f"{site[1].audit.links:,}"
    assert told["largest-page"].endswith("/")
    assert told["search-index"].endswith(" kB")


def test_every_page_has_a_policy_with_exactly_its_own_scripts(site):
    for path in site[0].rglob("*.html"):
        html = path.read_text("utf-8")
        scripts = lxml_html.document_fromstring(html).xpath('//script[not(@src)][not(contains(@type, "json"))]/text()')

        allowed = set(policy_of(html)["script-src"].split()) - {"'self'"}
        assert allowed == {hash_of(code) for code in scripts}, path
        assert html.count("Content-Security-Policy") == 1


def test_every_file_that_is_no_page_is_published_unchanged(site, ferry):
    folder, _ = site
    for path, content in ferry.tree.items():
        if not path.endswith((".md", ".html")):
            assert (folder / path).read_bytes() == content, path


def test_text_of_records_is_shown_as_written(site):
    """Marks of Markdown and HTML in a title are letters: no page makes a link or emphasis of them."""
    crossing = lxml_html.parse(str(site[0] / "story/crossing/index.html"))
    (link,) = crossing.xpath('//a[@data-record="event/storm"]')

    assert link.text_content() == "The winter *without* a [boat](x)"
    assert len(link) == 0


def test_a_site_is_published_anew_without_a_trace_of_the_old(copy_site):
    places = copy_site("empty")
    target = places.data.parent / "site"
    (target / "old").mkdir(parents=True)
    (target / "old/index.html").write_text("old")

    publish(places, build(places, World()), target)

    assert not (target / "old").exists()
    assert (target / "index.html").is_file()
    assert not (places.work / "site.next").exists()


def spoil_a_link(places):
    home = places.tree / "index.md"
    home.write_text(home.read_text("utf-8") + '\n<a href="gone/">gone</a>\n', "utf-8")


def plant_a_script(places):
    home = places.tree / "index.md"
    home.write_text(home.read_text("utf-8") + f"\n<script>{PLANTED}</script>\n", "utf-8")


def plant_a_number(places):
    with places.config.open("a") as config:
        config.write("copyright: 77 boats\n")  # what the engine itself writes, no gate on prose reads


DEAD = "site/index.html:1: links to 'gone/', which is not there. Correct the link. [links-lead-somewhere]"
FOREIGN = (
    f"site/index.html:1: has an inline script that is not the engine's: {PLANTED!r}. Remove it. [scripts-are-known]"
)
UNTRACED = 'site/{}.html:1: has "77" in "77 boats", which nothing traces. Call it from a row. [numbers-are-traced]'


@pytest.mark.parametrize(
    ("spoil", "report"),
    [
        pytest.param(spoil_a_link, [DEAD], id="dead link"),
        pytest.param(plant_a_script, [FOREIGN], id="script"),
        pytest.param(
            plant_a_number,
            [UNTRACED.format(page) for page in ("404", "about/data-format/index", "about/rules/index", "index")],
            id="number",
        ),
    ],
)
def test_a_fault_of_a_finished_page_leaves_the_old_site(copy_site, spoil, report):
    places = copy_site("empty")
    built = build(places, World())
    spoil(places)  # what the gates on prose and settings would have refused
    target = places.data.parent / "site"
    target.mkdir()
    (target / "index.html").write_text("old")

    with pytest.raises(Refusal) as refused:
        publish(places, built, target)

    assert [str(problem) for problem in refused.value.problems] == report
    assert files_of(target) == {"index.html": b"old"}


def test_a_chart_without_room_for_its_marks_is_reported(copy_site):
    places = copy_site("ferry")
    (charts,) = (path for path in places.data.rglob("charts/*.yml") if "cargo-by-year" in path.read_text("utf-8"))
    before, chart, after = charts.read_text("utf-8").partition("id: cargo-by-year")
    charts.write_text(before + chart + after.replace("label: ", f"label: {'M' * 300}", 1), "utf-8")

    with pytest.raises(Refusal) as refused:
        build(places, World())

    assert [problem.rule for problem in refused.value.problems] == ["charts-can-be-drawn"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("name: material", "name: nowhere", "nowhere", id="a theme that is not there"),
        pytest.param("nav:\n", "nav:\n  - gone.md\n", "gone.md", id="a page that is not there"),
        pytest.param("  - about/rules/index.md\n", "", "about/rules/index.md", id="a page in no navigation"),
    ],
)
def test_an_engine_that_fails_or_warns_leaves_the_old_site_and_says_why(copy_site, capsys, old, new, said):
    places = copy_site("empty")
    places.config.write_text(places.config.read_text("utf-8").replace(old, new), "utf-8")
    target = places.data.parent / "site"
    target.mkdir()
    (target / "index.html").write_text("old")
    folders = ["--data", str(places.data), "--docs", str(places.docs), "--out", str(places.tree), "--site", str(target)]

    with pytest.raises(EngineFailed, match=said):
        publish(places, build(places, World()), target)
    assert main(["site", *folders]) == 1

    assert capsys.readouterr().err.startswith("The engine stopped; the last good site still stands.\n")
    assert files_of(target) == {"index.html": b"old"}


def test_a_page_that_the_engine_skips_or_adds_is_reported(copy_site):
    places = copy_site("empty")
    built = build(places, World())
    tree = {("story/lost.md" if path == "about/rules/index.md" else path): text for path, text in built.tree.items()}

    with pytest.raises(Refusal) as refused:
        publish(places, replace(built, tree=tree), places.data.parent / "site")

    assert [str(problem) for problem in refused.value.problems] == [
        "site/about/rules/index.html:1: was built and not generated. Remove its file. [pages-are-built]",
        "site/story/lost/index.html:1: was generated and not built. See what the engine says. [pages-are-built]",
    ]


def test_publishing_prints_what_was_made(copy_site, ferry, capsys):
    places = copy_site("ferry")
    target = places.data.parent / "site"
    folders = ["--data", str(places.data), "--docs", str(places.docs), "--out", str(places.tree), "--site", str(target)]

    assert main(["site", *folders]) == 0

    printed = capsys.readouterr().out
    assert [line.split("  ")[0] for line in printed.splitlines()] == [
        *("pages", "charts", "events", "sources", "numbers", "numbers", "numbers", "numbers", "generator", "engine"),
        f"Open {target}/index.html, or run: python3 -m http.server --directory {target}",
    ]
    assert f"charts     {len(ferry.subject.of('chart'))}; 0 drawings made now, the others kept\n" in printed
    assert "events     5 in 2 eras\n" in printed
    rows = sum(len(series.rows) for series in ferry.subject.of("series"))
    assert f"sources    4, for {rows} rows in {len(ferry.subject.of('series'))} series\n" in printed


NOTHING = "Nothing has changed since the last build, which said:\n"


def test_a_site_is_built_again_only_where_something_changed(copy_site, capsys):
    places = copy_site("empty")
    target = places.data.parent / "site"
    folders = ["--data", str(places.data), "--docs", str(places.docs), "--out", str(places.tree), "--site", str(target)]
    assert main(["site", *folders]) == 0
    first, before = capsys.readouterr().out, files_of(target)

    (places.data / "site.yml").touch()
    assert main(["site", *folders]) == 0
    assert (capsys.readouterr().out, files_of(target)) == (NOTHING + first, before)

    (target / "index.html").write_text("by hand")
    assert main(["site", *folders]) == 0
    assert NOTHING not in capsys.readouterr().out
    assert files_of(target) == before


@pytest.mark.parametrize("changed", ["data/site.yml", "docs/new.md", "mkdocs.yml", "site/index.html", "site/new", LAST])
def test_what_is_not_as_the_last_build_left_it_is_made_anew(copy_site, changed):
    places = copy_site("empty")
    root = places.data.parent
    (root / "site").mkdir()
    (root / "site/index.html").write_text("a page")
    remember(places, inputs_of(places, World()), root / "site", "what was said")
    assert recall(places, inputs_of(places, World()), root / "site") == "what was said"
    assert recall(places, inputs_of(places, World("https://example.org/")), root / "site") is None

    path = places.work / LAST if changed == LAST else root / changed
    path.write_text(path.read_text("utf-8")[:-1] if path.is_file() else "new", "utf-8")

    assert recall(places, inputs_of(places, World()), root / "site") is None


def test_a_variable_that_the_configuration_names_is_a_part_of_what_a_site_is_made_from(copy_site, monkeypatch):
    places = copy_site("empty")
    with places.config.open("a", encoding="utf-8") as config:
        config.write("\nextra: {named: !ENV [A_NAME, none]}\n")
    before = inputs_of(places, World())

    monkeypatch.setenv("ANOTHER_NAME", "x")
    assert inputs_of(places, World()) == before
    monkeypatch.setenv("A_NAME", "x")
    assert inputs_of(places, World()) != before


@pytest.mark.parametrize("rule", FINISHED)
def test_every_check_of_finished_pages_has_a_planted_fault(rule):
    tests = [Path(__file__), Path(__file__).with_name("test_audit.py")]

    assert any(rule in path.read_text("utf-8") for path in tests)
