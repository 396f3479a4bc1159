"""A browser as a reader has it: pages opened with nothing kept from others, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from generator.palette import DARK, LIGHT
from tests.browser import find_browser, launch_arguments

AXE = Axe().axe_script
SHIFTS = (
    "new PerformanceObserver(list => { for (const one of list.getEntries())"
    " if (!one.hadRecentInput) window.moved = (window.moved || 0) + one.value; })"
    ".observe({ type: 'layout-shift', buffered: true })"
)
"""Adds up in `window.moved` what moves while nobody does anything."""

COLOURS = ("color-contrast", "link-in-text-block")
"""What another palette can break: it changes colours alone."""
SPACING = """
    *:not(svg *) { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }
"""
"""The spacing of text that readers may set, by success criterion 1.4.12 of WCAG 2.2."""
_LOST = """
    () => {
      const faults = [];
      const apart = ".bf-scroll, .md-typeset__scrollwrap, .bf-hidden, svg, thead, .md-sidebar, .md-search, [hidden]";
      const seen = { opacityProperty: true, visibilityProperty: true };
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const boxes = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const words = node.data.trim().slice(0, 40);
        if (!words || node.parentElement.closest(apart) || !node.parentElement.checkVisibility(seen)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
          if (box.width < 2 || box.height < 2) continue;
          if (box.left < -1 || box.right > innerWidth + 1) faults.push(`beside the screen: ${words}`);
          boxes.push({ box, node, words });
        }
        for (let up = node.parentElement; up && up !== document.body; up = up.parentElement) {
          const style = getComputedStyle(up);
          const clips = /hidden|clip/.test(style.overflowX + style.overflowY);
          const isCut = up.scrollWidth > up.clientWidth + 1 || up.scrollHeight > up.clientHeight + 1;
          if (clips && isCut && up.clientWidth > 1) faults.push(`cut off: ${words}`);
        }
      }
      const inText = boxes.filter(({ node }) => node.parentElement.closest("article"));
      inText.forEach((one, at) => {
        const before = inText[at - 1];
        const isBelow = before && before.box.left < one.box.right && one.box.left < before.box.right;
        if (isBelow && one.box.bottom < before.box.top - 4) faults.push(`out of order: ${before.words} | ${one.words}`);
      });
      boxes.sort((one, other) => one.box.top - other.box.top);
      boxes.forEach((one, at) => {
        for (const other of boxes.slice(at + 1)) {
          if (other.box.top > one.box.bottom) break;
          if (one.node === other.node) continue;
          const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
          const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
          if (across > 3 && down > Math.min(one.box.height, other.box.height) * 0.5)
            faults.push(`overlap: ${one.words} | ${other.words}`);
        }
      });
      const width = document.documentElement.scrollWidth;
      if (width > innerWidth) faults.push(`the page is ${width} wide`);
      return [...new Set(faults)];
    }
"""


@contextmanager
def started() -> Iterator[Browser]:
    """A Chromium, quiet and offline. No two in one process at a time."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=str(find_browser()), args=launch_arguments())


@contextmanager
def opened(browser: Browser, address: str, width: int = 1280, **options: Any) -> Iterator[Page]:
    """A page in a context of its own. `page.messages` holds the warnings and errors of its console."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    page = context.new_page()
    messages: list[str] = []
    page.messages = messages  # type: ignore[attr-defined]  # Playwright's page, with what tests ask it for
    page.on("console", lambda said: messages.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.add_init_script(SHIFTS)
    page.goto(address)
    try:
        yield page
    finally:
        context.close()


def violations(page: Page, *rules: str, part: str | None = None) -> list[tuple[str, list[str]]]:
    """What axe finds in a page or a part of it, by all its rules or by those named: the rule, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options: dict[str, list[str]] = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = page.evaluate("([part, options]) => axe.run(part || document, options)", [part, options])["violations"]
    return [(item["id"], [node["html"][:120] for node in item["nodes"]]) for item in found]


def choose_palette(page: Page, palette: str) -> None:
    """Show a page in `default` or `slate`, by the switch of the theme or, where there is none, by the system."""
    page.emulate_media(color_scheme="dark" if palette == "slate" else "light", forced_colors="none")
    page.evaluate("name => document.querySelector(`input[data-md-color-scheme=${name}]`)?.click()", palette)
    paper = {"default": LIGHT, "slate": DARK}[palette]["paper"]
    shown = "getComputedStyle(document.body).getPropertyValue('--bf-paper').toUpperCase()"
    page.wait_for_function(f"paper => {shown} === paper", arg=paper)


def open_folds(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")


def shorten_lists(page: Page) -> None:
    """Leave the first eight of like items: what is asked of colours again need not be asked of each."""
    page.evaluate(
        """() => {
          const before = new Map();
          for (const one of document.querySelectorAll("li, tr, dt, dd, .bf-far")) {
            const alike = before.get(one.parentElement) ?? before.set(one.parentElement, {}).get(one.parentElement);
            const kind = `${one.tagName} ${one.className}`;
            alike[kind] = (alike[kind] ?? 0) + 1;
            if (alike[kind] > 8) one.hidden = true;
          }
        }"""
    )


def lost_words(page: Page) -> list[str]:
    """What nobody can read in order: text beside the screen, cut off, over other text, or above what it follows."""
    page.add_style_tag(content=".bf-far { content-visibility: visible !important }")  # laid out off the screen too
    found: list[str] = page.evaluate(_LOST)
    return found
