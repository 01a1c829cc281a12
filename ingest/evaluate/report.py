"""Put an evaluation into records, tables and a page; decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from ingest.evaluate.labelled import Guess, Labelled
from ingest.evaluate.measures import CLASS_NAMES, Comparison, Figures, compare, figures

FEWEST = 30
"""Rows of a group from which its figures are shown: below, the interval is as wide as the scale."""

LENGTHS = ((0, 120), (120, 200), (200, 10_000))
"""Characters of a sentence: short, middle, long."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """A row that the scorer gets wrong."""

    row_id: str
    truth: str
    says: str
    tone: float
    found: bool
    a: str
    b: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluation:
    """All that is known of one scorer on one file."""

    scorer: str
    version: str
    found: float
    """Share of the rows whose pair the scorer was shown."""
    direction: float
    """Share of right directions among rows that are related, found and have one."""
    whole: Figures
    groups: Mapping[str, Figures]
    """By source and by length of the sentence."""
    worst: tuple[Mistake, ...]


def evaluate(name: str, version: str, rows: Sequence[Labelled], guesses: Sequence[Guess], worst: int) -> Evaluation:
    """Measure one scorer's guesses."""
    truth = np.array([row.label for row in rows], dtype=np.int64)
    guess = np.array([one.label for one in guesses], dtype=np.int64)
    shares = np.array([(one.hostile, one.neutral, one.cooperative) for one in guesses], dtype=np.float64)
    groups: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        groups.setdefault(f"source {row.source}", []).append(i)
        low, high = next(span for span in LENGTHS if span[0] <= len(row.sentence) < span[1])
        groups.setdefault(f"{low}–{high} chars" if high < LENGTHS[-1][1] else f"{low}+ chars", []).append(i)
    told = [
        one.direction == row.direction
        for row, one in zip(rows, guesses, strict=True)
        if row.direction and row.label and one.found
    ]
    wrong = sorted((i for i in range(len(rows)) if guess[i] != truth[i]), key=lambda i: (shares[i, truth[i] + 1], i))
    return Evaluation(
        scorer=name,
        version=version,
        found=sum(one.found for one in guesses) / len(guesses),
        direction=sum(told) / len(told) if told else float("nan"),
        whole=figures(truth, guess, shares),
        groups={
            group: figures(truth[members], guess[members], shares[members])
            for group, members in sorted(groups.items())
            if FEWEST <= len(members) < len(rows)
        },
        worst=tuple(
            Mistake(
                row_id=rows[i].row_id,
                truth=CLASS_NAMES[truth[i] + 1],
                says=CLASS_NAMES[guess[i] + 1],
                tone=guesses[i].tone,
                found=guesses[i].found,
                a=rows[i].a,
                b=rows[i].b,
                sentence=rows[i].sentence,
            )
            for i in wrong[:worst]
        ),
    )


def compare_all(rows: Sequence[Labelled], judged: Mapping[str, Sequence[Guess]]) -> dict[str, Comparison]:
    """Compare the first scorer with each other one."""
    truth = np.array([row.label for row in rows], dtype=np.int64)
    labels = {name: np.array([one.label for one in guesses], dtype=np.int64) for name, guesses in judged.items()}
    first, *others = labels
    return {f"{first} − {other}": compare(truth, labels[first], labels[other]) for other in others}


def as_json(evaluations: Sequence[Evaluation], comparisons: Mapping[str, Comparison]) -> dict[str, object]:
    """Return plain values; numbers that do not exist become null in JSON."""
    return {
        "scorers": [asdict(one) for one in evaluations],
        "comparisons": {name: asdict(one) for name, one in comparisons.items()},
    }


def as_markdown(evaluations: Sequence[Evaluation], comparisons: Mapping[str, Comparison]) -> str:
    """Return figures for a page of the docs: no sentence of the labelled file is in it."""
    lines = [
        "| scorer | rows | macro-F1 (95 %) | accuracy | sign | AUC hostile / cooperative | ECE | pair found |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in evaluations:
        for name, part in [(one.scorer, one.whole), *((f"… {group}", part) for group, part in one.groups.items())]:
            found = f"{one.found:.1%}" if part is one.whole else ""
            lines.append(
                f"| {name} | {part.rows} | {part.macro_f1:.3f} ({part.macro_f1_low:.2f}–{part.macro_f1_high:.2f}) "
                f"| {part.accuracy:.3f} | {part.sign:.3f} | {part.auc_hostile:.3f} / {part.auc_cooperative:.3f} "
                f"| {part.ece:.3f} | {found} |"
            )
    for one in evaluations:
        lines += ["", f"**{one.scorer}**: rows are the truth, columns what it says.", ""]
        lines += [f"| | {' | '.join(CLASS_NAMES)} | precision | recall | F1 |", "|---|---|---|---|---|---|---|"]
        for row, kind in zip(one.whole.confusion, one.whole.classes, strict=True):
            counts = " | ".join(map(str, row))
            lines.append(f"| {kind.name} | {counts} | {kind.precision:.2f} | {kind.recall:.2f} | {kind.f1:.2f} |")
        lines += ["", "| says, on average | is right | rows |", "|---|---|---|"]
        lines += [f"| {bar.confidence:.2f} | {bar.right:.2f} | {bar.rows} |" for bar in one.whole.bins]
    if comparisons:
        lines += ["", "| paired | macro-F1 gain (95 %) | only the first right | only the second |", "|---|---|---|---|"]
        lines += [
            f"| {name} | {one.gain:+.3f} ({one.low:+.2f} to {one.high:+.2f}) "
            f"| {one.only_first_right} | {one.only_second_right} |"
            for name, one in comparisons.items()
        ]
    return "\n".join(lines) + "\n"


def mistakes_as_markdown(one: Evaluation) -> str:
    """Return the worst errors with their sentences: for files whose texts may be shown."""
    lines = [f"## The worst errors of {one.scorer}", "", "| pair | truth | says | sentence |", "|---|---|---|---|"]
    for mistake in one.worst:
        lost = "" if mistake.found else ", pair not found"
        sentence = mistake.sentence.replace("|", "\\|").replace("\n", " ")
        lines.append(
            f"| {mistake.a}–{mistake.b} | {mistake.truth} | {mistake.says} ({mistake.tone:+.2f}{lost}) | {sentence} |"
        )
    return "\n".join(lines) + "\n"
