"""Other machines, days and mishaps, for a process and those that it starts: its Python begins with `sitecustomize`."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
SITE = (sys.executable, "-m", "generator", "site")
ELSEWHERE = {
    "WORLD_DAY": "2049-12-31",
    "WORLD_BACKWARDS": "yes",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONHASHSEED": "7",
}
"""The last day of another year, where it is already the next; folders listed backwards, no letters but ASCII."""


def start(
    project: Path,
    command: Sequence[str] = SITE,
    world: dict[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> subprocess.Popen[str]:
    """A command in the folder of a project, in a world, as a group of processes of its own."""
    paths = os.pathsep.join([str(FOLDER), str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        command,
        cwd=project,
        env={**os.environ, "PYTHONPATH": paths, **(world or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        umask=0o027 if world else -1,
        preexec_fn=before,
    )


def mishap(kind: str, at: int, project: Path, changes: Path) -> dict[str, str]:
    """A world in which something befalls a project before a change of its files, counted from 1 in a file of dots."""
    changes.unlink(missing_ok=True)
    return {"WORLD_MISHAP": kind, "WORLD_AT": str(at), "WORLD_PROJECT": str(project), "WORLD_CHANGES": str(changes)}


def bound_by_permissions() -> None:
    """Run in a new process: a superuser is refused as others are."""
    if os.geteuid() == 0:
        drop_from_bounding_set, override_permissions = 24, 1  # PR_CAPBSET_DROP and CAP_DAC_OVERRIDE in Linux's headers
        if ctypes.CDLL(None).prctl(drop_from_bounding_set, override_permissions, 0, 0, 0) != 0:
            raise OSError("this superuser cannot give up a right")
