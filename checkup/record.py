"""What was measured as a record of the site's data, from which the statement on accessibility is made."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from checkup import lighthouse, validator
from checkup.lighthouse import Measured
from checkup.validator import Validated

RECORD = Path("data/measurements.yml")
_HEAD = "# Written by `make audit`: no figure here is typed by hand.\n"


class _Whole(yaml.SafeDumper):
    """Writes a value out wherever it stands: our reader refuses an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def records_of(
    measured: Sequence[Measured], runs: int, browser: str, validated: Validated, day: datetime.date
) -> list[dict[str, Any]]:
    """The records of one run, for `data/measurements.yml`."""
    return [
        {
            "id": "lighthouse",
            "tool": "Lighthouse",
            "version": lighthouse.VERSION,
            "browser": browser,
            "measured": day,
            "runs": runs,
            "scores": [
                {
                    "title": one.kind.title,
                    "address": one.kind.address,
                    "pages": one.kind.pages,
                    **{name.replace("-", "_"): one.scores[name] for name in lighthouse.CATEGORIES},
                }
                for one in measured
            ],
        },
        {
            "id": "html-validator",
            "tool": "Nu Html Checker",
            "version": validator.VERSION,
            "measured": day,
            "pages": validated.pages,
            "findings": len(validated.findings),
            "known": [{"reason": known.reason, "times": number} for known, number in validated.known],
        },
    ]


def write_records(records: Sequence[dict[str, Any]], path: Path = RECORD) -> None:
    """Replace the record of the last run."""
    text = yaml.dump(list(records), Dumper=_Whole, sort_keys=False, allow_unicode=True, width=1000)
    path.write_text(_HEAD + text, "utf-8")
