"""Data pages: what is said once, what each row says, and what a reader is told before using a table."""

from __future__ import annotations

import re

import pytest
from lxml import html as lxml_html

from generator.groups import group_rows, jumps_of, rivals_of
from generator.model import Ref, find_marked
from generator.pages import World, render
from generator.pages.sources import KINDS
from tests.subjects import SITE, page, series, subject_of

TOLD = "Steamed on its first day, and was late on its second; the bell is in the harbour office."
YEARS = "".join(f"{year},{{}},{{}},1,book\n" for year in range(1900, 1904))


def rows_of(*keys: tuple[str, str]) -> str:
    """Four rows for each pair of keys."""
    return "date,by,what,value,source\n" + "".join(YEARS.format(*pair, *pair, *pair, *pair) for pair in keys)


def page_of(tmp_path, files, address="data/goods/index.md"):
    tree, problems = render(subject_of(tmp_path, files), {}, World())
    assert problems == []
    return lxml_html.fromstring("<main>" + tree[address].decode().split("---\n", 2)[2] + "</main>")


# --- groups -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "said", "names"),
    [
        pytest.param([("Alba", "Salt"), ("Bora", "Fish")], 2, ["Alba · Salt", "Bora · Fish"], id="both keys"),
        pytest.param([("Alba", "Salt")], 2, ["Alba · Salt"], id="one group"),
    ],
)
def test_keys_that_leave_four_rows_a_group_are_said_once(tmp_path, keys, said, names):
    found = subject_of(tmp_path, series("goods", rows_of(*keys), "{by: Office, what: Good}")).get("series", "goods")

    number, groups = group_rows(found)

    assert (number, [group.name for group in groups]) == (said, names)
    assert sorted(row.anchor for group in groups for row in group.rows) == sorted(row.anchor for row in found.rows)


def test_keys_that_change_with_each_row_stay_in_the_row(tmp_path):
    rows = "date,by,deal,value,source\n" + "".join(f"{1900 + at},Alba,deal {at},1,book\n" for at in range(8))
    text = page_of(tmp_path, series("goods", rows, "{by: Office, deal: Name}"))

    assert [cell.text for cell in text.xpath("//thead//th")] == ["Date", "deal", "Value", "Source"]
    assert [cell.text for cell in text.xpath("//tr[@id='1903-alba-deal-3']/td[1]")] == ["deal 3"]


def test_rows_of_a_group_stand_by_date_whatever_their_order_in_the_file(tmp_path):
    rows = "date,value,source\n1903,1,book\n1901,2,book\n1902,3,book\n"
    text = page_of(tmp_path, series("goods", rows))

    assert text.xpath("//tbody/tr/@id") == ["1901", "1902", "1903"]


def test_groups_whose_keys_look_alike_have_anchors_of_their_own(tmp_path):
    found = subject_of(
        tmp_path, series("goods", rows_of(("Alba", "Salt!"), ("Alba", "Salt?")), "{by: Office, what: Good}")
    ).get("series", "goods")

    assert [group.anchor for group in group_rows(found)[1]] == ["of-alba-salt-1", "of-alba-salt-2"]


def test_a_table_of_groups_is_jumped_through_by_its_keys_and_a_long_one_by_decades(tmp_path):
    grouped = subject_of(
        tmp_path / "a", series("goods", rows_of(("Alba", "Salt"), ("Alba", "Tar")), "{by: Office, what: Good}")
    )
    long = "date,value,source\n" + "".join(f"{year},1,book\n" for year in range(1889, 1951))
    decades = subject_of(tmp_path / "b", series("goods", long))
    short = subject_of(tmp_path / "c", series("goods", "date,value,source\n1950,1,book\n"))

    def jumps(subject):
        found = jumps_of(group_rows(subject.get("series", "goods"))[1])
        return {words: [(jump.words, jump.anchor) for jump in jumps] for words, jumps in found.items()}

    assert jumps(grouped) == {"Alba": [("Salt", "of-alba-salt"), ("Tar", "of-alba-tar")]}
    assert jumps(decades)[""][:3] == [("1880s", "1889"), ("1890s", "1890"), ("1900s", "1900")]
    assert jumps(short) == {}


def test_what_every_row_of_a_long_group_shares_stands_in_its_head(tmp_path):
    kinds = (("Alba", "crown"), ("Bora", "percent"))
    lines = "".join(f"{1900 + at},{by},1,{unit},estimate,book\n" for by, unit in kinds for at in range(31))
    text = page_of(tmp_path, series("goods", f"date,by,value,unit,status,source\n{lines}", "{by: Office}", unit='""'))

    heads = [" ".join(head.text_content().split()) for head in text.xpath("//tr[@class='bf-group']")]
    assert heads == [
        "Alba In crowns. Every row: estimate. Source of every row: The office",
        "Bora In percent. Every row: estimate. Source of every row: The office",
    ]
    assert [cell.text for cell in text.xpath("//thead//th")] == ["Date", "Value"]
    assert len(text.xpath("//tbody/tr[@data-rows]")) == 62


