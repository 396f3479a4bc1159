"""Articles, contested points and corrections: what their pages say, in which order, and what they never leave out."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from lxml import etree
from lxml import html as lxml_html

from generator.ledger import articles_of, party_named
from generator.pages import World, render
from generator.proof import Ledger
from tests.subjects import SITE, events, page, series, subject_of

VERDICTS = """\
  verdict:
    - {id: not-yet-checked, label: Not checked yet}
    - {id: supported, label: Supported}
    - {id: hoped-for, label: Hoped for}
  claim-kind: [{id: figure, label: Figure}]
"""
ARTICLE = """\
- {id: tern-1957, title: Needs, author: B. Tern, publication: The Gazette, issued: 3 March 1957, source: gazette,
   thesis: They need., lens: Trade, stance: Alban, leaves_out: Tolls.}
"""
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def claim(id, more="", paragraph=1, verdict="supported"):
    head = f"- {{id: {id}, article: tern-1957, paragraph: {paragraph}, claim: So it is., kind_of_claim: figure"
    return f"{head}, theme: goods, verdict: {verdict}, explanation: We looked., sources: [book]{more}}}\n"


def ledger(*claims, **files):
    return {
        "data/site.yml": SITE + VERDICTS,
        "data/articles.yml": ARTICLE,
        "data/claims.yml": "".join(claims),
        **{f"data/{name}.yml": text for name, text in files.items()},
    }


def pages_of(folder, files, world=None):
    tree, problems = render(subject_of(folder, files), {}, world or World())
    assert problems == []
    return {path: text.decode() for path, text in tree.items() if path.endswith((".md", ".xml"))}


def article_of(folder, files):
    return pages_of(folder, files)["articles/tern-1957/index.md"]


# --- claims -----------------------------------------------------------------------------------------------------


def test_claims_stand_in_the_order_of_the_article(tmp_path):
    text = article_of(tmp_path, ledger(claim("c", paragraph=9), claim("b", paragraph=2), claim("a", paragraph=2)))

    assert re.findall(r'<li id="(\w)" class="bf-claim bf-far"', text) == ["b", "a", "c"]
    assert re.findall(r'<p class="bf-strip".*</p>', text)[0].count('<a href="#') == 3


def test_verdicts_are_counted_in_the_order_of_the_vocabulary_with_those_that_are_not_given(tmp_path):
    (view,) = articles_of(subject_of(tmp_path, ledger(claim("a"), claim("b", verdict="hoped-for"))))

    assert [(entry.label, shape, number) for entry, shape, number in view.counts] == [
        ("Not checked yet", "not-yet-checked", 0),
        ("Supported", "supported", 1),
        ("Hoped for", "other", 1),
    ]


def test_every_shape_that_a_page_uses_is_drawn_on_it(ferry):
    pages = [text.decode() for text in ferry.tree.values() if b'href="#shape-' in text]
    used = [set(re.findall(r'href="#(shape-[\w-]+)"', text)) for text in pages]
    drawn = [set(re.findall(r'id="(\S+)"', text)) for text in pages]

    assert len(pages) == 6
    assert all(here <= there for here, there in zip(used, drawn, strict=True))


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        pytest.param("12.5", "crown", "12.5\u00a0crowns", id="unit of the site"),
        pytest.param("40", "percent", "40%", id="percent"),
        pytest.param("40", "'% of goods'", "40% of goods", id="percent of something"),
        pytest.param("4250", "miles", "4,250\u00a0miles", id="a word of its own"),
        pytest.param("-14", "percent", "\u221214%", id="minus"),
        pytest.param("'>=15'", "percent", "at least 15%", id="at least"),
        pytest.param("'~8'", "times", "about 8\u00a0times", id="about"),
        pytest.param("100; 84", "crown", "100; 84\u00a0crowns", id="two values, one unit"),
        pytest.param("+67; 250", "percent; crown", "+67%; 250\u00a0crowns", id="two values, two units"),
        pytest.param("hundreds", "boats", "hundreds (boats)", id="word with a unit"),
        pytest.param("1957-03-02", "", "2 March 1957", id="day"),
        pytest.param("1957", "", "1957", id="year"),
        pytest.param("mid-1950s", "", "mid-1950s", id="words"),
        pytest.param("95-105", "", "95-105", id="range that is no date"),
    ],
)
def test_a_figure_of_an_article_is_shown_with_its_unit(tmp_path, value, unit, said):
    more = f", value: '{value.strip(chr(39))}'" + (f", unit: {unit}" if unit else "")

    (view,) = articles_of(subject_of(tmp_path, ledger(claim("a", more))))

    assert view.claims[0].said == said


def test_the_figure_of_the_article_stands_beside_the_checked_one(tmp_path):
    more = ", value: '15', unit: percent, checked_value: '27', as_of: '1956'"

    text = article_of(tmp_path, ledger(claim("a", more)))

    assert (
        "<div><dt>The article says</dt><dd>15%</dd></div>"
        "<div><dt>The record shows, as of 1956</dt><dd>27%</dd></div>" in text
    )


def test_a_figure_without_a_counterpart_says_so(tmp_path):
    text = article_of(tmp_path, ledger(claim("a", ", value: '15'"), claim("b", ", checked_value: '27'")))

    assert "<dd>15</dd></div><div><dt>The record shows</dt><dd>not recorded</dd>" in text
    assert "<dd>no figure</dd></div><div><dt>The record shows</dt><dd>27</dd>" in text


@pytest.mark.parametrize(
    ("due", "is_overdue"),
    [("1960-01-30", True), ("1960-01-31", False), ("1960-01", False), ("1959-12", True)],
)
def test_a_claim_is_overdue_once_the_day_of_its_review_is_past(tmp_path, due, is_overdue):
    text = article_of(tmp_path, ledger(claim("a", f", review_by: '{due}'")))

    assert ("Overdue: this was to be looked at again by" in text) is is_overdue


def test_a_claim_and_what_names_it_link_to_each_other(tmp_path):
    question = "{id: who, question: Who?, answers: [{article: tern-1957, text: We.}], evidence_against: [a]}"
    contested = "{id: how, question: How?, theme: goods, sources: [book], positions: "
    contested += "[{holder: Alba, text: So., claims: [a]}, {holder: Bora, text: Not so.}]}"

    pages = pages_of(tmp_path, ledger(claim("a"), claim("b"), questions=question, contested=contested))
    of_claim = pages["articles/tern-1957/index.md"].split('class="bf-claim bf-far"')

    assert 'Evidence against: <a href="../#who"' in of_claim[1]
    assert 'Contested: <a href="../../contested/goods/#how"' in of_claim[1]
    assert "Evidence" not in of_claim[2]
    assert 'href="tern-1957/#a"' in pages["articles/index.md"]
    assert 'href="../../articles/tern-1957/#a"' in pages["contested/goods/index.md"]


def test_an_inferred_author_is_printed_as_inferred_with_the_reason(ferry):
    for path in ("articles/index.md", "articles/tern-1957/index.md"):
        text = ferry.tree[path].decode()
        assert "inferred" in text
        assert "The initials stand under the article; the name is our guess." in text


def test_a_question_shows_a_place_for_every_article(ferry):
    text = ferry.tree["articles/index.md"].decode().partition('id="is-it-quick"')[2].partition("</dl>")[0]

    assert re.findall(r">([^<]+)</a></dt><dd>([^<]+)</dd>", text) == [
        ("B. Tern, 1957", "No answer recorded."),
        ("O. Petrel, 1959", "Under steam it is."),
    ]


# --- contested --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("holder", "number"),
    [("Bora", 2), ("The office of Alba", 1), ("Alba and Bora", 0), ("Albanians", 0), ("Others", 0)],
)
def test_a_side_takes_the_colour_of_the_one_party_that_it_names(tmp_path, holder, number):
    assert party_named(subject_of(tmp_path, {}), holder) == number


def test_rows_that_differ_stand_as_sides_with_value_date_source_and_row(ferry):
    text = ferry.tree["contested/goods/index.md"].decode()
    sides = re.findall(r'<div data-rows="([^"]+)">(.*?)</div>', text)

    assert [row for row, _ in sides] == ["goods#1956-alba-alba-book", "goods#1956-alba-alba-summary"]
    row, source = 'href="../../data/goods/#1956-alba-alba-book"', 'href="../../sources/#alba-book"'
    for words in ("1,525.25 thousand", ">reported<", source, row):
        assert words in sides[0][1].replace("\u00a0", " ")


def test_the_row_of_a_contested_point_says_that_it_is_used_there(ferry):
    text = ferry.tree["data/goods/index.md"].decode()

    assert '<a href="../../contested/goods/#goods-1956">' in text.partition('<tr id="1956-alba-alba-summary"')[2]


def test_a_negative_value_is_proved_in_its_own_scale(tmp_path):
    rows = "date,value,unit,source\n1950,-11,million-crowns,book\n"

    ledger = Ledger(subject_of(tmp_path, series("goods", rows, unit='""')))

    assert ledger.is_said("−11 million", ledger.said_by_rows(["goods#1950"]))
    assert not ledger.is_said("−11 thousand", ledger.said_by_rows(["goods#1950"]))


def test_an_empty_slot_says_so(tmp_path):
    entry = "{id: how, question: How?, theme: goods, sources: [book], positions: "
    entry += "[{holder: Alba, text: So.}, {holder: Bora, text: Not so.}]}"

    text = pages_of(tmp_path, {"data/contested.yml": entry})["contested/goods/index.md"]

    empty = re.findall(r"<dt>([^<]+)</dt><dd>Not recorded\.</dd>", text)
    assert empty == ["Agreed", "Evidence", "What would settle it"]


# --- corrections ------------------------------------------------------------------------------------------------


def correction(id, date, target):
    return f"- {{id: {id}, date: '{date}', old: It was <1>., new: It is 2., cause: Haste., {target}}}\n"


TREATY = events("id: treaty, date: '1950', title: A treaty & a toll")


def test_without_a_correction_the_page_says_so(tmp_path):
    pages = pages_of(tmp_path, {}, World(site_url="https://example.org"))

    assert "No correction has been recorded as of 31 January 1960." in pages["corrections/index.md"]
    assert "corrections/feed.xml" not in pages
    assert "feed:" not in pages["corrections/index.md"]


def test_corrections_are_newest_first(ferry):
    text = ferry.tree["corrections/index.md"].decode()

    assert re.findall(r'<li id="([\w-]+)"', text) == ["alban-goods-1951", "steamer-day"]


def test_a_corrected_row_names_every_page_and_chart_that_it_touches(tmp_path):
    chart = "{id: goods, title: The goods, kind_of_chart: line, theme: goods, unit: crown, headline: Up, "
    chart += "subtitle: Goods, takeaway: Up., alt: They rise., draw: [{series: goods, label: Goods}]}"
    files = {
        **series("goods", "date,value,source\n1950,1,book\n1951,2,book\n"),
        "data/charts.yml": chart,
        "docs/story/a.md": page("{{ n('goods', 1950) }}.\n", "By call"),
        "docs/story/b.md": page("{{ chart('goods') }}\n", "By chart"),
        "docs/story/c.md": page("{{ n('goods', 1951) }}.\n", "Another row"),
        "data/corrections.yml": correction("a", "1959", "series: goods, row: '1950'"),
    }

    text = pages_of(tmp_path, files)["corrections/index.md"]

    assert '<a href="../data/goods/#1950">The goods, 1950</a>' in text
    assert re.findall(r"<dt>(\w+) that use it</dt><dd>(.*)</dd>", text) == [
        ("Pages", '<a href="../story/a/">By call</a>; <a href="../story/b/">By chart</a>'),
        ("Charts", '<a href="../charts/goods/">The goods</a>'),
    ]


def test_a_corrected_record_names_the_pages_that_mention_it(tmp_path):
    told = {"docs/a.md": page("{{ event('treaty') }}.\n", '"A & B"'), "docs/c.md": page("Nothing.\n", "C")}
    files = {**TREATY, **told, "data/corrections.yml": correction("a", "1959", "record: event/treaty")}

    text = pages_of(tmp_path, files)["corrections/index.md"]

    assert '<a href="../timeline/#treaty">event: A treaty &amp; a toll</a>' in text
    assert (
        '<dt>Pages that use it</dt><dd><a href="../a/">A &amp; B</a>; <a href="../timeline/#treaty">Timeline</a></dd>'
        in text
    )


def test_the_feed_is_atom_with_addresses_that_do_not_change(tmp_path):
    one, other = (correction(id, date, "record: event/treaty") for id, date in (("a", "1959-03"), ("b", "1959-04-02")))

    pages = pages_of(
        tmp_path, {**TREATY, "data/corrections.yml": one + other}, World(site_url="https://example.org/x/")
    )
    feed = etree.fromstring(pages["corrections/feed.xml"].encode())

    assert feed.xpath("/a:feed/a:id/text()", namespaces=ATOM) == ["https://example.org/x/corrections/"]
    assert feed.xpath("/a:feed/a:updated/text()", namespaces=ATOM) == ["1959-04-02T00:00:00Z"]
    assert feed.xpath("//a:entry/a:id/text()", namespaces=ATOM) == [
        "https://example.org/x/corrections/#b",
        "https://example.org/x/corrections/#a",
    ]
    assert feed.xpath("//a:entry[1]/a:summary/text()", namespaces=ATOM) == ["It was <1>. → It is 2. Haste."]
    for moment in feed.xpath("//a:updated/text()", namespaces=ATOM):
        datetime.fromisoformat(moment)
    assert all(feed.xpath(f"/a:feed/a:{name}", namespaces=ATOM) for name in ("title", "author", "link[@rel='self']"))
    assert 'feed: "corrections/feed.xml"' in pages["corrections/index.md"]


def test_without_an_address_of_the_site_there_is_no_feed(ferry):
    assert "corrections/feed.xml" not in ferry.tree
    assert b"feed:" not in ferry.tree["corrections/index.md"]


# --- proof ------------------------------------------------------------------------------------------------------


def test_a_claim_says_its_figures_with_the_scale_of_their_unit(tmp_path):
    more = ", value: '148; 31', unit: million-crowns, checked_value: '143.3'"

    said = Ledger(subject_of(tmp_path, ledger(claim("a", more)))).said_by_record("claim/a")

    assert {"148 million", "31 million", "143.3 million"} <= said
    assert "31 thousand" not in said


# --- inside a text ----------------------------------------------------------------------------------------------


def test_questions_called_one_by_one_share_the_shapes_and_say_what_the_list_says(ferry):
    page, index = (lxml_html.fromstring(ferry.tree[f"{name}.md"]) for name in ("story/mirror", "articles/index"))
    asked = "//section[@class='bf-asked']"

    assert len(page.xpath("//symbol[@id='shape-supported']")) == 1
    assert len(page.xpath("//ul[@class='bf-shapekey']")) == 1
    assert [one.text_content() for one in page.xpath(asked)] == [one.text_content() for one in index.xpath(asked)]


def test_what_an_article_argues_stands_with_what_it_leaves_out_and_how_its_author_is_known(ferry):
    page = lxml_html.fromstring(ferry.tree["story/mirror.md"])

    for article in ferry.subject.of("article"):
        (item,) = page.xpath(f"//ol[contains(@class, 'bf-theses')]/li[@data-record='article/{article.id}']")
        told = (article.author, article.thesis, article.lens, article.leaves_out)
        assert [text for text in told if text not in item.text_content()] == []
        assert ("inferred" in item.text_content()) == article.author_inferred
