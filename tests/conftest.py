"""What several tests share: sites copied to where they may be built, and the ferry built once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser

from generator.build import Built, Places, build
from generator.pages import World
from generator.publish import publish
from tests.project import copy_project, make_site
from tests.reading import started
from tests.serving import served
from tests.sites import copy_site as copy_site_to


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of a browser go first: they take longest, and a long one at the end keeps the other workers waiting."""
    items.sort(key=lambda item: not item.path.stem.endswith("_in_browser"))


@pytest.fixture(scope="session")
def ferry_places(tmp_path_factory) -> Places:
    """The ferry where tests may read it; `ferry` builds it."""
    return copy_site_to("ferry", tmp_path_factory.mktemp("session") / "ferry")


@pytest.fixture(scope="session")
def ferry(ferry_places) -> Built:
    """The ferry, built from nothing."""
    return build(ferry_places, World())


@pytest.fixture(scope="session")
def ferry_folder(ferry_places, ferry, tmp_path_factory) -> Path:
    """The finished site of the ferry, for reading alone."""
    folder = tmp_path_factory.mktemp("published") / "site"
    publish(ferry_places, ferry, folder)
    return folder


@pytest.fixture(scope="session")
def ferry_site(ferry_folder) -> Iterator[str]:
    """The address of the ferry's finished site."""
    with served(ferry_folder) as address:
        yield address


@pytest.fixture(scope="session")
def project(tmp_path_factory) -> Path:
    """A copy of the project with its finished site, for reading alone: made once for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "project"
    with FileLock(f"{shared}.lock"):
        if not (shared / "site").is_dir():
            shutil.rmtree(shared, ignore_errors=True)  # what another worker began and could not finish
            make_site(copy_project(shared))
    return shared


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def copy_site(tmp_path, ferry, ferry_places) -> Callable[[str], Places]:
    """Copies a site to a folder of the test's own, with the drawings and fonts that are made already."""

    def copy(name: str) -> Places:
        places = copy_site_to(name, tmp_path / name)
        for store in ("fonts", "drawings", "library"):
            shutil.copytree(ferry_places.work / store, places.work / store)
        return places

    return copy
