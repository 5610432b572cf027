"""What intervals, pooling and tests promise, on made data whose truth is known (seeded)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from assess.compare.differences import (
    Sample,
    ShareDifference,
    q_values,
    score_difference,
    share_difference,
)
from assess.compare.pooling import Pooled, pool_means, pool_shares
from assess.compare.stats import Interval, median_interval, share, wilson, woodruff

RUNS = 400
FEWEST, MOST = 0.93, 0.97


def hit(interval: Interval, truth: float) -> bool:
    return interval.low <= truth <= interval.high


@pytest.fixture
def draw() -> np.random.Generator:
    return np.random.default_rng(54)


@pytest.mark.parametrize("n", [10, 30, 100, 1000])
def test_wilson_intervals_cover(n: int) -> None:
    """Exactly, averaged over shares: at one share alone, coverage jumps as counts are whole."""
    from scipy.stats import binom

    counts = np.arange(n + 1)
    found = [wilson(int(count), n) for count in counts]
    covered = [
        binom.pmf(counts, n, p)[[hit(interval, p) for interval in found]].sum()
        for p in np.linspace(0.02, 0.98, 97)
    ]
    assert FEWEST <= np.mean(covered) <= MOST


@pytest.mark.parametrize("n", [30, 60])
def test_bootstrapped_medians_cover(n: int, draw: np.random.Generator) -> None:
    truth = 50 * np.log(2)
    hits = 0
    for _ in range(RUNS):
        interval = median_interval(draw.exponential(50, n).tolist())
        assert interval is not None
        hits += hit(interval, truth)
    assert FEWEST <= hits / RUNS <= MOST


def test_medians_of_clusters_cover(draw: np.random.Generator) -> None:
    """Statements that count for one to nine organisations."""
    hits = 0
    for _ in range(RUNS):
        weights = draw.integers(1, 10, 60)
        values = np.repeat(draw.normal(50, 15, 60), weights)
        effective = weights.sum() ** 2 / (weights**2).sum()
        hits += hit(woodruff(values.tolist(), float(effective)), 50)
    assert FEWEST <= hits / RUNS <= MOST


def test_shares_of_clusters_cover(draw: np.random.Generator) -> None:
    """Averaged over shares; by the number of organisations they would cover far too seldom."""
    hits = naive = 0
    for p in np.repeat([0.1, 0.2, 0.35, 0.5], RUNS):
        weights = draw.integers(1, 10, 60)
        count = int(weights[draw.random(60) < p].sum())
        of = int(weights.sum())
        effective = float(of**2 / (weights**2).sum())
        found, plain = share(count, of, effective), share(count, of)
        hits += hit(Interval(found.low or 0.0, found.high or 0.0), p)
        naive += hit(Interval(plain.low or 0.0, plain.high or 0.0), p)
    assert FEWEST <= hits / (4 * RUNS) <= MOST
    assert naive / (4 * RUNS) < 0.8


def made_shares(
    draw: np.random.Generator, runs: int
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]]:
    """True shares, counts and sizes of 20 groups, over a range of common shares and spreads."""
    for _ in range(runs):
        for common, strength in ((0.05, 20), (0.2, 10), (0.2, 50), (0.5, 20)):
            sizes = draw.choice([5, 10, 40, 200, 1000], 20)
            true = draw.beta(common * strength, (1 - common) * strength, 20)
            yield true, draw.binomial(sizes, true), sizes


def errors(
    found: list[Pooled | None], true: NDArray[np.float64], raw: NDArray[np.float64]
) -> tuple[float, float, float]:
    """Mean coverage, and mean squared errors of pooled and raw values."""
    pooled = np.array([one.value for one in found if one])
    covered = [hit(one.interval, value) for one, value in zip(found, true, strict=True) if one]
    return (
        float(np.mean(covered)),
        float(np.mean((pooled - true) ** 2)),
        float(np.mean((raw - true) ** 2)),
    )


def test_pooled_shares_cover_and_err_less(draw: np.random.Generator) -> None:
    found = np.array(
        [
            errors(pool_shares(counts.tolist(), sizes.tolist()), true, counts / sizes)
            for true, counts, sizes in made_shares(draw, 40)
        ]
    )
    coverage, pooled, raw = found.mean(0)
    assert FEWEST <= coverage <= MOST
    assert pooled < 0.8 * raw


def test_pooling_lowers_the_error_of_small_groups_most(draw: np.random.Generator) -> None:
    small: list[tuple[float, float]] = []
    for true, counts, sizes in made_shares(draw, 20):
        pooled = pool_shares(counts.tolist(), sizes.tolist())
        small += [
            ((one.value - true[place]) ** 2, (counts[place] / sizes[place] - true[place]) ** 2)
            for place, one in enumerate(pooled)
            if one and sizes[place] <= 10
        ]
    pooled_error, raw_error = np.mean(small, 0)
    assert pooled_error < 0.6 * raw_error


def test_pooled_means_cover_and_err_less(draw: np.random.Generator) -> None:
    found = []
    for spread in np.repeat([3, 5, 10], 100):
        true, sizes = draw.normal(50, spread, 20), draw.choice([5, 10, 50, 200], 20)
        raw = true + draw.normal(0, 15, 20) / np.sqrt(sizes)
        found.append(errors(pool_means(raw.tolist(), (225 / sizes).tolist()), true, raw))
    coverage, pooled, raw_error = np.mean(found, 0)
    assert FEWEST <= coverage <= MOST
    assert pooled < 0.8 * raw_error


def plain(values: NDArray[np.float64]) -> Sample:
    return Sample(values, np.ones(values.size), np.arange(values.size))


@pytest.mark.parametrize("make", [lambda values: values, lambda values: np.round(values * 2)])
def test_intervals_of_cliffs_delta_cover(
    make: Callable[[NDArray[np.float64]], NDArray[np.float64]], draw: np.random.Generator
) -> None:
    """Averaged over shifts and sizes, with and without ties."""
    covered = []
    for shift in (0.0, 0.5, 1.0):
        many = [plain(make(draw.normal(mean, 1, 200_000))) for mean in (shift, 0)]
        truth = score_difference(*many)
        assert truth is not None
        for n, rest in ((12, 200), (40, 40), (60, 400)):
            for _ in range(RUNS // 2):
                one, other = draw.normal(shift, 1, n), draw.normal(0, 1, rest)
                found = score_difference(plain(make(one)), plain(make(other)))
                assert found is not None
                covered.append(hit(found.interval, truth.effect))
    assert FEWEST <= np.mean(covered) <= MOST


def test_scores_of_clusters_are_told_apart_no_more_often_than_promised(
    draw: np.random.Generator,
) -> None:
    """Statements that count for one to nine organisations, from one distribution."""

    def made(n: int) -> Sample:
        return Sample(draw.normal(50, 15, n), draw.integers(1, 10, n).astype(float), np.arange(n))

    covered, found = [], []
    for _ in range(2 * RUNS):
        difference = score_difference(made(25), made(150))
        assert difference is not None
        covered.append(hit(difference.interval, 0))
        found.append(difference.p_value <= 0.05)
    assert FEWEST <= np.mean(covered) <= MOST
    assert 0.03 <= np.mean(found) <= 0.07


def against_rest(
    counts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> list[ShareDifference | None]:
    return [
        share_difference(
            share(int(count), int(of)), share(int(counts.sum() - count), int(sizes.sum() - of))
        )
        for count, of in zip(counts, sizes, strict=True)
    ]


def discovered(family: list[ShareDifference | None]) -> NDArray[np.int64]:
    """1 for a group found above the rest, -1 below, 0 where no difference is shown."""
    adjusted = q_values([one.p_value if one else None for one in family])
    return np.array(
        [
            int(np.sign(one.difference)) if one and q is not None and q <= 0.05 else 0
            for one, q in zip(family, adjusted, strict=True)
        ]
    )


def test_few_discoveries_are_false(draw: np.random.Generator) -> None:
    """Of 20 groups two are above the rest in half of 10 measures.

    There the 18 others truly lie below the rest, which holds the two: told so, that is not false.
    """
    false, power = [], []
    for _ in range(60):
        family: list[ShareDifference | None] = []
        truth: list[int] = []
        for measure in range(10):
            planted = (np.arange(20) < 2) & (measure < 5)
            sizes = draw.choice([20, 60, 200], 20)
            family += against_rest(draw.binomial(sizes, np.where(planted, 0.6, 0.3)), sizes)
            truth += np.where(planted, 1, -int(measure < 5)).tolist()
        found, true = discovered(family), np.array(truth)
        false.append(((found != 0) & (found != true)).sum() / max(1, (found != 0).sum()))
        power.append((found[true == 1] == 1).mean())
    # The mean of 60 such proportions is known to about 0.02.
    assert np.mean(false) <= 0.05 + 0.02
    assert np.mean(power) > 0.6


def test_without_any_difference_hardly_anything_is_discovered(draw: np.random.Generator) -> None:
    """Where nothing is planted every discovery is false: in at most 5% of the simulations."""
    some = 0
    for _ in range(100):
        sizes = draw.integers(15, 400, 23)
        some += bool(discovered(against_rest(draw.binomial(sizes, 0.25), sizes)).any())
    assert some / 100 <= 0.05 + 0.04


def test_a_planted_sector_of_minimal_compliance_is_found_and_no_other(
    draw: np.random.Generator,
) -> None:
    """Of 23 sectors one, of 120 statements, has 40% flagged, the others 20%."""
    shares = np.array([0.4, *[0.2] * 22])
    found = []
    for _ in range(100):
        sizes = np.array([120, *draw.integers(15, 400, 22)])
        found.append(discovered(against_rest(draw.binomial(sizes, shares), sizes)))
    planted, others = np.array(found)[:, 0], np.array(found)[:, 1:]
    assert (planted == 1).mean() >= 0.9
    # In at most one simulation of ten any of the 22 others is accused.
    assert (others == 1).any(1).mean() <= 0.1
