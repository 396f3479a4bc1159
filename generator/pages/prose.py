"""Pages of prose: chapters, home and about, with the numbers of each paragraph explained beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generator.checks import LENGTHS
from generator.figures import Figure
from generator.ledger import name_of
from generator.manuscript import measure, words_in
from generator.mirrors import steps_of
from generator.model import Claim, Mirror, MirrorEntry, Page, Ref, find_marked
from generator.pages.frame import Rendering, RowView, add_page, collect, fill, found, neighbours, pen_at, view_of
from generator.pen import Pen, inert, write, write_words
from generator.problems import Problem, Where
from generator.relations import chapters_of, nearest, part_of
from generator.words import mark_first_uses, opening

BLOCK = re.compile(r"\s*</?(?:div|figure|ol|ul|li|p|h[1-6]|table|details|section|nav)\b")
LIST = re.compile(r"[ \t]*(?:[-*+]|\d+\.)[ \t]|[ \t]{2,}\S")
REFERENCE = re.compile(r'<a class="bf-ref"[^>]*>(\d+)</a>')


MOST_RELATED = 4


@dataclass(frozen=True)
class Written:
    """A page of prose before its links to others: what it names is known only once all are written."""

    page: Page
    named: tuple[str, ...]
    context: Mapping[str, Any]


def add_all_prose(rendering: Rendering) -> None:
    """Every page of `docs/`, and at the end of each chapter the chapters that share most with it."""
    subject = rendering.subject
    chapters = chapters_of(subject)
    others = [page for page in subject.of("page") if page not in chapters]
    written = [_write(rendering, page) for page in (*others, *chapters)]
    near = nearest({one.page.id: one.named for one in written if one.page in chapters})
    for one in written:
        around = neighbours(chapters, one.page) if one.page in chapters else (None, None)
        related = [subject.get("page", id) for id in near.get(one.page.id, ())]
        context = {
            **one.context,
            "neighbours": around,
            "related": [page for page in related if page not in around][:MOST_RELATED],
        }
        path = one.page.marks.path.split("/", 1)[1]  # as in docs/, so that an author's own links between files hold
        add_page(rendering, "page.md.j2", one.page.address, one.page.marks.path, path, **context)


def _write(rendering: Rendering, page: Page) -> Written:
    pen = pen_at(rendering, page.address, is_wide=page.kind_of_page == "home")
    breath = write_words(pen, page.in_one_breath, page.marks.where("in_one_breath"))
    easy = write_words(pen, page.easy, page.marks.where("easy"))
    text = _with_words(rendering, page) if page.kind_of_page == "chapter" else page.body
    body = write(pen, text, Where(page.marks.path, page.body_line), is_exact=True)
    unknown = [write_words(pen, text, page.marks.where("unknown", at)) for at, text in enumerate(page.unknown)]
    collect(rendering, pen, page.title)
    rendering.problems += _wrong_lengths(page, {"in_one_breath": breath, "text": body, "easy": easy})
    sources = _sources_of(page, pen)
    if page.kind_of_page == "chapter":
        rendering.measured[page.id] = (measure(body), sources)
    named = _named_by(page, pen)
    for record in named:
        rendering.named.setdefault(record, {})[page.address] = page.title
    has_articles = not {"readings", "theses"}.isdisjoint(pen.drawn_in_text)
    has_checklist = "checklist" in pen.drawn_in_text
    context = {
        "page": page,
        "image": _sharing_image(rendering, pen),
        "is_full": bool(pen.mirrors) or has_articles,
        "style": "assets/ledger.css" if has_articles else "assets/checklist.css" if has_checklist else "",
        "script": "assets/keep.js" if has_checklist else "",
        "breath": breath,
        "body": Markup(_with_margin(rendering, pen, body)),
        "easy": easy,
        "unknown": unknown,
        "stands": _stands(rendering, page),
        "read_next": [
            (source, one.words) for one in page.read_next for source in found(rendering, "source", [one.source])
        ],
        "contested": found(rendering, "contested", page.contested),
        "part": part_of(rendering.subject, page),
        "traced": len(pen.notes),
        "sources": sources,
    }
    return Written(page, named, context)


LENGTHS_OF_A_CHAPTER = {"in_one_breath": (40, 60), "text": (500, 900), "easy": (0, 180)}


def _wrong_lengths(page: Page, texts: Mapping[str, str]) -> Iterator[Problem]:
    """The parts of a chapter that are too short or too long, counted as they are read, with figures and units."""
    if page.kind_of_page != "chapter" or page.form == "own":
        return
    for key, text in texts.items():
        (least, most), words = LENGTHS_OF_A_CHAPTER[key], words_in(text)
        if not least <= words <= most:
            where = page.marks.where(key) if key != "text" else Where(page.marks.path, page.body_line)
            message = f"{page.name} has {words} words in {key}, as they are read"
            yield Problem(
                where, message, f"Write {f'{least} to' if least else 'at most'} {most}, or say `form: own`.", LENGTHS
            )


def _sources_of(page: Page, pen: Pen) -> frozenset[str]:
    """Every source that a page cites, rests a figure on or recommends."""
    of_rows = (source for figure in pen.notes for row in figure.rows for source in row.sources)
    return frozenset([*pen.cited, *of_rows, *(reading.source for reading in page.read_next)])


def _named_by(page: Page, pen: Pen) -> tuple[str, ...]:
    """The kind and id of every record that a page names in its front matter or calls in its text."""
    named = [f"{mark.kind}/{id}" for mark, id, _ in find_marked(page, Ref)]
    charts = [f"chart/{id}" for id in pen.charts]
    series = [f"series/{row.series}" for figure in pen.notes for row in figure.rows]
    return tuple(dict.fromkeys([*named, *pen.linked, *charts, *series]))


def _with_words(rendering: Rendering, page: Page) -> str:
    """The text of a page with the first use of each term as a button that opens its definition."""
    terms = {term.id: term for term in rendering.subject.of("term") if term.id not in page.unmarked}

    def mark(id: str, words: str) -> str:
        rendering.terms_used.setdefault(id, {})[page.address] = page.title
        told = {"label": inert(terms[id].label), "definition": inert(opening(terms[id].definition))}
        return fill(rendering, "word.html.j2", page.address, id=id, words=words, **told).strip()

    return mark_first_uses(page.body, tuple(terms.values()), mark)


def _stands(rendering: Rendering, page: Page) -> list[tuple[str, Claim, str]]:
    """What each article says on the matter of a chapter: its name, a claim, and the words of the verdict on it."""
    subject = rendering.subject
    claims = found(rendering, "claim", page.claims)
    return [
        (name_of(article), claim, subject.site.label("verdict", claim.verdict))
        for article in subject.of("article")
        for claim in claims
        if claim.article == article.id
    ]


@dataclass(frozen=True)
class Note:
    """A number of a text, as the margin beside it explains it."""

    number: int
    figure: Figure
    views: tuple[RowView, ...]


def _sharing_image(rendering: Rendering, pen: Pen) -> str:
    """The chart that stands for a page where it is shared: its own first one, else none, and the site's image does."""
    return next((f"charts/{id}.png" for id in pen.charts if id in rendering.drawings), "")


