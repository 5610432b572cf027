"""Shares and scores of groups side by side: intervals, pooled values, differences to the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assess.compare.differences import (
    Sample,
    ScoreDifference,
    ShareDifference,
    q_values,
    score_difference,
    share_difference,
)
from assess.compare.membership import Group, Groups
from assess.compare.observations import SCORES, Measured, Observations
from assess.compare.pooling import Pooled, pool_means, pool_shares
from assess.compare.stats import Distribution, Share, distribution, quantiles, share, woodruff

Numbers = NDArray[np.float64]

# How far a score can go; a pooled interval does not go beyond.
_HIGHEST: Final = {"compliance": 100.0, "substance": 100.0, "minimal_index": 1.0}


@dataclass(frozen=True, slots=True)
class GroupShare:
    """How many of a group reach one level of one measure."""

    measured: Measured
    share: Share
    effective: float
    """How many independent observations the denominator is worth (`stats.effective_size`)."""
    pooled: Pooled | None = None
    difference: ShareDifference | None = None
    """To the rest; None where either is too few."""
    q_value: float | None = None


@dataclass(frozen=True, slots=True)
class GroupScore:
    """The scores of a group."""

    score: str
    distribution: Distribution | None
    mean: float | None
    effective: float
    pooled: Pooled | None = None
    difference: ScoreDifference | None = None
    q_value: float | None = None


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One group with all that is told of it."""

    group: Group
    effective: float
    """Of its assessed units."""
    shares: tuple[GroupShare, ...]
    scores: tuple[GroupScore, ...]


