"""Pairs of texts of which one holds much of the other, verified run by run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from assess.compare.reuse.runs import Hashes
from assess.compare.reuse.sketch import OVERLAP, Index, Numbers
from assess.compare.reuse.spool import Sizes, among

MIN_OWN_RUNS: Final = 40
"""Runs beside standard passages below which a text is too short to be called like another: some
three sentences."""
# Texts verified at a time: 300 of 1,500 runs take 4 MB.
_AT_A_TIME: Final = 300

PAIR: Final = np.dtype(
    [("first", "i4"), ("second", "i4"), ("shared", "i4"), ("overlap", "f8"), ("own", "f8")]
)
"""Two texts by their numbers, ``first < second``; the runs that both have; these as a share of the
runs of the text that has fewer (0 to 1); the same without the runs of standard passages, NaN where
the text with fewer others has less than `MIN_OWN_RUNS`."""
Pairs = NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts of a comparison as runs."""

    runs: Runs
    standard: Hashes
    """Runs of standard passages."""
    own_sizes: Sizes
    """Of each text, the number of its runs that are of none."""


class Runs(Protocol):
    """The runs of all texts of a comparison, by their numbers."""

    @property
    def sizes(self) -> Sizes:
        """The number of runs of each text."""

    def read(self, first: int) -> Hashes:
        """The runs of one text, sorted."""


def find_pairs(texts: Texts, index: Index, numbers: Iterable[int]) -> Pairs:
    """Pairs with an overlap of at least ``OVERLAP`` in which a text of ``numbers`` is the longer.

    Of two texts with as many runs the later counts as the longer, so that each pair comes once.
    An array of `PAIR`, by first and second text.
    """
    found = [_pairs_of(texts, index, number) for number in numbers]
    together: Pairs = np.concatenate([np.empty(0, PAIR), *found])
    return together[np.lexsort((together["second"], together["first"]))]


def _pairs_of(texts: Texts, index: Index, longer: int) -> Pairs:
    return verified(texts, longer, index.candidates(texts.runs.read(longer)))


def is_shorter(sizes: Sizes, one: Numbers, other: Numbers | Sizes | int) -> NDArray[np.bool_]:
    """Whether texts have fewer runs than others; of as many the earlier counts as the shorter."""
    shorter: NDArray[np.bool_] = (sizes[one] < sizes[other]) | (
        (sizes[one] == sizes[other]) & (one < other)
    )
    return shorter


def verified(texts: Texts, longer: int, candidates: Numbers) -> Pairs:
    """The pairs of one text with those of the candidates that are shorter."""
    runs = texts.runs.read(longer)
    own = runs[~among(runs, texts.standard)]
    shorter = candidates[is_shorter(texts.runs.sizes, candidates, longer)]
    return np.concatenate(
        [np.empty(0, PAIR)]
        + [
            _verified(texts, longer, (runs, own), shorter[first : first + _AT_A_TIME])
            for first in range(0, len(shorter), _AT_A_TIME)
        ]
    )


def _verified(texts: Texts, longer: int, runs: tuple[Hashes, Hashes], others: Numbers) -> Pairs:
    """The pairs of one text with some shorter ones; ``runs`` are all of it, and its own."""
    parts = [texts.runs.read(int(number)) for number in others]
    ends = np.cumsum([len(part) for part in parts])
    together = np.concatenate(parts)
    shared, own = (_per_part(among(together, some), ends) for some in runs)
    sizes = texts.runs.sizes[others]
    enough = shared >= OVERLAP * sizes
    pairs = np.empty(int(enough.sum()), PAIR)
    pairs["first"] = np.minimum(others, longer)[enough]
    pairs["second"] = np.maximum(others, longer)[enough]
    pairs["shared"] = shared[enough]
    pairs["overlap"] = (shared / sizes)[enough]
    fewest = np.minimum(texts.own_sizes[others], texts.own_sizes[longer])
    pairs["own"] = np.where(fewest >= MIN_OWN_RUNS, own / np.maximum(1, fewest), np.nan)[enough]
    return pairs


def rounded(pairs: Pairs) -> Pairs:
    """The shares as they are kept: what rests on them is the same when they are read back."""
    for share in ("overlap", "own"):
        pairs[share] = pairs[share].round(4)
    return pairs


def _per_part(hits: NDArray[np.bool_], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    total = np.concatenate(([0], np.cumsum(hits)))[ends]
    counts: NDArray[np.int64] = np.diff(total, prepend=0)
    return counts
