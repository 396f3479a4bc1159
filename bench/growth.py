"""How the generator grows with its records: seconds, memory and the bytes of the page that shows them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Run, added_slope, generator, middle, slope, told
from bench.subjects import GROWING
from bench.table import Line, exponent, kilobytes, mebibytes

SIZES = (100, 1_000, 10_000)
KEPT = ("fonts", "library")
"""What a build keeps that holds no record."""
MOST_EXPONENT, MOST_MEMORY = 1.05, 2**30


@dataclass(frozen=True)
class Grown:
    """What so many records of one kind took, and the bytes of the heaviest page that was written."""

    run: Run
    page: int


def measure_growth(folder: Path, runs: int) -> dict[str, dict[int, Grown]]:
    """Each kind of record at each size, built from nothing in folders of their own."""
    return {kind: {size: _measure(folder, kind, size, runs) for size in SIZES} for kind in GROWING}


def _measure(folder: Path, kind: str, size: int, runs: int) -> Grown:
    site = folder / f"{kind.split()[0]}-{size}"
    GROWING[kind](site, size)
    generator("build", site)
    taken = []
    for _ in range(runs):
        _forget(site / "build")
        taken.append(generator("build", site))
    page = max(path.stat().st_size for path in (site / "build/docs").rglob("*.md"))
    return Grown(middle(taken), page)


def _forget(work: Path) -> None:
    """Remove everything that was made of records."""
    for path in work.iterdir():
        if path.is_dir() and path.name not in KEPT:
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()


def lines_of_growth(grown: Mapping[str, Mapping[int, Grown]]) -> list[Line]:
    """For each kind the exponents, and the seconds, memory and page at each size."""
    return [line for kind, sizes in grown.items() for line in _lines_of(kind, sizes)]


def _lines_of(kind: str, sizes: Mapping[int, Grown]) -> Iterator[Line]:
    took = {size: one.run.seconds for size, one in sizes.items()}
    pages = {size: float(one.page) for size, one in sizes.items()}
    beside = f"{exponent(added_slope(took))} of what more records add"
    yield Line(f"{kind}: exponent of seconds", slope(took), exponent, MOST_EXPONENT, beside)
    yield Line(f"{kind}: exponent of bytes of a page", slope(pages), exponent)
    for size, one in sizes.items():
        beside = f"{told(one.run)}; heaviest page {kilobytes(one.page)}"
        yield Line(f"{kind}: memory at {size:,}", one.run.peak, mebibytes, MOST_MEMORY, beside)
