"""Loads, checks, renders and writes the Markdown tree; only `publish`, `serve` and `offline` write besides."""

from __future__ import annotations

import ctypes
import hashlib
import json
import multiprocessing
import os
import pickle
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from generator.charts.drawing import AREAS, STRIP, Drawing, draw, draw_strip, key_of, key_of_strip
from generator.charts.fonts import web_fonts
from generator.dates import Span
from generator.load import NO_SITE, load
from generator.model import Chart, Subject
from generator.pages import Tree, World, render
from generator.problems import Problem, Refusal, Where, sort_problems
from generator.reading import Reading, read_text
from generator.rules import check as check_rules
from generator.stretches import density

ADDRESSES = "addresses.txt"
T = TypeVar("T")


@dataclass(frozen=True)
class Places:
    """The folders of one site: what is read, the engine's configuration, and the Markdown tree."""

    data: Path
    docs: Path
    config: Path
    tree: Path

    @property
    def work(self) -> Path:
        """Where a build keeps what it need not make again: beside the tree."""
        return self.tree.parent


@dataclass(frozen=True)
class Built:
    """What a build did: the subject, the tree, and how much of it was new."""

    subject: Subject
    tree: Tree
    drawn: int
    written: int
    removed: int


def check(places: Places, today: Span | None = None) -> tuple[Subject, list[Problem]]:
    """Every problem of data and prose, without drawing or writing anything; as of another day if one is given."""
    subject, problems = _read(places)
    if today is not None:
        subject = replace(subject, site=subject.site.model_copy(update={"as_of": today}))
    return subject, _problems_of(subject, problems, places)


def _problems_of(subject: Subject, unread: Sequence[Problem], places: Places) -> list[Problem]:
    """What could not be read, and the problems of the rules, the pages and the addresses, in their order."""
    problems = list(unread)
    if subject.site is not NO_SITE:  # without its words every record would look wrong
        problems += _attempt(lambda: list(check_rules(subject)), problems, [])
        nothing: tuple[Tree, list[Problem]] = ({}, [])
        tree, from_prose = _attempt(lambda: render(subject, {}, World()), problems, nothing)
        problems += from_prose
        if not problems:
            problems = list(_lost_addresses(places, tree))
    return list(sort_problems(problems))


def _attempt(step: Callable[[], T], known: Sequence[Problem], instead: T) -> T:
    """What a step gives; `instead` where it fails over records that are known to be faulty: their report is enough."""
    try:
        return step()
    except Exception:
        if not known:
            raise
        return instead


def _read(places: Places) -> tuple[Subject, list[Problem]]:
    subject, problems = load(places.data, places.docs, places.config)
    return subject, list(problems)


def build(places: Places, world: World) -> Built:
    """Write the Markdown tree. Raises `Refusal` with every problem; then nothing has been written."""
    subject, problems = _read(places)
    if problems or any(check_rules(subject)):  # what breaks no rule is drawn before its prose is checked
        raise Refusal(_problems_of(subject, problems, places))
    store = Store(places.work / "drawings")
    drawings = dict(_drawings(subject, store))
    tree, from_prose = render(subject, drawings, world)
    problems = [*from_prose, *_lost_addresses(places, tree)]
    if problems:
        raise Refusal(problems)
    tree |= _fonts(Store(places.work / "fonts"))
    if drawings:
        tree |= _library(Store(places.work / "library"))
    written, removed = write_tree(places.tree, tree)
    return Built(subject, tree, store.made, written, removed)


# --- addresses --------------------------------------------------------------------------------------------------


def addresses_of(tree: Mapping[str, bytes]) -> list[str]:
    """The public address of every page and download of a tree, assets left out."""
    addresses = []
    for path in tree:
        if not path.startswith("assets/"):
            page = path.removesuffix("index.md").removesuffix("index.html")
            addresses.append(f"/{page.removesuffix('.md')}/" if page.endswith(".md") else f"/{page}")
    return sorted(addresses)


def _lost_addresses(places: Places, tree: Tree) -> Iterator[Problem]:
    """A published address is still there. Drawings are made after the check, so what only they fill counts as there."""
    listing = places.data / ADDRESSES
    if not listing.exists():
        return
    name, reading = f"{places.data.name}/{ADDRESSES}", Reading()
    text = read_text(listing, name, reading) or ""
    yield from reading.problems
    known = set(addresses_of(tree))
    for line, address in enumerate(text.split("\n"), 1):
        chart, _, ending = address.rpartition(".")
        is_drawn = ending in ("svg", "png", "json") and f"{chart}.csv" in known
        is_embed = address.endswith("/embed/") and address.removesuffix("embed/") in known
        if address and address not in known and not is_drawn and not is_embed:
            yield Problem(
                Where(name, line),
                f"the published address {address} would be lost",
                "Bring its record or page back, or say in data/redirects.yml where it went.",
                "published-addresses-stay",
            )


