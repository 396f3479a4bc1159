"""What is wrong with an author's file: where, what, the value and how to mend it."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.letters import visible


@dataclass(frozen=True, order=True)
class Where:
    """A line of a file. `path` is relative to the folder the command was run for, with `/`; `line` counts from 1."""

    path: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of an author's file, with the mend and the name of the rule it breaks."""

    where: Where
    message: str
    fix: str = ""
    rule: str = ""

    def __str__(self) -> str:
        mend = f" {_cut(self.fix)}" if self.fix else ""
        return visible(f"{self.where}: {_cut(self.message)}.{mend} [{self.rule}]")


class Refusal(Exception):
    """The build stops, and these are the reasons."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sort_problems(problems)
        super().__init__(report_for_people(self.problems))


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file, line and message."""
    return tuple(sorted(set(problems)))


def report_for_people(problems: Sequence[Problem]) -> str:
    """One line a problem, then their number."""
    lines = [str(problem) for problem in sort_problems(problems)]
    return "\n".join([*lines, count_of_problems(len(lines))])


def report_for_github(problems: Sequence[Problem]) -> str:
    """The same as workflow commands, which GitHub shows beside the lines of a pull request."""
    lines = []
    for problem in sort_problems(problems):
        text = f"{_cut(problem.message)}. {_cut(problem.fix)}".strip()
        escaped = visible(text).replace("%", "%25")
        path = visible(problem.where.path).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
        lines.append(f"::error file={path},line={problem.where.line},title={problem.rule}::{escaped}")
    return "\n".join([*lines, count_of_problems(len(lines))])


def count_of_problems(number: int) -> str:
    return "no problems" if number == 0 else f"{number} problem{'' if number == 1 else 's'}"


def show(value: object, most: int = 60) -> str:
    """A value as the author wrote it, quoted and cut, for a message."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return json.dumps(_cut(text, most), ensure_ascii=False)


def _cut(text: str, most: int = 2_000) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence with the nearest known word, or with the known words where they are few, or nothing."""
    choices = sorted(set(known))
    near = difflib.get_close_matches(word, choices, n=1, cutoff=0.6)
    if near:
        return f'Did you mean "{near[0]}"?'
    if 0 < len(choices) <= 12:
        return f"Known: {', '.join(choices)}."
    return ""
