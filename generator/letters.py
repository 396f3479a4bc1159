"""Characters that no text needs: they do not print, or turn the text around them."""

from __future__ import annotations

import re
import unicodedata

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for tab and line end
    "\u2028\u2029"  # line ends that only some programs know
    "\u202a-\u202e\u2066-\u2069"  # marks that turn the order of what follows them round
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb"  # halves of characters, no characters, notes between lines
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)


def find_unprintable(text: str) -> re.Match[str] | None:
    """The first character that may stand in no text."""
    return None if text.isascii() and text.isprintable() else _UNPRINTABLE.search(text)


def name_of_letter(letter: str) -> str:
    """A character for a message: `U+202E, RIGHT-TO-LEFT OVERRIDE`."""
    return f"U+{ord(letter):04X}, {unicodedata.name(letter, 'which does not print')}"


def visible(text: str) -> str:
    """The text on one line, with an escape for each character that does not print."""
    printable = _UNPRINTABLE.sub(lambda match: ascii(match[0])[1:-1], text)
    return printable.replace("\n", r"\n").replace("\t", r"\t")
