"""The frozen records of which a subject is made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from typing import Annotated, Any, Literal, get_args, get_origin
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import SkipJsonSchema

from generator.dates import NOTATION, Span, parse_span
from generator.problems import Problem, Where

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
ABOVE_ZERO = r"^([0-9]*[1-9][0-9]*(\.[0-9]+)?|0+\.[0-9]*[1-9][0-9]*)$"


@dataclass(frozen=True)
class Ref:
    """Marks a field that holds the id of a record of this kind."""

    kind: str


@dataclass(frozen=True)
class Word:
    """Marks a field that holds a word of this vocabulary of `site.yml`."""

    vocabulary: str


@dataclass(frozen=True)
class Prose:
    """Marks a text that readers read and in which every figure is a call."""


@dataclass(frozen=True)
class Marks:
    """Where a record and each part of it stand in their file."""

    path: str = "?"
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)

    def where(self, *at: str | int) -> Where:
        """The line of the part reached by these keys, or of the nearest part around it."""
        place = tuple(at)
        while place and place not in self.lines:
            place = place[:-1]
        return Where(self.path, self.lines.get(place, 1))


def _that_can_be_read(address: str) -> str:
    try:
        urlsplit(address)
    except ValueError as error:
        raise ValueError("is no address") from error
    return address


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
Told = Annotated[str, StringConstraints(min_length=1, pattern=r"\S"), Prose()]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"']+$"), AfterValidator(_that_can_be_read)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
When = Annotated[
    Span,
    PlainValidator(parse_span),
    PlainSerializer(str),
    WithJsonSchema({"type": ["string", "integer"], "description": NOTATION, "format": "edtf"}),
]
SourceId = Annotated[str, Ref("source")]
EventId = Annotated[str, Ref("event")]
PersonId = Annotated[str, Ref("person")]
PartyId = Annotated[str, Ref("party")]
SeriesId = Annotated[str, Ref("series")]
PlaceId = Annotated[str, Ref("place")]
Theme = Annotated[str, Word("theme")]


class Part(BaseModel):
    """A piece of a record: unknown keys and wrong types are refused, nothing is coerced."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True)


class Record(Part):
    """Something with an id that other records and pages can name."""

    marks: SkipJsonSchema[Marks] = Field(default=Marks(), exclude=True, repr=False)
    id: Id = Field(
        description="Lower-case letters, digits and hyphens; part of public addresses, so it does not change."
    )

    @property
    def kind(self) -> str:
        return next(name for name, kind in KINDS.items() if kind is type(self))

    @property
    def name(self) -> str:
        return f'{self.kind} "{self.id}"'

    def problem(self, message: str, fix: str = "", at: Sequence[str | int] = ()) -> Problem:
        """A problem of this record. `at` are the keys that lead to the faulty part."""
        return Problem(self.marks.where(*at), f"{self.name} {message}", fix)


# --- the site ---------------------------------------------------------------------------------------------------


class Entry(Part):
    """One word of a vocabulary."""

    id: Id
    label: Text = Field(description="What readers see.")
    note: str = Field(default="", description="What the word means here, in a sentence.")
    warning: str = Field(default="", description="Stands at the head of the page of every table that has this grade.")


class Licence(Part):
    """The terms under which the site gives its own text and data."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.-]+$")] = Field(
        description="As licences are known to machines: CC-BY-4.0."
    )
    title: Text
    url: Address


class Unit(Part):
    """A unit of values, which may be a multiple of a base."""

    id: Id
    label: Text = Field(description='As written after a number: "billion US dollars".')
    one: str = Field(default="", description='As written after the number one, where that differs: "vote".')
    base: Id = Field(description="The quantity measured; units of one base convert into each other.")
    factor: Annotated[str, StringConstraints(pattern=ABOVE_ZERO)] = Field(
        default="1", description="How many of the base one of this unit is, as text so that it stays exact."
    )
    short: str = Field(default="", description='On an axis: "billion $".')
    form: Literal["spaced", "percent"] = Field(default="spaced", description="Percent is written with its sign.")


class Hue(Part):
    """The look of a party or series in one palette."""

    line: Colour
    text: Colour


class Party(Record):
    """A side of the relationship, with the colour, dash and point that mean it everywhere."""

    label: Text
    names: tuple[Text, ...] = Field(default=(), description="Every name the party goes by, for rules and search.")
    light: Hue
    dark: Hue
    dash: tuple[int, ...] = Field(default=(), description="Lengths of line and gap; empty is a whole line.")
    point: Literal["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"] = "circle"


class Site(Part):
    """What the site is, who the parties are, and the words its records may use."""

    marks: SkipJsonSchema[Marks] = Field(default=Marks(), exclude=True, repr=False)
    title: Text
    tagline: Text
    description: Text
    question: Text = Field(description="The one open question that the site asks.")
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    as_of: When = Field(description="Today, for every page and rule: a day. No clock is read.")
    licence: Licence | None = Field(default=None, description="Of the site's own text and data; sources keep theirs.")
    parties: tuple[Party, ...] = ()
    units: tuple[Unit, ...] = ()
    vocabularies: Mapping[str, tuple[Entry, ...]] = Field(default_factory=dict)

    def words(self, vocabulary: str) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.vocabularies.get(vocabulary, ())}

    def label(self, vocabulary: str, word: str) -> str:
        """What readers see for a word; the word itself where a rule has already reported it as unknown."""
        entry = self.words(vocabulary).get(word)
        return entry.label if entry else word

    def unit(self, id: str) -> Unit:
        """The unit of this id; one that bears only its id where a rule has already reported it as unknown."""
        return self.units_by_id.get(id) or Unit.model_construct(id=id, label=id, base=id)

    @cached_property
    def units_by_id(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self.units}


class AllowedName(Record):
    """A name with a number in it that prose may use without a row."""

    text: Text = Field(description="Exactly as it stands in prose.")
    reason: Text = Field(description="Why it is a name and not a figure.")


# --- sources and figures ----------------------------------------------------------------------------------------


class Source(Record):
    """A text or data set in which a fact was seen."""

    title: Text
    by: Text = Field(description="Author or publisher; the archive or first publisher for a copy.")
    standing: Annotated[str, Word("standing")] = Field(description="How close to the fact and how independent.")
    issued: str = Field(default="", description="When it was published, in the source's own words.")
    url: Address | None = Field(default=None, description="Only an address that a reader may be sent to.")
    seen_at: str = Field(default="", description="Where the text was read when that is not to be linked.")
    archived: Address | None = None
    accessed: When | None = None
    language: str = ""
    country: str = ""
    licence: str = ""
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One value of a series, with its own sources. `value` is in `unit`; `digits` are the source's own."""

    where: Where
    series: str
    anchor: str
    span: Span
    value: Decimal
    digits: str
    unit: str
    keys: Mapping[str, str]
    sources: tuple[str, ...]
    low: Decimal | None = None
    high: Decimal | None = None
    status: str = "reported"
    note: str = ""

    @property
    def reference(self) -> str:
        """The row as pages and drawings name it for machines: its series and its anchor there."""
        return f"{self.series}#{self.anchor}"

    @property
    def described(self) -> str:
        """The row for a list of candidates: date, keys, value, sources."""
        keys = ", ".join(f"{key}={value}" for key, value in self.keys.items())
        when = f"{self.span} ({keys})" if keys else str(self.span)
        return f"{when}: {self.digits} [{', '.join(self.sources)}] line {self.where.line}"


