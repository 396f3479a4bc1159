"""The live preview: what it makes again after a change, and what it says where it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import serve
from generator.build import Built, Places
from generator.model import Subject
from generator.pages import World
from generator.problems import Problem, Refusal, Where
from generator.serve import Made

PAGES = {"index.md": b"", "story.md": b""}
PLACES = Places(Path("data"), Path("docs"), Path("mkdocs.yml"), Path("build/docs"))
FRAME = {Path("mkdocs.yml"): 1}


class Preview:
    """A preview whose builds are told; notes how its engine was run: dirty or not."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.places = Places(folder / "data", folder / "docs", folder / "mkdocs.yml", folder / "build/docs")
        self.runs: list[bool] = []
        self.made: Made | None = None
        self.fault: BaseException | None = None
        monkeypatch.setattr(serve, "make_pages", self.make_pages)
        self.monkeypatch = monkeypatch

    def make_pages(self, config: Path, site: Path, is_dirty: bool) -> None:
        if self.fault:
            raise self.fault
        self.runs.append(is_dirty)

    def rebuild(
        self, tree: dict[str, bytes] = PAGES, written: int = 0, frame: dict[Path, int] = FRAME, refused: bool = False
    ) -> str:
        def build(places: Places, world: World) -> Built:
            if refused:
                raise Refusal([Problem(Where("data/x.yml", 1), "is wrong", "Mend it.", "a-rule")])
            return Built(Subject, tree, 0, written, 0)  # type: ignore[arg-type]

        self.monkeypatch.setattr(serve, "build", build)
        said, self.made = serve._rebuild(self.places, World(), self.places.work / "preview", frame, self.made)
        return said


@pytest.fixture
def preview(tmp_path, monkeypatch) -> Preview:
    return Preview(tmp_path, monkeypatch)


def test_a_first_build_makes_every_page_though_nothing_was_written(preview):
    preview.rebuild(written=0)

    assert preview.runs == [False]


def test_a_first_build_that_is_refused_is_made_up_for(preview):
    said = preview.rebuild(refused=True)
    preview.rebuild(written=0)

    assert "data/x.yml:1" in said
    assert preview.runs == [False]


def test_a_change_inside_a_page_makes_only_what_changed(preview):
    preview.rebuild()
    preview.rebuild(written=1)
    preview.rebuild(written=0)

    assert preview.runs == [False, True]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"tree": {**PAGES, "new.md": b""}, "written": 1}, id="a page came"),
        pytest.param({"tree": {"index.md": b""}, "written": 0}, id="a page went"),
        pytest.param({"frame": {Path("mkdocs.yml"): 2}}, id="the configuration changed"),
    ],
)
def test_what_is_on_every_page_makes_all_again(preview, change):
    preview.rebuild()
    preview.rebuild(**change)

    assert preview.runs == [False, False]


@pytest.mark.parametrize("fault", [RuntimeError("no such template"), SystemExit("no such template")])
def test_an_engine_that_fails_is_told_and_run_from_the_start_next_time(preview, fault):
    preview.rebuild()
    preview.fault = fault
    said = preview.rebuild(written=1)
    preview.fault = None
    preview.rebuild(written=0)

    assert said == "The preview could not be made: no such template"
    assert preview.runs == [False, False]


def test_the_frame_is_the_configuration_and_the_templates_of_the_engine():
    times = {
        PLACES.config: 1,
        serve.HERE / "theme/overrides/main.html": 2,
        serve.HERE / "theme/assets/site.css": 3,
        PLACES.data / "site.yml": 4,
    }

    assert serve._frame_of(PLACES, times) == {PLACES.config: 1, serve.HERE / "theme/overrides/main.html": 2}
