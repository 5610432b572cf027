"""Bootstrap intervals over whole statements: sentences of one statement are no separate draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assess.compare.stats import FEWEST, Interval, resampled
from assess.evaluate.measures import f1_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    # How often each statement was drawn, shape (resamples, statements), to a value a resample.
    Statistic = Callable[[Numbers], Numbers]


@dataclass(frozen=True, slots=True)
class Statements:
    """Which rows of a table belong together; rows of a statement need not be neighbours."""

    of: NDArray[np.int64]
    """The number of each row's statement, from 0."""
    number: int

    @classmethod
    def of_ids(cls, ids: Sequence[str]) -> Statements:
        """The statements of rows, by the rows' statement ids."""
        import numpy as np

        known, of = np.unique(np.array(ids), return_inverse=True)
        return cls(of, len(known))

    def counts(self, flags: Flags) -> Numbers:
        """For each statement how many of its rows are true; shape (statements,)."""
        import numpy as np

        return np.bincount(self.of[flags], minlength=self.number).astype(float)

    def with_any(self, flags: Flags) -> Flags:
        """For each statement whether one of its rows is true; shape (statements,)."""
        return self.counts(flags) > 0

    def agreement(self, truth: Flags, called: Flags) -> int:
        """In how many statements both, or neither, have a true row."""
        return int((self.with_any(truth) == self.with_any(called)).sum())

    def interval(self, statistic: Statistic) -> Interval | None:
        """The percentile interval of a statistic; None for fewer than three statements."""
        import numpy as np

        if self.number < FEWEST:
            return None

        def of_drawn(indices: Numbers, axis: int = -1) -> Numbers:
            return statistic(_times(np.moveaxis(indices, axis, -1)))

        return resampled((np.arange(self.number, dtype=float),), of_drawn)

    def too_few_with(self, flags: Flags) -> bool:
        """Whether so few statements have a true row that an interval would mean nothing."""
        return int(self.with_any(flags).sum()) < FEWEST


def _times(indices: Numbers) -> Numbers:
    """Of drawn statements, shape (..., statements), how often each was drawn."""
    import numpy as np

    width = indices.shape[-1]
    rows = indices.reshape(-1, width).astype(np.int64)
    places = rows + width * np.arange(len(rows))[:, np.newaxis]
    return np.bincount(places.ravel(), minlength=rows.size).reshape(indices.shape).astype(float)


def f1_statistic(statements: Statements, truth: Flags, called: Flags) -> Statistic:
    """F1 of the sentences of the drawn statements."""
    both, true = statements.counts(truth & called), statements.counts(truth)
    calls = statements.counts(called)
    return lambda drawn: f1_of(drawn @ both, drawn @ calls, drawn @ true)


def precision_statistic(statements: Statements, truth: Flags, scores: Numbers) -> Statistic:
    """Average precision of the sentences of the drawn statements.

    A true sentence counts with the precision among all that score as high as it does or higher,
    as in scikit-learn; 1 where nothing is true.
    """
    import numpy as np

    marks, of = scores[truth], statements.of[truth]
    as_high = np.zeros((statements.number, len(marks)))
    true_as_high = np.zeros_like(as_high)
    for statement in range(statements.number):
        inside = statements.of == statement
        as_high[statement] = _as_high(scores[inside], marks)
        true_as_high[statement] = _as_high(scores[inside & truth], marks)

    def statistic(drawn: Numbers) -> Numbers:
        weights = drawn[..., of]
        above = drawn @ as_high
        shares = np.divide(drawn @ true_as_high, above, out=np.zeros_like(above), where=above > 0)
        total = weights.sum(axis=-1)
        found: Numbers = np.divide(
            (weights * shares).sum(axis=-1), total, out=np.ones_like(total), where=total > 0
        )
        return found

    return statistic


def _as_high(scores: Numbers, marks: Numbers) -> Numbers:
    """How many of the scores reach each mark."""
    import numpy as np

    return (len(scores) - np.searchsorted(np.sort(scores), marks)).astype(float)


def mean_of(statistics: Sequence[Statistic]) -> Statistic:
    """The mean of several statistics of the same drawn statements (one or more)."""
    import numpy as np

    return lambda drawn: np.mean([one(drawn) for one in statistics], axis=0, dtype=float)
