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
RANGES = {
    "latin": ((0x20, 0x17F), (0x1CD, 0x1DC), (0x2010, 0x2026), (0x202F, 0x203A), (0x2060, 0x2060), (0x20AC, 0x20AC),
              (0x2190, 0x2193), (0x2212, 0x2212), (0x2248, 0x2265)),
    "cyrillic": ((0x400, 0x45F), (0x490, 0x491), (0x2116, 0x2116)),
}  # fmt: skip
FEATURES = ("kern", "liga", "lnum", "tnum", "pnum", "ccmp", "locl", "mark", "mkmk", "case")


def font_file(family: str, weight: int) -> Path:
    """The full font as its package ships it."""
    package, stem, _ = FAMILIES[family]
    folder = Path(str(import_module(package).__file__)).parent / "files"
    return folder / f"{stem}-{WEIGHTS[weight]}.ttf"


def web_fonts() -> dict[str, bytes]:
    """Every subset by file name, as woff2. Takes seconds; the caller stores it."""
    return {
        f"{family}-{weight}-{script}.woff2": _subset(font_file(family, weight), script)
        for family in FAMILIES
        for weight in WEIGHTS
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
        f'@font-face{{font-family:"{FAMILIES[family][2]}";font-weight:{weight};font-display:swap;'
        f'src:url({folder}{family}-{weight}-{script}.woff2) format("woff2");unicode-range:{_unicode_range(script)}}}'
        for family in FAMILIES
        for weight in WEIGHTS
        for script in RANGES
    )


def _unicode_range(script: str) -> str:
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in RANGES[script])


def register_for_drawing() -> None:
    """Make the sans family known to vl-convert, which falls back to a font of the machine for unknown names."""
    import vl_convert

    vl_convert.register_font_directory(str(font_file("source-sans", 400).parent))
