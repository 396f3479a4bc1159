"""Finds a Chromium for the tests, or installs one."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
INSTALL_SECONDS = 300
ADVICE = """No Chromium was found, and none could be installed. Browser tests never skip, so do one of these:
- Debian: apt-get install chromium
- elsewhere: .venv/bin/python -m playwright install --with-deps chromium
- set BROWSER_PATH to a Chromium or Chrome that is already there"""


class BrowserMissing(Exception):
    """No browser: the message says what to do."""


def find_browser() -> Path:
    """Return a Chromium that starts, installing one if there is no other way. Raises BrowserMissing."""
    for find in (find_named, find_on_path, find_in_playwright, install_with_playwright, install_with_apt):
        if browser := find():
            return browser
    raise BrowserMissing(ADVICE)


def launch_arguments() -> list[str]:
    """Return the arguments that keep a browser quiet, offline and, for root only, out of its sandbox."""
    arguments = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
    # Chromium refuses to start as root inside its sandbox; for anybody else the sandbox stays.
    return ["--no-sandbox", *arguments] if is_root() else arguments


def find_named() -> Path | None:
    """Return the browser that BROWSER_PATH names; a wrong name is an error, not a reason to take another one."""
    named = os.environ.get("BROWSER_PATH")
    if not named:
        return None
    if not is_working(Path(named)):
        raise BrowserMissing(f"BROWSER_PATH is {named}, which does not start as a browser. Correct it or unset it.")
    return Path(named)


def find_on_path() -> Path | None:
    """Return the first browser on PATH that starts."""
    found = (Path(path) for name in NAMES if (path := shutil.which(name)))
    return next(filter(is_working, found), None)


def find_in_playwright() -> Path | None:
    """Return the browser that Playwright has downloaded before, if it starts."""
    # In a process of its own, because a test may already hold Playwright open, and a second one in it fails.
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    path = answer.stdout.strip()
    return Path(path) if path and is_working(Path(path)) else None


def install_with_playwright() -> Path | None:
    """Return the browser that Playwright downloads, if it can."""
    run_installer([sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"])
    return find_in_playwright()


def install_with_apt() -> Path | None:
    """Return Debian's Chromium after installing it, which only root can."""
    if not (is_root() and is_debian()):
        return None
    if run_installer(["apt-get", "update", "-qq"]):
        run_installer(["apt-get", "install", "-y", "-qq", "chromium"])
    return find_on_path()


def run_installer(command: Sequence[str]) -> bool:
    """Run an installer within a time limit and say whether it worked."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    print(f"Trying: {' '.join(command)}", file=sys.stderr)
    try:
        # Standard output is for the path alone.
        done = subprocess.run(command, env=environment, stdout=sys.stderr, timeout=INSTALL_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def is_working(browser: Path) -> bool:
    """Say whether the program starts: Ubuntu has a chromium-browser that only asks for a snap."""
    try:
        done = subprocess.run([browser, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def is_root() -> bool:
    return os.geteuid() == 0


def is_debian() -> bool:
    try:
        return platform.freedesktop_os_release()["ID"] == "debian"
    except OSError:
        return False


def main() -> int:
    try:
        print(find_browser())
    except BrowserMissing as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
