"""The project itself as a site: a copy of it, and what its copy builds and publishes."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.build import Places, build
from generator.pages import World
from generator.publish import publish

ROOT = Path(__file__).parent.parent


def copy_project(target: Path) -> Path:
    for name in ("data", "docs", "generator/theme"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "mkdocs.yml", target)
    return target


def make_site(root: Path) -> Path:
    """Build and publish a copy of the project that stands in this folder."""
    places = Places(root / "data", root / "docs", root / "mkdocs.yml", root / "build/docs")
    publish(places, build(places, World()), root / "site")
    return root / "site"
