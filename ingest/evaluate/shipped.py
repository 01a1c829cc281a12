"""The measured accuracy that comes along: what `detente evaluate --json` said of the weights that ship."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from ingest.data_files import data_dir


class Measured(NamedTuple):
    """One labelled file, measured."""

    name: str
    what: str
    command: str
    scorers: list[dict[str, Any]]
    """As `detente evaluate --json` has them, the default scorer first."""


FILES = {
    "hard": (
        "180 hard sentences of our own, written to be difficult (tests/eval/hard.tsv)",
        "detente evaluate tests/eval/hard.tsv --json --worst 8 > data/evaluation/hard.json",
    ),
    "dev": (
        "310 sentences of news of 2016–17 that two readers agreed on; the texts belong to others and are not shown",
        "detente evaluate dev.tsv --json --worst 0 > data/evaluation/dev.json",
    ),
}


def shipped() -> list[Measured]:
    """Return what was measured; files that are missing are left out."""
    found = []
    for name, (what, command) in FILES.items():
        path = data_dir() / "evaluation" / f"{name}.json"
        if path.is_file():
            told = json.loads(path.read_text(encoding="utf-8"))
            found.append(Measured(name, what, command, told["scorers"]))
    return found
