from __future__ import annotations

from datetime import date

from dashboard.periods import Slice
from dashboard.widgets.chart import chosen_days


def test_point_selects_its_period() -> None:
    selection = {"points": [{"customdata": ["2017-02-01", "hover"]}], "box": []}
    assert chosen_days(selection, "month") == Slice(date(2017, 2, 1), date(2017, 2, 28))


def test_box_selects_from_the_first_period_to_the_last() -> None:
    points = [{"customdata": [day, ""]} for day in ("2017-05-01", "2017-02-01", "2017-03-01")]
    assert chosen_days({"points": points}, "month") == Slice(date(2017, 2, 1), date(2017, 5, 31))


def test_nothing_and_nonsense_select_nothing() -> None:
    selections: list[dict[str, object]] = [
        {}, {"points": []}, {"points": [{"customdata": ["x"]}]}, {"points": [{}]}, {"points": None},
    ]  # fmt: skip
    assert [chosen_days(selection, "month") for selection in selections] == [None] * 5
