"""Form against substance over the years: does compliance rise while substance stays?

The research that the tool builds on warns of firms that change with the aim of minimal compliance.
Each organisation is compared with itself only, so that a sector does not seem to change because
other organisations publish.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from assess.compare.stats import Interval, resampled_sums

Verdict = Literal["form_only", "both_rise", "no_clear_change", "other", "too_few"]

MINIMUM: Final = 10
"""Organisations with two years or more below which nothing is said."""
FALSE_DISCOVERY: Final = 0.05


@dataclass(frozen=True, slots=True)
class Scored:
    """One assessed statement of an organisation."""

    organisation: int
    statement: int
    year: int
    compliance: float
    substance: float


@dataclass(frozen=True, slots=True)
class Slope:
    """Points a year, with a 95% bootstrap interval over organisations."""

    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Divergence:
    """One group over its years."""

    group: str
    first_year: int
    last_year: int
    organisations: int
    """With statements of two years or more."""
    statements: int
    form: Slope | None
    substance: Slope | None
    gap: Slope | None
    """Of compliance less substance."""
    p_value: float | None
    """Wilcoxon's signed-rank test that organisations' gaps do not widen."""
    q_value: float | None
    """The same after Benjamini and Hochberg, over all groups that were tested."""
    verdict: Verdict


def diverging(groups: Mapping[str, Iterable[Scored]]) -> list[Divergence]:
    """Test each group, by name; the same in whatever order statements come."""
    from scipy.stats import false_discovery_control

    found = [_measured(name, list(groups[name])) for name in sorted(groups)]
    tested = [one.p_value for one in found if one.p_value is not None]
    adjusted = iter(false_discovery_control(tested) if tested else ())
    return [one if one.p_value is None else _judged(one, float(next(adjusted))) for one in found]


def _measured(name: str, statements: Sequence[Scored]) -> Divergence:
    series = _series(statements)
    used = [one for of_one in series for one in of_one]
    years = [one.year for one in used] or [one.year for one in statements] or [0]
    slopes: tuple[Slope | None, Slope | None, Slope | None] = (None, None, None)
    p_value = None
    if len(series) >= MINIMUM:
        sums = np.array([_sums(of_one) for of_one in series])
        slopes = _slopes(sums)
        p_value = _widening(sums[:, 3] / sums[:, 0])
    return Divergence(
        name, min(years), max(years), len(series), len(used), *slopes, p_value, None, "too_few"
    )


def _series(statements: Sequence[Scored]) -> list[list[Scored]]:
    """Each organisation's statements of two years or more, in order.

    Organisations of a group with the same statements count once; of several statements of one year
    the newest counts.
    """
    by_year: dict[int, dict[int, Scored]] = defaultdict(dict)
    for one in sorted(statements, key=lambda one: (one.organisation, one.year, one.statement)):
        by_year[one.organisation][one.year] = one
    distinct = {
        tuple(one.statement for one in of_one.values()): list(of_one.values())
        for of_one in by_year.values()
        if len(of_one) > 1
    }
    return [distinct[key] for key in sorted(distinct)]


def _sums(series: Sequence[Scored]) -> tuple[float, float, float, float]:
    """Around the organisation's own means: of years squared, and of years times compliance,
    substance and the gap between them."""
    table = np.array([(one.year, one.compliance, one.substance) for one in series], dtype=float)
    year, form, substance = (table - table.mean(axis=0)).T
    gap = form - substance
    return float(year @ year), float(year @ form), float(year @ substance), float(year @ gap)


def _slopes(sums: NDArray[np.float64]) -> tuple[Slope, Slope, Slope]:
    """The slopes common to all organisations, each around its own level (fixed effects)."""

    def common(totals: NDArray[np.float64]) -> NDArray[np.float64]:
        slopes: NDArray[np.float64] = totals[..., 1:] / totals[..., :1]
        return slopes

    form, substance, gap = (
        Slope(round(float(value), 3), interval)
        for value, interval in zip(
            common(sums.sum(axis=0)), resampled_sums(sums, common), strict=True
        )
    )
    return form, substance, gap


def _widening(slopes: NDArray[np.float64]) -> float:
    """One-sided: the gap between form and substance widens in more organisations, and by more."""
    from scipy.stats import wilcoxon

    slopes = slopes.round(9)
    if not slopes.any():
        return 1.0
    return float(wilcoxon(slopes, alternative="greater", zero_method="zsplit").pvalue)


def _judged(one: Divergence, q_value: float) -> Divergence:
    from dataclasses import replace

    return replace(one, q_value=q_value, verdict=_verdict(one, q_value))


def _verdict(one: Divergence, q_value: float) -> Verdict:
    if one.form is None or one.substance is None or one.gap is None:
        return "too_few"
    form, substance, gap = one.form.interval, one.substance.interval, one.gap.interval
    if form.low > 0 >= substance.low and gap.low > 0 and q_value <= FALSE_DISCOVERY:
        return "form_only"
    if form.low > 0 and substance.low > 0:
        return "both_rise"
    if form.low <= 0 <= form.high and substance.low <= 0 <= substance.high:
        return "no_clear_change"
    return "other"
