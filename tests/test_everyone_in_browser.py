"""Every kind of page of the ferry for everyone: under its policy, by any eye, by keyboard, still, in words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement
from playwright.sync_api import Browser, Locator, Page, expect

from generator.build import build
from generator.pages import HERE, World
from tests.project import ROOT
from tests.reading import COLOURS, SPACING, choose_palette, lost_words, open_folds, opened, violations
from tests.serving import SUB_PATH, served
from tests.shapes import MOVED, one_of_each, shapes_on

CHECKLIST, CHAPTER, LESSON = "/story/tickets/", "/story/crossing/", "/lessons/who-counts/"


@pytest.fixture(scope="module")
def kinds(ferry_folder: Path) -> list[str]:
    """A page of every kind at least."""
    return one_of_each(shapes_on(ferry_folder))


@pytest.fixture(scope="module")
def pages(ferry_folder: Path, kinds: list[str]) -> list[str]:
    """The same without those that lead on at once."""
    shapes = shapes_on(ferry_folder)
    return [address for address in kinds if MOVED not in shapes[address]]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """One page for many addresses: what they share is loaded once."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


# --- every kind -------------------------------------------------------------------------------------------------


def test_every_template_of_a_page_made_a_page_that_is_looked_at(ferry_places, kinds, monkeypatch) -> None:
    filled: dict[str, set[str]] = {}
    fill = jinja2.Template.render

    def note(template: jinja2.Template, *arguments: object, **context: object) -> str:
        filled.setdefault(str(template.name), set()).add(str(context.get("address")))
        return fill(template, *arguments, **context)

    monkeypatch.setattr(jinja2.Template, "render", note)
    build(ferry_places, World())
    templates = {path.name for path in (HERE / "templates").iterdir() if path.name.endswith((".md.j2", ".html.j2"))}
    assert len(templates) > 30
    assert {name for name in templates if filled.get(name, set()).isdisjoint({*kinds, "None"})} == set()


# --- a walk over every kind: the policy, what leads out, what is kept, what moves, what has the focus ------------

PLANT = """
    async () => {
      const refused = new Set();
      document.addEventListener("securitypolicyviolation", event => refused.add(event.effectiveDirective));
      const script = document.createElement("script");
      script.textContent = "window.planted = true";
      const image = document.createElement("img");
      image.setAttribute("onerror", "window.planted = true");
      image.src = "https://elsewhere.example/picture.png";
      const frame = document.createElement("iframe");
      frame.src = "https://elsewhere.example/";
      document.body.append(script, image, frame);
      setTimeout("window.planted = true");
      await fetch("https://elsewhere.example/").catch(() => {});
      for (let turn = 0; turn < 100 && refused.size < 6; turn += 1) await new Promise(done => setTimeout(done, 20));
      return [window.planted ?? false, ...[...refused].sort()];
    }
"""
"""Tries what a planted text could try, and says whether it ran and what was refused."""
REFUSED = [False, "connect-src", "frame-src", "img-src", "script-src", "script-src-attr", "script-src-elem"]
KEPT = """
    async () => ({
      local: Object.keys(localStorage).sort(),
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).map(one => one.name),
      cookies: document.cookie,
      workers: (await navigator.serviceWorker?.getRegistrations() ?? []).length,
    })
"""
PALETTE = f"{SUB_PATH}/.__palette"
"""The theme notes which colours it shows, with the first page."""
NOTED: dict[str, object] = {"local": [PALETTE], "session": [], "databases": [], "cookies": "", "workers": 0}
MARKS = """
    () => [...document.querySelectorAll('a[href^="http"]')]
      .filter(link => link.checkVisibility())
      .map(link => getComputedStyle(link, "::after").content)
"""
MOVING = """
    () => [...document.querySelectorAll("*")].flatMap(element => ["", "::before", "::after"].flatMap(part => {
      const style = getComputedStyle(element, part || null);
      const moves = /[1-9]/.test(style.transitionDuration) || /[1-9]/.test(style.animationDuration);
      return moves || style.scrollBehavior === "smooth" ? [`${element.tagName} ${element.className}${part}`] : [];
    })).concat(document.getAnimations().map(animation => animation.animationName ?? "an animation"))
"""
"""What moves or scrolls smoothly."""
UNSEEN = """
    () => {
      const faults = [];
      const controls = document.querySelectorAll("a[href], button, input, select, summary, [tabindex]");
      for (const control of controls) {
        if (control.tabIndex < 0 || !control.checkVisibility({ visibilityProperty: true })) continue;
        if (control.tabIndex > 0) faults.push(`before its turn: ${control.outerHTML.slice(0, 90)}`);
        control.focus({ focusVisible: true });
        if (document.activeElement !== control) continue;
        const isBare = element => {
          const style = getComputedStyle(element);
          const hasRing = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
          return !hasRing && style.boxShadow === "none";
        };
        const shown = [control, ...(control.labels ?? [])];
        if (control.matches(".md-option, .md-search__input")) shown.push(control.nextElementSibling, control.form);
        if (shown.every(isBare)) faults.push(`no ring: ${control.outerHTML.slice(0, 90)}`);
        const boxes = shown.map(one => one.getClientRects()[0]).filter(box => box && box.width > 2);
        const isSeen = box => {
          const middle = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
          const hit = document.elementFromPoint(box.x + box.width / 2, middle);
          return shown.some(one => one.contains(hit) || hit?.contains(one));
        };
        if (!boxes.some(isSeen)) faults.push(`covered: ${control.outerHTML.slice(0, 90)}`);
      }
      return faults;
    }
"""
"""Controls that take the focus before their turn, show no ring, or lie under something else."""


