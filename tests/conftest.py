"""What several tests share: sites copied to where they may be built, and the ferry built once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import Built, Places, build
from generator.pages import World
from tests.sites import SITES, places_of


@pytest.fixture(scope="session")
def ferry_places(tmp_path_factory) -> Places:
    """The ferry where tests may read it; `ferry` builds it."""
    return _copy("ferry", tmp_path_factory.mktemp("session") / "ferry")


@pytest.fixture(scope="session")
def ferry(ferry_places) -> Built:
    """The ferry, built from nothing."""
    return build(ferry_places, World())


@pytest.fixture
def copy_site(tmp_path, ferry, ferry_places) -> Callable[[str], Places]:
    """Copies a site to a folder of the test's own, with the drawings and fonts that are made already."""

    def copy(name: str) -> Places:
        places = _copy(name, tmp_path / name)
        for store in ("fonts", "drawings", "library"):
            shutil.copytree(ferry_places.work / store, places.work / store)
        return places

    return copy


def _copy(name: str, target: Path) -> Places:
    for part in ("data", "docs"):
        shutil.copytree(SITES / name / part, target / part, symlinks=True)
    if (SITES / name / "mkdocs.yml").is_file():
        shutil.copy(SITES / name / "mkdocs.yml", target)
    return places_of(target)
