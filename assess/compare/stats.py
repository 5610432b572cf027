"""Shares, quantiles and their 95% intervals: thin functions over scipy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CONFIDENCE = 0.95
# The normal deviate of a two-sided interval.
Z: Final = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
# Enough for the ends of a 95% interval to be stable to about one point of a 0-100 score.
RESAMPLES = 1999
# Resamples held at once: 5,000 scores x 200 x 8 bytes stays near 8 MB.
BATCH = 200
# Of sums of rows: 30,000 organisations x 32 x 8 bytes stays near 8 MB.
SUMS_BATCH = 32
# Of more the ends of a median's interval are told by a formula: they are within one of its ranks of
# those of resampling.
MANY = 200
# Of very many values fewer resamples are made at a time; the same ones.
_NUMBERS = 1_000_000
# Of fewer there is nothing to resample.
FEWEST = 3
# Any fixed number: the same scores must always give the same interval.
SEED = 54


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95% interval, in the unit of what it is about."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``of``, with its Wilson interval (0 to 1); no number where ``of`` is 0."""

    count: int
    of: int
    low: float | None
    high: float | None

    @property
    def value(self) -> float | None:
        """The share, 0 to 1."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Distribution:
    """Quartiles of ``n`` scores; ``interval`` is of the median."""

    n: int
    lower_quartile: float
    median: float
    upper_quartile: float
    interval: Interval | None
    """None for fewer than three scores: nothing to resample."""


def wilson(successes: float, n: float) -> Interval:
    """The Wilson score interval of a proportion; ``n`` is above 0, and may be an effective one."""
    share, square = successes / n, Z * Z / n
    middle = (share + square / 2) / (1 + square)
    half = Z * sqrt(share * (1 - share) / n + square / (4 * n)) / (1 + square)
    low = 0.0 if share <= 0 else max(0.0, middle - half)
    high = 1.0 if share >= 1 else min(1.0, middle + half)
    return Interval(low, high)


def effective_size(weights: Iterable[float]) -> float:
    """Kish's effective number of observations that count ``weights`` times: (sum w)^2 / sum w^2.

    Ten organisations of one statement are one observation, not ten; 0.0 without weights.
    """
    total = squares = 0.0
    for weight in weights:
        total += weight
        squares += weight * weight
    return total * total / squares if squares else 0.0


def share(count: int, of: int, effective: float | None = None) -> Share:
    """A share with its interval; never 0% of nothing.

    Args:
        effective: How many independent observations the ``of`` are worth (`effective_size`), where
            not all of them are: organisations of one group share one statement. The interval is
            that of so many observations.
    """
    if of == 0:
        return Share(count, of, None, None)
    size = of if effective is None else effective
    interval = wilson(count / of * size, size)
    return Share(count, of, interval.low, interval.high)


def quantiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile (``values`` not empty)."""
    import numpy as np

    low, middle, high = np.quantile(np.asarray(values, dtype=float), [0.25, 0.5, 0.75])
    return float(low), float(middle), float(high)


def median_interval(values: Sequence[float]) -> Interval | None:
    """Percentile bootstrap interval of the median; the same in whatever order values come.

    Of many values Woodruff's: the share of resamples whose median lies below a value is the chance
    that half of them do, whose ends his are, without drawing millions of them.
    """
    import numpy as np

    if len(values) < FEWEST:
        return None
    if len(values) > MANY:
        return woodruff(values, len(values))
    return resampled((np.sort(np.asarray(values, dtype=float)),), np.median)


def woodruff(values: Sequence[float], effective: float) -> Interval:
    """Woodruff's interval of the median of ``values`` (not empty) worth ``effective`` observations.

    The ends are the quantiles at the ends of the Wilson interval of one half: for values that come
    in clusters, which cannot be resampled one by one.
    """
    import numpy as np

    around = wilson(effective / 2, effective)
    low, high = np.quantile(np.asarray(values, dtype=float), [around.low, around.high])
    return Interval(float(low), float(high))


def resampled(data: Sequence[NDArray[np.float64]], statistic: Callable[..., Any]) -> Interval:
    """Percentile bootstrap interval of a statistic of one or more columns of the same rows."""
    import numpy as np
    from scipy.stats import bootstrap

    found = bootstrap(
        data,
        statistic,
        paired=len(data) > 1,
        confidence_level=CONFIDENCE,
        n_resamples=RESAMPLES,
        batch=max(1, min(BATCH, _NUMBERS // data[0].size)),
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return Interval(float(found.low), float(found.high))


def resampled_sums(
    rows: NDArray[np.float64], statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> list[Interval]:
    """Percentile bootstrap intervals of what follows from sums over rows, rows drawn together.

    Args:
        rows: n x columns.
        statistic: Of sums (resamples x columns) the statistics (resamples x statistics).
    """
    import numpy as np

    rng, size = np.random.default_rng(SEED), len(rows)
    sums = []
    for first in range(0, RESAMPLES, SUMS_BATCH):
        number = min(SUMS_BATCH, RESAMPLES - first)
        drawn = rng.integers(0, size, (number, size))
        drawn += np.arange(number)[:, None] * size
        # How often each row was drawn: sums are then one product of matrices.
        times = np.bincount(drawn.ravel(), minlength=number * size).reshape(number, size)
        sums.append(times @ rows)
    tails = ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2)
    low, high = np.quantile(statistic(np.concatenate(sums)), tails, axis=0)
    return [Interval(float(a), float(b)) for a, b in zip(low, high, strict=True)]


def distribution(values: Sequence[float]) -> Distribution | None:
    """Quartiles and median interval; None where there are no values."""
    if not values:
        return None
    low, middle, high = quantiles(values)
    return Distribution(len(values), low, middle, high, median_interval(values))


def percentile_rank(value: float, among: Sequence[float]) -> float | None:
    """Mid-rank percentile (0 to 100) of ``value``; None where there is nobody to rank among."""
    from scipy.stats import percentileofscore

    return float(percentileofscore(among, value, kind="mean")) if among else None
