"""`detente series`: the tone of a pair over time."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from ingest.commands.options import (
    CorrectionsOption,
    FromOption,
    ScorerOption,
    StoreOption,
    ToOption,
    first_day,
    last_day,
    open_filled_store,
    tell_corrections,
    write_frame,
)


def series(
    a: Annotated[
        str | None,
        typer.Argument(metavar="A", help="A country: name or ISO alpha-3 code.", show_default=False),
    ] = None,
    b: Annotated[str | None, typer.Argument(metavar="B", help="The other one.", show_default=False)] = None,
    by: Annotated[
        Literal["day", "week", "month", "quarter", "year"], typer.Option("--by", help="Length of a period.")
    ] = "month",
    since: FromOption = None,
    until: ToOption = None,
    weight: Annotated[
        Literal["unique", "reach", "raw"],
        typer.Option(
            "--weight",
            help="A story counts once (unique), more with more outlets (reach), or once per article (raw).",
        ),
    ] = "unique",
    file_format: Annotated[
        Literal["csv", "json", "parquet"], typer.Option("--format", help="What is printed.")
    ] = "csv",
    store: StoreOption = None,
    all_pairs: Annotated[bool, typer.Option("--all-pairs", help="Every pair, in place of A and B.")] = False,
    scorer: ScorerOption = None,
    corrections: CorrectionsOption = None,
) -> None:
    """Print the tone of a pair over time with its 95 % interval.

    Columns: a, b, period, tone, low, high, n_eff, stories, articles, outlets, negative_share and its interval.
    Tone is empty where there are fewer than two effective stories: not enough to say. Corrections by analysts are in.

    Examples:
        detente series Pakistan Russia --by quarter

        detente series PAK RUS --from 2016 --to 2017-09 --format json

        detente series --all-pairs --by year --format parquet > all.parquet

    """
    from ingest.countries.gazetteer import country_code
    from ingest.index.series import tone_over_time
    from ingest.store import queries

    if all_pairs == bool(a or b) or (not all_pairs and not (a and b)):
        raise typer.BadParameter("give two countries, such as: Pakistan Russia; or --all-pairs in their place")
    pair = None if all_pairs else (country_code(a or ""), country_code(b or ""))
    if pair and pair[0] == pair[1]:
        raise typer.BadParameter(f"{a} and {b} are the same country; give two")
    first, last = first_day(since), last_day(until)
    opened = open_filled_store(store)
    told = tell_corrections(opened, corrections, pair)
    readings = queries.readings(opened, pair, since=first, until=last, scorer=scorer, corrections=told)
    result = tone_over_time(readings, by, weight)
    if result.is_empty():
        print(
            "detente: no dated articles about this pair in these days; see what there is with: detente status",
            file=sys.stderr,
        )
    write_frame(result, file_format)
