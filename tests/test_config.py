"""Settings from the environment."""

from __future__ import annotations

from dataclasses import fields
from inspect import getsource
from pathlib import Path

import pytest

from ingest.config import Settings, settings_from_environment
from ingest.data_files import CHECKOUT


@pytest.fixture(autouse=True)
def _nothing_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STORE", "FEEDS", "CORRECTIONS", "ALLOW_PRIVATE", "WORKERS"):
        monkeypatch.delenv(f"DETENTE_{name}", raising=False)


def test_by_default_the_store_is_in_the_checkout_and_all_processors_score(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = settings_from_environment()
    assert found.store == str(CHECKOUT / "data" / "store")
    assert not found.allow_private
    assert found.workers >= 1


def test_the_environment_overrides_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_STORE", "s3://news/store")
    monkeypatch.setenv("DETENTE_FEEDS", "my.opml")
    monkeypatch.setenv("DETENTE_CORRECTIONS", "ours.jsonl")
    monkeypatch.setenv("DETENTE_ALLOW_PRIVATE", "1")
    monkeypatch.setenv("DETENTE_WORKERS", "3")
    assert settings_from_environment() == Settings(
        store="s3://news/store", feeds="my.opml", corrections="ours.jsonl", allow_private=True, workers=3
    )


def test_an_empty_store_is_none_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_STORE", "")
    assert settings_from_environment().store == str(CHECKOUT / "data" / "store")


@pytest.mark.parametrize("told", ["", "0", "-2", "many", "1.5"])
def test_a_number_of_workers_that_is_none_means_all_processors(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    default = settings_from_environment().workers
    monkeypatch.setenv("DETENTE_WORKERS", told)
    assert settings_from_environment().workers == default


@pytest.mark.parametrize("told", ["0", "no", "false", "yes please"])
def test_private_networks_are_closed_unless_plainly_opened(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_ALLOW_PRIVATE", told)
    assert not settings_from_environment().allow_private


def test_every_setting_names_its_variable() -> None:
    for field in fields(Settings):
        assert f'"""DETENTE_{field.name.upper()}: ' in getsource(Settings)