def _with_margin(rendering: Rendering, pen: Pen, body: str) -> str:
    """The text with the notes of each paragraph or list before it; a chart or other block has its sources with it."""
    return "\n\n".join(
        f"{_margin(rendering, pen, block)}\n\n{block}" if REFERENCE.search(block) and not BLOCK.match(block) else block
        for block in _blocks(body)
    )


def _blocks(body: str) -> list[str]:
    """The paragraphs of a text; the items of a list stay together."""
    blocks: list[str] = []
    for piece in re.split(r"\n{2,}", body):
        if blocks and LIST.match(blocks[-1]) and LIST.match(piece):
            blocks[-1] += f"\n\n{piece}"
        else:
            blocks.append(piece)
    return blocks


def _margin(rendering: Rendering, pen: Pen, block: str) -> str:
    notes = []
    for match in REFERENCE.finditer(block):
        figure = pen.notes[int(match[1]) - 1]
        views = tuple(view_of(rendering, row) for row in figure.rows)
        notes.append(Note(int(match[1]), figure, views))
    return fill(rendering, "margin.html.j2", pen.address, notes=notes).strip()


def mirror_in_text(rendering: Rendering, pen: Pen, mirror: Mirror) -> Markup:
    """Two ages as HTML, their texts with figures from calls."""
    subject = rendering.subject

    def words(entry: MirrorEntry | None, *at: str | int) -> dict[str, Markup]:
        keys = ("title", "text") if entry else ()
        return {key: write_words(pen, getattr(entry, key), mirror.marks.where(*at, key)) for key in keys}

    texts = {
        number: {
            "left": words(step.left, "steps", number - 1, "left"),
            "right": words(step.right, "steps", number - 1, "right"),
        }
        for number, step in enumerate(mirror.steps, 1)
    }
    context = {
        "mirror": mirror,
        "steps": steps_of(subject, mirror),
        "texts": texts,
        "numbers": {party.id: number for number, party in enumerate(subject.site.parties, 1)},
        "differences": [
            (part.title, write_words(pen, part.text, mirror.marks.where("differences", at)))
            for at, part in enumerate(mirror.differences)
        ],
        "sources": [source for source in (subject.find("source", id) for id in mirror.sources) if source],
    }
    return Markup(fill(rendering, "mirror.html.j2", pen.address, **context))
