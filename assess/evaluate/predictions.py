"""What a classifier says of a table: of statements it has learned from, what it said before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assess.score.aims import SentenceTable
from assess.score.features import together
from assess.score.labels import LABELS
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
    import numpy as np

    known, learned_from = np.zeros(len(table.rows), dtype=bool), 0
    found = np.zeros((len(table.rows), len(LABELS)), dtype=np.float32)
    called = np.zeros(found.shape, dtype=bool)
    for indices in together(table.rows):
        sentences = [table.rows[index].sentence for index in indices]
        kept = model.left_out.get(digest(sentences))
        if kept is not None and len(kept.called) == len(indices):
            known[indices] = True
            found[indices], called[indices] = kept.probabilities, kept.called
        else:
            learned_from += has_learned(model.learned, sentences)
    anew = np.flatnonzero(~known)
    found[anew] = model.probabilities([table.rows[index] for index in anew])
    called[anew] = found[anew] >= model.thresholds
    return Predictions(found, called, left_out=bool(known.all()), learned_from=learned_from)
