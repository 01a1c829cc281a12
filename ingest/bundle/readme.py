"""The README.txt of a bundle, in plain words. Pure."""

from __future__ import annotations

from datetime import date
from textwrap import fill

from ingest.bundle.settings import Settings
from ingest.countries.gazetteer import countries

_BY = {"day": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly", "year": "yearly"}
_WEIGHT = {"unique": "each story once", "reach": "stories weighted by reach, 1 + ln(outlets)", "raw": "every article"}


def _kept(settings: Settings) -> str:
    """Say what the view leaves out, and how it is smoothed."""
    told = [f"trailing mean of {settings.smooth} periods"] if settings.smooth > 1 else []
    if settings.direction != "all":
        one, other = (settings.a, settings.b) if settings.direction == "ab" else (settings.b, settings.a)
        told.append(f"{countries()[one].name} toward {countries()[other].name}")
    if settings.outlets is not None:
        told.append(f"only {len(settings.outlets)} outlets, named in manifest.json")
    return "".join(f", {one}" for one in told)


def readme(
    settings: Settings, counts: dict[str, int], scorers: list[str], span: tuple[date, date] | None, version: str
) -> str:
    """Say what the bundle is, what its files are, and how to check it."""
    a, b = (countries()[code].name for code in (settings.a, settings.b))
    days = f"{span[0].isoformat()} to {span[1].isoformat()} (UTC)" if span else "no dated article"
    scorer = ", ".join(scorers) or settings.scorer
    cited = (
        f"Tone between {a} and {b}, {_BY[settings.by]}, {days}, {_WEIGHT[settings.weight]}{_kept(settings)}; "
        f"n = {counts['stories']:,} "
        f"stories in {counts['articles']:,} articles of {counts['outlets']:,} outlets; scorer {scorer}; "
        f"Detente {version}."
    )
    return f"""Replication bundle of Detente

{fill(cited, 120)}

Detente reads news articles and scores the tone that each expresses between two countries, from -1 (hostile) over 0 to
+1 (cooperative): P(cooperative) - P(hostile) of what a sentence says about these two. This bundle holds all that the
chart was drawn from, so that anybody can compute its values again.

To check it, with Detente installed:

    detente verify BUNDLE.zip             evidence -> readings -> stories -> plotted values, bit for bit
    detente verify BUNDLE.zip --rescore   the tone of each sentence as well, with the same scorer

Files
  plotted.csv        what is plotted: one row a period. tone, low and high are empty where there are fewer than two
                     effective stories (not enough to say); low to high is a 95 % interval; n_eff are effective
                     stories (Kish); negative_share is the share of strained or hostile stories, 0 to 1.
  stories.csv        one row a story: day of its first publication, mean tone of its readings, its weight. Copies and
                     light rewrites are one story. Merges and splits by hand are applied.
  readings.csv       one row an article: the mean of its evidence, weighted by 1 - P(neutral) (scorer vader: all
                     alike), with corrections applied; "corrected" says where.
  evidence.csv       one row a sentence that relates the two countries, as it was scored, before corrections. start and
                     end are characters of the article's text; a_spans, b_spans and other_spans are characters of the
                     sentence where the two countries and any third are named: the scorer does not see these names.
  corrections.jsonl  what analysts corrected by hand and what is in force here: who, when (UTC), what, why. Notes on
                     dates as well; they change no number.
  manifest.json      settings, counts, versions of all that has a part in the numbers, SHA-256 of each file.

Of the articles this bundle holds no text but the sentences that are evidence; their rights are their publishers'.
Addresses are in readings.csv.

What the number is not: it is what the press says, not how states act; and what is in the store, not all the press.
"""