class Preference(Part):
    """Which of several rows for one date is used, and why."""

    date: When
    keys: Mapping[str, str] = Field(default_factory=dict)
    source: SourceId
    reason: Text


ReviewBy = Annotated[
    When | None,
    Field(description="The day by which someone looks at it again; the weekly check reports it after that."),
]


class Table(Record):
    """What series and registers share: what the rows are and how far to trust them."""

    title: Text
    theme: Theme
    definition: Text
    geography: str = ""
    coverage: str = ""
    reporter: str = ""
    licence: str = ""
    grade: Annotated[str, Word("grade")]
    grade_reason: Text
    caveats: tuple[Text, ...] = ()
    review_by: ReviewBy = None
    columns: Mapping[str, str] = Field(
        default_factory=dict, description="Each column of its own in the CSV file, and what it means."
    )


class Operand(Part):
    """Rows that a computed row is made of: those of the same date and of every other key that both have."""

    series: SeriesId
    where: Mapping[str, str] = Field(default_factory=dict, description="Column: value that the rows must have.")
    source: SourceId | None = Field(
        default=None, description="Only rows with this source, also where the series prefers another."
    )


class Derivation(Part):
    """How rows of status `derived` were computed, so that the build computes them again."""

    where: Mapping[str, str] = Field(default_factory=dict, description="Which rows; without it all derived ones.")
    dates: When | None = Field(default=None, description="Only rows inside this span.")
    operation: Literal["sum", "difference", "share", "ratio"] = Field(
        description="All operands added; the first less the second; the first in percent of the second; the first "
        "divided by the second."
    )
    of: tuple[Operand, ...] = Field(min_length=2)


class Series(Table):
    """Values over time: a sidecar in YAML beside a CSV file of the same name."""

    unit: str = Field(default="", description="Id of a unit; empty where the CSV file has a column `unit`.")
    frequency: Literal["year", "month", "mixed"] = Field(description="Mixed: single dates, parts of years or periods.")
    price_basis: str = ""
    status: str = Field(default="", description="Official, compiled, derived: in a few words.")
    measure: str = Field(
        default="",
        description="A name that series share which count one thing by one reporter in the same columns; their values "
        "for one period must then agree or be contested.",
    )
    preferred: tuple[Preference, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    rows: SkipJsonSchema[tuple[Row, ...]] = Field(default=(), exclude=True, repr=False)

    def select(self, where: Mapping[str, str]) -> tuple[Row, ...]:
        """The rows whose keys have these values."""
        asked = frozenset(where.items())
        rows, found = self._selected.get(asked, ((), ()))
        if rows is not self.rows:
            found = tuple(row for row in self.rows if all(row.keys.get(key) == value for key, value in where.items()))
            self._selected[asked] = self.rows, found
        return found

    @cached_property
    def _selected(self) -> dict[frozenset[tuple[str, str]], tuple[tuple[Row, ...], tuple[Row, ...]]]:
        """What was asked for before, and of which rows: pages ask for the same ones again and again."""
        return {}

    def preference_among(self, rows: Sequence[Row]) -> Preference | None:
        """The recorded reason to use one of several rows for one date, if there is one."""
        for preference in self.preferred:
            if any(is_preferred(row, preference) for row in rows):
                return preference
        return None

    def drawn_rows(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """Of rows for one date and the same keys only the preferred one, where the sidecar prefers one."""
        preferred = {(p.date, tuple(sorted(p.keys.items()))) for p in self.preferred}
        return tuple(
            row
            for row in rows
            if (row.span, tuple(sorted(row.keys.items()))) not in preferred
            or any(is_preferred(row, preference) for preference in self.preferred)
        )


def is_preferred(row: Row, preference: Preference) -> bool:
    """Whether the preference names this row: its date, its keys and one of its sources."""
    return row.span == preference.date and preference.source in row.sources and dict(row.keys) == dict(preference.keys)


@dataclass(frozen=True)
class TextRow:
    """One line of a register. `span` and `sources` are read from its columns `date` and `source`, where it has them."""

    where: Where
    anchor: str
    cells: Mapping[str, str]
    span: Span | None = None
    sources: tuple[str, ...] = ()


class Register(Table):
    """A table of text beside a CSV file; its cells are no figures. A column `date` holds dates, `source` ids."""

    rows: SkipJsonSchema[tuple[TextRow, ...]] = Field(default=(), exclude=True, repr=False)


# --- history ----------------------------------------------------------------------------------------------------


class Era(Record):
    """A period of the timeline, with the argument for where it begins and ends."""

    title: Text
    date: When
    description: Text
    boundary: Text = Field(description="Why it begins and ends here, and who would draw it elsewhere.")
    sources: tuple[SourceId, ...]


class Event(Record):
    """Something that happened, told neutrally, with its sources."""

    date: When
    title: Text
    summary: Text
    era: Annotated[str, Ref("era")]
    lanes: tuple[Annotated[str, Word("lane")], ...] = Field(min_length=1)
    themes: tuple[Theme, ...] = Field(min_length=1)
    importance: Annotated[int, Field(ge=1, le=3)] = Field(description="1: the spine; 2: the main story; 3: everything.")
    people: tuple[PersonId, ...] = ()
    actors: tuple[Text, ...] = Field(default=(), description="States, bodies and persons without a record.")
    place: str = ""
    warmth: Annotated[int, Field(ge=-2, le=2)] | None = Field(
        default=None, description="An editorial mark on this one act, from -2 (drew apart) to 2 (drew closer)."
    )
    warmth_reason: str = ""
    disputed: str = Field(default="", description="What is disputed about it; empty where nothing is.")
    sources: tuple[SourceId, ...]
    note: str = ""


class Person(Record):
    """Someone who acts in the story, with offices by date."""

    label: Text
    native: str = ""
    native_language: str = ""
    transliteration: str = ""
    native_checked: bool = False
    born: str = ""
    died: str = ""
    roles: tuple[Text, ...] = ()
    relevance: Text
    sources: tuple[SourceId, ...]


class Equivalent(Part):
    """A term in another language."""

    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Za-z]+)*$")]
    text: Text
    romanised: str = ""
    checked: bool = Field(description="Whether the equivalent stood in a text that was read.")


