"""Tables keep every bit."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.bundle.tables import read_spans, read_table, read_time, spans_text, write_table, written_spans, written_time
from ingest.errors import BundleError

COLUMNS = {"word": pl.String, "number": pl.Float64, "count": pl.Int32, "day": pl.Date, "yes": pl.Boolean}
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.none()


@given(
    st.lists(
        st.tuples(
            WORDS,
            st.floats(allow_nan=False, allow_infinity=False) | st.none(),
            st.integers(-(2**31), 2**31 - 1) | st.none(),
            st.dates(date(1000, 1, 1), date(2999, 12, 31)) | st.none(),
            st.booleans() | st.none(),
        ),
        max_size=8,
    )
)
def test_a_table_comes_back_bit_for_bit(rows: list[tuple[object, ...]]) -> None:
    frame = pl.DataFrame(rows, schema=COLUMNS, orient="row")
    assert read_table(write_table(frame), COLUMNS, "x.csv").equals(frame)


@given(st.lists(st.datetimes(datetime(1800, 1, 1), datetime(2199, 1, 1)), min_size=1, max_size=5))  # noqa: DTZ001
def test_times_come_back(times: list[datetime]) -> None:
    frame = pl.DataFrame({"at": [one.replace(tzinfo=UTC) for one in times]}, schema={"at": pl.Datetime("us", "UTC")})
    assert read_time(frame.with_columns(written_time("at")), "at", "x.csv").equals(frame)


@given(st.lists(st.tuples(st.integers(0, 9_999), st.integers(0, 9_999)), max_size=5))
def test_spans_come_back(spans: list[tuple[int, int]]) -> None:
    assert read_spans(spans_text(spans)) == tuple(spans)
    rows = [[{"start": start, "end": end} for start, end in spans]]
    schema = {"x": pl.List(pl.Struct({"start": pl.Int32, "end": pl.Int32}))}
    frame = pl.DataFrame({"x": rows}, schema=schema)
    assert frame.select(written_spans("x")).item() == spans_text(spans)


@pytest.mark.parametrize("text", ["1", "a-b", "1--2", "-1-2", "1-2,3-4", "1-" + "9" * 30])
def test_what_are_no_spans_is_said(text: str) -> None:
    with pytest.raises(BundleError, match="no places"):
        read_spans(text)


_HEAD = b"word,number,count,day,yes\n"


@given(st.binary(max_size=120), st.booleans())
def test_any_bytes_are_a_table_or_refused_in_words(data: bytes, headed: bool) -> None:
    try:
        found = read_table(_HEAD * headed + data, COLUMNS, "x.csv")
    except BundleError as error:
        assert str(error).startswith("x.csv")  # noqa: PT017 - either is fine
        return
    assert dict(found.schema) == COLUMNS


@given(st.text('",\n\r 0123456789.eE-+xtrue', max_size=80))
def test_any_rows_are_a_table_or_refused_in_words(rows: str) -> None:
    try:
        read_table(_HEAD + rows.encode(), COLUMNS, "x.csv")
    except BundleError as error:
        assert str(error).startswith("x.csv")  # noqa: PT017
