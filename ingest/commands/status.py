"""`detente status`: what a store holds."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ingest.commands.options import StoreOption, open_filled_store


def status(
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    failures: Annotated[bool, typer.Option("--failures", help="List every input that failed, and why.")] = False,
) -> None:
    """Show what the store holds: articles, stories, pairs, outlets, and what could not be scored or read.

    Examples:
        detente status

        detente status --failures

    """
    from ingest.store import queries

    opened = open_filled_store(store)
    if failures:
        for row in queries.failures(opened).iter_rows(named=True):
            print(f"{row['at']:%Y-%m-%d %H:%M}  {row['where']}: {row['reason']}")
        return
    told = queries.overview(opened)
    if as_json:
        import json

        print(json.dumps(told, ensure_ascii=False, default=str))
    else:
        _print(opened.uri, told)


def _print(uri: str, told: dict[str, Any]) -> None:
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
    outlets = [(row["articles"], row["outlet"] or "no outlet named") for row in told["outlets"]]
    reasons = [(row["articles"], row["reason"]) for row in told["why_unscored"]]
    for title, rows in (("busiest pairs", busiest), ("outlets", outlets), ("not scored because", reasons)):
        if rows:
            print(f"\n{title}")
            for count, name in rows:
                print(f"  {count:>8,}  {name}")
    if told["failed"]:
        print("\nSee what failed, and why, with: detente status --failures")