class Term(Record):
    """A word to know, with its definition and equivalents."""

    label: Text
    forms: tuple[Text, ...] = Field(
        default=(), description="Other forms in which it stands in prose, such as the plural; the label counts too."
    )
    definition: Text
    equivalents: tuple[Equivalent, ...] = ()
    related: tuple[Annotated[str, Ref("term")], ...] = ()
    sources: tuple[SourceId, ...]


class Place(Record):
    """A place or line, with all its names."""

    label: Text
    form: Literal["place", "line"] = "place"
    kind_of_place: str = ""
    names: tuple[Equivalent, ...] = ()
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    coordinates_source: SourceId | None = None
    shows: Text = Field(description="What happened here.")
    themes: tuple[Theme, ...] = ()
    sources: tuple[SourceId, ...]
    note: str = ""


class Quotation(Part):
    """At most 25 words of a public document that was seen."""

    text: Text
    language: str
    english: str = ""


class Passage(Part):
    """A part of a document in our own plain words."""

    locator: Text
    plain_words: Text
    quotation: Quotation | None = None


class DocumentQuestions(Part):
    """Questions to put to a document, by skill."""

    sourcing: tuple[Text, ...] = ()
    context: tuple[Text, ...] = ()
    close_reading: tuple[Text, ...] = ()
    corroboration: tuple[Text, ...] = ()


QUESTION_KINDS = {
    "sourcing": "Sourcing",
    "context": "Context",
    "close_reading": "Close reading",
    "corroboration": "Corroboration",
}
"""The skills to which questions on a document belong, and what readers see for each."""


class Document(Record):
    """A historical document: where it is held, and what it says as far as its text was seen."""

    title: Text
    date: When
    date_note: str = ""
    by: Text
    side: str = Field(default="", description="Whose document it is: an id of a party, `both` or `third-party`.")
    kind_of_document: Text
    language: str = ""
    translation: str = ""
    held_at: str = ""
    url: Address | None = None
    seen: str = Field(default="", description="How much of the text was seen; empty where none was.")
    seen_at: str = ""
    rights: str = ""
    description: Text
    easy: str = Field(default="", description="The whole in simple English.")
    passages: tuple[Passage, ...] = ()
    questions: DocumentQuestions = DocumentQuestions()
    answers: DocumentQuestions = DocumentQuestions()
    pairs_with: tuple[Annotated[str, Ref("document")], ...] = ()
    sources: tuple[SourceId, ...]
    note: str = ""


# --- the articles -----------------------------------------------------------------------------------------------


class Article(Record):
    """One of the published texts that the site starts from and checks."""

    title: Text
    author: Text
    author_inferred: bool = False
    identification: str = Field(default="", description="How author and date are known.")
    publication: Text
    issued: Text
    source: SourceId
    thesis: Text
    lens: Text
    stance: Text
    leaves_out: Text
    note: str = ""


class Claim(Record):
    """A sentence of an article in our words, with a verdict on the sentence."""

    article: Annotated[str, Ref("article")]
    paragraph: Annotated[int, Field(ge=1)]
    claim: Text
    kind_of_claim: Annotated[str, Word("claim-kind")]
    theme: Theme
    verdict: Annotated[str, Word("verdict")]
    explanation: Text
    value: str = ""
    unit: str = ""
    checked_value: str = ""
    as_of: When | None = None
    lesson: str = Field(default="", description="What a student can learn from it.")
    review_by: ReviewBy = None
    sources: tuple[SourceId, ...] = ()
    note: str = ""


class Answer(Part):
    """What one article answers to a question."""

    article: Annotated[str, Ref("article")]
    text: Text


