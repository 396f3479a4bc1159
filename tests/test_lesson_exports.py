"""The files of a lesson, read back by readers that know nothing of how they were written."""

from __future__ import annotations

import csv
import html
import io
import re
import sqlite3
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pytest
from docx import Document
from lxml import etree

from generator.build import build
from generator.exports.lessons import files_of_lesson
from generator.load import load
from generator.model import Lesson, Subject
from generator.pages import World
from generator.quiz import ClosedItem, NumberItem, OpenItem, OrderItem, Quiz
from tests.project import ROOT
from tests.students import quiz_in, told_plainly

QTI = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}
PACKAGE = {"p": "http://www.imsglobal.org/xsd/imscp_v1p1"}
LESSON = "who-counts"


REAL = sorted(path.stem for path in (ROOT / "data/lessons").glob("*.yml"))


def file_of(built, ending):
    return built.tree[f"lessons/{LESSON}/{LESSON}-{ending}"]


@dataclass(frozen=True)
class Made:
    """A lesson, its questions as they are told, and the files made of it by the end of their names."""

    subject: Subject
    lesson: Lesson
    quiz: Quiz
    files: Mapping[str, bytes]


@pytest.fixture(scope="module")
def project() -> Subject:
    return load(ROOT / "data", ROOT / "docs", ROOT / "mkdocs.yml")[0]


@pytest.fixture(scope="module", params=[LESSON, *REAL])
def made(request, ferry) -> Made:
    """The lesson of the ferry, then each of the project's own."""
    id = request.param
    subject = ferry.subject if id == LESSON else request.getfixturevalue("project")
    lesson, quiz = subject.get("lesson", id), quiz_in(subject, id)
    files = files_of_lesson(subject, lesson, told_plainly(subject, id), quiz, "")
    return Made(subject, lesson, quiz, {name.removeprefix(f"{id}-"): content for name, content in files.items()})


@pytest.fixture(scope="module")
def quiz(ferry) -> Quiz:
    return quiz_in(ferry.subject, LESSON)


def closed(quiz):
    return [item for item in quiz.items if isinstance(item, ClosedItem)]


def only(quiz, kind):
    return next(item for item in quiz.items if isinstance(item, kind))


def test_the_quiz_holds_every_check_the_slip_and_the_question_of_the_lesson(quiz):
    kinds = [type(item) for item in quiz.items]

    assert kinds == [*[ClosedItem] * 5, NumberItem, OrderItem, OpenItem, OpenItem]
    assert only(quiz, NumberItem).answer == "55.5"
    assert len(quiz.words) == 6


def test_things_to_order_are_never_shown_in_their_order(quiz):
    item = only(quiz, OrderItem)

    assert sorted(item.shuffled) == list(range(len(item.things)))
    assert list(item.shuffled) != sorted(item.shuffled)


# --- read back --------------------------------------------------------------------------------------------------


def test_the_pages_of_a_site_hold_the_files_that_are_read_here(ferry, made):
    assert made.lesson.id != LESSON or all(file_of(ferry, name) == content for name, content in made.files.items())


def test_moodle_reads_the_same_questions_answers_and_feedback(made):
    quiz = made.quiz
    root = etree.fromstring(made.files["moodle.xml"])
    read = [
        (
            question.findtext("questiontext/text"),
            [(a.findtext("text"), a.get("fraction"), a.findtext("feedback/text")) for a in question.iterfind("answer")],
        )
        for question in root.iterfind("question[@type='multichoice']")
    ]
    number = root.find("question[@type='numerical']")
    order = root.find("question[@type='matching']")
    essays = root.findall("question[@type='essay']")

    assert read == [
        (item.question, [(c.text, "100" if c.is_right else "0", c.feedback) for c in item.choices])
        for item in closed(quiz)
    ]
    asked, things = only(quiz, NumberItem), only(quiz, OrderItem).things
    assert (number.findtext("answer/text"), number.findtext("answer/tolerance")) == (asked.answer, asked.tolerance)
    assert (number.findtext("questiontext/text"), number.findtext("generalfeedback/text")) == (
        asked.question,
        asked.feedback,
    )
    assert [part.findtext("text") for part in order.iterfind("subquestion")] == list(things)
    places = [part.findtext("answer/text") for part in order.iterfind("subquestion")]
    assert places == [str(place) for place in range(1, len(things) + 1)]
    assert order.findtext("generalfeedback/text") == only(quiz, OrderItem).feedback
    assert [(e.findtext("questiontext/text"), e.findtext("graderinfo/text")) for e in essays] == [
        (item.question, item.answer) for item in quiz.items if isinstance(item, OpenItem)
    ]


