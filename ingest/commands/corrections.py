"""`detente corrections`: what analysts correct by hand, in a file that is only added to."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.commands import corrections_add
from ingest.commands.corrections_add import ByOption, ReasonOption, add_entries, now
from ingest.commands.options import CorrectionsOption, StoreOption, open_filled_store, open_store
from ingest.errors import CorrectionError

if TYPE_CHECKING:
    from ingest.corrections.file import CorrectionsFile

app = typer.Typer(no_args_is_help=True, help="What analysts correct by hand: tones, countries, stories, notes.")
app.add_typer(corrections_add.app, name="add")


@app.command("list")
def show(
    store: StoreOption = None,
    corrections: CorrectionsOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that were withdrawn too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line, as the file has.")] = False,
) -> None:
    """Show the corrections in force: id, time (UTC), who, what, why.

    Examples:
        detente corrections list --all

    """
    from ingest.corrections.entry import write_line
    from ingest.corrections.words import said

    told = _file(store, corrections).read()
    _tell(told.problems)
    in_force = {one.id for one in told.in_force.entries}
    shown = [one for one in told.entries if everything or one.id in in_force]
    for one in shown:
        if as_json:
            sys.stdout.write(write_line(one))
            continue
        over = "" if one.id in in_force or one.kind == "withdraw" else "  [withdrawn]"
        print(f"{one.id}  {one.at:%Y-%m-%d %H:%M}  {one.by}  {said(one)}{over}")
        if one.reason:
            print(f"{'':18}because: {one.reason}")
    if not shown and not as_json:
        print("no corrections; add one on the dashboard, or with: detente corrections add")


@app.command("withdraw")
def withdraw(
    entry: Annotated[str, typer.Argument(metavar="ID", help="Of the entry, as `detente corrections list` gives it.")],
    by: ByOption,
    reason: ReasonOption,
    store: StoreOption = None,
    corrections: CorrectionsOption = None,
) -> None:
    """Withdraw an entry by a later one; a withdrawal may be withdrawn as well.

    Examples:
        detente corrections withdraw 0123456789abcdef --by "N. Name" --reason "the sentence was right"

    """
    from ingest.corrections.entry import Entry

    one = Entry(at=now(), by=by, kind="withdraw", entry=entry, reason=reason)
    add_entries(open_store(store), corrections, one, with_target=False)


@app.command("export")
def export(
    store: StoreOption = None,
    corrections: CorrectionsOption = None,
    in_force: Annotated[bool, typer.Option("--in-force", help="Only what counts, without what was withdrawn.")] = False,
) -> None:
    """Print all entries as JSON lines, for another store or for a drawer.

    Examples:
        detente corrections export > corrections-2026.jsonl

    """
    from ingest.corrections.entry import write_line

    told = _file(store, corrections).read()
    _tell(told.problems)
    for one in told.in_force.entries if in_force else told.entries:
        sys.stdout.write(write_line(one))


@app.command("import")
def bring_in(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `detente corrections export` printed.")],
    store: StoreOption = None,
    corrections: CorrectionsOption = None,
) -> None:
    """Add the entries of another file, with their authors and times; those that are there already are left.

    Examples:
        detente corrections import corrections-2026.jsonl

    """
    from ingest.corrections.file import CorrectionsFile

    if not file.is_file():
        raise CorrectionError(f"there is no file {file}")
    told = CorrectionsFile(path=file).read()
    _tell(told.problems)
    new = _file(store, corrections).add_all(told.entries)
    print(f"{len(new):,} added, {len(told.entries) - len(new):,} known, {len(told.problems):,} lines are no entries")
    if told.problems:
        raise typer.Exit(1)


@app.command("check")
def check(
    store: StoreOption = None,
    corrections: CorrectionsOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Tell which entries find no target any more, and which lines are no entries; exit code 1 if there are any.

    Examples:
        detente corrections check

    """
    from ingest.corrections.words import said
    from ingest.store.correction_targets import lost

    opened = open_filled_store(store)
    told = _file(store, corrections).read()
    gone = lost(opened, told.in_force)
    if as_json:
        words = {
            "entries": len(told.entries),
            "in_force": len(told.in_force.entries),
            "lost": [{"id": one.id, "why": why} for one, why in gone],
            "problems": told.problems,
        }
        print(json.dumps(words, ensure_ascii=False))
    else:
        _tell(told.problems)
        for one, why in gone:
            print(f"{one.id}  {why}  ({one.by}: {said(one)})")
        print(f"{len(told.entries):,} entries, {len(told.in_force.entries):,} in force, {len(gone):,} without a target")
    if gone or told.problems:
        raise typer.Exit(1)


def _file(store: str | None, told: str | None) -> CorrectionsFile:
    from ingest.store.corrected import patch_file

    return patch_file(open_store(store), told)


def _tell(problems: tuple[str, ...]) -> None:
    for one in problems:
        print(f"detente: {one}", file=sys.stderr)
