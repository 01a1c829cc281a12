from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.feeds.press import Press, press


@pytest.fixture
def paper() -> Iterator[Press]:
    with press() as one:
        yield one


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"