def gift_of(text):
    """Question and answers of a GIFT file, by its documented marks: a backslash takes a mark's meaning."""
    unescaped = lambda part: re.sub(r"\\([~=#{}:\\])", r"\1", part).strip()  # noqa: E731
    mark = r"(?<!\\)"
    found = []
    for block in re.split(r"\n{2,}", text)[1:]:
        _, _, question, body = re.fullmatch(rf"(::)(.*?){mark}::(.*?) {mark}\{{(.*)\}}\s*", block, re.DOTALL).groups()
        parts = re.findall(rf"^([=~])(.*?)(?:{mark}#(.*))?$", body, re.MULTILINE)
        general = re.search(r"^####(.*)$", body, re.MULTILINE)
        answers = [(sign, unescaped(answer), unescaped(feedback)) for sign, answer, feedback in parts]
        found.append((unescaped(question), answers, unescaped(general[1]) if general else ""))
    return found


def test_gift_holds_the_same_questions_with_every_mark_made_harmless(made):
    quiz = made.quiz
    read = gift_of(made.files["gift.txt"].decode())

    assert len(read) == len(quiz.items)
    for (question, answers, general), item in zip(read, quiz.items, strict=True):
        assert question == item.question
        if isinstance(item, ClosedItem):
            assert answers == [("=" if c.is_right else "~", c.text, c.feedback) for c in item.choices]
        elif isinstance(item, NumberItem):
            assert answers == [("=", f"{item.answer}:{item.tolerance}", item.feedback)]
        elif isinstance(item, OrderItem):
            assert [answer for _, answer, _ in answers] == [f"{t} -> {n}" for n, t in enumerate(item.things, 1)]
            assert general == item.feedback
        else:
            assert general == item.answer


def test_the_qti_package_names_its_file_and_holds_the_same_questions(made):
    quiz = made.quiz
    with zipfile.ZipFile(io.BytesIO(made.files["qti.zip"])) as package:
        manifest = etree.fromstring(package.read("imsmanifest.xml"))
        [resource] = manifest.iterfind(".//p:resource", PACKAGE)
        assert resource.get("type") == "imsqti_xmlv1p2"
        assert sorted(package.namelist()) == sorted(["imsmanifest.xml", resource.get("href")])
        root = etree.fromstring(package.read(resource.get("href")))
    items = root.findall(".//q:item", QTI)

    assert [item.findtext("q:presentation/q:material/q:mattext", namespaces=QTI) for item in items] == [
        item.question for item in quiz.items
    ]
    for read, item in zip(items, quiz.items, strict=True):
        if isinstance(item, ClosedItem):
            labels = read.findall(".//q:response_label", QTI)
            texts = {label.get("ident"): label.findtext(".//q:mattext", namespaces=QTI) for label in labels}
            scored = read.xpath(".//q:respcondition[q:setvar='100']//q:varequal/text()", namespaces=QTI)
            feedback = {
                part.get("ident"): part.findtext(".//q:mattext", namespaces=QTI)
                for part in read.iterfind("q:itemfeedback", QTI)
            }
            assert list(texts.values()) == [choice.text for choice in item.choices]
            assert [texts[ident] for ident in scored] == [choice.text for choice in item.choices if choice.is_right]
            assert [feedback[f"{ident}_fb"] for ident in texts] == [choice.feedback for choice in item.choices]
        if isinstance(item, NumberItem):
            bounds = [read.findtext(f".//q:{name}", namespaces=QTI) for name in ("varequal", "vargte", "varlte")]
            answer, tolerance = Decimal(item.answer), Decimal(item.tolerance)
            assert [Decimal(bound) for bound in bounds] == [answer, answer - tolerance, answer + tolerance]
        if isinstance(item, OrderItem):
            things = {
                response.get("ident"): response.findtext("q:material/q:mattext", namespaces=QTI)
                for response in read.iterfind(".//q:response_lid", QTI)
            }
            right = {equal.get("respident"): equal.text for equal in read.iterfind(".//q:varequal", QTI)}
            assert sorted(things, key=lambda ident: right[ident]) == sorted(things)
            assert [things[ident] for ident in sorted(things)] == list(item.things)
        if not isinstance(item, ClosedItem):
            told = item.answer if isinstance(item, OpenItem) else item.feedback
            assert told in [
                part.findtext(".//q:mattext", namespaces=QTI) for part in read.iterfind("q:itemfeedback", QTI)
            ]


