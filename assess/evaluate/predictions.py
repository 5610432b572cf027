"""What a classifier says of a table: of statements it has learned from, what it said before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assess.score.aims import SentenceTable
from assess.score.features import together
from assess.score.left_out import digest, has_learned
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
    learned_from: int
    """Statements judged by a model that has learned from them: no measure of it."""


def predictions(table: SentenceTable, model: SentenceModel) -> Predictions:
    """The model's probabilities and calls, which are a measure of it wherever they can be."""

    found = model.probabilities(table.rows)
    called = found >= model.thresholds
    unknown = learned_from = 0
    for indices in together(table.rows):
        sentences = [table.rows[index].sentence for index in indices]
        known = model.left_out.get(digest(sentences))
        if known is not None and len(known.called) == len(indices):
            found[indices], called[indices] = known.probabilities, known.called
        else:
            unknown += 1
            learned_from += has_learned(model.learned, sentences)
    return Predictions(found, called, left_out=not unknown, learned_from=learned_from)
