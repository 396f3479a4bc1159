"""How the code is written: its types, its layout, and words for whoever calls it."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for folder in ("generator", "weekly", "checkup")
    for path in sorted((ROOT / folder).rglob("*.py"))
}
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """A tool of the environment, run as `make lint` runs it."""
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)


def test_types_fit_and_one_that_does_not_is_seen(tmp_path):
    """One run for both, since most of its time is for reading Altair."""
    planted = tmp_path / "planted.py"
    planted.write_text("from generator.dates import parse_span\n\nYEAR: str = parse_span('1950')\n")

    said = run("mypy", *CONFIG["tool"]["mypy"]["files"], str(planted)).stdout.splitlines()

    assert [line.partition(": ")[2] for line in said if ": error: " in line] == [
        'error: Incompatible types in assignment (expression has type "Span", variable has type "str")  [assignment]'
    ], "\n".join(said)


@pytest.mark.parametrize("command", [("ruff", "check"), ("ruff", "format", "--check")], ids=" ".join)
def test_the_layout_is_that_of_ruff(command):
    done = run(*command)

    assert done.returncode == 0, done.stdout + done.stderr


# --- words for callers ------------------------------------------------------------------------------------------


def test_whatever_is_called_from_elsewhere_says_what_it_gives():
    trees = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}
    imported = {
        f"{node.module}.{alias.name}"
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    assert len(trees) > 100
    assert [silent for name, tree in trees.items() for silent in silent_in(name, tree, imported)] == []


def silent_in(name: str, tree: ast.Module, imported: set[str]) -> list[str]:
    """What speaks to callers and says nothing: the module, its classes, and its public functions and methods.

    A function of one statement says itself what it does, unless it is imported by name and so met far from there.
    """
    silent = [] if ast.get_docstring(tree) else [name]
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            whole = f"{name}.{node.name}"
            inside = node.body if isinstance(node, ast.ClassDef) else []
            methods = [part for part in inside if isinstance(part, ast.FunctionDef)]
            silent += [whole] if is_silent(node) or (whole in imported and not ast.get_docstring(node)) else []
            silent += [f"{whole}.{method.name}" for method in methods if is_silent(method) and method.name[0] != "_"]
    return silent


def is_silent(node: ast.ClassDef | ast.FunctionDef) -> bool:
    return not ast.get_docstring(node) and (isinstance(node, ast.ClassDef) or len(node.body) > 1)


@pytest.mark.parametrize(
    ("code", "imported", "silent"),
    [
        ('"""Speaks."""\ndef one():\n    return 1', set(), []),
        ('"""Speaks."""\ndef one():\n    return 1', {"here.one"}, ["here.one"]),
        ('"""Speaks."""\ndef two():\n    one = 1\n    return one + one', set(), ["here.two"]),
        ('"""Speaks."""\ndef _two():\n    one = 1\n    return one + one', set(), []),
        (
            '"""Speaks."""\nclass Thing:\n    def go(self):\n        self.x = 1\n        self.y = 2',
            set(),
            ["here.Thing", "here.Thing.go"],
        ),
        ("ONE = 1", set(), ["here"]),
    ],
)
def test_what_says_nothing_is_seen(code, imported, silent):
    assert silent_in("here", ast.parse(code), imported) == silent
