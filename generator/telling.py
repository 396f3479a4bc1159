"""A record whose prose is written as it is read, so that only what a page shows counts as one of its numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.model import Part, is_told

Write = Callable[[str, tuple[str | int, ...]], str]
"""Writes a text; the keys lead to it, so that a fault is reported at its line."""


class Telling:
    """A record or a part of one: its prose comes written, everything else as it is."""

    def __init__(self, part: Part, write: Write, at: tuple[str | int, ...] = ()) -> None:
        self._part, self._write, self._at = part, write, at

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        value = getattr(self._part, name)
        info = type(self._part).model_fields.get(name)
        return self._tell(value, (*self._at, name), info is not None and is_told(info))

    def _tell(self, value: Any, at: tuple[str | int, ...], is_prose: bool) -> Any:
        if isinstance(value, str) and is_prose:
            return self._write(value, at)
        if isinstance(value, Part):
            return Telling(value, self._write, at)
        if isinstance(value, tuple):
            return [self._tell(item, (*at, index), is_prose) for index, item in enumerate(value)]
        return value
