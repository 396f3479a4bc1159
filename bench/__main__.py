"""Measures, prints the table, and writes it for machines too: `make bench`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench.growth import SIZES, lines_of_growth, measure_growth
from bench.measure import CommandFailed, generator
from bench.pace import lines_of_pace, measure_pace
from bench.subjects import CHAPTERS, CHARTS, write_events
from bench.table import Line, as_data, render_table
from bench.weights import lines_of_filters, lines_of_weights, measure_filters, measure_weights


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the parts asked for and print them. Returns 0, whatever aims are missed: the table says so."""
    options = _parser().parse_args(arguments)
    try:
        parts = {title: lines for part in options.only for title, lines in PARTS[part](options).items()}
    except CommandFailed as failure:
        print(f"This command was to be measured and failed: {failure}", file=sys.stderr)
        return 1
    print(render_table(parts))
    _write(options.report, {"machine": _machine(), "runs": options.runs, "parts": as_data(parts)})
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures speed, growth and weight.")
    told = "; ".join(f"{name}: {measure.__doc__}" for name, measure in PARTS.items())
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help=told)
    parser.add_argument("--runs", type=int, default=3, help="how often each is measured; the middle one counts")
    parser.add_argument("--work", type=Path, default=Path("build/bench"), help="the folder for what is measured")
    parser.add_argument("--peers", type=Path, default=Path("build/peers"), help="the environment of the peers")
    parser.add_argument("--site", type=Path, default=Path("site"), help="the finished site that is weighed")
    parser.add_argument("--report", type=Path, default=Path("build/bench.json"), help="the table for machines")
    return parser


# --- parts ------------------------------------------------------------------------------------------------------


def _pace(options: argparse.Namespace) -> dict[str, list[Line]]:
    """generator and engine beside the floor and the peers"""
    runs = measure_pace(options.work.resolve(), options.peers.resolve(), options.runs)
    return {f"Pace: {CHAPTERS} chapters and {CHARTS} charts": lines_of_pace(runs)}


def _growth(options: argparse.Namespace) -> dict[str, list[Line]]:
    """how the generator grows with its records"""
    grown = measure_growth(options.work.resolve(), options.runs)
    return {f"Growth: the generator alone, from {SIZES[0]} records to {SIZES[-1]:,}": lines_of_growth(grown)}


def _weights(options: argparse.Namespace) -> dict[str, list[Line]]:
    """what readers load, and how fast a long timeline filters"""
    work = options.work.resolve()
    weights = measure_weights(options.site.resolve(), work / "eager", options.runs)
    write_events(work / "timeline", SIZES[-1])
    generator("site", work / "timeline")
    filters = measure_filters(work / "timeline/site", options.runs)
    return {
        "Weight: the heaviest page of each kind, compressed": lines_of_weights(weights),
        "Filters: from a choice until it is painted": list(lines_of_filters(filters, SIZES[-1])),
    }


PARTS: Mapping[str, Callable[[argparse.Namespace], dict[str, list[Line]]]] = {
    "a": _pace,
    "b": _growth,
    "c": _weights,
}


# --- the report -------------------------------------------------------------------------------------------------


def _machine() -> dict[str, object]:
    return {"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version()}


def _write(path: Path, told: Mapping[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
