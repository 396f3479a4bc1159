"""Whole sites as tests: `ferry` with the tree that it must build, `empty`, and `broken-*` with the exact report.

`make expected`, or `python -m tests.sites`, writes the expectations anew for a reviewer to read as a diff. Nothing else
does, and it refuses in CI.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from generator.build import Places, check
from generator.problems import report_for_people

SITES = Path(__file__).parent
BROKEN = tuple(sorted(path.name for path in SITES.glob("broken-*")))
BINARY = (".png", ".woff2", ".zip", ".apkg", ".docx")
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


def places_of(site: Path, work: Path | None = None) -> Places:
    """The folders of a site; its tree and all that a build keeps stand in the site's own folder, or in `work`."""
    return Places(site / "data", site / "docs", site / "mkdocs.yml", (work or site / "build") / "docs")


def copy_site(name: str, target: Path) -> Places:
    """A site where it may be published: its files, and the theme that its settings name."""
    for part in ("data", "docs"):
        shutil.copytree(SITES / name / part, target / part, symlinks=True)
    if (SITES / name / "mkdocs.yml").is_file():
        shutil.copy(SITES / name / "mkdocs.yml", target)
    shutil.copytree(SITES.parent.parent / "generator/theme/overrides", target / "generator/theme/overrides")
    return places_of(target)


def report_of(name: str) -> str:
    """What the command `check` prints for a site."""
    return report_for_people(check(places_of(SITES / name))[1]) + "\n"


def comparable(tree: Mapping[str, bytes]) -> dict[str, str]:
    """The files of a tree as they are compared, byte for byte but for three things that other tests look at.

    Drawings are `test_charts`': an inline one becomes `<svg>`, one to download too; specifications are left empty.
    Styles, scripts and fonts, and the schema, hold no word of the subject: `test_pages` and `test_schema` look at them.
    """
    return {
        path: _without_drawings(path, content.decode())
        for path, content in tree.items()
        if not path.startswith("assets/") and not path.endswith(BINARY) and path != "about/data-format.schema.json"
    }


def _without_drawings(path: str, text: str) -> str:
    if path.startswith("charts/") and path.endswith(".json"):
        whole = {**json.loads(text), "specification": {}, "live": {}}
        return json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    return _DRAWING.sub("<svg>", text)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def difference(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> str:
    """Where two folders first differ: the file, and its first bytes that do; empty where they are the same."""
    for path in sorted({*one, *other}):
        if path not in one or path not in other:
            return f"{path} is only in {'the first' if path in one else 'the second'}"
        if one[path] != other[path]:
            first, second = one[path], other[path]
            at = next((at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), None)
            at = min(len(first), len(second)) if at is None else at
            return f"{path} differs at byte {at}: {first[at : at + 40]!r} and {second[at : at + 40]!r}"
    return ""
