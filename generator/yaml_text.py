"""Reads YAML as plain values, with the line of every part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from generator.letters import find_unprintable, name_of_letter
from generator.problems import show

QUOTED = ("'", '"', "|", ">")
DEEPEST = 50
MOST_LETTERS = 10_000
MOST_OF_A_KEY = 200
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_CONSTANTS = {"true": True, "false": False, "null": None, "": None}


@dataclass
class Unread(Exception):
    """YAML that cannot be a value here."""

    line: int
    message: str
    fix: str


@lru_cache(maxsize=4096)  # a live preview reads every file again, and most have not changed
def read_yaml(text: str, first_line: int = 1) -> tuple[Any, dict[tuple[str | int, ...], int]]:
    """Text to plain values (mappings, tuples, text, numbers) and the line of every part. Raises `Unread`.

    Only what is written decides the type: `1949` is a number, `"1949"` text, `no` text, `true` a truth value.
    """
    lines: dict[tuple[str | int, ...], int] = {}
    node = compose(text, first_line)
    return None if node is None else _value_of(node, (), lines, first_line), lines


def compose(text: str, first_line: int = 1, tags: tuple[str, ...] = ()) -> yaml.Node | None:
    """Text to nodes; only these tags may stand. Raises `Unread`."""
    try:
        _refuse_more_than_values(text, first_line, tags)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + first_line if mark else first_line
        raise Unread(
            line, f"is no YAML: {error.problem}", "Check indentation; put text that holds a colon in quotes."
        ) from None
    except yaml.reader.ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + first_line
        raise Unread(line, f"is no YAML: {error.reason}", "Remove the unusual character.") from None


def _refuse_more_than_values(text: str, first_line: int, tags: tuple[str, ...]) -> None:
    """Raise `Unread` at an alias or a tag, or where values nest so deeply that composing them would end the process.

    Nodes do not say where an alias stands, nor tell a written tag from the one that their text suggests; events do.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise Unread(_line_of(event, first_line), "uses a YAML alias", "Write the value out.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise Unread(_line_of(event, first_line), "nests too deeply", "Flatten it.")
        tag = getattr(event, "tag", None)
        if tag and tag not in tags:
            said = show(tag.replace("tag:yaml.org,2002:", "!!"))
            raise Unread(_line_of(event, first_line), f"uses the YAML tag {said}", "Remove it.")


def _line_of(part: yaml.Event | yaml.Node, first_line: int) -> int:
    return part.start_mark.line + first_line if part.start_mark else first_line


def _value_of(
    node: yaml.Node, at: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int], first_line: int
) -> Any:
    lines.setdefault(at, _line_of(node, first_line))
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, _line_of(node, first_line))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, at, lines, first_line)
    return tuple(_value_of(child, (*at, index), lines, first_line) for index, child in enumerate(node.value))


def _mapping(
    node: yaml.MappingNode,
    at: tuple[str | int, ...],
    lines: dict[tuple[str | int, ...], int],
    first_line: int,
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key_line = _line_of(key_node, first_line)
        key = _scalar_key(key_node)
        if key is None:
            raise Unread(key_line, "has a key that is no word", "Use a plain word before the colon.")
        if key in values:
            raise Unread(key_line, f"has the key {show(key)} twice", "Keep one.")
        lines[(*at, key)] = key_line
        values[key] = _value_of(value_node, (*at, key), lines, first_line)
    return values


def _scalar_key(node: yaml.Node) -> str | None:
    is_word = isinstance(node, yaml.ScalarNode) and len(node.value) <= MOST_OF_A_KEY
    return node.value if is_word and not find_unprintable(node.value) else None


def _scalar(node: yaml.ScalarNode, line: int) -> Any:
    if len(node.value) > MOST_LETTERS:
        raise Unread(line, f"has a text of {len(node.value)} letters", f"Keep it below {MOST_LETTERS}.")
    if node.style in QUOTED:
        odd = find_unprintable(node.value)  # written as an escape; what stands in the file itself was looked at before
        if odd:
            raise Unread(line, f"holds the character {name_of_letter(odd[0])}", "Remove it.")
        return node.value
    if node.value in _CONSTANTS:
        return _CONSTANTS[node.value]
    if _INTEGER.fullmatch(node.value):
        return int(node.value)
    if _FRACTION.fullmatch(node.value):
        return float(node.value)
    return node.value