def test_a_note_that_stands_beside_several_rows_is_written_once(tmp_path):
    rows = "date,value,source,note\n1950,1,book,as told\n1951,2,book,as told\n1952,3,book,once\n"
    text = page_of(tmp_path, series("goods", rows))

    assert text.xpath("//tr[@id='1951']/td[last()]/a/@href") == ["#note-1"]
    assert [item.text_content() for item in text.xpath("//li[@id='note-1']")] == ["Note 1: as told"]
    assert text.xpath("string(//tr[@id='1952']/td[last()])") == "once"
    assert str(lxml_html.tostring(text)).count("as told") == 1


# --- what a table says of itself --------------------------------------------------------------------------------


def test_rows_for_one_date_stand_together_with_the_preferred_one_and_why(ferry):
    text = ferry.tree["data/goods/index.md"].decode().partition("## Dates with several rows")[2].partition("## ")[0]

    items = lxml_html.fromstring(text.partition("<ul")[1] + text.partition("<ul")[2]).xpath("//li")
    assert [" ".join(item.text_content().split()) for item in items] == [
        "1956, Alba: 1,525.25 (Alban Harbour Office; preferred), 1,500 (Alban Harbour Office). "
        "The summary rounds what the book counts."
    ]
    assert [len(rows) for rows in rivals_of(ferry.subject.get("series", "goods"))] == [2]


@pytest.mark.parametrize(
    ("values", "said"),
    [pytest.param((1, 2), "None is preferred.", id="differ"), pytest.param((2, 2), "They agree.", id="agree")],
)
def test_rows_for_one_date_without_a_preference_say_so(tmp_path, values, said):
    rows = f"date,value,source\n1950,{values[0]},book\n1950,{values[1]},gazette\n"
    text = page_of(tmp_path, series("goods", rows))

    assert text.xpath("string(//ul[@class='bf-rows']/li)").strip().endswith(said)


def test_a_table_of_a_grade_that_warns_warns_with_its_reason(tmp_path):
    site = SITE.replace(
        "grade: [{id: a, label: A}]", "grade: [{id: a, label: Good}, {id: b, label: Weak, warning: Mind this.}]"
    )
    weak = series("goods", "date,value,source\n1950,1,book\n", more="")
    weak["data/series/goods.yml"] = weak["data/series/goods.yml"].replace("grade: a", "grade: b")
    files = {"data/site.yml": site, **weak, **series("salt", "date,value,source\n1950,1,book\n")}

    warned = page_of(tmp_path / "a", files)
    plain = page_of(tmp_path / "b", files, "data/salt/index.md")

    assert [part.text_content() for part in warned.find_class("bf-warning")] == ["Mind this. Seen."]
    assert plain.find_class("bf-warning") == []
    index = page_of(tmp_path / "c", files, "data/index.md")
    assert [cell.text_content() for cell in index.xpath("//tbody/tr/td[last()]")] == ["Weak (B)", "Good (A)"]


def test_derived_rows_are_explained_in_words_that_name_and_link_the_series(tmp_path):
    rows = (
        "date,by,value,status,source\n1950,Alba,3,reported,book\n1950,Bora,1,reported,book\n1950,gap,2,derived,book\n"
    )
    site = SITE.replace("status: [", "status: [{id: derived, label: derived}, ")
    derivations = (
        "derivations: [{where: {by: gap}, dates: 1950, operation: difference, "
        "of: [{series: goods, where: {by: Alba}}, {series: goods, where: {by: Bora}, source: book}]},"
        " {operation: share, of: [{series: salt}, {series: goods, where: {by: Alba}}]}]\n"
    )
    files = {
        "data/site.yml": site,
        **series("salt", "date,value,source\n1950,1,book\n"),
        **series("goods", rows, "{by: Office}", more=derivations),
    }

    items = page_of(tmp_path, files).xpath("//ul[li[contains(., 'of the same date')]]/li")

    assert [item.text_content() for item in items] == [
        "Rows with by “gap” of 1950 = by “Alba” less by “Bora”, as The office gives it, of the same date",
        "Every derived row = The salt in percent of by “Alba”, of the same date",
    ]
    assert items[1].xpath("a/@href") == ["../salt/"]


def test_contested_entries_and_corrections_of_a_series_stand_on_its_page(ferry):
    text = ferry.tree["data/goods/index.md"].decode()

    assert 'data-record="contested/goods-1956">' in text
    assert 'data-record="correction/alban-goods-1951">12 August 1959, <a href="#1951-alba">this row</a>' in text
    assert 'data-record="correction/steamer-day"' not in text


