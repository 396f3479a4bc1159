"""The same input gives the same finished site, byte for byte, wherever and whenever it is built."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path

import pytest

from tests.sites import copy_site, difference, files_of
from tests.worlds import ELSEWHERE, ROOT, start

LONG_AGO = 1_000_000_000
LOOK_AROUND = """
import datetime, json, locale, os, time
mask = os.umask(0)
told = {
    "days": [str(datetime.date.today()), str(datetime.datetime.now().date()), time.strftime("%Y-%m-%d")],
    "universal": [str(datetime.datetime.now(datetime.UTC).date()), time.strftime("%Y-%m-%d", time.gmtime(time.time()))],
    "letters": locale.getpreferredencoding(),
    "mask": mask,
    "listed": os.listdir("."),
    "scanned": [entry.name for entry in os.scandir(".")],
    "hash": hash("a"),
}
print(json.dumps(told))
"""


def clone(name: str, folder: Path) -> Path:
    """A site with the generator's code, in a folder where nothing has been built, each file of another age."""
    copy_site(name, folder)
    shutil.copytree(ROOT / "generator", folder / "generator", dirs_exist_ok=True)
    for number, path in enumerate(sorted([*folder.glob("d*/**/*"), folder / "mkdocs.yml"], reverse=True)):
        os.utime(path, (LONG_AGO, LONG_AGO + number))
    return folder


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        pytest.param({"a": b"1", "b": b"2"}, {"b": b"2", "a": b"1"}, "", id="the same"),
        pytest.param({"a": b"1"}, {"a": b"1", "b": b""}, "b is only in the second", id="a file more"),
        pytest.param({"a/b": b""}, {}, "a/b is only in the first", id="a file less"),
        pytest.param({"a": b"one day"}, {"a": b"one way"}, "a differs at byte 4: b'day' and b'way'", id="a byte"),
        pytest.param({"a": b"one"}, {"a": b"one\n"}, "a differs at byte 3: b'' and b'\\n'", id="a byte more"),
    ],
)
def test_a_difference_is_named_by_file_and_bytes(one, other, said):
    assert difference(one, other) == said


def test_elsewhere_is_another_day_place_and_order(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / name).touch()

    here, there = (
        json.loads(start(tmp_path, (sys.executable, "-c", LOOK_AROUND), world).communicate()[0])
        for world in ({"PYTHONHASHSEED": "0"}, ELSEWHERE)
    )

    assert there["days"] == ["2050-01-01"] * 3  # in that time zone
    assert there["universal"] == ["2049-12-31"] * 2
    assert here["universal"] == [time.strftime("%Y-%m-%d", time.gmtime())] * 2
    assert there["listed"] == there["scanned"] == ["c", "b", "a"]
    assert there["letters"] not in ("UTF-8", "utf-8")
    assert there["mask"] == 0o027
    assert here["hash"] != there["hash"]


def test_a_clone_elsewhere_gives_the_same_site(tmp_path, ferry, ferry_folder):
    """In another process, folder, day, time zone and locale, with other hashes, and with everything drawn anew."""
    folder = clone("ferry", tmp_path / "Another name")

    said, error = start(folder, world=ELSEWHERE).communicate()

    assert error == ""
    assert f"{len(ferry.subject.of('chart')) + 1} drawings made now" in said  # and the strip above the timeline
    assert difference(files_of(ferry_folder), files_of(folder / "site")) == ""