class Question(Record):
    """A question that every article answers, with evidence for and against."""

    question: Text
    answers: tuple[Answer, ...]
    evidence_for: tuple[Annotated[str, Ref("claim")], ...] = ()
    evidence_against: tuple[Annotated[str, Ref("claim")], ...] = ()
    note: str = ""


class Position(Part):
    """What one side of a dispute says."""

    holder: Text
    text: Text
    claims: tuple[Annotated[str, Ref("claim")], ...] = ()


class Differing(Part):
    """Rows that give different values for one measure, period and reporter; the page lists them as positions."""

    series: SeriesId
    where: Mapping[str, str] = Field(default_factory=dict, description="Column: value that the rows must have.")
    dates: tuple[When, ...] = Field(default=(), description="Only these dates; without it every date.")


class Contested(Record):
    """Something on which accounts differ, in four slots; nothing is averaged."""

    question: Text
    theme: Theme
    agreed: str = ""
    positions: tuple[Position, ...] = ()
    differing: tuple[Differing, ...] = ()
    evidence: str = ""
    would_settle: str = ""
    events: tuple[EventId, ...] = ()
    sources: tuple[SourceId, ...]


class Correction(Record):
    """A fact that was wrong here: what stood, what stands, why."""

    date: When
    series: SeriesId | None = Field(default=None, description="The series whose row was wrong.")
    row: str = Field(default="", description="The anchor of that row on its data page.")
    record: str = Field(default="", description='Or the record that was wrong, as "event/treaty-1950".')
    old: Text
    new: Text
    cause: Text


class Change(Record):
    """Something new on the site, for readers."""

    date: When
    text: Text = Field(description="What is new, in a sentence.")
    address: Annotated[str, StringConstraints(pattern=r"^/([a-z0-9-]+/)*$")] = Field(description="Where it stands.")


class MirrorSide(Part):
    """One of two ages that lie side by side."""

    years: When
    senior: PartyId
    senior_name: Text = Field(description="Its name in those years.")
    junior: PartyId
    junior_name: Text


class MirrorEntry(Part):
    """What stands on one side of a step: an event, or a finding with its own title and year."""

    event: EventId | None = None
    title: str = Field(default="", description="Instead of the event's title; figures by calls.")
    date: When | None = Field(default=None, description="Where there is no event.")
    text: Text = Field(description="One sentence; figures by calls.")


class MirrorStep(Part):
    """A step of the likeness; a side left out has no counterpart."""

    step: Text
    left: MirrorEntry | None = None
    right: MirrorEntry | None = None


class MirrorDifference(Part):
    """A place where the likeness ends."""

    title: Text
    text: Text


class Mirror(Record):
    """Two ages side by side, step by step, and where the likeness ends."""

    left: MirrorSide
    right: MirrorSide
    steps: tuple[MirrorStep, ...] = Field(min_length=1)
    differences: tuple[MirrorDifference, ...] = Field(min_length=1)
    sources: tuple[SourceId, ...]


class ChecklistColumn(Part):
    """A document to which every criterion is applied."""

    document: Annotated[str, Ref("document")]
    label: Text = Field(description="What the column is called.")


class ChecklistCell(Part):
    """What a document says to a criterion, on what that rests, and what may be doubted."""

    answer: Text = Field(description='A word or two: "Yes", "Not seen".')
    text: Text = Field(description="One sentence; figures by calls.")
    doubt: Text = Field(description="One sentence; figures by calls.")
    events: tuple[EventId, ...] = ()
    documents: tuple[Annotated[str, Ref("document")], ...] = Field(
        default=(), description="Besides that of the column."
    )
    registers: tuple[Annotated[str, Ref("register")], ...] = ()


class Criterion(Part):
    """A question that is put to each document."""

    criterion: Text
    why: Text = Field(description="Why it matters, in one sentence.")
    cells: tuple[ChecklistCell, ...] = Field(min_length=1, description="One for each column, in their order.")


class Checklist(Record):
    """Criteria applied to documents, with room for the reader's own marks."""

    columns: tuple[ChecklistColumn, ...] = Field(min_length=1)
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    sources: tuple[SourceId, ...]


class Redirect(Record):
    """A published address that has moved."""

    old: Annotated[str, StringConstraints(pattern=r"^/([a-z0-9-]+/)+$")] = Field(description="As once published.")
    new: Annotated[str, StringConstraints(pattern=r"^/([a-z0-9-]+/)*$")] = Field(
        description="Where its content is now."
    )


class PageScores(Part):
    """How one page did, of 100 in each category; it stands for the pages that are made like it."""

    title: Text
    address: Annotated[str, StringConstraints(pattern=r"^/\S*$")]
    pages: int = Field(ge=1, description="How many pages are made like it, itself included.")
    accessibility: int = Field(ge=0, le=100)
    best_practices: int = Field(ge=0, le=100)
    seo: int = Field(ge=0, le=100, description="What search engines need.")
    performance: int = Field(ge=0, le=100)


class KnownMessage(Part):
    """What a tool says of the pages and is left as it is."""

    reason: Text = Field(description="Whose fault it is and why it stays.")
    times: int = Field(ge=0, description="How often it was said.")


class Measurement(Record):
    """What a tool from outside found on the finished pages. Written by `make audit`, never by hand."""

    tool: Text
    version: Text
    browser: str = Field(default="", description="With which browser, where the tool uses one.")
    measured: When = Field(description="The day.")
    runs: int | None = Field(default=None, ge=1, description="How often each page was looked at; the middle counts.")
    scores: tuple[PageScores, ...] = Field(default=(), description="Of a tool that gives marks.")
    pages: int | None = Field(default=None, ge=0, description="How many pages were read, by a tool that lists faults.")
    findings: int | None = Field(default=None, ge=0, description="How many faults it listed, the known ones left out.")
    known: tuple[KnownMessage, ...] = ()


