from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.data_files import data_dir
from ingest.pipeline import ingest
from ingest.sources import read_source
from ingest.store import Store


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Hold the sample about three countries, scored by the default scorer's fast tier."""
    store = Store(str(tmp_path_factory.mktemp("bundle") / "store"))
    files = [data_dir() / "sample" / f"{name}.jsonl" for name in ("pak-rus", "ind-pak", "rus-tur")]
    articles = [one for file in files for one in read_source(str(file))]
    ingest(articles, store, scorer="detente-fast", workers=1, now=datetime(2026, 1, 1, tzinfo=UTC))
    return store


@pytest.fixture
def patched(sample: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Give the sample a patch file of the test's own."""
    monkeypatch.setenv("DETENTE_CORRECTIONS", str(tmp_path / "corrections.jsonl"))
    return sample
