"""Runs one command and writes what it used.

In a small process of its own, because Linux counts to a command the memory that its parent had.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time


def main(report: str, *command: str) -> int:
    """Write seconds, seconds of all cores and bytes of the largest process; returns the code of the command."""
    started = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    with open(report, "w", encoding="utf-8") as file:
        json.dump([took, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024], file)
    return process.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
