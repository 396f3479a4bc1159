"""Colours that can be read and told apart: contrast, and series under three kinds of colour vision."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import pytest

from generator.charts.heat import TEXTS
from generator.load import load
from generator.palette import dark_tokens, light_tokens

ROOT = Path(__file__).parent.parent
SITE = load(ROOT / "data", ROOT / "docs", ROOT / "mkdocs.yml")[0].site
PALETTES = {"light": light_tokens(SITE), "dark": dark_tokens(SITE)}
WORDS = ("ink", "muted", "link", "party-1-text", "party-2-text")
MARKS = ("edge", "party-1", "party-2", "c1", "c2", "c3", "c4", "c5", "c6")
LEAST_FOR_WORDS, LEAST_FOR_MARKS, LEAST_DISTANCE = 4.5, 3.0, 20.0

# Full deficiency in linear RGB: Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color
# Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), 2009.
VISION = {
    "as is": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def linear(code: str) -> list[float]:
    """A hex colour as linear RGB from 0 to 1 (sRGB, IEC 61966-2-1)."""
    parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(code: str) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(code), strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """Linear RGB as CIE L*a*b* under D65."""
    rows = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.072175), (0.0193339, 0.119192, 0.9503041))
    white = (0.95047, 1.0, 1.08883)
    x, y, z = (sum(a * b for a, b in zip(row, rgb, strict=True)) / w for row, w in zip(rows, white, strict=True))
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def ciede2000(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The colour difference of CIE 142-2001; 10 is plainly different, 20 is far."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c7 = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    g = 0.5 * (1 - math.sqrt(mean_c7 / (mean_c7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360
    dh = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    big_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(dh / 2))
    ml, mc = (l1 + l2) / 2, (c1 + c2) / 2
    mh = (h1 + dh / 2) % 360 if c1 * c2 else h1 + h2
    t = (
        1
        - 0.17 * math.cos(math.radians(mh - 30))
        + 0.24 * math.cos(math.radians(2 * mh))
        + 0.32 * math.cos(math.radians(3 * mh + 6))
        - 0.2 * math.cos(math.radians(4 * mh - 63))
    )
    sl = 1 + 0.015 * (ml - 50) ** 2 / math.sqrt(20 + (ml - 50) ** 2)
    sc, sh = 1 + 0.045 * mc, 1 + 0.015 * mc * t
    rt = -2 * math.sqrt(mc**7 / (mc**7 + 25**7)) * math.sin(math.radians(60 * math.exp(-(((mh - 275) / 25) ** 2))))
    lightness, chroma, hue = (l2 - l1) / sl, (c2 - c1) / sc, big_h / sh
    return math.sqrt(lightness**2 + chroma**2 + hue**2 + rt * chroma * hue)


def seen(code: str, vision: str) -> tuple[float, float, float]:
    rgb = linear(code)
    return lab([min(1.0, max(0.0, sum(a * b for a, b in zip(row, rgb, strict=True)))) for row in VISION[vision]])


def test_the_difference_agrees_with_a_published_pair() -> None:
    # The first pair of Sharma, Wu and Dalal, "The CIEDE2000 Color-Difference Formula", 2005.
    assert ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("ground", ["paper", "sheet"])
@pytest.mark.parametrize("token", WORDS)
def test_words_can_be_read_on_both_grounds(palette: str, ground: str, token: str) -> None:
    tokens = PALETTES[palette]
    assert contrast(tokens[token], tokens[ground]) >= LEAST_FOR_WORDS


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("token", MARKS)
def test_marks_stand_out_on_both_grounds(palette: str, token: str) -> None:
    tokens = PALETTES[palette]
    assert min(contrast(tokens[token], tokens[ground]) for ground in ("paper", "sheet")) >= LEAST_FOR_MARKS


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("vision", VISION)
def test_the_parties_are_far_apart_however_colour_is_seen(palette: str, vision: str) -> None:
    tokens = PALETTES[palette]
    assert ciede2000(seen(tokens["party-1"], vision), seen(tokens["party-2"], vision)) >= LEAST_DISTANCE


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("vision", VISION)
def test_every_two_series_can_be_told_apart_however_colour_is_seen(palette: str, vision: str) -> None:
    tokens = PALETTES[palette]
    codes = [tokens[token] for token in MARKS[1:]]
    distances = [ciede2000(seen(a, vision), seen(b, vision)) for at, a in enumerate(codes) for b in codes[at + 1 :]]
    assert min(distances) >= 10


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("step", range(5))
def test_values_can_be_read_on_every_step_of_cells(palette: str, step: int) -> None:
    tokens = PALETTES[palette]
    assert contrast(tokens[TEXTS[step]], tokens[f"step-{step + 1}"]) >= LEAST_FOR_WORDS


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("vision", [*VISION, "grey"])
def test_neighbouring_steps_can_be_told_apart_however_colour_is_seen(palette: str, vision: str) -> None:
    codes = [PALETTES[palette][f"step-{step}"] for step in range(1, 6)]
    shown = [lab([luminance(code)] * 3) if vision == "grey" else seen(code, vision) for code in codes]
    assert min(ciede2000(one, other) for one, other in pairwise(shown)) >= 9


@pytest.mark.parametrize("palette", PALETTES)
def test_the_parties_differ_in_grey_as_well(palette: str) -> None:
    tokens = PALETTES[palette]
    greys = [lab([luminance(tokens[party])] * 3) for party in ("party-1", "party-2")]
    assert ciede2000(*greys) >= 15
