"""`detente corrections add`: one command for each kind of correction."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ingest.commands.options import CorrectionsOption, StoreOption, first_day, open_filled_store, open_store
from ingest.errors import CorrectionError

if TYPE_CHECKING:
    from ingest.corrections.entry import Entry
    from ingest.store import Store

app = typer.Typer(no_args_is_help=True, help="Add a correction; it counts from the next question to the store on.")

ByOption = Annotated[
    str, typer.Option("--by", metavar="NAME", envvar="DETENTE_ANALYST", help="Who corrects.", show_default=False)
]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.", show_default=False)]
ArticleArgument = Annotated[str, typer.Argument(metavar="ARTICLE", help="Its id, as `detente evidence` gives it.")]
SentenceOption = Annotated[
    str | None,
    typer.Option("--sentence", metavar="TEXT", help="Words of the sentence that no other has.", show_default=False),
]
A = Annotated[str, typer.Argument(metavar="A", help="A country: name or ISO alpha-3 code.")]
B = Annotated[str, typer.Argument(metavar="B", help="The other one.")]


@app.command("tone")
def add_tone(
    a: A,
    b: B,
    article: ArticleArgument,
    by: ByOption,
    reason: ReasonOption,
    sentence: SentenceOption = None,
    start: Annotated[
        int | None, typer.Option("--start", min=0, help="Where the sentence begins in the article.", show_default=False)
    ] = None,
    value: Annotated[
        float | None, typer.Option("--value", min=-1, max=1, help="Tone, −1 hostile … +1 cooperative.")
    ] = None,
    label: Annotated[
        Literal["cooperative", "neutral", "hostile"] | None, typer.Option("--label", help="In place of a value.")
    ] = None,
    copies: Annotated[bool, typer.Option("--copies", help="In every copy of the sentence, in any article.")] = False,
    store: StoreOption = None,
    corrections: CorrectionsOption = None,
) -> None:
    """Set the tone of a sentence for a pair. The sentence is told by --sentence or --start, if there are several.

    Examples:
        detente corrections add tone PAK RUS 0123456789abcdef --sentence "joint drills" --value 0.6
        --by "N. Name" --reason "drills held together"

    """
    from ingest.corrections.entry import LABEL_TONES, Entry, sentence_key

    if (value is None) == (label is None):
        raise typer.BadParameter("give either --value or --label")
    opened, pair = open_filled_store(store), _pair(a, b)
    row = _sentence(opened, pair, article, sentence, start)
    tone = LABEL_TONES[label] if label else value
    places = _copies(opened, pair, row[2]) if copies else [(article, row[0], row[1])]
    entries = [
        Entry(
            at=now(), by=by, kind="tone", pair=_name(pair), article=one, start=first, end=last,
            sentence=sentence_key(row[2]), quote=row[2], value=tone, reason=reason,
        )
        for one, first, last in places
    ]  # fmt: skip
    add_entries(opened, corrections, *entries)


@app.command("strike")
def add_strike(
    article: ArticleArgument,
    country: Annotated[str, typer.Argument(metavar="COUNTRY", help="The wrong country; or a pair: PAK-RUS.")],
    by: ByOption,
    reason: ReasonOption,
    sentence: SentenceOption = None,
    store: StoreOption = None,
    corrections: CorrectionsOption = None,
) -> None:
    """Strike a wrong country from an article, or from one sentence: the evidence of its pairs there goes.

    Examples:
        detente corrections add strike 0123456789abcdef Georgia --by "N. Name" --reason "the state, not the country"

    """
    from ingest.corrections.entry import Entry, sentence_key
    from ingest.countries.gazetteer import country_code

    one, dash, other = country.partition("-")
    both = bool(dash) and len(one) == 3
    struck = _name(_pair(one, other)) if both else country_code(country)
    opened = open_filled_store(store)
    row = _sentence_of_any(opened, struck, article, sentence) if sentence else None
    entry = Entry(
        at=now(), by=by, kind="strike", article=article, start=row[0] if row else None, end=row[1] if row else None,
        sentence=sentence_key(row[2]) if row else None, quote=row[2] if row else None, value=struck, reason=reason,
    )  # fmt: skip
    add_entries(opened, corrections, entry)


@app.command("merge")
def add_merge(
    article: ArticleArgument,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="An article of the other story.")],
    by: ByOption,
    reason: ReasonOption,
    store: StoreOption = None,
    corrections: CorrectionsOption = None,
) -> None:
    """Make one story of the stories of two articles.

    Examples:
        detente corrections add merge 0123456789abcdef fedcba9876543210 --by "N. Name" --reason "the same agency text"

    """
    from ingest.corrections.entry import Entry

    entry = Entry(at=now(), by=by, kind="merge", article=article, other=other, reason=reason)
    add_entries(open_filled_store(store), corrections, entry)


@app.command("split")
def add_split(
    article: ArticleArgument,
    by: ByOption,
    reason: ReasonOption,
    store: StoreOption = None,
    corrections: CorrectionsOption = None,
) -> None:
    """Take an article out of its story.

    Examples:
        detente corrections add split 0123456789abcdef --by "N. Name" --reason "another event"

    """
    from ingest.corrections.entry import Entry

    entry = Entry(at=now(), by=by, kind="split", article=article, reason=reason)
    add_entries(open_filled_store(store), corrections, entry)


@app.command("note")
def add_note(
    a: A,
    b: B,
    day: Annotated[str, typer.Argument(metavar="DAY", help="2017-09-26 (UTC).")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is to be read on the chart.")],
    by: ByOption,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; may be left out.")] = "",
    store: StoreOption = None,
    corrections: CorrectionsOption = None,
) -> None:
    """Put a note on a day of a pair.

    Examples:
        detente corrections add note RUS TUR 2015-11-24 "a jet is shot down" --by "N. Name"

    """
    from ingest.corrections.entry import Entry

    when: date | None = first_day(day)
    entry = Entry(at=now(), by=by, kind="note", pair=_name(_pair(a, b)), day=when, value=text, reason=reason)
    add_entries(open_store(store), corrections, entry, with_target=False)


def add_entries(store: Store, told: str | None, *entries: Entry, with_target: bool = True) -> None:
    """Add entries to the patch file and print them; refuse those that find no target."""
    from ingest.corrections.entry import made
    from ingest.corrections.in_force import Corrections
    from ingest.corrections.words import said
    from ingest.store.corrected import patch_file
    from ingest.store.correction_targets import lost

    if with_target and (gone := lost(store, Corrections(tuple([made(one) for one in entries])))):
        raise CorrectionError(f"{gone[0][1]}; see what there is with: detente evidence A B --format json")
    for whole in patch_file(store, told).add_together(entries, now()):
        print(f"{whole.id}  {said(whole)}")


def _sentence(
    store: Store, pair: tuple[str, str], article: str, words: str | None, start: int | None
) -> tuple[int, int, str]:
    import polars as pl

    from ingest.corrections.in_force import NONE
    from ingest.store import queries

    rows = queries.evidence(store, pair, corrections=NONE).filter(pl.col("article_id") == article)
    found = rows.select("start", "end", "sentence").sort("start").collect()
    return _only(found.rows(), words, start, f"article {article} about {_name(pair)}")


def _copies(store: Store, pair: tuple[str, str], sentence: str) -> list[tuple[str, int, int]]:
    import polars as pl

    from ingest.corrections.in_force import NONE
    from ingest.store import queries

    rows = queries.evidence(store, pair, corrections=NONE).filter(pl.col("sentence") == sentence)
    return rows.select("article_id", "start", "end").unique().sort("article_id", "start").collect().rows()


def _sentence_of_any(store: Store, struck: str, article: str, words: str) -> tuple[int, int, str]:
    import polars as pl

    rows = store.scan("evidence").filter((pl.col("article_id") == article) & pl.col("pair").str.contains(struck))
    found = rows.select("start", "end", "sentence").unique().sort("start").collect()
    return _only(found.rows(), words, None, f"article {article} about {struck}")


def _only(rows: list[tuple[int, int, str]], words: str | None, start: int | None, where: str) -> tuple[int, int, str]:
    found = [row for row in rows if (start is None or row[0] == start) and (words is None or words in row[2])]
    if len(found) == 1:
        return found[0]
    told = "".join(f"\n  --start {row[0]}: {row[2]}" for row in (found or rows)[:10])
    many = f"{len(found)} sentences of {where} are meant; tell which" if found else f"no such sentence in {where}"
    raise CorrectionError(f"{many}{':' if told else ''}{told}")


def _pair(a: str, b: str) -> tuple[str, str]:
    from ingest.countries.gazetteer import country_code

    one, other = country_code(a), country_code(b)
    if one == other:
        raise typer.BadParameter(f"{a} and {b} are the same country; give two")
    return min(one, other), max(one, other)


def _name(pair: tuple[str, str]) -> str:
    return "-".join(pair)


def now() -> datetime:
    return datetime.now(UTC)
