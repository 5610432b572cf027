"""Growing boosted trees with scikit-learn, which is not needed to use them."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from assess.errors import ModelError
from assess.score.model_files import MAX_NUMBER
from assess.score.tree_masks import MAX_LEAVES
from assess.score.trees import MAX_FEATURES, MAX_TREES, BoostedTrees

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEED: Final = 20151029  # the day section 54 came into force


@dataclass(frozen=True, slots=True)
class Growth:
    """How trees are grown; the names are those of HistGradientBoostingClassifier."""

    learning_rate: float = 0.1
    max_iter: int = 150
    """Trees a label."""
    max_leaf_nodes: int = 16
    max_depth: int | None = 6
    min_samples_leaf: int = 20
    l2_regularization: float = 0.0
    max_bins: int = 255
    max_features: float = 1.0
    """The part of the features that each split may choose from."""
    random_state: int = SEED


def grow(
    rows: NDArray[np.float32],
    labels: NDArray[np.integer],
    weights: NDArray[np.floating],
    settings: Growth,
) -> BoostedTrees:
    """Trees learned from rows (n, F), 0/1 labels (n, L) and weights (n, L); same input, same bits.

    Where a weight is 0, the label is not looked at.

    Raises:
        ModelError: arrays that do not fit each other, a feature that is no number, a label
            without examples of it or of its contrary, or settings that cannot be met.
    """
    _check_examples(rows, labels, weights)
    _check_settings(settings, labels.shape[1])
    grown = [
        _grow_label(rows[known], column[known], of_label[known], settings)
        for column, of_label, known in zip(labels.T, weights.T, weights.T > 0, strict=True)
    ]
    return _joined(grown, rows.shape[1])


def _check_examples(
    rows: NDArray[np.float32], labels: NDArray[np.integer], weights: NDArray[np.floating]
) -> None:
    import numpy as np

    number = rows.shape[0]
    if rows.ndim != 2 or labels.ndim != 2 or len(labels) != number or weights.shape != labels.shape:
        shapes = f"rows {rows.shape}, labels {labels.shape}, weights {weights.shape}"
        raise ModelError(f"shapes do not fit each other: {shapes}")
    if not 1 <= rows.shape[1] <= MAX_FEATURES:
        raise ModelError(f"{rows.shape[1]} features; trees take from 1 to {MAX_FEATURES}")
    if rows.dtype != np.float32:
        raise ModelError(f"features must be float32, as those to be scored, not {rows.dtype}")
    if not (np.abs(rows) <= MAX_NUMBER).all():
        raise ModelError(f"a feature is no number, or larger than {MAX_NUMBER:g}")
    if not (np.isfinite(weights) & (weights >= 0)).all():
        raise ModelError("a weight is no number, or negative")
    for index, (column, of_label) in enumerate(zip(labels.T, weights.T, strict=True)):
        if set(np.unique(column[of_label > 0]).tolist()) != {0, 1}:
            raise ModelError(f"label {index}: needs examples with 0 and with 1, and no others")


def _check_settings(settings: Growth, labels: int) -> None:
    if not 2 <= settings.max_leaf_nodes <= MAX_LEAVES:
        raise ModelError(f"max_leaf_nodes must be from 2 to {MAX_LEAVES}")
    if not 1 <= settings.max_iter * labels <= MAX_TREES:
        raise ModelError(f"max_iter must give from 1 to {MAX_TREES} trees for all labels")


@dataclass(frozen=True, slots=True)
class _Nodes:
    """The trees of one label, or of several, in preorder; see `BoostedTrees`."""

    baseline: float
    feature: list[int]
    number: list[float]
    cover: list[int]
    trees: int

    @classmethod
    def read(cls, baseline: float, grown: list[NDArray[Any]]) -> Self:
        """From scikit-learn's tables of nodes, one a tree, the root first."""
        found = cls(baseline, [], [], [], len(grown))
        for nodes in grown:
            waiting = [0]
            while waiting:
                node = nodes[waiting.pop()]
                if node["is_leaf"]:
                    found.feature.append(-1)
                    found.number.append(float(node["value"]))
                    found.cover.append(int(node["count"]))
                else:
                    found.feature.append(int(node["feature_idx"]))
                    found.number.append(float32_below(float(node["num_threshold"])))
                    waiting += [int(node["right"]), int(node["left"])]
        return found


def _grow_label(
    rows: NDArray[np.float32],
    column: NDArray[np.integer],
    weights: NDArray[np.floating],
    settings: Growth,
) -> _Nodes:
    from sklearn.ensemble import HistGradientBoostingClassifier

    try:
        fitted = HistGradientBoostingClassifier(early_stopping=False, **asdict(settings)).fit(
            rows, column, sample_weight=weights
        )
    except ValueError as error:  # scikit-learn's own checks of its parameters
        raise ModelError(f"cannot grow trees: {' '.join(str(error).split())[:300]}") from None
    baseline = float(fitted._baseline_prediction[0, 0])
    return _Nodes.read(baseline, [predictor.nodes for (predictor,) in fitted._predictors])


def _joined(grown: list[_Nodes], features: int) -> BoostedTrees:
    import numpy as np

    return BoostedTrees(
        features,
        np.array([nodes.baseline for nodes in grown], dtype=np.float32),
        np.array([nodes.trees for nodes in grown], dtype=np.int32),
        np.concatenate([np.array(nodes.feature, dtype=np.int16) for nodes in grown]),
        np.concatenate([np.array(nodes.number, dtype=np.float32) for nodes in grown]),
        np.concatenate([np.array(nodes.cover, dtype=np.int32) for nodes in grown]),
    )


def float32_below(threshold: float) -> float:
    """The largest float32 that is not above the threshold.

    The same float32 numbers are at most the one as are at most the other.
    """
    import numpy as np

    near = np.float32(threshold)
    # As Python's numbers: numpy would round the threshold before it compares.
    return float(near if float(near) <= threshold else np.nextafter(near, np.float32(-math.inf)))