# --- what readers see -------------------------------------------------------------------------------------------


class Draw(Part):
    """Rows of a series that a chart draws as one mark: a line, points or bars."""

    series: SeriesId
    where: Mapping[str, str] = Field(default_factory=dict, description="Column: value that the rows must have.")
    source: SourceId | None = Field(
        default=None, description="Only rows with this source, also where the series prefers another."
    )
    frequency: Literal["year", "month", "period", "any"] | None = Field(
        default=None, description="The length of these rows, where it is not the chart's."
    )
    label: Text = Field(description="The name that stands beside the mark.")
    party: PartyId | None = Field(default=None, description="Whose figures these are: gives the colour.")
    dates: When | None = Field(default=None, description="Only rows inside this span.")
    form: Literal["line", "points"] = Field(default="line", description="Points: single figures by different authors.")
    panel: str = Field(default="", description="The era, whole, row or small drawing in which the mark stands.")
    side: Literal["left", "right"] | None = Field(default=None, description="The way that a part of a flow goes.")
    block: str = Field(default="", description="What goes that way; said by the first part of each side of a panel.")
    at: Literal["end", "start", "above", "below"] = Field(default="end", description="Where the name stands.")
    place: PlaceId | None = Field(default=None, description="Where the row stands among places; it has coordinates.")
    link: PlaceId | None = Field(default=None, description="The place at the other end of a straight link.")
    reporter: str = Field(
        default="", description="Who reports these rows, where readers choose whose figures of one thing they see."
    )


class Guess(Part):
    """A value that readers guess before they see the chart."""

    question: Text = Field(description="Asks for one number; names what, whose and when.")
    series: SeriesId
    date: When
    where: Mapping[str, str] = Field(default_factory=dict, description="Column: value that the row must have.")


class Chart(Record):
    """A drawing of rows, with the finding it shows."""

    title: Text = Field(description="A name without figures, for menus.")
    kind_of_chart: Literal[
        "line",
        "two-reporters",
        "dots",
        "panels",
        "slope",
        "dot-range",
        "paired-bars",
        "stacked-share",
        "columns",
        "dumbbell",
        "strip",
        "heat",
        "flow-pair",
        "places",
    ] = Field(
        description="Lines over time; one flow by two reporters, with the gap; months or years that are no complete "
        "series; small drawings on one scale; two dates; one thing by several sources, a row each; bars of two eras, "
        "one block each; parts of a whole, a bar for each panel; a column for each year, month or period, open "
        "where it is a plan or estimate; a row for each panel with two values, joined; a mark for each row "
        "at its date, which are counted and not measured; a row of cells for each mark, a cell for each date, in five "
        "steps; what goes each way in each panel, block against block; "
        "a point for each row at the recorded coordinates of its place, with straight links."
    )
    theme: Theme
    frequency: Literal["year", "month", "period", "any"] = Field(
        default="year",
        description="Rows of another length are kept out, unless a mark names a frequency of its own. Any: where "
        "each row is a mark of its own.",
    )
    unit: Text = Field(description="The unit of the axis; rows convert into it.")
    scale: Literal["linear", "log"] = Field(
        default="linear", description="On a log scale each step up is as many times as much; it has no zero."
    )
    level: Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)?$")] | None = Field(
        default=None, description='A value at which a line runs across, such as "1" where two are equal.'
    )
    level_note: str = Field(default="", description="What stands on that line.")
    steps: tuple[Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)?$")], ...] = Field(
        default=(), description="The four values at which the second to fifth step of cells begin."
    )
    headline: Text = Field(description="The finding, at most 15 words; figures by calls.")
    subtitle: Text = Field(description="Measure, unit, price basis, geography, reporter, period.")
    takeaway: Text = Field(description="What the drawing shows, in a sentence; figures by calls.")
    alt: Text = Field(description="The drawing for someone who cannot see it; figures by calls.")
    notes: tuple[Text, ...] = ()
    questions: tuple[Text, ...] = Field(
        default=(), max_length=2, description="For class, without figures: what it shows, and what it leaves out."
    )
    gap_note: str = Field(default="", description="What stands in a stretch of years without rows.")
    rest: str = Field(
        default="", description="The name of what the parts of a bar leave of the whole; it is given no value."
    )
    width: Literal["text", "wide"] = "text"
    draw: tuple[Draw, ...] = Field(min_length=1)
    events: tuple[EventId, ...] = Field(default=(), max_length=5)
    guess: Guess | None = Field(default=None, description="A row of the chart whose value readers guess first.")

    @property
    def reporters(self) -> tuple[str, ...]:
        """Those whose figures of one thing readers choose among, in the order of the record."""
        return tuple(dict.fromkeys(draw.reporter for draw in self.draw if draw.reporter))


# --- lessons ----------------------------------------------------------------------------------------------------

FORMS = ("20", "40", "60")
"""The lengths, in minutes, in which a lesson runs."""
Form = Literal["20", "40", "60"]
LessonPart = Literal[
    "hook", "background", "words", "documents", "charts", "chart-task", "organiser", "checks", "slip", "talk", "write"
]
PARTS_OF_EVERY_LESSON = ("background", "words", "chart-task", "organiser", "checks", "write")
Level = Annotated[int, Field(ge=1, le=4)]
Decimals = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)?$")]


class Outcome(Part):
    """What a student can do afterwards, and where the lesson asks for it."""

    text: Told = Field(description="Begins with a verb that can be seen: compare, explain, judge.")
    tested_by: tuple[Text, ...] = Field(
        min_length=1,
        description="Ids of checks, or names of parts: documents, charts, chart-task, organiser, slip, talk, write.",
    )


