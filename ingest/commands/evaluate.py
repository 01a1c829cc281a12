"""`detente evaluate`: how right the scorers are on labelled sentences."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ingest.evaluate.measures import Comparison
    from ingest.evaluate.report import Evaluation


def evaluate(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="Labelled sentences, .tsv or .jsonl: sentence, a, b, label and more."),
    ],
    scorer: Annotated[
        list[str] | None,
        typer.Option(
            "--scorer", metavar="NAME", help="Which scorer, may be repeated; default: all.", show_default=False
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as one JSON object.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print tables for a page, without sentences.")] = False,
    page: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.md",
            help="Write a page and its reliability plot; `--worst 0` leaves sentences out.",
        ),
    ] = None,
    worst: Annotated[int, typer.Option("--worst", min=0, help="How many of the worst errors to show.")] = 30,
) -> None:
    """Measure scorers end to end on labelled sentences: a pair that is not found counts as neutral.

    Examples:
        detente evaluate tests/eval/hard.tsv

        detente evaluate labelled.tsv --scorer detente --scorer vader --json

        detente evaluate labelled.tsv --page docs/evaluation.md

    Columns: `sentence`, `a` and `b` (ISO 3166-1 alpha-3), `label` (-1, 0, 1); `id`, `source`, `date` and
    `direction` are used where they are given. The first scorer is compared with each other one.

    """
    from ingest.evaluate import report
    from ingest.evaluate.labelled import judge_all, read_labelled
    from ingest.tone.scorer import SCORERS, get_scorer

    rows = read_labelled(file)
    scorers = [get_scorer(name) for name in dict.fromkeys(scorer or SCORERS)]
    judged = {one.name: judge_all(rows, one) for one in scorers}
    evaluations = [report.evaluate(one.name, one.version, rows, judged[one.name], worst) for one in scorers]
    comparisons = report.compare_all(rows, judged)
    if as_json:
        import orjson

        sys.stdout.buffer.write(
            orjson.dumps(report.as_json(evaluations, comparisons), option=orjson.OPT_APPEND_NEWLINE)
        )
    elif page:
        _write_page(page, file, evaluations, comparisons)
    elif markdown:
        print(report.as_markdown(evaluations, comparisons), end="")
    else:
        _show(file, evaluations, comparisons)


def _write_page(
    page: Path, file: Path, evaluations: Sequence[Evaluation], comparisons: Mapping[str, Comparison]
) -> None:
    from ingest.errors import DetenteError
    from ingest.evaluate.reliability import reliability_svg
    from ingest.evaluate.report import as_markdown, mistakes_as_markdown

    picture = page.with_suffix(".svg")
    versions = ", ".join(f"{one.scorer} {one.version}" for one in evaluations)
    text = (
        f"# How right the scorers are on `{file.name}`\n\nWritten by `detente evaluate`; {versions}. Measured end to "
        "end: a pair that is not found counts as neutral.\n\n"
        f"{as_markdown(evaluations, comparisons)}\n![Reliability: how often right where so sure]({picture.name})\n"
        + (f"\n{mistakes_as_markdown(evaluations[0])}" if evaluations[0].worst else "")
    )
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        picture.write_text(reliability_svg([(one.scorer, one.whole) for one in evaluations]), encoding="utf-8")
        page.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DetenteError(
            f"cannot write {page}: {error.strerror}; name a file in a folder that you may write to"
        ) from error
    sys.stderr.write(f"{page} and {picture.name} written\n")


def _show(file: Path, evaluations: Sequence[Evaluation], comparisons: Mapping[str, Comparison]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    console.print(Text(f"{evaluations[0].whole.rows} labelled sentences of {file}", style="bold"))
    console.print(_overview(evaluations))
    for name, gain in comparisons.items():
        console.print(
            f"macro-F1 of {name}: {gain.gain:+.3f} (95 %: {gain.low:+.3f} to {gain.high:+.3f}); "
            f"right where the other is wrong: {gain.only_first_right} and {gain.only_second_right}"
        )
    for one in evaluations:
        console.print(Text(f"\n{one.scorer} {one.version}", style="bold"))
        console.print(f"pair found in {one.found:.1%}; direction right in {one.direction:.1%} of the related ones")
        console.print(_classes(one))
        console.print(
            "says → is right: "
            + " · ".join(f"{bar.confidence:.2f} → {bar.right:.2f} ({bar.rows})" for bar in one.whole.bins)
        )
    _show_worst(console, evaluations[0])


def _overview(evaluations: Sequence[Evaluation]) -> Any:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for column in ("", "rows", "macro-F1 (95 %)", "accuracy", "sign", "AUC −/+", "ECE"):
        table.add_column(column, justify="left" if not column else "right", no_wrap=True)
    for one in evaluations:
        for name, part in [(one.scorer, one.whole), *((f"  {group}", part) for group, part in one.groups.items())]:
            table.add_row(
                name,
                str(part.rows),
                f"{part.macro_f1:.3f} ({part.macro_f1_low:.2f}–{part.macro_f1_high:.2f})",
                f"{part.accuracy:.3f}",
                f"{part.sign:.3f}",
                f"{part.auc_hostile:.2f}/{part.auc_cooperative:.2f}",
                f"{part.ece:.3f}",
            )
    return table


def _classes(one: Evaluation) -> Any:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for column in ("truth", "→ hostile", "→ neutral", "→ cooperative", "precision", "recall", "F1"):
        table.add_column(column, justify="left" if column == "truth" else "right")
    for row, kind in zip(one.whole.confusion, one.whole.classes, strict=True):
        table.add_row(kind.name, *map(str, row), *(f"{value:.2f}" for value in (kind.precision, kind.recall, kind.f1)))
    return table


def _show_worst(console: Any, one: Evaluation) -> None:
    from rich.text import Text

    if one.worst:
        console.print(Text(f"\nThe worst errors of {one.scorer}", style="bold"))
    for mistake in one.worst:
        lost = "" if mistake.found else ", pair not found"
        says = f"{mistake.truth}, says {mistake.says} ({mistake.tone:+.2f}{lost})"
        console.print(Text(f"{mistake.row_id} {mistake.a}–{mistake.b}: {says}", style="dim"))
        console.print(Text(f"  {mistake.sentence}"))
