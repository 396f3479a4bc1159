"""Runs both tools on a finished site, says what is under the bar, and keeps what was measured.

python -m checkup                            every kind of page, three runs each; writes data/measurements.yml
python -m checkup --pages / /story/oil/      Lighthouse on these pages alone; writes no record
python -m checkup --runs 1 --pages /         the same, quicker
"""

from __future__ import annotations

import argparse
import datetime
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from checkup.kinds import Kind, kinds_on
from checkup.lighthouse import AIMS, CATEGORIES, Measured, ToolFailed, measure
from checkup.record import RECORD, records_of, write_records
from checkup.validator import Validated, validate
from tests.serving import served

OK, UNDER_THE_BAR, NO_RESULT = 0, 1, 2
FOLDER = Path("build/audit")


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 0 when every page reaches the bar, 1 when one does not, 2 when a tool gave no result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=Path("site"), help="the finished site")
    parser.add_argument("--pages", nargs="*", default=[], help="addresses of pages; every kind of page by default")
    parser.add_argument("--runs", type=int, default=3, help="how often each page is looked at")
    options = parser.parse_args(arguments)
    missing = [f"There is no {tool} here. {advice}" for tool, advice in TOOLS.items() if not shutil.which(tool)]
    if missing:
        print("\n".join(missing), file=sys.stderr)
        return NO_RESULT
    try:
        return _look(options.site.resolve(), options.pages, options.runs)
    except ToolFailed as failure:
        print(failure, file=sys.stderr)
        return NO_RESULT


TOOLS = {"npx": "Install Node 20 or newer.", "java": "Install Java 17 or newer: the HTML validator needs it."}


def _look(site: Path, pages: Sequence[str], runs: int) -> int:
    shutil.rmtree(FOLDER, ignore_errors=True)
    kinds = [kind for kind in kinds_on(site) if not pages or kind.address in pages]
    kinds += [Kind(page, page, 1, True) for page in pages if page not in {kind.address for kind in kinds}]
    validated = None if pages else validate(site)
    measured, browser = [], ""
    with served(site) as host:
        for kind in kinds:
            one, browser = measure(kind, host + kind.address, runs, FOLDER / "lighthouse")
            measured.append(one)
            print(_line(one), flush=True)
    if validated:
        write_records(records_of(measured, runs, browser, validated, datetime.date.today()))
        print(f"\n{RECORD} says what was measured; make the site again to show it.")
    findings = findings_in(measured, validated)
    _keep(measured, validated, findings)
    print("\n".join([f"\n{len(findings)} findings", *findings]) if findings else "\nNothing is under the bar.")
    return UNDER_THE_BAR if findings else OK


def _line(one: Measured) -> str:
    """A row of the table: the middle scores in their order, and the page."""
    aims = "".join(f"  {name} below {aim}" for name, aim in AIMS.items() if one.scores[name] < aim)
    return "  ".join(f"{name} {one.scores[name]:>3}" for name in CATEGORIES) + f"  {one.kind.address}{aims}"


def findings_in(measured: Sequence[Measured], validated: Validated | None) -> list[str]:
    """What a person has to mend, a line each."""
    found = [
        f"{one.kind.address}: {name} {one.scores[name]}, for {', '.join(one.failed[name]) or 'no audit that counts'}"
        for one in measured
        for name in one.under_the_bar
    ]
    if validated:
        found += validated.findings
        found += [f"checkup/known.yml: nothing says “{known.message}” any more" for known in validated.unneeded]
    return found


def _keep(measured: Sequence[Measured], validated: Validated | None, findings: Sequence[str]) -> None:
    """Write the summary beside the reports of the single runs."""
    summary = {
        "scores": {one.kind.address: dict(one.scores) for one in measured},
        "known": {known.message: number for known, number in validated.known} if validated else {},
        "findings": list(findings),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
