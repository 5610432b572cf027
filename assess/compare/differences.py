"""One group against the rest: how large the difference is, and whether chance can explain it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import asin, isnan, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln
from scipy.stats import false_discovery_control, mannwhitneyu, norm
from scipy.stats import t as student

from assess.compare.stats import CONFIDENCE, Interval, Share, Z, effective_size

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ShareDifference:
    """A share less that of the rest, -1 to 1."""

    difference: float
    interval: Interval
    """Newcombe's hybrid score interval."""
    effect: float
    """Cohen's h: about 0.2 is small, 0.5 medium, 0.8 large."""
    p_value: float
    """Fisher's exact test, two-sided."""


@dataclass(frozen=True, slots=True)
class ScoreDifference:
    """How a group's scores lie against those of the rest."""

    effect: float
    """Cliff's delta, -1 to 1: the probability that one of the group is higher, less that it is
    lower; about 0.15 is small, 0.33 medium, 0.47 large."""
    interval: Interval
    p_value: float
    """Mann-Whitney's test, two-sided; where scores come in clusters, of their effective number."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Scores, how often each counts, and which cluster (document) each belongs to."""

    values: Numbers
    weights: Numbers
    clusters: NDArray[np.int64]


def share_difference(
    one: Share, rest: Share, effective: tuple[float, float] | None = None
) -> ShareDifference | None:
    """Compare two shares of disjoint groups; None where a group is empty or all are alike.

    Args:
        effective: The effective numbers of the two (see `stats.share`), where they have any: the
            test is then one of so many observations, rounded down.
    """
    if one.value is None or rest.value is None or one.count + rest.count in (0, one.of + rest.of):
        return None
    sizes = effective or (float(one.of), float(rest.of))
    table = [_effective_counts(found, size) for found, size in zip((one, rest), sizes, strict=True)]
    return ShareDifference(
        one.value - rest.value,
        _newcombe(one, rest),
        2 * asin(sqrt(one.value)) - 2 * asin(sqrt(rest.value)),
        fisher(*table),
    )


def fisher(one: tuple[int, int], other: tuple[int, int]) -> float:
    """The two-sided p-value of Fisher's exact test of two rows of counts.

    As `scipy.stats.fisher_exact`, which takes a hundred times as long: a comparison of sectors has
    two thousand of these.
    """
    (a, b), (c, d) = one, other
    cells = np.arange(max(0, a - d), min(a + b, a + c) + 1)
    logs = _log_factorials((a + b + c + d).bit_length())
    chance = -(logs[cells] + logs[a + b - cells] + logs[a + c - cells] + logs[d - a + cells])
    likely = np.exp(chance - chance.max())
    # Tables as likely as this one, but for rounding, count as well.
    as_rare = likely <= likely[a - cells[0]] * (1 + 1e-7)
    return float(min(1.0, likely[as_rare].sum() / likely.sum()))


@cache
def _log_factorials(bits: int) -> Numbers:
    """Logarithms of the factorials of all numbers of so many bits."""
    logs: Numbers = gammaln(np.arange(1 << bits) + 1.0)
    return logs


def _effective_counts(found: Share, size: float) -> tuple[int, int]:
    # Just below a whole number is that number: sums of weights are floats.
    of = int(size + 1e-6)
    count = round(found.count / found.of * of)
    return count, of - count


def _newcombe(one: Share, rest: Share) -> Interval:
    p, low, high = _with_ends(one)
    q, rest_low, rest_high = _with_ends(rest)
    return Interval(
        p - q - sqrt((p - low) ** 2 + (rest_high - q) ** 2),
        p - q + sqrt((high - p) ** 2 + (q - rest_low) ** 2),
    )


def _with_ends(found: Share) -> tuple[float, float, float]:
    if found.value is None or found.low is None or found.high is None:
        raise ValueError("the share of an empty group has no interval")
    return found.value, found.low, found.high


