from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.outside import MOST_MB, Outside, beside, read_file, together, value_columns
from ingest.errors import SourceError
from tests.dashboard.series import month, series

NOW = datetime(2024, 1, 1, tzinfo=UTC)
PLAIN = "date,value\n2017-01-01,100\n2017-02-01,110.5\n"


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace("value", "Indice économique").encode("cp1252"),
        b"month;GPR\n2017M1;100\n2017M2;110,5\n",
        b"\n\nDate,Tone\n2017-01,100\n2017-02,110.5\n",
    ],
)
def test_one_series_in_any_dress(data: bytes) -> None:
    (column,) = value_columns("gpr.csv", data)
    read = read_file("gpr.csv", data, column, NOW)
    assert (read.name, read.left_out) == ("gpr", "")
    assert read.days.rows() == [(date(2017, 1, 1), 100.0), (date(2017, 2, 1), 110.5)]


def test_columns_that_may_be_the_value() -> None:
    data = b"date,country,GPRD,note,GPRD_ACT\n2017-01-01,all,1,x,2\n2017-01-02,all,3,y,4\n"
    assert value_columns("x.csv", data) == ["GPRD", "GPRD_ACT"]
    assert read_file("x.csv", data, "GPRD_ACT", NOW).days["value"].to_list() == [2.0, 4.0]
    assert value_columns("x.csv", b"day,articles,tone\n2017-01-01,7,0.5\n") == ["tone", "articles"]


def test_lines_that_cannot_be_read_are_told() -> None:
    data = b"date,value\n2017-01-01,1\nsoon,2\n2017-01-03,much\n2017-01-04,3\n"
    read = read_file("x.csv", data, None, NOW)
    assert read.days["value"].to_list() == [1.0, 3.0]
    assert read.left_out.startswith("2 lines of 4 could not be read, line 3: ")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"  \n \n", "is empty"),
        (b"PK\x03\x04rest of a workbook", "Save a spreadsheet as CSV"),
        (bytes(range(256)) * 20, "looks binary"),
        (b"name,value\na,1\n", "no column of dates"),
        (b"date,value\n", "no line of x.csv has a date and a value"),
        (b"date,value\nx,1\ny,2\n", "no line of x.csv has a date and a value (line 2: "),
        (b"date,a,b\n2017-01-01,1,2\n", "Choose it; found"),
        (b"just words, in a row", "no column of dates"),
        (b"date,value\n" + b"2017-01-01,1\n" * 200_001, "lines; expected at most"),
        (b"d" * (MOST_MB * 1_000_000 + 1), f"expected at most {MOST_MB}"),
    ],
)
def test_bad_files_say_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_file("x.csv", data, None, NOW)
    assert said in str(caught.value)
    assert "--column" not in str(caught.value)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_a_series_or_a_reason(data: bytes) -> None:
    try:
        columns = value_columns("x.csv", data)
        read = read_file("x.csv", data, columns[0] if columns else None, NOW)
    except SourceError:
        return
    assert read.days.height


def outside(values: list[float], kind: str = "value") -> Outside:
    days = pl.DataFrame({"day": [month(number + 1) for number in range(len(values))], "value": values})
    return Outside(name="GPR", days=days, kind=kind)  # type: ignore[arg-type]


TONES = [0.1, 0.2, -0.3, 0.4, 0.0, 0.2, -0.1, 0.3]
OURS = series(*((month(number + 1), tone, 5) for number, tone in enumerate(TONES)), (month(9), None, 1))


def test_both_are_in_their_own_deviations() -> None:
    found = beside(OURS, outside([100.0, 90, 140, 80, 110, 95, 120, 85, 60]), "month", flip=False)
    assert found.shared == 8
    both = found.rows.drop_nulls()
    for column in ("ours", "theirs"):
        assert both[column].mean() == pytest.approx(0)
        assert both[column].std() == pytest.approx(1)
    assert found.r == pytest.approx(np.corrcoef(both["tone"], both["value"])[0, 1])
    assert found.rows["ours"][8] is None
    assert found.rows["theirs"][8] is not None


def test_turned_over_is_the_same_with_the_other_sign() -> None:
    values = [100.0, 90, 140, 80, 110, 95, 120, 85]
    one, other = (beside(OURS, outside(values), "month", flip=flip) for flip in (False, True))
    assert one.r is not None
    assert other.r == pytest.approx(-one.r)
    assert other.rows["theirs"].to_list() == pytest.approx(
        [-value if value is not None else None for value in one.rows["theirs"]]
    )
    assert other.rows["ours"].equals(one.rows["ours"])


def test_days_of_a_period_are_averaged_and_counts_added() -> None:
    days = pl.DataFrame({"day": [date(2017, 1, 1), date(2017, 1, 31), date(2017, 2, 1)], "value": [1.0, 3.0, 5.0]})
    for kind, first in (("value", 2.0), ("count", 4.0)):
        found = beside(OURS, Outside(name="x", days=days, kind=kind), "month", flip=False)  # type: ignore[arg-type]
        assert found.rows["value"].to_list()[:3] == [first, 5.0, None]


@pytest.mark.parametrize("values", [[], [1.0] * 8, [1.0, 2, 3]])
def test_too_little_to_compare_says_so(values: list[float]) -> None:
    days = pl.DataFrame(
        {"day": [month(number + 1) for number in range(len(values))], "value": values},
        schema={"day": pl.Date, "value": pl.Float64},
    )
    found = beside(OURS, Outside(name="GPR", days=days, kind="value"), "month", flip=False)
    assert found.r is None
    assert found.rows["theirs"].null_count() == found.rows.height
    assert "are needed" in together(found, "monthly", "GPR")


def test_correlation_in_words_claims_no_cause() -> None:
    words = together(beside(OURS, outside([-tone for tone in TONES]), "month", flip=False), "monthly", "GPR")
    assert words.startswith("Correlation −1.00 over 8 monthly values that both have.")
    assert "without one moving the other" in words
