"""What a reader loads of the finished site, in a browser: bytes, requests, what moves, and how fast a list filters."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Request

from bench.table import Line, kilobytes, milliseconds, shift, times, whole
from tests.reading import opened, started
from tests.serving import served

KINDS = {
    "home": "index.html",
    "chapter": "story/*/index.html",
    "chart": "charts/*/index.html",
    "timeline": "timeline/index.html",
    "lesson": "lessons/*/index.html",
    "series": "data/*/index.html",
}
"""The pages that are weighed: of each kind the heaviest of the site."""
EAGER = "chart, drawn by vega-embed when it loads"
WIDTHS = (390, 1280)
MOST_MILLISECONDS = 100
FILTERS = {
    "one lane left out": "form.querySelector('[type=checkbox]').click()",
    "one theme alone": "form.theme.selectedIndex = 1; form.theme.dispatchEvent(new Event('change', {bubbles: true}))",
    "everything again": "form.reset()",
}
"""What a reader does to the filters of the timeline, one after the other."""
TIMED = """async () => {
  const form = document.querySelector("form[data-filter]");
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { channel.port1.close(); done(); };
    channel.port2.postMessage(null);
  }));
  await painted();
  const began = performance.now();
  %s;
  await painted();
  return performance.now() - began;
}"""
"""From what a reader does until it is painted, in milliseconds."""
SHOWN = "[...document.querySelectorAll('.bf-event')].filter((event) => !event.hidden).length"
_DRAWING = re.compile(r'<div class="bf-drawing">.*?</svg>\s*</div>\s*</div>', re.DOTALL)
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


@dataclass(frozen=True)
class Weight:
    """What one page took to load: compressed bytes, requests, and how far its parts moved (CLS)."""

    bytes: int
    requests: int
    moved: float


def heaviest(site: Path, pattern: str) -> str:
    """The address of the page with most bytes among those of a pattern."""
    return max(site.glob(pattern), key=lambda page: (page.stat().st_size, page)).relative_to(site).as_posix()


def measure_weights(site: Path, folder: Path, runs: int) -> dict[str, Weight]:
    """Every kind of page, and the same chart page as others load it."""
    pages = {kind: heaviest(site, pattern) for kind, pattern in KINDS.items()}
    eager = write_eager(site, folder, pages["chart"])
    with started() as browser, served(site) as ours, served(eager) as theirs:
        found = {kind: _weigh(browser, f"{ours}/{page}", runs) for kind, page in pages.items()}
        return {**found, EAGER: _weigh(browser, f"{theirs}/{pages['chart']}", runs)}


def _weigh(browser: Browser, address: str, runs: int) -> Weight:
    """The worse of a phone and a desk, each the middle of several visits."""
    visits = [[_visit(browser, address, width) for _ in range(runs)] for width in WIDTHS]
    return Weight(
        max(int(median(visit.bytes for visit in width)) for width in visits),
        max(int(median(visit.requests for visit in width)) for width in visits),
        max(median(visit.moved for visit in width) for width in visits),
    )


def _visit(browser: Browser, address: str, width: int) -> Weight:
    with opened(browser, "about:blank", width) as page:
        loaded: list[Request] = []
        page.on("requestfinished", lambda request: loaded.append(request))
        page.goto(address.removesuffix("index.html"), wait_until="networkidle")
        page.wait_for_timeout(500)
        if wrong := [said for said in page.messages if "error" in said.lower()]:  # type: ignore[attr-defined]
            raise RuntimeError(f"{address} says: {wrong}")
        sizes = [request.sizes() for request in loaded]
        moved = page.evaluate("window.moved || 0")
    return Weight(sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes), len(sizes), moved)


def write_eager(site: Path, folder: Path, page: str) -> Path:
    """A copy of the site in which one chart page draws its chart as most do: by vega-embed, as soon as it loads."""
    import vl_convert

    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(site, folder)
    chart = page.split("/")[1]
    specification = json.loads((site / f"charts/{chart}.json").read_text("utf-8"))["specification"]
    (folder / "eager.js").write_text(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"), "utf-8")
    code = f"vegaEmbed('#eager', {json.dumps(specification)})"
    drawn = f'<div id="eager"></div><script>{code}</script>'
    text, replaced = _DRAWING.subn(lambda _: drawn, (site / page).read_text("utf-8"), count=1)
    if not replaced:
        raise RuntimeError(f"{page} has no drawing to replace")
    loaded = '<script src="../../eager.js"></script></head>'
    (folder / page).write_text(_POLICY.sub("", text).replace("</head>", loaded, 1), "utf-8")
    return folder


# --- the filters of a long timeline -----------------------------------------------------------------------------


def measure_filters(site: Path, runs: int) -> dict[str, float]:
    """Milliseconds from what a reader does until it is painted, on the timeline of a finished site."""
    with started() as browser, served(site) as address, opened(browser, f"{address}/timeline/") as page:
        taken: dict[str, list[float]] = {what: [] for what in FILTERS}
        for _ in range(runs):
            for what, action in FILTERS.items():
                before = page.evaluate(SHOWN)
                taken[what].append(page.evaluate(TIMED % action))
                if page.evaluate(SHOWN) == before:
                    raise RuntimeError(f'"{what}" filtered nothing')
    return {what: median(one) for what, one in taken.items()}


# --- lines ------------------------------------------------------------------------------------------------------


def lines_of_weights(weights: Mapping[str, Weight]) -> list[Line]:
    """Bytes of each page, with its requests and how far it moved, and the chart beside the eager one."""
    lines = [
        Line(kind, weight.bytes, kilobytes, None, f"{weight.requests} requests, layout shift {shift(weight.moved)}")
        for kind, weight in weights.items()
    ]
    ours, theirs = weights["chart"], weights[EAGER]
    return [
        *lines,
        Line("chart: bytes beside vega-embed", ours.bytes / theirs.bytes, times),
        Line("chart: requests more than with vega-embed", ours.requests - theirs.requests, whole),
    ]


def lines_of_filters(taken: Mapping[str, float], events: int) -> Iterator[Line]:
    for what, milliseconds_taken in taken.items():
        yield Line(f"{events:,} events: {what}", milliseconds_taken, milliseconds, MOST_MILLISECONDS)
