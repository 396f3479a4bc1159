"""Rules for pages: their addresses, their part of the story and their place in the navigation."""

from __future__ import annotations

from collections.abc import Iterator

from generator import addresses
from generator.addresses import RESERVED
from generator.model import Record, Subject
from generator.problems import Problem, did_you_mean
from generator.relations import part_of, story_of

SOURCES_TO_READ = 3


def pages_leave_reserved_addresses(subject: Subject) -> Iterator[Problem]:
    """No page of `docs/` stands at an address that the generator writes."""
    fronts = [addresses.of_record(part) for part in subject.of("part") if part.charts]
    for page in subject.of("page"):
        for reserved in (*RESERVED, *fronts):
            if page.address.startswith(reserved):
                yield page.problem(f"stands at {page.address}, which is reserved", "Move the file.")


def navigation_is_complete(subject: Subject) -> Iterator[Problem]:
    """Every page of `docs/` and every lesson stands in the navigation of `mkdocs.yml`."""
    if subject.navigation is None:
        return
    for page in subject.of("page"):
        file = page.marks.path.split("/", 1)[1]
        if file not in subject.navigation:
            yield page.problem("stands in no navigation", f"Add {file} under `nav:` of mkdocs.yml.")
    for lesson in subject.of("lesson"):
        file = addresses.file_of(addresses.of_record(lesson))
        if file not in subject.navigation:
            yield lesson.problem("stands in no navigation", f"Add {file} under `nav:` of mkdocs.yml.")


def chapters_stand_in_a_part(subject: Subject) -> Iterator[Problem]:
    """A chapter names as its part the title of a part of the story, where the site lists any."""
    titles = [part.title for part in subject.of("part")]
    for page in subject.of("page") if titles else ():
        if page.kind_of_page == "chapter" and part_of(subject, page) is None:
            fix = did_you_mean(page.part, titles) or f"Use one of {', '.join(titles)}."
            yield page.problem(f'stands in the part "{page.part}", which is none of the story\'s', fix, ("part",))


def chapters_end_with_what_is_open(subject: Subject) -> Iterator[Problem]:
    """A chapter says what is not known and names three sources to read next, unless it has a form of its own."""
    for page in subject.of("page"):
        if page.kind_of_page == "chapter" and page.form == "usual":
            if not page.unknown:
                yield page.problem("does not say what is not known", "Add `unknown:`, or say `form: own`.")
            if len(page.read_next) != SOURCES_TO_READ:
                message = f"names {len(page.read_next)} sources to read next"
                yield page.problem(message, f"Name {SOURCES_TO_READ}, or say `form: own`.", ("read_next",))


def navigation_follows_the_story(subject: Subject) -> Iterator[Problem]:
    """The navigation names the pages of each part in a section with its title, in the order of the story."""
    navigation = subject.navigation or {}
    meant = [found for found in _files_of_the_story(subject) if found[1] in navigation]
    files = {file for _, file, _ in meant}
    shown = [file for file in navigation if file in files]
    before_shown = dict(zip(shown, ["", *shown], strict=False))
    before = ""
    for record, file, title in meant:
        if navigation[file][-1:] != (title,):
            section = " › ".join(navigation[file]) or "no section"
            message = f"stands in the navigation under {section}"
            yield record.problem(message, f'Put {file} into the section "{title}" of `nav:` in mkdocs.yml.')
        elif before_shown[file] != before:
            message = f"stands in the navigation behind {before_shown[file] or 'nothing of the story'}"
            yield record.problem(message, f"Put {file} behind {before or 'what is no chapter'}.")
        before = file


def fronts_of_parts_are_in_the_navigation(subject: Subject) -> Iterator[Problem]:
    """The front page of a part stands in the navigation of `mkdocs.yml`."""
    if subject.navigation is None:
        return
    for part in subject.of("part"):
        file = addresses.file_of(addresses.of_record(part))
        if part.charts and file not in subject.navigation:
            yield part.problem("has a front page in no navigation", f"Add {file} under `nav:` of mkdocs.yml.")


def _files_of_the_story(subject: Subject) -> Iterator[tuple[Record, str, str]]:
    """Every page of every part in order: its record, its file and the title of its part."""
    for part, chapters in story_of(subject):
        if part is not None:
            if part.charts:
                yield part, addresses.file_of(addresses.of_record(part)), part.title
            yield from ((page, page.marks.path.split("/", 1)[1], part.title) for page in chapters)
