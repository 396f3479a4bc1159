"""Runs the weekly commands and puts what they found into one report."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKS: Mapping[str, str] = {
    "check-today": "Records and pages, as of today",
    "check-links": "Addresses elsewhere that we link to",
    "check-packages": "Known holes in the packages that are locked",
    "compare-engines": "The second site engine beside the first",
}
REPORT = Path("build/weekly.md")
# GitHub takes 65,536 characters for an issue: four of these, with four spaces before each line.
MOST_CHARACTERS = 9_000


@dataclass(frozen=True)
class Outcome:
    """What one command printed, and whether it found something."""

    command: str
    found: bool
    printed: str


def run(command: str) -> Outcome:
    """Run one make target, showing what it prints as well as keeping it."""
    # Not GITHUB_ACTIONS: its marks beside lines are for a change that is being read, not for a report.
    environment = {name: value for name, value in os.environ.items() if name not in ("GITHUB_ACTIONS", "MAKEFLAGS")}
    done = subprocess.run(
        ["make", "--no-print-directory", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        text=True,
        check=False,
    )
    print(done.stdout, end="", flush=True)
    return Outcome(command, done.returncode != 0, done.stdout)


def render_report(outcomes: list[Outcome]) -> str:
    """The report as Markdown: what was found, each in a block of its own; the rest in a line."""
    lines = ["The weekly run found something that a person has to look at."]
    for outcome in outcomes:
        lines += ["", f"## {CHECKS[outcome.command]}", ""]
        if not outcome.found:
            lines.append(f"`make {outcome.command}` found nothing.")
            continue
        lines += [f"`make {outcome.command}` says:", "", *_as_block(outcome.printed)]
    return "\n".join(lines) + "\n"


def _as_block(text: str) -> list[str]:
    """Indented, so that nothing in it is a mention, a link or the end of the block; a long text loses its middle."""
    if len(text) > MOST_CHARACTERS:
        half = MOST_CHARACTERS // 2
        text = f"{text[:half]}\n[the middle is left out: see the log]\n{text[-half:]}"
    return [f"    {line}".rstrip() for line in text.splitlines()]


def main() -> int:
    """Run every command, whatever the others found, and write the report. Returns 1 if one found something."""
    outcomes = [run(command) for command in CHECKS]
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(render_report(outcomes), "utf-8")
    found = [outcome.command for outcome in outcomes if outcome.found]
    print(f"{REPORT} says what was found by: {', '.join(found)}" if found else "Nothing was found.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
