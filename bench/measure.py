"""Runs a command and tells its seconds and its memory; the middle of several runs, and the slope of growth."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent


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
    log_of = Path(os.environ.get("TMPDIR", "/tmp")) / f"bench-{os.getpid()}.log"
    with log_of.open("w+b") as told:
        started = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)),
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        printed = told.read().decode(errors="replace")
    log_of.unlink()
    if process.returncode != 0:
        raise CommandFailed(f"{' '.join(map(str, command))}\n{printed[-3000:]}")
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


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
