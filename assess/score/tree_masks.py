"""Many small decision trees asked at once, for a batch of rows, with bit masks of leaves.

Source: QuickScorer (Lucchese et al. 2015). Each split of a tree knows the leaves that a row cannot
reach once it goes right there: those of its left subtree. Of the leaves that no split of the tree
rules out, the leftmost is the row's. No tree is walked, so all rows and trees go in step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assess.score.tree_layout import Layout

# The bits of the widest mask.
MAX_LEAVES: Final = 64
# Rows asked together: what they need then fits the processor's cache.
CHUNK: Final = 64


@dataclass(frozen=True, slots=True)
class Masks:
    """T trees as S rounds, the splits of the largest tree; smaller trees idle in the last."""

    feature: NDArray[np.intp]
    """Shape (S, T)."""
    threshold: NDArray[np.float32]
    """Shape (S, T, 1): a row goes right where its feature is larger; infinite where idle."""
    ruled_out: NDArray[np.unsignedinteger]
    """Shape (S, T, 1): bit i for leaf i of the tree, for what going right rules out."""
    first_leaf: NDArray[np.int64]
    """Shape (T,): where the leaves of each tree begin in ``value``."""
    value: NDArray[np.float64]
    """Shape (P,): of all leaves."""
    first_tree: NDArray[np.int64]
    """Shape (L,): where the trees of each label begin."""

    @classmethod
    def of(
        cls,
        layout: Layout,
        feature: NDArray[np.integer],
        number: NDArray[np.float32],
        trees: NDArray[np.integer],
    ) -> Self:
        """The masks for nodes in preorder and ``trees`` trees of each label."""
        import numpy as np

        roots, splits = layout.starts[:-1], layout.splits
        tree = layout.tree[splits]
        first_leaf = layout.leaves_before[roots]
        # Splits before this one in its tree: nodes before, less leaves before.
        turn = splits - roots[tree] - (layout.leaves_before[splits] - first_leaf[tree])
        largest = int(layout.leaf_counts.max())
        bits = next(bits for bits in (8, 16, 32, 64) if bits >= largest)
        shape = (largest - 1, roots.size)
        features = np.zeros(shape, dtype=np.intp)
        thresholds = np.full(shape, np.inf, dtype=np.float32)
        ruled_out = np.zeros(shape, dtype=f"u{bits // 8}")
        features[turn, tree] = feature[splits]
        thresholds[turn, tree] = number[splits]
        one, left, right = np.uint64(1), layout.leaves_before[splits], layout.right
        low = (left - first_leaf[tree]).astype(np.uint64)
        high = (layout.leaves_before[right] - first_leaf[tree]).astype(np.uint64)
        ruled_out[turn, tree] = (one << high) - (one << low)
        return cls(
            features,
            thresholds[:, :, None],
            ruled_out[:, :, None],
            first_leaf,
            number[layout.leaves].astype(np.float64),
            np.cumsum(trees, dtype=np.int64) - trees,
        )

    def sums(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Of each row (n, F) the sum of its leaves for each label: shape (n, L).

        A row's sums do not depend on the other rows, to the last bit.
        """
        import numpy as np

        found = np.empty((len(rows), self.first_tree.size))
        for start in range(0, len(rows), CHUNK):
            reached = self._reached(rows[start : start + CHUNK])
            # The values lie row by row, so that each label's are added in the same order.
            values = self.value.take(reached.T)
            np.add.reduceat(values, self.first_tree, axis=1, out=found[start : start + CHUNK])
        return found

    def _reached(self, rows: NDArray[np.float32]) -> NDArray[np.int64]:
        """The leaf of each tree that each row reaches; shape (T, n)."""
        import numpy as np

        columns = np.ascontiguousarray(rows.T)
        out = np.zeros((self.first_leaf.size, len(rows)), dtype=self.ruled_out.dtype)
        for feature, threshold, mask in zip(
            self.feature, self.threshold, self.ruled_out, strict=True
        ):
            out |= (columns.take(feature, axis=0) > threshold) * mask
        return _lowest_bit(~out) + self.first_leaf[:, None]


def _lowest_bit(masks: NDArray[np.unsignedinteger]) -> NDArray[np.int64]:
    """The number of the lowest bit that is set, of masks that are not 0."""
    import numpy as np

    # A power of two is exact as float32; its logarithm stands in the exponent, above 23 bits.
    alone = (masks & (~masks + masks.dtype.type(1))).astype(np.float32)
    found: NDArray[np.int64] = (alone.view(np.int32) >> 23).astype(np.int64) - 127
    return found