def write_addresses(places: Places, tree: Tree) -> int:
    """Add the addresses of a tree to the committed list; returns how many were new."""
    listing = places.data / ADDRESSES
    known = listing.read_text("utf-8").split() if listing.is_file() else []
    everything = sorted({*known, *addresses_of(tree)})
    write_file(listing, "".join(f"{address}\n" for address in everything).encode())
    return len(everything) - len(known)


# --- the store --------------------------------------------------------------------------------------------------


class Store:
    """Results by key, so that what has not changed is not made again. `made` counts what was."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.made = folder, 0

    def has(self, key: str) -> bool:
        """Whether something is kept under a key; whether it is whole is seen when it is got."""
        return (self.folder / key / "index.json").is_file()

    def get(self, key: str, make: Callable[[], Mapping[str, bytes]]) -> dict[str, bytes]:
        """The files kept under a key, made now if there are none or if they are not whole."""
        kept = self.folder / key
        found = _read_whole(kept)
        if found is not None:
            return found
        self.made += 1
        files = dict(make())
        if not self.folder.is_dir():
            remove(self.folder)
        fresh = self.folder / f"{key}.next"
        remove(fresh)
        fresh.mkdir(parents=True)
        for name, content in {**files, "index.json": _index_of(files)}.items():
            (fresh / name).write_bytes(content)
        remove(kept)
        fresh.rename(kept)
        return files


def _index_of(files: Mapping[str, bytes]) -> bytes:
    return json.dumps({name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}).encode()


def _read_whole(folder: Path) -> dict[str, bytes] | None:
    """The files of a kept result, or `None` where one is missing or damaged."""
    try:
        files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        index = files.pop("index.json")
    except (OSError, KeyError):
        return None
    return files if index == _index_of(files) else None


FEW = 8
"""So many charts are drawn sooner in one process than processes are started."""


def _drawings(subject: Subject, store: Store) -> Iterator[tuple[str, Drawing]]:
    keys = {chart.id: key_of(subject, chart) for chart in subject.of("chart")}
    new = [chart for chart in subject.of("chart") if not store.has(keys[chart.id])]
    made = _draw_at_once(subject, new) if len(new) > FEW else [_try_to_draw(subject, chart) for chart in new]
    problems = [one for one in made if isinstance(one, Problem)]
    if problems:
        raise Refusal(problems)
    drawn = {chart.id: one for chart, one in zip(new, made, strict=True) if isinstance(one, Drawing)}
    for chart in subject.of("chart"):
        fresh = drawn.get(chart.id)  # none for one in the store, which is made again where it is damaged
        make = (lambda fresh=fresh: fresh) if fresh else partial(draw, subject, chart)
        yield chart.id, _kept_drawing(store, keys[chart.id], make)
    stretches = density(subject)
    if stretches:
        yield STRIP, _kept_drawing(store, key_of_strip(stretches), lambda: draw_strip(stretches))


def _draw_at_once(subject: Subject, charts: Sequence[Chart]) -> list[Drawing | Problem]:
    """Charts drawn side by side. They are started anew: a process that is forked after a first drawing hangs.

    The subject waits for them in a file: one who is to read it from a pipe and dies is waited for without end.
    """
    processes = min(os.cpu_count() or 1, len(charts))
    context = multiprocessing.get_context("spawn")
    with tempfile.NamedTemporaryFile() as file:
        pickle.dump(subject, file)
        file.flush()
        try:
            with ProcessPoolExecutor(processes, context, initializer=_take_subject, initargs=(file.name,)) as pool:
                return list(pool.map(_draw_taken, charts))
        except (BrokenProcessPool, OSError, ValueError) as error:  # the pool trips over its own closed pipes too
            raise OSError("a process that drew charts was ended from outside, perhaps for want of memory") from error


_taken: list[Subject] = []
"""The subject of a process that draws: read once, as it is large."""


def _take_subject(file: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that waits for this one
    _taken.append(pickle.loads(Path(file).read_bytes()))


def _draw_taken(chart: Chart) -> Drawing | Problem:
    return _try_to_draw(_taken[0], chart)


def _try_to_draw(subject: Subject, chart: Chart) -> Drawing | Problem:
    """The drawing, or why there is none: words so long that no room is left are seen only while it is made."""
    try:
        return draw(subject, chart)
    except Exception as error:
        said = (str(error) or type(error).__name__).splitlines()[0]
        return replace(chart.problem(f"cannot be drawn: {said}", "Shorten its names."), rule="charts-can-be-drawn")


def _kept_drawing(store: Store, key: str, make: Callable[[], Drawing]) -> Drawing:
    def files() -> dict[str, bytes]:
        drawing = make()
        inline = {f"inline-{name}.svg": svg.encode() for name, svg in drawing.inline.items()}
        return {**inline, "file.svg": drawing.svg, "file.png": drawing.png, "chart.json": drawing.specification}

    kept = store.get(key, files)
    inline = {
        name.removeprefix("inline-").removesuffix(".svg"): content.decode()
        for name, content in kept.items()
        if name.startswith("inline-")
    }
    order = sorted(inline, key=lambda name: (AREAS in name, ("narrow", "text", "wide").index(name.removeprefix(AREAS))))
    return Drawing({name: inline[name] for name in order}, kept["file.svg"], kept["file.png"], kept["chart.json"])


def _fonts(store: Store) -> Tree:
    parts = [version(name) for name in ("fonttools", "brotli", "font-source-sans-pro", "font-source-serif-pro")]
    from generator.charts import fonts

    code = Path(fonts.__file__).read_bytes()
    key = hashlib.sha256(json.dumps(parts).encode() + code).hexdigest()[:32]
    return {f"assets/fonts/{name}": content for name, content in store.get(key, web_fonts).items()}


PLAIN_SCRIPT = '(() => {"use strict";CODE})();'
"""The library as a script that is no module: as one it would not load from a disk."""


def _library(store: Store) -> Tree:
    """The library of the live charts, loaded from the site itself when a reader asks for it."""

    def bundle() -> dict[str, bytes]:
        import vl_convert

        code = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
        return {"vega.js": PLAIN_SCRIPT.replace("CODE", code).encode()}

    parts = [version("vl-convert-python"), PLAIN_SCRIPT]
    key = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]
    return {f"assets/{name}": content for name, content in store.get(key, bundle).items()}


# --- writing ----------------------------------------------------------------------------------------------------


def write_tree(folder: Path, tree: Tree) -> tuple[int, int]:
    """Make the folder hold exactly this tree; returns how many files were written and removed.

    The new tree is put together beside the old one, unchanged files as links to the old, and then takes its place: an
    interrupted build leaves the old tree. Unchanged files keep their time, so that the engine can skip them.
    """
    recover(folder)
    old = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    changed = {path for path, content in tree.items() if path not in old or (folder / path).read_bytes() != content}
    removed = old - set(tree)
    if not changed and not removed:
        return 0, 0
    fresh = folder.with_name(f"{folder.name}.next")
    remove(fresh)
    for path, content in tree.items():
        target = fresh / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if path in changed:
            target.write_bytes(content)
        else:
            _link(folder / path, target)
    swap(fresh, folder)
    return len(changed), len(removed)


def _link(old: Path, new: Path) -> None:
    """The same file under another name; a copy of it where the disk knows no such thing."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def swap(fresh: Path, folder: Path) -> None:
    """Put a finished folder in the place of the old one: at once where the system can, else in two steps."""
    old = fresh if exchange(fresh, folder) else _swap_in_two_steps(fresh, folder)
    with suppress(OSError):  # the new folder stands; what is left of the old one is cleared by the next build
        remove(old)


