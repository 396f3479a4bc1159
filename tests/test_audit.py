"""The audit of finished pages: what is planted on them is caught, and what is traced is counted in its class."""

import json

import pytest

from generator.audit import CLASSES, audit
from tests.subjects import events, page, series, subject_of

ROWS = series("goods", "date,by,value,source\n1950,Alba,12,book\n1951,Alba,14,book\n", "{by: Office}")
CHART = (
    "id: goods\ntitle: Goods\nkind_of_chart: line\ntheme: goods\nunit: crown\nheadline: Goods rise\nsubtitle: Goods\n"
    "takeaway: They rise.\nalt: A line.\ndraw: [{series: goods, where: {by: Alba}, label: Goods}]\n"
)
GROWTH = '<data data-op="change" value="16.6667" data-rows="goods#1950-alba goods#1951-alba ">{}</data>'
SOURCES = """\
- {id: book, title: The book of 14 boats, by: The office, standing: press, url: https://example.org/book}
- {id: gazette, title: The Gazette, by: The Gazette, standing: press, url: https://example.org/gazette}
"""
NAMES = "{id: pier, text: Pier 9, reason: The name of a landing place.}\n"


@pytest.fixture
def audit_of(tmp_path):
    """Audits a site of these pages, each given by what stands in its body or, with `<html`, whole."""
    subject = subject_of(
        tmp_path / "subject",
        {
            **ROWS,
            **events('id: storm, date: "1950", title: Storm takes 9 boats'),
            "data/sources.yml": SOURCES,
            "data/charts/goods.yml": CHART,
            "data/allowed.yml": NAMES,
            "docs/story/boats.md": page("Text.\n", kind="chapter"),
        },
    )

    def run(body="", **more):
        pages = {
            "index.html": body,
            "404.html": "",
            **{name.replace("__", "/") + ".html": text for name, text in more.items()},
        }
        for name, text in pages.items():
            path = tmp_path / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            whole = (
                text
                if text.startswith("<html")
                else f"<html lang=en><head><title>A</title></head><body>{text}</body></html>"
            )
            path.write_text(f"<!doctype html>{whole}", "utf-8")
        return audit(tmp_path / "site", subject)

    return run


def said(found):
    return [f"{problem.where.path}: {problem.message} [{problem.rule}]" for problem in found.problems]


@pytest.mark.parametrize(("letters", "is_heavy"), [(99_800, False), (100_000, True)])
def test_a_heavy_chapter_is_caught_and_another_page_is_not(audit_of, letters, is_heavy):
    found = audit_of("b" * 200_000, story__boats__index="b" * letters)

    assert [problem.rule for problem in found.problems] == ["chapters-are-light"] * is_heavy


def test_a_clean_site_has_no_problems(audit_of):
    found = audit_of("<h1>Alba and Bora</h1><p>Boats cross.</p>")

    assert found.problems == []
    assert sum(found.numbers.values()) == 0


@pytest.mark.parametrize(
    ("planted", "what"),
    [
        ('<p onclick="go()">Boats</p>', 'has "onclick=go()"'),
        ("<p ONFOCUS=go()>Boats</p>", 'has "onfocus=go()"'),
        ('<button formaction="gone">Boats</button>', 'has "formaction=gone"'),
        ("<iframe></iframe>", "holds <iframe>"),
        ("<svg><set/></svg>", "holds <set>"),
    ],
)
def test_what_could_run_is_caught(audit_of, planted, what):
    assert f"site/index.html: {what}, which can run code [nothing-runs-from-a-text]" in said(audit_of(planted))


# --- numbers ----------------------------------------------------------------------------------------------------


def head(inside):
    return f"<html lang=en><head>{inside}</head><body></body></html>"


