"""Measures of agreement between readers' values and the program's, with their intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assess.compare.stats import FEWEST, Interval, resampled
from assess.records import Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# (truth, judgement) of one statement.
Pair = tuple[Value, Value]


@dataclass(frozen=True, slots=True)
class Detection:
    """How well true values are found; None where nothing was called, or nothing is true."""

    positives: int
    called: int
    precision: float | None
    recall: float | None
    f1: float | None
    f1_interval: Interval | None
    """By resampling statements."""


def detection(pairs: Sequence[Pair]) -> Detection:
    """Precision, recall and F1 of a criterion that is true or false."""
    hits = sum(truth is True and value is True for truth, value in pairs)
    called = sum(value is True for _, value in pairs)
    true = sum(truth is True for truth, _ in pairs)
    return Detection(
        positives=true,
        called=called,
        precision=hits / called if called else None,
        recall=hits / true if true else None,
        f1=2 * hits / (called + true) if called + true else None,
        f1_interval=_f1_interval(pairs) if called and true else None,
    )


def _f1_interval(pairs: Sequence[Pair]) -> Interval | None:
    """Percentile bootstrap over statements."""
    import numpy as np

    if len(pairs) < FEWEST:
        return None
    truth, value = np.array([(t is True, v is True) for t, v in pairs], dtype=float).T
    return resampled((truth, value), _f1)


def _f1(
    truth: NDArray[np.float64], value: NDArray[np.float64], axis: int = -1
) -> NDArray[np.float64]:
    """F1 along an axis."""
    return f1_of((truth * value).sum(axis=axis), value.sum(axis=axis), truth.sum(axis=axis))


def f1_of(
    both: NDArray[np.float64], called: NDArray[np.float64], true: NDArray[np.float64]
) -> NDArray[np.float64]:
    """F1 of counts, one each; 1 where a resample has neither a true value nor a called one."""
    import numpy as np

    either = called + true
    shares: NDArray[np.float64] = np.divide(
        2 * both, either, out=np.ones_like(either), where=either > 0
    )
    return shares


def kappa(pairs: Sequence[Pair]) -> float | None:
    """Cohen's kappa; None where both always give the same single value."""
    from sklearn.metrics import cohen_kappa_score

    truth, values = zip(*[(str(t), str(v)) for t, v in pairs], strict=True)
    if len({*truth, *values}) == 1:
        return None
    return float(cohen_kappa_score(truth, values))


def spearman(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Rank correlation; None where the readers' side does not vary."""
    from scipy.stats import spearmanr

    if len({truth for truth, _ in pairs}) < 2:
        return None
    return float(spearmanr([t for t, _ in pairs], [v for _, v in pairs]).statistic)


def auc(pairs: Sequence[tuple[bool, float]]) -> float | None:
    """Area under the ROC curve; None where all are of one kind."""
    from sklearn.metrics import roc_auc_score

    if len({truth for truth, _ in pairs}) < 2:
        return None
    return float(roc_auc_score([t for t, _ in pairs], [v for _, v in pairs]))


def same(pairs: Sequence[tuple[Any, Any]]) -> float | None:
    """The share of equal pairs; None of none."""
    return mean(truth == value for truth, value in pairs) if pairs else None


def mean(values: Iterable[bool]) -> float:
    """The share of true values (not of none)."""
    counted = [int(value) for value in values]
    return sum(counted) / len(counted)
