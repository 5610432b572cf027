"""Where things are in trees that are written one after the other in preorder.

A tree is its root, then its left subtree, then its right subtree, each written likewise. Which
nodes are leaves tells all the rest, so such trees can have no cycles and no lost nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Layout:
    """N nodes of T trees with P leaves; positions count from 0 over all trees together."""

    starts: NDArray[np.int64]
    """Shape (T + 1,): position of each root, then N."""
    ends: NDArray[np.int64]
    """Shape (N,): the position after the subtree of each node."""
    leaves: NDArray[np.int64]
    """Shape (P,): positions of the leaves, from left to right."""
    splits: NDArray[np.int64]
    """Shape (N - P,): positions of the other nodes, whose left child is the next node."""
    right: NDArray[np.int64]
    """Shape (N - P,): position of the right child of each split."""
    leaves_before: NDArray[np.int64]
    """Shape (N + 1,): how many leaves stand before each position."""
    tree: NDArray[np.int64]
    """Shape (N,): the tree of each node."""

    @property
    def leaf_counts(self) -> NDArray[np.int64]:
        """Leaves of each tree; shape (T,)."""
        return self.leaves_before[self.starts[1:]] - self.leaves_before[self.starts[:-1]]

    def covers(self, leaf_cover: NDArray[np.integer]) -> NDArray[np.int64]:
        """Examples that reached each node, shape (N,), from those of each leaf, shape (P,)."""
        import numpy as np

        before = np.concatenate([[0], np.cumsum(leaf_cover, dtype=np.int64)])
        found: NDArray[np.int64] = (
            before[self.leaves_before[self.ends]] - before[self.leaves_before[:-1]]
        )
        return found

    def parents(self) -> NDArray[np.int64]:
        """Position of the parent of each node, or -1; shape (N,)."""
        import numpy as np

        found = np.full(self.ends.size, -1, dtype=np.int64)
        found[self.splits + 1] = self.splits
        found[self.right] = self.splits
        return found


def lay_out(is_leaf: NDArray[np.bool_]) -> Layout | None:
    """The layout of nodes in preorder; None if they are not whole trees.

    Source: in preorder, a subtree ends where one more leaf than splits has been read.
    """
    import numpy as np

    # Nodes still to come for those read, less one for each whole tree.
    open_after = np.cumsum(np.where(is_leaf, -1, 1))
    least = np.minimum.accumulate(np.concatenate([[0], open_after]))
    if is_leaf.size == 0 or open_after[-1] >= least[-2]:
        return None
    tree_ends = np.flatnonzero(open_after < least[:-1]) + 1
    starts = np.concatenate([[0], tree_ends])
    ends = _subtree_ends(np.concatenate([[0], open_after]))
    splits = np.flatnonzero(~is_leaf)
    return Layout(
        starts=starts,
        ends=ends,
        leaves=np.flatnonzero(is_leaf),
        splits=splits,
        right=ends[splits + 1],
        leaves_before=np.concatenate([[0], np.cumsum(is_leaf)]),
        tree=np.repeat(np.arange(tree_ends.size), np.diff(starts)),
    )


def _subtree_ends(opened: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each position the next one where ``opened`` is one less than there."""
    import numpy as np

    width = opened.size
    level = opened - opened.min()
    # One number for level and position, so that one sorted list answers for all.
    keys = np.sort(level * width + np.arange(width))
    wanted = (level[:-1] - 1) * width + np.arange(width - 1)
    found: NDArray[np.int64] = keys[np.searchsorted(keys, wanted)] % width
    return found
