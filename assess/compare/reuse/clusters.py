"""Clusters of near-copies, each with the text that is likely nearest to their template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from assess.compare.reuse.pairs import Pairs, Runs
from assess.compare.reuse.sketch import OVERLAP
from assess.compare.reuse.spool import among


@dataclass(frozen=True, slots=True)
class Cluster:
    """Texts that are linked by pairs, by their numbers."""

    texts: tuple[int, ...]
    template: int
    """The text that overlaps most with the others: likely nearest to what all were made from.
    Nothing tells which of them was first."""


def find_clusters(pairs: Pairs, size: int, related: Callable[[int, int], bool]) -> list[Cluster]:
    """Clusters of texts beyond one organisation or group, the largest first.

    Pairs count where more than standard passages is shared; ``related`` tells whether two texts
    (numbers below ``size``) are of one organisation or group.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    near = pairs[pairs["own"] >= OVERLAP]  # NaN is not
    if not len(near):
        return []
    ends = (near["first"], near["second"])
    graph = coo_array((np.ones(len(near)), ends), shape=(size, size))
    label = connected_components(graph, directed=False)[1][near["first"]]
    order = np.argsort(label, kind="stable")
    parts = np.split(near[order], np.flatnonzero(np.diff(label[order])) + 1)
    found = [
        _cluster(part)
        for part in parts
        if not all(related(int(pair["first"]), int(pair["second"])) for pair in part)
    ]
    return sorted(found, key=lambda cluster: (-len(cluster.texts), cluster.texts))


def overlap(runs: Runs, text: int, template: int) -> float:
    """How much of a text and the template of its cluster both have, 0 to 1."""
    own, of_template = runs.read(text), runs.read(template)
    return round(float(among(own, of_template).sum() / min(len(own), len(of_template))), 4)


def _cluster(pairs: Pairs) -> Cluster:
    texts, place = np.unique(np.concatenate((pairs["first"], pairs["second"])), return_inverse=True)
    # Rounded: sums in another order must not choose another template.
    overlaps = np.bincount(place, weights=np.tile(pairs["overlap"], 2)).round(9)
    return Cluster(tuple(map(int, texts)), int(texts[overlaps.argmax()]))
