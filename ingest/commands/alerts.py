"""`detente alerts`: pairs that stand otherwise than they used to, each event told once."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingest.commands.options import PrivateOption, ScorerOption, StoreOption, first_day, open_filled_store

if TYPE_CHECKING:
    import polars as pl

    from ingest.store.told import Told


def alerts(
    webhook: Annotated[
        str | None,
        typer.Option("--webhook", metavar="URL", help="Post each new event there as JSON.", show_default=False),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DAY",
            help="List all events of this day and later, told before or not.",
            show_default=False,
        ),
    ] = None,
    store: StoreOption = None,
    scorer: ScorerOption = None,
    allow_private: PrivateOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Tell of pairs whose tone is unlike their own last two years; each event once.

    An event: the tone of 28 days is at least two standard deviations off the pair's usual, rests on ten stories of
    three outlets, and the interval of the change excludes 0. Told are events of the last 28 days in the store that
    were not told before; the store remembers. With --since, past events are listed too, and nothing that was told
    is posted again. An event that cannot be posted stays untold: the next run tries again.

    Examples:
        detente alerts

        detente alerts --webhook https://hooks.example.org/detente --json

        detente alerts --since 2017-01

    Exit codes: 0 done, also if there is nothing to tell; 1 not done, such as a webhook that does not take an event.

    """
    from ingest.index.alerts import APART, LOOK_BACK, REACH, untold
    from ingest.index.alerts import alerts as find
    from ingest.store import queries
    from ingest.store.told import Told

    opened = open_filled_store(store)
    readings = queries.readings(opened, scorer=scorer)
    latest = _latest(readings)
    listed_from = first_day(since)
    begin = listed_from or (latest - timedelta(days=APART) if latest else None)
    if begin is None:
        events = find(readings)  # nothing dated: none
    else:
        events = find(
            queries.readings(opened, since=begin - timedelta(days=LOOK_BACK + REACH), scorer=scorer), since=begin
        )
    told = Told(opened)
    new = untold(events, told.read())
    posted = _tell(new, told, webhook, allow_private=allow_private) if webhook else _note(new, told, listed_from)
    shown = events if listed_from else new
    _print(shown, set(new["id"]), latest, posted, as_json=as_json)


def _latest(readings: pl.LazyFrame) -> date | None:
    import polars as pl

    found = readings.select(pl.col("published").max()).collect().item()
    return found.date() if found else None


def _note(new: pl.DataFrame, told: Told, listed_from: date | None) -> int:
    """Remember what is about to be printed; a list of the past tells nobody anything."""
    if listed_from is None:
        told.add(new, "print", datetime.now(UTC))
    return 0


def _tell(new: pl.DataFrame, told: Told, webhook: str, *, allow_private: bool) -> int:
    """Post events one by one, the earliest first, and remember each as soon as it is taken."""
    from ingest.config import settings_from_environment
    from ingest.errors import LaterError, RefusedError, SourceError
    from ingest.sources import Web

    posted = 0
    with Web(allow_private=allow_private or settings_from_environment().allow_private) as web:
        for event in new.reverse().iter_slices(1):
            try:
                web.post(webhook, json.dumps(_payload(event.row(0, named=True))).encode())
            except RefusedError:
                raise
            except SourceError as error:
                left = new.height - posted
                what = "1 event stays" if left == 1 else f"{left:,} events stay"
                kind = LaterError if isinstance(error, LaterError) else SourceError
                raise kind(f"the webhook did not take an event: {error}. {what} untold; run this again") from error
            told.add(event, "webhook", datetime.now(UTC))
            posted += 1
    told.compact()
    return posted


def _payload(event: dict[str, Any]) -> dict[str, Any]:
    """Return an event as JSON takes it, with a sentence under `text`, which chat programs show."""
    return {"text": _sentence(event), "event": _plain(event)}


def _plain(event: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else round(value, 4) if isinstance(value, float) else value
        for name, value in event.items()
    }


def _sentence(event: dict[str, Any]) -> str:
    from ingest.countries.gazetteer import countries

    a, b = (countries()[event[one]].name if event[one] in countries() else event[one] for one in ("a", "b"))
    span = f"since {event['first']:%Y-%m-%d}" + (
        f" to {event['last']:%Y-%m-%d}" if event["last"] > event["first"] else ""
    )
    return (
        f"{a}–{b}: {event['way']} than usual {span}. Tone {_signed(event['tone'])} against {_signed(event['usual'])}, "
        f"change {_signed(event['change'])} ({_signed(event['low'])} to {_signed(event['high'])}), "
        f"z {_signed(event['z'])}; {event['n_eff']:,.0f} stories of {event['outlets']:,} outlets in 28 days"
    )


def _print(shown: pl.DataFrame, new: set[str], latest: date | None, posted: int, *, as_json: bool) -> None:
    rows = list(shown.iter_rows(named=True))
    if as_json:
        listed = [_plain(row) | {"new": row["id"] in new, "text": _sentence(row)} for row in rows]
        print(json.dumps({"until": latest.isoformat() if latest else None, "posted": posted, "alerts": listed}))
        return
    for row in rows:
        print(_sentence(row))
    if not rows:
        where = f"; the latest article is of {latest:%Y-%m-%d}" if latest else ""
        print(f"no new alerts{where}. Past ones: detente alerts --since DAY", file=sys.stderr)
    elif posted:
        print(f"{posted:,} told to the webhook", file=sys.stderr)


def _signed(number: float) -> str:
    return f"{number:+.2f}".replace("-", "−")
