"""The floor of every comparison: bare MkDocs with Material, on the pages that we generated, without charts."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import yaml

from bench.measure import Run, run

_CHART = re.compile(r'<figure class="bf-figure.*?</figure>', re.DOTALL)
KEPT = (".md", ".css", ".js", ".woff2")


def write_floor(site: Path, folder: Path) -> None:
    """The generated pages of a site without charts, with its styles and scripts, and the engine's settings."""
    tree = site / "build/docs"
    shutil.rmtree(folder, ignore_errors=True)
    for path in sorted(tree.rglob("*")):
        if path.suffix in KEPT:
            _write_bare(path, folder / "docs" / path.relative_to(tree))
    _write_settings(site / "mkdocs.yml", folder / "mkdocs.yml")


def _write_bare(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".md":
        target.write_text(_CHART.sub("", path.read_text("utf-8")), "utf-8")
    else:
        shutil.copy(path, target)


def _write_settings(ours: Path, target: Path) -> None:
    """The same settings without our templates, and without the icon that lies beside them."""
    settings = yaml.safe_load(ours.read_text("utf-8"))
    theme = {key: value for key, value in settings["theme"].items() if key not in ("custom_dir", "icon")}
    bare = {**settings, "theme": theme, "docs_dir": "docs", "site_dir": "site"}
    target.write_text(yaml.safe_dump(bare, sort_keys=False), "utf-8")


def build_floor(folder: Path) -> Run:
    """Run the engine alone. It keeps nothing from run to run, so that every run is cold."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")]
    return run(command, environment={"NO_MKDOCS_2_WARNING": "1"})
