"""`detente retry`: read again what failed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.commands.options import JudgeOption, StoreOption, open_filled_store
from ingest.tone.scorer import DEFAULT

if TYPE_CHECKING:
    from ingest.retrying import Attempt, Failed
    from ingest.sources import Found
    from ingest.store import Store


def retry(
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Only with this in the reason.", show_default=False)
    ] = None,
    where: Annotated[
        str | None, typer.Option("--where", metavar="TEXT", help="Only with this in the place.", show_default=False)
    ] = None,
    store: StoreOption = None,
    scorer: JudgeOption = DEFAULT,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from this machine and private networks too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as one JSON object.")] = False,
) -> None:
    """Read again the files and addresses that failed, and mark what works now.

    A file is read as a whole, although only a row of it failed: the rest is known and changes nothing. What came
    through standard input, or is no longer there, cannot be tried again and stays listed.

    Examples:
        detente retry

        detente retry --reason "did not answer"

        detente retry --where example.org

    Exit codes: 0 done, 1 nothing works now, 130 stopped.

    """
    from ingest.config import settings_from_environment
    from ingest.pipeline import ingest as run
    from ingest.retrying import attempt
    from ingest.sources import Web, read_source
    from ingest.tone.scorer import get_scorer

    get_scorer(scorer)
    opened = open_filled_store(store)
    opened.create()
    settings = settings_from_environment()
    tried = attempt(_failed(opened, reason, where), _exists)
    now = datetime.now(UTC)
    with Web(allow_private=allow_private or settings.allow_private) as web:

        def found() -> Iterator[Found]:
            for number, place in enumerate(tried.places, start=1):
                if not as_json:
                    print(f"{number:,} of {len(tried.places):,}: {place}", file=sys.stderr)
                yield from tried.seen(place, read_source(place, web=web))

        report = run(found(), opened, scorer=scorer, workers=settings.workers, now=now)
    over = tried.resolved()
    opened.resolve(over, now)
    _print(
        tried, len(over), {name: getattr(report, name) for name in ("read", "new", "known", "unscored", "failed")},
        as_json=as_json,
    )  # fmt: skip
    if report.interrupted:
        raise typer.Exit(130)
    if tried.place_of and not over:
        raise typer.Exit(1)


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):  # not the name of a file
        return False


def _failed(store: Store, reason: str | None, where: str | None) -> list[Failed]:
    import polars as pl

    from ingest.retrying import Failed

    rows = store.open_failures()
    for column, text in (("reason", reason), ("where", where)):
        if text:
            rows = rows.filter(pl.col(column).str.to_lowercase().str.contains(text.lower(), literal=True))
    found = rows.select("failure_id", "where", "reason").collect()
    return [Failed(**row) for row in found.iter_rows(named=True)]


def _print(tried: Attempt, over: int, counts: dict[str, int], *, as_json: bool) -> None:
    still, gone = len(tried.place_of) - over, len(tried.gone)
    told = {"tried": over + still + gone, "places": len(tried.places), "resolved": over, "still": still, "gone": gone}
    if as_json:
        print(json.dumps(told | counts))
        return
    if not told["tried"]:
        print("no failed input is like that; see them with: detente status --failures")
        return
    print(
        f"{told['tried']:,} failed inputs of {told['places']:,} places tried again: {over:,} work now, {still:,} still "
        f"fail, {gone:,} cannot be tried again"
    )
    print(
        f"{counts['read']:,} read = {counts['new']:,} new + {counts['known']:,} known + {counts['unscored']:,} unscored"
        f" + {counts['failed']:,} failed"
    )
