"""What has been read of the authors' files so far, and their text."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from generator.model import KINDS, Record
from generator.problems import Problem, Where

MOST_BYTES = 8_000_000


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
    if path.stat().st_size > MOST_BYTES:
        reading.report(Where(name), f"is larger than {MOST_BYTES} bytes", "Split it.", "files-are-readable")
        return None
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reading.report(Where(name, line), "is not UTF-8", "Save the file as UTF-8.", "files-are-readable")
        return None
    if "\0" in text:
        reading.report(Where(name), "holds a NUL character", "Remove it.", "files-are-readable")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
