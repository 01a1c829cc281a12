from __future__ import annotations

import numpy as np
import pytest

from ingest.evaluate.measures import auc, compare, confusion, figures, macro_f1, reliability

TRUTH = np.array([-1, -1, 0, 0, 1, 1])
GUESS = np.array([-1, 0, 0, 0, 1, -1])
SHARES = np.array(
    [[0.8, 0.1, 0.1], [0.3, 0.6, 0.1], [0.1, 0.8, 0.1], [0.0, 1.0, 0.0], [0.1, 0.2, 0.7], [0.6, 0.2, 0.2]]
)


def test_confusion_has_truth_in_rows() -> None:
    assert confusion(TRUTH, GUESS).tolist() == [[1, 1, 0], [0, 2, 0], [1, 0, 1]]


def test_macro_f1_is_the_mean_of_the_classes() -> None:
    assert macro_f1(confusion(TRUTH, GUESS)) == pytest.approx((2 / 4 + 4 / 5 + 2 / 3) / 3)


def test_figures_of_a_perfect_scorer() -> None:
    shares = np.eye(3)[TRUTH + 1]
    found = figures(TRUTH, TRUTH, shares)
    assert (found.accuracy, found.macro_f1, found.sign, found.ece) == (1.0, 1.0, 1.0, 0.0)
    assert (found.auc_hostile, found.auc_cooperative) == (1.0, 1.0)
    assert (found.macro_f1_low, found.macro_f1_high) == (1.0, 1.0) or found.macro_f1_low > 0.6


def test_sign_counts_only_related_rows_and_a_tone_of_zero_has_none() -> None:
    found = figures(TRUTH, GUESS, SHARES)
    assert found.sign == 3 / 4
    nothing = figures(TRUTH, np.zeros(6, dtype=np.int64), np.tile([0.0, 1.0, 0.0], (6, 1)))
    assert (nothing.sign, nothing.sign_forced) == (0.0, 0.5)


@pytest.mark.parametrize(
    ("values", "positive", "expected"),
    [
        ([1.0, 2.0, 3.0], [False, False, True], 1.0),
        ([3.0, 2.0, 1.0], [False, False, True], 0.0),
        ([1.0, 1.0, 1.0], [False, True, True], 0.5),
        ([1.0, 2.0, 2.0, 3.0], [False, True, False, True], 0.875),
    ],
)
def test_auc(values: list[float], positive: list[bool], expected: float) -> None:
    assert auc(np.array(values), np.array(positive)) == expected


def test_auc_of_one_class_is_no_number() -> None:
    assert np.isnan(auc(np.array([1.0, 2.0]), np.array([True, True])))


def test_calibration_compares_confidence_with_being_right() -> None:
    bins = reliability(TRUTH, SHARES)
    assert sum(one.rows for one in bins) == 6
    assert figures(TRUTH, GUESS, SHARES).ece == pytest.approx(
        sum(one.rows * abs(one.confidence - one.right) for one in bins) / 6
    )


def test_comparison_with_itself_is_nothing() -> None:
    found = compare(TRUTH, GUESS, GUESS)
    assert (found.gain, found.low, found.high, found.only_first_right, found.only_second_right) == (0, 0, 0, 0, 0)