@pytest.mark.parametrize(
    ("planted", "around"),
    [
        pytest.param("<p>It had 77 boats.</p>", "It had 77 boats.", id="text"),
        pytest.param("<p>It <b>had</b> 77 boats.</p>", "77 boats.", id="text behind an element"),
        pytest.param("<p>It <!-- x --> had 77 boats.</p>", "had 77 boats.", id="text behind a comment"),
        pytest.param("<p>It <script>x</script> had 77.</p>", "had 77.", id="text behind a script"),
        pytest.param('<img alt="It had 77 boats">', "It had 77 boats", id="alternative text"),
        pytest.param('<p title="77 boats">Boats</p>', "77 boats", id="title"),
        pytest.param('<nav aria-label="77 boats"></nav>', "77 boats", id="label"),
        pytest.param('<input placeholder="77 boats">', "77 boats", id="placeholder"),
        pytest.param("<table><tr><th>Boats<td>77</table>", "77", id="table"),
        pytest.param("<svg><text>77</text></svg>", "77", id="text of a drawing"),
        pytest.param("<svg><title>77 boats</title></svg>", "77 boats", id="title of a drawing"),
        pytest.param("<svg><desc>77 boats</desc></svg>", "77 boats", id="description of a drawing"),
        pytest.param("<details><summary>77</summary></details>", "77", id="summary"),
        pytest.param("<select><option>77 boats</select>", "77 boats", id="option"),
        pytest.param("<noscript><p>77 boats</p></noscript>", "77 boats", id="without scripts"),
        pytest.param("<code>77</code>", "77", id="code that is no reference"),
        pytest.param(head("<title>77 boats</title>"), "77 boats", id="title of the page"),
        pytest.param(head('<meta name="description" content="77 boats">'), "77 boats", id="description"),
        pytest.param(head('<meta property="og:title" content="77 boats">'), "77 boats", id="title for sharing"),
        pytest.param(
            head('<meta property="og:description" content="77 boats">'), "77 boats", id="description for sharing"
        ),
        pytest.param(
            head('<script type="application/ld+json">{"name": "77 boats"}</script>'),
            '{"name": "77 boats"}',
            id="JSON-LD",
        ),
    ],
)
def test_a_number_that_nothing_traces_is_caught(audit_of, planted, around):
    found = audit_of(planted)

    assert said(found) == [f'site/index.html: has "77" in "{around}", which nothing traces [numbers-are-traced]']
    assert found.numbers["row"] == found.numbers["record"] == found.numbers["count"] == 0


@pytest.mark.parametrize("word", ["two", "half", "a dozen", "twice", "7 percent", "½", "٧"])
def test_words_and_fractions_are_numbers_too(audit_of, word):
    assert len(audit_of(f"<p>It had {word} of them.</p>").problems) == 1


@pytest.mark.parametrize(
    ("planted", "kind", "number"),
    [
        pytest.param('<data value="12" data-rows="goods#1950-alba">12 crowns</data>', "row", 1, id="row"),
        pytest.param(GROWTH.format("up 16.7%"), "row", 1, id="several rows"),
        pytest.param('<tr data-rows="goods#1950-alba"><td>12</td><td>of 12</td></tr>', "row", 2, id="inside a row"),
        pytest.param('<figure data-chart="goods"><svg><text>12</text></svg></figure>', "row", 1, id="inside a chart"),
        pytest.param('<a href="data/goods/#1950-alba">12</a>', "row", 1, id="link that opens a row"),
        pytest.param('<div data-record="event/storm"><p>9 boats</p></div>', "record", 1, id="record"),
        pytest.param('<div data-record="source/book">14 boats</div>', "record", 1, id="source"),
        pytest.param('<a href="sources/#book">Book of 14 boats</a>', "record", 1, id="link that opens a source"),
        pytest.param('<dd data-record="rule/headlines-are-short">15 words</dd>', "record", 1, id="rule"),
        pytest.param('<dd data-record="schema/event"><code>12</code> and 13</dd>', "record", 2, id="shape"),
        pytest.param("<span data-count>14</span> boats", "count", 1, id="count"),
        pytest.param(
            '<div data-record="event/storm"><span data-count>14</span></div>', "count", 1, id="the nearest counts"
        ),
        pytest.param("<p>In 1950, on 3 May, from Pier 9.</p>", "name", 3, id="year, day and name"),
        pytest.param("<p>From 1950 to 1959-06.</p>", "name", 3, id="parts of a date"),
    ],
)
def test_a_number_is_counted_in_the_class_that_traces_it(audit_of, planted, kind, number):
    rows, sources = '<p id="1950-alba"></p>', '<p id="book"></p>'

    found = audit_of(planted, data__goods__index=rows, sources__index=sources)

    assert found.problems == []
    assert dict(found.numbers) == {"name": 0, kind: number}


