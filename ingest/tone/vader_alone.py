"""What vaderSentiment alone says of a text: as its authors publish it, with names, without pairs. For comparison."""

from __future__ import annotations

from functools import cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer


def compound(text: str) -> float:
    """Return vaderSentiment's compound score of a text, −1 … +1."""
    return float(_analyzer().polarity_scores(text)["compound"])


@cache
def _analyzer() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()
