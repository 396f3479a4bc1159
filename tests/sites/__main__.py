"""Writes what the sites under this folder are expected to give: run by a person, its diff read by another."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from generator.build import build
from generator.pages import World
from tests.sites import BROKEN, SITES, comparable, places_of, report_of


def main() -> int:
    if os.environ.get("CI"):
        print("Expectations are written by a person, never in CI.", file=sys.stderr)
        return 1
    write_expected("ferry")
    for name in BROKEN:
        (SITES / name / "problems.txt").write_text(report_of(name), "utf-8")
    print(f"Wrote {', '.join(['ferry', *BROKEN])}. Read the diff: git diff tests/sites")
    return 0


def write_expected(name: str) -> None:
    """Replace the expected tree of a site by what it builds now."""
    with tempfile.TemporaryDirectory() as work:
        built = build(places_of(SITES / name, Path(work)), World())
    expected = SITES / name / "expected"
    shutil.rmtree(expected, ignore_errors=True)
    for path, text in comparable(built.tree).items():
        target = expected / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
