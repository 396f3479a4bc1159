"""The live preview: follows data and prose, writes the pages that changed and has the engine make only those again."""

from __future__ import annotations

import functools
import gc
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator.build import Places, build, only_one
from generator.pages import HERE, World
from generator.problems import Refusal, report_for_people

PAUSE = 0.1
VERSION, SCRIPT = "/__version", "/__follow.js"
FOLLOW = f"""
let seen;
setInterval(async () => {{
  const version = await (await fetch("{VERSION}")).text().catch(() => seen);
  if (seen && version !== seen) location.reload();
  seen = version;
}}, 300);
"""


@dataclass(frozen=True)
class Made:
    """What every page of the preview depends on: which files there are, and what is around them."""

    files: frozenset[str]
    frame: Mapping[Path, int]


def serve(places: Places, world: World, port: int, say: Callable[[str], None]) -> int:
    """Serve the site on this machine until interrupted. Problems are said, and the last good pages stay."""
    site = places.work / "preview"
    made: Made | None = None
    clock = [time.monotonic_ns()]
    snapshot: dict[Path, int] = {}
    server = _server(site, port, clock)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    gc.disable()  # a rebuild makes a million short-lived values: collecting between rebuilds saves a sixth of the wait
    say(f"http://127.0.0.1:{server.server_port}/ follows {places.data}/ and {places.docs}/. Stop it with Ctrl+C.")
    try:
        while True:
            seen = dict(_times(places))
            if seen != snapshot:
                snapshot = seen
                said, made = _rebuild(places, world, site, _frame_of(places, seen), made)
                say(said)
                clock[0] = time.monotonic_ns()
                gc.collect()
            time.sleep(PAUSE)
    except KeyboardInterrupt:
        return 0
    finally:
        server.shutdown()


def _times(places: Places) -> Iterator[tuple[Path, int]]:
    """When each file was last written: data, prose, the engine's configuration, templates and styles."""
    folders = (places.data, places.docs, HERE / "templates", HERE / "theme")
    for path in [places.config, *(path for folder in folders for path in folder.rglob("*"))]:
        try:
            yield path, path.stat().st_mtime_ns
        except FileNotFoundError:  # an editor is just replacing it
            continue


def _frame_of(places: Places, times: Mapping[Path, int]) -> Mapping[Path, int]:
    """When that was last written which is around every page: the engine's configuration and its templates."""
    overrides = HERE / "theme" / "overrides"
    return {path: time for path, time in times.items() if path == places.config or overrides in path.parents}


def _rebuild(
    places: Places, world: World, site: Path, frame: Mapping[Path, int], made: Made | None
) -> tuple[str, Made | None]:
    """Make what changed since `made`. Returns what to say and what stands in the preview; `None` after a fault."""
    started = time.perf_counter()
    try:
        with only_one(places.work, is_patient=True):
            built = build(places, world)
            generated = time.perf_counter()
            now = Made(frozenset(built.tree), frame)
            if built.written or built.removed or made != now:
                make_pages(places.config, site, is_dirty=made == now)
    except Refusal as refusal:
        return report_for_people(refusal.problems), made
    except (Exception, SystemExit) as error:  # MkDocs ends the process where it cannot go on
        return f"The preview could not be made: {error or type(error).__name__}", None
    ended = time.perf_counter()
    return f"{built.written} files written in {generated - started:.2f} s, engine {ended - generated:.2f} s", now


def make_pages(config: Path, site: Path, is_dirty: bool) -> None:
    """Run the engine in this process; dirty, it makes only the pages whose source is newer."""
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config

    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    settings = load_config(config_file=str(config), site_dir=str(site.resolve()), strict=False)
    settings.plugins.on_startup(command="serve", dirty=is_dirty)
    build_site(settings, dirty=is_dirty)


class _Handler(SimpleHTTPRequestHandler):
    """Files of the preview, with a script in each page that reloads it after a change."""

    def __init__(self, *arguments: object, clock: list[int], **keywords: object) -> None:
        self.clock = clock
        super().__init__(*arguments, **keywords)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.path == VERSION:
            return self._send(str(self.clock[0]).encode(), "text/plain")
        if self.path == SCRIPT:
            return self._send(FOLLOW.encode(), "text/javascript")
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if page.suffix == ".html" and page.is_file():
            tag = f'<script src="{SCRIPT}"></script></body>'.encode()
            return self._send(page.read_bytes().replace(b"</body>", tag, 1), "text/html; charset=utf-8")
        return super().do_GET()

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the terminal is for problems."""


def _server(site: Path, port: int, clock: list[int]) -> ThreadingHTTPServer:
    site.mkdir(parents=True, exist_ok=True)
    handler = functools.partial(_Handler, directory=str(site), clock=clock)
    return ThreadingHTTPServer(("127.0.0.1", port), handler)
