"""The same Markdown tree under both engines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from generator.build import Places, build
from generator.pages import World
from generator.publish import page_of, run_engine
from tests.test_pages_in_browser import copy_project


def pages_of(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html"}


def test_both_engines_build_every_generated_page_and_no_other(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    places = Places(project / "data", project / "docs", project / "mkdocs.yml", project / "build/docs")
    built = build(places, World())
    meant = {page_of(path) for path in built.tree if path.endswith((".md", ".html"))}
    run_engine(places.config, project / "by-mkdocs")
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "--config-file", str(places.config)]
    result = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert pages_of(project / "by-mkdocs") == meant
    assert pages_of(project / "site") == meant
