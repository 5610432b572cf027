"""Whether probabilities can be taken at their word: of what is given 0.8, are 8 of 10 true?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Neighbouring probabilities: how many, their mean, and the share that is true."""

    count: int
    predicted: float
    observed: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Errors from 0 (none) to 1."""

    brier: float
    """The mean squared distance of probability and truth (0 or 1)."""
    expected_error: float
    """The mean distance of prediction and observation over the bins, by their counts."""
    bins: tuple[Bin, ...]
    """Of equal counts, lowest first."""


def calibration(truth: NDArray[np.bool_], probabilities: NDArray[np.float64]) -> Calibration:
    """Calibration of probabilities of the same shape as ``truth`` (not empty)."""
    import numpy as np

    true, given = truth.ravel().astype(float), probabilities.ravel()
    order = np.argsort(given, kind="stable")
    bins = tuple(
        Bin(len(part), float(given[part].mean()), float(true[part].mean()))
        for part in np.array_split(order, min(BINS, len(order)))
    )
    error = sum(one.count * abs(one.predicted - one.observed) for one in bins) / len(order)
    return Calibration(float(((given - true) ** 2).mean()), error, bins)
