"""Clusters beyond one organisation, and their likely template."""

from __future__ import annotations

import numpy as np

from assess.compare.reuse.clusters import Cluster, find_clusters
from assess.compare.reuse.pairs import PAIR, Pairs


def pairs(*rows: tuple[int, int, float]) -> Pairs:
    return np.array([(a, b, 100, overlap, overlap) for a, b, overlap in rows], PAIR)


def strangers(_one: int, _other: int) -> bool:
    return False


def test_linked_texts_are_one_cluster_with_the_likest_as_template() -> None:
    found = find_clusters(pairs((0, 1, 0.6), (1, 2, 0.9), (5, 6, 0.7)), 8, strangers)
    assert found == [Cluster((0, 1, 2), 1), Cluster((5, 6), 5)]


def test_one_organisation_alone_is_no_cluster() -> None:
    near = pairs((0, 1, 0.9), (1, 2, 0.9), (3, 4, 0.9))
    assert find_clusters(near, 5, lambda a, b: {a, b} <= {0, 1, 2}) == [Cluster((3, 4), 3)]


def test_standard_passages_alone_link_nobody() -> None:
    near = pairs((0, 1, 0.9), (2, 3, 0.9))
    near["own"] = [0.3, np.nan]
    assert find_clusters(near, 4, strangers) == []


def test_order_of_pairs_makes_no_difference() -> None:
    rows = [(0, 1, 0.61), (0, 2, 0.7), (1, 2, 0.83), (4, 5, 0.9), (5, 6, 0.55)]
    assert find_clusters(pairs(*rows), 7, strangers) == find_clusters(
        pairs(*reversed(rows)), 7, strangers
    )
