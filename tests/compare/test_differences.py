"""Differences against published values, scipy, and what must not be told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from assess.compare.differences import Sample, q_values, score_difference, share_difference
from assess.compare.stats import share


def sample(
    values: Sequence[float], weights: Sequence[float] = (), clusters: Sequence[int] = ()
) -> Sample:
    return Sample(
        np.array(values, dtype=float),
        np.array(weights or np.ones(len(values)), dtype=float),
        np.array(clusters or range(len(values)), dtype=np.int64),
    )


def test_newcombe_agrees_with_published_values() -> None:
    # Newcombe (1998, Statistics in Medicine 17:873), method 10: 56/70 - 48/80, and 10/10 - 0/10.
    found = share_difference(share(56, 70), share(48, 80))
    assert found is not None
    assert (found.difference, found.interval.low, found.interval.high) == pytest.approx(
        (0.2, 0.0524, 0.3339), abs=5e-5
    )
    whole = share_difference(share(10, 10), share(0, 10))
    assert whole is not None
    assert (whole.interval.low, whole.interval.high) == pytest.approx((0.6075, 1.0), abs=5e-5)


def test_cohens_h_and_fisher() -> None:
    found = share_difference(share(3, 4), share(1, 4))
    assert found is not None
    assert found.effect == pytest.approx(np.pi / 3)
    assert found.p_value == pytest.approx(34 / 70)  # the lady tasting tea


@pytest.mark.parametrize(
    ("one", "rest"), [((0, 0), (3, 9)), ((0, 5), (0, 9)), ((5, 5), (9, 9)), ((1, 4), (0, 0))]
)
def test_no_difference_is_told_of_nothing_or_where_all_are_alike(
    one: tuple[int, int], rest: tuple[int, int]
) -> None:
    assert share_difference(share(*one), share(*rest)) is None


def test_a_hundred_organisations_of_one_statement_prove_nothing() -> None:
    rest = share(10, 100)
    alone, clustered = share(100, 100), share(100, 100, effective=1.0)
    plain = share_difference(alone, rest)
    found = share_difference(clustered, rest, (1.0, 100.0))
    assert plain is not None
    assert found is not None
    assert plain.p_value < 1e-6 < 0.05 < found.p_value
    assert found.interval.low < plain.interval.low


def test_cliffs_delta_by_hand() -> None:
    found = score_difference(sample([3, 5]), sample([1, 3, 4]))
    assert found is not None
    assert found.effect == pytest.approx((4 - 1) / 6)
    assert -1 <= found.interval.low < found.effect < found.interval.high <= 1


def test_groups_apart_have_delta_one_with_an_interval_that_is_not() -> None:
    found = score_difference(sample(range(10, 20)), sample(range(10)))
    assert found is not None
    assert (found.effect, found.interval.high) == (1, 1)
    assert 0.3 < found.interval.low < 0.6


def test_equal_scores_have_no_difference() -> None:
    assert score_difference(sample([4, 4]), sample([4])) is None
    assert score_difference(sample([]), sample([4, 5])) is None


values = st.lists(st.integers(0, 6), min_size=12, max_size=40)


@given(values, values)
def test_the_clustered_form_is_mann_whitneys_where_each_is_its_own_cluster(
    one: list[int], rest: list[int]
) -> None:
    # Weight 2 each: the clustered way, with what is no cluster.
    twice = [2.0] * max(len(one), len(rest))
    found = score_difference(sample(one, twice[: len(one)]), sample(rest, twice[: len(rest)]))
    plain = score_difference(sample(one), sample(rest))
    assert (found is None) == (plain is None)
    if found and plain:
        assert found.effect == pytest.approx(plain.effect)
        uncorrected = mannwhitneyu(one, rest, use_continuity=False, method="asymptotic")
        assert found.p_value == pytest.approx(float(uncorrected.pvalue), abs=1e-9)


def test_scores_of_one_cluster_count_as_one() -> None:
    rest = sample(range(40))
    apart = score_difference(sample([38] * 10), rest)
    together = score_difference(sample([38] * 10, clusters=[7] * 10), rest)
    assert apart is not None
    assert together is not None
    assert apart.effect == together.effect
    assert apart.p_value < 0.001 < 0.05 < together.p_value


def test_q_values_are_those_of_benjamini_and_hochberg() -> None:
    p = [0.01, 0.04, 0.03, None, 0.005]
    assert q_values(p) == pytest.approx([0.02, 0.04, 0.04, None, 0.02])
    assert q_values([None]) == [None]
