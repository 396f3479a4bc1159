"""Walks the finished pages: links, anchors, numbers, foreign hosts and ids."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from generator.addresses import record_at
from generator.model import Subject
from generator.problems import Problem, Where, show
from generator.proof import Ledger

CLASSES = {
    "row": "called from a row",
    "record": "in a sourced record",
    "count": "computed count",
    "name": "year, date or allowed name",
}
TEXT_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")
META_WITH_TEXT = ("description", "og:title", "og:description", "twitter:title", "twitter:description")
LOADING = (
    *("@src", "@poster", "@action", "@formaction", "object/@data", "use/@href", "image/@href"),
    "@*[name()='xlink:href']",
)
RUNNING_TAGS = ("iframe", "frame", "object", "embed", "applet", "base", "foreignobject", "animate", "set")
RUNNING_KEYS = ("srcdoc", "formaction")
RUNS = "nothing-runs-from-a-text"
_MAY_RUN = re.compile(
    rf"[\s\"'/](?:on[a-z]+|{'|'.join(RUNNING_KEYS)})\s*=|<(?:\w+:)?(?:{'|'.join(RUNNING_TAGS)})\b".encode(),
    re.IGNORECASE,
)
LEDGER = "data/ledger.json"
MOST_BYTES_OF_A_CHAPTER = 100_000
ENGINE_NUMBERS = ("404",)
_NUMBER_OR_DATE = re.compile(r"\d+")


@dataclass
class Audit:
    """What was found on the finished pages: problems, and how many numbers stand in each class."""

    numbers: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    links: int = 0
    by_page: dict[str, Counter[str]] = field(default_factory=dict)

    def report(self, page: str, message: str, fix: str, rule: str) -> None:
        self.problems.append(Problem(Where(f"site/{page}"), message, fix, rule))


@dataclass(frozen=True)
class Page:
    """A finished page, read."""

    name: str
    root: HtmlElement
    ids: frozenset[str]


def audit(site: Path, subject: Subject) -> Audit:
    """Look at every page of a finished site."""
    found = Audit()
    pages = {page.name: page for page in map(lambda path: _read(site, path), sorted(site.rglob("*.html")))}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    ledger = Ledger(subject)
    for chart in subject.of("chart"):
        _audit_drawing(site, chart.id, ledger, found)
    for path in sorted(site.rglob("*.svg")):
        _audit_scripts(path, path.relative_to(site).as_posix(), found)
    for page in pages.values():
        _audit_ids(page, found)
        _audit_links(page, pages, files, found)
        _audit_hosts(page, found)
        _audit_scripts(site / page.name, page.name, found)
        before = Counter(found.numbers)
        _audit_numbers(page, ledger, site, found)
        found.by_page[page.name] = found.numbers - before
        _audit_figures(page, ledger, found)
    _audit_sizes(site, subject, found)
    _audit_ledger(site, pages.values(), found)
    return found


def _read(site: Path, path: Path) -> Page:
    root = lxml_html.document_fromstring(
        path.read_bytes(), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    )
    ids = frozenset(root.xpath("//@id")) | frozenset(root.xpath("//a/@name"))
    return Page(path.relative_to(site).as_posix(), root, ids)


def _audit_sizes(site: Path, subject: Subject, found: Audit) -> None:
    """What a reader on a slow line waits for: the HTML of a chapter as it is, uncompressed."""
    for chapter in subject.of("page"):
        path = site / chapter.address.strip("/") / "index.html"
        if chapter.kind_of_page == "chapter" and path.is_file() and path.stat().st_size > MOST_BYTES_OF_A_CHAPTER:
            message = f"has {path.stat().st_size} bytes"
            name = path.relative_to(site).as_posix()
            found.report(name, message, "Leave out a chart, or link to its page.", "chapters-are-light")


def _audit_ids(page: Page, found: Audit) -> None:
    for id, number in Counter(page.root.xpath("//@id")).items():
        if number > 1:
            found.report(page.name, f'has the id "{id}" {number} times', "Rename one.", "ids-on-a-page-differ")


def _audit_ledger(site: Path, pages: Iterable[Page], found: Audit) -> None:
    """The ledger holds every number that a page calls, as it stands there with its rows, and no other."""
    path = site / LEDGER
    numbers = json.loads(path.read_text("utf-8"))["numbers"] if path.is_file() else []
    listed = Counter((number["page"], number["text"], " ".join(number["rows"])) for number in numbers)
    shown = Counter(
        (f"/{page.name.removesuffix('index.html')}", element.text_content(), element.get("data-rows"))
        for page in pages
        for element in page.root.find_class("bf-n")
    )
    for counted, other, said in (
        (shown, listed, "stands on the page, not in"),
        (listed, shown, "is not on the page but in"),
    ):
        for page, text, rows in sorted(counted - other):
            message = f'"{text}" from {rows} {said} the ledger'
            found.report(f"{page.lstrip('/')}index.html", message, "Build again.", "the-ledger-is-whole")


# --- links ------------------------------------------------------------------------------------------------------


def _audit_links(page: Page, pages: dict[str, Page], files: set[str], found: Audit) -> None:
    for address in _addresses_on(page):
        if _scheme_of(address) or address.startswith("//"):
            if _scheme_of(address) not in ("http", "https", "mailto", "data", ""):
                found.report(page.name, f"links to {address!r}", "Use an http address.", "links-lead-somewhere")
            continue
        found.links += 1
        target, _, anchor = address.partition("#")
        file = _file_of(page.name, target)
        if file not in files:
            found.report(
                page.name, f"links to {address!r}, which is not there", "Correct the link.", "links-lead-somewhere"
            )
        elif anchor and file in pages and unquote(anchor) not in pages[file].ids:
            fix = "Correct the part behind #."
            found.report(page.name, f"links to {address!r}, where there is no such anchor", fix, "links-lead-somewhere")


def _scheme_of(address: str) -> str:
    """What an address begins with; `?` where it is none at all."""
    try:
        return urlsplit(address).scheme
    except ValueError:
        return "?"


def _addresses_on(page: Page) -> Iterator[str]:
    for attribute in ("href", "src"):
        for element in page.root.xpath(f"//*[@{attribute}]"):
            value = element.get(attribute).strip()
            is_root = page.name == "404.html" and value.startswith("/")
            is_canonical = element.tag == "link" and element.get("rel") in ("canonical", "alternate")
            if value and not is_root and not is_canonical:
                yield value
    for candidates in page.root.xpath("//@srcset"):
        yield from (candidate.split()[0] for candidate in candidates.split(",") if candidate.strip())


def _file_of(page: str, target: str) -> str:
    """The file that a relative link from a page opens."""
    path = unquote(target.partition("?")[0])
    if not path:
        return page
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    is_folder = path.endswith("/") or path in (".", "..") or path.endswith(("/.", "/.."))
    joined = "" if joined == "." else joined
    return posixpath.join(joined, "index.html") if is_folder else joined


def _audit_hosts(page: Page, found: Audit) -> None:
    """No page loads anything from elsewhere; a link that a reader may follow is no load."""
    for path in LOADING:
        for value in page.root.xpath(f"//{path}"):
            _report_foreign(page, value, found)
    for value in page.root.xpath("//@srcset"):
        for candidate in value.split(","):
            _report_foreign(page, candidate, found)
    for element in page.root.xpath("//link[@href]"):
        if element.get("rel") not in ("canonical", "alternate", "prev", "next", "author", "license"):
            _report_foreign(page, element.get("href"), found)
    for style in [*page.root.xpath("//style/text()"), *page.root.xpath("//@style")]:
        for value in re.findall(r"(?:url\(|@import)\s*[\"']?([^\"')\s]+)", style):
            _report_foreign(page, value, found)


def _audit_scripts(path: Path, name: str, found: Audit) -> None:
    """Only what the site ships runs. Tags and attributes have one spelling, so that most files are seen at once."""
    raw = path.read_bytes()
    if not _MAY_RUN.search(raw) and (path.suffix == ".html" or b"<script" not in raw):
        return
    parser = etree.XMLParser() if path.suffix == ".svg" else lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    for element in etree.fromstring(raw, parser).iter(etree.Element):
        tag = element.tag.rpartition("}")[2].lower()
        if tag in RUNNING_TAGS or (tag == "script" and path.suffix == ".svg"):
            found.report(name, f"holds <{tag}>, which can run code", "Find the text it is in.", RUNS)
        for written, value in element.items():
            key = str(written).rpartition("}")[2].lower()
            if key.startswith("on") or key in RUNNING_KEYS:
                found.report(
                    name, f"has {show(f'{key}={value!s}')}, which can run code", "Find the text it is in.", RUNS
                )


def _report_foreign(page: Page, address: str, found: Audit) -> None:
    if re.match(r"\s*(?:https?:)?//", address):
        found.report(
            page.name, f"loads {address!r} from elsewhere", "Ship it with the site.", "pages-load-nothing-foreign"
        )


# --- numbers ----------------------------------------------------------------------------------------------------


def _audit_numbers(page: Page, ledger: Ledger, site: Path, found: Audit) -> None:
    """Every number of a page is called from a row, in a sourced record, a computed count, or a year, date or name.

    What stands beside a row, a record or a chart is what that row, record or chart says.
    """
    for element, text in _texts_on(page):
        quantities = ledger.quantities_in(text)
        if page.name == "404.html":
            quantities = [quantity for quantity in quantities if quantity.text not in ENGINE_NUMBERS]
        found.numbers["name"] += len(_NUMBER_OR_DATE.findall(text)) - sum(
            len(_NUMBER_OR_DATE.findall(quantity.text)) for quantity in quantities
        )
        if not quantities:
            continue
        trace = _trace_of(page, element, ledger, site)
        if trace is None:
            for quantity in quantities:
                message = f'has "{quantity.text}" in "{_around(text, quantity.start)}", which nothing traces'
                found.report(page.name, message, "Call it from a row.", "numbers-are-traced")
            continue
        found.numbers[trace.kind] += len(quantities)
        for quantity in quantities:
            if trace.said is not None and not ledger.is_said(quantity.text, trace.said):
                message = f'has "{quantity.text}" in "{_around(text, quantity.start)}", which {trace.name} does not say'
                found.report(page.name, message, "See what wrote it.", "numbers-equal-what-traces-them")


def _audit_figures(page: Page, ledger: Ledger, found: Audit) -> None:
    """A figure in a text is what its rows give when it is computed again."""
    for element in page.root.xpath("//data[@data-rows]"):
        names = element.get("data-rows").split()
        if names and all(name in ledger.rows for name in names):
            text = element.text_content()
            fault = ledger.fault_of_figure(element.get("data-op", "value"), names, text, element.get("value", ""))
            if fault:
                fix = "See what wrote it."
                found.report(page.name, f'has the figure "{text}", which {fault}', fix, "figures-are-computed-again")


def _audit_drawing(site: Path, id: str, ledger: Ledger, found: Audit) -> None:
    """Every mark of a drawing is a row of its chart, at its value, and every row has its mark."""
    name = f"charts/{id}.json"
    if (site / name).is_file():
        for fault in ledger.faults_of_drawing(id, site / name):
            found.report(name, fault, "See what drew it.", "marks-are-rows")


def _around(text: str, start: int) -> str:
    return " ".join(text[max(0, start - 30) : start + 40].split())


def _texts_on(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    for element in page.root.iter():
        if not isinstance(element.tag, str) or element.tag in ("style", "script"):
            parent = element.getparent()
            if element.tail and parent is not None:
                yield parent, element.tail
            continue
        if element.tag == "meta" and (element.get("name") or element.get("property")) in META_WITH_TEXT:
            yield element, element.get("content", "")
        for attribute in TEXT_ATTRIBUTES:
            if element.get(attribute):
                yield element, element.get(attribute)
        if element.text:
            yield element, element.text
        parent = element.getparent()
        if element.tail and parent is not None:
            yield parent, element.tail
    for script in page.root.xpath('//script[@type="application/ld+json"]'):
        yield script, script.text or ""


@dataclass(frozen=True)
class Trace:
    """What traces a number: its class, its name, and every number that it says, or `None` for what is only counted."""

    kind: str
    name: str
    said: frozenset[str] | None = None


def _trace_of(page: Page, element: HtmlElement, ledger: Ledger, site: Path) -> Trace | None:
    """What the nearest element around a number names."""
    for ancestor in [element, *element.iterancestors()]:
        rows = ancestor.get("data-rows")
        if rows is not None:
            return _trace_of_rows(rows.split(), ancestor, ledger)
        if ancestor.get("data-count") is not None:
            return Trace("count", "")
        record = ancestor.get("data-record")
        if record is not None:
            return _trace_of_record(record, ledger)
        if ancestor.tag == "a" and ancestor.get("href"):
            trace = _trace_of_link(page, ancestor.get("href"), ledger)
            if trace:
                return trace
        chart = ancestor.get("data-chart")
        if chart is not None:
            if not ledger.subject.find("chart", chart):
                return None
            return Trace("row", f"the chart {chart}", ledger.said_by_chart(chart, site / f"charts/{chart}.json"))
        if ancestor.tag == "code" and _is_reference(ancestor):
            return Trace("record", "")
    return _trace_of_record(record_at(posixpath.dirname(page.name), ""), ledger)  # a page of its own, title included


def _trace_of_record(name: str, ledger: Ledger) -> Trace | None:
    return Trace("record", name, ledger.said_by_record(name)) if ledger.is_record(name) else None


def _trace_of_rows(names: list[str], element: HtmlElement, ledger: Ledger) -> Trace | None:
    """Rows that exist; a figure in a text is computed again instead of looked up."""
    if not names or not all(name in ledger.rows for name in names):
        return None
    said = None if element.tag == "data" else ledger.said_by_rows(names)
    return Trace("row", f"the row {' '.join(names[:3])}", said)


def _trace_of_link(page: Page, address: str, ledger: Ledger) -> Trace | None:
    """A link that opens a row or a record traces the words it holds."""
    if _scheme_of(address):
        return None
    target, _, anchor = address.partition("#")
    folder = posixpath.dirname(_file_of(page.name, target))
    name = f"{folder.removeprefix('data/')}#{anchor}"
    if folder.startswith("data/") and anchor:
        return Trace("row", f"the row {name}", ledger.said_by_rows([name])) if name in ledger.rows else None
    return _trace_of_record(record_at(folder, anchor), ledger)


def _is_reference(element: HtmlElement) -> bool:
    """Code on the pages that document rules and shapes is no claim about the subject."""
    return any(ancestor.get("data-record", "").startswith(("schema/", "rule/")) for ancestor in element.iterancestors())
