"""Statistics of resampled statements beside those of the drawn rows themselves."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, f1_score

from assess.evaluate.resampling import Statements, f1_statistic, mean_of, precision_statistic

DRAW = np.random.default_rng(5)
IDS = [f"s{n}" for n in DRAW.integers(0, 12, 300)]
TRUTH = DRAW.random(300) < 0.3
# Few different scores: many ties.
SCORES = np.round(np.clip(DRAW.random(300) * 0.6 + TRUTH * 0.3, 0, 1), 1)
STATEMENTS = Statements.of_ids(IDS)


def drawn_rows(drawn: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.repeat(np.arange(300), drawn[STATEMENTS.of].astype(int))


@pytest.mark.parametrize("seed", range(5))
def test_same_as_scikit_learn_on_the_drawn_rows(seed: int) -> None:
    picks = np.random.default_rng(seed).integers(0, 12, 12)
    drawn = np.bincount(picks, minlength=12).astype(float)
    rows = drawn_rows(drawn)
    called = SCORES >= 0.5
    f1, precision = (
        f1_statistic(STATEMENTS, TRUTH, called),
        precision_statistic(STATEMENTS, TRUTH, SCORES),
    )
    assert f1(drawn) == pytest.approx(f1_score(TRUTH[rows], called[rows]))
    expected = average_precision_score(TRUTH[rows], SCORES[rows])
    assert precision(drawn) == pytest.approx(expected)
    assert mean_of([f1, precision])(drawn) == pytest.approx((f1(drawn) + precision(drawn)) / 2)


def test_many_resamples_at_once() -> None:
    drawn = np.stack([np.ones(12), np.eye(12)[0] * 12])
    found = precision_statistic(STATEMENTS, TRUTH, SCORES)(drawn)
    assert found[0] == pytest.approx(average_precision_score(TRUTH, SCORES))
    assert found.shape == (2,)


def test_nothing_true_in_a_resample() -> None:
    statements = Statements.of_ids(["a", "b"])
    truth, scores = np.array([True, False]), np.array([0.9, 0.8])
    only_b = np.array([0.0, 2.0])
    assert precision_statistic(statements, truth, scores)(only_b) == 1
    assert f1_statistic(statements, truth, scores > 0.5)(only_b) == 0
    assert f1_statistic(statements, truth, scores > 0.85)(only_b) == 1


def test_the_interval_is_wider_than_that_of_single_rows() -> None:
    """Rows that are alike within their statement count for less than they are."""
    ids = [f"s{n // 20}" for n in range(200)]
    truth = np.arange(200) >= 0
    called = np.arange(200) // 20 % 2 == 0
    whole, rows = Statements.of_ids(ids), Statements.of_ids(list(map(str, range(200))))
    wide = whole.interval(f1_statistic(whole, truth, called))
    narrow = rows.interval(f1_statistic(rows, truth, called))
    assert wide and narrow
    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)
    assert wide == whole.interval(f1_statistic(whole, truth, called))


def test_too_few() -> None:
    statements = Statements.of_ids(["a", "b", "a"])
    flags = np.array([True, True, True])
    assert statements.interval(f1_statistic(statements, flags, flags)) is None
    assert statements.too_few_with(flags)
    assert not STATEMENTS.too_few_with(TRUTH)


def test_agreement_is_of_statements() -> None:
    statements = Statements.of_ids(["a", "b", "a", "c"])
    truth, called = np.array([True, False, False, True]), np.array([False, True, True, True])
    assert statements.agreement(truth, called) == 2  # a by another sentence, and c
