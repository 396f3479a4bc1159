"""Nothing is lost: builds that are killed, refused by the disk or doubled, and what was damaged since the last one."""

from __future__ import annotations

import fcntl
import multiprocessing
import multiprocessing.spawn
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from generator import build as building
from generator.build import Store, exchange, only_one, recover, swap, write_tree
from generator.cli import main
from generator.publish import _without_frames
from tests.sites import copy_site, difference, files_of, places_of
from tests.worlds import bound_by_permissions, mishap, start

SEED, KILLS = 1949, 20
PAGE = "docs/index.md"
STOPPED = "The build stopped: "
ENGINE = "The engine stopped; the last good site still stands."
BUSY = "Another build runs in {}. Wait until it has ended, then try again.\n"
Site = dict[str, bytes]


class Project(NamedTuple):
    """A site written in one of two ways, what each gives when built from nothing, and how often a build writes."""

    folder: Path
    editions: tuple[Site, Site]
    changes: int

    @property
    def count(self) -> Path:
        """Where the changes of the disk are counted."""
        return self.folder.with_name("changes")

    @property
    def site(self) -> Site:
        return files_of(self.folder / "site")

    def standing(self) -> int:
        """Which edition stands now, whole."""
        site = self.site
        if site not in self.editions:
            pytest.fail("; ".join(difference(edition, site) for edition in self.editions))
        return self.editions.index(site)

    def begin(self, kind: str, at: int) -> subprocess.Popen[str]:
        """A build to which something happens before a change of the disk."""
        return start(self.folder, world=mishap(kind, at, self.folder, self.count))

    def wait_until_free(self) -> None:
        """Until the last process of a killed build has ended."""
        with (self.folder / "build/lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)


def write_edition(folder: Path, number: int) -> None:
    page = folder / PAGE
    first = page.read_text("utf-8").removesuffix("\nAnother edition.\n")
    page.write_text(first + ("\nAnother edition.\n" if number else ""), "utf-8")


def make_site(folder: Path) -> int:
    """What the command `site` does, in this process; returns how it ends."""
    places = places_of(folder)
    folders = ["--data", str(places.data), "--docs", str(places.docs), "--out", str(places.tree)]
    return main(["site", *folders, "--site", str(folder / "site")])


def make_project(name: str, folder: Path, stores: Path) -> Project:
    """A project in a folder without anything else; its second edition stands, built upon the first."""
    fresh = folder.with_name("fresh")
    for where, edition in ((folder, 0), (fresh, 1)):
        copy_site(name, where)
        for store in ("fonts", "drawings", "library"):
            shutil.copytree(stores / store, where / "build" / store)
        write_edition(where, edition)
        assert make_site(where) == 0
    project = Project(folder, (files_of(folder / "site"), files_of(fresh / "site")), 0)
    write_edition(folder, 1)
    counted = project.begin("none", 0)
    assert counted.communicate()[1] == ""
    assert project.standing() == 1
    return project._replace(changes=project.count.stat().st_size)


@pytest.fixture(scope="module")
def ferry_project(tmp_path_factory, ferry, ferry_places) -> Project:
    return make_project("ferry", tmp_path_factory.mktemp("ferry") / "project", ferry_places.work)


@pytest.fixture(scope="module")
def small_project(tmp_path_factory, ferry, ferry_places) -> Project:
    """A site of few pages, for what does not depend on how many there are."""
    return make_project("empty", tmp_path_factory.mktemp("small") / "project", ferry_places.work)


def test_a_disk_without_links_gets_copies(tmp_path, monkeypatch):
    def refuse(old: Path, new: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    write_tree(tmp_path / "docs", {"a": b"1", "b": b"2"})
    monkeypatch.setattr(os, "link", refuse)

    assert write_tree(tmp_path / "docs", {"a": b"1", "b": b"3"}) == (1, 0)
    assert files_of(tmp_path / "docs") == {"a": b"1", "b": b"3"}


def assert_refused(build: subprocess.Popen[str], reasons: tuple[str, ...]) -> None:
    """It ends with 1, and says why and that the last site stands, without its own code."""
    said, error = build.communicate()

    assert (build.returncode, said) == (1, "")
    assert error.startswith((STOPPED, ENGINE)), error
    assert " still stand" in error
    assert any(reason in error for reason in reasons), error
    assert "Traceback" not in error and 'File "' not in error, error


# --- stopped ----------------------------------------------------------------------------------------------------


def test_a_killed_build_leaves_a_whole_site_and_the_next_one_is_right(ferry_project, capsys):
    """At moments from the first to the last change of the disk, with the file half written that was just begun.

    The next build has what the killed one had, or what stood before it.
    """
    folder, editions, changes = ferry_project
    chance, stood = random.Random(SEED), Counter()
    reach = changes * 0.97  # a later build may find a little more that is made already
    for number in range(KILLS):
        at = 1 + int((number + chance.random()) * reach / KILLS)
        last = ferry_project.standing()
        write_edition(folder, 1 - last)

        killed = ferry_project.begin("kill", at)
        killed.communicate()
        ferry_project.wait_until_free()
        assert killed.returncode == -signal.SIGKILL, at
        stood["the last" if ferry_project.standing() == last else "the new"] += 1

        wanted = chance.choice((0, 1))
        write_edition(folder, wanted)
        assert make_site(folder) == 0, at
        assert difference(editions[wanted], ferry_project.site) == "", at
    with capsys.disabled():
        print(
            f"\n{KILLS} builds were killed in {changes} changes of the disk: {stood['the last']} times the last site "
            f"stood, {stood['the new']} times the new one, and each time the next build was right"
        )
    assert stood["the last"] and stood["the new"]


@pytest.mark.parametrize("part", [10, 2], ids=["generator", "engine"])
def test_a_build_that_is_interrupted_by_hand_says_so(small_project, part):
    last = small_project.standing()
    write_edition(small_project.folder, 1 - last)

    stopped = small_project.begin("interrupt", small_project.changes // part)

    assert stopped.communicate() == ("", "Stopped. What stood before still stands.\n")
    assert stopped.returncode == 130
    assert small_project.standing() == last


# --- refused by the disk ----------------------------------------------------------------------------------------


def test_a_full_disk_leaves_the_last_site_and_the_next_build_is_right(small_project):
    """Full from a change on, for all that needs room."""
    folder, editions, changes = small_project
    last = small_project.standing()
    write_edition(folder, 1 - last)
    for part in (0.02, 0.3, 0.6):
        assert_refused(small_project.begin("full", max(2, int(changes * part))), ("No space left on device",))
        assert small_project.standing() == last, part

    assert make_site(folder) == 0
    assert difference(editions[1 - last], small_project.site) == ""


def test_a_disk_that_is_full_when_the_site_stands_costs_nothing_but_time(small_project):
    folder, editions, changes = small_project
    wanted = 1 - small_project.standing()
    write_edition(folder, wanted)

    assert small_project.begin("full", changes - 1).communicate()[1] == ""

    assert difference(editions[wanted], small_project.site) == ""
    assert make_site(folder) == 0
    assert difference(editions[wanted], small_project.site) == ""


@pytest.mark.parametrize("room", [100, 20_000], ids=["generator", "engine"])
def test_files_that_the_system_cuts_off_leave_the_last_site(small_project, room):
    """A limit that everyone can set, and that really ends within a file."""
    last = small_project.standing()
    write_edition(small_project.folder, 1 - last)

    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (room, room))
    assert_refused(start(small_project.folder, before=limit), ("File too large",))

    assert small_project.standing() == last


MOUNT = ("unshare", "--user", "--map-root-user", "--mount")
SMALL_DISK = """
set -e
mount -t tmpfs -o size=200m none "$1"
cp -a "$2/." "$1"
cd "$1"
for room in 8 1500; do
    used="$(df -k . | awk 'NR == 2 { print $3 }')"
    mount -o "remount,size=$((used + room))k" "$1"
    "$4" -m generator site && code=0 || code=$?
    mount -o remount,size=200m "$1"
    echo "$code"
    cp -a site "$3-$room"
done
"$4" -m generator site > "$3-said"
cp -a site "$3-after"
"""


def may_mount(folder: Path) -> bool:
    command = [*MOUNT, "mount", "-t", "tmpfs", "none", str(folder)]
    return bool(shutil.which(MOUNT[0])) and subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_small_disk_leaves_the_last_site_and_the_next_build_is_right(small_project, tmp_path):
    """A disk of its own, with less room than a build needs: a real one, where people may mount."""
    if not may_mount(tmp_path):
        pytest.skip("this system lets nobody mount a disk of his own; the two tests above stand for it")
    last = small_project.standing()
    write_edition(small_project.folder, 1 - last)
    disk, copy = tmp_path / "disk", tmp_path / "site"
    disk.mkdir()

    command = [*MOUNT, "sh", "-c", SMALL_DISK, "sh", disk, small_project.folder, copy, sys.executable]
    said, error = start(small_project.folder, [str(part) for part in command]).communicate()

    assert said == "1\n1\n", error
    assert error.count("No space left on device") >= 2 and error.count(" still stand") == 2
    assert "Traceback" not in error
    for room, edition in (("8", last), ("1500", last), ("after", 1 - last)):
        assert difference(small_project.editions[edition], files_of(tmp_path / f"site-{room}")) == "", room


@pytest.mark.parametrize("part", ["build", "."], ids=["working folder", "project"])
def test_a_read_only_folder_leaves_the_last_site(small_project, part):
    last = small_project.standing()
    write_edition(small_project.folder, 1 - last)
    locked = small_project.folder / part
    locked.chmod(0o555)
    try:
        probe = start(locked, [sys.executable, "-c", "open('new', 'w')"], before=bound_by_permissions)
        assert "PermissionError" in probe.communicate()[1]
        assert_refused(start(small_project.folder, before=bound_by_permissions), ("Permission denied",))
    finally:
        locked.chmod(0o755)

    assert small_project.standing() == last


def test_what_is_only_read_may_be_read_only(small_project):
    folder, editions, _ = small_project
    write_edition(folder, 0)
    inputs = [path for part in ("data", "docs") for path in [folder / part, *(folder / part).rglob("*")]]
    modes = {path: path.stat().st_mode for path in inputs}
    for path in reversed(inputs):
        path.chmod(modes[path] & 0o555)
    try:
        assert start(folder, before=bound_by_permissions).communicate()[1] == ""
    finally:
        for path in inputs:
            path.chmod(modes[path])

    assert difference(editions[0], small_project.site) == ""


def test_a_site_on_another_disk_is_refused_before_the_old_one_is_touched(tmp_path, monkeypatch):
    fresh, folder = tmp_path / "build/fresh", tmp_path / "site"
    write_tree(fresh, {"a": b"new"})
    write_tree(folder, {"a": b"old"})
    original = Path.rename

    def rename(self, target):
        if self.parent != target.parent:
            raise OSError(18, "Invalid cross-device link")
        return original(self, target)

    monkeypatch.setattr(building, "exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", rename)

    with pytest.raises(OSError, match="cross-device"):
        swap(fresh, folder)

    assert files_of(folder) == {"a": b"old"}


def test_of_an_engine_that_breaks_the_error_alone_is_said():
    said = (
        "INFO - Building\nTraceback (most recent call last):\n"
        '  File "a.py", line 1, in run\n    write()\n    ^^^^^^^\nOSError: [Errno 28] No space left on device\n'
    )

    assert _without_frames(said) == "INFO - Building\nOSError: [Errno 28] No space left on device"


def test_a_process_that_draws_and_is_ended_from_outside_is_said(ferry):
    """It ends at once, so that whoever writes to it waits without end."""
    python = multiprocessing.spawn.get_executable()
    multiprocessing.set_executable("/bin/false")
    try:
        with pytest.raises(OSError, match="^a process that drew charts was ended from outside, perhaps"):
            building._draw_at_once(ferry.subject, ferry.subject.of("chart"))
    finally:
        multiprocessing.set_executable(python)


# --- two at once ------------------------------------------------------------------------------------------------


def wait_for(build: subprocess.Popen[str], count: Path, changes: int) -> None:
    """Until a build waits before a change."""
    while not count.exists() or count.stat().st_size < changes:
        assert build.poll() is None, build.communicate()
        time.sleep(0.02)


@pytest.fixture
def go(small_project):
    """Lets a build that waits go on."""
    signal_to_go = small_project.folder.with_name("changes.go")
    yield signal_to_go.touch
    signal_to_go.unlink(missing_ok=True)


def test_a_second_build_says_that_another_runs_and_harms_nothing(small_project, go, capsys):
    folder, editions, _ = small_project
    last = small_project.standing()
    write_edition(folder, 1 - last)
    first = small_project.begin("wait", at := small_project.changes // 10)
    wait_for(first, small_project.count, at)

    assert make_site(folder) == 1

    assert capsys.readouterr() == ("", BUSY.format(folder / "build"))
    assert small_project.standing() == last
    go()
    assert first.communicate()[1] == ""
    assert difference(editions[1 - last], small_project.site) == ""


def test_an_engine_whose_build_was_killed_keeps_others_out_until_it_has_ended(small_project, go, capsys):
    folder, editions, _ = small_project
    last = small_project.standing()
    write_edition(folder, 1 - last)
    first = small_project.begin("wait", at := small_project.changes // 2)
    wait_for(first, small_project.count, at)
    assert list((folder / "build/site.next").iterdir())
    first.kill()
    first.communicate()

    assert make_site(folder) == 1

    assert capsys.readouterr().err == BUSY.format(folder / "build")
    assert small_project.standing() == last
    go()
    small_project.wait_until_free()
    assert make_site(folder) == 0
    assert difference(editions[1 - last], small_project.site) == ""


def test_the_preview_waits_for_a_build(tmp_path):
    done = []

    def wait_then_note() -> None:
        with only_one(tmp_path, is_patient=True):
            done.append("second")

    with only_one(tmp_path):
        second = threading.Thread(target=wait_then_note)
        second.start()
        second.join(0.2)
        done.append("first")
    second.join(10)

    assert done == ["first", "second"]


# --- damaged since the last build -------------------------------------------------------------------------------


def remove(path: Path) -> None:
    building.remove(path)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def scribble(path: Path) -> None:
    path.write_bytes(random.Random(SEED).randbytes(path.stat().st_size))


def make_folder(path: Path) -> None:
    path.unlink()
    (path / "inner").mkdir(parents=True)


def link_to_nothing(path: Path) -> None:
    path.unlink()
    path.symlink_to("nothing")


def in_each_file(damage: Callable[[Path], None], entry: Path) -> None:
    for path in [path for path in sorted(entry.rglob("*")) if path.is_file()]:
        damage(path)


def in_one_file(damage: Callable[[Path], None], entry: Path) -> None:
    damage(next(path for path in sorted(entry.rglob("*")) if path.name != "index.json" and path.stat().st_size))


def without_index(entry: Path) -> None:
    (entry / "index.json").unlink()


def with_a_file_more(entry: Path) -> None:
    (entry / "inline-other.svg").write_bytes(b"<svg/>")


def file_instead(entry: Path) -> None:
    shutil.rmtree(entry)
    entry.write_bytes(b"no folder")


DAMAGE_TO_FILES = (remove, cut, empty, scribble, make_folder, link_to_nothing)
DAMAGE_TO_ENTRIES: dict[str, Callable[[Path], None]] = {
    "removed": remove,
    "a file instead": file_instead,
    "without index": without_index,
    "a file more": with_a_file_more,
    **{f"each file: {damage.__name__}": partial(in_each_file, damage) for damage in DAMAGE_TO_FILES},
    **{f"one file: {damage.__name__}": partial(in_one_file, damage) for damage in DAMAGE_TO_FILES},
}


@pytest.mark.parametrize("damage", DAMAGE_TO_ENTRIES.values(), ids=DAMAGE_TO_ENTRIES)
def test_a_damaged_result_is_made_again(tmp_path, damage):
    files = {"a.svg": b"<svg>one</svg>", "b.svg": b"<svg>two</svg>"}
    Store(tmp_path).get("key", lambda: files)
    damage(tmp_path / "key")

    store = Store(tmp_path)

    assert store.get("key", lambda: files) == files
    assert store.made == 1
    assert Store(tmp_path).get("key", lambda: pytest.fail("it was kept")) == files


def test_a_file_where_the_store_should_be_is_cleared_away(tmp_path):
    (tmp_path / "store").write_text("no folder")

    assert Store(tmp_path / "store").get("key", lambda: {"a": b"1"}) == {"a": b"1"}


def test_a_build_with_damaged_stores_is_right(ferry_project):
    """Each kind of damage meets a drawing, the fonts, or the library; any other store has its files damaged in turn."""
    folder, editions, _ = ferry_project
    work = folder / "build"
    drawings = [entry for entry in sorted((work / "drawings").iterdir()) if (entry / "file.png").stat().st_size]
    damaged = drawings[: building.FEW]  # so many are drawn in this process
    for entry, damage in zip([*damaged, *(work / "fonts").iterdir()], [*DAMAGE_TO_ENTRIES.values()][::2], strict=False):
        damage(entry)
    file_instead(work / "library")
    known = ("docs", "drawings", "fonts", "library", "lock")
    files = [path for path in sorted(work.rglob("*")) if path.is_file()]
    others = [path for path in files if path.relative_to(work).parts[0] not in known]
    for number, path in enumerate(others):
        DAMAGE_TO_FILES[number % len(DAMAGE_TO_FILES)](path)
    wanted = 1 - ferry_project.standing()
    write_edition(folder, wanted)

    assert make_site(folder) == 0

    assert difference(editions[wanted], ferry_project.site) == ""


def leave_half_a_site(folder: Path) -> None:
    half = folder / "build/site.next"
    shutil.copytree(folder / "site", half)
    (half / "index.html").write_bytes(b"<p>hal")
    (half / "stray").mkdir()
    for name in ("stray/index.html", "stray.csv"):
        (half / name).write_bytes(b"stray")


def leave_half_a_tree(folder: Path) -> None:
    for name in ("build/docs.next", "build/docs.last", "site.last"):
        (folder / name).mkdir()
        (folder / name / "index.md").write_bytes(b"hal")


def scribble_in_the_tree(folder: Path) -> None:
    in_each_file(scribble, folder / "build/docs")


LEFT = {
    "no tree": lambda folder: remove(folder / "build/docs"),
    "a file where the tree should be": lambda folder: file_instead(folder / "build/docs"),
    "a tree of garbage": scribble_in_the_tree,
    "half a tree": leave_half_a_tree,
    "half a site": leave_half_a_site,
    "a file where half a site would be": lambda folder: (folder / "build/site.next").write_bytes(b""),
    "a link where half a site would be": lambda folder: (folder / "build/site.next").symlink_to("../site"),
    "no site": lambda folder: remove(folder / "site"),
}


@pytest.mark.parametrize("leave", LEFT.values(), ids=LEFT)
def test_what_another_build_left_or_lost_harms_nothing(small_project, leave):
    folder, editions, _ = small_project
    wanted = 1 - small_project.standing()
    write_edition(folder, wanted)
    leave(folder)

    assert make_site(folder) == 0

    assert difference(editions[wanted], small_project.site) == ""
    left = {path.name for path in [*folder.iterdir(), *(folder / "build").iterdir()]}
    assert [name for name in sorted(left) if name.endswith((".next", ".last"))] == []


EDITED = {
    "a page": lambda site: (site / "index.html").write_bytes(b"edited"),
    "a page of the same length": lambda site: scribble(site / "index.html"),
    "a file more": lambda site: (site / "more.html").write_bytes(b"more"),
    "a file less": lambda site: (site / "sitemap.xml").unlink(),
    "a folder for a file": lambda site: make_folder(site / "sitemap.xml"),
}


@pytest.mark.parametrize("edit", EDITED.values(), ids=EDITED)
def test_a_site_edited_by_hand_is_made_anew_though_nothing_else_changed(small_project, edit):
    folder, editions, _ = small_project
    standing = small_project.standing()
    write_edition(folder, standing)
    assert make_site(folder) == 0
    edit(folder / "site")

    assert make_site(folder) == 0

    assert difference(editions[standing], small_project.site) == ""


# --- the swap ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["before the new folder stands", "while files are written"])
def test_an_interrupted_build_leaves_or_regains_the_last_good_tree(tmp_path, monkeypatch, step):
    folder = tmp_path / "docs"
    write_tree(folder, {"a.md": b"old", "b/c.md": b"old"})

    class Stopped(BaseException):
        """The process ends here."""

    if step == "while files are written":
        monkeypatch.setattr(building, "swap", lambda *_: (_ for _ in ()).throw(Stopped))
    else:
        original = type(folder).rename

        def rename(self, target):
            if self.name == "docs.next":
                raise Stopped
            return original(self, target)

        monkeypatch.setattr(building, "exchange", lambda *_: False)
        monkeypatch.setattr(type(folder), "rename", rename)
    with pytest.raises(Stopped):
        write_tree(folder, {"a.md": b"new"})
    monkeypatch.undo()

    recover(folder)
    assert files_of(folder) == {"a.md": b"old", "b/c.md": b"old"}
    assert write_tree(folder, {"a.md": b"new"}) == (1, 1)
    assert files_of(folder) == {"a.md": b"new"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs"]


def test_leftovers_of_a_stopped_build_are_cleared(tmp_path):
    folder = tmp_path / "docs"
    for name in ("docs.next", "docs.last"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "stale.md").write_text("stale")
    folder.mkdir()

    write_tree(folder, {"a.md": b"new"})

    assert files_of(tmp_path) == {"docs/a.md": b"new"}


def test_on_linux_two_folders_change_places_without_a_moment_between(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    write_tree(one, {"a": b"1"})
    write_tree(two, {"b": b"2"})

    assert exchange(one, two) == sys.platform.startswith("linux")
    assert not exchange(one, tmp_path / "none")
    if sys.platform.startswith("linux"):
        assert (files_of(one), files_of(two)) == ({"b": b"2"}, {"a": b"1"})


def test_a_swap_into_nothing_is_a_move(tmp_path):
    (tmp_path / "fresh").mkdir()
    (tmp_path / "fresh/a.md").write_text("a")

    swap(tmp_path / "fresh", tmp_path / "docs")

    assert files_of(tmp_path) == {"docs/a.md": b"a"}


def test_changing_a_file_leaves_the_one_that_stood_before_untouched(tmp_path):
    """Unchanged files are links to the old tree, so writing through one would change what a reader still sees."""
    folder = tmp_path / "docs"
    write_tree(folder, {"a.md": b"old", "b.md": b"same"})
    kept = folder.rename(tmp_path / "kept")
    shutil.copytree(kept, folder, copy_function=os.link)

    write_tree(folder, {"a.md": b"new", "b.md": b"same"})

    assert files_of(kept) == {"a.md": b"old", "b.md": b"same"}
