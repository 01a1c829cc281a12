"""Every constant that shapes a result, read from the code that uses it, so that no page about them can drift.

`python -m ingest.method` writes the page for the docs to standard output.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent

STEPS = {
    "Which sentences tell of two countries": ("countries", "tone"),
    "What a sentence says of them": ("tone/detente",),
    "What is one story": ("stories",),
    "The index": ("index",),
}
"""Folders of `ingest` whose constants shape a result, by the step that they belong to."""

APART = {"training"}
"""Folders that are passed over: how the weights were learned is told in the model card."""


@dataclass(frozen=True, kw_only=True)
class Constant:
    """A number, or a few words, that a result depends on."""

    module: str
    """`ingest.index.interval`."""
    name: str
    value: str
    """As a reader sees it."""
    meaning: str
    """What it is, its unit and its source: the words beneath it in the code; empty if there are none."""


def constants() -> dict[str, list[Constant]]:
    """Return the constants of each step, in the order of files and lines."""
    return {step: [one for folder in folders for one in _of_folder(folder)] for step, folders in STEPS.items()}


def markdown() -> str:
    """Return the page for the docs."""
    lines = [
        "# Constants that shape a result",
        "",
        "Made by `python -m ingest.method > docs/method.md` from the code itself; a test holds that it is current.",
    ]
    for step, found in constants().items():
        lines += [
            "",
            f"## {step}",
            "",
            "| where | name | value | what it is, and where it comes from |",
            "|---|---|---|---|",
        ]
        lines += [f"| `{one.module}` | `{one.name}` | {_cell(one.value)} | {_cell(one.meaning)} |" for one in found]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _of_folder(folder: str) -> Iterator[Constant]:
    for path in sorted((ROOT / folder).glob("*.py")):
        if not APART & set(path.parts):
            yield from _of_file(path)


def _of_file(path: Path) -> Iterator[Constant]:
    """Yield the public constants of a file whose value is simple; one text beneath several tells of all of them."""
    name = ".".join(["ingest", *path.relative_to(ROOT).with_suffix("").parts])
    body = ast.parse(path.read_text(encoding="utf-8")).body
    module = importlib.import_module(name)
    waiting: list[str] = []
    for node in body:
        told = _told(node)
        if told is not None and waiting:
            yield from (_constant(name, module, one, told) for one in waiting)
            waiting = []
            continue
        named = _names(node)
        if not named:
            yield from (_constant(name, module, one, "") for one in waiting)
            waiting = []
        waiting += [one for one in named if _shown(getattr(module, one)) is not None]
    yield from (_constant(name, module, one, "") for one in waiting)


def _constant(module_name: str, module: object, name: str, told: str) -> Constant:
    return Constant(module=module_name, name=name, value=_shown(getattr(module, name)) or "", meaning=told)


def _names(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    names = [
        one.id
        for target in targets
        for one in (target.elts if isinstance(target, ast.Tuple) else [target])
        if isinstance(one, ast.Name)
    ]
    return [one for one in names if one.isupper() and not one.startswith("_")]


def _told(node: ast.stmt) -> str | None:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return " ".join(node.value.value.split())
    return None


def _shown(value: object) -> str | None:
    """Return a value in words; None for tables, schemas and other things that are no single number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return f"{value:,}".replace(",", "\u202f") if abs(value) >= 1_000 else f"{value}"
    if isinstance(value, timedelta):
        days = value.total_seconds() / 86_400
        return f"{days:g} days" if days >= 1 else f"{value.total_seconds() / 3600:g} hours"
    if isinstance(value, tuple) and value and all(isinstance(one, int | float) for one in value):
        return ", ".join(f"{one}" for one in value)
    return None


if __name__ == "__main__":
    sys.stdout.write(markdown())
