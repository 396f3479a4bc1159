"""Runs a command and tells its seconds and its memory; the middle of several runs, and the slope of growth."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
WATCH = Path(__file__).parent / "watch.py"


@dataclass(frozen=True)
class Run:
    """What one command took: seconds on the clock, seconds of all cores, and bytes of its largest process."""

    seconds: float
    core_seconds: float
    peak: int


class CommandFailed(Exception):
    """A command that was to be measured failed; the message is the command and the end of what it printed."""


def run(command: Sequence[str | Path], folder: Path = ROOT, environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end, quietly. Raises `CommandFailed`."""
    words = [str(word) for word in command]
    with tempfile.TemporaryDirectory() as work:
        report = Path(work) / "used.json"
        done = subprocess.run(
            [sys.executable, "-I", WATCH, report, *words],
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode != 0:
            raise CommandFailed(f"{' '.join(words)}\n{(done.stdout + done.stderr)[-3000:]}")
        return Run(*json.loads(report.read_text("utf-8")))


def told(run: Run) -> str:
    """The seconds of a run; those of all cores show what a busy machine hides."""
    return f"{run.seconds:.2f} s, {run.core_seconds:.2f} s of all cores"


def generator(command: str, site: Path) -> Run:
    """Run a command of the generator, as a maintainer does, on the site that stands in a folder."""
    folders = {"data": "data", "docs": "docs", "config": "mkdocs.yml", "out": "build/docs", "site": "site"}
    options = [part for name, place in folders.items() for part in (f"--{name}", site / place)]
    return run([sys.executable, "-m", "generator", command, *options])


def middle(runs: Iterable[Run]) -> Run:
    """The median of each measure by itself."""
    taken = list(runs)
    return Run(
        median(one.seconds for one in taken),
        median(one.core_seconds for one in taken),
        int(median(one.peak for one in taken)),
    )


def slope(amounts: Mapping[int, float]) -> float:
    """The exponent of growth, by size: the steepest slope between two neighbouring sizes, both as logarithms."""
    points = sorted(amounts.items())
    return max(log(more / less) / log(large / small) for (small, less), (large, more) in pairwise(points))


def added_slope(amounts: Mapping[int, float]) -> float:
    """The same for what more records add to the smallest size, from the second size to the largest.

    What every build takes is left out of it, and so it shows more; where little is added it shows chance too.
    """
    (least, base), *more = sorted(amounts.items())
    (small, less), (large, most) = more[0], more[-1]
    added = max(less - base, 1e-9), max(most - base, 1e-9)
    return log(added[1] / added[0]) / log((large - least) / (small - least))
