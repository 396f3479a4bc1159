"""The commands: the only module that prints."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.build import AnotherBuild, Built, Places, build, check, only_one, write_addresses
from generator.dates import parse_span
from generator.pages import World
from generator.problems import Problem, Refusal, report_for_github, report_for_people

if TYPE_CHECKING:
    from generator.publish import Published

OK, PROBLEMS, INTERRUPTED = 0, 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 when all is well, 1 for problems, 2 for a wrong command, 130 after Ctrl+C."""
    options = _parser().parse_args(arguments)
    try:
        return COMMANDS[options.command](options)
    except Refusal as refusal:
        print(_report(refusal.problems, options.format), file=sys.stderr)
        return PROBLEMS
    except OSError as error:
        print(f"The build stopped: {error}. What stood before still stands.", file=sys.stderr)
        return PROBLEMS
    except AnotherBuild as refusal:
        print(refusal, file=sys.stderr)
        return PROBLEMS
    except KeyboardInterrupt:
        print("Stopped. What stood before still stands.", file=sys.stderr)
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m generator", description="Turns data and prose into a site.")
    parser.add_argument(
        "command", choices=sorted(COMMANDS), help="; ".join(f"{k}: {v.__doc__}" for k, v in COMMANDS.items())
    )
    parser.add_argument("--data", type=Path, default=Path("data"), help="the folder of records")
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="the folder of prose")
    parser.add_argument("--config", type=Path, help="the engine's configuration; mkdocs.yml beside the data by default")
    parser.add_argument("--out", type=Path, default=Path("build/docs"), help="the folder for the Markdown tree")
    parser.add_argument("--site", type=Path, default=Path("site"), help="the folder for the finished site")
    parser.add_argument("--format", choices=("people", "github"), default="people", help="how problems are printed")
    parser.add_argument("--today", action="store_true", help="check against the day on the clock, not against as_of")
    parser.add_argument("--port", type=int, default=8000, help="the port of the live preview")
    return parser


def _places(options: argparse.Namespace) -> Places:
    config = options.config or options.data.parent / "mkdocs.yml"
    return Places(options.data, options.docs, config, options.out)


def _world() -> World:
    return World(os.environ.get("SITE_URL", ""), os.environ.get("REPO_URL", "").rstrip("/"))


def _report(problems: Sequence[Problem], format: str) -> str:
    return report_for_github(problems) if format == "github" else report_for_people(problems)


# --- commands ---------------------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    """list every problem"""
    today = parse_span(datetime.date.today().isoformat()) if options.today else None
    _, problems = check(_places(options), today)
    print(_report(problems, options.format))
    return PROBLEMS if problems else OK


def _build(options: argparse.Namespace) -> int:
    """write the Markdown tree"""
    started = time.perf_counter()
    places = _places(options)
    with only_one(places.work):
        built = build(places, _world())
    print(
        f"{options.out}: {built.written} files written, {built.removed} removed, {built.drawn} charts drawn, "
        f"{time.perf_counter() - started:.2f} s"
    )
    return OK


def _site(options: argparse.Namespace) -> int:
    """write the Markdown tree and make the site of it"""
    from generator.publish import EngineFailed, inputs_of, publish, recall, remember

    started = time.perf_counter()
    places = _places(options)
    with only_one(places.work):
        inputs = inputs_of(places, _world())
        said = recall(places, inputs, options.site)
        if said is not None:
            print(f"Nothing has changed since the last build, which said:\n{said}")
            return OK
        built = build(places, _world())
        generated = time.perf_counter()
        try:
            published = publish(places, built, options.site)
        except EngineFailed as failure:
            print(f"The engine stopped; the last good site still stands.\n{failure}", file=sys.stderr)
            return PROBLEMS
        said = _summary(options, built, published, generated - started)
        remember(places, inputs, options.site, said)
    print(said)
    return OK


def _summary(options: argparse.Namespace, built: Built, published: Published, seconds: float) -> str:
    from generator.audit import CLASSES

    subject = built.subject
    rows = sum(len(series.rows) for series in subject.of("series"))
    lines = [
        f"pages      {published.pages}, with {published.audit.links} links that lead somewhere",
        f"charts     {len(subject.of('chart'))}; {built.drawn} drawings made now, the others kept",
        f"events     {len(subject.of('event'))} in {len(subject.of('era'))} eras",
        f"sources    {len(subject.of('source'))}, for {rows} rows in {len(subject.of('series'))} series",
        *(f"numbers    {published.audit.numbers[kind]:>6} {meaning}" for kind, meaning in CLASSES.items()),
        f"generator  {seconds:.2f} s: {built.written} files written, {built.removed} removed",
        f"engine     {published.engine_seconds:.2f} s; policy and audit {published.audit_seconds:.2f} s",
        f"Open {options.site / 'index.html'}, or run: python3 -m http.server --directory {options.site}",
    ]
    return "\n".join(lines)


def _offline(options: argparse.Namespace) -> int:
    """pack the finished site into an archive to read from a disk, and offer it on the site"""
    from generator.load import load
    from generator.offline import write_offline

    places = _places(options)
    subject, problems = load(places.data, places.docs, places.config)
    if problems:
        raise Refusal(problems)
    with only_one(places.work):
        made = write_offline(options.site, subject.site, places.work)
    print(f"{made.path}: {made.pages} pages in {made.size / 1_000_000:.1f} MB. Unpack it and open index.html.")
    return OK


def _serve(options: argparse.Namespace) -> int:
    """show the site and follow every change of data and prose"""
    from generator.serve import serve

    return serve(_places(options), _world(), options.port, print)


def _schema(options: argparse.Namespace) -> int:
    """print the JSON Schema of every kind of record"""
    from generator.schema import schema_of_everything

    print(json.dumps(schema_of_everything(), ensure_ascii=False, indent=1))
    return OK


def _addresses(options: argparse.Namespace) -> int:
    """add new public addresses to the committed list"""
    places = _places(options)
    with only_one(places.work):
        built = build(places, _world())
    print(f"{write_addresses(places, built.tree)} new addresses in {options.data}/addresses.txt")
    return OK


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "check": _check,
    "build": _build,
    "site": _site,
    "offline": _offline,
    "serve": _serve,
    "schema": _schema,
    "addresses": _addresses,
}
