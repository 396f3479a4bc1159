"""The search for a browser: its order, and what it says when there is none."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import browser

FINDERS = ("find_named", "find_on_path", "find_in_playwright", "install_with_playwright", "install_with_apt")


def make_program(folder: Path, name: str, exit_code: int = 0) -> Path:
    program = folder / name
    program.write_text(f"#!/bin/sh\nexit {exit_code}\n")
    program.chmod(0o755)
    return program


@pytest.fixture
def bare_machine(monkeypatch, tmp_path):
    """A machine with nothing on its path, where every installer fails; the fixture lists what was tried."""
    tried = []
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "find_in_playwright", lambda: None)
    monkeypatch.setattr(browser, "run_installer", lambda command: bool(tried.append(command)))
    monkeypatch.setattr(browser, "is_debian", lambda: True)
    monkeypatch.setattr(browser, "is_root", lambda: True)
    return tried


@pytest.mark.parametrize("first", range(len(FINDERS)), ids=FINDERS)
def test_the_first_way_that_works_is_the_last_one_tried(monkeypatch, first):
    tried = []
    for position, name in enumerate(FINDERS):
        answer = Path(name) if position >= first else None
        monkeypatch.setattr(browser, name, lambda name=name, answer=answer: tried.append(name) or answer)

    assert browser.find_browser() == Path(FINDERS[first])
    assert tried == list(FINDERS[: first + 1])


def test_browser_path_goes_before_the_path(monkeypatch, tmp_path, bare_machine):
    make_program(tmp_path, "chromium")
    named = make_program(tmp_path, "mine")
    monkeypatch.setenv("BROWSER_PATH", str(named))

    assert browser.find_browser() == named


def test_a_wrong_browser_path_is_an_error_although_another_browser_is_there(monkeypatch, tmp_path, bare_machine):
    make_program(tmp_path, "chromium")
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")

    with pytest.raises(browser.BrowserMissing) as problem:
        browser.find_browser()
    assert str(problem.value) == (
        "BROWSER_PATH is /nowhere/chromium, which does not start as a browser. Correct it or unset it."
    )


@pytest.mark.parametrize(
    ("programs", "expected"),
    [
        ({"google-chrome": 0, "chromium-browser": 0, "chromium": 0}, "chromium"),
        ({"google-chrome": 0, "chromium-browser": 0}, "chromium-browser"),
        ({"google-chrome": 0}, "google-chrome"),
        ({"google-chrome": 0, "chromium-browser": 1}, "google-chrome"),
    ],
    ids=["chromium first", "then chromium-browser", "then google-chrome", "one that does not start is passed over"],
)
def test_the_path_is_searched_in_order(tmp_path, bare_machine, programs, expected):
    for name, exit_code in programs.items():
        make_program(tmp_path, name, exit_code)

    assert browser.find_browser() == tmp_path / expected


def test_without_any_browser_the_message_says_what_to_install(bare_machine, capsys):
    assert browser.main() == 1

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == browser.ADVICE + "\n"
    assert "apt-get install chromium" in printed.err
    assert "playwright install" in printed.err


def test_playwright_is_asked_before_debian(bare_machine):
    with pytest.raises(browser.BrowserMissing):
        browser.find_browser()

    assert [command[0] for command in bare_machine] == [sys.executable, "apt-get"]


@pytest.mark.parametrize("missing", ["is_root", "is_debian"])
def test_debian_packages_are_installed_only_by_root_on_debian(monkeypatch, bare_machine, missing):
    monkeypatch.setattr(browser, missing, lambda: False)

    assert browser.install_with_apt() is None
    assert bare_machine == []


def test_the_browser_that_apt_installs_is_found(monkeypatch, tmp_path, bare_machine):
    def install(command):
        if "install" in command and command[0] == "apt-get":
            make_program(tmp_path, "chromium")
        return command[0] == "apt-get"

    monkeypatch.setattr(browser, "run_installer", install)

    assert browser.find_browser() == tmp_path / "chromium"


@pytest.mark.parametrize("failure", [FileNotFoundError(), subprocess.TimeoutExpired("apt-get", 300)], ids=type)
def test_an_installer_that_is_missing_or_hangs_has_failed(monkeypatch, failure):
    def fail(*_, **__):
        raise failure

    monkeypatch.setattr(subprocess, "run", fail)

    assert browser.run_installer(["apt-get", "update"]) is False


@pytest.mark.parametrize("root", [True, False], ids=["root", "not root"])
def test_only_root_gives_up_the_sandbox(monkeypatch, root):
    monkeypatch.setattr(browser, "is_root", lambda: root)

    assert ("--no-sandbox" in browser.launch_arguments()) is root
