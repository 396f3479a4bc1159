"""The offline copy: the finished site as an archive whose pages work when they are opened from a disk.

There a browser makes no page of a folder, fetches no file and starts no worker. So in the copy every link names a file,
what scripts fetch is a script itself, and `offline.js` stands in for what is missing. Done here and not by a second run
of the engine, so that the copy holds the very pages that were audited.
"""

from __future__ import annotations

import base64
import html
import json
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.build import write_file
from generator.exports.package import archive_of
from generator.model import Site, slug
from generator.pages.downloads import words_for_size
from generator.pages.frame import HERE

SCRIPT = "assets/offline.js"
INDEX = "search/search_index.json"
OFFERED_ON = "data/index.html"
LEFT_OUT = ("404.html", "sitemap.xml", "sitemap.xml.gz", INDEX)
"""What only a host needs; the index of the search is in the copy as a script."""
FONTS = ("font-src ", "font-src data: ")
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(r"""(\shref="|\scontent="0; url=)([^"]*)"|\s[^\s=]+='[^']*'""")
"""An attribute that is a link, or one in other quotes, which may hold such words."""
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_PRELOAD = re.compile(r'<link rel="preload"[^>]*>\s*')
_FONT = re.compile(r"url\(([^)]*\.woff2)\)")
_FETCHED = re.compile(r' data-from="([^"]*)"')
_PLACE = re.compile(r'<li class="bf-offline"[^>]*>.*?</li>', re.DOTALL)
_NO_OFFER = '<li class="bf-offline" hidden></li>'


@dataclass(frozen=True)
class Offline:
    """The archive that was written: where, how many pages and bytes it has."""

    path: Path
    pages: int
    size: int


def write_offline(site: Path, described: Site, work: Path) -> Offline:
    """Write the archive into the folder of work and offer it on the site. Raises `OSError` where there is no site."""
    folder = f"{slug(described.title)}-offline"
    offered = site / "data" / f"{folder}.zip"
    copy = offline_copy(_read(site, offered))
    archive = archive_of({f"{folder}/{name}": content for name, content in copy.items()}, described.as_of.first)
    write_file(work / offered.name, archive)
    _offer(site / OFFERED_ON, offered, archive)
    return Offline(work / offered.name, sum(name.endswith(".html") for name in copy), len(archive))


def _read(site: Path, offered: Path) -> dict[str, bytes]:
    """The files of a finished site, without the archive that is offered there since the last time."""
    if not (site / "index.html").is_file():
        raise FileNotFoundError(f"{site} holds no finished site; make it first")
    paths = sorted(path for path in site.rglob("*") if path.is_file() and path != offered)
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


def _offer(page: Path, offered: Path, archive: bytes) -> None:
    """Put the archive where the page of downloads has a place for it; a site without that page offers none."""
    if not page.is_file():
        return
    write_file(offered, archive)
    words = "The whole site to read without a network: unpack it and open index.html."
    size = f"<span data-count>{words_for_size(len(archive))}</span>"
    item = f'<li class="bf-offline"><a href="{offered.name}" download>{offered.name}</a> ({size}). {words}</li>'
    write_file(page, _PLACE.sub(lambda _: item, page.read_text("utf-8")).encode())


def offline_copy(site: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of the copy, by their paths: those of the site as a browser can use them from a disk."""
    folders = {posixpath.dirname(name) for name in site if name.endswith("/index.html")} | {"."}
    copy = {name: content for name, content in site.items() if name not in LEFT_OUT and not name.endswith(".map")}
    for name, content in copy.items():
        if name.endswith(".html"):
            copy[name] = page_from_disk(content.decode(), name, folders).encode()
        elif name.endswith(".css"):
            copy[name] = with_fonts(content.decode(), name, site).encode()
    copy |= dict(_handed_over(site))
    if INDEX in site:
        copy[INDEX.replace(".json", ".js")] = b"var __index=" + _index_of_files(site[INDEX]) + b"\n"
    return copy | {SCRIPT: (HERE / "theme" / "offline" / "offline.js").read_bytes()}


# --- pages ------------------------------------------------------------------------------------------------------


def page_from_disk(text: str, name: str, folders: Collection[str]) -> str:
    """A page whose links name files, under a policy for files, with the script that stands in for a host."""
    folder = posixpath.dirname(name)
    text = _PLACE.sub(_NO_OFFER, _PRELOAD.sub("", text))

    def move(found: re.Match[str]) -> str:
        return f'{found[1]}{_link_to_file(found[2], folder, folders)}"' if found[1] else found[0]

    text = _TAG.sub(lambda tag: _ATTRIBUTE.sub(move, tag[0]), text)
    text = _POLICY.sub(lambda policy: policy[0].replace("'self'", "'self' file:").replace(*FONTS), text)
    script = f'<script src="{posixpath.relpath(SCRIPT, folder)}"></script>'
    return text.replace("</head>", f"{script}</head>", 1)


def _link_to_file(link: str, folder: str, folders: Collection[str]) -> str:
    """A link to a folder that is a page, as a link to the page's file; any other as it is."""
    address = urlsplit(html.unescape(link))
    target = posixpath.normpath(posixpath.join(folder, unquote(address.path)))
    if address.scheme or address.netloc or not address.path or target not in folders:
        return link
    path, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", link, re.DOTALL).groups()  # type: ignore[union-attr]
    return f"{path.rstrip('/')}/index.html{mark}{rest}".removeprefix("./")


# --- what is fetched --------------------------------------------------------------------------------------------


def _handed_over(site: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Beside each file that a page fetches, the script that hands over its content."""
    for name, content in site.items():
        for address in _FETCHED.findall(content.decode()) if name.endswith(".html") else ():
            file = posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
            yield f"{file}.js", b"handOver(" + site[file].strip() + b")\n"


def _index_of_files(index: bytes) -> bytes:
    """The index of the search with the file of each page in the place of its folder."""
    read = json.loads(index)
    for found in read["docs"]:
        path, mark, anchor = found["location"].partition("#")
        found["location"] = f"{path}index.html{mark}{anchor}"
    return json.dumps(read, ensure_ascii=False, separators=(",", ":")).encode()


def with_fonts(style: str, name: str, site: Mapping[str, bytes]) -> str:
    """A style sheet that holds its fonts: some browsers keep the files of a disk from each other."""

    def embed(match: re.Match[str]) -> str:
        font = site[posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1]))]
        return f"url(data:font/woff2;base64,{base64.b64encode(font).decode()})"

    return _FONT.sub(embed, style)
