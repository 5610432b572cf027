"""What each feature adds to the score of a row: exact Shapley values of trees.

Source: Lundberg et al. 2020, "From local explanations to global understanding with explainable AI
for trees", the path-dependent variant: where a feature is not known, a row goes both ways at its
splits, in the proportion of the training examples.

For a leaf, let each of the d features on its path be known with chance t, independently. The row
then arrives with chance ``product of (1 - t) * z + t * o``, where o is 1 if the row meets all that
the path asks of the feature, else 0, and z is the part of the examples that would. The Shapley
value is the integral over t from 0 to 1 of what the feature adds to that (Owen 1972): a polynomial
of degree d - 1, which Gauss-Legendre quadrature with d / 2 points integrates exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assess.score.tree_layout import Layout


@dataclass(frozen=True, slots=True)
class Paths:
    """For P leaves what their paths ask of at most D different features each.

    A path with fewer features ends in ones that ask nothing.
    """

    feature: NDArray[np.int64]
    """Shape (D, P)."""
    above: NDArray[np.float32]
    """Shape (D, P): the feature must be larger than this..."""
    up_to: NDArray[np.float32]
    """Shape (D, P): ...and at most this."""
    part: NDArray[np.float64]
    """Shape (D, P): the part of the examples that go on where only this feature is asked."""
    value: NDArray[np.float64]
    """Shape (P,)."""
    label: NDArray[np.int64]
    """Shape (P,)."""

    @classmethod
    def of(
        cls,
        layout: Layout,
        feature: NDArray[np.integer],
        number: NDArray[np.float32],
        covers: NDArray[np.int64],
        label: NDArray[np.int64],
    ) -> Self:
        """Of nodes in preorder, with the examples of each node (N,) and label of each leaf (P,)."""
        import numpy as np

        steps = _Steps.of(layout, feature, number, covers)
        order = np.lexsort((steps.feature, steps.leaf))
        leaf, asked = steps.leaf[order], steps.feature[order]
        new_leaf = np.diff(leaf, prepend=-1) != 0
        firsts = np.flatnonzero(new_leaf | (np.diff(asked, prepend=-1) != 0))
        leaf, asked, new_leaf = leaf[firsts], asked[firsts], new_leaf[firsts]
        place = np.arange(firsts.size)
        # The first feature of a leaf is at place 0 of its path, the next at 1...
        place -= np.maximum.accumulate(np.where(new_leaf, place, 0))
        shape = (int(place.max(initial=-1)) + 1, layout.leaves.size)
        found = cls(
            np.zeros(shape, dtype=np.int64),
            np.full(shape, -np.inf, dtype=np.float32),
            np.full(shape, np.inf, dtype=np.float32),
            np.ones(shape),
            number[layout.leaves].astype(np.float64),
            label,
        )
        if firsts.size:
            found.feature[place, leaf] = asked
            found.above[place, leaf] = np.maximum.reduceat(steps.above[order], firsts)
            found.up_to[place, leaf] = np.minimum.reduceat(steps.up_to[order], firsts)
            found.part[place, leaf] = np.multiply.reduceat(steps.part[order], firsts)
        return found

    def expected(self, labels: int) -> NDArray[np.float64]:
        """The sum of a label's leaves where no feature is known; shape (L,)."""
        import numpy as np

        found = np.zeros(labels)
        np.add.at(found, self.label, self.value * self.part.prod(axis=0))
        return found

    def shares(self, row: NDArray[np.float32], labels: int) -> NDArray[np.float64]:
        """What each feature of a row (F,) adds to each label's sum; shape (L, F)."""
        import numpy as np

        asked = row[self.feature]
        gain = ((asked > self.above) & (asked <= self.up_to)) - self.part
        weight = np.zeros_like(gain)
        points, point_weights = _quadrature(len(gain))
        for point, point_weight in zip(points, point_weights, strict=True):
            chance = self.part + point * gain
            weight += point_weight * chance.prod(axis=0) / chance
        cells = self.label * row.size + self.feature
        added = (weight * gain * self.value).ravel()
        summed: NDArray[Any] = np.bincount(cells.ravel(), added, labels * row.size)
        return summed.reshape(labels, row.size)


@dataclass(frozen=True, slots=True)
class _Steps:
    """Each step from a node to its child, once for each leaf below: what it asks of a feature."""

    leaf: NDArray[np.int64]
    feature: NDArray[np.int64]
    above: NDArray[np.float32]
    up_to: NDArray[np.float32]
    part: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        layout: Layout,
        feature: NDArray[np.integer],
        number: NDArray[np.float32],
        covers: NDArray[np.int64],
    ) -> Self:
        import numpy as np

        leaf, child = _upwards(layout)
        parent = layout.parents()[child]
        is_left = child == parent + 1
        return cls(
            leaf,
            feature[parent].astype(np.int64),
            np.where(is_left, np.float32(-np.inf), number[parent]),
            np.where(is_left, number[parent], np.float32(np.inf)),
            covers[child] / covers[parent],
        )


def _upwards(layout: Layout) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of a leaf (counted from 0) and a node from it up to below the root (a position)."""
    import numpy as np

    parents = layout.parents()
    leaf, node = np.arange(layout.leaves.size), layout.leaves
    leaves, nodes = [], []
    while leaf.size:
        below_root = parents[node] >= 0
        leaf, node = leaf[below_root], node[below_root]
        leaves.append(leaf)
        nodes.append(node)
        node = parents[node]
    return np.concatenate(leaves), np.concatenate(nodes)


def _quadrature(degree: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points in (0, 1) and weights that integrate polynomials below the degree exactly."""
    import numpy as np

    points, weights = np.polynomial.legendre.leggauss(max(1, (degree + 1) // 2))
    return (points + 1) / 2, weights / 2