@dataclass
class Walk:
    """What happened where a page of each kind was opened: words of the console, requests, and what was looked for."""

    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    moving: dict[str, list[str]] = field(default_factory=dict)
    unseen: dict[str, list[str]] = field(default_factory=dict)
    planted: dict[str, list[object]] = field(default_factory=dict)
    kept: object = None


@pytest.fixture(scope="module")
def walk(ferry_site: str, pages: list[str], browser: Browser) -> Walk:
    walk = Walk()
    with opened(browser, f"{ferry_site}/", reduced_motion="reduce") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for address in pages:
            page.messages.clear()  # type: ignore[attr-defined]
            asked.clear()
            page.goto(ferry_site + address)
            open_folds(page)
            walk.marks += page.evaluate(MARKS)
            walk.moving[address] = page.evaluate(MOVING)
            page.keyboard.press("Tab")
            walk.unseen[address] = page.evaluate(UNSEEN)
            walk.said += page.messages  # type: ignore[attr-defined]
            walk.asked += asked
            walk.planted[address] = page.evaluate(PLANT)
        walk.kept = page.evaluate(KEPT)
    return walk


def test_every_kind_of_page_keeps_its_policy_and_asks_no_other_site(walk: Walk, ferry_site: str) -> None:
    assert walk.said == []
    assert [url for url in walk.asked if not url.startswith((ferry_site, "data:"))] == []
    assert len(walk.asked) > len(walk.planted) > 30


def test_nothing_that_is_planted_in_a_page_of_any_kind_runs_or_reaches_out(walk: Walk) -> None:
    assert {address: found for address, found in walk.planted.items() if found != REFUSED} == {}


def test_links_that_leave_the_site_say_so_by_eye_and_by_ear(walk: Walk, ferry_site: str, page: Page) -> None:
    assert len(walk.marks) > 3
    assert [mark for mark in walk.marks if "↗" not in mark or "(another site)" not in mark] == []
    page.goto(f"{ferry_site}/sources/")
    link = page.locator("a[href^=http]").first
    assert "(another site)" in link.aria_snapshot()
    page.emulate_media(media="print")
    assert link.evaluate("link => getComputedStyle(link, '::after').content") == "none"


def test_the_device_keeps_no_trace_of_a_reader_who_only_reads(walk: Walk) -> None:
    assert walk.kept == NOTED


def test_the_device_keeps_only_what_its_reader_chose_marked_and_did(ferry_site: str, page: Page) -> None:
    page.goto(ferry_site + CHECKLIST)
    page.locator("label[title='Switch to dark']").click()
    page.locator("[data-keep] input").first.check()
    page.goto(ferry_site + LESSON)
    page.locator(".bf-check .is-right input").first.check()
    page.locator(".bf-check button").first.click()
    assert page.evaluate(KEPT) == NOTED | {"local": [PALETTE, "lesson:who-counts", "marks/is-it-a-toll"]}
    assert page.context.cookies() == []
    told = (ROOT / "docs/about/privacy.md").read_text("utf-8")
    assert [name for name in ("__palette", "lesson:", "marks/") if f"`{name}" not in told] == []


def test_nothing_moves_where_a_reader_wants_no_motion(walk: Walk) -> None:
    assert {address: found for address, found in walk.moving.items() if found} == {}


def test_whatever_takes_the_focus_shows_it_in_its_turn_and_uncovered(walk: Walk) -> None:
    assert {address: found for address, found in walk.unseen.items() if found} == {}


