"""Every chart of the project in a real browser: without scripts, still and live, in both palettes, and in a chapter."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import altair as alt
import pytest
from playwright.sync_api import Browser, Page, expect

from generator.load import load
from tests.project import ROOT
from tests.reading import COLOURS, choose_palette, opened, violations
from tests.serving import served

RECORDS = load(ROOT / "data", ROOT / "docs", ROOT / "mkdocs.yml")[0].records["chart"]
CHARTS = sorted(RECORDS)
OF_EACH_KIND = sorted({chart.kind_of_chart: id for id, chart in RECORDS.items()}.values())
"""A chart of each kind."""
OVER_TIME = "trade-both-directions"
"""A chart of years with events."""
CHAPTER = "story/lng-coal-nuclear/"
GIVER = "story/students-tourists/"
"""The chapter whose chart the other is given to have four."""
MOST_BYTES, MOST_REQUESTS = 130_000, 15
LEAST_TYPE = 11
PLACE = (
    "() => { const box = document.querySelector('.bf-drawing').getBoundingClientRect();"
    " return [box.x, box.width, box.height] }"
)
"""Where a drawing stands and how large it is; what lies above it is told by the shifts of the page."""


@pytest.fixture(scope="module")
def site(project: Path) -> Iterator[str]:
    with served(project / "site") as address:
        yield address


@pytest.fixture(scope="module")
def site_with_four(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site with one chapter of four charts: it is given one that stands in another."""
    site = tmp_path_factory.mktemp("four") / "site"
    shutil.copytree(project / "site", site)
    given = re.search('<figure class="bf-figure.*?</figure>', (site / GIVER / "index.html").read_text("utf-8"), re.S)
    assert given is not None
    page = site / CHAPTER / "index.html"
    page.write_text(page.read_text("utf-8").replace("</article>", f"{given[0]}</article>"), "utf-8")
    with served(site) as address:
        yield f"{address}/"


@pytest.fixture(scope="module")
def kept_page(browser: Browser) -> Iterator[Page]:
    """One page for all charts: what they share is loaded once."""
    with opened(browser, "about:blank") as page:
        yield page


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    """One page for all charts on a phone without scripts."""
    with opened(browser, "about:blank", width=360, java_script_enabled=False) as page:
        yield page


def make_live(page: Page) -> None:
    expect(page.locator(".bf-explore")).to_be_visible()  # a key pressed on a hidden button goes elsewhere
    page.locator(".bf-explore").press("Enter")
    expect(page.locator(".bf-live")).to_be_focused(timeout=15_000)


def test_every_specification_is_what_the_schema_allows(project: Path) -> None:
    files = list((project / "site/charts").glob("*.json"))
    assert sorted(file.stem for file in files) == CHARTS
    for file in files:
        alt.LayerChart.from_dict(json.loads(file.read_text("utf-8"))["specification"])


@pytest.mark.parametrize("id", CHARTS)
def test_axe_finds_nothing_on_a_chart_in_either_palette_still_or_live(site: str, kept_page: Page, id: str) -> None:
    page = kept_page
    page.goto(f"{site}/charts/{id}/")
    choose_palette(page, "default")
    if id in OF_EACH_KIND:  # tables take long, and those of one kind are made alike
        page.evaluate("document.querySelectorAll('.bf-table').forEach(fold => { fold.open = true })")
    assert violations(page) == []
    choose_palette(page, "slate")
    assert violations(page, *COLOURS, part=None if id in OF_EACH_KIND else ".bf-figure") == []
    if page.locator(".bf-guess").count():
        page.locator(".bf-guess summary").click()
    page.evaluate("document.fonts.ready")
    before = page.evaluate(PLACE)
    moved = page.evaluate("window.moved || 0")
    make_live(page)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(PLACE) == before
    assert violations(page, part=".bf-figure") == []
    choose_palette(page, "default")
    assert violations(page, *COLOURS, part=".bf-figure") == []
    assert page.evaluate("window.moved || 0") == moved


@pytest.mark.parametrize("id", CHARTS)
def test_a_chart_is_whole_on_a_phone_without_scripts(site: str, phone: Page, id: str) -> None:
    phone.goto(f"{site}/charts/{id}/")
    figure = phone.locator(f"#chart-{id}")
    assert figure.locator(".bf-drawing svg:visible").count() == 1
    assert least_type_of_drawings(phone) >= LEAST_TYPE
    figure.locator("summary", has_text="Table").click()
    assert figure.locator("tbody tr:visible").count() == figure.locator("tbody tr").count() > 0
    addresses = [urljoin(phone.url, str(link.get_attribute("href"))) for link in phone.locator("a[download]").all()]
    endings = {address.rpartition(".")[2] for address in addresses}
    assert endings >= {"csv", "json", "svg", "png"}
    for address in addresses:
        answer = phone.request.get(address)
        assert answer.ok and answer.body(), address


def test_the_words_of_the_strip_can_be_read_on_a_phone(site: str, browser: Browser) -> None:
    with opened(browser, f"{site}/timeline/", width=360) as page:
        assert least_type_of_drawings(page) >= LEAST_TYPE


