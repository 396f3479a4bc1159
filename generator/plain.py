"""What the text of a page may hold: plain HTML, plain attribute lists, and links to pages and web addresses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import jinja2

from generator.calls import DELIMITERS, pieces_of
from generator.problems import show

CALLED = "\ufffc"
"""Stands for what a call gives, which may be nothing: `<scr{{ unit }}ipt>` is a script."""
TAGS = (
    "abbr|b|blockquote|br|caption|cite|dd|details|div|dl|dt|em|h[2-6]|hr|i|kbd|li|ol|p|q|s|section|small|span|strong"
    "|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|u|ul"
)
ATTRIBUTES = "aria-label|class|colspan|data-search-exclude|dir|id|lang|markdown|open|rowspan|scope|title"
MOST_FAULTS = 20
"""A text with more of them is nonsense, over which the patterns of other rules would take minutes."""
_TAG = re.compile(
    rf"<(?:/(?:{TAGS})\s*|(?:{TAGS})(?:\s+(?:{ATTRIBUTES})(?:=\"[^\"<>{CALLED}]*\")?)*\s*/?)>"
    rf"|<(?:https?://|mailto:)[^\s<>\"'{CALLED}]+>"
)
_OPENING = re.compile(rf"<{CALLED}*[A-Za-z/!?][^<>\n]{{0,60}}>?")
_TARGET = re.compile(rf"\]{CALLED}*(?:\([ \n]*<?(?P<inline>[^)\n]{{0,300}})(?P<end>\))?|\s*:\s*<?(?P<reference>\S+))")
_LIST = re.compile(
    rf"\{{:?[ ]*(?:(?:[#.][\w-]+|(?:{ATTRIBUTES})(?:=(?:\"[^\"\n{CALLED}]*\"|[\w-]+))?)[ ]*)*\}}", re.ASCII
)
_SCHEME = re.compile(r"([^/?#]*):")
_NO_LETTER = re.compile(rf"[\x00-\x20\x7f-\xa0\\{CALLED}]")

Fault = tuple[int, str, str]
"""Where in the text, what is wrong, and the mend."""


def faults_of_text(text: str) -> list[Fault]:
    """Each fault of a text with its line, counted from 0. Faults of calls are said where these are answered."""
    for start, end in DELIMITERS:
        if text.count(start) > text.count(end) + MOST_FAULTS:
            return [(0, f'opens {text.count(start)} times with "{start}" what it does not close', f'Write "{end}".')]
    try:
        read = _Read(text)
    except jinja2.TemplateSyntaxError:
        return []
    found = sorted([*_tags(read.text), *_targets(read.text), *_lists(read.text)])
    return [(read.line_of(at), message, fix) for at, message, fix in found]


class _Read:
    """A text as readers get it: without comments, and with a mark for each call. It knows the lines of the source."""

    def __init__(self, text: str) -> None:
        self.starts, self.lines, pieces, length = [0], [0], [], 0
        for line, kind, piece in pieces_of(text):
            if kind in ("data", "variable_begin"):
                self.starts.append(length)
                self.lines.append(line - 1)
                pieces.append(piece if kind == "data" else CALLED)
                length += len(pieces[-1])
        self.text = "".join(pieces)

    def line_of(self, at: int) -> int:
        place = bisect_right(self.starts, at) - 1
        return self.lines[place] + self.text.count("\n", self.starts[place], at)


def _tags(text: str) -> Iterator[Fault]:
    for match in _OPENING.finditer(text):
        if not _TAG.match(text, match.start()):
            fix = "Write Markdown; a sign that is no tag is &lt;."
            yield match.start(), f"has the HTML {_shown(match[0])}, which a page may not hold", fix


def _targets(text: str) -> Iterator[Fault]:
    for match in _TARGET.finditer(text):
        target = match["reference"] or match["inline"] or ""
        if match["inline"] is not None and not match["end"]:
            yield match.start(), f"has a link without an end, {_shown(match[0])}", "Close it with )."
        scheme = _SCHEME.match(_NO_LETTER.sub("", unescape(target)))
        if scheme and scheme[1].lower() not in ("http", "https", "mailto"):
            yield match.start(), f"links to {_shown(target)}", "Link to a page or to a web address."
        elif not _can_be_read(target):
            yield match.start(), f"links to {_shown(target)}, which is no address", "Correct the address."


def _can_be_read(target: str) -> bool:
    try:
        urlsplit(target)
    except ValueError:
        return False
    return True


def _lists(text: str) -> Iterator[Fault]:
    start = text.find("{")
    while start >= 0:
        if not _LIST.match(text, start):
            said = _shown(text[start : start + 60].partition("\n")[0])
            yield start, f"has a brace that begins no plain list of attributes, {said}", "Write &lbrace; for a brace."
        start = text.find("{", start + 1)


def _shown(text: str) -> str:
    return show(text.replace(CALLED, "{{ … }}"))
