"""Lessons of the ferry in a real browser: done by keyboard and on a phone, right and wrong, also without scripts."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from generator.model import Lesson
from tests.handouts import lessons_in, make_handouts, without_time
from tests.reading import opened, violations
from tests.students import check_of, choose, press_check, progress

LESSON, KEY, DATA, LIST = "/lessons/who-counts/", "/lessons/who-counts/key/", "/lessons/whose-salt/", "/lessons/"
CHECKS = 7
"""Closed items, the number and the order."""
PHONE = 360

# --- for everybody ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_in_a_lesson_is_clean(ferry_site: str, browser: Browser, scheme: str) -> None:
    with opened(browser, ferry_site + LESSON, width=PHONE, color_scheme=scheme) as page:
        check_of(page, "why-differ").locator("input").first.check()
        press_check(page, check_of(page, "why-differ"))
        page.locator("#reveal").check()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


# --- as a student -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, PHONE])
def test_a_student_does_every_check_wrong_and_right_by_keyboard_alone(
    ferry_site: str, browser: Browser, width: int
) -> None:
    with opened(browser, ferry_site + LESSON, width=width) as page:
        ids = [form.get_attribute("data-item") for form in page.locator(".bf-check").all()]
        assert len(ids) == CHECKS
        for id in ids[:5]:
            choose(page, id, right=False)
            chosen = check_of(page, id).locator("details[open]")
            expect(chosen).to_have_count(1)
            assert chosen.inner_text().startswith("Not quite.")
            assert page.locator(".bf-progress").inner_text() == "" or f"{ids.index(id)} of" in progress(page)
            choose(page, id, right=True)
            assert check_of(page, id).locator("details[open]").inner_text().startswith("Right.")
        number = check_of(page, ids[5])
        number.locator("input").focus()
        page.keyboard.type("12")
        page.keyboard.press("Enter")
        expect(number.locator("output")).to_have_text("Not quite.")
        page.keyboard.press("Control+A")
        page.keyboard.type("57.5")  # within 2.5 of 55.5
        page.keyboard.press("Enter")
        expect(number.locator("output")).to_have_text("Right, or near enough.")
        order = check_of(page, ids[6])
        press_check(page, order)
        expect(order.locator("output")).to_have_text("Give each a place first.")
        for start in (False, True):
            for place, select in enumerate(order.locator("select").all()):
                select.focus()
                right = order.locator("li[data-place]").nth(place).get_attribute("data-place")
                page.keyboard.type(right if start else str(place + 1))
            press_check(page, order)
        expect(order.locator("output")).to_have_text("Right.")
        assert progress(page).startswith(f"{CHECKS} of {CHECKS}")


def test_what_was_done_stays_on_the_device_and_can_be_erased(ferry_site: str, browser: Browser) -> None:
    with opened(browser, ferry_site + LESSON) as page:
        choose(page, "who-wrote", right=True)
        assert progress(page).startswith("1 of")
        page.reload()
        assert progress(page).startswith("1 of")
        page.locator(".bf-progress button").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".bf-progress")).to_be_hidden()
        assert page.evaluate("localStorage.getItem('lesson:who-counts')") is None
        assert page.locator(".is-chosen, .is-wrong, .is-answered").count() == 0
        page.reload()
        expect(page.locator(".bf-progress")).to_be_hidden()


def test_the_chart_is_seen_after_the_guess(ferry_site: str, browser: Browser) -> None:
    with opened(browser, ferry_site + LESSON, java_script_enabled=False) as page:
        chart = page.locator(".bf-part-chart-task figure")
        expect(chart).to_be_hidden()
        page.locator("#reveal").focus()
        page.keyboard.press("Space")
        expect(chart).to_be_visible()


@pytest.mark.parametrize(
    ("form", "documents", "questions", "parts"),
    [
        ("20", 1, 4, ["background", "documents", "checks", "write"]),
        ("40", 2, 8, ["hook", "background", "documents", "chart-task", "checks", "write"]),
        ("60", 2, 9, None),
    ],
)
def test_the_time_there_is_chooses_steps_documents_and_questions_without_a_script(
    ferry_site: str, browser: Browser, form: str, documents: int, questions: int, parts: list[str] | None
) -> None:
    with opened(browser, ferry_site + LESSON, java_script_enabled=False) as page:
        page.locator(f"#form-{form}").focus()
        page.keyboard.press("Space")
        shown = [part.get_attribute("id") for part in page.locator(".bf-part:visible").all()]
        minutes = [int(text.split()[0]) for text in page.locator(".bf-minutes > span:visible").all_inner_texts()]
        assert page.locator("article.bf-document:visible").count() == documents
        assert page.locator(".bf-asked li:visible").count() == questions
        assert parts is None or shown == parts
        assert len(minutes) == len(shown) and sum(minutes) <= int(form)


def test_without_scripts_every_question_answer_and_feedback_can_be_read(
    ferry_site: str, browser: Browser, ferry
) -> None:
    lesson: Lesson = ferry.subject.get("lesson", "who-counts")
    with opened(browser, ferry_site + LESSON, java_script_enabled=False) as page:
        assert page.locator(".bf-check button:visible").count() == 0
        for check in lesson.checks[1:]:
            form = check_of(page, check.id)
            for at, option in enumerate(check.options):
                row = form.locator(".bf-option").nth(at)
                row.locator("summary").click()
                assert option.text in row.inner_text()
                told = f"{'Right.' if option.right else 'Not quite.'} {option.feedback}"
                assert row.locator("details p").inner_text() == told
        page.locator(".bf-number summary").click()
        assert "55.5" in page.locator(".bf-number details").inner_text()
        page.locator(".bf-order summary").click()
        assert page.locator(".bf-order details ol:visible").count() == 1


# --- as a teacher -----------------------------------------------------------------------------------------------


def test_the_list_finds_forty_minutes_without_documents_for_an_age(ferry_site: str, browser: Browser) -> None:
    with opened(browser, ferry_site + LIST) as page:
        page.locator("[name=minutes]").select_option("40")
        page.locator("[name=form]").select_option("no-documents")
        page.locator("[name=level]").select_option("ages-12-14")
        found = page.locator(".bf-lessons > li:not([hidden]) h2")
        expect(found).to_have_text(["Whose salt was it?"])
        page.locator("[name=level]").select_option("ages-10-12")
        expect(found).to_have_count(0)
        page.locator(".bf-filters [type=reset]").click()
        expect(found).to_have_count(2)
    with opened(browser, ferry_site + LIST, java_script_enabled=False) as page:
        assert page.locator(".bf-lessons > li:visible").count() == 2
        assert "20, 40, 60 minutes · Ages 12–14 · charts and a table, no documents" in page.locator("main").inner_text()


def test_the_key_is_out_of_the_search_and_out_of_the_sheet(
    ferry_site: str, ferry_folder: Path, browser: Browser
) -> None:
    index = (ferry_folder / "search/search_index.json").read_text("utf-8")
    assert "lessons/who-counts/" in index and "lessons/who-counts/key/" not in index
    with opened(browser, ferry_site + LESSON) as page:
        sheet = text_of(page.pdf(format="A4"))
    assert "Who counts, and what?" in sheet
    for secret in ("Each at its own", "Nothing shows that", "55.5", "For teachers"):
        assert secret not in sheet


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_sheets_and_keys_are_made_for_both_papers_and_linked(
    ferry_folder: Path, browser: Browser, tmp_path: Path
) -> None:
    shutil.copytree(ferry_folder, tmp_path / "site")
    made = make_handouts(tmp_path / "site", browser)

    assert len(made) == 6 * len(lessons_in(ferry_folder)) == 12
    page = (tmp_path / "site/lessons/who-counts/index.html").read_text("utf-8")
    for path in made:
        file = PdfReader(path)
        text = text_of(path.read_bytes())
        sides = [float(side) for side in file.pages[0].mediabox[2:]]
        assert sides == pytest.approx((595, 842) if path.stem.endswith("a4") else (612, 792), abs=1.5)
        assert len(file.pages) <= (2 if "-key-" in path.name else 4)
        lesson = path.parent.name
        assert f"/lessons/{lesson}/" in text and "version" in text
        assert path.parent.name != "who-counts" or f'href="{path.name}"' in page


def test_a_sheet_says_nothing_of_the_moment_at_which_it_was_made() -> None:
    pdf = b"<< /CreationDate (D:20261122045506+00'00') /ModDate (D:20261122045506+00'00')>>"

    assert without_time(pdf) == b"<< /CreationDate (D:20000101000000+00'00') /ModDate (D:20000101000000+00'00')>>"
