"""A browser as a reader has it: pages opened with nothing kept from others, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import find_browser, launch_arguments

AXE = Axe().axe_script
SHIFTS = (
    "new PerformanceObserver(list => { for (const one of list.getEntries())"
    " if (!one.hadRecentInput) window.moved = (window.moved || 0) + one.value; })"
    ".observe({ type: 'layout-shift', buffered: true })"
)
"""Adds up in `window.moved` what moves while nobody does anything."""


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
