"""The two families of the site: cut down to what it writes, as web fonts and for drawings."""

from __future__ import annotations

import io
from functools import lru_cache
from importlib import import_module
from pathlib import Path

FAMILIES = {
    "source-sans": ("font_source_sans_pro", "SourceSansPro", "Source Sans Pro"),
    "source-serif": ("font_source_serif_pro", "SourceSerifPro", "Source Serif Pro"),
}
FONT = "Source Sans Pro, sans-serif"
WEIGHTS = {400: "Regular", 600: "Semibold"}
# The serif is for reading: headings are set in the sans, so that a page loads three files and not four.
CUTS = (("source-sans", 400), ("source-sans", 600), ("source-serif", 400))
# What English pages need stands in a file of its own: each kilobyte is loaded by every reader. The other files load
# only on pages with such letters (`unicode-range`).
RANGES = {
    "latin": "U+20-7E,U+A0,U+B6-B7,U+D7,U+E9,U+F7,U+FC,U+2013-2014,U+2018-2019,U+201C-201D,U+2022,U+2026,U+202F,U+203A,"
    "U+2060,U+2212",
    "latin-1": "U+A1-B5,U+B8-D6,U+D8-E8,U+EA-F6,U+F8-FB,U+FD-FF",
    "latin-ext": "U+100-17F,U+1CD-1DC,U+2010-2012,U+201E-2021,U+20AC,U+2190-2193,U+2248-2265",
    "cyrillic": "U+400-45F,U+490-491,U+2116",
}
# Without kerning: its tables are half of each file, and a page has 120 kB for everything.
FEATURES = ("liga", "lnum", "tnum", "pnum", "ccmp", "locl", "mark", "mkmk")


def font_file(family: str, weight: int) -> Path:
    """The full font as its package ships it."""
    package, stem, _ = FAMILIES[family]
    folder = Path(str(import_module(package).__file__)).parent / "files"
    return folder / f"{stem}-{WEIGHTS[weight]}.otf"


@lru_cache(maxsize=2)
def _advances(weight: int) -> tuple[dict[int, float], float]:
    """How wide each letter of the sans family is, in parts of the type size, and how wide an unknown one is."""
    from fontTools.ttLib import TTFont

    with TTFont(str(font_file("source-sans", weight)), lazy=True) as font:
        em, glyphs, widths = font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"]
        return {code: widths[glyph][0] / em for code, glyph in glyphs.items()}, 1.0


def width_of(words: str, size: float, weight: int = 600) -> float:
    """The width of a line of text in a drawing, in pixels."""
    widths, unknown = _advances(weight)
    return round(sum(widths.get(ord(letter), unknown) for letter in words) * size, 1)


def web_fonts() -> dict[str, bytes]:
    """Every subset by file name, as woff2. Takes seconds; the caller stores it."""
    return {
        f"{family}-{weight}-{script}.woff2": _subset(font_file(family, weight), script)
        for family, weight in CUTS
        for script in RANGES
    }


def _subset(path: Path, script: str) -> bytes:
    from fontTools import subset
    from fontTools.subset import parse_unicodes

    options = subset.Options(flavor="woff2", layout_features=list(FEATURES), notdef_outline=True, hinting=False)
    font = subset.load_font(str(path), options)
    font.recalcTimestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(RANGES[script].replace("U+", "")))
    subsetter.subset(font)
    buffer = io.BytesIO()
    font.save(buffer)
    font.close()
    return buffer.getvalue()


def font_faces(folder: str) -> str:
    """The CSS that declares the subsets standing in a folder."""
    return "\n".join(
        f'@font-face{{font-family:"{FAMILIES[family][2]}";font-weight:{weight};font-display:optional;'
        f'src:url({folder}{family}-{weight}-{script}.woff2) format("woff2");unicode-range:{RANGES[script]}}}'
        for family, weight in CUTS
        for script in RANGES
    )


def register_for_drawing() -> None:
    """Make the sans family known to vl-convert, which falls back to a font of the machine for unknown names."""
    import vl_convert

    vl_convert.register_font_directory(str(font_file("source-sans", 400).parent))
