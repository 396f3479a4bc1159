"""Words that would be scripts, in every text of a whole site: what the finished pages hold, and what a browser runs."""

from __future__ import annotations

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as lxml_html
from playwright.sync_api import Browser, Page, expect

from generator.build import build
from generator.pages import World
from generator.publish import publish
from tests.hurt import hurt_ferry
from tests.reading import opened
from tests.serving import served

MARK = "window.hurts = []; window.hurt = () => window.hurts.push(location.href);"
PAGES = (
    *("/", "/timeline/", "/story/", "/story/crossing/", "/story/mirror/", "/story/by-boat/", "/charts/"),
    *("/charts/goods-two-books/", "/charts/goods-two-books/embed/", "/data/", "/data/goods/", "/data/boats/"),
    *("/articles/", "/people/", "/glossary/", "/documents/", "/documents/tern-log/", "/places/", "/sources/"),
    *("/corrections/", "/scorecard/", "/lessons/", "/lessons/who-counts/", "/lessons/who-counts/key/", "/about/rules/"),
)


@pytest.fixture(scope="module")
def hurt_site(tmp_path_factory, ferry_places, ferry) -> Path:
    """The finished site, without the policy that would keep scripts from running."""
    places, number = hurt_ferry(tmp_path_factory.mktemp("hurt") / "ferry")
    assert number > 600
    for store in ("fonts", "drawings", "library"):
        shutil.copytree(ferry_places.work / store, places.work / store)
    site = places.tree.parent / "site"
    publish(places, build(places, World(site_url="https://example.org/", repo_url="https://example.org/repo")), site)
    for page in site.rglob("*.html"):
        text, removed = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text("utf-8"))
        assert removed == 1, page
        page.write_text(text, "utf-8")
    return site


@pytest.fixture(scope="module")
def hurt_address(hurt_site) -> Iterator[str]:
    with served(hurt_site) as address:
        yield address


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One page for all: it notes what runs, and answers nothing."""
    with opened(browser, "about:blank") as tab:
        tab.on("dialog", lambda dialog: dialog.dismiss())
        tab.add_init_script(MARK)
        yield tab


def test_no_finished_page_or_drawing_holds_a_script_of_an_author(hurt_site):
    """The words are there as words; parsed, no attribute, address or element of them is code."""
    found, told = [], 0
    for path in sorted([*hurt_site.rglob("*.html"), *hurt_site.rglob("*.svg"), *hurt_site.rglob("*.xml")]):
        parser = lxml_html.HTMLParser(encoding="utf-8") if path.suffix == ".html" else etree.XMLParser()
        root = etree.fromstring(path.read_bytes(), parser)
        for element in root.iter(etree.Element):
            told += "onerror=hurt()" in (element.text or "")
            code = element.text if element.tag == "script" and "json" not in element.get("type", "") else ""
            found += [path.name for value in (code, *_running(element)) if "hurt" in (value or "")]
    assert found == []
    assert told > 1000


def _running(element: etree._Element) -> list[str]:
    """The attributes that a browser would run, and the name of an element that stands only in our words."""
    handlers = [str(value) for key, value in element.items() if str(key).lower().startswith("on")]
    addresses = [str(value) for key, value in element.items() if re.match(r"\s*javascript:", str(value), re.I)]
    return [*handlers, *addresses, *(["hurt"] if element.get("src") == "x" else [])]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_an_author_wrote_runs(tab: Page, hurt_address, page):
    """Every disclosure is opened, every button pressed that stays on the page, each field of a form used."""
    tab.goto(hurt_address + page)
    tab.evaluate(
        """() => {
          for (const one of document.querySelectorAll("details")) one.open = true;
          for (const one of document.querySelectorAll("[popover]")) one.showPopover?.();
          for (const one of document.querySelectorAll("button, input[type=checkbox], input[type=radio]"))
            if (one.textContent !== "Print" && !one.classList.contains("bf-print")) one.click();
        }"""
    )
    tab.wait_for_timeout(150)

    assert_words_alone(tab)


def assert_words_alone(tab: Page) -> None:
    """Nothing ran, and nothing stands there that would."""
    assert tab.evaluate("window.hurts") == []
    assert tab.evaluate("document.querySelectorAll('img[src=x], [onerror], [onload], [onclick]').length") == 0
    tab.evaluate("localStorage.clear()")  # the next page is met as by a new reader


def test_the_live_chart_shows_words_as_words(tab: Page, hurt_address):
    tab.goto(f"{hurt_address}/charts/goods-two-books/")
    tab.locator(".bf-guess summary").click()  # the chart is covered until then
    tab.locator(".bf-explore").click()
    expect(tab.locator(".bf-live")).to_be_focused(timeout=20_000)
    told = set()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft"):
        tab.keyboard.press(key)
        told.add(tab.locator(".bf-caption").inner_text())
    for button in tab.locator(".bf-legend button").all():
        button.click()
    tab.wait_for_timeout(300)

    assert any("onerror=hurt()" in words for words in told), told
    assert_words_alone(tab)


def test_the_results_of_a_search_show_words_as_words(tab: Page, hurt_address):
    tab.goto(f"{hurt_address}/?q=crossing")
    tab.wait_for_selector(".md-search-result__item", timeout=20_000)
    tab.wait_for_timeout(300)

    assert_words_alone(tab)


def test_no_download_holds_a_formula_or_markup_that_runs(hurt_site):
    cells = [
        (path.name, cell)
        for path in hurt_site.rglob("*.csv")
        for line in csv.reader(io.StringIO(path.read_text("utf-8")))
        for cell in line
    ]
    assert len(cells) > 500
    assert [one for one in cells if re.match(r"[=+@\t\r]|-(?![\d.]+$)", one[1])] == []
    for path in hurt_site.rglob("*.docx"):
        with zipfile.ZipFile(path) as archive:
            root = etree.fromstring(archive.read("word/document.xml"))
        assert "<script>hurt()</script>" in "".join(root.itertext())
        assert not [one for one in root.iter(etree.Element) if str(one.tag).endswith(("instrText", "fldSimple"))]
    for path in [*hurt_site.rglob("*moodle*.xml"), *hurt_site.rglob("*qti*.xml")]:
        assert etree.parse(path).xpath("//script") == []
