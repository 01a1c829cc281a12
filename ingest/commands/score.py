"""`detente score`: score articles without a store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingest.commands.options import JudgeOption
from ingest.tone.scorer import DEFAULT

if TYPE_CHECKING:
    from ingest.articles.clean import Cleaned
    from ingest.records import Failure, RawArticle, Reading
    from ingest.tone.scorer import Scorer

BATCH = 250
"""Lines that are scored together."""


def score(
    file: Annotated[
        str,
        typer.Argument(
            metavar="[FILE|-]", help="A file of any kind that `ingest` reads, or a URL; `-`: standard input."
        ),
    ] = "-",
    as_jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read JSON lines and print one JSON object for each.")
    ] = False,
    scorer: JudgeOption = DEFAULT,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from this machine and private networks too.")
    ] = False,
) -> None:
    """Show which countries an article relates and in what tone, with the sentences and words that say so.

    Examples:
        detente score article.txt

        echo "Russia and Pakistan praised their friendship." | detente score

        detente score --jsonl news.jsonl > scored.jsonl

    A line of input has at least `text`; `id, title, published, url, outlet` are used where they are given.

    """
    from ingest.tone.scorer import get_scorer

    judge = get_scorer(scorer)
    if as_jsonl:
        _score_lines(file, judge)
    else:
        _score_for_people(file, judge, allow_private)


def _score_lines(file: str, judge: Scorer) -> None:
    import json
    from contextlib import nullcontext

    import orjson

    from ingest.sources.jsonl import read_lines
    from ingest.sources.streams import open_stream, stream_of, unpacked

    path = Path(file)
    if file != "-" and not path.is_file():
        raise typer.BadParameter(f"no such file: {file}; expected a file of JSON lines, or - for standard input")
    with (
        nullcontext(sys.stdin.buffer) as pipe,
        stream_of(pipe) if file == "-" else open_stream(path) as packed,
        unpacked(packed) as stream,
    ):
        lines = read_lines(stream, "standard input" if file == "-" else file)
        while batch := list(islice(lines, BATCH)):
            for line in _scored(batch, judge):
                try:
                    sys.stdout.buffer.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
                except TypeError:  # an id that orjson does not write: lone surrogates, more than 64 bits
                    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n")
            sys.stdout.buffer.flush()


def _scored(batch: list[tuple[object, RawArticle | Failure]], judge: Scorer) -> Iterator[dict[str, Any]]:
    from datetime import UTC, datetime

    from ingest.articles.clean import clean
    from ingest.articles.pasted import read_pasted
    from ingest.records import Failure
    from ingest.scoring import score_all

    now = datetime.now(UTC)
    cleaned = [None if isinstance(found, Failure) else clean(read_pasted(found), now) for _, found in batch]
    readings = iter(score_all([one.article for one in cleaned if one and not one.unscored], judge))
    for (given_id, found), one in zip(batch, cleaned, strict=True):
        if one is None:
            reason = found.reason if isinstance(found, Failure) else ""
            yield {"id": given_id, "language": None, "unscored": reason, "pairs": []}
        else:
            pairs = [] if one.unscored else next(readings)
            yield {
                "id": one.article.article_id if given_id is None else given_id,
                "language": one.article.language,
                "unscored": one.unscored or None,
                "pairs": [_pair(reading) for reading in pairs],
            }


def _pair(reading: Reading) -> dict[str, Any]:
    return {
        "a": reading.a,
        "b": reading.b,
        "tone": reading.tone,
        "label": reading.label,
        "p": {"cooperative": reading.cooperative, "neutral": reading.neutral, "hostile": reading.hostile},
        "direction": reading.direction,
        "evidence": [
            {
                "sentence": piece.sentence,
                "start": piece.start,
                "end": piece.end,
                "tone": piece.judgement.tone,
                "direction": piece.judgement.direction,
                "words": [[piece.sentence[word.start : word.end], word.weight] for word in piece.judgement.words],
            }
            for piece in reading.evidence
        ],
    }


def _score_for_people(file: str, judge: Scorer, allow_private: bool) -> None:
    from rich.console import Console

    from ingest.looking import read_one
    from ingest.pages import extracted
    from ingest.records import Failure

    console = Console(highlight=False)
    failed = 0
    for source in _found(file, allow_private):
        found = source if isinstance(source, Failure) else extracted(source)
        if isinstance(found, Failure):
            failed += 1
            print(f"failed: {found.where}: {found.reason}", file=sys.stderr)
        else:
            _print_article(console, *read_one(found, judge))
    if failed:
        raise typer.Exit(1)


def _found(file: str, allow_private: bool) -> Iterator[RawArticle | Failure]:
    from ingest.sources import is_url, read_source

    if file == "-":
        from ingest.sources.streams import stream_of
        from ingest.sources.text import read_text

        if sys.stdin.isatty():
            print("Paste an article, then press Ctrl-D.", file=sys.stderr)
        with stream_of(sys.stdin.buffer) as stream:
            yield from read_text(stream, "standard input")
        return
    if not is_url(file):
        yield from read_source(file)
        return
    from ingest.sources import Web

    with Web(allow_private=allow_private) as web:
        yield from read_source(file, web=web)


def _print_article(console: Any, cleaned: Cleaned, readings: list[Reading]) -> None:
    from rich.table import Table
    from rich.text import Text

    from ingest.countries.gazetteer import countries

    article = cleaned.article
    console.print(Text(article.title or article.text[:80].split("\n")[0], style="bold"))
    told = [
        article.outlet or "no outlet found",
        f"{article.published.day} {article.published:%b %Y}" if article.published else "no date found",
        ", ".join(article.authors) or "no author found",
        article.language or "language unknown",
    ]
    console.print(Text(" · ".join(told), style="dim"))
    if cleaned.date_problem:
        console.print(Text(cleaned.date_problem, style="dim"))
    if cleaned.unscored or not readings:
        console.print(f"Not scored: {cleaned.unscored}." if cleaned.unscored else "No two countries are related here.")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for column in ("pair", "tone", "", "sentences", "direction"):
        table.add_column(column, justify="right" if column in {"tone", "sentences"} else "left")
    names = countries()
    for reading in readings:
        table.add_row(
            f"{names[reading.a].name} – {names[reading.b].name}",
            _signed(reading.tone),
            reading.label,
            str(len(reading.evidence)),
            _toward(reading, names[reading.a].name, names[reading.b].name),
        )
    console.print(table)
    for reading in readings:
        console.print(Text(f"\n{names[reading.a].name} – {names[reading.b].name}", style="bold"))
        for piece in reading.evidence:
            words = ", ".join(
                f"{piece.sentence[word.start : word.end]} {_signed(word.weight)}" for word in piece.judgement.words
            )
            console.print(Text(f"  {_signed(piece.judgement.tone)}  {piece.sentence}"))
            if words:
                console.print(Text(f"         {words}", style="dim"))


def _toward(reading: Reading, a: str, b: str) -> str:
    return {"ab": f"{a} toward {b}", "ba": f"{b} toward {a}", "both": "mutual", "none": "–"}[reading.direction]


def _signed(number: float) -> str:
    return f"{number:+.2f}".replace("-", "−")
