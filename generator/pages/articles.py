"""The articles: the index that compares their answers, and each with every claim and its verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generator import addresses
from generator.ledger import ArticleView, ClaimView, articles_of, claims_by_id, shapes_of
from generator.model import Article, Question
from generator.pages.frame import Rendering, add_page, fill, neighbours
from generator.pen import Pen


@dataclass(frozen=True)
class QuestionView:
    """A question with each article's answer, empty where none is recorded, and the claims that bear on it."""

    question: Question
    answers: tuple[tuple[ArticleView, str], ...]
    evidence_for: tuple[ClaimView, ...]
    evidence_against: tuple[ClaimView, ...]


def theses_in_text(rendering: Rendering, pen: Pen, articles: Sequence[Article]) -> Markup:
    """What each article argues, how it looks and what it leaves out, as HTML."""
    chosen = {article.id for article in articles}
    views = [view for view in articles_of(rendering.subject) if view.article.id in chosen]
    return Markup(fill(rendering, "theses.html.j2", pen.address, articles=views))


def readings_in_text(rendering: Rendering, pen: Pen, questions: Sequence[Question]) -> Markup:
    """Questions with the answer of each article, and the claims that bear on it with their verdicts, as HTML."""
    articles = articles_of(rendering.subject)
    claims = claims_by_id(articles)
    context: dict[str, Any] = {
        "names": {view.article.id: view.name for view in articles},
        "key": shapes_of(rendering.subject),
        "questions": [_question_view(question, articles, claims) for question in questions],
        "is_first": "readings" not in pen.drawn_in_text,
    }
    return Markup(fill(rendering, "readings.html.j2", pen.address, **context))


def add_articles(rendering: Rendering) -> None:
    """The page of each article and the index of all."""
    articles = articles_of(rendering.subject)
    for view in articles:
        add_article(rendering, view, articles)
    if articles:
        add_index(rendering, articles)


def add_article(rendering: Rendering, view: ArticleView, articles: tuple[ArticleView, ...]) -> None:
    """The page of one article, claim by claim, with its neighbours."""
    _remember_sources(rendering, view)
    themes = {item.claim.theme for item in view.claims}
    context: dict[str, Any] = {
        "view": view,
        "article": view.article,
        "themes": [entry for entry in rendering.subject.site.vocabularies.get("theme", ()) if entry.id in themes],
        "neighbours": neighbours(articles, view),
    }
    add_page(rendering, "article.md.j2", addresses.article(view.article.id), view.article.marks.path, **context)


def add_index(rendering: Rendering, articles: tuple[ArticleView, ...]) -> None:
    """The page of all articles: their counts side by side, and what each answers to the same questions."""
    subject = rendering.subject
    claims = claims_by_id(articles)
    numbers = zip(*(view.counts for view in articles), strict=True)
    context: dict[str, Any] = {
        "articles": articles,
        "names": {view.article.id: view.name for view in articles},
        "total": len(claims),
        "key": shapes_of(subject),
        "questions": [_question_view(question, articles, claims) for question in subject.of("question")],
        "table": [(row[0][0], row[0][1], [number for _, _, number in row]) for row in numbers],
    }
    add_page(rendering, "articles.md.j2", "/articles/", articles[0].article.marks.path, **context)


def _question_view(
    question: Question, articles: tuple[ArticleView, ...], claims: Mapping[str, ClaimView]
) -> QuestionView:
    answers = {answer.article: answer.text for answer in question.answers}
    return QuestionView(
        question=question,
        answers=tuple((view, answers.get(view.article.id, "")) for view in articles),
        evidence_for=tuple(claims[id] for id in question.evidence_for if id in claims),
        evidence_against=tuple(claims[id] for id in question.evidence_against if id in claims),
    )


def _remember_sources(rendering: Rendering, view: ArticleView) -> None:
    uses = rendering.sources_used
    uses.setdefault(view.article.source, {})[addresses.article(view.article.id)] = view.article.title
    for item in view.claims:
        for source in item.claim.sources:
            address = addresses.claim(view.article.id, item.claim.id)
            uses.setdefault(source, {})[address] = f"{view.name}, paragraph {item.claim.paragraph}"
