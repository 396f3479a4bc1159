"""Texts with calls as templates: what they may hold, and which part of them is text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import escape

from generator.letters import find_unprintable


def _words_alone(value: Any) -> Any:
    """What a call gave, if it can stand in a text: a row and a call without brackets have no words."""
    if value is None or isinstance(value, str | jinja2.Undefined):
        return "" if value is None else value
    raise TypeError("a row is no text, and a call without brackets gives nothing")


ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=jinja2.StrictUndefined,
    comment_start_string="{//",
    comment_end_string="//}",
    keep_trailing_newline=True,
    autoescape=False,
    finalize=_words_alone,
)
ENVIRONMENT.globals.clear()  # an author has the calls and nothing else: `range` counts for hours, `lipsum` by chance
DELIMITERS = (("{{", "}}"), ("{%", "%}"), ("{//", "//}"))
"""Where a call, a statement and a remark begin and end. A text in which none begins is words alone."""
NAMED = {
    nodes.Getattr: "an attribute",
    nodes.Getitem: "an item",
    nodes.Filter: "a filter",
    nodes.Test: "a test",
    nodes.CondExpr: "a condition",
    nodes.Compare: "a comparison",
    nodes.Literal: "words or numbers alone",
    nodes.Stmt: "a statement",
}
"""What authors call the parts of a template that are no calls."""


class NoCall(Exception):
    """A template that does more than to call: what, and on which line of the text."""

    def __init__(self, said: str, line: int) -> None:
        super().__init__(said)
        self.line = line


@lru_cache(maxsize=8192)
def read_template(text: str) -> jinja2.Template:
    """A text read once, however many pages it stands on. Raises `NoCall` or `jinja2.TemplateSyntaxError`."""
    if "{%" in text:
        _refuse_statements(text)
    try:
        tree = ENVIRONMENT.parse(text)
    except (RecursionError, MemoryError):
        raise NoCall("calls nested too deeply", 1) from None
    except ValueError as error:  # a number with thousands of digits
        raise NoCall(f"a number that cannot be read: {error}", 1) from None
    for part in tree.body:
        _refuse_more_than_calls(part)
    return ENVIRONMENT.from_string(tree)


def _refuse_statements(text: str) -> None:
    for line, kind, _ in pieces_of(text):
        if kind in ("block_begin", "raw_begin"):
            raise NoCall(NAMED[nodes.Stmt], line)


def _refuse_more_than_calls(output: nodes.Node) -> None:
    """A text is words, calls and the name `unit`."""
    for part in output.iter_child_nodes():
        if not isinstance(part, nodes.TemplateData | nodes.Name):
            _refuse_more_than_arguments(part, is_argument=False)


def _refuse_more_than_arguments(part: nodes.Node, is_argument: bool) -> None:
    if is_argument and isinstance(part, nodes.Const):
        if isinstance(part.value, str) and find_unprintable(part.value):
            raise NoCall("a character that cannot be printed", part.lineno)
        return
    if is_argument and isinstance(part, nodes.Neg) and isinstance(part.node, nodes.Const):
        return
    if not isinstance(part, nodes.Call) or not isinstance(part.node, nodes.Name) or part.dyn_args or part.dyn_kwargs:
        called = part.node if isinstance(part, nodes.Call) else part
        raise NoCall(
            next((words for kind, words in NAMED.items() if isinstance(called, kind)), "an operation"), part.lineno
        )
    for argument in part.args:
        _refuse_more_than_arguments(argument, is_argument=True)
    for pair in part.kwargs:
        _refuse_more_than_arguments(pair.value, is_argument=True)


def pieces_of(text: str) -> Iterator[tuple[int, str, str]]:
    """The pieces of a text as the template reads them: line, kind and source; text is `data`.

    Raises `jinja2.TemplateSyntaxError`.
    """
    return ENVIRONMENT.lex(text)


def escape_text(text: str) -> str:
    """All of a text escaped that is no call; a text that is no template wholly."""
    if "{" not in text:
        return str(escape(text))
    try:
        return "".join(str(escape(piece)) if kind == "data" else piece for _, kind, piece in pieces_of(text))
    except jinja2.TemplateSyntaxError:
        return str(escape(text))
