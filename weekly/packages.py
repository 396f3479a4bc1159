"""Asks whether a locked package has a known hole, by a check that cannot pass without an answer for each of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

LOCKS = Path("requirements")
PLANTED = {"jinja2": "2.4.1"}
"""Known to have holes. Where none is told, whoever answered knows nothing."""
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
_SPACES = re.compile(r"[-_.]+")


class NobodyAnswered(Exception):
    """pip-audit could not ask; the message is what it printed."""


def pins_in(text: str) -> dict[str, str]:
    """Each package that a lock names, under its usual name, with its version."""
    return {_usual(pin[1]): pin[2] for pin in map(_PIN.match, text.splitlines()) if pin}


def _usual(name: str) -> str:
    return _SPACES.sub("-", name).lower()


def ask(pins: Mapping[str, str]) -> list[dict[str, Any]]:
    """What pip-audit says of each pin; also of those that this machine would not install. Raises `NobodyAnswered`.

    It ends well when it could ask about nothing, so its answer is read and not its exit code.
    """
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "pins.txt"
        listed.write_text("".join(f"{name}=={version}\n" for name, version in pins.items()), "utf-8")
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(listed), "--disable-pip", "--no-deps"]
        done = subprocess.run(
            [*command, "--format", "json", "--progress-spinner", "off"], capture_output=True, text=True, check=False
        )
    try:
        return list(json.loads(done.stdout)["dependencies"])
    except (ValueError, KeyError):
        raise NobodyAnswered(done.stderr.strip() or "pip-audit said nothing") from None


def findings(pins: Mapping[str, str], answers: list[dict[str, Any]]) -> Iterator[str]:
    """What is wrong: a pin for which nobody answered, and every known hole with the versions that mend it."""
    by_name = {_usual(answer["name"]): answer for answer in answers}
    for name, version in pins.items():
        answer = by_name.get(name, {})
        if "vulns" not in answer or answer.get("version") != version:
            yield f"{name} {version}: nobody answered. {answer.get('skip_reason', '')}".rstrip()
        for hole in answer.get("vulns", ()):
            mended = ", ".join(hole["fix_versions"]) or "no version yet"
            yield f"{name} {version}: {hole['id']}, mended in {mended}"


def check_lock(text: str) -> list[str]:
    """What is wrong with a lock: no pin, a pin without a hash, or a finding. Raises `NobodyAnswered`."""
    pins = pins_in(text)
    if not pins:
        return ["names no package"]
    bare = [name for name, block in _blocks(text) if "--hash=sha256:" not in block]
    return [*(f"{name} has no hash" for name in bare), *findings(pins, ask(pins))]


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Each pin of a lock with the lines that belong to it."""
    for block in re.split(r"\n(?=\S)", text):
        pin = _PIN.match(block)
        if pin:
            yield _usual(pin[1]), block


def main() -> int:
    """Ask about the planted hole, then about every lock. Returns 1 where something was found or nobody answered."""
    try:
        if not any(answer.get("vulns") for answer in ask(PLANTED)):
            raise NobodyAnswered("no hole is told of " + " ".join(*PLANTED.items()) + ", which has some")
        found = {lock.name: check_lock(lock.read_text("utf-8")) for lock in sorted(LOCKS.glob("*.txt"))}
    except NobodyAnswered as silence:
        print(f"Nobody answered, so nothing is known: {silence}")
        return 1
    for lock, said in found.items():
        print(f"{lock}: {len(pins_in((LOCKS / lock).read_text('utf-8')))} packages, {len(said) or 'no'} findings")
        print(*(f"  {line}" for line in said), sep="\n", end="\n" if said else "")
    return 0 if found and not any(found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