@pytest.mark.parametrize(
    "planted",
    [
        pytest.param('<data data-rows="goods#1949-alba">77</data>', id="unknown row"),
        pytest.param('<data data-rows="goods#1950-alba goods#1949-alba">77</data>', id="one unknown row among known"),
        pytest.param('<data data-rows="">77</data>', id="no row"),
        pytest.param('<data data-rows=" ">77</data>', id="blank row"),
        pytest.param('<data data-rows="good#1950-alba">77</data>', id="unknown series"),
        pytest.param('<div data-record="event/calm">77</div>', id="unknown record"),
        pytest.param('<div data-record="evnt/storm">77</div>', id="unknown kind"),
        pytest.param('<div data-record="storm">77</div>', id="record without a kind"),
        pytest.param('<div data-record="">77</div>', id="no record"),
        pytest.param('<figure data-chart="god">77</figure>', id="unknown chart"),
        pytest.param(
            '<div data-record="event/storm"><p data-rows="goods#x">77</p></div>', id="unknown row inside a record"
        ),
        pytest.param('<p data-value="77">77</p>', id="other data"),
        pytest.param('<a href="https://example.org/data/goods/#1950-alba">77</a>', id="row of another site"),
        pytest.param('<a href="data/goods/#1950-bora">77</a><i id="x"></i>', id="link to no row"),
    ],
)
def test_a_trace_that_leads_nowhere_is_none(audit_of, planted):
    found = audit_of(planted, data__goods__index='<p id="1950-bora"></p>')

    assert [line for line in said(found) if 'has "77"' in line and line.endswith("[numbers-are-traced]")]
    assert found.numbers["row"] == found.numbers["record"] == found.numbers["count"] == 0


@pytest.mark.parametrize(
    ("planted", "name"),
    [
        pytest.param('<tr data-rows="goods#1950-alba"><td>13</td></tr>', "the row goods#1950-alba", id="table"),
        pytest.param('<a href="data/goods/#1950-alba">13</a>', "the row goods#1950-alba", id="link to a row"),
        pytest.param('<p data-rows="goods#1950-alba">half</p>', "the row goods#1950-alba", id="spelled-out fraction"),
        pytest.param('<p data-rows="goods#1950-alba">12 billion</p>', "the row goods#1950-alba", id="another scale"),
        pytest.param('<div data-record="event/storm"><p>13 boats</p></div>', "event/storm", id="paragraph of a record"),
        pytest.param('<a href="timeline/#storm">13 boats</a>', "event/storm", id="link to an event"),
        pytest.param('<a href="sources/#book">13 boats</a>', "source/book", id="link to a source"),
        pytest.param('<img data-chart="goods" alt="A line to 13">', "the chart goods", id="alternative text"),
        pytest.param(
            '<figure data-chart="goods"><figcaption>13</figcaption></figure>', "the chart goods", id="caption"
        ),
        pytest.param('<p data-chart="goods"><svg><text>13</text></svg></p>', "the chart goods", id="SVG label"),
        pytest.param('<p data-chart="goods"><svg><title>13</title></svg></p>', "the chart goods", id="SVG title"),
        pytest.param('<p data-chart="goods"><svg><desc>13</desc></svg></p>', "the chart goods", id="SVG description"),
    ],
)
def test_a_number_beside_what_does_not_say_it_is_caught(audit_of, planted, name):
    anchors = {"data__goods__index": '<p id="1950-alba"></p>', "timeline__index": '<p id="storm"></p>'}

    found = audit_of(planted, **anchors, sources__index='<p id="book"></p>')

    assert len(found.problems) == 1
    assert f"which {name} does not say [numbers-equal-what-traces-them]" in said(found)[0]