def compare_groups(
    observed: Observations,
    groups: Groups,
    minimum: int,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> tuple[GroupResult, ...]:
    """Every group, then all, those in none, and those without a registry row.

    Tests are made where the group and the rest are worth at least ``minimum`` observations each;
    all tests together are the family within which false discoveries are controlled.
    """
    steps = len(groups.groups) + 1
    results: list[GroupResult] = []
    tests: list[Tests] = []
    for group in groups.groups:
        found = _result(observed, group)
        results.append(found)
        tests.append(_against(observed, found, _rest(groups.compared, group), minimum))
        progress(len(results), steps)
    compared = _with_tests(_with_pooled(observed, results), tests)
    others = [_result(observed, group) for group in groups.beside]
    progress(steps, steps)
    return (*compared, *others)


def _result(observed: Observations, group: Group) -> GroupResult:
    assessed = observed.assessed[group.rows]
    _, effective = _sizes(observed, group, assessed[:, None])
    return GroupResult(
        group, float(effective[0]), _shares(observed, group), _scores(observed, group)
    )


def _rest(compared: Group, group: Group) -> Group:
    """Whoever is compared, without the group."""
    weights = np.zeros(1 + max(compared.rows.max(initial=0), group.rows.max(initial=0)))
    weights[compared.rows] = compared.weights
    weights[group.rows] -= group.weights
    rows = np.flatnonzero(weights > 0)
    return replace(group, rows=rows, weights=weights[rows])


def _sizes(
    observed: Observations, group: Group, there: NDArray[np.bool_]
) -> tuple[Numbers, Numbers]:
    """Sums of weights, and effective numbers, of each column of what is there.

    Rows of one document are one cluster: they are one observation, however often it counts.
    """
    total, squares = np.zeros((2, there.shape[1]))
    if not group.rows.size:
        return total, total
    documents = observed.documents[group.rows]
    order = np.argsort(documents, kind="stable")
    _, starts = np.unique(documents[order], return_index=True)
    for column in range(there.shape[1]):  # one by one: together they are many numbers a row
        weights = group.weights * there[:, column]
        total[column] = weights.sum()
        if starts.size < documents.size:
            weights = np.add.reduceat(weights[order], starts)
        squares[column] = (weights**2).sum()
    return total, np.divide(total**2, squares, out=np.zeros_like(total), where=squares > 0)


def _shares(observed: Observations, group: Group) -> tuple[GroupShare, ...]:
    outcomes = observed.outcomes[group.rows]
    sizes, effective = _sizes(observed, group, outcomes >= 0)
    counts = [group.weights @ (column == 1) for column in outcomes.T]
    return tuple(
        GroupShare(measured, share(int(count), int(of), float(worth)), float(worth))
        for measured, count, of, worth in zip(
            observed.measures, counts, sizes, effective, strict=True
        )
    )


def _scores(observed: Observations, group: Group) -> tuple[GroupScore, ...]:
    _, effective = _sizes(observed, group, np.isfinite(observed.scores[group.rows]))
    return tuple(
        _score(name, _sample(observed, group, place), float(effective[place]))
        for place, name in enumerate(SCORES)
    )


def _sample(observed: Observations, group: Group, score: int) -> Sample:
    values = observed.scores[group.rows, score]
    there = np.isfinite(values)
    return Sample(values[there], group.weights[there], observed.documents[group.rows][there])


def _score(name: str, sample: Sample, effective: float) -> GroupScore:
    if not sample.values.size:
        return GroupScore(name, None, None, 0.0)
    mean = float(np.average(sample.values, weights=sample.weights))
    values = np.repeat(sample.values, sample.weights.astype(int))
    if effective == values.size:
        return GroupScore(name, distribution(values.tolist()), mean, effective)
    interval = woodruff(values.tolist(), effective)
    found = Distribution(values.size, *quantiles(values.tolist()), interval)
    return GroupScore(name, found, mean, effective)


def _with_pooled(observed: Observations, results: Sequence[GroupResult]) -> list[GroupResult]:
    """The groups' values drawn toward one another."""
    by_measure = [
        pool_shares(
            [(one.share.value or 0.0) * one.effective for one in of_measure],
            [one.effective for one in of_measure],
        )
        for of_measure in zip(*(one.shares for one in results), strict=True)
    ]
    by_score = [
        _pooled_scores(observed, results, place) for place in range(len(SCORES) if results else 0)
    ]
    return [
        replace(
            one,
            shares=tuple(
                replace(found, pooled=pooled[place])
                for found, pooled in zip(one.shares, by_measure, strict=True)
            ),
            scores=tuple(
                replace(found, pooled=pooled[place])
                for found, pooled in zip(one.scores, by_score, strict=True)
            ),
        )
        for place, one in enumerate(results)
    ]


def _pooled_scores(
    observed: Observations, results: Sequence[GroupResult], score: int
) -> list[Pooled | None]:
    """Pooled means; the variance within groups is that of all groups, as a small one's is chance.

    None where no group has two scores that differ: nothing tells how sure a mean is.
    """
    squares = freedom = 0.0
    for one in results:
        mean, worth = one.scores[score].mean, one.scores[score].effective
        if mean is not None:
            sample = _sample(observed, one.group, score)
            spread = float(np.average((sample.values - mean) ** 2, weights=sample.weights))
            squares, freedom = squares + worth * spread, freedom + worth - 1
    if squares == 0 or freedom == 0:
        return [None] * len(results)
    known = [one.scores[score] for one in results]
    pooled = pool_means(
        [float("nan") if one.mean is None else one.mean for one in known],
        [squares / freedom / one.effective if one.effective else 1.0 for one in known],
    )
    return [one and one.within(0.0, _HIGHEST[SCORES[score]]) for one in pooled]


@dataclass(frozen=True, slots=True)
class Tests:
    """A group's differences to the rest, in the order of its shares and scores."""

    shares: tuple[ShareDifference | None, ...]
    scores: tuple[ScoreDifference | None, ...]


def _against(observed: Observations, one: GroupResult, rest: Group, minimum: int) -> Tests:
    shares = tuple(
        share_difference(mine.share, theirs.share, (mine.effective, theirs.effective))
        if min(mine.effective, theirs.effective) >= minimum
        else None
        for mine, theirs in zip(one.shares, _shares(observed, rest), strict=True)
    )
    _, worth = _sizes(observed, rest, np.isfinite(observed.scores[rest.rows]))
    scores = tuple(
        score_difference(_sample(observed, one.group, place), _sample(observed, rest, place))
        if min(mine.effective, worth[place]) >= minimum
        else None
        for place, mine in enumerate(one.scores)
    )
    return Tests(shares, scores)


def _with_tests(results: Sequence[GroupResult], tests: Sequence[Tests]) -> list[GroupResult]:
    """The differences with their q values, all tests being one family."""
    family = [
        made.p_value if made else None for one in tests for made in (*one.shares, *one.scores)
    ]
    adjusted = iter(q_values(family))
    return [
        replace(
            one,
            shares=tuple(
                replace(found, difference=made, q_value=next(adjusted))
                for found, made in zip(one.shares, test.shares, strict=True)
            ),
            scores=tuple(
                replace(found, difference=made, q_value=next(adjusted))
                for found, made in zip(one.scores, test.scores, strict=True)
            ),
        )
        for one, test in zip(results, tests, strict=True)
    ]
