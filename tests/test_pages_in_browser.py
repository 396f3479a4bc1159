"""The finished site in a real browser: what readers see, do and load."""

from __future__ import annotations

import gzip
import shutil
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from generator.load import load
from generator.model import Subject
from generator.palette import DARK, LIGHT, dark_tokens
from generator.quiz import OpenItem
from tests.handouts import lessons_in, make_handouts
from tests.project import ROOT
from tests.reading import COLOURS, SPACING, choose_palette, lost_words, open_folds, opened, shorten_lists, violations
from tests.serving import served
from tests.shapes import MOVED, one_of_each, shapes_on
from tests.students import check_of, do_every_check, progress, quiz_in

CHAPTER = "/story/trade-overview/"
CHART = "/charts/trade-two-reporters/"
PICTURES = "/story/ten-charts/"
ARTICLE = "/articles/aron-2019/"
MOST_BYTES = 120_000
MOST_BYTES_OF_A_LESSON = 130_000
MOST_SIDES = {"handout": 4, "40minutes": 4, "key": 2}
MOST_BYTES_OF_SEARCH = 300_000
MOST_BYTES_OF_HTML = 100_000
MOST_REQUESTS = 15


@pytest.fixture(scope="module")
def folder(project: Path) -> Path:
    return project / "site"


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def subject() -> Subject:
    return load(ROOT / "data", ROOT / "docs", ROOT / "mkdocs.yml")[0]


@pytest.fixture(scope="module")
def pages(folder: Path) -> list[str]:
    """A page of every kind at least, without those that lead on at once."""
    shapes = shapes_on(folder)
    return [address for address in one_of_each(shapes) if MOVED not in shapes[address]]


def test_every_kind_of_page_is_clean_keeps_its_policy_and_asks_no_other_site(
    site: str, pages: list[str], browser: Browser
) -> None:
    asked: list[str] = []
    found = {}
    with opened(browser, f"{site}/") as page:
        page.on("request", lambda request: asked.append(request.url))
        for address in pages:
            page.goto(site + address)
            choose_palette(page, "default")
            open_folds(page)
            found[address, "light"] = violations(page)
            choose_palette(page, "slate")
            shorten_lists(page)
            found[address, "dark"] = violations(page, *COLOURS)
        assert page.messages == []  # type: ignore[attr-defined]
    assert {where: faults for where, faults in found.items() if faults} == {}
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert len(asked) > len(pages) > 30


