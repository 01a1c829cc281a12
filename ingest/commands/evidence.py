"""`detente evidence`: the sentences behind the tone of a pair."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

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

if TYPE_CHECKING:
    import polars as pl


def evidence(
    a: Annotated[str, typer.Argument(metavar="A", help="A country: name or ISO alpha-3 code.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    since: FromOption = None,
    until: ToOption = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="At most so many sentences; 0: all.")] = 0,
    file_format: Annotated[
        Literal["text", "csv", "json", "parquet"],
        typer.Option("--format", help="What is printed; csv leaves the spans out."),
    ] = "text",
    store: StoreOption = None,
    scorer: ScorerOption = None,
    corrections: CorrectionsOption = None,
) -> None:
    """Print the sentences that relate two countries: date, tone, outlet, headline, sentence, driving words.

    Examples:
        detente evidence Pakistan Russia --from 2017-09 --to 2017-09

        detente evidence PAK RUS --format csv > sentences.csv

    """
    import polars as pl

    from ingest.countries.gazetteer import country_code
    from ingest.store import queries

    pair = country_code(a), country_code(b)
    if pair[0] == pair[1]:
        raise typer.BadParameter(f"{a} and {b} are the same country; give two")
    opened = open_filled_store(store)
    told = tell_corrections(opened, corrections, pair)
    rows = queries.evidence(
        opened, pair, since=first_day(since), until=last_day(until), scorer=scorer, corrections=told
    )
    rows = rows.sort("published", "article_id", "start", nulls_last=True)
    found = (rows.limit(limit) if limit else rows).collect()
    if found.is_empty():
        print(
            "detente: no sentences about this pair in these days; see what there is with: detente status",
            file=sys.stderr,
        )
    if file_format == "text":
        _print(found)
    elif file_format == "csv":
        write_frame(found.select(pl.exclude("a_spans", "b_spans", "words")), "csv")
    else:
        write_frame(found, file_format)


def _print(rows: pl.DataFrame) -> None:
    for row in rows.iter_rows(named=True):
        day = f"{row['published']:%Y-%m-%d}" if row["published"] else "no date   "
        print(f"{day}  {_signed(row['tone'])}  {row['outlet'] or 'no outlet'} · {row['title'] or 'no headline'}")
        print(f"            {row['sentence']}")
        if row["corrected"]:
            print(f"            [corrected from {_signed(row['tone_was'])}: {row['correction']}]")
        words = ", ".join(f"{row['sentence'][w['start'] : w['end']]} {_signed(w['weight'])}" for w in row["words"])
        if words:
            print(f"            [{words}]")


def _signed(number: float) -> str:
    return f"{number:+.2f}".replace("-", "−")
