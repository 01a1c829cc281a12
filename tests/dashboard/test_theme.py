from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dashboard import theme
from dashboard.page_choices import MOST_PAIRS

CONFIG = Path(theme.__file__).parent / ".streamlit" / "config.toml"


@pytest.mark.parametrize(
    ("tone", "written"),
    [(0.414, "+0.41"), (-0.42, "−0.42"), (0.0, "0.00"), (-0.001, "0.00"), (1, "+1.00"), (float("nan"), "–")],
)
def test_signed(tone: float, written: str) -> None:
    assert theme.signed(tone) == written


@pytest.mark.parametrize(
    ("tone", "word"),
    [
        (-1, "hostile"), (-0.5, "hostile"), (-0.49, "strained"), (-0.15, "strained"), (-0.14, "neutral"),
        (0, "neutral"), (0.149, "neutral"), (0.15, "friendly"), (0.49, "friendly"), (0.5, "close"), (1, "close"),
    ],
)  # fmt: skip
def test_tone_word(tone: float, word: str) -> None:
    assert theme.tone_word(tone) == word


def test_counts_and_shares() -> None:
    assert theme.count(1234567) == "1\u202f234\u202f567"
    assert theme.counted(1, "story", "stories") == "1 story"
    assert theme.counted(1200, "story", "stories") == "1\u202f200 stories"
    assert theme.percent(0.084) == "8\u202f%"


@pytest.mark.parametrize("kind", ["light", "dark"])
def test_text_colours_have_contrast(kind: theme.Kind) -> None:
    palette = theme.PALETTES[kind]
    for colour in (palette.ink, palette.muted, palette.accent):
        assert contrast(colour, palette.paper) >= 4.5


@pytest.mark.parametrize("kind", ["light", "dark"])
def test_curves_stand_out_from_the_paper(kind: theme.Kind) -> None:
    palette = theme.PALETTES[kind]
    assert len(set(palette.many)) == MOST_PAIRS
    for colour in palette.many:
        assert contrast(colour, palette.paper) >= 3


@pytest.mark.parametrize("kind", ["light", "dark"])
def test_streamlit_has_the_same_colours(kind: theme.Kind) -> None:
    palette = theme.PALETTES[kind]
    told = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][kind]
    assert (told["backgroundColor"], told["textColor"], told["primaryColor"]) == (
        palette.paper,
        palette.ink,
        palette.accent,
    )


def test_nothing_comes_from_outside() -> None:
    folder = Path(theme.__file__).parent
    for path in (CONFIG, folder / "style.css", folder / "app.py"):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text
        assert "@import" not in text


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)
