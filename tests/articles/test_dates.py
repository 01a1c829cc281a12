from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.articles.dates import EARLIEST, TOLERANCE, ParsedDate, parse_date

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def utc(year: int, month: int, day: int, *clock: int) -> datetime:
    hour, minute, second = (*clock, 0, 0, 0)[:3]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        # RFC 2822, as feeds write it
        ("Tue, 26 Sep 2017 10:15:30 GMT", utc(2017, 9, 26, 10, 15, 30)),
        ("Tue, 26 Sep 2017 10:15:30 +0530", utc(2017, 9, 26, 4, 45, 30)),
        ("Tue, 26 Sep 2017 10:15:30 EST", utc(2017, 9, 26, 15, 15, 30)),
        ("Tue, 26 Sep 17 10:15:30 GMT", utc(2017, 9, 26, 10, 15, 30)),
        ("26 Sep 2017 10:15:30 -0000", utc(2017, 9, 26, 10, 15, 30)),
        # ISO 8601
        ("2017-09-26", utc(2017, 9, 26)),
        ("2017-09-26T10:15:30Z", utc(2017, 9, 26, 10, 15, 30)),
        ("2017-09-26T10:15:30+05:30", utc(2017, 9, 26, 4, 45, 30)),
        ("2017-09-26T23:30:00-0500", utc(2017, 9, 27, 4, 30)),
        ("2017-09-26 10:15", utc(2017, 9, 26, 10, 15)),
        ("2017-09-26T10:15:30.999Z", utc(2017, 9, 26, 10, 15, 30).replace(microsecond=999_000)),
        ("2017-W39-2", utc(2017, 9, 26)),
        ("2017/09/26", utc(2017, 9, 26)),
        ("2017/9/6", utc(2017, 9, 6)),
        # compact stamps: 2018, not the year 1748
        ("20181105T101500Z", utc(2018, 11, 5, 10, 15)),
        ("20181105T101500", utc(2018, 11, 5, 10, 15)),
        ("20181105101500", utc(2018, 11, 5, 10, 15)),
        ("201811051015", utc(2018, 11, 5, 10, 15)),
        ("20181105", utc(2018, 11, 5)),
        ("20181105T101500+0100", utc(2018, 11, 5, 9, 15)),
        # as people write
        ("26 September 2017", utc(2017, 9, 26)),
        ("Sept. 26, 2017", utc(2017, 9, 26)),
        ("September 26, 2017", utc(2017, 9, 26)),
        ("Sep 26 2017", utc(2017, 9, 26)),
        ("26th of September 2017", utc(2017, 9, 26)),
        ("Tuesday, September 26, 2017", utc(2017, 9, 26)),
        ("26-Sep-2017", utc(2017, 9, 26)),
        ("September 26, 2017 10:15 AM", utc(2017, 9, 26, 10, 15)),
        ("September 26, 2017 10:15 PM", utc(2017, 9, 26, 22, 15)),
        ("September 26, 2017 at 10:15 p.m.", utc(2017, 9, 26, 22, 15)),
        ("September 26, 2017 10:15 PM EST", utc(2017, 9, 27, 3, 15)),
        ("2018-11-05 12:00 EST", utc(2018, 11, 5, 17)),
        ("2018-11-05 12:00 XYZ", utc(2018, 11, 5, 12)),
        ("Tue Sep 26 10:15:30 +0000 2017", utc(2017, 9, 26, 10, 15, 30)),
        ("  26 September 2017\n", utc(2017, 9, 26)),
        # numbers where only one reading is possible
        ("25/12/2018", utc(2018, 12, 25)),
        ("12/25/2018", utc(2018, 12, 25)),
        ("25.12.2018", utc(2018, 12, 25)),
        ("25-12-2018 10:15", utc(2018, 12, 25, 10, 15)),
        ("11/11/2018", utc(2018, 11, 11)),
        # the edges
        ("1800-01-01", utc(1800, 1, 1)),
        ("2026-06-03", utc(2026, 6, 3)),
    ],
)
def test_date_is_read(text: str, when: datetime) -> None:
    assert parse_date(text, NOW) == ParsedDate(when, "")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("05/11/2018", "write 2018-11-05 or 2018-05-11"),
        ("5.11.2018", "write 2018-11-05 or 2018-05-11"),
        ("05-11-2018 10:15", "write 2018-11-05 or 2018-05-11"),
        ("Mon, 05/11/2018", "write 2018-11-05 or 2018-05-11"),
        ("1 2 2018", "write 2018-02-01 or 2018-01-02"),
    ],
)
def test_date_that_reads_two_ways_is_none(text: str, hint: str) -> None:
    assert parse_date(text, NOW) == ParsedDate(None, f"date {text!r} is ambiguous; {hint}")


@pytest.mark.parametrize(
    "text",
    [
        *("March 2017", "2017", "Monday", "yesterday", "26 September", "26 Sep 17", "05/11/18", "2017-09", "201709"),
        *(
            "0000-01-01",
            "2017-02-30",
            "31 February 2017",
            "2017-13-01",
            "2017-09-26T25:00:00Z",
            "20171301",
            "1506420900",
        ),
        *("none", "²²²²²²²²", "26 Monat 2017", "🙂 2017", "1" * 200, "2017-09-26T10:15:00+99:00"),
    ],
)
def test_date_that_is_not_whole_is_none(text: str) -> None:
    shown = text[:100]
    assert parse_date(text, NOW) == ParsedDate(None, f"date {shown!r} is not understood; write it as 2018-11-05")


@pytest.mark.parametrize(
    "text",
    ["9999-12-31", "2026-06-04", "2026-06-03T12:00:01Z", "1799-12-31", "9999-12-31T23:59:59-05:00", "0001-01-01"],
)
def test_date_that_cannot_be_is_none(text: str) -> None:
    assert parse_date(text, NOW) == ParsedDate(None, f"date {text!r} is not between 1800 and today")


@pytest.mark.parametrize("text", [None, "", "  \n"])
def test_no_date_is_no_problem(text: str | None) -> None:
    assert parse_date(text, NOW) == ParsedDate(None, "")


DATE_LIKE = st.lists(
    st.sampled_from(
        [
            *"0123456789",
            "2017",
            "26",
            "Sep",
            "-",
            "/",
            ".",
            ":",
            " ",
            "T",
            "Z",
            "+",
            "AM",
            "PM",
            "EST",
            "st",
            ",",
            "W",
            "²",
        ]
    ),
    max_size=14,
).map("".join)


@given(st.text() | DATE_LIKE)
def test_any_text_is_a_date_or_a_problem(text: str) -> None:
    when, problem = parse_date(text, NOW)
    assert when is None or (when.utcoffset() == timedelta(0) and EARLIEST <= when <= NOW + TOLERANCE and not problem)
    assert when or bool(problem) == bool(text.strip())


@given(
    st.datetimes(datetime(1800, 1, 2), datetime(2026, 6, 1)),  # noqa: DTZ001 - the zones are below
    st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    st.sampled_from(["T", " "]),
)
def test_any_moment_survives_iso_format(moment: datetime, zone: timezone, separator: str) -> None:
    when = moment.replace(tzinfo=UTC).astimezone(zone)
    assert parse_date(when.isoformat(separator), NOW) == ParsedDate(when, "")


@given(st.dates(date(1800, 1, 1), date(2026, 6, 1)))
def test_any_day_survives_every_plain_form(day: date) -> None:
    expected = ParsedDate(utc(day.year, day.month, day.day), "")
    forms = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%Y%m%d", "%A, %d %B %Y")
    assert [parse_date(day.strftime(form), NOW) for form in forms] == [expected] * len(forms)
