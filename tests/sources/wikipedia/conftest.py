from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.sources import Web
from ingest.sources.wikipedia.client import Api
from tests.sources.wikipedia.wiki import Wiki, serving


@pytest.fixture
def wiki() -> Iterator[Wiki]:
    with serving(Wiki()) as wiki:
        yield wiki


@pytest.fixture
def api(wiki: Wiki, web: Web) -> Api:
    return Api(web, wiki.api)