def least_type_of_drawings(page: Page) -> float:
    """The smallest words of the drawings that are seen, in pixels of the screen."""
    sizes: list[float] = page.evaluate(
        """() => [...document.querySelectorAll('.bf-drawing svg')]
             .map(svg => [svg, svg.getBoundingClientRect().width / svg.viewBox.baseVal.width])
             .filter(([svg, scale]) => scale > 0)
             .flatMap(([svg, scale]) => [...svg.querySelectorAll('text')]
               .map(text => parseFloat(getComputedStyle(text).fontSize) * scale))"""
    )
    return min(sizes)


@pytest.mark.parametrize("id", OF_EACH_KIND)
def test_an_embed_works_on_a_page_of_another_origin_with_scripts_forbidden(
    site: str, browser: Browser, tmp_path: Path, id: str
) -> None:
    address = f"{site}/charts/{id}/embed/"
    frame = f'<iframe sandbox src="{address}" title="A chart" width="100%" height="640" loading="lazy"></iframe>'
    (tmp_path / "index.html").write_text(f'<!doctype html><html lang="en"><title>Another site</title>{frame}', "utf-8")
    with served(tmp_path, sub_path="") as other, opened(browser, f"{other}/") as page:
        assert urlsplit(other).netloc != urlsplit(site).netloc
        inside = page.frame_locator("iframe")
        expect(inside.locator("h1")).to_be_visible()
        expect(inside.locator(".bf-drawing svg:visible")).to_have_count(1)
        expect(inside.locator(".bf-takeaway")).to_be_visible()
        assert inside.locator(".bf-source a").get_attribute("href") == "../"
        assert inside.locator("script").count() == 0


# --- years and events of a live chart ---------------------------------------------------------------------------


def test_a_drag_across_years_shows_them_alone_with_their_events(site: str, browser: Browser) -> None:
    address = f"{site}/charts/{OVER_TIME}"
    with opened(browser, f"{address}/") as page:
        live = page.request.get(f"{address}.json").json()["live"]
        make_live(page)
        ends = [page.locator(f'.bf-years [name="{end}"]') for end in ("from", "to")]
        whole = [end.input_value() for end in ends]
        numbers = page.locator(".bf-live .numbers_marks text")
        (events,) = [layer["data"]["values"] for layer in live["layer"] if layer.get("name") == "events"]
        assert numbers.all_text_contents() == [row["event"] for row in events] != []
        rows = [row for row in live["data"]["values"] if row["name"] == live["data"]["values"][0]["name"]]
        during = next(at for at, row in enumerate(rows) if row["first"] == events[0]["first"])
        places = [ring_at(page, steps) for steps in (during - 1, 1)]

        page.mouse.move(places[0] - 2, page.locator(".bf-live").bounding_box()["y"] + 120)  # type: ignore[index]
        page.mouse.down()
        page.mouse.move(places[1] + 2, page.locator(".bf-live").bounding_box()["y"] + 120, steps=4)  # type: ignore[index]
        expect(page.locator(".bf-band")).to_be_visible()
        page.mouse.up()

        expect(page.locator(".bf-band")).to_be_hidden()
        first, last = rows[during - 1]["first"], rows[during]["last"]
        expect(ends[0]).to_have_value(str(first))
        expect(ends[1]).to_have_value(str(last))
        expect(numbers).to_have_text([row["event"] for row in events if first <= row["first"] <= last])
        expect(numbers).not_to_have_count(len(events))
        page.get_by_role("button", name="All years").press("Enter")
        expect(numbers).to_have_count(len(events))
        assert [end.input_value() for end in ends] == whole


def ring_at(page: Page, steps: int) -> float:
    """The middle of the ring, from the left, when it has gone so many points on."""
    for _ in range(steps + (page.locator(".bf-ring:visible").count() == 0)):
        page.keyboard.press("ArrowRight")
    ring = page.locator(".bf-ring").bounding_box()
    assert ring is not None
    return ring["x"] + ring["width"] / 2


# --- a chapter --------------------------------------------------------------------------------------------------


def test_a_chapter_with_four_charts_is_light(site_with_four: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    loaded: list[float] = []
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    page.goto(site_with_four + CHAPTER, wait_until="networkidle")
    charts = page.locator("figure.bf-figure").count()
    context.close()
    print(f"{CHAPTER}: {sum(loaded) / 1000:.1f} kB in {len(loaded)} requests")
    assert charts >= 4
    assert sum(loaded) <= MOST_BYTES
    assert len(loaded) <= MOST_REQUESTS


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_in_a_chapter_with_four_charts_nor_where_one_becomes_live(
    site_with_four: str, browser: Browser, width: int
) -> None:
    with opened(browser, site_with_four + CHAPTER, width=width) as page:
        page.wait_for_load_state("networkidle")
        for chart in page.locator("figure.bf-figure").all():
            chart.scroll_into_view_if_needed()
        page.wait_for_timeout(500)
        assert page.evaluate("window.moved || 0") == 0
        page.locator("figure.bf-figure").last.get_by_role("link", name="This chart’s own page").click()
        make_live(page)
        page.wait_for_timeout(500)
        assert page.evaluate("window.moved || 0") == 0
