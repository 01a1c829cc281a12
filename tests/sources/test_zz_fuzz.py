from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.records import Failure, RawArticle
from ingest.sources.files import READERS
from tests.sources.reading import FEED, PAGE, read

_PIECES = st.sampled_from(
    [
        b"---\n", b"title: x\n",
        b'{"text": "', b'"}\n', b"[", b"]", b'"', b",", b"text,title\n", b"<rss><channel><item>",
        b"<!ENTITY a 'b'>", b"<html><p>",
        b"</p>", b"<![CDATA[", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b", b"PAR1",
        b"\x00",
        b"\r", b"# ", b"&#x0;", b"&#xD800;", b"\\ud800", PAGE.encode()[:300], FEED.encode(), PAGE.encode(),
        b"NaN", b"1e999",
    ]
)  # fmt: skip
_BYTES = st.one_of(
    st.binary(max_size=300), st.lists(st.one_of(_PIECES, st.binary(max_size=20)), max_size=12).map(b"".join)
)


@pytest.mark.parametrize("suffix", sorted(READERS))
@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=_BYTES, packed=st.booleans())
def test_no_bytes_make_a_source_raise(tmp_path: Path, suffix: str, data: bytes, packed: bool) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(gzip.compress(data) if packed else data)
    for found in read(path):
        assert isinstance(found, RawArticle | Failure)
        if isinstance(found, RawArticle):
            assert found.text.strip()
        else:
            assert found.reason


@settings(max_examples=50, deadline=None)
@given(source=st.text(max_size=40).filter(lambda text: text.strip() not in {"-", ".", "/", "~"}))
def test_no_name_makes_a_source_raise(source: str) -> None:
    found = next(iter(read("\x00" + source)))
    assert isinstance(found, Failure)
