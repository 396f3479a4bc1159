"""Rules for lessons: their blocks, their lengths, their minutes, and answers that are right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from generator.figures import FigureError, find_row
from generator.model import FORMS, QUESTION_KINDS, Document, Lesson, LessonDocument, OrderedItem, Subject
from generator.problems import Problem
from generator.rules.library import OTHER_SIDES
from generator.rules.records import WITHOUT_EVIDENCE
from generator.selection import rows_of_lesson_table
from generator.units import factor_between

MOST_WORDS = {"question": 12, "in_one_breath": 60, "background": 300, "background_easy": 180}
LEAST_WORDS = {"in_one_breath": 40}
MOST_WORDS_OF_DOCUMENT = 250
DOCUMENTS_IN_40 = 2
CHARTS_OF_DATA_LESSON = 2
TESTED = ("documents", "charts", "chart-task", "organiser", "slip", "talk", "write")
_CALL = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def count_words(text: str) -> int:
    """The words of a text, where a call counts as one."""
    return len(_CALL.sub("call", text).split())


def lessons_ask_a_question(subject: Subject) -> Iterator[Problem]:
    """The title of a lesson is a question."""
    for lesson in subject.of("lesson"):
        if not lesson.question.rstrip().endswith("?"):
            yield lesson.problem(f'asks "{lesson.question}", which is no question', "End it with ?.", ("question",))


def lessons_keep_their_lengths(subject: Subject) -> Iterator[Problem]:
    """The texts of a lesson have the lengths of the template: a question of twelve words, a breath of 40 to 60."""
    for lesson in subject.of("lesson"):
        for key, most in MOST_WORDS.items():
            number, least = count_words(getattr(lesson, key)), LEAST_WORDS.get(key, 1)
            if not least <= number <= most:
                bounds = f"{least} to {most}" if least > 1 else f"at most {most}"
                yield lesson.problem(f"has {number} words in {key}", f"Write {bounds}.", (key,))


def lessons_fit_their_minutes(subject: Subject) -> Iterator[Problem]:
    """The steps of a lesson take no more than 20, 40 or 60 minutes in the form of that name, and each form has some."""
    for lesson in subject.of("lesson"):
        for form in FORMS:
            total = sum(step.minutes.get(form, 0) for step in lesson.steps)
            if not 0 < total <= int(form):
                message = f"takes {total} minutes in its form of {form}"
                yield lesson.problem(message, "Change the minutes of its steps.", ("steps",))


def steps_of_lessons_lead_to_their_parts(subject: Subject) -> Iterator[Problem]:
    """Every part of a lesson has one step, and every step a part that is there."""
    for lesson in subject.of("lesson"):
        there = lesson.parts
        steps = Counter(step.part for step in lesson.steps)
        for part in (part for part in there if not steps[part]):
            yield lesson.problem(f'has no step for the part "{part}"', "Add one under `steps:`.", ("steps",))
        for at, step in enumerate(lesson.steps):
            if step.part not in there or steps[step.part] > 1:
                said = "more than once" if step.part in there else "which is not there"
                yield lesson.problem(f'has a step for "{step.part}" {said}', "Remove it.", ("steps", at))


def lessons_rest_on_documents_or_data(subject: Subject) -> Iterator[Problem]:
    """A lesson has documents, two of them in the form of 40 minutes; a data lesson has two charts and a table."""
    for lesson in subject.of("lesson"):
        if lesson.data_lesson:
            yield from _faults_of_data_lesson(lesson)
        elif not lesson.documents:
            yield lesson.problem('lacks "documents"', "Add `documents:`, or say `data_lesson: true`.")
        elif lesson.charts or lesson.table:
            key = "charts" if lesson.charts else "table"
            yield lesson.problem(f"has {key} and is no data lesson", "Say `data_lesson: true`.", (key,))
        else:
            number = sum("40" in one.forms for one in lesson.documents)
            if number != DOCUMENTS_IN_40:
                message = f"reads {number} documents in its form of 40, not {DOCUMENTS_IN_40}"
                yield lesson.problem(message, "Change their `forms:`.", ("documents",))


def _faults_of_data_lesson(lesson: Lesson) -> Iterator[Problem]:
    if lesson.documents:
        yield lesson.problem("is a data lesson and has documents", "Remove them.", ("documents",))
    if len(lesson.charts) != CHARTS_OF_DATA_LESSON:
        message = f'has {len(lesson.charts)} under "charts", not {CHARTS_OF_DATA_LESSON}'
        yield lesson.problem(message, "A data lesson has two.", ("charts",))
    if lesson.table is None:
        yield lesson.problem('lacks "table"', "A data lesson has one.")


def tables_of_lessons_have_rows(subject: Subject) -> Iterator[Problem]:
    """The table of a lesson prints some rows, and names only columns and values that they have."""
    for lesson in subject.of("lesson"):
        table = lesson.table
        series = subject.find("series", table.series) if table else None
        if table is None or series is None:
            continue
        rows = rows_of_lesson_table(table, series)
        if not rows:
            message = f'has a table that matches no row of series "{series.id}"'
            yield lesson.problem(message, "Change its `where:` or `dates:`.", ("table",))
            continue
        known = {"date", *(word for row in rows for column in row.keys.items() for word in column)}
        for word in table.names:
            if word not in known:
                message = f'names "{word}", which is no column and no value of the rows of its table'
                yield lesson.problem(message, "Correct or remove it.", ("table", "names", word))


def documents_of_lessons_can_be_read(subject: Subject) -> Iterator[Problem]:
    """A document of a lesson has passages, at most 250 words of them, and a question of each kind."""
    for lesson, at, use, document in _documents(subject):
        where = ("documents", at)
        numbers = use.passages or range(1, len(document.passages) + 1)
        wrong = [number for number in numbers if number > len(document.passages)]
        if wrong or not document.passages:
            message = f'uses passage {wrong[0] if wrong else 1} of document "{document.id}", which has '
            yield lesson.problem(f"{message}{len(document.passages)}", "Name others under `passages:`.", where)
            continue
        words = sum(count_words(document.passages[number - 1].plain_words) for number in numbers)
        if words > MOST_WORDS_OF_DOCUMENT:
            message = f'uses {words} words of document "{document.id}", more than {MOST_WORDS_OF_DOCUMENT}'
            yield lesson.problem(message, "Name fewer under `passages:`.", where)
        for skill in QUESTION_KINDS:
            if not getattr(document.questions, skill):
                message = f'uses document "{document.id}", which has no question for {skill}'
                yield lesson.problem(message, "Add one to the document's record.", where)


def lessons_hear_every_side(subject: Subject) -> Iterator[Problem]:
    """Among the documents of a lesson is one of each party and one of a third, or the lesson says why there is none."""
    for lesson in subject.of("lesson"):
        sides = {document.side for other, _, _, document in _documents(subject) if other is lesson}
        missing = [party.id for party in subject.site.parties if not sides & {party.id, OTHER_SIDES[0]}]
        missing += [OTHER_SIDES[1]] if OTHER_SIDES[1] not in sides else []
        if lesson.documents and missing and not lesson.missing_side:
            message = f"has no document of {' and '.join(missing)}"
            yield lesson.problem(message, "Add one, or say why under `missing_side:`.", ("documents",))


def _documents(subject: Subject) -> Iterator[tuple[Lesson, int, LessonDocument, Document]]:
    for lesson in subject.of("lesson"):
        for at, use in enumerate(lesson.documents):
            document = subject.find("document", use.document)
            if document is not None:
                yield lesson, at, use, document


def outcomes_are_tested(subject: Subject) -> Iterator[Problem]:
    """Each outcome of a lesson names checks or parts of that lesson that ask for it."""
    for lesson in subject.of("lesson"):
        known = {*(check.id for check in lesson.checks), lesson.number.id, lesson.ordering.id}
        known |= {part for part in lesson.parts if part in TESTED}
        for at, outcome in enumerate(lesson.outcomes):
            for name in outcome.tested_by:
                if name not in known:
                    fix = f"Known: {', '.join(sorted(known))}."
                    yield lesson.problem(f'tests an outcome by "{name}"', fix, ("outcomes", at, "tested_by"))


def checks_have_one_right_answer(subject: Subject) -> Iterator[Problem]:
    """Each closed item has exactly one right option, no two items share an id, no two options a text."""
    for lesson in subject.of("lesson"):
        ids = Counter([*(check.id for check in lesson.checks), lesson.number.id, lesson.ordering.id])
        for at, check in enumerate(lesson.checks):
            right = sum(option.right for option in check.options)
            texts = {option.text for option in check.options}
            where = ("checks", at)
            if right != 1:
                yield lesson.problem(f'has {right} right options in "{check.id}"', "Mark one `right: true`.", where)
            if len(texts) < len(check.options):
                yield lesson.problem(f'has one option twice in "{check.id}"', "Change one.", where)
        for id, number in ids.items():
            if number > 1:
                yield lesson.problem(f'has {number} checks with the id "{id}"', "Rename one.", ("checks",))


def numbers_asked_for_are_rows(subject: Subject) -> Iterator[Problem]:
    """The number that a lesson asks for is the value of one row."""
    for lesson in subject.of("lesson"):
        number = lesson.number
        keys = {**number.where, **({"source": number.source} if number.source else {})}
        yield from _row_problem(subject, lesson, number.series, number.date, keys, ("number",))


def _row_problem(
    subject: Subject, lesson: Lesson, series: str, date: object, where: Mapping[str, str], at: tuple[str | int, ...]
) -> Iterator[Problem]:
    try:
        find_row(subject, series, date, where)
    except FigureError as error:
        if not error.is_reported:
            yield lesson.problem(error.message, error.fix, at)


def ordered_items_stand_in_order(subject: Subject) -> Iterator[Problem]:
    """Items to put in order are all events, by date, or all rows of one kind of unit, from the smallest."""
    for lesson in subject.of("lesson"):
        items = lesson.ordering.items
        if not (all(item.event for item in items) or all(item.series and item.date for item in items)):
            fix = "Give each an `event:`, or each a `series:` and a `date:`."
            yield lesson.problem("mixes what it puts in order", fix, ("ordering", "items"))
            continue
        yield from _faults_of_order(subject, lesson)


def _faults_of_order(subject: Subject, lesson: Lesson) -> Iterator[Problem]:
    places: list[Decimal | int | None] = []
    for at, item in enumerate(lesson.ordering.items):
        try:
            places.append(place_of(subject, lesson.ordering.items[0], item))
        except FigureError as error:
            if not error.is_reported:
                yield lesson.problem(error.message, error.fix, ("ordering", "items", at))
            return
    for at, (before, after) in enumerate(zip(places, places[1:], strict=False), 1):
        if before is not None and after is not None and not before < after:
            text = lesson.ordering.items[at].text
            yield lesson.problem(
                f'puts "{text}" after what it does not follow', "Sort them.", ("ordering", "items", at)
            )


def place_of(subject: Subject, first: OrderedItem, item: OrderedItem) -> Decimal | int | None:
    """What orders an item: the number of its day, or its value in the unit of the first; `None` where it is unknown."""
    if item.event:
        event = subject.find("event", item.event)
        return int(event.date.first.toordinal()) if event else None
    start = find_row(subject, first.series or "", first.date, first.where)
    row = find_row(subject, item.series or "", item.date, item.where)
    factor = factor_between(subject.site, row.unit, start.unit)
    if factor is None:
        raise FigureError(f"puts {row.unit} in order with {start.unit}", "Use rows of one kind of unit.")
    return row.value * factor


def slips_are_in_claims_that_were_checked(subject: Subject) -> Iterator[Problem]:
    """The claim with a slip is one that was checked, with sources for its verdict."""
    for lesson in subject.of("lesson"):
        claim = subject.find("claim", lesson.slip.claim) if lesson.slip else None
        if claim and (claim.verdict in WITHOUT_EVIDENCE or not claim.sources):
            message = f'looks for a slip in claim "{claim.id}", which is {claim.verdict}'
            yield lesson.problem(message, "Choose a claim whose verdict has sources.", ("slip", "claim"))


def organisers_have_their_key(subject: Subject) -> Iterator[Problem]:
    """Each row of an organiser has a key for every column after the first."""
    for lesson in subject.of("lesson"):
        cells = len(lesson.organiser.columns) - 1
        for at, row in enumerate(lesson.organiser.rows):
            if len(row.key) != cells:
                message = f'has {len(row.key)} keys for {cells} columns in the row "{row.label}"'
                yield lesson.problem(message, "Write one for each column after the first.", ("organiser", "rows", at))