def score_difference(one: Sample, rest: Sample) -> ScoreDifference | None:
    """Compare scores of disjoint groups; None where one is empty or all scores are equal."""
    together = np.concatenate((one.values, rest.values))
    if not one.values.size or not rest.values.size or np.ptp(together) == 0:
        return None
    of_one, of_rest = _above(one, rest), _above(rest, one)
    delta = float(of_one @ one.weights / one.weights.sum())
    variances = _variance(of_one - delta, one), _variance(of_rest + delta, rest)
    if _is_plain(one) and _is_plain(rest):
        p_value = float(mannwhitneyu(one.values, rest.values).pvalue)
    else:
        p_value = _clustered_p(delta, one, rest)
    return ScoreDifference(
        delta, _delta_interval(delta, variances, (_clusters(one), _clusters(rest))), p_value
    )


def _above(one: Sample, other: Sample) -> Numbers:
    """For each score of one, the share of the other below it less the share above it."""
    order = np.argsort(other.values, kind="stable")
    values = other.values[order]
    total = np.concatenate(([0.0], np.cumsum(other.weights[order])))
    below = total[np.searchsorted(values, one.values, side="left")]
    not_above = total[np.searchsorted(values, one.values, side="right")]
    found: Numbers = (below + not_above) / total[-1] - 1
    return found


def _sums(values: Numbers, sample: Sample) -> Numbers:
    """Weighted sums by cluster."""
    _, places = np.unique(sample.clusters, return_inverse=True)
    return np.bincount(places, values * sample.weights).astype(float)


def _variance(deviations: Numbers, sample: Sample) -> float:
    """The variance of a weighted mean of what deviates so, clusters being independent."""
    sums = _sums(deviations, sample)
    correction = sums.size / (sums.size - 1) if sums.size > 1 else 1.0
    return float(correction * (sums**2).sum() / sample.weights.sum() ** 2)


def _delta_interval(
    delta: float, variances: tuple[float, float], sizes: tuple[int, int]
) -> Interval:
    """Cliff's asymmetric interval (Feng and Cliff 2004) with Welch's degrees of freedom."""
    if abs(delta) == 1:
        near = (min(sizes) - Z**2) / (min(sizes) + Z**2)
        return Interval(near, 1.0) if delta > 0 else Interval(-1.0, -near)
    # What only few scores make too small.
    variance = max(sum(variances), (1 - delta**2) / (sizes[0] * sizes[1]))
    square = variance * _deviate(variances, sizes) ** 2
    half = sqrt(square) * sqrt((1 - delta**2) ** 2 + square)
    below = 1 - delta**2 + square
    middle = delta - delta**3
    return Interval(max(-1.0, (middle - half) / below), min(1.0, (middle + half) / below))


def _deviate(variances: tuple[float, float], sizes: tuple[int, int]) -> float:
    """Student's, as the variances are estimated; of few scores it is much above the normal one."""
    parts = [
        variance**2 / max(1, size - 1) for variance, size in zip(variances, sizes, strict=True)
    ]
    freedom = sum(variances) ** 2 / sum(parts) if sum(parts) else min(sizes)
    return float(student.ppf((1 + CONFIDENCE) / 2, freedom))


def _clusters(sample: Sample) -> int:
    return int(np.unique(sample.clusters).size)


def _is_plain(sample: Sample) -> bool:
    return bool((sample.weights == 1).all()) and _clusters(sample) == sample.values.size


def _clustered_p(delta: float, one: Sample, rest: Sample) -> float:
    """Mann-Whitney's test, corrected for ties, of as many scores as the samples are worth."""
    together = Sample(
        np.concatenate((one.values, rest.values)),
        np.concatenate((one.weights, rest.weights)),
        np.concatenate((one.clusters, rest.clusters)),
    )
    ranks = _above(together, together)
    spread = float(np.average(ranks**2, weights=together.weights))
    first, second = _worth(one), _worth(rest)
    number = first + second
    variance = spread * (1 / first + 1 / second) * number / (number - 1)
    return float(2 * norm.sf(abs(delta) / sqrt(variance)))


def _worth(sample: Sample) -> float:
    return effective_size(_sums(np.ones(sample.values.size), sample))


def q_values(p_values: Sequence[float | None]) -> list[float | None]:
    """Benjamini-Hochberg adjusted p values of one family of tests; None stays None.

    Of the differences with q of at most 0.05, at most 5% are expected to be due to chance.
    """
    made = [value for value in p_values if value is not None and not isnan(value)]
    adjusted = iter(false_discovery_control(made)) if made else iter(())
    return [None if value is None or isnan(value) else float(next(adjusted)) for value in p_values]
