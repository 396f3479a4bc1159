"""Runs the site engine on the Markdown tree, makes its pages safe, audits them and puts them in place."""

from __future__ import annotations

import base64
import datetime
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from importlib.metadata import distributions
from pathlib import Path

from generator.audit import CLASSES, Audit, audit
from generator.build import Built, Places, recover, remove, swap, write_file
from generator.pages import HERE, World
from generator.pages.about import words_of_footer
from generator.problems import Problem, Refusal, Where

POLICY = (
    "default-src 'self'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
ENGINES = {
    "mkdocs": ["-m", "mkdocs", "build", "--strict", "--config-file", "{config}", "--site-dir", "{site}"],
}
EPOCH = datetime.date(1970, 1, 1)
"""The first day that the engine can date a file by."""
_OPEN = re.compile(r'(data-audit="([^"]*)">)([^<]*)')
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script\s*>", re.DOTALL | re.IGNORECASE)


class EngineFailed(Exception):
    """The site engine stopped; the message is what it printed."""


@dataclass(frozen=True)
class Published:
    """What stands in the site now."""

    pages: int
    audit: Audit
    engine_seconds: float
    audit_seconds: float


def run_engine(config: Path, site: Path, as_of: datetime.date) -> None:
    """Build the site into a folder, dated by the day that the site calls today. Raises `EngineFailed`."""
    command = [part.format(config=config, site=site) for part in ENGINES["mkdocs"]]
    day = datetime.datetime.combine(max(as_of, EPOCH), datetime.time(), datetime.UTC)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(int(day.timestamp()))}
    result = subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        close_fds=False,  # it holds the lock of its build
    )
    if result.returncode != 0:
        raise EngineFailed(_without_frames(result.stdout + result.stderr) or f"It ended with {result.returncode}.")


def _without_frames(said: str) -> str:
    """What the engine said without the lines of its own code: of a traceback, the error alone."""
    return re.sub(r"^Traceback \(most recent call last\):\n(?: .*\n)*", "", said, flags=re.MULTILINE).strip()


def publish(places: Places, built: Built, site: Path) -> Published:
    """Replace the site by one made from the tree. Raises `EngineFailed` or `Refusal`; then the old one stands."""
    recover(site)
    fresh = places.work / "site.next"
    remove(fresh)
    started = time.perf_counter()
    run_engine(places.config, fresh.resolve(), built.subject.site.as_of.first)
    engine_done = time.perf_counter()
    pages = sorted(path for path in fresh.rglob("*.html"))
    problems = list(_compare(fresh, built))
    known = known_scripts(fresh)
    words = words_of_footer(built.subject.site)
    for page in pages:
        html, unknown = add_policy(for_everyone(dense(page.read_text("utf-8")), words), known)
        name = page.relative_to(fresh).as_posix()
        problems += [
            Problem(
                Where(f"site/{name}"),
                f"has an inline script that is not the engine's: {code[:60]!r}",
                "Remove it.",
                "scripts-are-known",
            )
            for code in unknown
        ]
        page.write_text(html, "utf-8")
    found = audit(fresh, built.subject)
    problems += found.problems
    if problems:
        raise Refusal(problems)
    if (fresh / "scorecard" / "index.html").is_file():
        _fill_scorecard(fresh, found, len(pages))
    swap(fresh, site)
    return Published(len(pages), found, engine_done - started, time.perf_counter() - engine_done)


def _fill_scorecard(site: Path, found: Audit, pages: int) -> None:
    """Write into the scorecard what only the finished pages tell."""
    path = site / "scorecard" / "index.html"
    sizes = {page.relative_to(site).as_posix(): _compressed(page) for page in site.rglob("*.html") if page != path}
    largest = max(sizes, key=lambda name: (sizes[name], name))
    told = {
        **{kind: f"{found.numbers[kind]:,}" for kind in CLASSES},
        "pages": f"{pages:,}",
        "links": f"{found.links:,}",
        "largest-page": f"{_kilobytes(sizes[largest])}, {largest.removesuffix('index.html') or 'the home page'}",
        **{f"{kind} {name}": f"{numbers[kind]:,}" for name, numbers in found.by_page.items() for kind in CLASSES},
        "search-index": _kilobytes(_compressed(site / "search" / "search_index.json")),
    }
    text = path.read_text("utf-8")
    text = _OPEN.sub(lambda match: match[1] + told.get(match[2], match[3]), text)
    path.write_text(text, "utf-8")


def _compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), mtime=0))


def _kilobytes(number: int) -> str:
    return f"{number / 1000:.1f} kB"


