"""The real project: the same site in another world, and the same Markdown tree under both engines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.build import addresses_of
from generator.load import load
from generator.pages import World, render
from generator.publish import page_of
from tests.project import copy_project, make_site
from tests.sites import difference, files_of
from tests.worlds import ELSEWHERE, start


def pages_of(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with its finished site."""
    return make_site(copy_project(tmp_path_factory.mktemp("project") / "here")).parent


def test_both_engines_build_every_generated_page_and_no_other(project: Path) -> None:
    meant = {page_of(path) for path in files_of(project / "build/docs") if path.endswith((".md", ".html"))}
    assert pages_of(project / "site") == meant
    other = project / "mkdocs-other.yml"
    other.write_text((project / "mkdocs.yml").read_text("utf-8").replace("site_dir: site", "site_dir: other"), "utf-8")
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "--config-file", str(other)]
    result = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert pages_of(project / "other") == meant


def test_a_copy_of_the_project_elsewhere_gives_the_same_bytes(project: Path, tmp_path: Path) -> None:
    elsewhere = copy_project(tmp_path / "Another name")
    said, error = start(elsewhere, world=ELSEWHERE).communicate()
    assert error == "", said
    assert difference(files_of(project / "site"), files_of(elsewhere / "site")) == ""


def test_every_public_address_is_on_the_committed_list() -> None:
    root = Path(__file__).parent.parent
    subject, problems = load(root / "data", root / "docs", root / "mkdocs.yml")
    assert problems == ()
    tree, _ = render(subject, {}, World())
    listed = (root / "data/addresses.txt").read_text("utf-8").split()
    missing = sorted(set(addresses_of(tree)) - set(listed))
    assert missing == [], "run: make addresses"
