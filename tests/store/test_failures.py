"""Failures are open until they are resolved, and open again if they happen again; both are only written down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ingest import pipeline
from ingest.pipeline import Found
from ingest.records import Failure
from ingest.store import Store, health, queries
from tests.invented import NOW, article, rows
from tests.quick import ingest

HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(str(tmp_path / "store"))
    ingest([Failure(where=where, reason="empty") for where in ("a", "b", "c")], store, now=NOW)
    return store


def _ids(store: Store, *places: str) -> list[str]:
    rows = store.open_failures().collect()
    return [row["failure_id"] for row in rows.iter_rows(named=True) if row["where"] in places]


def _open(store: Store) -> list[str]:
    return sorted(queries.failures(store)["where"])


def test_resolved_failures_are_no_longer_listed(store: Store) -> None:
    store.resolve(_ids(store, "a", "b"), NOW + HOUR)
    assert _open(store) == ["c"]
    assert queries.overview(store)["failed"] == 1
    assert health.reasons(store).rows() == [("empty", 1)]
    assert rows(store, "failures").height == 3  # what happened stays written down


def test_a_failure_that_happens_again_is_open_again_once(store: Store) -> None:
    store.resolve(_ids(store, "a"), NOW + HOUR)
    for hours in (2, 3):
        ingest([Failure(where="a", reason="empty")], store, now=NOW + hours * HOUR)
    assert _open(store) == ["a", "b", "c"]
    assert queries.failures(store)["at"].to_list() == [NOW + 2 * HOUR, NOW, NOW]
    store.resolve(_ids(store, "a"), NOW + 4 * HOUR)
    assert _open(store) == ["b", "c"]


def test_resolving_nothing_or_twice_changes_nothing(store: Store) -> None:
    store.resolve([], NOW)
    assert store.table("resolved").version() == 0
    ids = _ids(store, "a")
    store.resolve(ids, NOW + HOUR)
    store.resolve(ids, NOW + HOUR)
    assert _open(store) == ["b", "c"]


def test_a_store_from_before_knows_no_resolution(store: Store) -> None:
    import shutil

    shutil.rmtree(Path(store.uri) / "resolved")
    shutil.rmtree(Path(store.uri) / "outside")
    assert _open(store) == ["a", "b", "c"]
    ingest([Failure(where="d", reason="empty")], store, now=NOW)
    store.resolve(_ids(store, "d"), NOW + HOUR)
    assert _open(store) == ["a", "b", "c"]


def test_failures_are_stored_while_the_input_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "COMMIT", 10)
    store = Store(str(tmp_path / "long"))
    seen = []

    def told() -> Iterator[Found]:
        for number in range(30):
            yield Failure(where=str(number), reason="bad")
        seen.append(queries.failures(store).height)
        for number in range(300):
            yield article(number)
        seen.append(queries.failures(store).height)
        yield Failure(where="last", reason="bad")

    report = ingest(told(), store, now=NOW)
    assert seen[0] >= 20
    assert seen[1] >= 20
    assert (report.failed, report.new, queries.failures(store).height) == (31, 300, 31)