@pytest.mark.parametrize(
    ("operation", "rows", "value", "text", "fault"),
    [
        ("value", "1950-alba", "12", "12 crowns", ""),
        ("value", "1950-alba", "12", "0.012 thousand crowns", ""),
        ("value", "1950-alba", "12", "13 crowns", "says 13, but its rows give 12"),
        ("value", "1950-alba", "13", "13 crowns", "bears the value 13, but its rows give 12"),
        ("value", "1950-alba", "12", "\u221212 crowns", "says 12, but its rows give 12"),
        ("value", "1950-alba", "12", "some crowns", "holds no number"),
        ("change", "1950-alba goods#1951-alba", "16.6667", "up 16.7% on 1950", ""),
        (
            "change",
            "1950-alba goods#1951-alba",
            "16.6667",
            "down 16.7% on 1950",
            "says 16.7, but its rows give 16.6667",
        ),
        ("change", "1951-alba goods#1950-alba", "-14.2857", "down 14.3% on 1951", ""),
        ("share", "1950-alba goods#1951-alba", "85.7143", "85.7% of all", ""),
        ("share", "1950-alba goods#1951-alba", "85.7143", "84.7% of all", "says 84.7, but its rows give 85.7143"),
        ("ratio", "1951-alba goods#1950-alba", "1.16667", "1.2 times", ""),
        ("ratio", "1951-alba goods#1950-alba", "1.16667", "1.2 crowns", "says 1.2, but its rows give 1.16667"),
        ("difference", "1951-alba goods#1950-alba", "2", "2 crowns more", ""),
        ("difference", "1951-alba goods#1950-alba", "2", "2 crowns less", "says 2, but its rows give 2"),
        ("rank", "1950-alba goods#1951-alba", "2", "2nd of 2", ""),
        ("rank", "1950-alba goods#1951-alba", "1", "1st of 2", "bears the value 1, but its rows give 2"),
        ("peak", "1951-alba", "14", "14 crowns in 1951", ""),
        ("peak", "1950-alba", "12", "12 crowns in 1950", "cannot be computed again (another row is further out)"),
        ("trough", "1950-alba", "12", "12 crowns in 1950", ""),
        ("trough", "1951-alba", "14", "14 crowns in 1951", "cannot be computed again (another row is further out)"),
        ("cubed", "1950-alba", "12", "12 crowns", "cannot be computed again (no operation is called cubed)"),
    ],
)
def test_a_figure_is_what_its_rows_give(audit_of, operation, rows, value, text, fault):
    found = audit_of(f'<data data-op="{operation}" value="{value}" data-rows="goods#{rows}">{text}</data>')

    reports = [f'site/index.html: has the figure "{text}", which {fault} [figures-are-computed-again]']
    assert said(found) == (reports if fault else [])


@pytest.mark.parametrize(
    ("drawn", "faults"),
    [
        ([("goods#1950-alba", 12), ("goods#1951-alba", 14)], []),
        ([("goods#1950-alba", 12)], ["does not draw goods#1951-alba"]),
        (
            [("goods#1950-alba", 12), ("goods#1951-alba", 15)],
            ["draws 15 for goods#1951-alba, which says 14.0"],
        ),
        (
            [("goods#1950-alba", 12), ("goods#1951-alba", 14), ("goods#1952-alba", 9)],
            ["draws 9 for goods#1952-alba, which says nothing"],
        ),
    ],
)
def test_a_mark_of_a_drawing_is_a_row(audit_of, tmp_path, drawn, faults):
    values = [{"x": 1, "y": y, "row": row} for row, y in drawn]
    specification = {"layer": [{"data": {"values": values}}, {"data": {"values": [{"x": 3}]}}]}
    path = tmp_path / "site" / "charts" / "goods.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"specification": specification}), "utf-8")

    assert said(audit_of()) == [f"site/charts/goods.json: {fault} [marks-are-rows]" for fault in faults]


def test_a_mark_without_a_row_is_none(audit_of, tmp_path):
    path = tmp_path / "site" / "charts" / "goods.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"specification": {"data": {"values": [{"y": 3}]}}}), "utf-8")

    assert "site/charts/goods.json: draws 3 for no row, which says nothing [marks-are-rows]" in said(audit_of())


def test_the_number_of_the_missing_page_is_the_engines(audit_of):
    assert audit_of(**{"404": "<h1>404 - Not found</h1>"}).problems == []
    assert len(audit_of("<h1>404 boats</h1>").problems) == 1


def test_scripts_and_styles_hold_no_numbers_for_readers(audit_of):
    assert audit_of("<script>let boats = 77</script><style>p { width: 77px }</style>").problems == []


