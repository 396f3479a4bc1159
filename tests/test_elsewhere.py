"""The real project: the same site in another world, and the addresses that it has."""

from __future__ import annotations

from pathlib import Path

from generator.build import addresses_of
from generator.load import load
from generator.pages import World, render
from tests.project import ROOT, copy_project
from tests.sites import difference, files_of
from tests.worlds import ELSEWHERE, start


def test_a_copy_of_the_project_elsewhere_gives_the_same_bytes(project: Path, tmp_path: Path) -> None:
    elsewhere = copy_project(tmp_path / "Another name")
    said, error = start(elsewhere, world=ELSEWHERE).communicate()
    assert error == "", said
    assert difference(files_of(project / "site"), files_of(elsewhere / "site")) == ""


def test_every_public_address_is_on_the_committed_list() -> None:
    subject, problems = load(ROOT / "data", ROOT / "docs", ROOT / "mkdocs.yml")
    assert problems == ()
    tree, _ = render(subject, {}, World())
    listed = (ROOT / "data/addresses.txt").read_text("utf-8").split()
    missing = sorted(set(addresses_of(tree)) - set(listed))
    assert missing == [], "run: make addresses"
