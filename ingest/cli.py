"""The command line: names the commands and turns errors into a message and an exit code.

Imports little: `detente score` must start in half a second.
"""

from __future__ import annotations

import sys

import typer

from ingest.commands import alerts as alerts_command
from ingest.commands import backfill as backfill_command
from ingest.commands import bundle as bundle_command
from ingest.commands import corrections, dashboard, evidence, feeds, outside, retry, series, status, watch
from ingest.commands import evaluate as evaluate_command
from ingest.commands import ingest as ingest_command
from ingest.commands import score as score_command
from ingest.errors import DetenteError

app = typer.Typer(
    name="detente",
    help="How warm or hostile the press says two countries are, over time, with the sentences that say so.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
app.command("ingest")(ingest_command.ingest)
app.command("watch")(watch.watch)
app.add_typer(feeds.app, name="feeds")
app.add_typer(backfill_command.app)
app.command("score")(score_command.score)
app.command("series")(series.series)
app.command("evidence")(evidence.evidence)
app.command("bundle")(bundle_command.bundle)
app.command("verify")(bundle_command.verify)
app.command("alerts")(alerts_command.alerts)
app.command("evaluate")(evaluate_command.evaluate)
app.command("status")(status.status)
app.command("retry")(retry.retry)
app.add_typer(outside.app, name="outside")
app.add_typer(corrections.app, name="corrections")
app.command("dashboard")(dashboard.dashboard)


@app.callback(invoke_without_command=True)
def _version(
    version: bool = typer.Option(False, "--version", help="Print the version and end."),
) -> None:
    if version:
        from ingest import __version__

        print(f"detente {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 not done, 2 wrong use, 130 stopped by Ctrl-C."""
    try:
        app()
    except DetenteError as error:
        print(f"detente: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("detente: stopped", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # The reader went away (`detente series … | head`): that is no error of ours.
        sys.stderr.close()
        sys.exit(0)
