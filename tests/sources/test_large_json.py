"""A JSON document that is read piece by piece gives what one that is read as a whole gives."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.records import Failure, RawArticle
from ingest.sources import json_stream, jsonl
from tests.sources.reading import SENTENCE, read, write

_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
)
_ROWS = st.lists(
    st.dictionaries(st.sampled_from(["text", "title", "url", "date", "x"]), _SCALARS | st.lists(_SCALARS, max_size=3))
    | _SCALARS,
    min_size=1,
    max_size=6,
)


@pytest.fixture
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "WHOLE_JSON_BYTES", 3)


@pytest.mark.usefixtures("_large")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=_ROWS, wrap=st.sampled_from(["{}", '{{"articles": {}}}', '{{"page": [1], "articles": {{"results": {}}}}}']))
def test_streamed_is_the_same_as_whole(tmp_path: Path, rows: list[object], wrap: str) -> None:
    path = write(tmp_path / "a.json", wrap.format(json.dumps(rows)))
    expected = list(jsonl._document(json.loads(path.read_text()), str(path)))
    found = read(path)
    assert [type(one) for one in found] == [type(one) for one in expected]
    assert [one.where for one in found] == [one.where for one in expected]
    assert [one.text for one in found if isinstance(one, RawArticle)] == [
        one.text.encode("utf-8", "replace").decode() for one in expected if isinstance(one, RawArticle)
    ]


@pytest.mark.usefixtures("_large")
@pytest.mark.parametrize(
    ("content", "articles", "reason"),
    [
        (b'[{"text": "One of them."}, {"text": ', 1, "not valid JSON after 1 articles, which were read"),
        (b'[{"text": "One of them."}] and more', 1, "not valid JSON after 1 articles"),
        (b'{"weather": [{"text": "No article."}]}', 0, "no list of articles found"),
        (b'{"a": ' + b"[" * 100 + b"]" * 100 + b"}", 0, "more than 64 deep"),
        (b'[{"text": "One."}, ' + b"[" * 100, 1, "more than 64 deep"),
        (b'[{"text": "One."}, NaN]', 1, "not valid JSON after 1 articles"),
        (b"   \n ", 0, "blank"),
        (b"[1" + b"0" * 5_000 + b"]", 0, "not valid JSON after 0 articles"),
    ],
)
def test_what_cannot_be_read_ends_it_with_a_reason(tmp_path: Path, content: bytes, articles: int, reason: str) -> None:
    *some, last = read(write(tmp_path / "a.json", content))
    assert [type(one) for one in some] == [RawArticle] * articles
    assert isinstance(last, Failure)
    assert reason in last.reason


@pytest.mark.usefixtures("_large")
def test_other_charsets_and_broken_bytes_are_read_all_the_same(tmp_path: Path) -> None:
    document = json.dumps([{"text": "Zürich and Łódź agreed."}], ensure_ascii=False)
    for codec in ("utf-8-sig", "utf-16"):
        (found,) = read(write(tmp_path / "a.json", document.encode(codec)))
        assert isinstance(found, RawArticle)
        assert found.text == "Zürich and Łódź agreed."
    (found,) = read(write(tmp_path / "a.json", b'[{"text": "caf\xe9 news"}]'))
    assert isinstance(found, RawArticle)
    assert found.text == "caf\ufffd news"


@pytest.mark.usefixtures("_large")
def test_a_row_larger_than_any_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "MAX_LINE_BYTES", 1_000_000)
    content = b'[{"text": "One."}, {"text": "' + b"a" * 3_000_000 + b'"}]'
    first, failure = read(write(tmp_path / "a.json", content))
    assert isinstance(first, RawArticle)
    assert isinstance(failure, Failure)
    assert failure.where.endswith(":2")
    assert failure.reason == "a row of more than 1 MB; the rest of the file is not read"


_MEASURE = """
import re, sys
from pathlib import Path
from ingest.sources.files import read_file
count = sum(1 for _ in read_file(Path(sys.argv[1])))
print(count, int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="looks for its peak memory in /proc")
def test_memory_does_not_grow_with_the_document(tmp_path: Path) -> None:
    row = json.dumps({"title": "Ferry", "body": SENTENCE * 30, "dateTime": "2018-11-05T09:10:00Z"}) + ","
    peaks = {}
    for count in (10_000, 40_000):  # 27 and 108 MB
        path = tmp_path / f"{count}.json"
        with path.open("w") as file:
            file.write('{"articles": {"results": [')
            file.writelines(row for _ in range(count - 1))
            file.write(row[:-1] + "]}}")
        ran = subprocess.run([sys.executable, "-c", _MEASURE, str(path)], capture_output=True, check=True, text=True)
        found, peaks[count] = map(int, ran.stdout.split())
        assert found == count
    sys.stdout.write(f"peak memory: {peaks} MB\n")
    assert peaks[40_000] - peaks[10_000] < 20