class Hook(Part):
    """What opens the lesson: a question, two sentences that conflict, or a chart."""

    text: Told
    chart: Annotated[str, Ref("chart")] | None = None


class Misconception(Part):
    """What many people think, and what the lesson shows instead."""

    thought: Told
    correction: Told


class LessonDocument(Part):
    """A document of the lesson: its words, head note, questions and answers come from its own record."""

    document: Annotated[str, Ref("document")]
    passages: tuple[Annotated[int, Field(ge=1)], ...] = Field(
        default=(), description="The passages used, counted from one; without it all."
    )
    forms: tuple[Form, ...] = Field(min_length=1, description="The forms of the lesson in which it is read.")


class AskedOfChart(Part):
    """A question on a chart or table, with its answer for the key."""

    question: Told
    answer: Told


class LessonChart(Part):
    """A chart of a data lesson, which stands where other lessons have a document."""

    chart: Annotated[str, Ref("chart")]
    forms: tuple[Form, ...] = Field(min_length=1, description="The forms of the lesson in which it is read.")
    questions: tuple[AskedOfChart, ...] = Field(min_length=1)


class LessonTable(Part):
    """The table of a data lesson: rows of a series."""

    title: Told
    series: SeriesId
    where: Mapping[str, str] = Field(default_factory=dict, description="Column: value that the rows must have.")
    dates: When | None = Field(
        default=None, description="Only rows inside this span; a span of years takes no parts of years."
    )
    names: Mapping[str, str] = Field(
        default_factory=dict, description="Column or value as the series writes it: what students read."
    )
    forms: tuple[Form, ...] = Field(min_length=1, description="The forms of the lesson in which it is read.")
    questions: tuple[AskedOfChart, ...] = Field(min_length=1)


class ChartTask(Part):
    """A chart that students predict, then see, then explain."""

    chart: Annotated[str, Ref("chart")]
    predict: Told
    explain: Told
    answer: Told = Field(description="For the key.")


class OrganiserRow(Part):
    """A row to fill, with what may stand in each of its cells."""

    label: Told
    key: tuple[Told, ...] = Field(min_length=1, description="One text for each column after the first.")


class Organiser(Part):
    """A table that students fill: blank on the sheet, filled in the key."""

    task: Told
    columns: tuple[Told, ...] = Field(min_length=2, description="The head of every column, the first one too.")
    rows: tuple[OrganiserRow, ...] = Field(min_length=2)


class Option(Part):
    """One answer to a closed question, with the feedback it earns."""

    text: Told
    right: bool = False
    feedback: Told


class Check(Part):
    """A closed item with feedback for every option."""

    id: Id
    question: Told
    options: tuple[Option, ...] = Field(min_length=3)


class NumberCheck(Part):
    """A question whose answer is the value of a row."""

    id: Id
    question: Told = Field(description="Names the unit in which to answer.")
    series: SeriesId
    date: When
    where: Mapping[str, str] = Field(default_factory=dict, description="Column: value that the row must have.")
    source: SourceId | None = Field(default=None, description="One of several rows: that of this source.")
    tolerance: Decimals = Field(description="How far off still counts as right, in the unit of the row.")
    feedback: Told


class OrderedItem(Part):
    """One thing to put in order: an event, which has its date, or a row, which has its value."""

    text: Told
    event: EventId | None = None
    series: SeriesId | None = None
    date: When | None = None
    where: Mapping[str, str] = Field(default_factory=dict, description="Column: value that the row must have.")


class OrderCheck(Part):
    """Things to put in order, listed here as they should stand: events by date, rows from the smallest."""

    id: Id
    question: Told
    items: tuple[OrderedItem, ...] = Field(min_length=3)
    feedback: Told


class Slip(Part):
    """A claim of an article with something wrong in it, for students to find."""

    claim: Annotated[str, Ref("claim")]
    task: Told
    answer: Told = Field(description="For the key and the reveal; the claim's own explanation stands beside it.")


class Talk(Part):
    """A form of discussion. Roles are offices; nobody has to speak for a state."""

    form: Literal["structured controversy", "options role play", "gallery walk", "card sort"]
    task: Told
    roles: tuple[Told, ...] = ()
    opt_out: Told = Field(description="What a student does who would rather not take part.")


class WritingTask(Part):
    """What to write, with beginnings of sentences."""

    task: Told
    frames: tuple[Told, ...] = Field(min_length=1)


class Writing(Part):
    """One task in three lengths."""

    sentence: WritingTask
    paragraph: WritingTask
    essay: WritingTask


Levels = Annotated[tuple[Told, ...], Field(min_length=4, max_length=4)]


class Rubric(Part):
    """Four criteria, each with four levels from the lowest to the highest."""

    claim: Levels
    evidence: Levels
    sourcing: Levels
    counter_argument: Levels


class SampleLevels(Part):
    """The level that an answer reaches on each criterion."""

    claim: Level
    evidence: Level
    sourcing: Level
    counter_argument: Level


class Sample(Part):
    """An answer as a student might write it, judged by the rubric."""

    text: Told
    levels: SampleLevels
    note: Told = Field(description="Why it has these levels, and what would lift it.")


class TeacherNotes(Part):
    """What a teacher wants to know before the lesson."""

    wrong_turns: tuple[Told, ...] = Field(min_length=1)
    sensitive: tuple[Told, ...] = Field(
        min_length=1, description="What touches wars, living families or a present conflict."
    )
    support: Told
    stretch: Told
    homework: Told
    back: Told = Field(description="What it builds on.")
    forward: Told = Field(description="What it leads to.")


class Alignment(Part):
    """A place in a curriculum or framework that the lesson serves, by our own mapping."""

    framework: Text
    code: str = ""
    text: Text
    source: SourceId | None = Field(default=None, description="Where the framework was read.")


