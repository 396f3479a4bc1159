"""Pages: text of records is text wherever it lands, links to the world need its address, and assets are the theme's."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from lxml import html as lxml_html

from generator.build import write_tree
from generator.charts.fonts import font_faces
from generator.model import Part, Record, Subject, marks_inside
from generator.pages import HERE, World, render
from generator.pages.about import tight
from generator.palette import dark_tokens, light_tokens
from generator.publish import run_engine
from tests.sites import copy_site
from tests.subjects import page, series, subject_of

MARKS = (
    """<i class="planted">*planted*</i> _planted_ [planted](planted) `planted` & "planted" 'planted' {: .planted }"""
)


# --- text is text -----------------------------------------------------------------------------------------------


def plant(value: object) -> object:
    """The same value with marks of HTML and Markdown behind every text."""
    if isinstance(value, str):
        return f"{value} {MARKS}"
    if isinstance(value, Part):
        return plant_in(value)
    if isinstance(value, tuple):
        return tuple(plant(item) for item in value)
    return {key: plant(item) for key, item in value.items()} if isinstance(value, Mapping) else value


def plant_in(part: Part) -> Part:
    """The same part; ids, addresses, words of vocabularies and what selects rows stay as they are."""
    changes = {}
    for name, info in type(part).model_fields.items():
        shape = f"{info.annotation} {info.metadata}"
        is_free = not (info.exclude or marks_inside(info) or "Literal" in shape or "pattern='^" in shape)
        if is_free and name not in ("unit", "where", "keys"):
            changes[name] = plant(getattr(part, name))
    return part.model_copy(update=changes)


def planted(subject: Subject) -> Subject:
    records: dict[str, dict[str, Record]] = {}
    for kind, by_id in subject.records.items():
        records[kind] = {id: plant_in(record) for id, record in by_id.items()}
    for id, record in records["register"].items():
        rows = tuple(replace(row, cells=dict.fromkeys(row.cells, MARKS)) for row in record.rows)
        records["register"][id] = record.model_copy(update={"rows": rows})
    for id, record in records["series"].items():
        rows = tuple(replace(row, note=MARKS) for row in record.rows)
        records["series"][id] = record.model_copy(update={"rows": rows})
    return replace(subject, site=plant_in(subject.site), records=records)


@pytest.fixture(scope="module")
def planted_pages(ferry, tmp_path_factory) -> dict[str, lxml_html.HtmlElement]:
    """Every finished page of a ferry in whose records each text has marks of HTML and Markdown."""
    folder = tmp_path_factory.mktemp("planted")
    tree, problems = render(planted(ferry.subject), {}, World())
    assert problems == []
    places = copy_site("ferry", folder / "ferry")
    write_tree(places.tree, tree)
    run_engine(places.config, folder / "site", ferry.subject.site.as_of.first)
    return {
        path.relative_to(folder / "site").as_posix(): lxml_html.parse(str(path)).getroot()
        for path in sorted((folder / "site").rglob("*.html"))
    }


@pytest.mark.parametrize(
    "path",
    [
        "//i[@class='planted']",
        "//*[contains(@class, 'planted')]",
        "//em",
        "//a[@href='planted']",
        "//p//code[.='planted']",
    ],
    ids=["element", "attribute list", "emphasis", "link", "code"],
)
def test_marks_in_the_text_of_a_record_are_letters(planted_pages, path):
    found = [name for name, root in planted_pages.items() if root.xpath(path)]

    assert found == []


def test_marks_in_the_text_of_a_record_are_shown_as_written(planted_pages):
    lists = ("timeline", "sources", "articles", "contested", "corrections")
    for name in (*lists, "data/goods", "data/boats", "charts/tickets", "articles/tern-1957"):
        name = f"{name}/index.html"
        assert MARKS in planted_pages[name].text_content(), name


@pytest.mark.parametrize(
    "title",
    [
        'A "title"',
        "A: b",
        "# A",
        "- a",
        "*a*",
        "null",
        "12",
        "A\\b",
        "{a}",
        "---",
        "a # b",
        "'a'",
        "Соль — 盐",
        "A & <b>",
    ],
)
def test_a_title_of_any_letters_is_read_back_by_the_engine(tmp_path, title):
    subject = subject_of(tmp_path, {"docs/a.md": page("Text.\n", title=f"'{title.replace(chr(39), chr(39) * 2)}'")})

    text = render(subject, {}, World())[0]["a.md"].decode()

    assert html.unescape(yaml.safe_load(text.split("---\n")[1])["title"]) == title


# --- the world outside ------------------------------------------------------------------------------------------


def test_without_an_address_of_the_repository_no_page_links_to_it(ferry):
    assert [path for path, text in ferry.tree.items() if b"/edit/main/" in text] == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("story/crossing.md", "docs/story/crossing.md"),
        ("charts/goods-two-books/index.md", "data/charts/goods.yml"),
        ("data/goods/index.md", "data/series/goods.csv"),
    ],
)
def test_with_one_every_page_of_an_author_links_to_its_source(ferry, path, source):
    tree, _ = render(ferry.subject, {}, World(repo_url="https://example.org/repo"))

    assert f'<a href="https://example.org/repo/edit/main/{source}"' in tree[path].decode()


def test_without_an_address_of_the_site_nothing_is_said_about_one(ferry):
    with_one, _ = render(ferry.subject, {}, World(site_url="https://example.org/two/"))

    assert [path for path, text in ferry.tree.items() if b"https://example.org/two/" in text] == []
    assert "https://example.org/two/timeline/#steamer" in with_one["timeline.ics"].decode()


# --- assets -----------------------------------------------------------------------------------------------------


def test_the_style_is_the_colours_of_the_subject_the_fonts_and_the_theme(ferry):
    style = ferry.tree["assets/site.css"].decode()
    site = ferry.subject.site

    assert f"--bf-lanes:{len(ferry.subject.site.words('lane'))}}}" in style
    assert style.endswith(font_faces("fonts/") + "\n" + tight((HERE / "theme/assets/site.css").read_text("utf-8")))
    for tokens in (light_tokens(site), dark_tokens(site)):
        assert all(f"--bf-{token}:{colour};" in style for token, colour in tokens.items())


def test_a_style_sheet_loses_comments_and_needless_space_only():
    style = '/* A word. */\n.a,\n.b > p:not(.c) {\n  width: calc(1rem + 2px);\n  content: " · ";\n}\n'

    assert tight(style) == '.a,.b > p:not(.c){width: calc(1rem + 2px);content: " · ";}\n'


def test_every_font_that_the_style_names_is_there_and_no_other(ferry):
    named = set(re.findall(r"url\((fonts/[^)]+)\)", ferry.tree["assets/site.css"].decode()))

    assert {f"assets/{name}" for name in named} == {path for path in ferry.tree if path.endswith(".woff2")}


def test_other_assets_are_copied(ferry):
    files = [path for path in sorted((HERE / "theme/assets").iterdir()) if path.suffix != ".css"]

    assert len(files) > 0
    assert [path.name for path in files if ferry.tree[f"assets/{path.name}"] != path.read_bytes()] == []


def test_every_colour_that_the_style_uses_is_given(ferry):
    style = "".join(text.decode() for path, text in ferry.tree.items() if path.endswith(".css"))
    used = set(re.findall(r"var\(--bf-([\w-]+)", style))
    given = set(re.findall(r"(?<!var\()--bf-([\w-]+)(?::| ?\{)", style))

    assert used - given == set()


# --- what pages show --------------------------------------------------------------------------------------------


def test_a_series_shows_rows_without_a_unit_of_its_own(tmp_path):
    rows = "date,value,unit,source\n1950,1,crown,book\n1951,2,passenger,book\n"

    text = render(subject_of(tmp_path, series("goods", rows, unit='""')), {}, World())[0][
        "data/goods/index.md"
    ].decode()

    assert "<dd>given with each row</dd>" in text
    assert "<caption" not in text
    assert "<td>crowns</td>" in text
    assert "<td>passengers</td>" in text


def test_a_row_names_the_pages_that_use_it(ferry):
    text = ferry.tree["data/goods/index.md"].decode()
    row = text.partition('<tr id="1956-alba-alba-book"')[2].partition("</tr>")[0]

    assert re.findall(r'<a (?:data-count )?href="([^"]+)">([^<]+)</a>', row)[1:] == [
        ("../../", "Who needs whom?"),
        ("../../charts/goods-two-books/", "chart 1"),
        ("../../story/crossing/", "The crossing"),
        ("../../story/by-boat/", "Boats"),
        ("../../charts/who-said-what/", "chart 2"),
        ("../../contested/goods/#goods-1956", "contested"),
        ("../../lessons/who-counts/", "Who counts, and what?"),
        ("../../lessons/who-counts/key/", "Key: Who counts, and what?"),
    ]


def test_a_row_that_is_not_preferred_says_so(ferry):
    text = ferry.tree["data/goods/index.md"].decode()

    assert text.count("kept, not drawn") == 1
    assert "kept, not drawn" in text.partition('<tr id="1956-alba-alba-summary"')[2].partition("</tr>")[0]


def test_the_caption_of_a_table_is_the_headline_without_its_references(ferry):
    text = ferry.tree["story/crossing.md"].decode()

    assert "<caption>In 1954 Bora found 50\u00a0thousand crowns more</caption>" in text


def test_templates_hold_no_file_that_nothing_fills():
    readers = [*(HERE / "pages").glob("*.py"), *(HERE / "templates").iterdir()]
    used = "".join(path.read_text("utf-8") for path in readers)

    assert [path.name for path in sorted((HERE / "templates").iterdir()) if f'"{path.name}"' not in used] == []


def test_the_pages_of_one_subject_are_the_same_twice(ferry):
    first, second = (render(ferry.subject, {}, World())[0] for _ in range(2))

    assert first == second
    assert list(first) == sorted(first)


def test_a_page_of_another_subject_holds_no_trace_of_the_first(tmp_path, ferry):
    render(ferry.subject, {}, World())

    tree, _ = render(subject_of(tmp_path, {}), {}, World())

    assert [path for path, text in tree.items() if b"Puffin" in text or b"harbour" in text.lower()] == []
    assert Path("index.md").as_posix() in tree


def test_chapters_weigh_more_in_the_search_and_pages_on_the_generator_are_left_out(ferry):
    assert b"search: {boost: 4}" in ferry.tree["story/crossing.md"]
    assert b"search: {exclude: true}" in ferry.tree["about/rules/index.md"]
    assert b"search:" not in ferry.tree["people/index.md"]
