"""Words that tell two times apart: the formula of Monroe, Colaresi and Quinn, and the countries left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import log, sqrt
from typing import Any

import numpy as np
import polars as pl
import pytest

from ingest.index.words import COLUMNS, distinguish, log_odds, telling_words

SPAN = pl.List(pl.Struct({"start": pl.Int32, "end": pl.Int32}))


def _evidence(sentences: list[str], day: date = date(2017, 1, 1)) -> pl.DataFrame:
    def spans(sentence: str, *names: str) -> list[dict[str, int]]:
        return [{"start": at, "end": at + len(name)} for name in names if (at := sentence.find(name)) >= 0]

    rows = [
        (
            datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=number),
            sentence,
            spans(sentence, "Pakistan", "Pakistani", "Islamabad"),
            spans(sentence, "Russia", "Moscow", "Vladimir Putin"),
        )
        for number, sentence in enumerate(sentences)
    ]
    schema: dict[str, Any] = {
        "published": pl.Datetime("us", "UTC"),
        "sentence": pl.String,
        "a_spans": SPAN,
        "b_spans": SPAN,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


BEFORE = [f"Pakistan and Russia traded threats over the border in week {number}." for number in range(6)]
AFTER = [
    f"Vladimir Putin and Pakistan’s leaders praised friendship and joint drills, day {number}." for number in range(6)
]


def test_the_words_of_each_time_are_told_and_the_names_of_both_countries_are_not() -> None:
    found = distinguish(_evidence(BEFORE), _evidence(AFTER))
    assert dict(found.schema) == COLUMNS
    told = dict(found.select("word", "z").iter_rows())
    assert {word for word, z in told.items() if z > 0} == {"day", "drills", "friendship", "joint", "leaders", "praised"}
    assert {word for word, z in told.items() if z < 0} == {"border", "threats", "traded", "week"}
    assert found["z"].is_sorted(descending=True)
    assert found.filter(pl.col("word") == "drills").select("before", "after").row(0) == (0, 6)


def test_the_formula_by_hand() -> None:
    before, after = np.array([10, 3, 7]), np.array([2, 9, 9])
    odds, z = log_odds(before, after, prior=12)
    alpha = [12 / 40 * 12, 12 / 40 * 12, 16 / 40 * 12]
    for word in range(3):
        x, y = before[word] + alpha[word], after[word] + alpha[word]
        expected = log(y / (20 + 12 - y)) - log(x / (20 + 12 - x))
        assert odds[word] == pytest.approx(expected)
        assert z[word] == pytest.approx(expected / sqrt(1 / x + 1 / y))


def test_a_sentence_that_many_print_counts_once() -> None:
    once = distinguish(_evidence(BEFORE), _evidence(AFTER))
    assert distinguish(_evidence(BEFORE * 5), _evidence(AFTER)).equals(once)


def test_rare_words_do_not_win_for_being_rare() -> None:
    before = _evidence([f"Russia and Pakistan clash again, number {number}" for number in range(60)])
    after = _evidence(
        [f"Russia and Pakistan agree again, number {number}" + " quixotic" * (number < 3) for number in range(60)]
    )
    words = distinguish(before, after)["word"].to_list()
    assert words[0] == "agree"
    assert words[-1] == "clash"
    assert words.index("quixotic") > 0


def test_a_change_says_what_is_before_and_after() -> None:
    evidence = pl.concat([_evidence(BEFORE, date(2017, 1, 1)), _evidence(AFTER, date(2017, 2, 1))])
    change = {"begins": date(2017, 1, 1), "period": date(2017, 2, 1), "ends": date(2017, 2, 1)}
    assert telling_words(evidence, change, "month").equals(distinguish(_evidence(BEFORE), _evidence(AFTER)))
    assert telling_words(evidence.lazy(), change | {"ends": date(2017, 1, 31)}, "day").is_empty()
    with pytest.raises(TypeError, match="give a row of change_points"):
        telling_words(evidence, {"period": "2017"})


def test_nothing_has_no_words() -> None:
    assert dict(distinguish(_evidence([]), _evidence(AFTER)).schema) == COLUMNS
    assert distinguish(_evidence([]), _evidence([])).is_empty()