def exchange(first: Path, second: Path) -> bool:
    """Let two folders take each other's place in one step; says whether the system could.

    Linux can, by a call that Python does not have. It leaves no moment without a folder, as two steps do.
    """
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    here, to_exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE in Linux's headers
    return bool(renameat2 and not renameat2(here, os.fsencode(first), here, os.fsencode(second), to_exchange))


def _swap_in_two_steps(fresh: Path, folder: Path) -> Path:
    """The same where folders cannot be exchanged; returns where the old one is. Between the steps see `recover`."""
    last = folder.with_name(f"{folder.name}.last")
    had_one = folder.exists()
    if had_one:
        folder.rename(last)
    try:
        fresh.rename(folder)
    except OSError:
        if had_one:
            last.rename(folder)
        raise
    return last


def remove(path: Path) -> None:
    """Remove a folder, or whatever stands where it should; nothing need be there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def recover(folder: Path) -> None:
    """Bring the old folder back where a build was stopped between the two steps of a swap; clear it away elsewhere."""
    last = folder.with_name(f"{folder.name}.last")
    if last.exists() and not folder.exists():
        last.rename(folder)
    remove(last)


def write_file(path: Path, content: bytes) -> None:
    """Replace one file as a whole: a reader sees the old or the new content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)


class AnotherBuild(Exception):
    """The working folder is held by a build that still runs; the message says which folder."""


@contextmanager
def only_one(work: Path, is_patient: bool = False) -> Iterator[None]:
    """Hold the working folder for one build at a time. A second one waits if it is patient, else `AnotherBuild`.

    The system lets go of it when the last process of a build has ended, however that was. The engine is one: were its
    build killed alone, it would still write.
    """
    import fcntl

    work.mkdir(parents=True, exist_ok=True)
    with (work / "lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if is_patient else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise AnotherBuild(f"Another build runs in {work}. Wait until it has ended, then try again.") from error
        os.set_inheritable(handle.fileno(), True)
        yield
