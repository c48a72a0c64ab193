"""Text can be read: every colour that text has, on every ground it stands on, in light, in dark and on paper."""

from __future__ import annotations

import re
from itertools import product

import pytest

from transcript_rapport.across import page
from transcript_rapport.renderers import html

LEAST = 4.5
"""WCAG 2.2, 1.4.3: contrast of text with its ground."""
TEXT = ("ink", "soft", "link")
GROUNDS = ("paper", "card", "faint", "target")
PALETTES = {
    "light": r"\A.*?:root \{(.*?)\}",
    "dark": r"prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}",
    "paper": r"@media print \{\s*:root \{(.*?)\}",
}
KINDS = (
    *("reflection", "validation", "partnership", "question", "advice", "judgment", "jargon", "opening", "rupture"),
    *("frame", "own"),
)


def luminance(colour: str) -> float:
    held = colour.lstrip("#")
    held = "".join(c * 2 for c in held) if len(held) == 3 else held
    parts = [int(held[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(over: str, under: str, share: float) -> str:
    """What color-mix in sRGB gives: ``share`` of ``over`` on ``under``."""
    parts = zip(*([int(c.lstrip("#")[i : i + 2], 16) for i in (0, 2, 4)] for c in (over, under)), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)


def palette(style: str, name: str) -> dict[str, str]:
    found = re.search(PALETTES[name], style, re.S)
    assert found
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", found[1]))


@pytest.fixture(params=PALETTES)
def colours(request: pytest.FixtureRequest) -> dict[str, str]:
    style = (html.TEMPLATES / "report.css").read_text(encoding="utf-8")
    light = palette(style, "light")
    return light | palette(style, request.param)


def test_text_can_be_read_on_every_ground(colours: dict[str, str]) -> None:
    grounds = [g for g in GROUNDS if not (g == "target" and colours["paper"] in ("#fff", "#ffffff"))]
    low = {(t, g): contrast(colours[t], colours[g]) for t, g in product((*TEXT, *KINDS), grounds)}
    assert {pair: round(value, 2) for pair, value in low.items() if value < LEAST} == {}


def test_marked_words_can_be_read(colours: dict[str, str]) -> None:
    paper = colours["paper"] if len(colours["paper"]) == 7 else "#ffffff"
    ink = colours["ink"] if len(colours["ink"]) == 7 else "#000000"
    for kind in KINDS:
        assert contrast(ink, mixed(colours[kind], paper, 0.13)) >= LEAST, f"words marked as {kind}"


def test_what_a_picture_shows_stands_out_from_its_ground(colours: dict[str, str]) -> None:
    """WCAG 2.2, 1.4.11: 3 to 1 for graphics."""
    for part in ("practitioner", "client", "other", *KINDS):
        assert contrast(colours[part], colours["paper"]) >= 3, part


@pytest.mark.parametrize("name", ["light", "dark"])
def test_pages_across_sessions_can_be_read(name: str) -> None:
    held = palette((page.TEMPLATES / "across.css").read_text(encoding="utf-8"), name)
    for text, ground in product(TEXT, ("paper", "card")):
        assert contrast(held[text], held[ground]) >= LEAST, (text, ground)
