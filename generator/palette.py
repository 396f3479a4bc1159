"""The colours of the interface and of drawings, by token, for light and dark."""

from __future__ import annotations

from generator.model import Site

# Proven for contrast on paper and sheet, and for colour vision: party values come from the subject's site.yml.
LIGHT = {
    "paper": "#FBFBF8",
    "sheet": "#F0F2EE",
    "ink": "#16201F",
    "muted": "#55615F",
    "edge": "#7C8784",
    "rule": "#CBD1CC",
    "grid": "#E1E5E1",
    "link": "#27408B",
    "yes": "#427A4F",
    "loose": "#7F5A07",
    "no": "#74131D",
    "split": "#503874",
    "open": "#3E4A49",
    "c1": "#46358D",
    "c2": "#914F81",
    "c3": "#5E5F25",
    "c4": "#498ADB",
    "c5": "#532A2B",
    "c6": "#977EA2",
    "step-1": "#D3DAEA",
    "step-2": "#A5B3D3",
    "step-3": "#7489BC",
    "step-4": "#4A629B",
    "step-5": "#27396B",
    "step-3-text": "#16201F",
}
DARK = {
    "paper": "#13191A",
    "sheet": "#1D2526",
    "ink": "#E7EBE7",
    "muted": "#A3AEAB",
    "edge": "#76827F",
    "rule": "#374243",
    "grid": "#2A3435",
    "link": "#AFC2FF",
    "yes": "#67B77A",
    "loose": "#B18223",
    "no": "#FDC0BD",
    "split": "#CCBCED",
    "open": "#828E8D",
    "c1": "#7260BD",
    "c2": "#F89DAF",
    "c3": "#E2E58D",
    "c4": "#4E93AD",
    "c5": "#906459",
    "c6": "#C6A7FA",
    "step-1": "#2F3B5C",
    "step-2": "#4A5F92",
    "step-3": "#6F86BD",
    "step-4": "#9FB1DB",
    "step-5": "#D5DDF2",
    "step-3-text": "#13191A",
}
OTHER_DASHES = ((), (9, 3), (2, 2.5), (9, 3, 2, 3), (5, 2), (1, 4))
OTHER_DASHES_BESIDE_A_SOLID_LINE = ((2, 2.5), (9, 3), (1, 4), (9, 3, 2, 3), (5, 2), (14, 4))
"""Where a party's line is solid no other is: on grey paper the dash alone tells crossing lines apart."""
OTHER_POINTS = ("triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")


def light_tokens(site: Site) -> dict[str, str]:
    """Every colour of the light palette by its token, those of the parties included."""
    return {**LIGHT, **_party_tokens(site, "light")}


def dark_tokens(site: Site) -> dict[str, str]:
    """Every colour of the dark palette by its token, those of the parties included."""
    return {**DARK, **_party_tokens(site, "dark")}


def _party_tokens(site: Site, palette: str) -> dict[str, str]:
    tokens = {}
    for number, party in enumerate(site.parties, 1):
        hue = getattr(party, palette)
        tokens[f"party-{number}"] = hue.line
        tokens[f"party-{number}-text"] = hue.text
    return tokens
