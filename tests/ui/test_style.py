"""The style sheets: their budget, their colours, the promises they make to everyone."""

import re
from itertools import product
from pathlib import Path

import pytest

import tiendo

STATIC = Path(tiendo.__file__).parent / "ui/static/ui"
SHEETS = {path.name: path.read_text() for path in sorted(STATIC.glob("*.css"))}
CSS = "\n".join(SHEETS.values())
TOKENS = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", CSS))


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_rightly() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


WORDS = ["ink", "muted", "accent", "accent-deep", "danger", "warn"]
GROUNDS = ["paper", "ground", "accent-tint", "danger-tint", "warn-tint"]


@pytest.mark.parametrize(("word", "ground"), list(product(WORDS, GROUNDS)))
def test_words_stand_out_from_every_ground(word: str, ground: str) -> None:
    assert contrast(TOKENS[word], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("ground", ["accent", "accent-deep", "danger"])
def test_white_words_stand_out_from_buttons(ground: str) -> None:
    assert contrast(TOKENS["paper"], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "ground", "accent-tint"])
def test_edges_of_controls_can_be_seen(ground: str) -> None:
    assert contrast(TOKENS["edge"], TOKENS[ground]) >= 3


def test_sheets_and_sprite_keep_their_budget() -> None:
    assert len(CSS.encode()) < 30_000
    assert (STATIC / "icons.svg").stat().st_size < 12_000


def test_sheets_load_nothing() -> None:
    assert "@import" not in CSS
    assert "@font-face" not in CSS
    assert "url(" not in CSS


def test_every_token_used_is_defined() -> None:
    defined = set(re.findall(r"(--[\w-]+):", CSS))
    assert set(re.findall(r"var\((--[\w-]+)\)", CSS)) <= defined


def test_motion_asks_first_and_focus_is_never_hidden() -> None:
    still = re.sub(r"@media \(prefers-reduced-motion: no-preference\) \{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", CSS)
    assert "transition" not in still
    assert "animation" not in still
    assert "outline: none" not in CSS.replace("main:focus { outline: none; }", "")
