"""What changed, in words: each change point with its parts, its heaviest stories, the words that tell its sides apart.

Every character that came from an article is escaped. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from dashboard import theme
from dashboard.periods import since_period
from ingest.index.changes import Parts
from ingest.index.series import Period

CERTAIN = 0.001
"""Below this a p is told as smaller than it: 999 permutations tell no finer (`ingest.index.changes`)."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change point; tones are levels of the stretches before and after it."""

    number: int
    period: date
    before: float
    after: float
    change: float
    low: float
    high: float
    p: float


def change_head(change: Change, by: Period) -> str:
    """Return the line of a change: number, since when, how much with its interval and p, from what to what."""
    word = "warmer" if change.change > 0 else "colder"
    facts = [
        f"<b>{theme.signed(change.change)}</b> {word} {escape(since_period(change.period, by))}",
        f"95{theme.THIN}%: {theme.interval(change.low, change.high)}",
        f'<span title="How often shuffled periods change as much">{p_words(change.p)}</span>',
        f"from {theme.signed(change.before)} to {theme.signed(change.after)}",
    ]
    dot = ' <span class="dt-dot">·</span> '
    return (
        f'<p class="dt-change"><span class="dt-number" aria-label="Change {change.number}">{change.number}</span> '
        f"{dot.join(facts)}</p>"
    )


def parts_line(parts: Parts) -> str:
    """Return the parts of a change; each with a hover that says what it is."""
    told = [
        ("tone", parts.tone, "outlets that told of the pair before and after tell it otherwise"),
        ("mix", parts.mix, "outlets came or went"),
        ("volume", parts.volume, "outlets that were there all along tell more, or less, of it than the others"),
    ]
    words = ", ".join(f'<span title="{escape(why)}">{name} {theme.signed(value)}</span>' for name, value, why in told)
    return f'<p class="dt-facts">of which {words}</p>'


def words_lines(before: list[tuple[str, float]], after: list[tuple[str, float]]) -> str:
    """Return the words that were said more on either side, with their log-odds in z in a hover."""
    rows = [
        f'<p class="dt-facts">{label}: {_words(found) if found else "no word stands out"}</p>'
        for label, found in (("Said more before", before), ("Said more after", after))
    ]
    return "".join(rows)


def p_words(p: float) -> str:
    """Say a p: p = 0.02, p < 0.001."""
    space = theme.THIN
    if p < CERTAIN:
        return f"p{space}&lt;{space}0.001"
    return f"p{space}={space}{p:.3f}" if p < 0.01 else f"p{space}={space}{p:.2f}"


def _words(found: list[tuple[str, float]]) -> str:
    return ", ".join(f'<b title="log-odds z {theme.signed(abs(weight))}">{escape(word)}</b>' for word, weight in found)
