"""Lighthouse: how a page does on a phone, several times, and the middle of that."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkup.kinds import Kind
from tests.browser import find_browser, launch_arguments

VERSION = "12.8.2"
"""Named here because npx keeps no lock."""
BARS = {"accessibility": 100, "best-practices": 100, "seo": 100}
"""What every page must reach."""
AIMS = {"performance": 95}
"""What is told and not held: it hangs on the machine that measures."""
CATEGORIES = (*BARS, *AIMS)
SECONDS = 180


class ToolFailed(Exception):
    """A tool gave no result; the message says what it printed."""


@dataclass(frozen=True)
class Measured:
    """The middle scores of a page, of 100, and the audits that it failed in any run, by category."""

    kind: Kind
    scores: Mapping[str, int]
    failed: Mapping[str, tuple[str, ...]]

    @property
    def under_the_bar(self) -> list[str]:
        """The categories in which the page does not reach what it must."""
        return [category for category, bar in BARS.items() if self.scores[category] < bar]


def measure(kind: Kind, address: str, runs: int, folder: Path) -> tuple[Measured, str]:
    """Look at one page so many times; also the browser that was used. Each report is kept in the folder."""
    name = kind.address.strip("/").replace("/", "-") or "home"
    reports = [_run(kind, address, folder / f"{name}-{run}.json") for run in range(1, runs + 1)]
    return middle(kind, reports), browser_of(reports[0])


def _run(kind: Kind, address: str, path: Path) -> dict[str, Any]:
    command = ["npx", "--yes", f"lighthouse@{VERSION}", address, "--quiet", "--output=json", f"--output-path={path}"]
    flags = " ".join(["--headless=new", *launch_arguments()])
    options = [f"--only-categories={','.join(CATEGORIES)}", "--disable-full-page-screenshot", f"--chrome-flags={flags}"]
    if not kind.is_listed:  # it is meant to be in no search engine, so it is not asked whether it may be
        options.append("--skip-audits=is-crawlable")
    path.parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "CHROME_PATH": str(find_browser())}
    try:
        done = subprocess.run(
            [*command, *options], capture_output=True, text=True, env=environment, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ToolFailed(f"Lighthouse did not end with {kind.address}") from error
    if done.returncode != 0:
        raise ToolFailed(f"Lighthouse stopped at {kind.address}: {done.stderr.strip()[-600:]}")
    report: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return report


def middle(kind: Kind, reports: Sequence[Mapping[str, Any]]) -> Measured:
    """The middle of the scores of several reports on one page. Raises `ToolFailed` where one has no score."""
    scores = {name: [_score(report, name, kind) for report in reports] for name in CATEGORIES}
    failed = {
        name: tuple(sorted({audit for report in reports for audit in _failed_in(report, name)})) for name in CATEGORIES
    }
    return Measured(kind, {name: int(statistics.median_low(found)) for name, found in scores.items()}, failed)


def _score(report: Mapping[str, Any], category: str, kind: Kind) -> int:
    score: float | None = report["categories"][category]["score"]
    if score is None:
        raise ToolFailed(f"Lighthouse has no score for {category} of {kind.address}")
    return round(score * 100)


def _failed_in(report: Mapping[str, Any], category: str) -> list[str]:
    """The audits that count in a category and were not passed."""
    counted = [part["id"] for part in report["categories"][category]["auditRefs"] if part["weight"] > 0]
    scores = {id: report["audits"][id]["score"] for id in counted}
    return [id for id, score in scores.items() if score is not None and score < 1]


def browser_of(report: Mapping[str, Any]) -> str:
    """The browser of a report: "Chromium 130"."""
    agent = str(report["environment"]["hostUserAgent"])
    return f"Chromium {agent.partition('Chrome/')[2].partition('.')[0]}"
