"""Boosted decision trees over dense features, as plain arrays: scores, explanations, files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assess.errors import ModelError
from assess.score.model_files import AGAIN, checked_integers, checked_numbers
from assess.score.tree_layout import Layout, lay_out
from assess.score.tree_masks import MAX_LEAVES, Masks
from assess.score.tree_shares import Paths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Of all labels together, many times what a model has; more would cost memory.
MAX_TREES: Final = 50_000
# As many as the stored type of a feature's number tells apart.
MAX_FEATURES: Final = 32_767
MAX_COVER: Final = 2**31 - 1
ARRAYS: Final = ("baseline", "trees", "feature", "number", "cover")


@dataclass(frozen=True, eq=False)
class BoostedTrees:
    """Trees for L labels over F features: N nodes, P of them leaves, label after label.

    Trees stand one after the other, each in preorder: root, left subtree, right subtree. A row
    goes left where its feature is at most the threshold.
    """

    features: int
    """F."""
    baseline: NDArray[np.float32]
    """Shape (L,): log odds to which the leaves are added."""
    trees: NDArray[np.int32]
    """Shape (L,): how many trees each label has, one at least."""
    feature: NDArray[np.int16]
    """Shape (N,): the feature a node asks, -1 for a leaf."""
    number: NDArray[np.float32]
    """Shape (N,): the threshold of a node, the value (log odds) of a leaf."""
    cover: NDArray[np.int32]
    """Shape (P,): the training examples in each leaf."""

    def scores(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Log odds of each label for each row (n, F): shape (n, L).

        A row has the same scores, to the last bit, alone or among others.

        Raises:
            ModelError: rows of another width, or that hold what is no number.
        """
        sums: NDArray[np.float64] = self._masks.sums(self._checked(rows)) + self.baseline
        return sums

    def shares(self, row: NDArray[np.float32]) -> NDArray[np.float64]:
        """What each feature of a row (F,) adds to the log odds of each label: shape (L, F).

        Exact Shapley values: ``scores == expected + shares.sum(1)``; see `tree_shares`.

        Raises:
            ModelError: a row of another width, or that holds what is no number.
        """
        return self._paths.shares(self._checked(row[None])[0], self.trees.size)

    @cached_property
    def expected(self) -> NDArray[np.float64]:
        """Mean log odds over the training examples' paths, where no feature is known; (L,)."""
        mean: NDArray[np.float64] = self._paths.expected(self.trees.size) + self.baseline
        return mean

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """What a file must hold; see `from_arrays`."""
        return {name: getattr(self, name) for name in ARRAYS}

    @cached_property
    def _layout(self) -> Layout:
        found = lay_out(self.feature < 0)
        if found is None:
            raise ModelError(f"the trees are not whole; {AGAIN}")
        return found

    @cached_property
    def _masks(self) -> Masks:
        return Masks.of(self._layout, self.feature, self.number, self.trees)

    @cached_property
    def _paths(self) -> Paths:
        import numpy as np

        layout = self._layout
        label_of_tree = np.repeat(np.arange(self.trees.size), self.trees)
        label = label_of_tree[layout.tree[layout.leaves]]
        return Paths.of(layout, self.feature, self.number, layout.covers(self.cover), label)

    def _checked(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        import numpy as np

        if rows.ndim != 2 or rows.shape[1] != self.features:
            raise ModelError(
                f"rows of shape {rows.shape} given to trees grown on {self.features} features"
            )
        if not np.isfinite(rows).all():
            raise ModelError("rows given to the trees hold what is no finite number")
        return rows.astype(np.float32, copy=False)


def from_arrays(
    arrays: Mapping[str, NDArray[Any]], features: int, labels: int, path: Path
) -> BoostedTrees:
    """Trees from the arrays of a file (`ARRAYS`), for so many features and labels.

    Raises:
        ModelError: an array is missing or of another type or shape, a number is out of its range,
            or the nodes do not make whole trees of at most MAX_LEAVES leaves.
    """
    import numpy as np

    for name in ARRAYS:
        if name not in arrays:
            raise ModelError(f"{path}: lacks {name!r}; {AGAIN}")
    trees = checked_integers(arrays["trees"], (labels,), (1, MAX_TREES), "trees", path)
    nodes = (arrays["feature"].size,)
    top = min(features, MAX_FEATURES) - 1
    feature = checked_integers(arrays["feature"], nodes, (-1, top), "feature", path)
    leaves = (int((feature < 0).sum()),)
    found = BoostedTrees(
        features,
        checked_numbers(arrays["baseline"], (labels,), "baseline", path),
        trees.astype(np.int32),
        feature.astype(np.int16),
        checked_numbers(arrays["number"], nodes, "number", path),
        checked_integers(arrays["cover"], leaves, (1, MAX_COVER), "cover", path).astype(np.int32),
    )
    _check_trees(found, path)
    return found


def _check_trees(trees: BoostedTrees, path: Path) -> None:
    layout = lay_out(trees.feature < 0)
    if layout is None:
        raise ModelError(f"{path}: 'feature' does not end with a whole tree; {AGAIN}")
    there, told = layout.starts.size - 1, int(trees.trees.sum())
    if there != told:
        raise ModelError(f"{path}: holds {there} trees where 'trees' tells {told}; {AGAIN}")
    if there > MAX_TREES:
        raise ModelError(f"{path}: holds {there} trees, more than {MAX_TREES}; {AGAIN}")
    if (largest := int(layout.leaf_counts.max())) > MAX_LEAVES:
        raise ModelError(f"{path}: a tree has {largest} leaves, more than {MAX_LEAVES}; {AGAIN}")
