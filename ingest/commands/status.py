"""`detente status`: what a store holds."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ingest.commands.options import StoreOption, open_store


def status(
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    failures: Annotated[
        bool, typer.Option("--failures", help="List every input that failed, and why.")
    ] = False,
) -> None:
    """Show what the store holds: articles, stories, pairs, outlets, and what could not be scored or read.

    Examples:

        detente status

        detente status --failures
    """
    from ingest.errors import StoreError  # noqa: PLC0415
    from ingest.store import queries  # noqa: PLC0415

    opened = open_store(store)
    if not opened.exists():
        raise StoreError(
            f"there is no store at {opened.uri}; fill one with: detente ingest FILE (or: make run)"
        )
    if failures:
        for row in queries.failures(opened).iter_rows(named=True):
            print(f"{row['at']:%Y-%m-%d %H:%M}  {row['where']}: {row['reason']}")
        return
    told = queries.overview(opened)
    if as_json:
        import json  # noqa: PLC0415

        print(json.dumps(told, ensure_ascii=False, default=str))
    else:
        _print(opened.uri, told)


def _print(uri: str, told: dict[str, Any]) -> None:
    from ingest.countries.gazetteer import countries  # noqa: PLC0415

    span = f", {told['first']:%d %b %Y} to {told['last']:%d %b %Y} (UTC)" if told["first"] else ""
    print(f"store      {uri}")
    print(f"articles   {told['articles']:,}{span}")
    print(
        f"           {told['unscored']:,} unscored, {told['undated']:,} without a date, {told['failed']:,} inputs failed"
    )
    print(f"stories    {told['stories']:,}")
    print(f"readings   {told['readings']:,} of {told['pairs']:,} pairs, from {told['sentences']:,} sentences")
    for scorer in told["scorers"]:
        print(f"scorer     {scorer['scorer']} {scorer['scorer_version']}: {scorer['readings']:,} readings")
    for title, rows, line in (
        (
            "busiest pairs",
            told["busiest"],
            lambda row: f"{countries()[row['a']].name} – {countries()[row['b']].name}",
        ),
        ("outlets", told["outlets"], lambda row: row["outlet"] or "no outlet named"),
        ("not scored because", told["why_unscored"], lambda row: row["reason"]),
    ):
        if rows:
            print(f"\n{title}")
            for row in rows:
                print(f"  {row['articles']:>8,}  {line(row)}")
    if told["failed"]:
        print("\nSee what failed, and why, with: detente status --failures")
