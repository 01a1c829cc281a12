"""`detente score` starts fast because it loads little: which packages, is held here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import _ENVIRONMENT

COMMAND_LINE = {"typer", "annotated_doc", "annotated_types", "pydantic", "pydantic_core", "rich", "shellingham"}
"""typer, and what it needs."""
TYPES = {"typing_extensions", "typing_inspection"}
READING = {"ahocorasick_rs", "ijson", "ingest", "orjson", "sentencex"}
SCORING = {
    "vader": {"vaderSentiment"},
    "detente-fast": {"numpy"},
    "detente": {"numpy", "onnxruntime", "tokenizers"},
}
CODE = """
import sys
before = set(sys.modules)
from ingest.cli import main
try:
    main()
finally:
    loaded = {name.split(".")[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names)
    sys.stderr.write(" ".join(sorted(name for name in loaded if not name.startswith("_sysconfigdata"))))
"""
TEXT = "The envoy of the lake and the head of the port said that Russia and Pakistan praised the end of the quarrel."


@pytest.mark.parametrize("scorer", sorted(SCORING))
def test_scoring_one_article_loads_only_this(scorer: str, tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_text(TEXT, encoding="utf-8")
    command = [sys.executable, "-c", CODE, "score", str(file), "--scorer", scorer]
    ran = subprocess.run(command, env=_ENVIRONMENT, capture_output=True, text=True, check=True)
    assert "Pakistan" in ran.stdout
    assert set(ran.stderr.split()) - COMMAND_LINE - TYPES == READING | SCORING[scorer]
