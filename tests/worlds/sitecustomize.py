"""Makes the world of a process: what Python imports when it starts, if this folder is on its path."""

from __future__ import annotations

import datetime
import errno
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink"}
NEEDS_ROOM = {"open", "os.mkdir"}


def make_another_day(day: str) -> None:
    """Noon of a day, for Python itself and for what is written in C."""
    import time_machine

    noon = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    time_machine.travel(noon.timestamp()).start()


class Backwards:
    """What `os.scandir` gives, from the last name to the first."""

    def __init__(self, entries: AbstractContextManager[Iterator[os.DirEntry[str]]]) -> None:
        with entries as listed:
            self.entries = iter(sorted(listed, key=lambda entry: entry.name, reverse=True))

    def __iter__(self) -> Iterator[os.DirEntry[str]]:
        return self.entries

    def __next__(self) -> os.DirEntry[str]:
        return next(self.entries)

    def __enter__(self) -> Backwards:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def close(self) -> None:
        pass


def list_backwards() -> None:
    """Folders are listed in an order that no disk would give."""
    scandir, listdir = os.scandir, os.listdir
    os.scandir = lambda *of: Backwards(scandir(*of))  # type: ignore[assignment]
    os.listdir = lambda *of: sorted(listdir(*of), reverse=True)  # type: ignore[assignment]


def change_of(event: str, arguments: tuple[Any, ...], project: str) -> str | None:
    """The path that an event is about to change, if it lies in the project."""
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if not (writes or event in CHANGES) or isinstance(arguments[0], int):
        return None
    path = os.path.abspath(os.fsdecode(arguments[0]))
    return path if path.startswith(f"{project}/") and "__pycache__" not in path else None


def kill(event: str, path: str) -> None:
    """Everything ends here, a file that was to be written being half there."""
    if event == "open":
        os.write(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), b"<p>hal")
    os.killpg(0, signal.SIGKILL)


def interrupt(event: str, path: str) -> None:
    """What Ctrl+C does."""
    os.killpg(0, signal.SIGINT)


def wait(event: str, path: str) -> None:
    """Until a file beside the count says so; a minute, lest a test wait for what waits for it."""
    for _ in range(3000):
        if os.path.exists(f"{os.environ['WORLD_CHANGES']}.go"):
            return
        time.sleep(0.02)


def refuse(event: str, path: str) -> None:
    """The disk is full."""
    if event in NEEDS_ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)


MISHAPS = {"none": lambda *_: None, "kill": kill, "interrupt": interrupt, "wait": wait, "full": refuse}


def befall(kind: str, at: int, project: str, changes: str) -> None:
    """Let something happen before a change, counted over all processes; a full disk is full for the later ones too."""
    if kind == "interrupt":  # a shell that runs the tests in its background has them ignore it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    count = os.open(changes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    is_busy = False

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal is_busy
        if is_busy:
            return
        is_busy = True
        try:
            path = change_of(event, arguments, project)
            if path:
                os.write(count, b".")
                number = os.fstat(count).st_size
                if number == at or (kind == "full" and number > at):
                    MISHAPS[kind](event, path)
        finally:
            is_busy = False

    sys.addaudithook(watch)


world = os.environ
if "WORLD_DAY" in world:
    make_another_day(world["WORLD_DAY"])
if "WORLD_BACKWARDS" in world:
    list_backwards()
if "WORLD_MISHAP" in world:
    befall(world["WORLD_MISHAP"], int(world["WORLD_AT"]), world["WORLD_PROJECT"], world["WORLD_CHANGES"])
