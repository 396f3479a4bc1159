"""Walks the finished pages: links, anchors, numbers, foreign hosts and ids."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html as lxml_html
from lxml.html import HtmlElement

from generator.model import Subject
from generator.numerals import find_quantities
from generator.problems import Problem, Where

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
ENGINE_NUMBERS = ("404",)
_NUMBER_OR_DATE = re.compile(r"\d+")


@dataclass
class Audit:
    """What was found on the finished pages: problems, and how many numbers stand in each class."""

    numbers: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    links: int = 0

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
    names = [name.text for name in subject.of("allowed")] + list(ENGINE_NUMBERS)
    rows = {f"{series.id}#{row.anchor}" for series in subject.of("series") for row in series.rows}
    for page in pages.values():
        _audit_ids(page, found)
        _audit_links(page, pages, files, found)
        _audit_hosts(page, found)
        _audit_numbers(page, names, rows, subject, found)
    return found


def _read(site: Path, path: Path) -> Page:
    root = lxml_html.document_fromstring(
        path.read_bytes(), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    )
    ids = frozenset(root.xpath("//@id")) | frozenset(root.xpath("//a/@name"))
    return Page(path.relative_to(site).as_posix(), root, ids)


def _audit_ids(page: Page, found: Audit) -> None:
    for id, number in Counter(page.root.xpath("//@id")).items():
        if number > 1:
            found.report(page.name, f'has the id "{id}" {number} times', "Rename one.", "ids-on-a-page-differ")


# --- links ------------------------------------------------------------------------------------------------------


def _audit_links(page: Page, pages: dict[str, Page], files: set[str], found: Audit) -> None:
    for address in _addresses_on(page):
        if urlsplit(address).scheme or address.startswith("//"):
            if urlsplit(address).scheme not in ("http", "https", "mailto", "data", ""):
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


def _addresses_on(page: Page) -> Iterator[str]:
    for attribute in ("href", "src"):
        for element in page.root.xpath(f"//*[@{attribute}]"):
            value = element.get(attribute).strip()
            is_root = page.name == "404.html" and value.startswith("/")
            is_canonical = element.tag == "link" and element.get("rel") in ("canonical", "alternate")
            if value and not is_root and not is_canonical:
                yield value


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


def _report_foreign(page: Page, address: str, found: Audit) -> None:
    if re.match(r"\s*(?:https?:)?//", address):
        found.report(
            page.name, f"loads {address!r} from elsewhere", "Ship it with the site.", "pages-load-nothing-foreign"
        )


# --- numbers ----------------------------------------------------------------------------------------------------


def _audit_numbers(page: Page, names: list[str], rows: set[str], subject: Subject, found: Audit) -> None:
    """Every number of a page is called from a row, in a sourced record, a computed count, or a year, date or name."""
    for element, text in _texts_on(page):
        quantities = find_quantities(text, names)
        found.numbers["name"] += len(_NUMBER_OR_DATE.findall(text)) - sum(
            len(_NUMBER_OR_DATE.findall(quantity.text)) for quantity in quantities
        )
        if not quantities:
            continue
        kind = _proof_of(page, element, rows, subject)
        if kind:
            found.numbers[kind] += len(quantities)
            continue
        for quantity in quantities:
            message = f'has "{quantity.text}" in "{_around(text, quantity.start)}", which nothing traces'
            found.report(page.name, message, "Call it from a row.", "numbers-are-traced")


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


def _proof_of(page: Page, element: HtmlElement, rows: set[str], subject: Subject) -> str:
    """The class of a number by the nearest element around it that traces it; empty where none does."""
    for ancestor in [element, *element.iterancestors()]:
        if ancestor.get("data-rows") is not None:
            return "row" if set(ancestor.get("data-rows").split()) <= rows and ancestor.get("data-rows").strip() else ""
        if ancestor.get("data-count") is not None:
            return "count"
        if ancestor.get("data-record") is not None:
            return "record" if _is_record(ancestor.get("data-record"), subject) else ""
        if (
            ancestor.tag == "a"
            and ancestor.get("href")
            and (kind := _proof_of_link(page, ancestor.get("href"), rows, subject))
        ):
            return kind
        if ancestor.get("data-chart") is not None:
            return "row" if subject.find("chart", ancestor.get("data-chart")) else ""
        if ancestor.tag == "code" and _is_reference(ancestor):
            return "record"
    return ""


def _proof_of_link(page: Page, address: str, rows: set[str], subject: Subject) -> str:
    """A link that opens a row or a source traces the words it holds."""
    target, _, anchor = address.partition("#")
    folder = posixpath.dirname(_file_of(page.name, target)) if anchor and not urlsplit(address).scheme else ""
    if folder.startswith("data/") and f"{folder.removeprefix('data/')}#{anchor}" in rows:
        return "row"
    return "record" if folder == "sources" and subject.find("source", anchor) else ""


def _is_reference(element: HtmlElement) -> bool:
    """Code on the pages that document rules and shapes is no claim about the subject."""
    return any(ancestor.get("data-record", "").startswith(("schema/", "rule/")) for ancestor in element.iterancestors())


def _is_record(name: str, subject: Subject) -> bool:
    """Whether a record of this kind and id exists; rules and shapes are records of the generator itself."""
    kind, _, id = name.partition("/")
    return kind in ("rule", "schema") or subject.find(kind, id) is not None