def test_links_that_leave_the_site_hand_nothing_over(ferry_folder: Path) -> None:
    links = [
        link
        for path in ferry_folder.rglob("*.html")
        for link in lxml_html.parse(str(path)).getroot().iter("a")
        if re.match(r"\s*(?:[a-z][a-z0-9+.-]*:|//)", link.get("href", ""), re.IGNORECASE)
    ]
    assert len(links) > 5
    assert {link.get("href") for link in links if not link.get("href").startswith("https://")} == set()
    assert {link.get("href") for link in links if "noopener" not in link.get("rel", "").split()} == set()


def test_an_old_address_leads_on_and_its_page_reads_well(ferry_site: str, ferry_folder: Path, page: Page) -> None:
    shapes = shapes_on(ferry_folder)
    moved = [address for address in shapes if MOVED in shapes[address]]
    assert moved
    for address in moved:
        page.goto(ferry_site + address, wait_until="commit")
        page.wait_for_url(lambda url, old=address: url != ferry_site + old)
        html = (ferry_folder / address.strip("/") / "index.html").read_text("utf-8")
        page.set_content(re.sub(r'<meta http-equiv="refresh"[^>]*>', "", html))
        assert violations(page) == []


# --- by any eye -------------------------------------------------------------------------------------------------


def test_every_kind_of_page_is_clean_and_whole_in_any_colours_and_at_any_size(
    ferry_site: str, pages: list[str], page: Page
) -> None:
    found = {}
    for address in pages:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(ferry_site + address)
        choose_palette(page, "default")
        open_folds(page)
        found[address, "light"] = violations(page)
        page.emulate_media(forced_colors="active")
        found[address, "forced colours"] = violations(page, *COLOURS)
        choose_palette(page, "slate")
        found[address, "dark"] = violations(page, *COLOURS)
        page.set_viewport_size({"width": 320, "height": 640})  # a screen of 1280 at four times the size
        found[address, "phone"] = violations(page)
        found[address, "four times the size"] = lost_words(page)
        page.add_style_tag(content=SPACING)
        found[address, "wide spacing"] = lost_words(page)
    assert {where: faults for where, faults in found.items() if faults} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_drawer_the_search_and_an_open_word_are_clean(ferry_site: str, browser: Browser, scheme: str) -> None:
    with opened(browser, ferry_site + CHAPTER, color_scheme=scheme) as page:
        page.locator(".bf-word").first.press("Enter")
        assert violations(page) == []
        page.keyboard.press("Escape")
        page.locator(".md-search__input").press_sequentially("ferry")
        page.locator(".md-search-result__item").first.wait_for()
        assert violations(page) == []
        page.keyboard.press("Escape")
        page.set_viewport_size({"width": 360, "height": 740})
        page.evaluate("document.querySelector('#__drawer').click()")
        assert violations(page) == []


def test_the_page_for_wrong_addresses_is_clean(ferry_folder: Path, page: Page) -> None:
    # A host shows it at any depth, so its own addresses begin at the root of the host.
    with served(ferry_folder, sub_path="") as address:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(f"{address}/404.html")
            assert violations(page) == []


# --- in words alone ---------------------------------------------------------------------------------------------

INLINE = (
    "a",
    "abbr",
    "b",
    "button",
    "cite",
    "code",
    "data",
    "dfn",
    "em",
    "i",
    "label",
    "small",
    "span",
    "strong",
    "time",
)
BESIDE = ("bf-ref", "headerlink")
"""What stands close to a word on purpose."""


def text_of(element: HtmlElement) -> str:
    return "".join(piece for node in element.iter() for piece in _pieces(node, element))


def _pieces(node: HtmlElement, top: HtmlElement) -> Iterator[str]:
    is_drawn = any(above.tag == "svg" for above in [node, *node.iterancestors()])
    if node.text and isinstance(node.tag, str) and not is_drawn:
        yield node.text


@pytest.fixture(scope="module")
def read(ferry_folder: Path, kinds: list[str]) -> dict[str, HtmlElement]:
    """The main part of a page of each kind, as a browser without styles or scripts has it."""
    roots = {
        address: lxml_html.parse(str(ferry_folder / address.strip("/") / "index.html")).getroot() for address in kinds
    }
    return {address: root.xpath("//article | //main[not(.//article)]")[0] for address, root in roots.items()}


