"""The page of a chart in a real browser: the live chart by keyboard, mouse and touch, and the guess before it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.reading import opened

TICKETS = "/charts/tickets/"
GUESSED = "/charts/goods-two-books/"


def make_live(page: Page) -> None:
    expect(page.locator(".bf-explore")).to_be_visible()  # a key pressed on a hidden button goes elsewhere
    page.locator(".bf-explore").press("Enter")
    expect(page.locator(".bf-live")).to_be_focused(timeout=15_000)  # 900 kB of script, on a busy machine


def charts_of(ferry_folder: Path) -> list[str]:
    return sorted(path.stem for path in (ferry_folder / "charts").glob("*.json"))


def test_every_chart_can_be_made_live_under_the_policy(ferry_folder: Path, ferry_site: str, browser: Browser) -> None:
    assert len(charts_of(ferry_folder)) > 10
    for chart in charts_of(ferry_folder):
        with opened(browser, f"{ferry_site}/charts/{chart}/") as page:
            if page.locator(".bf-guess").count():
                page.locator(".bf-guess summary").click()
            make_live(page)
            rows = json.loads((ferry_folder / f"charts/{chart}.json").read_text("utf-8"))["live"]["data"]["values"]
            page.keyboard.press("ArrowRight")
            expect(page.locator(".bf-caption")).to_have_text(rows[0]["words"])
            assert page.messages == [], chart  # type: ignore[attr-defined]


def test_the_live_chart_works_by_keyboard_alone(ferry_folder: Path, ferry_site: str, browser: Browser) -> None:
    rows = json.loads((ferry_folder / "charts/tickets.json").read_text("utf-8"))["live"]["data"]["values"]
    names = list(dict.fromkeys(row["name"] for row in rows))
    first = [row for row in rows if row["name"] == names[0]]
    with opened(browser, ferry_site + TICKETS) as page:
        make_live(page)
        caption = page.locator(".bf-caption")
        assert caption.get_attribute("aria-live") == "polite"
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        expect(caption).to_have_text(first[1]["words"])
        expect(page.locator(".bf-ring")).to_be_visible()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
        expect(caption).to_have_text(first[0]["words"])
        page.keyboard.press("End")
        expect(caption).to_have_text(first[-1]["words"])
        page.keyboard.press("ArrowDown")
        expect(caption).to_contain_text(names[1])
        page.keyboard.press("ArrowUp")
        expect(caption).to_contain_text(names[0])
        page.keyboard.press("Tab")
        expect(page.locator(".bf-live")).not_to_be_focused()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Escape")
        expect(page.locator(".bf-explore")).to_be_focused()
        expect(page.locator(".bf-live")).to_have_count(0)
        expect(page.locator(".bf-drawing svg:visible")).to_have_count(1)


def test_a_live_chart_that_is_closed_while_it_is_drawn_is_not_lost(ferry_site: str, browser: Browser) -> None:
    with opened(browser, ferry_site + TICKETS) as page:
        make_live(page)
        page.locator(".bf-explore").press("Enter")
        expect(page.locator(".bf-panel")).to_be_hidden()
        page.evaluate(
            """() => {
              const { vegaEmbed } = window;
              window.vegaEmbed = async (...given) => {
                window.vegaEmbed = vegaEmbed;
                document.querySelector(".bf-explore").click();
                const result = await vegaEmbed(...given);
                window.isDrawn = true;
                return result;
              };
            }"""
        )
        page.locator(".bf-explore").press("Enter")
        page.wait_for_function("window.isDrawn")
        page.wait_for_timeout(200)
        expect(page.locator(".bf-panel")).to_be_hidden()
        expect(page.locator(".bf-drawing svg:visible")).to_have_count(1)
        make_live(page)
        expect(page.locator(".bf-legend")).to_be_visible()


def test_a_live_chart_that_was_lost_once_is_whole_the_next_time(ferry_site: str, browser: Browser) -> None:
    with opened(browser, ferry_site + TICKETS) as page:
        page.route("**/vega.js", lambda route: route.abort(), times=1)
        page.locator(".bf-explore").press("Enter")
        expect(page.locator(".bf-caption")).to_contain_text("could not be loaded")
        expect(page.locator(".bf-legend")).to_be_hidden()
        make_live(page)
        expect(page.locator(".bf-legend")).to_be_visible()


def test_a_name_is_highlighted_by_keyboard(ferry_site: str, browser: Browser) -> None:
    with opened(browser, ferry_site + TICKETS) as page:
        make_live(page)
        name = page.locator(".bf-legend button").first
        name.press("Enter")
        expect(name).to_have_attribute("aria-pressed", "true")
        faint = page.locator('.bf-live path[opacity="0.14"]')
        expect(faint).not_to_have_count(0)
        name.press("Enter")
        expect(faint).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_over_the_swap(ferry_site: str, browser: Browser, width: int) -> None:
    with opened(browser, ferry_site + TICKETS, width=width) as page:
        drawing = page.locator(".bf-drawing")
        before = drawing.bounding_box()
        make_live(page)
        page.wait_for_timeout(700)
        assert drawing.bounding_box() == before
        assert page.evaluate("window.moved || 0") == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_tap_on_a_point_says_its_words(ferry_folder: Path, ferry_site: str, browser: Browser) -> None:
    rows = json.loads((ferry_folder / "charts/tickets.json").read_text("utf-8"))["live"]["data"]["values"]
    with opened(browser, ferry_site + TICKETS, width=360, has_touch=True, is_mobile=True) as page:
        page.locator(".bf-explore").tap()
        expect(page.locator(".bf-live")).to_be_focused()
        page.keyboard.press("ArrowRight")
        ring = page.locator(".bf-ring").bounding_box()
        page.keyboard.press("End")
        expect(page.locator(".bf-caption")).not_to_have_text(rows[0]["words"])
        assert ring is not None
        page.touchscreen.tap(ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
        expect(page.locator(".bf-caption")).to_have_text(rows[0]["words"])


@pytest.mark.parametrize("lost", ["**/vega.js", "**/tickets.json"])
def test_the_drawing_stays_when_a_file_is_missing(ferry_site: str, browser: Browser, lost: str) -> None:
    with opened(browser, ferry_site + TICKETS) as page:
        page.route(lost, lambda route: route.fulfill(status=404, body=""))
        page.locator(".bf-explore").press("Enter")
        expect(page.locator(".bf-caption")).to_contain_text("could not be loaded")
        expect(page.locator(".bf-drawing svg:visible")).to_have_count(1)


def test_only_the_page_of_a_chart_loads_the_script_and_the_library_waits(ferry_site: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(f"{ferry_site}/story/crossing/", wait_until="networkidle")
    assert "live.js" not in asked
    page.goto(ferry_site + TICKETS, wait_until="networkidle")
    context.close()
    assert "live.js" in asked
    assert "vega.js" not in asked


def test_without_scripts_readers_choose_whose_figures_they_see(ferry_site: str, browser: Browser) -> None:
    transparent = "rgba(0, 0, 0, 0)"
    with opened(browser, ferry_site + GUESSED, java_script_enabled=False) as page:
        page.locator("summary", has_text="Table").click()

        def seen() -> tuple[bool, bool, list[str]]:
            paths = page.locator(".bf-drawing svg:visible path[stroke*=party]")
            shown = [
                paths.nth(at).evaluate("path => [path.getAttribute('stroke'), getComputedStyle(path).stroke]")
                for at in range(paths.count())
            ]
            heads = page.locator("thead th:visible").all_inner_texts()
            by = ["by-1", "by-2"]
            return *(any(key in name and hue != transparent for name, hue in shown) for key in by), heads  # type: ignore[return-value]

        assert seen()[:2] == (True, True)
        page.get_by_label("Bora", exact=True).check()
        assert seen()[:2] == (False, True)
        assert [head.startswith(("Date", "Bora")) for head in seen()[2]] == [True, True]
        page.get_by_label("Alba", exact=True).check()
        assert seen()[:2] == (True, False)
        page.get_by_label("all", exact=True).check()
        assert seen()[:2] == (True, True)
        assert len(seen()[2]) == 3


# --- the guess --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_right", [True, False])
def test_a_guess_shows_the_value_the_difference_and_the_drawing(
    ferry_site: str, browser: Browser, is_right: bool
) -> None:
    with opened(browser, ferry_site + GUESSED) as page:
        drawing, answer = page.locator(".bf-drawing"), page.locator(".bf-guess details")
        expect(drawing).to_be_hidden()
        value = page.locator(".bf-guess form").get_attribute("data-value") or ""
        page.locator("#guess").focus()
        page.keyboard.type(value if is_right else str(int(float(value)) + 10))
        page.keyboard.press("Enter")
        expect(page.locator(".bf-guess output")).to_contain_text("Right" if is_right else "too high")
        expect(drawing).to_be_visible()
        expect(answer).to_have_attribute("open", "")
        assert page.locator(".bf-guess details data[data-rows]").get_attribute("value") == value
        assert page.messages == []  # type: ignore[attr-defined]
        assert page.evaluate("window.moved || 0") == 0


def test_without_scripts_question_and_drawing_stand_open(ferry_site: str, browser: Browser) -> None:
    with opened(browser, ferry_site + GUESSED, java_script_enabled=False) as page:
        expect(page.get_by_text("How much did Alba count in 1956?")).to_be_visible()
        expect(page.locator(".bf-drawing svg:visible")).to_have_count(1)
        expect(page.locator(".bf-explore")).to_be_hidden()
        page.locator(".bf-guess summary").click()
        expect(page.locator(".bf-guess details p")).to_contain_text(re.compile(r"\d"))


def test_on_paper_a_blank_stands_for_the_guess(ferry_site: str, browser: Browser) -> None:
    with opened(browser, ferry_site + GUESSED) as page:
        page.emulate_media(media="print")
        expect(page.locator("#guess")).to_be_visible()
        expect(page.locator(".bf-guess details")).to_be_hidden()
        expect(page.locator(".bf-tools")).to_be_hidden()