def cards_in(content, folder):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        (folder / "cards.db").write_bytes(package.read("collection.anki2"))
    with sqlite3.connect(folder / "cards.db") as database:
        return [fields.split("\x1f") for (fields,) in database.execute("select flds from notes order by id")]


def test_the_anki_deck_has_a_card_for_each_question_and_word(made, tmp_path):
    quiz = made.quiz
    cards = cards_in(made.files["cards.apkg"], tmp_path)
    fronts, backs = zip(*[[html.unescape(side) for side in card] for card in cards], strict=True)

    assert len(cards) == len(quiz.items) + len(quiz.words)
    for item in quiz.items:
        at = next(number for number, front in enumerate(fronts) if item.question in front)
        if isinstance(item, ClosedItem):
            right = next(choice for choice in item.choices if choice.is_right)
            assert f"<b>{right.text}</b>" in backs[at]
            assert all(f"{choice.text}: {choice.feedback}" in backs[at] for choice in item.choices)
        elif isinstance(item, NumberItem):
            assert item.said in backs[at] and item.feedback in backs[at]
        elif isinstance(item, OrderItem):
            assert "".join(f"<li>{thing}</li>" for thing in item.things) in backs[at] and item.feedback in backs[at]
        else:
            assert item.answer in backs[at]
    assert all((word, meaning) in zip(fronts, backs, strict=True) for word, meaning in quiz.words)


def test_the_table_has_a_line_for_each_option(made):
    quiz = made.quiz
    lines = list(csv.DictReader(io.StringIO(made.files["questions.csv"].decode())))
    read = [(line["question"], line["option"], line["right"], line["feedback"]) for line in lines]

    assert [line for line in read if line[2]] == [
        (item.question, choice.text, "yes" if choice.is_right else "no", choice.feedback)
        for item in closed(quiz)
        for choice in item.choices
    ]
    number, order = only(quiz, NumberItem), only(quiz, OrderItem)
    assert [(line["answer"], line["tolerance"], line["feedback"]) for line in lines if line["kind"] == "number"] == [
        (number.answer, number.tolerance, number.feedback)
    ]
    assert [line["option"] for line in lines if line["kind"] == "order"] == list(order.things)
    assert {line["feedback"] for line in lines if line["kind"] == "order"} == {order.feedback}
    opens = [(item.question, item.answer) for item in quiz.items if isinstance(item, OpenItem)]
    assert [(line["question"], line["answer"]) for line in lines if line["kind"] == "open"] == opens


