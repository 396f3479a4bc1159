"""The two families of the site: cut down to what it writes, as web fonts and for drawings."""

from __future__ import annotations

import io
from importlib import import_module
from pathlib import Path

FAMILIES = {
    "source-sans": ("font_source_sans_pro", "SourceSansPro", "Source Sans Pro"),
    "source-serif": ("font_source_serif_pro", "SourceSerifPro", "Source Serif Pro"),
}
WEIGHTS = {400: "Regular", 600: "Semibold"}
# The serif is for reading: headings are set in the sans, so that a page loads three files and not four.
CUTS = (("source-sans", 400), ("source-sans", 600), ("source-serif", 400))
# What English pages need stands in a file of its own: each kilobyte is loaded by every reader. The other files load
# only on pages with such letters (`unicode-range`).
RANGES = {
    "latin": ((0x20, 0x7E), (0xA0, 0xA0), (0xB6, 0xB7), (0xD7, 0xD7), (0xE9, 0xE9), (0xF7, 0xF7), (0xFC, 0xFC), (0x2013, 0x2014), (0x2018, 0x2019),
              (0x201C, 0x201D), (0x2022, 0x2022), (0x2026, 0x2026), (0x202F, 0x202F), (0x203A, 0x203A), (0x2060, 0x2060), (0x2212, 0x2212)),
    "latin-ext": ((0xA1, 0xB5), (0xB8, 0xD6), (0xD8, 0xE8), (0xEA, 0xF6), (0xF8, 0xFB), (0xFD, 0x17F), (0x1CD, 0x1DC), (0x2010, 0x2012),
                  (0x201E, 0x2021), (0x20AC, 0x20AC), (0x2190, 0x2193), (0x2248, 0x2265)),
    "cyrillic": ((0x400, 0x45F), (0x490, 0x491), (0x2116, 0x2116)),
}  # fmt: skip
# Without kerning: its tables are half of each file, and a page has 120 kB for everything.
FEATURES = ("liga", "lnum", "tnum", "pnum", "ccmp", "locl", "mark", "mkmk")


def font_file(family: str, weight: int) -> Path:
    """The full font as its package ships it."""
    package, stem, _ = FAMILIES[family]
    folder = Path(str(import_module(package).__file__)).parent / "files"
    return folder / f"{stem}-{WEIGHTS[weight]}.otf"


def web_fonts() -> dict[str, bytes]:
    """Every subset by file name, as woff2. Takes seconds; the caller stores it."""
    return {
        f"{family}-{weight}-{script}.woff2": _subset(font_file(family, weight), script)
        for family, weight in CUTS
        for script in RANGES
    }


def _subset(path: Path, script: str) -> bytes:
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_features=list(FEATURES), notdef_outline=True, hinting=False)
    font = subset.load_font(str(path), options)
    font.recalcTimestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES[script] for code in range(first, last + 1)])
    subsetter.subset(font)
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def font_faces(folder: str) -> str:
    """The CSS that declares the subsets standing in a folder."""
    return "\n".join(
        f'@font-face{{font-family:"{FAMILIES[family][2]}";font-weight:{weight};font-display:optional;'
        f'src:url({folder}{family}-{weight}-{script}.woff2) format("woff2");unicode-range:{_unicode_range(script)}}}'
        for family, weight in CUTS
        for script in RANGES
    )


def _unicode_range(script: str) -> str:
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in RANGES[script])


def register_for_drawing() -> None:
    """Make the sans family known to vl-convert, which falls back to a font of the machine for unknown names."""
    import vl_convert

    vl_convert.register_font_directory(str(font_file("source-sans", 400).parent))
