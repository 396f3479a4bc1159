"""The pages on the generator itself, the style sheet and scripts, and addresses that have moved."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from generator import addresses
from generator.charts.fonts import font_faces
from generator.checks import FINISHED, READING, WRITING
from generator.dates import format_span
from generator.model import Measurement, Redirect, Site
from generator.pages.frame import HERE, Rendering, add_page, fill
from generator.palette import dark_tokens, light_tokens
from generator.pen import Pen, names_of_calls
from generator.rules import RULES, sentence_of
from generator.schema import describe_kinds, schema_of_everything


def add_about(rendering: Rendering) -> None:
    """The pages that describe the generator itself: its rules, and the format of its data with the JSON Schema."""
    rendering.add(
        "about/data-format.schema.json", json.dumps(schema_of_everything(), ensure_ascii=False, indent=1) + "\n"
    )
    rules = [(name, sentence_of(rule)) for name, rule in RULES.items()]
    groups = (
        ("Rules for records and prose", rules),
        ("Checks while files are read", sorted(READING.items())),
        ("Checks while pages are written", sorted(WRITING.items())),
        ("Checks on drawings and finished pages", sorted(FINISHED.items())),
    )
    add_page(rendering, "rules.md.j2", "/about/rules/", "", groups=groups)
    context: dict[str, Any] = {"kinds": describe_kinds(), "calls": names_of_calls()}
    add_page(rendering, "format.md.j2", "/about/data-format/", "", **context)


def measurements_in_text(rendering: Rendering, pen: Pen, measurements: Sequence[Measurement]) -> Markup:
    """What tools from outside measured: each tool with its day, and a table of the scores that it gives."""
    return Markup(fill(rendering, "measurements.html.j2", pen.address, measurements=measurements))


def add_redirect(rendering: Rendering, redirect: Redirect) -> None:
    """A page at the old address that leads to the new one, where that exists."""
    path = f"{redirect.old.strip('/')}/index.html"
    page = addresses.file_of(redirect.new)
    if not {page, page.replace("/index.md", ".md")} & set(rendering.tree):
        problem = redirect.problem(f"leads to {redirect.new}, where there is no page", "Correct `new:`.", ("new",))
        rendering.problems.append(replace(problem, rule="redirects-lead-to-a-page"))
    elif path.replace(".html", ".md") in rendering.tree or path.replace("/index.html", ".md") in rendering.tree:
        problem = redirect.problem(f"moves {redirect.old}, where there is a page", "Remove it.", ("old",))
        rendering.problems.append(replace(problem, rule="redirects-lead-to-a-page"))
    else:
        rendering.add(path, fill(rendering, "redirect.html.j2", redirect.old, redirect=redirect))


def add_assets(rendering: Rendering) -> None:
    """The styles and scripts of the site; `site.css` begins with what the subject gives it, and its fonts."""
    site = rendering.subject.site

    def variables(tokens: Mapping[str, str]) -> str:
        return "".join(f"--bf-{token}:{value};" for token, value in tokens.items())

    colours = (
        f":root,[data-md-color-scheme=default]{{{variables(light_tokens(site))}}}\n"
        f"[data-md-color-scheme=slate]{{{variables(dark_tokens(site))}}}\n"
        f"@media (prefers-color-scheme:dark){{.bf-embed{{{variables(dark_tokens(site))}}}}}\n"
        f"@media print{{:root,[data-md-color-scheme]{{{variables(light_tokens(site))}--bf-paper:#fff;}}}}\n"
    )
    words = "".join(f"--bf-{name}:{_css_text(text)};" for name, text in words_of_footer(site).items())
    lanes = len(site.words("lane")) or 1
    colours += f":root{{{words}--bf-lanes:{lanes}}}\n"
    for path in sorted((HERE / "theme" / "assets").iterdir()):
        text = path.read_text("utf-8")
        start = colours + font_faces("fonts/") + "\n" if path.name == "site.css" else ""
        rendering.add(f"assets/{path.name}", start + (tight(text) if path.suffix == ".css" else text))


def tight(style: str) -> str:
    """A style sheet without comments and needless space: every page loads it. Strings in it hold no such space."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    return re.sub(r" ?([{};,]) ?", r"\1", re.sub(r"\s+", " ", style)).strip() + "\n"


def words_of_footer(site: Site) -> dict[str, str]:
    """The date and the parties' names, which stand at the foot of every page: the engine knows no data."""
    names = {f"party-{number}-name": party.label for number, party in enumerate(site.parties, 1)}
    return {"as-of": format_span(site.as_of), **names}


def _css_text(text: str) -> str:
    return '"' + re.sub(r'[\\"\n<>]', lambda match: f"\\{ord(match[0]):x} ", text) + '"'
