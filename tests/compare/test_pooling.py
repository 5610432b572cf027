"""Small groups are drawn toward all, large ones stay, and nothing is made of nothing."""

from __future__ import annotations

import pytest

from assess.compare.pooling import Pooled, pool_means, pool_shares
from assess.compare.stats import wilson


def some(found: list[Pooled | None]) -> list[Pooled]:
    assert None not in found
    return [one for one in found if one]


def test_a_small_group_is_drawn_further_than_a_large_one() -> None:
    small, large, *_ = some(pool_shares([3, 240, 20, 30, 25, 35], [4, 400, *[100] * 4]))
    assert 0.3 < small.value < 0.65
    assert large.value == pytest.approx(0.6, abs=0.02)
    assert small.interval.low < small.value < small.interval.high


def test_groups_that_are_alike_become_one() -> None:
    found = some(pool_shares([20] * 10, [100] * 10))
    assert [one.value for one in found] == pytest.approx([0.2] * 10, abs=0.01)
    assert (
        found[0].interval.high - found[0].interval.low < wilson(20, 100).high - wilson(20, 100).low
    )


def test_groups_that_differ_much_keep_their_shares() -> None:
    found = some(pool_shares([100, 500, 900], [1000] * 3))
    assert [one.value for one in found] == pytest.approx([0.1, 0.5, 0.9], abs=0.01)


@pytest.mark.parametrize("count", [0, 5])
def test_all_or_none_of_every_group_gives_shares_within_0_and_1(count: int) -> None:
    for one in some(pool_shares([count] * 3, [5] * 3)):
        assert 0 <= one.interval.low <= one.value <= one.interval.high <= 1


def test_one_group_keeps_its_share_and_an_empty_one_has_none() -> None:
    assert pool_shares([3], [10]) == [Pooled(0.3, wilson(3, 10))]
    assert pool_shares([3, 0], [10, 0])[1] is None
    assert pool_shares([], []) == []


def test_shares_do_not_depend_on_the_order_of_groups() -> None:
    one = some(pool_shares([1, 8, 30], [5, 10, 90]))
    other = some(pool_shares([30, 1, 8], [90, 5, 10]))
    assert [found.value for found in one] == pytest.approx(
        [other[place].value for place in (1, 2, 0)]
    )


def test_means_are_drawn_by_how_unsure_they_are() -> None:
    unsure, sure, *_ = some(pool_means([90, 90, 50, 52, 48, 50], [100, 1, 1, 1, 1, 1]))
    assert 50 < unsure.value < 88 < sure.value < 90


def test_one_mean_is_kept_and_an_unknown_one_stays_unknown() -> None:
    (alone,) = some(pool_means([40], [4]))
    assert alone.value == 40
    assert alone.interval.low == pytest.approx(40 - 1.96 * 2, abs=0.01)
    assert pool_means([40, float("nan"), 44], [4, 1, 4])[1] is None


def test_equal_means_stay_what_they_are() -> None:
    assert [one.value for one in some(pool_means([60, 60, 60], [4, 9, 1]))] == pytest.approx(
        [60] * 3
    )


def test_a_pooled_value_stays_on_its_scale() -> None:
    found = Pooled(1.02, wilson(1, 2)).within(0, 1)
    assert (found.value, found.interval) == (1, wilson(1, 2))
