"""Finds the first use of each term in prose, where its definition can be opened."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from generator.model import Term

_UNTOUCHED = r"""
    \{\{.*?\}\} | \{%.*?%\} | \{//.*?//\}                                      # calls, statements and comments
    | ^(?P<fence>```|~~~).*?^(?P=fence) | (?<!`)(?P<tick>`{1,3})(?!`).*?(?P=tick)               # code
    | ^\#{1,6}\s[^\n]* | ^[ ]*\|[^\n]*                                         # headings and rows of tables
    | <(?P<tag>a|button|cite|code|data|figure|h[1-6]|nav|pre|q|script|style|summary|svg|table)\b.*?</(?P=tag)\s*>
    | <[^>]*>
    | !?\[(?:[^\[\]]|\[[^\]]*\])*\](?:\([^)]*\)|\[[^\]]*\])                   # links and pictures
    | https?://\S+
    | \{[:\#.][^}\n]*\} | &\#?\w+;
    | “[^”]*” | "(?:[^"\n]|\n(?!\n))*"                                         # words of others and titles
"""


LEAST_OPENING = 60
_STOP = re.compile(r"(?:(?<=[^\W\d_]{3}[.!?])|(?<=[\d)”’][.!?]))[ ](?=[A-Z“])")
"""Between two sentences; a stop behind a short word such as "St." ends none."""


def forms_of(term: Term) -> tuple[str, ...]:
    """The label and every other form, in each of which the term stands in prose."""
    return (term.label, *term.forms)


def key_of(form: str) -> str:
    """What two spellings of a form share: the case of the first letter and the width of spaces do not count."""
    words = " ".join(form.split())
    return words[:1].casefold() + words[1:]


def opening(text: str) -> str:
    """The first sentence of a text on one line, and more of them while they say little."""
    sentences = _STOP.split(" ".join(text.split()))
    number = 1
    while number < len(sentences) and len(" ".join(sentences[:number])) < LEAST_OPENING:
        number += 1
    return " ".join(sentences[:number])


def mark_first_uses(text: str, terms: Sequence[Term], mark: Callable[[str, str], str]) -> str:
    """The prose with the first use of each term replaced by `mark(id, words)`: whole words, the longest form first.

    Headings, links, code, tables, calls and what stands between quotation marks are left as they are. The text may be a
    template: what `mark` gives becomes a part of it.
    """
    ids = {key_of(form): term.id for term in reversed(terms) for form in forms_of(term)}
    if not ids:
        return text
    done: set[str] = set()

    def replace(match: re.Match[str]) -> str:
        words = match["words"]
        id = ids[key_of(words)] if words else ""
        if not words or id in done:
            return match[0]
        done.add(id)
        return mark(id, words)

    return _pattern(tuple(ids)).sub(replace, text)


@lru_cache(maxsize=64)
def _pattern(keys: tuple[str, ...]) -> re.Pattern[str]:
    forms = "|".join(_any_case(key) for key in sorted(keys, key=lambda key: (-len(key), key)))
    words = rf"(?P<words>(?<![\w-])(?:{forms})(?![\w-]))"
    return re.compile(f"{_UNTOUCHED} | {words}", re.VERBOSE | re.DOTALL | re.MULTILINE)


def _any_case(key: str) -> str:
    """A pattern for a form with a small or a capital first letter, its words perhaps on two lines."""
    first, rest = key[0], key[1:]
    start = f"[{re.escape(first)}{re.escape(first.upper())}]" if first != first.upper() else re.escape(first)
    return start + r"(?:[ ]|\n(?!\n))".join(re.escape(word) for word in rest.split(" "))