def test_numbers_are_counted_for_each_page_too(audit_of):
    found = audit_of("<p data-count>7 boats</p>", story__boats__index="<p data-count>7 of 9</p><p>In 1950</p>")

    assert found.by_page["index.html"] == {"count": 1}
    assert found.by_page["story/boats/index.html"] == {"count": 2, "name": 1}


def test_every_class_is_shown_on_the_command_line():
    assert list(CLASSES) == ["row", "record", "count", "name"]


# --- links ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "planted",
    [
        '<a href="story/">page</a>',
        '<a href="story/index.html">page</a>',
        '<a href="story/#end">anchor</a>',
        '<a href="story/#caf%C3%A9">anchor of other letters</a>',
        '<a href="#top">anchor here</a><p id="top"></p>',
        '<a href="./">here</a>',
        '<a href="">nothing</a>',
        '<a href="?q=boat">search</a>',
        '<a href="story/?q=boat#end">search there</a>',
        '<a href="https://example.org/gone">elsewhere</a>',
        '<a href="mailto:ada@example.org">mail</a>',
        '<img src="data:image/png;base64,AA==">',
    ],
)
def test_a_link_that_leads_somewhere_passes(audit_of, planted):
    found = audit_of(planted, story__index='<p id="end"></p><p id="café"></p><a href="../">home</a>')

    assert found.problems == []


