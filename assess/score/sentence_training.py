"""Training of the classifier's stages, and how they do on statements left out of each fold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from assess.score.cues import cues
from assess.score.encoder import Encoders
from assess.score.encoder_files import statement_hash
from assess.score.features import Features
from assess.score.labels import LABELS
from assess.score.model import SentenceModel, statement_spans
from assess.score.signals import signals
from assess.score.training_set import FOLDS, SEED, UK_GOLD, UK_SILVER, TrainingSet
from assess.score.tree_growth import Growth, grow

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Chosen on out-of-fold scores; docs/methodology.md tells what else was tried.
REGULARISATION: Final = 6.0
GROWTH: Final = Growth(
    learning_rate=0.06,
    max_iter=150,
    max_leaf_nodes=8,
    max_depth=4,
    min_samples_leaf=40,
    l2_regularization=5.0,
    max_bins=63,
    max_features=0.4,
    random_state=SEED,
)
# Thresholds tried for each label.
THRESHOLDS: Final = tuple(round(0.1 + 0.025 * step, 3) for step in range(29))
# A row of the expert's counts like so many silver ones where log odds are calibrated and
# thresholds chosen: it is the expert whom the calls are to agree with.
GOLD_COUNTS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Decision:
    """What turns log odds into probabilities and calls."""

    calibration: NDArray[np.float32]
    """Shape (2, labels): slope and offset."""
    thresholds: NDArray[np.float32]
    """Shape (labels,)."""

    def probabilities(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shape (rows, labels), as that of the log odds."""
        from scipy.special import expit

        slope, offset = self.calibration
        found: NDArray[np.float64] = expit(raw * slope + offset)
        return found


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Statements left out of each fold: nothing was learned, calibrated or chosen on them."""

    probabilities: NDArray[np.float64]
    """Shape (rows, labels)."""
    calls: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Stage:
    """The first stage's scores by terms, each from a fit that left the row's fold out."""

    alone: NDArray[np.float32]
    """Shape (rows, labels): from all other folds."""
    without: Mapping[int, NDArray[np.float32]]
    """By fold: as ``alone``, but learned from no row of that fold either."""


def train_sentences(
    training: TrainingSet, features: Features, encoder: Encoders
) -> tuple[SentenceModel, HeldOut]:
    """The stages trained on all rows, and the same on rows left out of each fold.

    A row that is left out has no part in anything that is learned for it: the terms' weights, the
    trees, which are grown on scores of further folds left out, the calibration, the thresholds.
    The encoder is as it was; of its networks those that saw a statement are not asked of it.
    """
    import numpy as np

    matrix = features.matrix(training.rows)
    encoded = _encoded(training, encoder)
    told = np.array([cues(row.sentence) for row in training.rows], dtype=np.float32)
    stage = _stage(training, matrix)

    def weighed(terms: NDArray[np.float32]) -> NDArray[np.float32]:
        parts = [
            signals(encoded[start:end], terms[start:end], told[start:end])
            for start, end in statement_spans(training.rows)
        ]
        return np.concatenate(parts)

    raw = np.zeros(training.labels.shape)
    for fold in range(FOLDS):
        rows, seen = weighed(stage.without[fold]), training.fold != fold
        trees = grow(rows[seen], training.labels[seen], training.weights[seen], GROWTH)
        raw[~seen] = trees.scores(rows[~seen])
    held_out = _held_out(training, raw)
    decision = _decide(training, raw, training.of(UK_SILVER, UK_GOLD))
    weights, intercepts = fit_terms(matrix, training.labels, training.weights)
    rows = weighed(stage.alone)
    model = SentenceModel(
        features,
        weights,
        intercepts,
        encoder,
        grow(rows, training.labels, training.weights, GROWTH),
        decision.calibration,
        decision.thresholds,
    )
    return model, held_out


def _encoded(training: TrainingSet, encoder: Encoders) -> NDArray[np.float32]:
    import numpy as np

    found = []
    for start, end in statement_spans(training.rows):
        sentences = [row.sentence for row in training.rows[start:end]]
        name = statement_hash(sentences)
        saw = [network for network, hashes in encoder.seen.items() if name in hashes]
        found.append(encoder.logits(sentences, saw if len(saw) < len(encoder.networks) else ()))
    return np.concatenate(found)


def _stage(training: TrainingSet, matrix: csr_matrix) -> _Stage:
    """Fits without each fold, and without each two of them."""
    import numpy as np
    from joblib import Parallel, delayed

    left_out = [(fold, fold) for fold in range(FOLDS)] + list(combinations(range(FOLDS), 2))

    def fitted(one: int, other: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        seen = (training.fold != one) & (training.fold != other)
        return fit_terms(matrix[seen], training.labels[seen], training.weights[seen])

    # liblinear lets go of Python's lock, so that threads share the matrix.
    fits = Parallel(n_jobs=-1, prefer="threads")(delayed(fitted)(*pair) for pair in left_out)
    alone = np.zeros(training.labels.shape, dtype=np.float32)
    without = {fold: np.zeros_like(alone) for fold in range(FOLDS)}
    for (one, other), (weights, intercepts) in zip(left_out, fits, strict=True):
        for fold, of in ((one, other), (other, one)):
            rows = training.fold == fold
            without[of][rows] = matrix[rows] @ weights + intercepts
    for fold in range(FOLDS):
        rows = training.fold == fold
        alone[rows] = without[fold][rows]
    return _Stage(alone, without)


def fit_terms(
    matrix: Any, labels: NDArray[np.int8], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights (features x labels) and intercepts of one logistic regression a label."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    columns, intercepts = [], []
    for column, of_label in zip(labels.T, weights.T, strict=True):
        known = np.flatnonzero(of_label > 0)
        fitted = LogisticRegression(
            C=REGULARISATION, solver="liblinear", max_iter=300, random_state=SEED
        ).fit(matrix[known], column[known], sample_weight=of_label[known])
        columns.append(fitted.coef_[0])
        intercepts.append(fitted.intercept_[0])
    return np.array(columns, dtype=np.float32).T, np.array(intercepts, dtype=np.float32)


def _held_out(training: TrainingSet, raw: NDArray[np.float64]) -> HeldOut:
    import numpy as np

    probabilities = np.zeros_like(raw)
    calls = np.zeros(raw.shape, dtype=bool)
    uk = training.of(UK_SILVER, UK_GOLD)
    for fold in range(FOLDS):
        rows = training.fold == fold
        decision = _decide(training, raw, uk & ~rows)
        probabilities[rows] = decision.probabilities(raw[rows])
        calls[rows] = probabilities[rows] >= decision.thresholds
    return HeldOut(probabilities, calls)


def _decide(training: TrainingSet, raw: NDArray[np.float64], rows: NDArray[np.bool_]) -> Decision:
    """Calibration and thresholds on some rows' log odds, which came from folds left out."""
    import numpy as np

    counts = np.where(training.of(UK_GOLD), GOLD_COUNTS, 1.0)[rows]
    labels, scores = training.labels[rows], raw[rows]
    calibration = np.array(
        [_calibrated(*of_label, counts) for of_label in zip(scores.T, labels.T, strict=True)],
        dtype=np.float32,
    ).T
    decision = Decision(calibration, np.zeros(len(LABELS), dtype=np.float32))
    found = decision.probabilities(scores)
    thresholds = [
        best_threshold(*of_label, counts) for of_label in zip(found.T, labels.T, strict=True)
    ]
    return Decision(calibration, np.array(thresholds, dtype=np.float32))


def _calibrated(
    scores: NDArray[np.float64], labels: NDArray[np.int8], counts: NDArray[np.float64]
) -> tuple[float, float]:
    """Slope and offset after Platt ("Probabilistic outputs for support vector machines", 1999)."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1e6).fit(scores[:, None], labels, sample_weight=counts)
    # A slope that is not above zero would turn the order of the scores around.
    return max(float(fitted.coef_[0, 0]), 0.05), float(fitted.intercept_[0])


def best_threshold(
    probabilities: NDArray[np.float64], labels: NDArray[np.int8], counts: NDArray[np.float64]
) -> float:
    """The threshold with the best F1, each judged with the ones beside it: peaks are chance."""
    import numpy as np

    scores = np.array([_f1(probabilities >= t, labels == 1, counts) for t in THRESHOLDS])
    beside = np.convolve(np.pad(scores, 1, mode="edge"), np.ones(3) / 3, mode="valid")
    return THRESHOLDS[int(np.argmax(beside))]


def _f1(called: NDArray[np.bool_], truth: NDArray[np.bool_], counts: NDArray[np.float64]) -> float:
    right = float(counts[called & truth].sum())
    return 2 * right / max(float(counts[called].sum() + counts[truth].sum()), 1e-9)