def test_the_document_opens_with_sheet_and_key(made):
    quiz, told = made.quiz, told_plainly(made.subject, made.lesson.id)
    file = Document(io.BytesIO(made.files["lesson.docx"]))
    texts = [paragraph.text for paragraph in file.paragraphs]

    assert texts[0] == quiz.title
    assert f"Key: {quiz.title}" in texts
    sheet, key = texts[: texts.index(f"Key: {quiz.title}")], texts[texts.index(f"Key: {quiz.title}") :]
    for number, item in enumerate(quiz.items, 1):
        assert f"{number}. {item.question}" in sheet
        if isinstance(item, ClosedItem):
            assert all(choice.text in sheet and choice.feedback not in " ".join(sheet) for choice in item.choices)
            assert all(any(line.endswith(choice.feedback) for line in key) for choice in item.choices)
        elif isinstance(item, OrderItem):
            assert all(thing in sheet and f"{place}. {thing}" in key for place, thing in enumerate(item.things, 1))
            assert item.feedback in key
        else:
            said = f"{item.said}, give or take" if isinstance(item, NumberItem) else item.answer
            assert any(line.startswith(said) for line in key) and not any(line.startswith(said) for line in sheet)
    *_, empty, filled = [[[cell.text for cell in row.cells] for row in table.rows] for table in file.tables]
    rows = told.organiser.rows
    assert empty == [told.organiser.columns, *([row.label, *("" for _ in row.key)] for row in rows)]
    assert filled == [told.organiser.columns, *([row.label, *row.key] for row in rows)]
    for part in (*told.charts, *([told.table] if made.lesson.table else [])):
        assert all(asked.question in sheet and f"{asked.question} {asked.answer}" in key for asked in part.questions)
    assert file.core_properties.created.date() == made.subject.site.as_of.first


def test_the_document_of_a_data_lesson_has_its_table_in_plain_words(ferry):
    file = Document(io.BytesIO(ferry.tree["lessons/whose-salt/whose-salt-lesson.docx"]))

    assert [[cell.text for cell in row.cells] for row in file.tables[0].rows] == [
        ["Year", "Value"],
        ["1950", "62.5%"],
        ["1956", "31%"],
    ]


# --- one record -------------------------------------------------------------------------------------------------

MADE = ("lesson.docx", "moodle.xml", "gift.txt", "qti.zip", "cards.apkg", "questions.csv")


def test_a_changed_figure_changes_page_key_and_every_file(copy_site, ferry, tmp_path):
    places = copy_site("ferry")
    changes = (
        ("dependence", "Bora,55.5", "Bora,55.75"),
        ("goods", "1950,Bora,790", "1950,Bora,791"),
        ("gap", "1950,30.5", "1950,29.5"),  # derived from the row before
    )
    for name, old, new in changes:
        path = places.data / f"series/{name}.csv"
        assert old in path.read_text("utf-8")
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    again = build(places, World())

    pages = [again.tree[f"lessons/{LESSON}/{page}"].decode() for page in ("index.md", "key/index.md")]
    before = [ferry.tree[f"lessons/{LESSON}/{page}"].decode() for page in ("index.md", "key/index.md")]
    assert all("55.75" in page for page in pages) and not any("55.75" in page for page in before)
    unpacked = b"".join(
        zipfile.ZipFile(io.BytesIO(file_of(again, name))).read(inside)
        for name, inside in (("qti.zip", f"{LESSON}.xml"), ("lesson.docx", "word/document.xml"))
    )
    cards = str(cards_in(file_of(again, "cards.apkg"), tmp_path)).encode()
    plain = [file_of(again, name) for name in MADE if name.endswith((".xml", ".txt", ".csv"))]
    for content in (*plain, unpacked, cards):
        assert b"55.75" in content and b"791" in content
    assert all(file_of(again, name) != file_of(ferry, name) for name in MADE)


def test_the_same_lesson_gives_the_same_bytes(copy_site, ferry):
    again = build(copy_site("ferry"), World())

    assert all(file_of(again, name) == file_of(ferry, name) for name in MADE)
