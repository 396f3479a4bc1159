"""Dates that know how exact they are, and spans of them, in the notation of EDTF (ISO 8601-2, level 1)."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import cached_property, total_ordering

MONTHS = tuple(calendar.month_name)
NOTATION = 'a year "1949", a month "1949-10", a day "1949-10-01", about "1640~", or a span "1950/1959"'
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<about>~)?", re.ASCII)


@total_ordering
@dataclass(frozen=True)
class Date:
    """A day, month or year of the common calendar; `about` says that the source gives it as approximate."""

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False

    @cached_property
    def first(self) -> datetime.date:
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @cached_property
    def last(self) -> datetime.date:
        """The last day that the date may mean."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def precision(self) -> str:
        """How exact the date is: `year`, `month` or `day`."""
        if self.day:
            return "day"
        return "month" if self.month else "year"

    def __lt__(self, other: Date) -> bool:
        return (self.first, self.last, self.about) < (other.first, other.last, other.about)

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts) + ("~" if self.about else "")


@total_ordering
@dataclass(frozen=True)
class Span:
    """The time from the first day of `start` to the last day of `end`; one date is a span of itself."""

    start: Date
    end: Date

    @property
    def first(self) -> datetime.date:
        return self.start.first

    @property
    def last(self) -> datetime.date:
        return self.end.last

    @property
    def is_one_date(self) -> bool:
        return self.start == self.end

    @property
    def is_year(self) -> bool:
        return self.is_one_date and self.start.precision == "year"

    @property
    def is_month(self) -> bool:
        return self.is_one_date and self.start.precision == "month"

    @property
    def is_whole_years(self) -> bool:
        return self.start.precision == self.end.precision == "year"

    def contains(self, other: Span) -> bool:
        return self.first <= other.first and other.last <= self.last

    def has_the_days_of(self, other: Span) -> bool:
        """Whether both are one time, however it is written: 2023 is 2023-01/2023-12."""
        return (self.first, self.last) == (other.first, other.last)

    def __lt__(self, other: Span) -> bool:
        return self._place < other._place

    @cached_property
    def _place(self) -> tuple[datetime.date, datetime.date, str]:
        return self.first, self.last, str(self)

    def __str__(self) -> str:
        return str(self.start) if self.is_one_date else f"{self.start}/{self.end}"


def parse_date(text: str) -> Date:
    """Read one date. Raises `ValueError` with a sentence for the author."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"is no date; write {NOTATION}")
    year, month, day = (int(match[part]) if match[part] else None for part in ("year", "month", "day"))
    assert year is not None
    if year == 0:
        raise ValueError("is no date; years start at 0001")
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"is no date; there is no month {month}")
    if day is not None and month is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError(f"is no date; {MONTHS[month]} {year} has {calendar.monthrange(year, month)[1]} days")
    return Date(year, month, day, about=bool(match["about"]))


def parse_span(value: object) -> Span:
    """Read a date or a span from text, or from a whole number of four digits. Raises `ValueError` for the author."""
    if isinstance(value, Span):
        return value
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError(f"is no date; write {NOTATION}")
    first, slash, second = str(value).partition("/")
    start = parse_date(first)
    span = Span(start, parse_date(second) if slash else start)
    if span.last < span.first:
        raise ValueError("ends before it starts; swap the dates")
    return span


def format_date(date: Date) -> str:
    """A date in words: "2 March 1969", "March 1969", "1969", "about 1640"."""
    words = [str(date.year)]
    if date.month:
        words.insert(0, MONTHS[date.month])
    if date.day:
        words.insert(0, str(date.day))
    return ("about " if date.about else "") + " ".join(words)


def format_span(span: Span) -> str:
    """A span in words: "2–15 March 1969", "June to August 1958", "1950–59", "2 March 1969"."""
    start, end = span.start, span.end
    if span.is_one_date:
        return format_date(start)
    if start.about or end.about or start.precision != end.precision:
        return f"{format_date(start)} to {format_date(end)}"
    if start.precision == "year":
        return f"{start.year}\u2060–\u2060{_shorten_year(start.year, end.year)}"
    if start.year != end.year:
        return f"{format_date(start)} to {format_date(end)}"
    if start.precision == "month":
        return f"{MONTHS[start.month or 0]} to {format_date(end)}"
    if start.month == end.month:
        return f"{start.day}\u2060–\u2060{format_date(end)}"
    return f"{start.day} {MONTHS[start.month or 0]} to {format_date(end)}"


def _shorten_year(start: int, end: int) -> str:
    return f"{end % 100:02}" if start // 100 == end // 100 else str(end)
