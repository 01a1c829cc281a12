"""`detente bundle` and `detente verify`: all that a chart was drawn from in one file, and the check of it."""

from __future__ import annotations

import sys
from pathlib import Path
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
)

SHOWN = 20
"""Differences that are printed; --all prints each."""


def bundle(
    a: Annotated[str, typer.Argument(metavar="A", help="A country: name or ISO alpha-3 code.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The ZIP that is written.", show_default=False)],
    by: Annotated[
        Literal["day", "week", "month", "quarter", "year"], typer.Option("--by", help="Length of a period.")
    ] = "month",
    since: FromOption = None,
    until: ToOption = None,
    weight: Annotated[
        Literal["unique", "reach", "raw"], typer.Option("--weight", help="As in `detente series`.")
    ] = "unique",
    store: StoreOption = None,
    scorer: ScorerOption = None,
    corrections: CorrectionsOption = None,
) -> None:
    """Write a replication bundle: evidence, readings, stories, plotted values, corrections, settings and versions.

    The same store and settings give the same bytes. Check it anywhere with: detente verify FILE

    Examples:
        detente bundle Pakistan Russia --by quarter --from 2014 --to 2017 --out pakistan-russia.zip

    """
    from ingest.bundle.build import bundle as bundled
    from ingest.bundle.settings import Settings
    from ingest.countries.gazetteer import country_code
    from ingest.errors import BundleError
    from ingest.store import queries

    one, other = sorted((country_code(a), country_code(b)))
    if one == other:
        raise typer.BadParameter(f"{a} and {b} are the same country; give two")
    opened = open_filled_store(store)
    told = tell_corrections(opened, corrections, (one, other))
    settings = Settings(
        a=one,
        b=other,
        by=by,
        since=first_day(since),
        until=last_day(until),
        weight=weight,
        scorer=scorer or queries.scorer_of(opened),
    )
    data = bundled(opened, settings, told)
    try:
        out.write_bytes(data)
    except OSError as error:
        raise BundleError(f"{out} cannot be written: {error.strerror or error}; give another --out") from error
    print(f"{out}: {len(data):,} bytes; check it with: detente verify {out}", file=sys.stderr)


def verify(
    file: Annotated[Path, typer.Argument(metavar="BUNDLE.zip", help="What `detente bundle` wrote.")],
    rescore: Annotated[bool, typer.Option("--rescore", help="Score each sentence again as well.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Print every difference.")] = False,
) -> None:
    """Compute the plotted values of a bundle again from its evidence, bit for bit; exit code 1 if anything differs.

    Examples:
        detente verify pakistan-russia.zip --rescore

    """
    from ingest.bundle.archive import unpack
    from ingest.bundle.verify import verify as verified

    verdict = verified(unpack(file), rescore=rescore)
    settings = verdict.settings
    print(f"{file}: {settings.a}-{settings.b}, by {settings.by}, weight {settings.weight}, scorer {settings.scorer}")
    for remark in verdict.remarks:
        print(f"note: {remark}")
    shown = verdict.differences if everything else verdict.differences[:SHOWN]
    for one in shown:
        print(f"differs: {one}")
    if len(verdict.differences) > len(shown):
        print(f"… and {len(verdict.differences) - len(shown):,} more; see them with --all")
    counts = ", ".join(f"{count:,} {name}" for name, count in verdict.compared.items())
    if verdict.differences:
        print(f"NOT the same: {len(verdict.differences):,} differences; compared {counts}")
        raise typer.Exit(1)
    print(f"the same, bit for bit: {counts}")