def test_words_stand_apart_without_styles(read: dict[str, HtmlElement]) -> None:
    glued = set()
    for main in read.values():
        for element in main.iter(*INLINE):
            after = element.getnext()
            if after is None or element.tail or after.tag not in INLINE or _is_beside(element) or _is_beside(after):
                continue
            before, then = element.text_content(), after.text_content()
            if before[-1:].isalnum() and then[:1].isalnum():
                glued.add(f"{before[-30:]}|{then[:30]}")
    assert glued == set()


def _is_beside(element: HtmlElement) -> bool:
    return not set(BESIDE).isdisjoint(element.get("class", "").split())


def test_every_drawing_and_image_has_its_words(read: dict[str, HtmlElement]) -> None:
    drawings = [one for main in read.values() for one in main.iter("svg") if one.get("aria-hidden") != "true"]
    images = [one for main in read.values() for one in main.iter("img")]
    assert len(drawings) > 20
    assert images
    assert [one for one in drawings if not one.findtext("title") or not one.findtext("desc")] == []
    assert [one.get("src") for one in images if not one.get("alt")] == []


def test_a_page_begins_with_its_title_and_is_told_to_the_foot(ferry_folder: Path, read: dict[str, HtmlElement]) -> None:
    for address, main in read.items():
        first = next(one for one in main.iter("h1", "h2", "h3", "p", "li", "table", "figure") if text_of(one).strip())
        assert first.tag == "h1" or set(first.get("class", "").split()) & {"bf-sheethead"}, address
    foot = lxml_html.parse(str(ferry_folder / "index.html")).getroot().find(".//footer").text_content()
    assert re.search(r"As of 31 January 1960\.\s+In every chart:\s+Alba\s+Bora", foot)


# --- without scripts --------------------------------------------------------------------------------------------

HIDDEN = """
    () => {
      const hidden = [];
      const byChoice = "[popover], [hidden], svg, script, style, option, .headerlink, .bf-covered, [data-forms]";
      const onPaper = ".bf-sheethead, .bf-lanehead, .bf-count, .bf-drawing > *";
      const idle = `.bf-filters, .bf-print, .bf-tool, .bf-entry, [data-erase], ${onPaper}`;
      document.querySelectorAll("details").forEach(fold => { fold.open = true });
      const root = document.querySelector("article") ?? document.querySelector("main");
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (!node.data.trim() || parent.closest(byChoice) || parent.closest(idle)) continue;
        if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) hidden.push(node.data.trim());
      }
      const dead = [...root.querySelectorAll("button:not([popovertarget]), select")]
        .filter(control => !control.closest(".bf-check") && control.checkVisibility({ visibilityProperty: true }));
      const drawings = [...document.querySelectorAll(".bf-drawing")]
        .filter(box => !box.closest(".bf-covered") && ![...box.children].some(child => child.checkVisibility()));
      return [...hidden, ...dead.map(one => one.outerHTML), ...drawings.map(() => "no drawing")];
    }
"""
"""Words that nobody without scripts can see, controls that would do nothing, and figures without their drawing."""


def test_every_kind_of_page_is_whole_without_scripts(ferry_site: str, pages: list[str], browser: Browser) -> None:
    found = {}
    with opened(browser, f"{ferry_site}/", java_script_enabled=False) as page:
        for address in pages:
            page.goto(ferry_site + address)
            found[address] = page.evaluate(HIDDEN)
            assert page.locator("h1:visible").count() == 1, address
        assert page.locator(".md-search:visible, label[for=__search]:visible").count() == 0
    assert {address: faults for address, faults in found.items() if faults} == {}


# --- by keyboard alone ------------------------------------------------------------------------------------------


def tab_to(page: Page, place: Locator, most: int = 150) -> None:
    """Press Tab until a place has the focus, which is seen at every stop."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(IS_SEEN), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if place.evaluate("place => place === document.activeElement"):
            return
    raise AssertionError(f"{place} is not reached within {most} stops")


IS_SEEN = """
    () => {
      const control = document.activeElement;
      const shown = [control, ...(control.labels ?? [])];
      if (control.matches(".md-option")) shown.push(control.nextElementSibling);
      const ring = one => [getComputedStyle(one).outlineStyle !== "none", getComputedStyle(one).boxShadow !== "none"];
      const isIn = box => box.width > 0 && box.bottom > 0 && box.top < innerHeight;
      return shown.some(one => ring(one).includes(true)) && shown.some(one => isIn(one.getBoundingClientRect()));
    }
