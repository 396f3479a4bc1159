"""Look-up pages of the ferry in a real browser: words that open, search in every script, pages that read well."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.project import ROOT
from tests.reading import opened

CHAPTER = "/story/crossing/"


def test_the_search_index_is_sent_for_at_once_where_the_search_has_the_focus(ferry_site: str, browser: Browser) -> None:
    ask = """address => new Promise(done => {
      const request = new XMLHttpRequest();
      request.open("GET", address);
      request.onload = () => done(request.status);
      request.send();
      setTimeout(() => done("held back"), 1000);
    })"""
    with opened(browser, ferry_site + CHAPTER) as page:
        address = f"{ferry_site}/search/search_index.json"
        assert page.evaluate(ask, address) == "held back"
        page.locator(".md-search__input").focus()
        assert page.evaluate(ask, address) == 200


# --- words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_word_opens_its_definition_by_keyboard_and_escape_closes_it(
    ferry_site: str, browser: Browser, has_scripts: bool
) -> None:
    with opened(browser, ferry_site + CHAPTER, java_script_enabled=has_scripts) as page:
        word, definition = page.locator(".bf-word").first, page.locator(".bf-word + span").first
        expect(definition).to_be_hidden()
        word.press("Enter")
        expect(definition).to_be_visible()
        expect(definition).to_contain_text("A boat that goes to and fro.")
        page.keyboard.press("Tab")
        expect(definition.get_by_role("link")).to_be_focused()
        page.keyboard.press("Escape")
        expect(definition).to_be_hidden()
        expect(word).to_be_focused()


def test_a_word_opens_by_tap_and_the_next_tap_elsewhere_closes_it(ferry_site: str, browser: Browser) -> None:
    with opened(browser, ferry_site + CHAPTER, width=360, has_touch=True, is_mobile=True) as page:
        word, definition = page.locator(".bf-word").first, page.locator(".bf-word + span").first
        word.tap()
        expect(definition).to_be_visible()
        box = definition.bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 360
        page.locator("h1").tap()
        expect(definition).to_be_hidden()


def test_a_word_opens_under_the_mouse_which_may_move_into_it(ferry_site: str, browser: Browser) -> None:
    with opened(browser, ferry_site + CHAPTER) as page:
        word, definition = page.locator(".bf-word").first, page.locator(".bf-word + span").first
        word.hover()
        expect(definition).to_be_visible()
        definition.get_by_role("link").hover()
        expect(definition).to_be_visible()
        page.mouse.move(1, 1)
        expect(definition).to_be_hidden()


def test_a_pressed_word_stays_closed_under_the_mouse_after_escape(ferry_site: str, browser: Browser) -> None:
    with opened(browser, ferry_site + CHAPTER) as page:
        word, definition = page.locator(".bf-word").first, page.locator(".bf-word + span").first
        word.click()
        expect(definition).to_be_visible()
        page.keyboard.press("Escape")
        expect(definition).to_be_hidden()


def test_a_word_tells_a_screen_reader_what_it_does(ferry_site: str, browser: Browser) -> None:
    with opened(browser, ferry_site + CHAPTER) as page:
        word = page.get_by_role("button", name="ferries", exact=True)
        assert "sea wall" in page.locator("article p", has=word).aria_snapshot()
        assert "goes to and fro" not in page.locator("article p", has=word).aria_snapshot()
        word.press("Enter")
        assert "A boat that goes to and fro." in page.locator("article p", has=word).aria_snapshot()


def test_definitions_are_printed(ferry_site: str, browser: Browser) -> None:
    with opened(browser, ferry_site + CHAPTER) as page:
        page.emulate_media(media="print")
        assert page.locator(".bf-word + span:visible").count() == page.locator(".bf-word").count() == 3


# --- search -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("Boran Mole", "/places/#bora-mole"),
        ("Мол", "/places/#bora-mole"),
        ("波拉岛码头", "/places/#bora-mole"),
        ("波拉岛", "/places/#bora-mole"),
        ("mǎtou", "/places/#bora-mole"),
        ("matou", "/places/#bora-mole"),
        ("пошлина", "/glossary/#toll"),
        ("过路费", "/glossary/#toll"),
        ("guoluFei", "/glossary/#toll"),
        ("Ада Терн", "/people/#ada-tern"),
        ("Odo the Younger", "/people/#odo-younger"),
        ("Puffin steams", "/timeline/#steamer"),
        ("toll roll", "/documents/toll-roll/"),
        ("joint note", "/documents/#joint-note"),
    ],
)
def test_search_finds_a_record_by_each_of_its_names(
    ferry_site: str, browser: Browser, words: str, address: str
) -> None:
    with opened(browser, f"{ferry_site}/") as page:
        page.locator(".md-search__input").click()
        page.keyboard.type(words)
        page.keyboard.press(
            "End"
        )  # letters without a key of their own are typed without the stroke that starts a search
        link = page.locator(f'.md-search-result__link[href*="{address}"]')
        expect(link).not_to_have_count(0)


def test_what_is_opened_or_folded_is_not_found_twice(ferry_site: str, browser: Browser) -> None:
    with opened(browser, f"{ferry_site}/") as page:
        index = page.request.get(f"{ferry_site}/search/search_index.json").json()
    texts = {entry["location"]: entry["text"] for entry in index["docs"]}

    assert [location for location, text in texts.items() if "goes to and fro" in text] == ["glossary/#ferry"]
    assert [location for location, text in texts.items() if "Neither could pay alone" in text] == []


# --- links both ways --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "words", "end"),
    [
        ("/timeline/", "Ada Tern", "/people/#ada-tern"),
        ("/people/", "The Puffin steams over", "/timeline/#steamer"),
        ("/timeline/", "Mole of Bora", "/places/#bora-mole"),
        ("/places/", "Quarrel over the toll <& the salt>", "/timeline/#toll-quarrel"),
        ("/people/", "Log of the Puffin, page 12", "/documents/tern-log/"),
        ("/documents/tern-log/", "Ada Tern", "/people/#ada-tern"),
        ("/documents/tern-log/", "The Puffin steams over", "/timeline/#steamer"),
        ("/timeline/", "Log of the Puffin, page 12", "/documents/tern-log/"),
        ("/glossary/", "The crossing", CHAPTER),
        (CHAPTER, "Glossary", "/glossary/#ferry"),
        ("/documents/toll-roll/", "The Alban answer", "/documents/#alban-answer"),
        ("/documents/", "The toll roll", "/documents/toll-roll/"),
    ],
)
def test_records_link_to_each_other(ferry_site: str, browser: Browser, start: str, words: str, end: str) -> None:
    with opened(browser, ferry_site + start) as page:
        links = page.locator("article a").filter(has_text=words).evaluate_all("links => links.map(link => link.href)")
    assert ferry_site + end in links


def test_a_link_to_an_event_shows_it_where_a_filter_hides_it(ferry_site: str, browser: Browser) -> None:
    with opened(browser, f"{ferry_site}/timeline/") as page:
        page.select_option("[name=theme]", "goods")
        expect(page.locator("#storm")).to_be_hidden()
        page.evaluate("location.hash = '#storm'")
        expect(page.locator("#storm")).to_be_visible()


def test_a_long_list_is_as_tall_as_what_a_filter_leaves_in_it(browser: Browser) -> None:
    script = (ROOT / "generator/theme/assets/filters.js").read_text("utf-8")
    events = "".join(f'<li class="bf-event" data-lane="{lane}">' for lane in ("boats", "boats", "councils"))
    boxes = "".join(f'<input type="checkbox" name="lane" value="{lane}" checked>' for lane in ("boats", "councils"))
    with opened(browser, "about:blank") as page:
        form = f'<form data-filter=".bf-event" data-noun="events">{boxes}<output></output></form>'
        page.set_content(f'{form}<ol class="bf-far">{events}</ol><script>{script}</script>')
        left = "document.querySelector('.bf-far').style.getPropertyValue('--bf-shown')"
        assert page.evaluate(left) == "3"
        page.locator("[value=councils]").uncheck()
        assert page.evaluate(left) == "2"
        assert page.locator("output").inner_text() == "2 of 3 events shown"
