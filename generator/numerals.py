"""Writes numbers for readers, and finds the numbers and quantity words that stand in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"
MONTH_NAMES = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_DASH = "[\u2060]?[–/-][\u2060]?"
_DAY, _MONTH = r"(?:3[01]|[12]\d|0?[1-9])", r"(?:1[0-2]|0[1-9])"
_YEAR = r"(?<![\d.,$€£¥])(?:1[5-9]|20)\d\d"
_SCALES = r"hundred|thousand|million|billion|trillion|bn|percent|per\s+cent|pct"
_COUNTED = (
    rf"{_SCALES}|[kmb]n?\b|tons?|tonnes?|km|kilomet\w+|people|men|women"
    r"|soldiers|troops|dollars?|times|barrels?|years?|months?|weeks?|days?"
)
DATES = re.compile(
    rf"""
    \b{_DAY}(?:{_DASH}{_DAY})?\s+(?:{MONTH_NAMES})\b(?:\s+\d{{4}}\b)?         # 2 March 1969, 2–15 March
    | \b(?:{MONTH_NAMES})\s+{_DAY},\s+\d{{4}}\b                               # March 2, 1969
    | \b\d{{4}}-{_MONTH}(?:-{_DAY})?(?:/\d{{4}}-{_MONTH}(?:-{_DAY})?)?\b      # 1969-03, 2017-01/2017-09
    | \b\d{{1,2}}(?:st|nd|rd|th)(?:\s+|-)centur(?:y|ies)\b                    # 19th century
    | {_YEAR}(?:s\b|(?:{_DASH}(?:(?:1[5-9]|20)\d\d|\d\d))?~?(?![\d%$€£¥\w]|[.,]\d|\s*(?:{_COUNTED})\b|\s*[%$€£¥]))
    """,
    re.VERBOSE,
)
_UNITS = "two|three|four|five|six|seven|eight|nine"
_NAMED = (
    f"{_UNITS}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty"
    "|fifty|sixty|seventy|eighty|ninety"
)
_PARTS = "third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|thousandth"
_WORDS = re.compile(
    rf"""
    \b(?:
        (?:an?|one|{_NAMED})[\s-]+(?:{_PARTS})s?\b(?!\s+(?:time|part(?:y|ies)|countr\w+|power|side|state|person)\b)
        | (?:{_PARTS.replace("quarter|", "")})s
        | quarters?
        | half|halves|halved|halving
        | (?:{_NAMED}|hundred|thousand)[\s-]?fold
        | (?:{_NAMED}|hundreds?|thousands?|millions?|billions?|trillions?|dozens?)
          (?:[\s-]+(?:and[\s-]+)?(?:{_NAMED}|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|percent|per\s+cent))*
        | (?:double|triple|treble|quadruple)[sd]?|doubling|tripling|trebling|quadrupling
        | twice|thrice
        | percent|per\s+cent|pct
    )\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ASCII_DIGIT = re.compile("[0-9]")
_AFTER_NUMBER = re.compile(rf"\s*(?:%|(?:{_SCALES})\b)", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Quantity:
    """A number or quantity word and where it begins in the text."""

    start: int
    text: str


def write_number(value: Decimal) -> str:
    """A number with commas between thousands, a dot for decimals and a real minus sign."""
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


def write_digits(digits: str) -> str:
    """The source's own digits, with commas between thousands and a real minus sign."""
    whole, dot, fraction = digits.partition(".")
    sign = MINUS if whole.startswith("-") else ""
    return f"{sign}{int(whole.removeprefix('-')):,}{dot}{fraction}"


def round_figures(value: Decimal, figures: int = 3) -> Decimal:
    """The value with at most this many significant figures, halves away from zero."""
    if value == 0:
        return Decimal(0)
    exponent = value.adjusted() - figures + 1
    if exponent <= value.as_tuple().exponent:  # type: ignore[operator]
        return value
    return value.quantize(Decimal(1).scaleb(exponent), rounding=ROUND_HALF_UP)


def blank(text: str, start: int, end: int) -> str:
    """The text with a stretch replaced by spaces; lines and offsets stay as they were."""
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def blank_matches(pattern: re.Pattern[str], text: str) -> str:
    """The text with a space for each letter that matches, so that every place and line stays where it is."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def blank_names(text: str, names: Iterable[str]) -> str:
    """The text without these names where they stand as whole words, the longest first."""
    for name in sorted((name for name in names if name in text), key=len, reverse=True):
        text = blank_matches(re.compile(rf"(?<!\w){re.escape(name)}(?!\w)"), text)
    return text


def find_quantities(text: str, names: Sequence[str] = ()) -> list[Quantity]:
    """Every number and quantity word that is no year, date or allowed name, in order.

    Digits of every script and fractions count. A year is four digits from 1500 to 2099 without a unit behind it.
    """
    rest = blank_matches(DATES, blank_names(text, names))
    found = list(_numbers(rest))
    for quantity in found:
        rest = blank(rest, quantity.start, quantity.start + len(quantity.text))
    found += [Quantity(match.start(), match[0]) for match in _WORDS.finditer(rest)]
    return sorted(found)


def _numbers(text: str) -> Iterator[Quantity]:
    end = 0
    for position in _places_of_numerals(text):
        if position < end:
            continue
        start = position
        while start > end and not text[start - 1].isspace() and text[start - 1] not in "([{<>\"'“‘—":
            start -= 1
        end = position + 1
        while end < len(text) and not text[end].isspace() and text[end] not in ")]}<>\"'”’—;":
            end += 1
        end = start + len(text[start:end].rstrip(".,:;!?…"))
        behind = _AFTER_NUMBER.match(text, end)
        end = behind.end() if behind else end
        yield Quantity(start, text[start:end])


def _places_of_numerals(text: str) -> Iterator[int]:
    if text.isascii():
        return (match.start() for match in _ASCII_DIGIT.finditer(text))
    return (position for position, character in enumerate(text) if _is_numeral(character))


def _is_numeral(character: str) -> bool:
    """Whether a character is a digit or fraction of any script; letters that name numbers are not."""
    return character.isdigit() or unicodedata.category(character) in ("Nd", "Nl", "No")
