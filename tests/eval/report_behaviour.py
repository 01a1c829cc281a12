"""The pass rates of the behavioural tests, as text, Markdown for the docs, or JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from ingest.tone.scorer import SCORERS, get_scorer
from tests.eval.behaviour import CAPABILITIES, Result, examine

Examined = dict[str, list[Result]]
"""Results in the order of `CAPABILITIES`, by the name of the scorer."""


def examine_all(names: Sequence[str]) -> Examined:
    """Put every capability to each of the scorers."""
    return {name: [examine(get_scorer(name), capability) for capability in CAPABILITIES] for name in names}


def markdown(examined: Examined) -> str:
    """Return a table of pass rates, a row for each capability and a column for each scorer."""
    names = list(examined)
    lines = [
        f"| capability | kind | what must hold | {' | '.join(names)} |",
        f"|---|---|---|{'---:|' * len(names)}",
    ]
    for i, capability in enumerate(CAPABILITIES):
        rates = " | ".join(f"{examined[name][i].rate:.0%}" for name in names)
        lines.append(f"| {capability.name} | {capability.kind} | {capability.statement} | {rates} |")
    lines.append(f"| **all, {sum(one.cases for one in examined[names[0]]):,} cases** | | | {_totals(examined)} |")
    return "\n".join(lines) + "\n"


def plain_table(examined: Examined) -> str:
    """Return the same for a terminal, without the statements, with the pairs found."""
    names = list(examined)
    width = max(len(one.name) for one in CAPABILITIES)
    lines = [f"{'':{width}}  kind  found  {'  '.join(f'{name:>12}' for name in names)}"]
    for i, capability in enumerate(CAPABILITIES):
        rates = "  ".join(f"{examined[name][i].rate:12.0%}" for name in names)
        lines.append(f"{capability.name:{width}}  {capability.kind}  {examined[names[0]][i].found:6.0%}  {rates}")
    lines.append(f"all: {_totals(examined)}")
    return "\n".join(lines) + "\n"


def as_json(examined: Examined) -> str:
    """Return every rate and every failed case."""
    report = {
        name: [
            {
                "capability": one.capability.name,
                "kind": one.capability.kind,
                "statement": one.capability.statement,
                "cases": one.cases,
                "passed": one.passed,
                "found": round(one.found, 4),
                "failures": [
                    [
                        {
                            "sentence": ask.sentence,
                            "a": ask.a,
                            "b": ask.b,
                            "tone": round(answer.tone, 3),
                            "label": answer.label,
                        }
                        for ask, answer in zip(case.asks, answers, strict=True)
                    ]
                    for case, answers in one.failures
                ],
            }
            for one in results
        ]
        for name, results in examined.items()
    }
    return json.dumps(report, indent=1, ensure_ascii=False) + "\n"


def failures(examined: Examined, most: int) -> str:
    """Return up to so many failed cases of each capability, to read."""
    lines: list[str] = []
    for name, results in examined.items():
        for one in results:
            for case, answers in one.failures[:most]:
                lines.append(f"{name}: {one.capability.name} {case.expects}".rstrip())
                lines += [
                    f"    {answer.tone:+.2f} {answer.label}{'' if answer.found else ' (pair not found)'} "
                    f"{ask.a}-{ask.b}: {ask.sentence}"
                    for ask, answer in zip(case.asks, answers, strict=True)
                ]
    return "\n".join(lines) + "\n" if lines else ""


def main() -> None:
    """Print the pass rates of one scorer, or of several."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.behaviour", description="Pass rates of a tone scorer.")
    parser.add_argument(
        "--scorer", action="append", choices=sorted(SCORERS), help="may be given again; default: all that load"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="a table for the docs")
    form.add_argument("--json", action="store_true", help="all rates and failures")
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="show N failed cases of each capability")
    options = parser.parse_args()
    examined = examine_all(options.scorer or list(SCORERS))
    write = markdown if options.markdown else as_json if options.json else plain_table
    sys.stdout.write(write(examined))
    sys.stdout.write(failures(examined, options.failures))


def _totals(examined: Examined) -> str:
    return " | ".join(
        f"{sum(one.passed for one in results) / sum(one.cases for one in results):.1%}" for results in examined.values()
    )
