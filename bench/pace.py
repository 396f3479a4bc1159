"""Generator and engine beside the floor and the peers: cold, with nothing changed, and after one edited row."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench import subjects
from bench.floor import build_floor, write_floor
from bench.measure import Run, generator, middle, told
from bench.peers import PEERS, Peer, build_peer, edit_row
from bench.table import Line, times

FLOOR, COLD, SAME, EDITED = "floor", "cold", "nothing changed", "one edited row"
ALONE = "one edited row, generator alone"


def measure_pace(folder: Path, environment: Path, runs: int) -> dict[str, Run]:
    """The middle run of each thing that is measured, by name. They take turns, so that none has the quieter machine."""
    site = folder / "book"
    subjects.write_book(site)
    taken: dict[str, list[Run]] = defaultdict(list)
    for number in range(1, runs + 1):
        for what, run in [
            *_measure_ours(site, number),
            *_measure_floor(site, folder / "floor"),
            *(one for peer in PEERS for one in _measure_peer(peer, environment, folder / peer.folder, number)),
        ]:
            taken[what].append(run)
    return {what: middle(one) for what, one in taken.items()}


def _measure_ours(site: Path, number: int) -> Iterator[tuple[str, Run]]:
    for made in ("build", "site"):
        shutil.rmtree(site / made, ignore_errors=True)
    yield COLD, generator("site", site)
    yield SAME, generator("site", site)
    subjects.edit_row(site, 2 * number)
    yield EDITED, generator("site", site)
    subjects.edit_row(site, 2 * number + 1)
    yield ALONE, generator("build", site)


def _measure_floor(site: Path, folder: Path) -> Iterator[tuple[str, Run]]:
    write_floor(site, folder)
    yield FLOOR, build_floor(folder)


def _measure_peer(peer: Peer, environment: Path, folder: Path, number: int) -> Iterator[tuple[str, Run]]:
    peer.write(folder)
    yield f"{peer.name}, {COLD}", build_peer(peer, environment, folder)
    yield f"{peer.name}, {SAME}", build_peer(peer, environment, folder)
    edit_row(peer, folder, number)
    yield f"{peer.name}, {EDITED}", build_peer(peer, environment, folder)


def lines_of_pace(runs: Mapping[str, Run]) -> list[Line]:
    """What was measured, as ratios: to the floor, to the cold run, to each peer."""

    def beside_floor(what: str, aim: float | None = None) -> Line:
        return _ratio(f"{what}, beside the floor", runs[what], runs[FLOOR], aim)

    return [
        Line("the floor: MkDocs with Material alone", 1, times, None, told(runs[FLOOR])),
        beside_floor(COLD, 3),
        beside_floor(SAME, 1.15),
        beside_floor(EDITED),
        _ratio(f"{ALONE}, of the cold run", runs[ALONE], runs[COLD], 1 / 20),
        *(line for peer in PEERS for line in _beside(peer, runs)),
    ]


def _ratio(what: str, run: Run, other: Run, aim: float | None) -> Line:
    return Line(what, run.seconds / other.seconds, times, aim, told(run))


def _beside(peer: Peer, runs: Mapping[str, Run]) -> Iterator[Line]:
    for what in (COLD, SAME, EDITED):
        theirs = runs[f"{peer.name}, {what}"]
        ratio = runs[what].seconds / theirs.seconds
        yield Line(f"{what}, beside {peer.name}", ratio, times, 1 if what == COLD else None, f"it took {told(theirs)}")