def test_every_kind_of_page_is_whole_at_four_times_the_size_with_wide_spacing(
    site: str, pages: list[str], browser: Browser
) -> None:
    found = {}
    with opened(browser, f"{site}/", width=320) as page:
        for address in pages:
            page.goto(site + address)
            open_folds(page)
            page.add_style_tag(content=SPACING)
            found[address] = lost_words(page)
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_no_kind_of_page_moves_while_it_loads_or_scrolls_sideways(
    site: str, pages: list[str], browser: Browser
) -> None:
    moved, wide = {}, []
    with opened(browser, f"{site}/") as page:
        for address in pages:
            page.set_viewport_size({"width": 412, "height": 900})
            page.goto(site + address)
            page.wait_for_timeout(100)  # what moved is told a moment later
            moved[address] = page.evaluate("window.moved || 0")
            for width in (320, 360, 700, 1000, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    wide.append((address, width))
    assert {address: far for address, far in moved.items() if far} == {}
    assert wide == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("path", "items"),
    [
        ("/sources/", ".bf-rows > li"),
        ("/glossary/", ".bf-entry h3"),
        ("/timeline/", ".bf-event h3"),
        (ARTICLE, ".bf-claim"),
        ("/about/data-format/", "h2"),
    ],
)
def test_a_link_far_into_a_long_list_leads_to_its_item(
    site: str, browser: Browser, path: str, items: str, width: int
) -> None:
    with opened(browser, site + path, width=width) as page:
        ids = page.locator(items).evaluate_all("items => items.map(item => item.id).filter(Boolean)")
        assert len(ids) > 20
        id = ids[len(ids) * 4 // 5]
        page.goto("about:blank")
        page.goto(f"{site}{path}#{id}")
        page.wait_for_timeout(200)
        assert 0 <= page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", id) < 150, id


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_for_wrong_addresses_is_whole_and_clean(folder: Path, browser: Browser, scheme: str) -> None:
    # A host shows it at any depth, so its own addresses begin at the root of the host.
    with served(folder, sub_path="") as address, opened(browser, f"{address}/404.html", color_scheme=scheme) as page:
        assert violations(page) == []
        page.get_by_role("link", name="Timeline").last.click()
        assert page.locator("h1").inner_text().startswith("Timeline")


def test_the_timeline_is_whole_without_scripts(site: str, browser: Browser, subject: Subject) -> None:
    with opened(browser, f"{site}/timeline/", java_script_enabled=False) as page:
        ids = {item.get_attribute("id") for item in page.locator(".bf-event h3").all()}
        assert ids == {event.id for event in subject.of("event")}
        assert page.locator("#timeline-filters").is_hidden()
        assert page.locator(".bf-event h3").last.is_visible()
        assert page.locator(".bf-drawing svg:visible").count() == 1


def test_the_filters_of_the_timeline_work_by_keyboard(site: str, browser: Browser) -> None:
    with opened(browser, f"{site}/timeline/") as page:
        everything = page.locator(".bf-event").count()
        boxes = page.locator("[name=lane]")
        boxes.first.focus()
        for _ in range(boxes.count() - 1):  # leave only the last lane
            page.keyboard.press("Space")
            page.keyboard.press("Tab")
        last = boxes.last.get_attribute("value")
        shown = page.locator(".bf-event:not([hidden])")
        assert 0 < shown.count() < everything
        assert all(last in str(item.get_attribute("data-lane")).split() for item in shown.all())
        assert page.locator("output").inner_text() == f"{shown.count()} of {everything} events shown"
        page.locator("#timeline-filters button[type=reset]").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".bf-event[hidden]")).to_have_count(0)


def test_theme_and_person_narrow_the_timeline_together(site: str, browser: Browser) -> None:
    with opened(browser, f"{site}/timeline/") as page:
        person = page.locator("[name=person] option").nth(5).get_attribute("value")
        page.select_option("[name=person]", person)
        alone = page.locator(".bf-event:not([hidden])").count()
        theme = str(page.locator(".bf-event:not([hidden])").first.get_attribute("data-theme")).split()[0]
        page.select_option("[name=theme]", theme)
        shown = page.locator(".bf-event:not([hidden])")
        assert 0 < shown.count() <= alone
        for item in shown.all():
            assert person in str(item.get_attribute("data-person")).split()
            assert theme in str(item.get_attribute("data-theme")).split()


def test_jump_to_year_brings_the_year_into_view_and_says_where_it_is(site: str, browser: Browser) -> None:
    with opened(browser, f"{site}/timeline/") as page:
        page.locator("[name=year]").focus()
        page.keyboard.type("1969")
        page.keyboard.press("Enter")
        expect(page.locator("output")).to_contain_text("1969")
        first = page.locator('.bf-event[data-year="1969"]').first
        top = first.evaluate("item => item.getBoundingClientRect().top")
        assert 0 <= top < page.viewport_size["height"]


