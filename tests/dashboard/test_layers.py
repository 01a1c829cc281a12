from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAY_IMPORT_STREAMLIT = ("app.py", "cache/", "views/", "widgets/")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module}
    return names


def tops(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)}


def test_only_app_cache_views_and_widgets_import_streamlit() -> None:
    found = {
        str(path.relative_to(ROOT / "dashboard"))
        for path in (ROOT / "dashboard").rglob("*.py")
        if "streamlit" in tops(path)
    }
    assert found
    assert {path for path in found if not path.startswith(MAY_IMPORT_STREAMLIT)} == set()


def test_figures_know_no_store_and_no_page() -> None:
    for path in (ROOT / "dashboard" / "figures").glob("*.py"):
        assert not {
            name for name in imported(path) if name.startswith(("ingest.store", "dashboard.cache", "dashboard.widgets"))
        }


def test_only_the_cache_asks_the_store() -> None:
    for path in (ROOT / "dashboard").rglob("*.py"):
        if path.parent.name != "cache":
            assert not {name for name in imported(path) if name.startswith("ingest.store")}, path


def test_ingest_never_imports_the_dashboard() -> None:
    lazily = {"cli.py", "cli"}  # the command that starts it
    for path in (ROOT / "ingest").rglob("*.py"):
        if not lazily & set(path.relative_to(ROOT / "ingest").parts):
            assert not tops(path) & {"dashboard", "streamlit"}, path


def test_nothing_allows_unsafe_html() -> None:
    for path in (ROOT / "dashboard").rglob("*.py"):
        words = path.read_text(encoding="utf-8")
        assert "unsafe_allow" not in words, path
