"""Which texts may share much of a shorter one: MinHash sketches and an index of them.

A text's sketch is the ``SKETCH`` smallest hashes of its runs: a sample of them that is the same
for the same runs. An index tells which sketches have a run, so that one pass over a text's runs
counts how much of every other sketch the text holds: an estimate of how much of that other text
it holds. MinHash with bands estimates likeness of whole sets (Jaccard), which is small where a
short text lies in a long one; the share of the shorter text is what is wanted here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assess.compare.reuse.runs import Hashes
from assess.compare.reuse.spool import among

SKETCH: Final = 64
"""Runs in a sketch: the estimate of a share of one half is then off by 0.06 (standard error)."""
OVERLAP: Final = 0.5
"""Share of the shorter text's runs from which on two texts are a pair."""
CANDIDATE: Final = 0.3
"""Estimated share from which on it is counted exactly: three standard errors below."""
COMMON: Final = 256
"""A run in more sketches than this is a stock phrase and finds nobody; see `Index`."""
FEW: Final = 24
"""A sketch with fewer other runs is found by its stock phrases, among `COMMON` texts each."""

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Index:
    """Which texts have a run in their sketch.

    Stock phrases are in the sketches of thousands of texts, and following each would compare all
    with all. They are left out, and for a text whose share of them is s the rest of its sketch is
    asked for CANDIDATE - s. A text that is almost all stock phrases (a template that hundreds
    use) keeps them, but only the first `COMMON` such texts are found by each of them: enough to
    put it in its cluster, not to list every pair of a cluster of thousands.
    """

    runs: Hashes
    """Sorted, each once."""
    starts: NDArray[np.int64]
    """Of run i, ``texts[starts[i]:starts[i + 1]]`` have it."""
    texts: Numbers
    needed: Numbers
    """Of each text, how many of its indexed runs another must hold to be a candidate."""

    def candidates(self, runs: Hashes) -> Numbers:
        """Numbers of the texts of which ``runs`` (sorted, each once) may hold enough."""
        places = np.searchsorted(self.runs, runs)
        hit = places[among(runs, self.runs)]
        if not len(hit):
            return np.empty(0, dtype=np.int32)
        found, counts = np.unique(self._texts_of(hit), return_counts=True)
        enough: Numbers = found[counts >= self.needed[found]]
        return enough

    def _texts_of(self, hit: NDArray[np.intp]) -> Numbers:
        """All texts of some runs, with repeats."""
        lengths = self.starts[hit + 1] - self.starts[hit]
        ends = np.cumsum(lengths)
        steps = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
        texts: Numbers = self.texts[np.repeat(self.starts[hit], lengths) + steps]
        return texts


def sketch_of(runs: Hashes) -> Hashes:
    """The smallest hashes of sorted runs."""
    return runs[:SKETCH].copy()


def build_index(sketches: Iterable[Hashes]) -> Index:
    """Index the sketches of all texts, in their order."""
    kept = list(sketches)
    sizes = np.array([len(sketch) for sketch in kept], dtype=np.int64)
    texts = np.repeat(np.arange(len(kept), dtype=np.int32), sizes)
    runs = np.concatenate(kept) if kept else np.empty(0, dtype=np.uint64)
    order = np.lexsort((texts, runs))
    runs, texts = runs[order], texts[order]
    use, needed = _used(runs, texts, sizes)
    distinct, starts = np.unique(runs[use], return_index=True)
    return Index(distinct, np.append(starts, use.sum()), texts[use], needed)


def _used(
    runs: Hashes, texts: Numbers, sizes: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], Numbers]:
    """Which entries are indexed, and how many hits each text needs."""
    _, first, inverse, counts = np.unique(
        runs, return_index=True, return_inverse=True, return_counts=True
    )
    common = (counts > COMMON)[inverse]
    rank = np.arange(len(runs)) - first[inverse]
    rare = np.bincount(texts[~common], minlength=len(sizes))
    of_stock = rare < np.minimum(FEW, sizes)
    # The rank is among all texts with the run; a template's own texts are nearly all of them.
    use = ~common | (of_stock[texts] & (rank < COMMON))
    wanted = np.ceil(CANDIDATE * sizes).astype(np.int64)
    missing = np.where(of_stock, 0, sizes - rare)
    return use, np.maximum(1, wanted - missing).astype(np.int32)
