"""The claims of each article with their verdicts, and what names them, as data for templates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from generator.dates import format_span, parse_span
from generator.model import Article, Claim, Contested, Differing, Entry, Question, Row, Source, Subject
from generator.numerals import MINUS, write_digits
from generator.units import with_unit

SHAPES = (
    *("supported", "supported-with-caveat", "imprecise", "outdated", "contradicted", "disputed", "unverifiable"),
    "not-yet-checked",
)
"""The verdicts that have a shape of their own; another word of a subject's vocabulary gets a plain ring."""
SIGNS = {">=": "at least ", "<=": "at most ", ">": "over ", "<": "under ", "~": "about ", "-": MINUS}
_SIGNS = re.compile("|".join(SIGNS))
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_NUMBER = re.compile(rf"(?:{_SIGNS.pattern}|[+{MINUS}])?\d[\d.,]*")


@dataclass(frozen=True)
class Evidence:
    """A question for or against whose answer a claim is evidence."""

    question: Question
    side: str


@dataclass(frozen=True)
class ClaimView:
    """A claim with everything its entry shows."""

    number: int
    claim: Claim
    article: Article
    verdict: Entry
    shape: str
    said: str
    found: str
    sources: tuple[Source, ...]
    is_overdue: bool
    contested: tuple[Contested, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class ArticleView:
    """An article with its claims in the order of its text, and how many have each verdict."""

    article: Article
    name: str
    source: Source | None
    claims: tuple[ClaimView, ...]
    counts: tuple[tuple[Entry, str, int], ...]


def articles_of(subject: Subject) -> tuple[ArticleView, ...]:
    """Every article, its claims by paragraph; within one in the order of the file."""
    views = []
    for article in subject.of("article"):
        claims = sorted((c for c in subject.of("claim") if c.article == article.id), key=lambda c: c.paragraph)
        verdicts = Counter(claim.verdict for claim in claims)
        views.append(
            ArticleView(
                article=article,
                name=name_of(article),
                source=subject.find("source", article.source),
                claims=tuple(_view(subject, article, claim, number) for number, claim in enumerate(claims, 1)),
                counts=tuple((entry, shape, verdicts[entry.id]) for entry, shape in shapes_of(subject)),
            )
        )
    return tuple(views)


def claims_by_id(articles: tuple[ArticleView, ...]) -> Mapping[str, ClaimView]:
    """Every claim of every article as its page shows it, by the id of the claim."""
    return {view.claim.id: view for article in articles for view in article.claims}


def name_of(article: Article) -> str:
    """An article in a few words: its author and the year in which it appeared, where that is known."""
    year = re.search(r"\b\d{4}\b", article.issued)
    return f"{article.author}, {year[0]}" if year else article.author


def shapes_of(subject: Subject) -> tuple[tuple[Entry, str], ...]:
    """Every verdict of the subject with its shape."""
    return tuple((entry, shape_of(entry.id)) for entry in subject.site.vocabularies.get("verdict", ()))


def shape_of(verdict: str) -> str:
    return verdict if verdict in SHAPES else "other"


def party_named(subject: Subject, words: str) -> int:
    """The number of the one party that these words name; 0 where they name none or several."""
    numbers = {
        number
        for number, party in enumerate(subject.site.parties, 1)
        for name in (party.label, *party.names)
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)
    }
    return numbers.pop() if len(numbers) == 1 else 0


def rows_that_differ(subject: Subject, entry: Contested) -> tuple[Row, ...]:
    """The rows that a contested entry lists as positions, in the order in which it names them."""
    return tuple(row for differing in entry.differing for row in rows_of(subject, differing))


def rows_of(subject: Subject, differing: Differing) -> tuple[Row, ...]:
    """The rows that differ: those of the keys that are named, of all dates where none is."""
    series = subject.find("series", differing.series)
    rows = series.select(differing.where) if series else ()
    return tuple(
        row for row in rows if not differing.dates or any(row.span.has_the_days_of(date) for date in differing.dates)
    )


def _view(subject: Subject, article: Article, claim: Claim, number: int) -> ClaimView:
    label = subject.site.label("verdict", claim.verdict)
    return ClaimView(
        number=number,
        claim=claim,
        article=article,
        verdict=subject.site.words("verdict").get(claim.verdict) or Entry(id=claim.verdict, label=label),
        shape=shape_of(claim.verdict),
        said=_said(subject, claim),
        found=_with_unit(subject, claim.checked_value, claim.unit),
        sources=tuple(source for source in (subject.find("source", id) for id in claim.sources) if source),
        is_overdue=claim.review_by is not None and claim.review_by.last < subject.site.as_of.first,
        contested=tuple(
            entry
            for entry in subject.of("contested")
            if any(claim.id in position.claims for position in entry.positions)
        ),
        evidence=tuple(
            Evidence(question, side)
            for question in subject.of("question")
            for side, ids in (("for", question.evidence_for), ("against", question.evidence_against))
            if claim.id in ids
        ),
    )


def _said(subject: Subject, claim: Claim) -> str:
    """The article's figure; a unit that cannot join it, as with "hundreds", stands in brackets."""
    said = _with_unit(subject, claim.value, claim.unit)
    return f"{said} ({subject.site.unit(claim.unit).label})" if said == claim.value and claim.unit else said


def _with_unit(subject: Subject, value: str, unit: str) -> str:
    """A value as readers see it: dates in words, numbers with their unit, other words as they are.

    Several values stand behind semicolons, and so do their units if they differ.
    """
    values, units = ([part.strip() for part in text.split(";")] for text in (value, unit))
    if not all(_NUMBER.fullmatch(part) for part in values):
        return _as_date(value)
    if unit:
        values = [_DIGITS.sub(lambda digits: write_digits(digits[0]), part) for part in values]
    numbers = [_SIGNS.sub(lambda sign: SIGNS[sign[0]], part) for part in values]
    if len(units) == len(values):
        return "; ".join(map(partial(_join, subject), numbers, units))
    return _join(subject, "; ".join(numbers), unit)


def _join(subject: Subject, number: str, unit: str) -> str:
    if unit.startswith("%"):
        return number + unit
    return with_unit(number, subject.site.unit(unit)) if unit else number


def _as_date(value: str) -> str:
    try:
        return format_span(parse_span(value)) if "-" in value else value
    except ValueError:
        return value
