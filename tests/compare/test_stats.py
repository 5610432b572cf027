"""Intervals against published values and against their own promise."""

from __future__ import annotations

import random

import numpy as np
import pytest
from scipy.stats import binomtest

from assess.compare import stats
from assess.compare.stats import (
    distribution,
    effective_size,
    median_interval,
    percentile_rank,
    resampled,
    share,
    wilson,
    woodruff,
)


def test_wilson_agrees_with_published_values() -> None:
    # Newcombe (1998), table I: 81 of 263 and 0 of 20.
    assert wilson(81, 263).low == pytest.approx(0.2553, abs=5e-5)
    assert wilson(81, 263).high == pytest.approx(0.3662, abs=5e-5)
    assert wilson(0, 20).low == pytest.approx(0.0, abs=1e-12)
    assert wilson(0, 20).high == pytest.approx(0.1611, abs=5e-5)


def test_wilson_agrees_with_scipy_at_every_count() -> None:
    for n in (1, 7, 40):
        for count in range(n + 1):
            found = binomtest(count, n).proportion_ci(method="wilson")
            assert wilson(count, n).low == pytest.approx(float(found.low), abs=1e-12)
            assert wilson(count, n).high == pytest.approx(float(found.high), abs=1e-12)


def test_the_interval_of_organisations_is_that_of_their_statements() -> None:
    assert effective_size([1, 1, 1]) == 3
    assert effective_size([10]) == 1
    assert effective_size([]) == 0
    assert effective_size([10, 1]) == pytest.approx(121 / 101)
    clustered, plain = share(20, 40, effective=4.0), share(2, 4)
    assert (clustered.value, clustered.low, clustered.high) == (0.5, plain.low, plain.high)


def test_woodruffs_interval_by_hand() -> None:
    # The Wilson interval of 50 of 100 is 40.4% to 59.6%.
    found = woodruff(list(range(101)), 100)
    assert (found.low, found.high) == pytest.approx((40.4, 59.6), abs=0.05)
    wide = woodruff(list(range(101)), 4)
    assert wide.low < 20 < 80 < wide.high


def test_a_share_of_nothing_has_no_number() -> None:
    nothing = share(0, 0)
    assert (nothing.value, nothing.low, nothing.high) == (None, None, None)
    assert share(0, 4).value == 0


def test_median_interval_does_not_depend_on_order_or_run() -> None:
    scores = [float(n * n % 101) for n in range(40)]
    shuffled = random.Random(3).sample(scores, len(scores))
    assert median_interval(scores) == median_interval(shuffled) == median_interval(scores)


def test_fewer_resamples_at_a_time_are_the_same_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.arange(50.0) ** 2
    usual = resampled((values,), np.mean)
    monkeypatch.setattr(stats, "_NUMBERS", 350)
    assert resampled((values,), np.mean) == usual


def test_median_interval_covers_the_true_median_about_95_times_in_100() -> None:
    draw = random.Random(7)
    hits = 0
    for _ in range(300):
        found = median_interval([draw.gauss(50, 15) for _ in range(40)])
        assert found is not None
        hits += found.low <= 50 <= found.high
    assert 0.91 <= hits / 300 <= 0.985


@pytest.mark.parametrize("scores", [[], [1.0], [1.0, 2.0]])
def test_too_few_scores_have_no_interval(scores: list[float]) -> None:
    assert median_interval(scores) is None
    assert (distribution(scores) is None) == (not scores)


def test_percentile_counts_ties_half() -> None:
    assert percentile_rank(2, [1, 2, 2, 3]) == 50
    assert percentile_rank(0, [1, 2]) == 0
    assert percentile_rank(9, [1, 2]) == 100
    assert percentile_rank(1, []) is None