"""


def test_a_reader_goes_through_the_site_by_keyboard_alone(ferry_site: str, page: Page) -> None:
    page.goto(f"{ferry_site}/")
    skip = page.get_by_role("link", name="Skip to content")
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('article').contains(document.activeElement)")

    page.reload()
    tab_to(page, page.locator(".md-search__input"))
    page.keyboard.type("crossing")
    result = page.locator(f'.md-search-result__link[href*="{CHAPTER}"]').first
    result.wait_for()
    for _ in range(20):
        page.keyboard.press("ArrowDown")
        if result.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{CHAPTER}*")

    page.goto(ferry_site + CHAPTER)  # a search marks its words, which begins the page elsewhere
    word, definition = page.locator(".bf-word").first, page.locator(".bf-word + span").first
    tab_to(page, word)
    page.keyboard.press("Enter")
    expect(definition).to_be_visible()
    tab_to(page, definition.get_by_role("link"), most=1)
    page.keyboard.press("Escape")
    expect(definition).to_be_hidden()
    expect(word).to_be_focused()

    page.reload()
    table = page.locator("figure .bf-table summary").first
    tab_to(page, table)
    page.keyboard.press("Enter")
    tab_to(page, page.locator("figure .bf-table .bf-scroll").first, most=1)
    tab_to(page, page.get_by_role("link", name="This chart’s own page").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/charts/*/")
    tab_to(page, page.locator("#guess"))
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".bf-explore"))
    page.keyboard.press("Enter")
    expect(page.locator(".bf-live")).to_be_focused(timeout=15_000)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".bf-caption")).to_contain_text(re.compile(r"\d"))
    page.keyboard.press("Escape")
    expect(page.locator(".bf-explore")).to_be_focused()

    page.reload()
    tab_to(page, page.locator(".md-tabs").get_by_role("link", name="Timeline"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/timeline/")
    tab_to(page, page.locator("[name=lane]").first)
    page.keyboard.press("Space")
    expect(page.locator(".bf-event[hidden]")).not_to_have_count(0)
    tab_to(page, page.locator("#timeline-filters [type=reset]"))
    page.keyboard.press("Enter")
    expect(page.locator(".bf-event[hidden]")).to_have_count(0)

    page.reload()
    tab_to(page, page.locator(".md-tabs").get_by_role("link", name="Teach"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/lessons/")
    tab_to(page, page.locator(f'.bf-lessons a[href*="{LESSON.split("/")[2]}"]').first)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{LESSON}")
    check = page.locator(".bf-check").first
    tab_to(page, check.locator("input").first)
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(check.locator("details[open]")).to_have_count(1)
    page.go_back()
    page.wait_for_url("**/lessons/")


# --- marks in a checklist ---------------------------------------------------------------------------------------


def marked(page: Page) -> list[str]:
    return page.locator("[data-keep] input:checked").evaluate_all(
        "inputs => inputs.map(input => `${input.name} ${input.value}`)"
    )


def test_marks_in_a_checklist_are_kept_until_they_are_erased_by_keyboard_too(ferry_site: str, page: Page) -> None:
    page.goto(ferry_site + CHECKLIST)
    groups = page.locator("[data-keep] fieldset")
    assert groups.count() > 1
    groups.first.locator("input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    while not groups.nth(1).evaluate("group => group.contains(document.activeElement)"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    made = marked(page)
    assert made == ["c1-1 part", "c1-2 yes"]
    page.reload()
    assert marked(page) == made
    assert groups.first.get_attribute("class") is None
    page.locator("[data-erase]").focus()
    page.keyboard.press("Enter")
    assert marked(page) == []
    page.reload()
    assert marked(page) == []
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('marks/'))") == []


def test_marks_that_cannot_be_read_or_kept_stop_nothing(ferry_site: str, page: Page) -> None:
    page.goto(ferry_site + CHECKLIST)
    page.evaluate("localStorage.setItem('marks/is-it-a-toll', '[broken')")
    page.reload()
    assert marked(page) == []
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full') } }")
    page.locator("[data-keep] input").first.check()
    assert marked(page) == ["c1-1 yes"]


def test_a_checklist_is_whole_without_scripts_and_on_paper(ferry_site: str, browser: Browser) -> None:
    with opened(browser, ferry_site + CHECKLIST, java_script_enabled=False) as page:
        expect(page.locator("[data-erase]")).to_be_hidden()
        cells = page.locator(".bf-cell")
        assert page.locator(".bf-cell:visible").count() == cells.count() > 1
        page.locator(".bf-cell input").nth(1).press("Space")
        assert marked(page) == ["c1-1 part"]
        page.emulate_media(media="print")
        assert page.locator(".bf-cell:visible").count() == cells.count()
        assert page.locator(".bf-cell input:visible").count() == page.locator(".bf-cell input").count()
        expect(page.locator("[data-erase]")).to_be_hidden()
