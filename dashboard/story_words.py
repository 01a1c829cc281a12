"""A story in words: who was first, who followed and when, in what tone. Pure: frames in, HTML and words out."""

from __future__ import annotations

from datetime import datetime
from html import escape

import polars as pl

from dashboard import theme
from dashboard.evidence import chip, country_name, headline

MOST_CHIPS = 4
"""Pairs of which an article shows its tone."""


def lag(first: datetime, when: datetime) -> str:
    """Say how much later an article came: "20 min later", "2 days later"; "same day" where no hour is told."""
    minutes = int((when - first).total_seconds() // 60)
    if minutes < 1:
        return "same day" if (when.hour, when.minute) == (0, 0) else "same time"
    if minutes < 120:
        return f"{minutes} min later"
    return f"{minutes // 60} h later" if minutes < 48 * 60 else f"{theme.counted(minutes // 1440, 'day')} later"


def moment(when: datetime | None) -> str:
    """Write a time; the time of day only if the source had one."""
    if when is None:
        return "no date"
    return theme.day(when) if (when.hour, when.minute) == (0, 0) else f"{theme.day(when)}, {when:%H:%M} UTC"


def member(row: dict[str, object], first: datetime | None, tones: pl.DataFrame, *, is_first: bool) -> str:
    """Return one article of a story: outlet, time, how much later, by whose credit, headline, tone by pair.

    `first` is when the story began; None where there is nothing to be later than.
    """
    published, outlet, origin = row["published"], row["outlet"], row["origin"]
    when = published if isinstance(published, datetime) else None
    later = "" if not first else "first" if is_first else lag(first, when) if when else ""
    facts = [
        f"<b>{escape(str(outlet))}</b>" if outlet else "outlet unknown",
        moment(when),
        later,
        f"text by {escape(str(origin))}" if origin else "",
    ]
    told = ' <span class="dt-dot">·</span> '.join(one for one in facts if one)
    url = row["url"]
    title = headline(str(row["title"] or "") or None, str(url) if url else None)
    chips = [
        f"{escape(pair_name(pair))} {chip(tone)}{' corrected' if corrected else ''}"
        for pair, tone, corrected in tones.select("pair", "tone", "corrected").head(MOST_CHIPS).iter_rows()
    ]
    more = f"and {theme.counted(tones.height - MOST_CHIPS, 'pair')} more" if tones.height > MOST_CHIPS else ""
    below = " · ".join([*chips, more] if more else chips) or "relates no two countries"
    return f'<div class="dt-card"><p class="dt-facts">{told}</p>{title}<p class="dt-facts">{below}</p></div>'


def figures(members: pl.DataFrame) -> list[tuple[str, str, str]]:
    """Return four figures of a story: articles, outlets, first, spread; each a label, a value and a note."""
    dated = members["published"].drop_nulls()
    first, last = dated.min(), dated.max()
    outlets = members["outlet"].drop_nulls().n_unique()
    agencies = members["origin"].drop_nulls().unique().sort().to_list()
    spread = (
        lag(first, last).removesuffix(" later") if isinstance(first, datetime) and isinstance(last, datetime) else "–"
    )
    who = members["outlet"].drop_nulls()
    return [
        ("Articles", theme.count(members.height), "counted once by default"),
        (
            "Outlets",
            theme.count(outlets),
            f"text by {', '.join(agencies[:3])}" if agencies else "no agency credited",
        ),
        ("First", moment(first) if isinstance(first, datetime) else "no date", str(who[0]) if len(who) else ""),
        (
            "Spread",
            spread if members.height > 1 else "–",
            "from the first to the last article" if members.height > 1 else "only one article",
        ),
    ]


def tone_by_pair(tones: pl.DataFrame) -> str:
    """Return the mean tone of a story for each pair, most articles first."""
    rows = (
        tones.group_by("pair")
        .agg(pl.col("tone").mean(), pl.len().alias("articles"))
        .sort(["articles", "pair"], descending=[True, False])
    )
    cells = [
        f"<span>{escape(pair_name(pair))}</span><span>{chip(tone)} in {theme.counted(articles, 'article')}</span>"
        for pair, tone, articles in rows.iter_rows()
    ]
    return f'<div class="dt-meta">{"".join(cells)}</div>'


def option(row: dict[str, object]) -> str:
    """Name a story in a list: its headline, size and days."""
    first, articles = row["first"], int(str(row["articles"]))
    day = theme.day(first) if isinstance(first, datetime) else "no date"
    return f"{row['title'] or 'No headline'} · {theme.counted(articles, 'article')} · {day}"


def pair_name(pair: str) -> str:
    """Name a pair: Pakistan–Russia."""
    return f"{country_name(pair[:3])}–{country_name(pair[4:])}"
