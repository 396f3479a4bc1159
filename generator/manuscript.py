"""Measures prose as readers meet it: its words and the length of its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from statistics import median

_ASIDE = re.compile(
    r"<figure\b.*?</figure>|<svg\b.*?</svg>|<span popover.*?</span>|<a class=\"bf-ref\".*?</a>"
    r"|\{[:#][^}\n]*\}|\]\([^)\s]*\)",
    re.DOTALL | re.MULTILINE,
)
"""What is no running text: drawings, definitions, references, attribute lists and targets of links."""
_MARK = re.compile(r"\*\*|`|\[")
_TABLE = re.compile(r"^[ ]*\|.*?$", re.MULTILINE)
_TAG = re.compile(r"<[^>]+>")
_BLOCK = re.compile(r"\n\s*\n|\n(?=[ ]*(?:[-*+]|\d+\.)[ ])|</(?:p|li|h\d|td|th|dd|dt)>|^#+[^\n]*$", re.MULTILINE)
_WORD = re.compile(r"[^\W_](?:[^\s–—]*[^\W_])?%?")
_STOP = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][”’\")]))\s+(?=[“‘\"(]?[A-ZÀ-Þ\d])")
_SHORT = re.compile(r"(?:\b(?:[A-Z]|[A-Z][a-z]{1,2}|cf|e\.g|i\.e|vs|No|Mr|Dr)\.)$")


@dataclass(frozen=True)
class Measure:
    """How long a text is: its words, and the words of its middle and its longest sentence."""

    words: int
    median: float
    longest: int


def running_text(text: str) -> str:
    """Only what is read in one go, without marks."""
    return _MARK.sub("", unescape(_TAG.sub("", _ASIDE.sub("", text)))).replace("|", " ")


def words_in(text: str) -> int:
    """The words of a text; a figure with its unit is as many as it shows."""
    return len(_WORD.findall(running_text(text)))


def sentences_in(text: str) -> Iterator[str]:
    """The sentences of a text, without its headings and tables."""
    for block in _BLOCK.split(_TABLE.sub("", _ASIDE.sub("", text))):
        piece = ""
        for part in _STOP.split(" ".join(running_text(block).split())):
            piece = f"{piece} {part}".strip()
            if piece and not _SHORT.search(piece):
                yield piece
                piece = ""
        if piece:
            yield piece


def measure(text: str) -> Measure:
    """The lengths of a text in words; a text of no sentence has the lengths 0."""
    lengths = [length for length in (len(_WORD.findall(sentence)) for sentence in sentences_in(text)) if length]
    return Measure(words_in(text), median(lengths) if lengths else 0, max(lengths, default=0))
