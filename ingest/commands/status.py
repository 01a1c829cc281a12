"""`detente status`: what a store holds, and how its sources do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingest.commands.options import StoreOption, open_filled_store

if TYPE_CHECKING:
    import polars as pl

SHOWN = 15
"""Outlets that are shown to people; --json gives all."""


def status(
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    failures: Annotated[bool, typer.Option("--failures", help="List every input that failed, and why.")] = False,
) -> None:
    """Show what the store holds: articles, stories, pairs, how each outlet does, and what could not be scored or read.

    Of each outlet: articles, stories, the share that is not scored and that failed, when it was last published and
    ingested, and how many hours lie between the two (median, and for nine in ten). Try failed inputs again with
    `detente retry`.

    Examples:
        detente status

        detente status --failures

    """
    from ingest.store import health, queries

    opened = open_filled_store(store)
    if failures:
        for row in queries.failures(opened).iter_rows(named=True):
            print(f"{row['at']:%Y-%m-%d %H:%M}  {row['where']}: {row['reason']}")
        return
    told = queries.overview(opened)
    sources = health.sources(opened)
    why_failed = health.reasons(opened).head(10).to_dicts()
    if as_json:
        import json

        unscored = health.unscored(opened).to_dicts()
        more = {"sources": sources.to_dicts(), "unscored_by_outlet": unscored, "why_failed": why_failed}
        print(json.dumps(told | more, ensure_ascii=False, default=str))
    else:
        _print(opened.uri, told, [(row["inputs"], row["reason"]) for row in why_failed])
        _print_sources(sources)


def _print(uri: str, told: dict[str, Any], failed: list[tuple[int, str]]) -> None:
    from ingest.countries.gazetteer import countries

    span = f", {told['first']:%d %b %Y} to {told['last']:%d %b %Y} (UTC)" if told["first"] else ""
    print(f"store      {uri}")
    print(f"articles   {told['articles']:,}{span}")
    left_out = f"{told['unscored']:,} unscored, {told['undated']:,} without a date, {told['failed']:,} inputs failed"
    print(f"           {left_out}")
    print(f"stories    {told['stories']:,}")
    print(f"readings   {told['readings']:,} of {told['pairs']:,} pairs, from {told['sentences']:,} sentences")
    for scorer in told["scorers"]:
        print(f"scorer     {scorer['scorer']} {scorer['scorer_version']}: {scorer['readings']:,} readings")
    names = countries()
    busiest = [(row["articles"], f"{names[row['a']].name} – {names[row['b']].name}") for row in told["busiest"]]
    reasons = [(row["articles"], row["reason"]) for row in told["why_unscored"]]
    for title, rows in (("busiest pairs", busiest), ("not scored because", reasons), ("failed because", failed)):
        if rows:
            print(f"\n{title}")
            for count, name in rows:
                print(f"  {count:>8,}  {name}")
    if told["failed"]:
        print("\nSee what failed with: detente status --failures; try it again with: detente retry")


def _print_sources(sources: pl.DataFrame) -> None:
    """Show how the busiest outlets do."""
    if sources.is_empty():
        return
    print("\n  articles   stories  unscored  failed  published   ingested    lag: median, 9 in 10  outlet")
    for row in sources.head(SHOWN).iter_rows(named=True):
        print(
            f"  {row['articles']:>8,}  {row['stories']:>8,}  {_share(row['share_unscored']):>8}"
            f"  {_share(row['share_failed']):>6}  {_day(row['last_published'])}  {_day(row['last_fetched'])}"
            f"  {_hours(row['lag_median_h']):>11}, {_hours(row['lag_p90_h']):>8}  {row['outlet'] or 'no outlet named'}"
        )
    if sources.height > SHOWN:
        print(f"  … and {sources.height - SHOWN:,} outlets more; see them all with: detente status --json")


def _share(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def _day(when: Any) -> str:
    return f"{when:%Y-%m-%d}" if when else "–         "


def _hours(hours: float | None) -> str:
    if hours is None:
        return "–"
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:,.0f} d"
