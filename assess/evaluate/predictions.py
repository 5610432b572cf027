"""What a classifier says of a table: what it said of it left out of training, if it knows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assess.score.aims import SentenceTable
from assess.score.features import together
from assess.score.left_out import digest
from assess.score.model import SentenceModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Predictions:
    """For the rows of a table; shapes (rows, labels)."""

    probabilities: NDArray[np.float32]
    called: NDArray[np.bool_]
    left_out: bool
    """Whether each statement was left out of what judged it; if not, the model is as it is."""


def predictions(table: SentenceTable, model: SentenceModel) -> Predictions:
    """The model's probabilities and calls, which are a measure of it wherever they can be."""
    import numpy as np

    # As in training, where one statement's rows stand together.
    order = [index for indices in together(table.rows) for index in indices]
    known = model.left_out.get(digest(table.rows[index] for index in order))
    if known is not None:
        back = np.argsort(order)
        return Predictions(known.probabilities[back], known.called[back], left_out=True)
    found = model.probabilities(table.rows)
    return Predictions(found, found >= model.thresholds, left_out=False)
