"""The learned part of some criteria: evidence that the rules' phrases miss.

For each such criterion a logistic regression tells how much a sentence reads like those that
readers quoted as evidence, and a second one, from the two best sentences of a statement and its
length, whether the statement has such evidence at all. Where it has, the best sentence is the
evidence. It only adds: what rules find stays. Plain data, npz and JSON.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from assess.errors import ModelError
from assess.records import Reason
from assess.score.features import Features
from assess.score.model_files import AGAIN, read_arrays, read_object
from assess.score.reasons import linear_reasons

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

FORMAT: Final = "assess-criteria-1"
WEIGHTS_FILE: Final = "criteria.npz"
TERMS_FILE: Final = "criteria.json"
# A sentence that reads like none of the readers' quotes.
UNLIKE: Final = -9.0
# What a statement's decision is made from; see `statement_features`.
STATEMENT_FEATURES: Final = 3


class Found(NamedTuple):
    """The sentence that is evidence, and how likely the criterion is true of the statement."""

    sentence: int
    probability: float


@dataclass(frozen=True, slots=True)
class CriteriaModel:
    """Weights for K criteria over the F features of a sentence."""

    criteria: tuple[str, ...]
    weights: NDArray[np.float32]
    """Shape (F, K)."""
    intercepts: NDArray[np.float32]
    """Shape (K,)."""
    statement_weights: NDArray[np.float32]
    """Shape (STATEMENT_FEATURES + 1, K); the last row is the intercept."""
    thresholds: NDArray[np.float32]
    """Shape (K,): probability from which the criterion counts as true."""

    def leanings(self, matrix: csr_matrix) -> dict[str, list[float]]:
        """By criterion: the log odds that each sentence is evidence."""
        scores = (matrix @ self.weights + self.intercepts).T.tolist()
        return dict(zip(self.criteria, scores, strict=True))

    def find(
        self, criterion: str, leanings: Sequence[float], fit: Sequence[bool], words: int
    ) -> Found | None:
        """The sentence that shows the criterion, or None.

        ``fit`` tells the sentences that may be evidence: not headings, plans or wishes.
        """
        best = max(
            (index for index, is_fit in enumerate(fit) if is_fit),
            key=lambda index: leanings[index],
            default=None,
        )
        if best is None:
            return None
        column = self.criteria.index(criterion)
        usable = [leaning for leaning, is_fit in zip(leanings, fit, strict=True) if is_fit]
        features = statement_features(usable, words)
        *weights, intercept = self.statement_weights[:, column]
        score = float(intercept) + sum(
            float(weight) * feature for weight, feature in zip(weights, features, strict=True)
        )
        probability = 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))
        return Found(best, probability) if probability >= self.thresholds[column] else None


@dataclass(frozen=True, slots=True)
class Learned:
    """The model, and how it leans for the N sentences of one text."""

    model: CriteriaModel
    leanings: Mapping[str, Sequence[float]]
    matrix: csr_matrix | None = None
    """Features of the sentences, shape (N, F), of which the leanings were made."""
    features: Features | None = None
    """Name the columns of the matrix; without one of the two no reasons are given."""

    def find(self, criterion: str, fit: Sequence[bool], words: int) -> Found | None:
        """As `CriteriaModel.find`; None for a criterion that was not learned."""
        if criterion not in self.leanings:
            return None
        return self.model.find(criterion, self.leanings[criterion], fit, words)

    def reasons(self, criterion: str, sentence: int) -> tuple[Reason, ...]:
        """What makes the model lean as it does for a sentence; see `linear_reasons`."""
        if self.matrix is None or self.features is None:
            return ()
        column = self.model.criteria.index(criterion)
        return linear_reasons(
            self.matrix[[sentence]],
            self.model.weights[:, column],
            float(self.model.intercepts[column]),
            self.features,
        )


def statement_features(leanings: Sequence[float], words: int) -> tuple[float, float, float]:
    """The two best sentences, and the length: longer texts have more sentences to be wrong in."""
    best = sorted((*leanings, UNLIKE, UNLIKE), reverse=True)
    return float(best[0]), float(best[1]), math.log(max(1, words))


def to_files(model: CriteriaModel) -> dict[str, bytes]:
    """The model's two files, by name. Same input, same bytes."""
    import numpy as np

    arrays: dict[str, Any] = {
        "weights": model.weights.astype(np.float16),
        "intercepts": model.intercepts.astype(np.float32),
        "statement_weights": model.statement_weights.astype(np.float32),
        "thresholds": model.thresholds.astype(np.float32),
    }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    terms = {
        "format": FORMAT,
        "criteria": list(model.criteria),
        "weights_sha256": hashlib.sha256(buffer.getvalue()).hexdigest(),
    }
    text = json.dumps(terms, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
    return {WEIGHTS_FILE: buffer.getvalue(), TERMS_FILE: text.encode("utf-8")}


def from_files(files: Mapping[str, bytes], features: int, folder: Path) -> CriteriaModel | None:
    """The model in a folder's files, for so many features of a sentence; None if it has none.

    Raises:
        ModelError: damaged, of another format, or for other features.
    """
    path = folder / WEIGHTS_FILE
    if TERMS_FILE not in files and WEIGHTS_FILE in files:
        raise ModelError(f"{path}: without {TERMS_FILE}; {AGAIN}")
    if TERMS_FILE not in files:
        return None
    if WEIGHTS_FILE not in files:
        raise ModelError(f"{path}: missing, {TERMS_FILE} goes with it; {AGAIN}")
    criteria = _checked_criteria(files[TERMS_FILE], files[WEIGHTS_FILE], folder)
    number = len(criteria)
    arrays = read_arrays(
        files[WEIGHTS_FILE],
        path,
        {
            "weights": (features, number),
            "intercepts": (number,),
            "statement_weights": (STATEMENT_FEATURES + 1, number),
            "thresholds": (number,),
        },
    )
    return CriteriaModel(criteria, **arrays)


def _checked_criteria(terms_bytes: bytes, weights: bytes, folder: Path) -> tuple[str, ...]:
    terms = read_object(terms_bytes, folder / TERMS_FILE, FORMAT)
    if terms.get("weights_sha256") != hashlib.sha256(weights).hexdigest():
        raise ModelError(f"{folder / WEIGHTS_FILE}: checksum differs; {AGAIN}")
    criteria = terms.get("criteria")
    if (
        not isinstance(criteria, list)
        or not all(isinstance(name, str) for name in criteria)
        or len(set(criteria)) < len(criteria)
    ):
        raise ModelError(f"{folder / TERMS_FILE}: 'criteria' must be a list of different ids")
    return tuple(criteria)
