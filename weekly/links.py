"""Asks every address elsewhere that the finished site links to whether it still answers."""

from __future__ import annotations

import argparse
import http.client
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from lxml import html as lxml_html
from lxml.html import HtmlElement

HOSTS_AT_ONCE = 6
# Several hosts refuse what does not ask as a browser does.
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
# The host is there and turned a program away: only a person can see whether the page is.
TURNED_AWAY = (401, 403, 407, 429, 451)


@dataclass(frozen=True, order=True)
class Place:
    """Where a link stands: a page of the site, and the record around the link if there is one."""

    page: str
    record: str

    def __str__(self) -> str:
        return f"{self.page} ({self.record})" if self.record else self.page


@dataclass(frozen=True)
class Manners:
    """How we ask: seconds to wait for an answer, seconds between two questions to one host, and our name."""

    limit: float = 20
    pause: float = 1
    name: str = "Mozilla/5.0 (compatible; weekly link check)"


@dataclass(frozen=True)
class Answer:
    """What an address answered; status 0 where nothing came."""

    address: str
    status: int
    reason: str

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_turned_away(self) -> bool:
        """A status of 3xx is left only where a host sends us on without end, as it does those without a login."""
        return self.status in TURNED_AWAY or 300 <= self.status < 400

    @property
    def is_dead(self) -> bool:
        return not self.is_good and not self.is_turned_away


# --- the links of the site --------------------------------------------------------------------------------------


def find_links(site: Path) -> dict[str, list[Place]]:
    """Every http address that a page links to, without its anchor, with the places where it stands."""
    found: defaultdict[str, set[Place]] = defaultdict(set)
    for path in sorted(site.rglob("*.html")):
        root = _read(path)
        for element in root.xpath("//a[@href] | //area[@href]"):
            address = element.get("href").strip().partition("#")[0]
            if address.lower().startswith(("http://", "https://")):
                found[address].add(Place(path.relative_to(site).as_posix(), _record_around(element)))
    return {address: sorted(places) for address, places in sorted(found.items())}


def _read(path: Path) -> HtmlElement:
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    return lxml_html.document_fromstring(path.read_bytes(), parser=parser)


def _record_around(element: HtmlElement) -> str:
    """The record that the nearest element around a link belongs to, or the nearest anchor."""
    around = [element, *element.iterancestors()]
    records = (one.get("data-record") for one in around)
    anchors = (f"#{one.get('id')}" for one in around if one.get("id"))
    return next((name for name in chain(records, anchors) if name), "")


# --- asking -----------------------------------------------------------------------------------------------------


def ask_all(addresses: Sequence[str], manners: Manners) -> list[Answer]:
    """The answer of every address, in their order: a few hosts at a time, and each host one question at a time."""
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[address.split("/")[2].lower()].append(address)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        answers = chain.from_iterable(pool.map(lambda group: _ask_host(group, manners), by_host.values()))
        by_address = {answer.address: answer for answer in answers}
    return [by_address[address] for address in addresses]


def _ask_host(addresses: Sequence[str], manners: Manners) -> list[Answer]:
    answers = []
    for number, address in enumerate(addresses):
        if number:
            time.sleep(manners.pause)
        answers.append(ask(address, manners))
    return answers


def ask(address: str, manners: Manners) -> Answer:
    """Ask for the head of a page, and for the page itself where the head is refused: many hosts know only GET."""
    answer = _ask_once(address, "HEAD", manners)
    return answer if answer.is_good else _ask_once(address, "GET", manners)


def _ask_once(address: str, method: str, manners: Manners) -> Answer:
    headers = {"Accept": ACCEPT, "Accept-Language": "en, *;q=0.5", "User-Agent": manners.name}
    # Some hosts send those without a cookie round in circles; this one lasts for one question.
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    try:
        request = urllib.request.Request(_in_ascii(address), method=method, headers=headers)
        with opener.open(request, timeout=manners.limit) as response:
            return Answer(address, response.status, response.reason)
    except urllib.error.HTTPError as error:
        error.close()
        return Answer(address, error.code, str(error.reason))
    except urllib.error.URLError as error:
        return Answer(address, 0, _in_words(error.reason))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(address, 0, _in_words(error))


def _in_ascii(address: str) -> str:
    """The address as it travels: a browser does this to Chinese, Cyrillic and spaces. Raises `ValueError`."""
    parts = urlsplit(address)
    host = parts.netloc.encode("idna").decode()
    path, query = (quote(part, safe="/%:@!$&'()*+,;=?~-._") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, host, path, query, ""))


def _in_words(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return f"no answer: {error or type(error).__name__}"


# --- the report -------------------------------------------------------------------------------------------------


def render_report(answers: Sequence[Answer], links: Mapping[str, Sequence[Place]]) -> str:
    """What a person reads: what is dead, then what turned us away, each with the places to mend."""
    dead = [answer for answer in answers if answer.is_dead]
    away = [answer for answer in answers if answer.is_turned_away]
    lines = [f"{len(answers)} addresses asked: {len(dead)} dead, {len(away)} that turned a program away."]
    for title, group in (
        ("Dead: find where the page went, or say in `seen_at:` where its text was read.", dead),
        ("Turned away, which says nothing about the page: open these by hand.", away),
    ):
        if group:
            lines += ["", title]
        for answer in group:
            status = f"{answer.status} {answer.reason}" if answer.status else answer.reason
            lines += ["", answer.address, f"  {status.strip()}", *(f"  {place}" for place in links[answer.address])]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask every address of the site, print and write the report. Returns 1 if one is dead, 2 if there is no site."""
    parser = argparse.ArgumentParser(prog="python -m weekly.links", description=__doc__)
    parser.add_argument("--site", type=Path, default=Path("site"), help="the finished site")
    parser.add_argument("--report", type=Path, default=Path("build/links.txt"), help="where the report is written")
    parser.add_argument("--contact", default="", help="an address that tells other hosts who asks")
    parser.add_argument("--limit", type=float, default=Manners.limit, help="seconds to wait for an answer")
    parser.add_argument("--pause", type=float, default=Manners.pause, help="seconds between two questions to one host")
    options = parser.parse_args(arguments)
    if not any(options.site.rglob("*.html")):
        print(f"There is no page in {options.site}. Build the site first: make site", file=sys.stderr)
        return 2
    name = f"{Manners.name[:-1]}; +{options.contact})" if options.contact else Manners.name
    links = find_links(options.site)
    answers = ask_all(list(links), Manners(options.limit, options.pause, name))
    report = render_report(answers, links)
    options.report.parent.mkdir(parents=True, exist_ok=True)
    options.report.write_text(report, "utf-8")
    print(report, end="")
    return 1 if any(answer.is_dead for answer in answers) else 0


if __name__ == "__main__":
    sys.exit(main())
