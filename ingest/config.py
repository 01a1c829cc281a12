"""Every setting: its name in the environment, its default, and a sentence."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ingest.data_files import CHECKOUT


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a run may be told from outside; the command line overrides each."""

    store: str
    """DETENTE_STORE: folder or s3:// address of the store; `data/store` of the checkout, else of the current folder."""
    feeds: str | None = None
    """DETENTE_FEEDS: OPML file of the feeds to watch; `feeds.opml` in the store's folder, else the shipped list."""
    corrections: str | None = None
    """DETENTE_CORRECTIONS: patch file of what analysts correct; `corrections.jsonl` in the store's folder."""
    allow_private: bool = False
    """DETENTE_ALLOW_PRIVATE: 1 lets feeds and pages be fetched from loopback and private networks."""
    workers: int = 1
    """DETENTE_WORKERS: processes that score; all processors by default."""


def settings_from_environment() -> Settings:
    """Read the settings from the environment."""
    home = CHECKOUT if (CHECKOUT / "pyproject.toml").is_file() else Path.cwd()
    return Settings(
        store=os.environ.get("DETENTE_STORE") or str(home / "data" / "store"),
        feeds=os.environ.get("DETENTE_FEEDS") or None,
        corrections=os.environ.get("DETENTE_CORRECTIONS") or None,
        allow_private=os.environ.get("DETENTE_ALLOW_PRIVATE", "") in {"1", "true", "yes"},
        workers=_workers(os.environ.get("DETENTE_WORKERS", "")),
    )


def _workers(told: str) -> int:
    if told.isdigit() and int(told) > 0:
        return int(told)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
