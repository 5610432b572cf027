"""Which texts may share much of a shorter one: MinHash sketches and an index of them.

A text's sketch is the ``SKETCH`` smallest hashes of its runs: a sample of them that is the same
for the same runs. An index tells which sketches have a run, so that one pass over a text's runs
counts how much of every other sketch the text holds: an estimate of how much of that other text
it holds. MinHash with bands estimates likeness of whole sets (Jaccard), which is small where a
short text lies in a long one; the share of the shorter text is what is wanted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
        return self.held(hit, np.zeros(len(hit), dtype=np.int64))[1]

    def held(
        self, hit: NDArray[np.intp], holders: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], Numbers]:
        """Pairs of a holder and a text of which it may hold enough.

        ``hit`` are places in ``runs`` and ``holders`` who has them, a number of theirs each.
        """
        lengths = self.starts[hit + 1] - self.starts[hit]
        ends = np.cumsum(lengths)
        steps = np.arange(lengths.sum()) - np.repeat(ends - lengths, lengths)
        texts = self.texts[np.repeat(self.starts[hit], lengths) + steps].astype(np.int64)
        size = max(1, len(self.needed))
        pairs, counts = np.unique(np.repeat(holders, lengths) * size + texts, return_counts=True)
        holder, found = np.divmod(pairs, size)
        enough = counts >= self.needed[found]
        return holder[enough], found[enough].astype(np.int32)


def sketch_of(runs: Hashes) -> Hashes:
    """The smallest hashes of sorted runs."""
    return runs[:SKETCH].copy()


def build_index(sketches: Iterable[Hashes]) -> Index:
    """Index the sketches of all texts, in their order."""
    return index_of(entries_of(list(sketches)))


@dataclass(frozen=True, slots=True)
class Entries:
    """The runs of all sketches, sorted, each with the text that has it; texts in their order."""

    runs: Hashes
    texts: Numbers
    places: NDArray[np.intp]
    """Where each stood, sketch after sketch."""
    use: NDArray[np.bool_]
    """Whether it is indexed."""
    needed: Numbers
    """As in `Index`."""


def entries_of(sketches: Sequence[Hashes]) -> Entries:
    """Tell which runs of the sketches are indexed."""
    sizes = np.array([len(sketch) for sketch in sketches], dtype=np.int64)
    runs = np.concatenate([np.empty(0, dtype=np.uint64), *sketches])
    places = np.argsort(runs, kind="stable")
    runs = runs[places]
    texts = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)[places]
    use, needed = _used(runs, texts, sizes)
    return Entries(runs, texts, places, use, needed)


def index_of(entries: Entries, texts: NDArray[np.bool_] | None = None) -> Index:
    """The index; with ``texts`` (one for each) only they are found by it."""
    use = entries.use if texts is None else entries.use & texts[entries.texts]
    distinct, starts = np.unique(entries.runs[use], return_index=True)
    return Index(distinct, np.append(starts, use.sum()), entries.texts[use], entries.needed)


def found_otherwise(
    before: Entries, after: Entries, kept: tuple[NDArray[np.bool_], NDArray[np.bool_]]
) -> NDArray[np.bool_]:
    """Of the texts that are in both with one sketch, which are found by other runs now.

    Runs become stock phrases, or the first texts of a template are others. ``kept`` tells of each
    text before and after whether it is in both; the order of these is the same.
    """
    (was, told), (now, _) = (_flags(one, of) for one, of in zip((before, after), kept, strict=True))
    found: NDArray[np.bool_] = before.needed[kept[0]] != after.needed[kept[1]]
    found[np.searchsorted(np.flatnonzero(kept[0]), told[was != now])] = True
    return found


def _flags(entries: Entries, kept: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], Numbers]:
    """Whether each run of some texts is indexed, sketch after sketch, and whose it is."""
    use, texts = np.empty_like(entries.use), np.empty_like(entries.texts)
    use[entries.places], texts[entries.places] = entries.use, entries.texts
    of_kept = kept[texts]
    return use[of_kept], texts[of_kept]


def _used(
    runs: Hashes, texts: Numbers, sizes: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], Numbers]:
    """Which entries are indexed, and how many hits each text needs."""
    is_first = np.append(True, runs[1:] != runs[:-1])[: len(runs)]
    first = np.flatnonzero(is_first)
    inverse = np.cumsum(is_first) - 1
    common = (np.diff(first, append=len(runs)) > COMMON)[inverse]
    rank = np.arange(len(runs)) - first[inverse]
    rare = np.bincount(texts[~common], minlength=len(sizes))
    of_stock = rare < np.minimum(FEW, sizes)
    # The rank is among all texts with the run; a template's own texts are nearly all of them.
    use = ~common | (of_stock[texts] & (rank < COMMON))
    wanted = np.ceil(CANDIDATE * sizes).astype(np.int64)
    missing = np.where(of_stock, 0, sizes - rare)
    return use, np.maximum(1, wanted - missing).astype(np.int32)
