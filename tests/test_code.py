"""How the code is written: its types, its layout, and words for whoever calls it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """A tool of the environment, run as `make lint` runs it."""
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)


def test_types_fit_and_one_that_does_not_is_seen(tmp_path):
    """One run for both, since most of its time is for reading Altair."""
    planted = tmp_path / "planted.py"
    planted.write_text("from generator.dates import parse_span\n\nYEAR: str = parse_span('1950')\n")

    said = run("mypy", *CONFIG["tool"]["mypy"]["files"], str(planted)).stdout.splitlines()

    assert [line.partition(": ")[2] for line in said if ": error: " in line] == [
        'error: Incompatible types in assignment (expression has type "Span", variable has type "str")  [assignment]'
    ], "\n".join(said)


@pytest.mark.parametrize("command", [("ruff", "check"), ("ruff", "format", "--check")], ids=" ".join)
def test_the_layout_is_that_of_ruff(command):
    done = run(*command)

    assert done.returncode == 0, done.stdout + done.stderr
