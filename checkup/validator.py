"""The HTML validator (vnu, the Nu Html Checker) over every page; known faults that are not ours are counted apart."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from checkup.lighthouse import ToolFailed

VERSION = "26.9.27"
"""Named here because npx keeps no lock."""
KNOWN = Path(__file__).parent / "known.yml"


@dataclass(frozen=True)
class Known:
    """A message that is no finding: a pattern of what it says, one of the HTML that it shows, and the reason."""

    message: str
    shows: str
    reason: str

    def fits(self, message: Mapping[str, Any]) -> bool:
        """Whether a message of the validator is this one."""
        shown = str(message.get("extract", ""))
        return bool(re.search(self.message, message["message"]) and re.search(self.shows, shown))


@dataclass(frozen=True)
class Validated:
    """How many pages were read, what was found, how often each known message came, and which never did."""

    pages: int
    findings: tuple[str, ...]
    known: tuple[tuple[Known, int], ...]

    @property
    def unneeded(self) -> list[Known]:
        """Known messages that did not come: their entries are to be removed."""
        return [known for known, number in self.known if not number]


def validate(site: Path) -> Validated:
    """Read every page of the site. Raises `ToolFailed` where the validator cannot."""
    command = ["npx", "--yes", f"vnu-jar@{VERSION}", "--stdout", "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, "--skip-non-html", str(site)], capture_output=True, text=True, check=False)
    try:
        messages = json.loads(done.stdout)["messages"]
    except (ValueError, KeyError) as error:
        raise ToolFailed(f"The HTML validator gave no result: {done.stderr.strip()[-600:]}") from error
    return sort_messages(site, messages, load_known())


def load_known() -> tuple[Known, ...]:
    """The messages that are known, each with its reason."""
    return tuple(Known(**entry) for entry in yaml.safe_load(KNOWN.read_text("utf-8")))


def sort_messages(site: Path, messages: Sequence[Mapping[str, Any]], known: Sequence[Known]) -> Validated:
    """Messages that nobody knows are findings, each with its page and line."""
    numbers = dict.fromkeys(known, 0)
    findings = []
    for message in messages:
        entry = next((entry for entry in known if entry.fits(message)), None)
        if entry:
            numbers[entry] += 1
        else:
            findings.append(_told(site, message))
    return Validated(len(list(site.rglob("*.html"))), tuple(sorted(findings)), tuple(numbers.items()))


def _told(site: Path, message: Mapping[str, Any]) -> str:
    page = str(message.get("url", "")).rpartition(f"/{site.name}/")[2]
    return f"{page}:{message.get('lastLine', 1)}: {message['message']}"