@pytest.mark.parametrize(
    ("planted", "message"),
    [
        pytest.param('<a href="gone/">x</a>', "links to 'gone/', which is not there", id="dead link"),
        pytest.param('<a href="../">x</a>', "links to '../', which is not there", id="out of the site"),
        pytest.param('<a href="story/index.md">x</a>', "links to 'story/index.md', which is not there", id="raw link"),
        pytest.param('<a href="http://[1/">x</a>', "links to 'http://[1/'", id="no address"),
        pytest.param('<a href="story">x</a>', "links to 'story', which is not there", id="without the slash"),
        pytest.param('<a href="/story/">x</a>', "links to '/story/', which is not there", id="from the root"),
        pytest.param('<a href="#gone">x</a>', "links to '#gone', where there is no such anchor", id="dead anchor here"),
        pytest.param(
            '<a href="story/#gone">x</a>', "links to 'story/#gone', where there is no such anchor", id="dead anchor"
        ),
        pytest.param('<a href="javascript:alert()">x</a>', "links to 'javascript:alert()'", id="script as a link"),
        pytest.param('<a href="ftp://example.org/">x</a>', "links to 'ftp://example.org/'", id="other protocol"),
        pytest.param('<img src="gone.png">', "links to 'gone.png', which is not there", id="missing image"),
        pytest.param('<img srcset="gone.png 1x">', "links to 'gone.png', which is not there", id="missing candidate"),
        pytest.param('<script src="gone.js"></script>', "links to 'gone.js', which is not there", id="missing script"),
        pytest.param(
            head('<link rel="stylesheet" href="gone.css"><title>A</title>'),
            "links to 'gone.css', which is not there",
            id="missing style",
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_caught(audit_of, planted, message):
    found = audit_of(planted, story__index='<p id="end"></p>')

    assert said(found) == [f"site/index.html: {message} [links-lead-somewhere]"]


def test_links_are_resolved_from_their_page(audit_of):
    found = audit_of(
        "", story__a__index='<a href="../b/">b</a><a href="../../">home</a><a href="b/">no</a>', story__b__index=""
    )

    assert said(found) == ["site/story/a/index.html: links to 'b/', which is not there [links-lead-somewhere]"]


def test_links_inside_the_site_are_counted(audit_of):
    found = audit_of(
        '<a href="story/">a</a><a href="https://example.org/">b</a><a href="#top">c</a><p id="top">', story__index=""
    )

    assert found.links == 2


# --- what a page loads ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "planted",
    [
        '<script src="https://example.org/x"></script>',
        '<script src="//example.org/x"></script>',
        '<img src="https://example.org/x">',
        '<img src=" https://example.org/x">',
        '<iframe src="https://example.org/x"></iframe>',
        '<video src="https://example.org/x"></video>',
        '<video poster="https://example.org/x"></video>',
        '<audio><source src="https://example.org/x"></audio>',
        '<video><track src="https://example.org/x"></video>',
        '<img srcset="a.png 1x, https://example.org/x 2x">',
        '<picture><source srcset="https://example.org/x"></picture>',
        '<object data="https://example.org/x"></object>',
        '<embed src="https://example.org/x">',
        '<input type="image" src="https://example.org/x">',
        '<svg><use href="https://example.org/x"/></svg>',
        '<svg><image href="https://example.org/x"/></svg>',
        '<svg><image xlink:href="https://example.org/x"/></svg>',
        '<form action="https://example.org/x"></form>',
        '<p style="background: url(https://example.org/x)"></p>',
        '<style>p { background: url("https://example.org/x") }</style>',
        "<style>@import 'https://example.org/x';</style>",
        head('<title>A</title><link rel="stylesheet" href="https://example.org/x">'),
        head('<title>A</title><link rel="preconnect" href="https://example.org/x">'),
        head('<title>A</title><link rel="icon" href="//example.org/x">'),
    ],
)
def test_what_is_loaded_from_elsewhere_is_caught(audit_of, planted):
    found = audit_of(planted)

    (problem,) = [problem for problem in found.problems if problem.rule == "pages-load-nothing-foreign"]
    assert problem.where.path == "site/index.html"
    assert "//example.org/x" in problem.message
    assert problem.message.endswith("from elsewhere")


@pytest.mark.parametrize(
    "planted",
    [
        '<a href="https://example.org/x">x</a>',
        head('<title>A</title><link rel="canonical" href="https://example.org/x">'),
        '<img src="data:image/png;base64,AA==">',
        "<p style='background: url(data:image/png;base64,AA==)'></p>",
    ],
    ids=["link to follow", "canonical address", "image in the page", "image in a style"],
)
def test_what_is_not_loaded_from_elsewhere_passes(audit_of, planted):
    assert audit_of(planted).problems == []


# --- ids --------------------------------------------------------------------------------------------------------


def test_an_id_that_stands_twice_is_caught(audit_of):
    found = audit_of('<p id="a"></p><svg><g id="a"></g></svg><p id="b"></p>')

    assert said(found) == ['site/index.html: has the id "a" 2 times [ids-on-a-page-differ]']


def test_an_id_may_stand_on_two_pages(audit_of):
    assert audit_of('<p id="a"></p>', story__index='<p id="a"></p>').problems == []


# --- the ledger -------------------------------------------------------------------------------------------------

NUMBER = '<data class="bf-n" value="12" data-rows="goods#1950-alba">12\u00a0crowns</data>'


def ledger_of(*numbers):
    return json.dumps({"numbers": [dict(zip(("page", "text", "rows"), number, strict=True)) for number in numbers]})


@pytest.mark.parametrize(
    ("listed", "fault"),
    [
        pytest.param([("/a/", "12\u00a0crowns", ["goods#1950-alba"])], None, id="whole"),
        pytest.param([], "stands on the page, not in", id="missing"),
        pytest.param([("/a/", "12\u00a0crowns", ["goods#1950-alba"])] * 2, "is not on the page but in", id="too much"),
    ],
)
def test_the_ledger_lists_what_pages_call_and_no_more(audit_of, tmp_path, listed, fault):
    (tmp_path / "site/data").mkdir(parents=True)
    (tmp_path / "site/data/ledger.json").write_text(ledger_of(*listed), "utf-8")

    found = audit_of(a__index=f"<p>{NUMBER}</p>")

    message = f'site/a/index.html: "12\u00a0crowns" from goods#1950-alba {fault} the ledger [the-ledger-is-whole]'
    assert said(found) == ([message] if fault else [])


def test_a_number_that_is_listed_with_other_words_is_caught_on_both_sides(audit_of, tmp_path):
    (tmp_path / "site/data").mkdir(parents=True)
    (tmp_path / "site/data/ledger.json").write_text(ledger_of(("/a/", "13", ["goods#1950-alba"])), "utf-8")

    assert [line.rpartition("[")[2] for line in said(audit_of(a__index=NUMBER))] == ["the-ledger-is-whole]"] * 2
