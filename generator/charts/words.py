"""Words in a drawing: how wide they are, where they break, and how they are set."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from generator.charts.canvas import Canvas, Layer, Look, chart_of, with_choice
from generator.charts.fonts import width_of


def write(
    canvas: Canvas,
    x: float,
    y: float,
    words: str | Sequence[str],
    colour: str,
    align: str = "left",
    weight: int = 600,
    type: int = 0,
    is_on_paper: bool = True,
) -> Layer:
    """Lines of words, the first on a baseline in pixels; on paper they clear what runs behind them."""
    lines = [words] if isinstance(words, str) else list(words)
    at = chart_of().encode(x=alt.XValue(round(x, 1)), y=alt.YValue(round(y, 1)))
    look: Look = {
        "text": lines if len(lines) > 1 else lines[0],
        "align": align,
        "baseline": "alphabetic",
        "fontWeight": weight,
        "fontSize": type or canvas.size.type,
        "lineHeight": canvas.size.line,
    }
    words_themselves = at.mark_text(**look, color=canvas.colours(colour))
    if not is_on_paper:
        return words_themselves
    paper = canvas.colours(with_choice(colour, "paper"))
    return at.mark_text(**look, color=paper, stroke=paper, strokeWidth=5, strokeJoin="round"), words_themselves


def widest(canvas: Canvas, lines: Sequence[str], weight: int = 600) -> float:
    """The pixels of the widest line, 0 where there is none."""
    return max((width_of(line, canvas.size.type, weight) for line in lines), default=0)


def two_lines(words: str) -> list[str]:
    """A name on two lines at most, broken near its middle."""
    if len(words) <= 12 or " " not in words:
        return [words]
    spaces = [place for place, letter in enumerate(words) if letter == " "]
    middle = min(spaces, key=lambda place: abs(place - len(words) / 2))
    return [words[:middle], words[middle + 1 :]]


def wrap(canvas: Canvas, words: str, width: float, weight: int = 600) -> list[str]:
    """Words on as many lines as a width asks for."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, canvas.size.type, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def held(x: float, width: float, align: str, left: float, right: float) -> float:
    """The place of words moved so that they stay between two edges."""
    before = {"left": 0.0, "center": width / 2, "right": width}[align]
    return max(left + before, min(x, right - width + before))
