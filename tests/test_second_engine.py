"""The same Markdown tree under both site engines: the same pages, words, links and anchors."""

from __future__ import annotations

import pytest

from generator.publish import EngineFailed
from weekly import engines
from weekly.engines import Comparison, Reading, compare, differences, is_misled, read, run_second_engine


def test_both_engines_give_every_generated_page_with_the_same_words_links_and_anchors(ferry, ferry_places, tmp_path):
    found = compare(ferry_places.tree, ferry_places.config, tmp_path / "project")

    assert found.differences == ()
    assert found.pages == len([path for path in ferry.tree if path.endswith((".md", ".html"))]) > 50
    # All pages that are no index, for which `engines.too_far_up` makes its one exception.
    assert found.misled == tuple(
        f"{path.removesuffix('.md')}/index.html"
        for path in sorted(ferry.tree)
        if path.endswith(".md") and not path.endswith("index.md")
    )


PAGE = Reading(("The", "boats", "came", "late"), ("../", "data/"), frozenset({"boats"}))


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ({"a.html": PAGE}, []),
        ({}, ["a.html: Zensical did not build it"]),
        ({"a.html": PAGE, "b.html": PAGE}, ["b.html: Zensical built it, and nobody wrote it"]),
        (
            {"a.html": Reading(("The", "boats", "late"), PAGE.links, PAGE.anchors)},
            ['a.html: after "The boats" MkDocs has "came", Zensical ""'],
        ),
        (
            {"a.html": Reading(PAGE.words, ("../", "else/", "more/"), PAGE.anchors)},
            ["a.html: MkDocs links to data/, Zensical to else/", "a.html: MkDocs links to nothing, Zensical to more/"],
        ),
        ({"a.html": Reading(PAGE.words, PAGE.links, frozenset())}, ["a.html: only MkDocs has the anchors boats"]),
        ({"a.html": Reading(PAGE.words, ("../../", "../data/"), PAGE.anchors)}, []),
    ],
    ids=["the-same", "a-page-lost", "a-page-more", "a-word-lost", "links-elsewhere", "an-anchor-lost", "known"],
)
def test_what_one_engine_lost_or_changed_is_told_by_page(second, told):
    assert list(differences({"a.html"}, {"a.html": PAGE}, second)) == told


def test_a_link_that_leads_one_folder_too_far_up_is_counted():
    moved = Reading(PAGE.words, ("../../", "../data/"), PAGE.anchors)

    assert is_misled("a.html", {"a.html": PAGE}, {"a.html": moved})
    assert not is_misled("a.html", {"a.html": PAGE}, {"a.html": PAGE})


def test_an_article_is_read_without_spaces_menus_and_what_is_the_engines_own(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        "<nav id=n>Menu</nav><article id=__skip><h1 id=a>A\n  title<a class='headerlink' href='#a'>¶</a></h1>"
        "<script>1</script><p id=b>and  <a href='x/'>text</a></p></article>"
    )

    assert read(page) == Reading(("A", "title", "and", "text"), ("x/",), frozenset({"a", "b"}))


def test_a_page_without_an_article_is_read_whole(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<body><p>A chart</p></body>")

    assert read(page).words == ("A", "chart")


def test_an_engine_that_stops_is_told(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("theme: [\n")

    with pytest.raises(EngineFailed, match="Zensical: "):
        run_second_engine(tmp_path)


@pytest.mark.parametrize(
    ("found", "code", "last"),
    [
        (Comparison(9, (), ("a",)), 0, "Known: on 1 pages Zensical leads links in HTML one folder too far up."),
        (Comparison(9, ("a: b",), ("a",)), 1, "Known: on 1 pages Zensical leads links in HTML one folder too far up."),
        (
            Comparison(9, (), ()),
            1,
            "Zensical leads no link too far up any more: take that out of weekly/engines.py and docs/about/engine.md.",
        ),
    ],
    ids=["nothing-new", "a-difference", "what-is-known-is-mended"],
)
def test_a_run_fails_where_something_new_was_found(found, code, last, monkeypatch, capsys):
    monkeypatch.setattr(engines, "compare", lambda *_: found)

    assert engines.main() == code
    assert capsys.readouterr().out.splitlines()[-1] == last