def _compare(site: Path, built: Built) -> Iterator[Problem]:
    """The pages built are the pages generated: an engine that skips one says nothing."""
    made = {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html"}
    meant = {page_of(path) for path in built.tree if path.endswith((".md", ".html"))}
    for missing in sorted(meant - made):
        yield Problem(
            Where(f"site/{missing}"), "was generated and not built", "See what the engine says.", "pages-are-built"
        )
    for extra in sorted(made - meant):
        yield Problem(Where(f"site/{extra}"), "was built and not generated", "Remove its file.", "pages-are-built")


def page_of(path: str) -> str:
    """The HTML file that the engine makes of a file of the tree."""
    if path.endswith("index.md"):
        return path.removesuffix(".md") + ".html"
    return path.removesuffix(".md") + "/index.html" if path.endswith(".md") else path


def dense(html: str) -> str:
    """The page without the indentation of the theme, which is a tenth of it; text that keeps its spaces stays."""
    return html if re.search(r"<(?:pre|textarea)\b", html) else re.sub(r"\n\s+", "\n", html)


# --- what the engine's pages lack for everyone ------------------------------------------------------------------


def for_everyone(html: str, words: Mapping[str, str]) -> str:
    """The page as readers need it who do not see it, work it by keyboard or follow its links."""
    return mark_links_out(fill_footer(lead_to_content(name_dialog(html)), words))


def name_dialog(html: str) -> str:
    """The page with a name for the theme's search dialog, which has none: a screen reader would say only "dialog"."""
    return html.replace(
        'data-md-component="search" role="dialog"', 'data-md-component="search" role="dialog" aria-label="Search"'
    )


def lead_to_content(html: str) -> str:
    """The page with a first link that leads to its text: the theme's leads past a heading of ours, or is not there."""
    html = html.replace('<article class="md-content__inner', '<article id="content" class="md-content__inner', 1)
    link = '<a href="#content" class="md-skip">Skip to content</a>'
    return re.sub(r'(<div data-md-component="skip">).*?(?=</div>)', rf"\1{link}", html, count=1, flags=re.DOTALL)


def fill_footer(html: str, words: Mapping[str, str]) -> str:
    """The page with the words at its foot that else only its style says, and so no text browser."""
    place = r'(<span data-words="([\w-]+)">)(?=</span>)'
    return re.sub(place, lambda span: span[1] + escape(words.get(span[2], "")), html)


def mark_links_out(html: str) -> str:
    """The page with every link to another site marked as one that hands over nothing, whoever wrote it."""
    return re.sub(r'<a (?=[^>]*\bhref="https?:)(?![^>]*\brel=)', '<a rel="noopener" ', html)


# --- nothing to do ----------------------------------------------------------------------------------------------

LAST = "last-build.json"
"""What the last build was made from, the site it left, and what it said."""


def inputs_of(places: Places, world: World) -> str:
    """A hash of all that a site is made from: data, prose, configuration, code, packages, and what is set outside."""
    packages = sorted(f"{package.name} {package.version}" for package in distributions())
    config = places.config.read_text("utf-8", "replace") if places.config.is_file() else ""
    set_outside = sorted((name, os.environ.get(name)) for name in set(re.findall(r"\b[A-Z][A-Z0-9_]+\b", config)))
    outside = hashlib.sha256(repr((world, sys.version, packages, config, set_outside)).encode())
    return " ".join([outside.hexdigest(), *map(_hash_of, (places.data, places.docs, HERE))])


def _hash_of(folder: Path) -> str:
    """A hash of every file of a folder with its name; what Python keeps beside its code is left out."""
    files = sorted(path for path in folder.rglob("*") if path.suffix != ".pyc" and path.is_file())
    hashes = ((path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()) for path in files)
    return hashlib.sha256(json.dumps(list(hashes)).encode()).hexdigest()


def remember(places: Places, inputs: str, site: Path, said: str) -> None:
    """Keep for `recall` what a site was made from, as it stands now. A disk that refuses costs time, next time."""
    kept = {"inputs": inputs, "site": _hash_of(site), "said": said}
    with suppress(OSError):
        write_file(places.work / LAST, json.dumps(kept).encode())


def recall(places: Places, inputs: str, site: Path) -> str | None:
    """What the last build said, if it was made from the same and its site stands untouched; else `None`."""
    try:
        kept = json.loads((places.work / LAST).read_bytes())
        is_as_left = (kept["inputs"], kept["site"]) == (inputs, _hash_of(site))
        return str(kept["said"]) if is_as_left else None
    except (OSError, ValueError, LookupError, TypeError):
        return None  # nothing that can be trusted, so everything is made


# --- the content security policy --------------------------------------------------------------------------------


def known_scripts(site: Path) -> set[str]:
    """The inline scripts of the engine's own 404 page, which holds no word of ours, in a form that fits every page."""
    path = site / "404.html"
    return {_normal(code) for code in _inline_scripts(dense(path.read_text("utf-8")))} if path.is_file() else set()


def _normal(code: str) -> str:
    """A script without the path to the site's root, which differs by page."""
    return re.sub(r'new URL\("[./\w-]*",location\)', "new URL(BASE,location)", code)


def _inline_scripts(html: str) -> list[str]:
    """The code of every script that would run and has no address."""
    scripts = []
    for match in _SCRIPT.finditer(html):
        attributes = match["attributes"]
        is_data = re.search(r"type\s*=\s*[\"']?(?:application/(?:ld\+)?json|text/plain)", attributes)
        if not re.search(r"(?<![\w-])src\s*=", attributes) and not is_data:
            scripts.append(match["code"])
    return scripts


def add_policy(html: str, known: set[str]) -> tuple[str, list[str]]:
    """The page with its policy as the first thing in its head, and the scripts that are not known: they get no hash."""
    scripts = _inline_scripts(html)
    hashes = sorted({_hash(code) for code in scripts if _normal(code) in known})
    policy = POLICY.format(hashes="".join(f" '{one}'" for one in hashes))
    # Another site is not told from which page a reader comes.
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="referrer" content="same-origin">'
    html = re.sub(r"(<head[^>]*>)", lambda match: match[0] + tag, html, count=1)
    return html, [code for code in scripts if _normal(code) not in known]


def _hash(code: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