class Step(Part):
    """A part of the lesson as it runs, with its minutes in each form."""

    part: LessonPart
    title: Told
    text: Told = Field(description="What students do, in one to three sentences.")
    minutes: Mapping[Form, Annotated[int, Field(ge=1)]] = Field(
        min_length=1, description='Form to minutes: {"20": 3, "40": 5}; a form that leaves the step out is not named.'
    )


class Lesson(Record):
    """One inquiry that runs in one period, on paper or screen, with a key."""

    question: Told = Field(description="The title: arguable, at most twelve words.")
    order: int = Field(description="Its place in the list of lessons.")
    stems: tuple[Told, ...] = Field(
        min_length=3, description="Answers that could be argued, each true to the evidence."
    )
    data_lesson: bool = Field(default=False, description="Charts and a table stand in place of documents.")
    levels: tuple[Annotated[str, Word("level")], ...] = Field(min_length=1)
    skills: tuple[Annotated[str, Word("skill")], ...] = Field(min_length=1)
    needs: Told = Field(description="What students need to know or have first.")
    version: Text
    reviewed: When
    review_by: ReviewBy = None
    in_one_breath: Told = Field(description="40 to 60 words in plain language.")
    outcomes: tuple[Outcome, ...] = Field(min_length=3, max_length=3)
    hook: Hook | None = None
    misconceptions: tuple[Misconception, ...] = Field(default=(), max_length=3)
    background: Told = Field(description="At most 300 words.")
    background_easy: Told = Field(description="The same for the lower level, at most 180 words.")
    words: tuple[Annotated[str, Ref("term")], ...] = Field(min_length=6, max_length=10)
    documents: tuple[LessonDocument, ...] = Field(default=(), max_length=4)
    missing_side: Annotated[str, Prose()] = Field(
        default="", description="Why no document of some side is among them, where none is."
    )
    charts: tuple[LessonChart, ...] = Field(default=(), description="Two charts, in a data lesson only.")
    table: LessonTable | None = Field(default=None, description="In a data lesson only.")
    chart_task: ChartTask
    organiser: Organiser
    checks: tuple[Check, ...] = Field(min_length=5, max_length=5)
    number: NumberCheck
    ordering: OrderCheck
    slip: Slip | None = None
    talk: Talk | None = None
    write: Writing
    rubric: Rubric
    samples: tuple[Sample, ...] = Field(min_length=2, max_length=2)
    key: Told = Field(description="What a good answer to the question of the lesson says.")
    teacher_notes: TeacherNotes
    alignment: tuple[Alignment, ...] = Field(min_length=1, description="Our mapping, not endorsed by anybody.")
    chapters: tuple[Annotated[str, Ref("page")], ...] = Field(
        default=(), description="Chapters to read before or after."
    )
    steps: tuple[Step, ...] = Field(min_length=1)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that the lesson has: those every lesson needs, and those of the others that are there."""
        may_have = {
            "hook": self.hook,
            "documents": self.documents,
            "charts": self.charts,
            "slip": self.slip,
            "talk": self.talk,
        }
        return (*PARTS_OF_EVERY_LESSON, *(part for part, block in may_have.items() if block))


# --- prose ------------------------------------------------------------------------------------------------------


class StoryPart(Record):
    """A part of the story: chapters that stand together, and the question that they share."""

    title: Text = Field(description="What a chapter names as its `part`; without figures.")
    question: Text = Field(description="Without figures.")
    charts: tuple[Annotated[str, Ref("chart")], ...] = Field(
        default=(), max_length=3, description="Shown on the front page of the part; a part without any has none."
    )


class Unless(Part):
    """A wider phrase in which a listed word is no fault."""

    text: Text = Field(description="Holds one of the words.")
    reason: Text


class Wording(Record):
    """Words that chapters leave to others, or that fit only some years."""

    rule: Literal["loaded", "metaphor", "evaluation", "attribution", "name", "office"] = Field(
        description="Labels and verbs that take a side; pictures that mislead; judgements, which need someone whose "
        "they are; words that say whose; names, and offices, that do not fit these years."
    )
    words: tuple[Text, ...] = Field(min_length=1, description="Words or phrases, each in every form that is meant.")
    years: When | None = Field(
        default=None, description="A fault only where every year in the sentence lies in this span."
    )
    instead: str = Field(default="", description="What to write.")
    unless: tuple[Unless, ...] = ()
    beside: tuple[Text, ...] = Field(default=(), description="Words in the same sentence with which it is no fault.")


class Reading(Part):
    """A source that a chapter recommends."""

    source: SourceId
    words: Text = Field(description="What it is and in which language; without figures.")


class Page(Record):
    """Prose in `docs/`: the front matter of a Markdown file, and its body."""

    title: Text = Field(description="Without figures; years may stand.")
    description: Text = Field(description="One sentence for search engines; without figures.")
    kind_of_page: Literal["home", "chapter", "about", "index", "teaching"]
    part: str = Field(default="", description="The title of the part of the story to which a chapter belongs.")
    order: int = 0
    form: Literal["usual", "own"] = Field(
        default="usual", description="Own: a chapter without the lengths and the ending that chapters have."
    )
    in_one_breath: str = Field(default="", description="The answer in 40–60 words; figures by calls.")
    easy: str = Field(default="", description="The chapter in easier words, at most 180; figures by calls.")
    unknown: tuple[Text, ...] = Field(default=(), description="What is not known; figures by calls.")
    claims: tuple[Annotated[str, Ref("claim")], ...] = Field(
        default=(), description="What the articles say on this; the page shows each with its verdict."
    )
    read_next: tuple[Reading, ...] = ()
    events: tuple[EventId, ...] = ()
    people: tuple[PersonId, ...] = ()
    places: tuple[Annotated[str, Ref("place")], ...] = ()
    documents: tuple[Annotated[str, Ref("document")], ...] = ()
    contested: tuple[Annotated[str, Ref("contested")], ...] = ()
    unmarked: tuple[Annotated[str, Ref("term")], ...] = Field(
        default=(), description="Terms whose first use on this page is not marked."
    )
    review_by: ReviewBy = None
    address: SkipJsonSchema[str] = Field(default="", exclude=True)
    body: SkipJsonSchema[str] = Field(default="", exclude=True, repr=False)
    body_line: SkipJsonSchema[int] = Field(default=1, exclude=True)


# --- the whole --------------------------------------------------------------------------------------------------

KINDS: dict[str, type[Record]] = {
    "party": Party,
    "allowed": AllowedName,
    "source": Source,
    "series": Series,
    "register": Register,
    "era": Era,
    "event": Event,
    "person": Person,
    "term": Term,
    "document": Document,
    "place": Place,
    "article": Article,
    "claim": Claim,
    "question": Question,
    "contested": Contested,
    "correction": Correction,
    "change": Change,
    "mirror": Mirror,
    "checklist": Checklist,
    "redirect": Redirect,
    "measurement": Measurement,
    "chart": Chart,
    "lesson": Lesson,
    "part": StoryPart,
    "wording": Wording,
    "page": Page,
}


@dataclass(frozen=True)
class Subject:
    """All records of one site: the whole of `data/` and `docs/`."""

    site: Site
    records: Mapping[str, Mapping[str, Record]]
    navigation: Mapping[str, tuple[str, ...]] | None = None
    """The files that the engine's navigation names, in its order and relative to its docs folder, each with the titles
    of the sections around it; `None` where there is no engine."""
    broken: frozenset[tuple[str, str]] = frozenset()
    """Kind and id of records that were there but could not be read; what names them is not wrong for that."""

    def of(self, kind: str) -> tuple[Any, ...]:
        """All records of a kind, in the order in which they were read."""
        return tuple(self.records.get(kind, {}).values())

    def find(self, kind: str, id: str) -> Any | None:
        return self.records.get(kind, {}).get(id)

    def get(self, kind: str, id: str) -> Any:
        """The record of this kind and id, which a rule has already seen to exist."""
        return self.records[kind][id]

    def everything(self) -> Iterator[Record]:
        """Every record of every kind."""
        for kind in self.records.values():
            yield from kind.values()


def find_marked(part: Part, mark: type) -> Iterator[tuple[Any, str, tuple[str | int, ...]]]:
    """Every field of a record with a mark of this kind, with the value it marks and the keys that lead to it."""
    for name, annotation, marks in _fields_with(type(part), mark):
        yield from _find_marked_in(getattr(part, name), annotation, marks, mark, (name,))


@cache
def _fields_with(kind: type[Part], mark: type) -> tuple[tuple[str, Any, tuple[Any, ...]], ...]:
    """The fields of a part that may hold such a mark: their names, annotations and own marks."""
    return tuple(
        (name, info.annotation, marks)
        for name, info in kind.model_fields.items()
        if (marks := tuple(meta for meta in info.metadata if isinstance(meta, mark))) or _holds(info.annotation, mark)
    )


def _holds(annotation: Any, mark: type) -> bool:
    if isinstance(annotation, mark):
        return True
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return bool(_fields_with(annotation, mark))
    return any(_holds(item, mark) for item in get_args(annotation))


def _find_marked_in(
    value: Any, annotation: Any, marks: Sequence[Any], mark: type, at: tuple[str | int, ...]
) -> Iterator[tuple[Any, str, tuple[str | int, ...]]]:
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        found = [*marks, *(meta for meta in metadata if isinstance(meta, mark))]
        yield from _find_marked_in(value, inner, found, mark, at)
    elif isinstance(value, Part):
        for meta, inner_value, inner_at in find_marked(value, mark):
            yield meta, inner_value, (*at, *inner_at)
    elif isinstance(value, tuple):
        inside = [item for item in get_args(annotation) if item is not Ellipsis]
        for index, item in enumerate(value):
            yield from _find_marked_in(item, inside[0] if inside else Any, marks, mark, (*at, index))
    elif isinstance(value, str):
        for choice in get_args(annotation):
            if get_origin(choice) is Annotated:
                yield from _find_marked_in(value, choice, marks, mark, at)
        for meta in marks:
            yield meta, value, at


def authored_fields(kind: type[Part]) -> dict[str, Any]:
    """The keys that an author may write; the others are filled while reading."""
    return {
        name: info
        for name, info in kind.model_fields.items()
        # Pydantic shows type checkers an alias where the running code has a class.
        if not any(isinstance(mark, SkipJsonSchema) for mark in info.metadata)  # type: ignore[misc]
    }


def find_part_inside(annotation: Any) -> type[Part] | None:
    """The model inside `tuple[Model, ...]`, `Model | None` or `Mapping[str, Model]`."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    found = (find_part_inside(inner) for inner in get_args(annotation))
    return next((part for part in found if part is not None), None)


def is_told(info: Any) -> bool:
    """Whether a field holds prose, alone or in a list."""
    return any(isinstance(mark, Prose) for mark in (*info.metadata, *_metadata_inside(info.annotation)))


def marks_inside(info: Any) -> list[Ref | Word]:
    """The `Ref` and `Word` marks of a field, wherever its annotation holds them."""
    return [mark for mark in (*info.metadata, *_metadata_inside(info.annotation)) if isinstance(mark, Ref | Word)]


def _metadata_inside(annotation: Any) -> Iterator[Any]:
    inner = get_args(annotation)
    if get_origin(annotation) is Annotated:
        yield from inner[1:]
    for item in inner:
        yield from _metadata_inside(item)


def slug(text: str) -> str:
    """Text as a part of an address: lower case, letters and digits, hyphens between."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