def test_a_page_that_shows_a_chart_of_a_series_is_named_there(tmp_path):
    chart = (
        "id: goods\ntitle: Goods drawn\nkind_of_chart: line\ntheme: goods\nunit: crown\nheadline: Goods rise\n"
        "subtitle: Goods\ntakeaway: They rise.\nalt: A line that rises.\ndraw: [{series: goods, label: Goods}]\n"
    )
    rows = "date,value,source\n1950,1,book\n1951,2,book\n"
    files = {**series("goods", rows), "data/charts/goods.yml": chart, "docs/a.md": page('{{ chart("goods") }}\n')}

    links = page_of(tmp_path, files).xpath(
        "//ol[@class='bf-numbered']//a/@href | //p[starts-with(., 'Pages:')]/a/@href"
    )

    assert links == ["../../charts/goods/", "../../a/"]


# --- registers --------------------------------------------------------------------------------------------------


def test_a_register_shows_every_cell_as_text_with_its_sources(ferry):
    text = ferry.tree["data/boats/index.md"].decode()
    rows = lxml_html.fromstring(text.split("---\n", 2)[2]).xpath("//tbody/tr")

    assert [[cell.text_content() for cell in row] for row in rows] == [
        ["4 May 1902", "Puffin", "Alba", TOLD, "Alban Harbour Office; The Strait Gazette"],
        ["1911 to about 1914", "Tern", "Bora", "", "Boran Customs"],
        ["not recorded", "Auk", "", "=never written down", ""],
    ]
    assert ferry.tree["data/boats.csv"].decode().endswith(",Auk,,'=never written down,\n")


def test_a_text_links_to_a_register(tmp_path):
    files = {
        "data/registers/boats.yml": "id: boats\ntitle: Boats\ntheme: goods\ndefinition: Boats.\ngrade: a\n"
        "grade_reason: Seen.\ncolumns: {boat: Name}\n",
        "data/registers/boats.csv": "boat\nPuffin\n",
        "docs/a.md": page('See {{ data("boats") }}.\n'),
    }

    tree, problems = render(subject_of(tmp_path, files), {}, World())

    assert problems == []
    assert '<a href="../data/boats/" data-record="register/boats">Boats</a>' in tree["a.md"].decode()


# --- sources ----------------------------------------------------------------------------------------------------


def test_every_kind_of_record_that_names_a_source_counts_as_a_use(ferry):
    pages = [
        text.decode() for path, text in ferry.tree.items() if path.startswith("sources/") and path != "sources/index.md"
    ]
    shown = {kind for text in pages for kind in re.findall(r" — (\w+): ", text)}
    naming = {
        record.kind
        for record in ferry.subject.everything()
        if any(mark.kind == "source" for mark, _, _ in find_marked(record, Ref)) or getattr(record, "rows", ())
    }

    assert {KINDS[kind] for kind in naming & set(KINDS)} | {"Pages"} == shown
    # They stand on pages and draw series or name documents, which use the sources.
    assert naming - set(KINDS) == {"chart", "mirror", "checklist"}


def test_the_list_of_sources_links_to_the_uses_of_each(ferry):
    text = ferry.tree["sources/index.md"].decode()

    number = re.search(r'<a href="press/#gazette" data-count>(\d+) uses</a>', text)
    uses = lxml_html.fromstring(ferry.tree["sources/press/index.md"].decode().split("---\n", 2)[2])
    assert number and int(number[1]) == len(uses.xpath("//li[@id='gazette']/a | //li[@id='gazette']/span"))


def test_a_source_that_a_text_cites_is_used_by_that_page(tmp_path):
    subject = subject_of(tmp_path, {"docs/a.md": page('See {{ cite("book") }}.\n', title="On books")})

    text = render(subject, {}, World())[0]["sources/press/index.md"].decode()

    assert 'id="book"' in text and '<a href="../../a/">On books</a>' in text
    assert 'id="gazette"' not in text


def test_a_title_in_other_letters_is_marked_with_the_language_of_its_source(tmp_path):
    sources = (
        "- {id: book, title: 'Книга о море (page 5)', by: Таможня, standing: press, seen_at: a shelf, language: ru}\n"
        "- {id: gazette, title: Ведомости, by: B, standing: press, seen_at: a shelf}\n"
    )
    text = render(subject_of(tmp_path, {"data/sources.yml": sources}), {}, World())[0]["sources/index.md"].decode()

    assert '<span lang="ru">Книга о море</span> (page 5)' in text
    assert "</strong>: Ведомости." in text


def test_a_group_of_sources_says_once_that_no_licence_is_recorded(tmp_path):
    text = render(subject_of(tmp_path, {}), {}, World())[0]["sources/index.md"].decode()

    assert text.count("No licence is recorded for any of them.") == 1
    assert "not recorded" not in text
