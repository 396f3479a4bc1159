"""The offline copy as a reader has it: unpacked into a folder of any name and opened from the disk."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.exports.package import archive_of
from generator.offline import offline_copy
from tests.reading import opened, violations
from tests.sites import files_of


@pytest.fixture(scope="module")
def unpacked(ferry, ferry_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy below a folder with a space, an umlaut and a word that the engine looks for in addresses."""
    folder = tmp_path_factory.mktemp("disk") / "Fähre 100% #1" / "workers"
    folder.mkdir(parents=True)
    archive = folder / "copy.zip"
    archive.write_bytes(archive_of(offline_copy(files_of(ferry_folder)), ferry.subject.site.as_of.first))
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder / "copy")
    return folder / "copy"


@contextmanager
def reading(browser: Browser, unpacked: Path, page: str, **options: object) -> Iterator[Page]:
    """A page from the disk. What it asks for stands in the copy, and nothing fails."""
    with opened(browser, "about:blank", **options) as tab:
        asked: list[str] = []
        lost: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("requestfailed", lambda request: lost.append(f"{request.failure} {request.url}"))
        tab.goto((unpacked / page).as_uri())
        yield tab
        within = (f"{unpacked.as_uri()}/", "data:", "about:")
        assert [address for address in asked if not address.startswith(within)] == []
        assert [one for one in lost if not one.startswith("net::ERR_ABORTED")] == []  # a reader who goes on breaks off
        assert tab.messages == []  # type: ignore[attr-defined]
        assert len(asked) > 3


def test_a_reader_goes_from_page_to_page(browser: Browser, unpacked: Path) -> None:
    with reading(browser, unpacked, "index.html") as page:
        expect(page.locator("h1")).to_be_visible()
        page.locator(".md-tabs__link, .md-nav__link").filter(has_text="Timeline").first.evaluate("link => link.click()")
        expect(page).to_have_url((unpacked / "timeline/index.html").as_uri())
        page.locator("a.md-logo").first.click()
        expect(page).to_have_url((unpacked / "index.html").as_uri())
        page.goto((unpacked / "story/boats/index.html").as_uri())  # has moved
        expect(page).to_have_url((unpacked / "story/crossing/index.html").as_uri())


def test_a_chapter_has_its_letters_drawings_and_words(browser: Browser, unpacked: Path) -> None:
    with reading(browser, unpacked, "story/crossing/index.html") as page:
        fonts = page.evaluate("document.fonts.ready.then(() => [...document.fonts].map(font => font.status))")
        assert "loaded" in fonts and "error" not in fonts
        expect(page.locator(".bf-drawing svg:visible").first).to_be_visible()
        word, definition = page.locator(".bf-word").first, page.locator(".bf-word + span").first
        word.click()
        expect(definition).to_contain_text("A boat that goes to and fro.")
        definition.get_by_role("link").click()
        expect(page).to_have_url(f"{(unpacked / 'glossary/index.html').as_uri()}#ferry")


def test_a_chart_stands_still_and_comes_alive(browser: Browser, unpacked: Path) -> None:
    rows = json.loads((unpacked / "charts/tickets.json").read_text("utf-8"))["live"]["data"]["values"]
    with reading(browser, unpacked, "charts/tickets/index.html") as page:
        expect(page.locator(".bf-drawing svg:visible")).to_have_count(1)
        page.locator(".bf-explore").click()
        expect(page.locator(".bf-live")).to_be_focused(timeout=15_000)
        page.keyboard.press("ArrowRight")
        expect(page.locator(".bf-caption")).to_have_text(rows[0]["words"])


def test_the_timeline_is_filtered(browser: Browser, unpacked: Path) -> None:
    with reading(browser, unpacked, "timeline/index.html") as page:
        events = page.locator(".bf-event")
        expect(events.filter(visible=True)).to_have_count(events.count())
        page.locator("#timeline-filters input[type=checkbox]").first.uncheck()
        assert 0 < events.filter(visible=True).count() < events.count()


def test_a_lesson_checks_an_answer_and_remembers_it(browser: Browser, unpacked: Path) -> None:
    with reading(browser, unpacked, "lessons/who-counts/index.html") as page:
        form = page.locator("#check-why-differ")
        form.locator(".bf-option.is-right input").check()
        form.get_by_role("button").click()
        expect(form.locator("output")).not_to_be_empty()
        page.reload()
        expect(page.locator(".bf-progress")).to_contain_text("1 of 7 checks right")


@pytest.mark.parametrize(
    ("words", "file", "width"),
    [
        pytest.param("crossing", "story/crossing/index.html", 1280, id="word"),
        pytest.param("пошлина", "glossary/index.html#toll", 1280, id="Cyrillic letters"),
        pytest.param("波拉岛码头", "places/index.html#bora-mole", 1280, id="Chinese letters"),
        pytest.param("ferry", "glossary/index.html#ferry", 360, id="on a phone"),
    ],
)
def test_the_search_finds_a_word(browser: Browser, unpacked: Path, words: str, file: str, width: int) -> None:
    with reading(browser, unpacked, "charts/tickets/index.html", width=width) as page:
        page.locator("label.md-header__button[for=__search]" if width < 960 else ".md-search__input").click()
        page.keyboard.insert_text(words)
        page.keyboard.press("End")  # text that was put in is no stroke, and a stroke starts the search
        address = f"{unpacked.as_uri()}/{file}"
        page.locator(f'.md-search-result__link[href="{address}"]').first.click()
        expect(page).to_have_url(address)


def test_the_search_costs_no_accessibility(browser: Browser, unpacked: Path) -> None:
    with reading(browser, unpacked, "index.html") as page:
        page.locator(".md-search__input").click()
        page.keyboard.type("ferry")
        expect(page.locator(".md-search-result__link").first).to_be_visible()
        assert violations(page, "frame-title", "frame-tested", "html-has-lang") == []
