"""Rules for pages: their addresses and their place in the navigation."""

from __future__ import annotations

from collections.abc import Iterator

from generator.addresses import RESERVED
from generator.model import Subject
from generator.problems import Problem


def pages_leave_reserved_addresses(subject: Subject) -> Iterator[Problem]:
    """No page of `docs/` stands at an address that the generator writes."""
    for page in subject.of("page"):
        for reserved in RESERVED:
            if page.address.startswith(reserved):
                yield page.problem(f"stands at {page.address}, which is reserved", "Move the file.")


def navigation_is_complete(subject: Subject) -> Iterator[Problem]:
    """Every page of `docs/` stands in the navigation of `mkdocs.yml`."""
    if subject.navigation is None:
        return
    for page in subject.of("page"):
        file = page.marks.path.split("/", 1)[1]
        if file not in subject.navigation:
            yield page.problem("stands in no navigation", f"Add {file} under `nav:` of mkdocs.yml.")
