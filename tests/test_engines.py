"""The same project in two folders, and the same Markdown tree under both engines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from generator.build import Places, addresses_of, build
from generator.load import load
from generator.pages import World, render
from generator.publish import page_of, run_engine
from tests.project import copy_project, make_site


def pages_of(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html"}


def test_both_engines_build_every_generated_page_and_no_other(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    places = Places(project / "data", project / "docs", project / "mkdocs.yml", project / "build/docs")
    built = build(places, World())
    meant = {page_of(path) for path in built.tree if path.endswith((".md", ".html"))}
    run_engine(places.config, project / "by-mkdocs", built.subject.site.as_of.first)
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "--config-file", str(places.config)]
    result = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert pages_of(project / "by-mkdocs") == meant
    assert pages_of(project / "site") == meant


def test_two_copies_of_the_project_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (make_site(copy_project(tmp_path / name)) for name in ("one", "another-name"))
    files = [path.relative_to(first) for path in sorted(first.rglob("*")) if path.is_file()]
    assert files == [path.relative_to(second) for path in sorted(second.rglob("*")) if path.is_file()]
    assert [path for path in files if (first / path).read_bytes() != (second / path).read_bytes()] == []


def test_every_public_address_is_on_the_committed_list() -> None:
    root = Path(__file__).parent.parent
    subject, problems = load(root / "data", root / "docs", root / "mkdocs.yml")
    assert problems == ()
    tree, _ = render(subject, {}, World())
    listed = (root / "data/addresses.txt").read_text("utf-8").split()
    missing = sorted(set(addresses_of(tree)) - set(listed))
    assert missing == [], "run: make addresses"
