"""The modules of the generator, what each imports, and the picture of their layers.

`make layers`, or `python -m tests.architecture`, draws the picture into CONTRIBUTING.md.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from functools import cache
from graphlib import TopologicalSorter
from itertools import zip_longest
from pathlib import Path

from tests.project import ROOT

GUIDE = ROOT / "CONTRIBUTING.md"
BEGIN, END = "<!-- layers: written by make layers -->\n```\n", "```\n<!-- end of layers -->"
_DRAWN = re.compile(f"(?<={re.escape(BEGIN)}).*?(?={re.escape(END)})", re.DOTALL)


def name_of(path: Path) -> str:
    """The name of a module inside the generator: `charts.fonts`; a package has its own."""
    return ".".join(path.relative_to(ROOT / "generator").with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in sorted((ROOT / "generator").rglob("*.py"))}
CODE = {name: path for name, path in MODULES.items() if ast.parse(path.read_text("utf-8")).body[1:]}
"""The modules that hold more than a docstring."""


@cache
def tree_of(name: str) -> ast.Module:
    """The code of a module, parsed."""
    return ast.parse(MODULES[name].read_text("utf-8"))


def imported_by(name: str) -> set[str]:
    """The modules of the generator that a module imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{name} imports by dots"
            found |= {
                f"{node.module}.{alias.name}"
                if f"{node.module}.{alias.name}".removeprefix("generator.") in MODULES
                else node.module
                for alias in node.names
            }
    return {module.removeprefix("generator.") for module in found if module.startswith("generator.")}


# --- the picture ------------------------------------------------------------------------------------------------


def draw_layers(imports: Mapping[str, Iterable[str]]) -> str:
    """The parts in columns, each part in the first column that is right of all it imports.

    A package is one part; only a module of it on which the rest rests by way of others stands alone.
    """
    alone = _modules_alone(imports)
    parts: dict[str, set[str]] = {}
    for name, imported in imports.items():
        part = _part_of(name, alone)
        parts.setdefault(part, set()).update({_part_of(other, alone) for other in imported} - {part})
    places: dict[str, int] = {}
    for part in TopologicalSorter(parts).static_order():
        places[part] = max((places[other] + 1 for other in parts[part]), default=0)
    columns = [sorted(part for part in places if places[part] == at) for at in range(max(places.values()) + 1)]
    widths = [max(map(len, column)) for column in columns]
    lines = (
        (" > " if number == 0 else "   ").join(word.ljust(width) for word, width in zip(row, widths, strict=True))
        for number, row in enumerate(zip_longest(*columns, fillvalue=""))
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _part_of(name: str, alone: set[str]) -> str:
    package, dot, _ = name.partition(".")
    return f"{package}/" if (dot or name in _packages()) and name not in alone else name


def _packages() -> set[str]:
    return {name.partition(".")[0] for name in MODULES if "." in name}


def _modules_alone(imports: Mapping[str, Iterable[str]]) -> set[str]:
    """Modules of a package that modules outside it need on which the package itself rests."""
    alone: set[str] = set()
    for package in _packages():
        inside = {name for name in imports if name.partition(".")[0] == package}
        below = {name for module in inside for name in _reached(imports, module)} - inside
        alone |= inside & {name for module in below for name in _reached(imports, module)}
    return alone


def _reached(imports: Mapping[str, Iterable[str]], start: str) -> set[str]:
    """Every module that a module needs, itself or by way of others."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        new = set(imports[waiting.pop()]) - reached
        reached |= new
        waiting += sorted(new)
    return reached


def layers() -> str:
    """The picture of the generator as it is; who starts it is left out."""
    return draw_layers({name: imported_by(name) & CODE.keys() for name in CODE if name != "__main__"})


def with_layers(text: str, picture: str) -> str:
    """The guide with this picture between its marks. Raises `ValueError` where it has no such place."""
    if not _DRAWN.search(text):
        raise ValueError("CONTRIBUTING.md has lost the marks between which the layers are drawn")
    return _DRAWN.sub(lambda _: picture, text)


if __name__ == "__main__":
    GUIDE.write_text(with_layers(GUIDE.read_text("utf-8"), layers()), "utf-8")
