"""A server for finished sites, as a good host serves them: compressed, under a sub-path."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SUB_PATH = "/some/where"
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".csv")


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: object, sub_path: str, **keywords: object) -> None:
        self.sub_path = sub_path
        super().__init__(*arguments, **keywords)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        inside = path.startswith(f"{self.sub_path}/")
        return super().translate_path(path.removeprefix(self.sub_path) if inside else "/none")

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() else path
        if not page.is_file() or page.suffix not in COMPRESSED:
            return super().do_GET()
        content = gzip.compress(page.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(page)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path, sub_path: str = SUB_PATH) -> Iterator[str]:
    """The address of a folder while it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site), sub_path=sub_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{sub_path}"
    finally:
        server.shutdown()
        server.server_close()
