"""Small groups drawn toward all groups, as far as the groups are alike: empirical Bayes.

The groups' true values are taken to vary about a common one; how much, the groups themselves tell.
That is not known exactly, so its likely values are averaged, weighted by their likelihood: with
the likeliest one alone the intervals would be too short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, betaln, expit

from assess.compare.stats import CONFIDENCE, Interval, Z, wilson

Numbers = NDArray[np.float64]

# Points on each side of the grid of likely values, and how often it is drawn closer around them.
_POINTS: Final = 25
_CLOSER: Final = 3
# Log likelihoods this far below the best (a factor of 160,000) add nothing.
_NEGLIGIBLE: Final = 12.0
# Common shares from 0.01% to 99.99%, as log odds.
_LOG_ODDS: Final = (-9.2, 9.2)
# The spread of groups, 1 / sqrt(a + b) of a beta: from alike to a part in 1,000 to all or nothing.
_SPREAD: Final = (0.001, 2.0)
# Before the data a spread is as likely as its square root: uniform, intervals of groups of five to
# forty cover 93% only (tests/compare/test_simulations.py).
_OF_SPREAD: Final = 0.5
# Means: spreads of up to three times that of the groups' raw means are likely.
_WIDEST: Final = 3.0
_SPREADS: Final = 200
_TAILS: Final = ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2)


@dataclass(frozen=True, slots=True)
class Pooled:
    """A group's value drawn toward all groups, in the unit of what was given."""

    value: float
    interval: Interval

    def within(self, lowest: float, highest: float) -> Pooled:
        """The same on a scale that has ends."""
        value, low, high = (
            min(highest, max(lowest, one))
            for one in (self.value, self.interval.low, self.interval.high)
        )
        return Pooled(value, Interval(low, high))


def pool_shares(counts: Sequence[float], sizes: Sequence[float]) -> list[Pooled | None]:
    """Pooled shares (0 to 1) of groups by a beta-binomial model; None for a group without size.

    Parameters a and b of the groups' beta distribution are averaged by their likelihood over a
    grid of the common share and of the spread ``1 / sqrt(a + b)`` (as in Gelman et al., Bayesian
    Data Analysis, 5.3). One group alone keeps its raw share.

    Args:
        counts: How many of each group have what is counted; may be effective numbers.
        sizes: Of how many.
    """
    k, n = np.asarray(counts, dtype=float), np.asarray(sizes, dtype=float)
    known = n > 0
    if known.sum() < 2:
        return [_alone(float(a), float(b)) for a, b in zip(k, n, strict=True)]
    low, high, mean = _pooled_shares(k[known], n[known])
    return _spread_out(known, mean, low, high)


def _alone(count: float, size: float) -> Pooled | None:
    return Pooled(count / size, wilson(count, size)) if size else None


def _pooled_shares(k: Numbers, n: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    a, b, weight = _likely_betas(k, n)
    size = (a + b)[:, None] + n
    each = (a[:, None] + k) / size
    mean = weight @ each
    variance = weight @ (each * (1 - each) / (size + 1) + (each - mean) ** 2)
    # The mixture of betas by the beta of the same mean and variance.
    strength = mean * (1 - mean) / variance - 1
    first, second = mean * strength, (1 - mean) * strength
    low, high = (np.asarray(betaincinv(first, second, tail), dtype=float) for tail in _TAILS)
    return low, high, mean


def _likely_betas(k: Numbers, n: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Parameters of likely beta distributions of the groups, with their weights (sum 1)."""
    odds, spread = _LOG_ODDS, _SPREAD
    for closer in range(_CLOSER):
        x, y = np.meshgrid(np.linspace(*odds, _POINTS), np.linspace(*spread, _POINTS))
        common, total = expit(x).ravel(), y.ravel() ** -2.0
        a, b = common * total, (1 - common) * total
        likelihood = (betaln(a[:, None] + k, b[:, None] + n - k) - betaln(a, b)[:, None]).sum(1)
        # Uniform in the share, but the grid is even in its log odds.
        likelihood += np.log(common * (1 - common)) + _OF_SPREAD * np.log(y.ravel())
        likely = likelihood > likelihood.max() - _NEGLIGIBLE
        if closer < _CLOSER - 1:
            odds, spread = _around(x.ravel()[likely], odds), _around(y.ravel()[likely], spread)
    weight = np.exp(likelihood - likelihood.max())
    return a, b, weight / weight.sum()


def _around(points: Numbers, ends: tuple[float, float]) -> tuple[float, float]:
    """The range of points and one step of the grid on both sides, within the ends."""
    step = (ends[1] - ends[0]) / (_POINTS - 1)
    return max(ends[0], float(points.min()) - step), min(ends[1], float(points.max()) + step)


def pool_means(means: Sequence[float], variances: Sequence[float]) -> list[Pooled | None]:
    """Pooled means of groups by a normal model; None for a group without a mean (nan).

    The common mean and the groups' standard deviation are uniform before the data. One group
    alone keeps its raw mean.

    Args:
        means: The mean of each group.
        variances: The sampling variance of each mean, above 0.
    """
    y, v = np.asarray(means, dtype=float), np.asarray(variances, dtype=float)
    known = np.isfinite(y)
    if known.sum() < 2:
        half = Z * np.sqrt(v[known])
        return _spread_out(known, y[known], y[known] - half, y[known] + half)
    mean, variance = _pooled_means(y[known], v[known])
    half = Z * np.sqrt(variance)
    return _spread_out(known, mean, mean - half, mean + half)


def _pooled_means(y: Numbers, v: Numbers) -> tuple[Numbers, Numbers]:
    """Posterior means and variances, averaged over likely spreads of the groups."""
    widest = _WIDEST * float(y.std() + np.sqrt(v.min()))
    # The middles of equal steps: of no spread at all the groups' own parts would be 0 / 0.
    spreads = (np.arange(_SPREADS) + 0.5) * widest / _SPREADS
    precision = 1 / (v + spreads[:, None] ** 2)
    of_common = 1 / precision.sum(1)
    common = of_common * (precision @ y)
    squares = (precision * (y - common[:, None]) ** 2).sum(1)
    likelihood = 0.5 * (np.log(of_common) + np.log(precision).sum(1) - squares)
    weight = np.exp(likelihood - likelihood.max())
    weight /= weight.sum()
    drawn = v * precision
    each = drawn * common[:, None] + (1 - drawn) * y
    mean = weight @ each
    own = v * (1 - drawn) + drawn**2 * of_common[:, None]
    return mean, weight @ (own + (each - mean) ** 2)


def _spread_out(
    known: NDArray[np.bool_], value: Numbers, low: Numbers, high: Numbers
) -> list[Pooled | None]:
    """Results in the groups' places."""
    found = iter(zip(value, low, high, strict=True))
    pooled: list[Pooled | None] = []
    for there in known:
        of_group = next(found) if there else None
        pooled.append(of_group and _pooled(*map(float, of_group)))
    return pooled


def _pooled(value: float, low: float, high: float) -> Pooled:
    return Pooled(value, Interval(low, high))
