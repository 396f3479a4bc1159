"""Two others that do the same work: Sphinx with sphinxext-altair, and Jupyter Book 1, which executes the charts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import subjects
from bench.measure import Run, run
from bench.subjects import CHAPTERS, CHARTS, REPORTERS, YEARS

CODE = """\
import altair as alt
rows = {rows}
data = alt.Data(values=rows)
year = alt.X("year:Q", title=None, axis=alt.Axis(format="d", grid=False))
value = alt.Y("value:Q", title="crowns", scale=alt.Scale(zero=True))
colour = alt.Color("reporter:N", title="Counted by", scale=alt.Scale(range=["#0F4C55", "#BB7408"]))
line = alt.Chart(data).mark_line(point=True, strokeWidth=2.5).encode(x=year, y=value, color=colour)
last = alt.Chart(data).transform_filter(alt.datum.year == {last})
name = last.mark_text(align="left", dx=6).encode(x=year, y=value, color=colour, text="value:Q")
alt.layer(line, name).properties(width=640, height=320, title="{title}")
"""
"""What an author of these peers writes for one of our charts: the same rows as lines, with the last values."""


@dataclass(frozen=True)
class Peer:
    """Another builder: its folder, how its pages are written, and how it is run by the programs of its environment."""

    name: str
    folder: str
    write: Callable[[Path], None]
    command: Callable[[Path, Path], list[str | Path]]
    edit: str
    """The file of the chart in which one row is edited."""


def build_peer(peer: Peer, environment: Path, folder: Path) -> Run:
    return run(peer.command(environment / "bin", folder), folder)


def edit_row(peer: Peer, folder: Path, run: int) -> None:
    """Give one row of one chart another value, a different one in every run."""
    path = folder / peer.edit
    old, new = '"value": ', f'"value": {run}'
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def code_of(series: int) -> str:
    rows = [
        {"year": year, "reporter": reporter, "value": subjects.value_of(series, reporter, year)}
        for year in YEARS
        for reporter in REPORTERS
    ]
    headline = subjects.chart_of(series)["headline"]
    return CODE.format(rows=json.dumps(rows), last=YEARS[-1], title=headline)


def _plain_text(chapter: int) -> list[str]:
    return [subjects.as_plain(paragraph) for paragraph in subjects.text_of(chapter)]


def _words_beside(series: int) -> list[str]:
    chart = subjects.chart_of(series)
    last = YEARS[-1]
    value = subjects.value_of(series, REPORTERS[0], last)
    return [chart["subtitle"].replace("{{ unit }}", "crowns"), f"Alba counted {value} crowns in {last}."]


# --- Sphinx -----------------------------------------------------------------------------------------------------


def _write_for_sphinx(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    settings = 'project = "Alba and Bora"\nextensions = ["sphinxext_altair.altairplot"]\n'
    _write(folder / "conf.py", settings)
    names = [*_names("chapter", CHAPTERS), *_names("chart", CHARTS)]
    _write(folder / "index.rst", _as_rst("Alba and Bora", [".. toctree::\n\n" + "\n".join(f"   {n}" for n in names)]))
    for chapter, name in enumerate(_names("chapter", CHAPTERS), 1):
        text = _plain_text(chapter)
        parts = ["What was counted\n----------------", *text[:5], "Who counted it\n--------------", *text[5:]]
        _write(folder / f"{name}.rst", _as_rst(subjects.title_of_chapter(chapter), parts))
    for series, name in enumerate(_names("chart", CHARTS), 1):
        code = "".join(f"    {line}\n" for line in code_of(series).splitlines())
        plot = f".. altair-plot::\n    :remove-code:\n    :strict:\n\n{code}"
        before, after = _words_beside(series)
        _write(folder / f"{name}.rst", _as_rst(subjects.chart_of(series)["title"], [before, plot, after]))


def _as_rst(title: str, parts: list[str]) -> str:
    return "\n\n".join([f"{title}\n{'=' * len(title)}", *parts]) + "\n"


def _sphinx(programs: Path, folder: Path) -> list[str | Path]:
    return [programs / "sphinx-build", "--quiet", "--builder", "html", folder, folder / "_build/html"]


# --- Jupyter Book -----------------------------------------------------------------------------------------------

NOTEBOOK = """\
---
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3}
---

"""


def _write_for_jupyter(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    # What was executed is kept, which is the faster of its ways once nothing has changed.
    _write(folder / "_config.yml", "title: Alba and Bora\nexecute:\n  execute_notebooks: cache\n")
    names = [*_names("chapter", CHAPTERS), *_names("chart", CHARTS)]
    listed = "".join(f"- file: {name}\n" for name in names)
    _write(folder / "_toc.yml", f"format: jb-book\nroot: index\nchapters:\n{listed}")
    _write(folder / "index.md", "# Alba and Bora\n\nText.\n")
    for chapter, name in enumerate(_names("chapter", CHAPTERS), 1):
        text = _plain_text(chapter)
        parts = [f"# {subjects.title_of_chapter(chapter)}", "## What was counted", *text[:5], "## Who counted it"]
        _write(folder / f"{name}.md", "\n\n".join([*parts, *text[5:]]) + "\n")
    for series, name in enumerate(_names("chart", CHARTS), 1):
        before, after = _words_beside(series)
        cell = f"```{{code-cell}} ipython3\n:tags: [remove-input]\n\n{code_of(series)}```"
        parts = [f"# {subjects.chart_of(series)['title']}", before, cell, after]
        _write(folder / f"{name}.md", NOTEBOOK + "\n\n".join(parts) + "\n")


def _jupyter(programs: Path, folder: Path) -> list[str | Path]:
    return [programs / "jupyter-book", "build", "--quiet", folder]


def _names(kind: str, number: int) -> list[str]:
    return [f"{kind}-{at:03}" for at in range(1, number + 1)]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


PEERS = (
    Peer("Sphinx", "sphinx", _write_for_sphinx, _sphinx, "chart-007.rst"),
    Peer("Jupyter Book", "jupyter-book", _write_for_jupyter, _jupyter, "chart-007.md"),
)
