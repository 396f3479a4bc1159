"""A student at a lesson, who has a keyboard and nothing else."""

from __future__ import annotations

from markupsafe import Markup
from playwright.sync_api import Locator, Page, expect

from generator.model import Lesson, Subject
from generator.pen import Pen, write_plain
from generator.quiz import ClosedItem, NumberItem, OrderItem, Quiz, quiz_of
from generator.telling import Telling


def told_plainly(subject: Subject, id: str) -> Telling:
    """A lesson as plain text."""
    lesson: Lesson = subject.get("lesson", id)
    pen = Pen(subject, "/", draw_chart=lambda pen, chart: Markup())
    return Telling(lesson, lambda text, at: write_plain(pen, text, lesson.marks.where(*at)))


def quiz_in(subject: Subject, id: str) -> Quiz:
    return quiz_of(subject, subject.get("lesson", id), told_plainly(subject, id))


def check_of(page: Page, id: str) -> Locator:
    return page.locator(f"#check-{id}")


def press_check(page: Page, form: Locator) -> None:
    form.locator("button").focus()
    page.keyboard.press("Enter")


def progress(page: Page) -> str:
    return page.locator(".bf-progress span").inner_text()


def choose(page: Page, id: str, right: bool) -> None:
    """Go to the first option of that kind by arrow keys, and check it by Enter."""
    options = check_of(page, id).locator(".bf-option")
    at = next(
        n for n in range(options.count()) if ("is-right" in (options.nth(n).get_attribute("class") or "")) == right
    )
    choose_option(page, id, at)


def choose_option(page: Page, id: str, at: int) -> None:
    """Go to an option by arrow keys, and check it by Enter."""
    check_of(page, id).locator(".bf-option input").first.focus()
    if at == 0:
        page.keyboard.press("Space")
    for _ in range(at):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def do_every_check(page: Page, quiz: Quiz) -> None:
    """Every option of every closed item, the number and the order, each wrong before it is right."""
    for item in quiz.items:
        if isinstance(item, ClosedItem):
            _do_closed(page, item)
        elif isinstance(item, NumberItem):
            _do_number(page, item)
        elif isinstance(item, OrderItem):
            _do_order(page, item)


def _do_closed(page: Page, item: ClosedItem) -> None:
    for at, choice in sorted(enumerate(item.choices), key=lambda one: one[1].is_right):
        choose_option(page, item.id, at)
        told = check_of(page, item.id).locator("details[open]")
        expect(told).to_have_count(1)
        assert told.inner_text() == f"{'Right.' if choice.is_right else 'Not quite.'} {choice.feedback}"


def _do_number(page: Page, item: NumberItem) -> None:
    form = check_of(page, item.id)
    form.locator("input").focus()
    for text, told in ((f"-{item.answer}1", "Not quite."), (item.answer, "Right, or near enough.")):
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(form.locator("output")).to_have_text(told)
    assert item.said in form.locator("details[open]").inner_text()


def _do_order(page: Page, item: OrderItem) -> None:
    form = check_of(page, item.id)
    press_check(page, form)
    expect(form.locator("output")).to_have_text("Give each a place first.")
    shown = range(1, len(item.shuffled) + 1)
    for places in (shown, [place + 1 for place in item.shuffled]):
        for select, place in zip(form.locator("select").all(), places, strict=True):
            select.focus()
            page.keyboard.type(str(place))
        press_check(page, form)
        told = "Not quite" if places is shown else "Right."
        assert form.locator("output").inner_text().startswith(told)