def test_a_link_to_an_event_opens_it(site: str, browser: Browser) -> None:
    with opened(browser, f"{site}/timeline/#treaty-1950") as page:
        page.wait_for_timeout(300)
        assert page.locator("#treaty-1950").evaluate("item => item.getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_a_link_to_a_row_brings_it_into_view_below_the_heads_that_stay(site: str, browser: Browser, width: int) -> None:
    with opened(browser, f"{site}/data/trade-gacc/", width=width) as page:
        anchor = page.locator("tr[data-rows]").nth(30).get_attribute("id")
        page.goto(f"{site}/data/trade-gacc/#{anchor}")
        page.wait_for_timeout(300)
        top, head = page.evaluate(
            """() => {
                 const row = document.querySelector(':target').getBoundingClientRect();
                 const heads = [...document.querySelectorAll('.bf-group th')].map(head => head.getBoundingClientRect());
                 return [row.top, Math.max(...heads.map(head => head.bottom).filter(bottom => bottom < row.bottom))];
               }"""
        )
        assert 0 < head <= top < 700


def test_one_drawing_is_shown_at_a_time(site: str, browser: Browser) -> None:
    shown = {}
    for width in (360, 1280):
        with opened(browser, site + CHART, width=width) as page:
            visible = page.locator(".bf-drawing > div:visible")
            assert visible.count() == 1
            shown[width] = visible.first.get_attribute("class")
    assert shown[360] == "bf-narrow"
    assert shown[1280] != "bf-narrow"


def test_a_drawing_takes_the_colours_of_the_dark_palette(site: str, browser: Browser, subject: Subject) -> None:
    with opened(browser, site + CHART, color_scheme="dark") as page:
        page.wait_for_timeout(200)
        strokes = page.evaluate(
            """() => [...document.querySelectorAll('.bf-drawing svg path[stroke]')]
                 .map(path => getComputedStyle(path).stroke)"""
        )
    for token in ("party-1", "party-2"):
        code = dark_tokens(subject.site)[token].lstrip("#")
        rgb = ", ".join(str(int(code[at : at + 2], 16)) for at in (0, 2, 4))
        assert f"rgb({rgb})" in strokes


@pytest.mark.parametrize("path", ["/", CHAPTER, CHART, "/timeline/", PICTURES])
def test_nothing_moves_while_a_page_loads_beside_its_contents(site: str, browser: Browser, path: str) -> None:
    with opened(browser, site + path) as page:
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(500)
        assert page.evaluate("window.moved || 0") == 0


def loaded_by(browser: Browser, address: str) -> list[float]:
    """The bytes of a page and of each file that it loads, as they are sent."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    loaded: list[float] = []
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    context.close()
    print(f"{address}: {sum(loaded) / 1000:.1f} kB in {len(loaded)} requests")
    return loaded


def weight_of(browser: Browser, address: str) -> float:
    return sum(loaded_by(browser, address))


def test_a_page_of_ten_charts_is_light(site: str, folder: Path, browser: Browser) -> None:
    loaded = loaded_by(browser, site + PICTURES)

    assert sum(loaded) <= MOST_BYTES
    assert len(loaded) <= MOST_REQUESTS
    assert (folder / PICTURES.strip("/") / "index.html").stat().st_size <= MOST_BYTES_OF_HTML


def see_all(page: Page) -> None:
    """Bring each image into view, as a reader who scrolls does, until all are drawn."""
    for image in page.locator(".bf-picture img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)


@pytest.mark.parametrize(("width", "kind"), [(360, "narrow"), (1280, "text")])
def test_a_picture_has_the_size_and_words_of_its_drawing(site: str, browser: Browser, width: int, kind: str) -> None:
    with opened(browser, site + PICTURES, width) as page:
        see_all(page)
        pictures = page.evaluate(
            "() => [...document.querySelectorAll('.bf-picture img')]"
            ".map(image => [image.currentSrc, image.naturalWidth, image.clientWidth, image.alt])"
        )
    assert len(pictures) == 10
    for source, natural, shown, words in pictures:
        assert source.endswith(f"-{kind}.svg")
        assert 0 < shown <= natural * 1.35
        assert words


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize("is_switched", [False, True], ids=["as it is", "switched"])
def test_a_picture_follows_the_palette_of_its_page(site: str, browser: Browser, system: str, is_switched: bool) -> None:
    with opened(browser, site + PICTURES, color_scheme=system) as page:
        if is_switched:
            page.locator("label[title^='Switch to']:visible").click()
        scheme = page.locator("body").get_attribute("data-md-color-scheme")
        image = page.locator(".bf-picture img").first
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
        assert scheme == ("slate" if (system == "dark") != is_switched else "default")
        assert corner_of(image.screenshot()) == paper_of(scheme)


def corner_of(png: bytes) -> tuple[int, ...]:
    """The colour of the first point of a picture in the form PNG: whatever filter its line has, that point is whole."""
    header, data = struct.unpack(">IIBBBBB", png[16:29]), b""
    at = 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        data += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    assert header[2:4] in ((8, 2), (8, 6))
    return tuple(zlib.decompress(data)[1:4])


def paper_of(scheme: str) -> tuple[int, ...]:
    code = {"default": LIGHT, "slate": DARK}[scheme]["paper"].lstrip("#")
    return tuple(int(code[at : at + 2], 16) for at in (0, 2, 4))


def test_pictures_print_light_without_scripts_from_a_dark_page(site: str, browser: Browser) -> None:
    with opened(browser, site + PICTURES, color_scheme="dark", java_script_enabled=False) as page:
        page.emulate_media(media="print", color_scheme="dark")
        schemes = page.locator(".bf-picture img").evaluate_all(
            "images => images.map(image => getComputedStyle(image).colorScheme)"
        )
    assert schemes == ["light"] * 10


def test_every_lesson_is_light(site: str, folder: Path, browser: Browser) -> None:
    heavy = {id: weight_of(browser, f"{site}/lessons/{id}/") for id in lessons_in(folder)}
    assert {id: weight for id, weight in heavy.items() if weight > MOST_BYTES_OF_A_LESSON} == {}


def test_an_article_is_whole_without_scripts(site: str, browser: Browser, subject: Subject) -> None:
    article = ARTICLE.strip("/").rpartition("/")[2]
    with opened(browser, site + ARTICLE, java_script_enabled=False) as page:
        shown = {item.get_attribute("id") for item in page.locator(".bf-claim:visible").all()}
        assert shown == {claim.id for claim in subject.of("claim") if claim.article == article}
        assert page.locator(".bf-facets label b").first.is_visible()
        assert page.locator(".bf-tool:visible").count() == 0


def test_the_filters_of_an_article_work_by_keyboard(site: str, browser: Browser) -> None:
    with opened(browser, site + ARTICLE) as page:
        everything, shown = page.locator(".bf-claim").count(), page.locator(".bf-claim:not([hidden])")
        contradicted, disputed = (page.locator(f"[value={verdict}]") for verdict in ("contradicted", "disputed"))
        contradicted.focus()
        page.keyboard.press("Space")
        assert {item.get_attribute("data-verdict") for item in shown.all()} == {"contradicted"}
        alone = shown.count()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert disputed.is_checked()
        assert {item.get_attribute("data-verdict") for item in shown.all()} == {"contradicted", "disputed"}
        assert alone < shown.count() < everything
        assert page.locator("output").inner_text() == f"{shown.count()} of {everything} claims shown"
        page.locator("[name=theme]").focus()
        page.keyboard.press("ArrowDown")
        theme = page.locator("[name=theme]").input_value()
        assert {item.get_attribute("data-theme") for item in shown.all()} <= {theme}
        page.locator(".bf-facets button").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".bf-claim[hidden]")).to_have_count(0)
        assert not contradicted.is_checked()


def test_a_link_to_a_claim_that_a_filter_hides_shows_it(site: str, browser: Browser) -> None:
    with opened(browser, site + ARTICLE) as page:
        page.locator("[value=contradicted]").check()
        hidden = page.locator(".bf-claim[hidden]").last.get_attribute("id")
        page.locator(f".bf-strip a[href='#{hidden}']").click()
        expect(page.locator(f"#{hidden}")).to_be_in_viewport()
        expect(page.locator(".bf-claim[hidden]")).to_have_count(0)


def test_print_shows_every_claim_whatever_is_filtered(site: str, browser: Browser) -> None:
    with opened(browser, site + ARTICLE) as page:
        page.locator("[value=contradicted]").check()
        assert page.locator(".bf-claim[hidden]").count() > 0
        page.emulate_media(media="print")
        assert page.locator(".bf-claim:visible").count() == page.locator(".bf-claim").count()
        assert page.locator(".bf-tool:visible").count() == 0
        assert page.locator(".bf-facets label b").first.is_visible()


def test_the_longest_article_is_light(site: str, browser: Browser) -> None:
    weight = weight_of(browser, site + ARTICLE)
    assert weight <= 150_000


def test_search_finds_a_chapter_and_a_person_under_the_policy(site: str, browser: Browser) -> None:
    with opened(browser, f"{site}/") as page:
        page.locator(".md-search__input").click()
        page.keyboard.type("customs houses")
        page.wait_for_selector(".md-search-result__item")
        assert "customs houses" in page.locator(".md-search-result__item").first.inner_text().lower()


@pytest.mark.parametrize("words", ["Damansky", "Zhenbao", "珍宝岛", "Даманский"])
def test_search_finds_a_place_by_each_of_its_names(site: str, browser: Browser, words: str) -> None:
    with opened(browser, f"{site}/") as page:
        page.locator(".md-search__input").click()
        page.keyboard.type(words)
        page.keyboard.press("End")
        expect(page.locator('.md-search-result__link[href*="/places/#zhenbao-island"]')).to_have_count(1)


def test_the_search_index_is_light(folder: Path) -> None:
    index = (folder / "search/search_index.json").read_bytes()

    assert len(gzip.compress(index, mtime=0)) <= MOST_BYTES_OF_SEARCH


def test_the_switch_to_dark_works_under_the_policy(site: str, browser: Browser) -> None:
    with opened(browser, f"{site}/", color_scheme="light") as page:
        page.locator("label[title='Switch to dark']").click()
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


def test_print_leaves_the_timeline_whole_and_the_tools_out(site: str, browser: Browser) -> None:
    with opened(browser, f"{site}/timeline/") as page:
        page.emulate_media(media="print")
        assert page.locator("#timeline-filters").is_hidden()
        assert page.locator(".md-header").is_hidden()
        assert page.locator(".bf-event:visible").count() == page.locator(".bf-event").count()


# --- lessons ----------------------------------------------------------------------------------------------------

LESSONS = sorted(path.stem for path in (ROOT / "data/lessons").glob("*.yml"))
TEACH = sorted(path.stem for path in (ROOT / "docs/teach").glob("*.md"))
FOR_TEACHERS = ["/lessons/", *(f"/lessons/{id}/key/" for id in LESSONS), *(f"/teach/{id}/" for id in TEACH)]


@pytest.mark.parametrize("id", LESSONS)
def test_a_student_does_a_lesson_by_keyboard_on_a_phone(site: str, browser: Browser, subject: Subject, id: str) -> None:
    quiz = quiz_in(subject, id)
    with opened(browser, f"{site}/lessons/{id}/", width=360) as page:
        page.locator("#reveal").focus()
        page.keyboard.press("Space")
        expect(page.locator(".bf-covered figure")).to_be_visible()
        do_every_check(page, quiz)
        number = sum(not isinstance(item, OpenItem) for item in quiz.items)
        assert progress(page).startswith(f"{number} of {number} ")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert violations(page) == []  # with all that opened
        assert page.messages == []


@pytest.mark.parametrize("id", LESSONS)
def test_without_scripts_a_lesson_shows_every_question_answer_and_feedback(
    site: str, browser: Browser, subject: Subject, id: str
) -> None:
    with opened(browser, f"{site}/lessons/{id}/", width=360, java_script_enabled=False) as page:
        assert page.locator(".bf-check button:visible").count() == 0
        for item in quiz_in(subject, id).items:
            if isinstance(item, OpenItem):
                continue
            form = check_of(page, item.id)
            for summary in form.locator("summary:visible").all():
                summary.press("Enter")
            words = (
                "form => { for (const one of form.querySelectorAll('.bf-ref')) one.remove(); return form.innerText }"
            )
            shown = " ".join(form.evaluate(words).split())
            texts = [item.question, item.feedback]
            texts += [text for choice in getattr(item, "choices", ()) for text in (choice.text, choice.feedback)]
            texts += [getattr(item, "said", ""), *getattr(item, "things", ())]
            assert [text for text in texts if " ".join(text.split()) not in shown] == []


@pytest.mark.parametrize("path", FOR_TEACHERS)
def test_axe_finds_nothing_on_what_is_for_teachers(site: str, browser: Browser, path: str) -> None:
    with opened(browser, site + path, width=360) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert violations(page) == []


def test_the_list_finds_forty_minutes_no_documents_and_an_age(site: str, browser: Browser, subject: Subject) -> None:
    fitting = [
        lesson.id
        for lesson in sorted(subject.of("lesson"), key=lambda lesson: lesson.order)
        if lesson.data_lesson and "ages-14-16" in lesson.levels and any("40" in step.minutes for step in lesson.steps)
    ]
    assert fitting
    with opened(browser, f"{site}/lessons/") as page:
        for name, words in (("Minutes", "40"), ("Form", "no documents"), ("Level", "Ages 14–16")):
            page.get_by_label(name).select_option(label=words)
        links = page.locator(".bf-lessons > li:visible h2 a").all()
        assert [str(link.get_attribute("href")).strip("./") for link in links] == fitting
        page.locator(".bf-lessons > li:visible h2 a").first.click()
        page.locator("#form-40").check()
        minutes = page.locator(".bf-minutes > span:visible").all_inner_texts()
        assert 0 < sum(int(text.split()[0]) for text in minutes) <= 40
        assert page.locator(".bf-part-documents").count() == 0


@pytest.fixture(scope="module")
def sheets(folder: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, list[str]]:
    """Every sheet and key on both papers, with the text of each of its sides."""
    copy = tmp_path_factory.mktemp("sheets") / "site"
    shutil.copytree(folder, copy)
    return {path: [page.extract_text() for page in PdfReader(path).pages] for path in make_handouts(copy, browser)}


def kind_of(sheet: Path) -> str:
    return sheet.stem.split("-")[-2]


def test_every_sheet_and_key_keeps_to_its_sides_on_both_papers(sheets: dict[Path, list[str]]) -> None:
    assert len(sheets) == 6 * len(LESSONS)
    assert {path.name: len(sides) for path, sides in sheets.items() if len(sides) > MOST_SIDES[kind_of(path)]} == {}


def test_on_paper_a_chart_is_not_seen_beside_the_guess(
    sheets: dict[Path, list[str]], site: str, browser: Browser
) -> None:
    seen = []
    for id in LESSONS:
        with opened(browser, f"{site}/lessons/{id}/") as page:
            page.emulate_media(media="print")
            headline = page.locator(".bf-covered .bf-headline").inner_text().split()
        for path, sides in sheets.items():
            if path.parent.name == id and kind_of(path) != "key":
                [guess] = [at for at, text in enumerate(sides) if "Predict." in text]
                charts = [at for at, text in enumerate(sides) if " ".join(headline) in " ".join(text.split())]
                seen += [] if charts and guess < charts[0] else [(path.name, guess, charts)]
    assert seen == []


def test_no_letter_of_a_key_is_smaller_than_nine_points(site: str, browser: Browser) -> None:
    with opened(browser, f"{site}/lessons/{LESSONS[0]}/key/") as page:
        page.emulate_media(media="print")
        sizes = page.locator(".bf-keypage").evaluate(
            "key => [...key.querySelectorAll('*')].filter(one => one.checkVisibility() && one.innerText?.trim())"
            ".map(one => parseFloat(getComputedStyle(one).fontSize))"
        )
    assert min(sizes) >= 12  # pixels of 1/96 inch


def test_easier_words_open_without_scripts_and_stand_on_paper(folder: Path, browser: Browser) -> None:
    style = (folder / "assets/site.css").read_text("utf-8")
    easy = '<details class="bf-easy"><summary>In easier words</summary><p>They met.</p></details>'
    page = browser.new_context(java_script_enabled=False).new_page()
    page.set_content(f'<style>{style}</style><div class="md-typeset">{easy}</div>')
    words = page.get_by_text("They met.")
    expect(words).to_be_hidden()
    page.get_by_text("In easier words").press("Enter")
    expect(words).to_be_visible()
    page.get_by_text("In easier words").press("Enter")
    page.emulate_media(media="print")
    assert words.evaluate("words => words.checkVisibility({contentVisibilityAuto: true})")
    page.context.close()
