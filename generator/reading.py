"""What has been read of the authors' files so far, and their text."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from generator.letters import find_unprintable, name_of_letter
from generator.model import KINDS, Record
from generator.problems import Problem, Where

MOST_BYTES = 500_000
MOST_LETTERS = 20_000
"""Of one text: of a page, a cell or a value. The longest sensible ones have a tenth of it."""


@dataclass
class Reading:
    """What has been read so far; the only state of the reading modules."""

    records: dict[str, dict[str, Record]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    problems: list[Problem] = field(default_factory=list)
    broken: set[tuple[str, str]] = field(default_factory=set)

    def report(self, where: Where, message: str, fix: str, rule: str) -> None:
        self.problems.append(Problem(where, message, fix, rule))


def read_text(path: Path, name: str, reading: Reading) -> str | None:
    """The text of a file with plain line ends, or `None` and a problem where it is no sensible text."""
    raw = _bytes_of(path, name, reading)
    if raw is None:
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reading.report(Where(name, line), "is not UTF-8", "Save the file as UTF-8.", "files-are-readable")
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    odd = find_unprintable(text)
    if odd:
        where = Where(name, text.count("\n", 0, odd.start()) + 1)
        reading.report(where, f"holds the character {name_of_letter(odd[0])}", "Remove it.", "files-are-readable")
        return None
    return text


def _bytes_of(path: Path, name: str, reading: Reading) -> bytes | None:
    """The content of a plain file; a pipe or device would be waited for."""
    try:
        if not path.is_file():
            reading.report(Where(name), "is no file", "Put a file of text in its place.", "files-are-readable")
        elif path.stat().st_size > MOST_BYTES:
            reading.report(Where(name), f"is larger than {MOST_BYTES} bytes", "Split it.", "files-are-readable")
        else:
            return path.read_bytes()
    except OSError as error:
        reading.report(Where(name), f"cannot be read: {error.strerror}", "Let it be read.", "files-are-readable")
    return None
