"""Runs that texts of different owners have."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assess.compare.reuse.runs import Hashes
from assess.compare.reuse.spool import Spool

# Hashes sorted at a time: with their owners and the sort's own arrays about 120 MB.
_AT_A_TIME: Final = 3_000_000
# Hashes read at a time while those of one bucket are gathered: 16 MB.
_READ: Final = 2_000_000
_ALL: Final = 1 << 64
_NOBODY: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Shared:
    """Runs of several texts, sorted."""

    by_known: Hashes
    """That texts of at least two known owners have."""
    by_any: Hashes
    """That texts of at least two owners have, where a text of unknown owner is alone."""

    def for_owner(self, number: int) -> Hashes:
        """What counts as shared in a text of this owner.

        A text of unknown owner may be the owner's own, of another year or in another format, so
        that it takes no words from a text whose owner is known.
        """
        return self.by_known if number >= 0 else self.by_any


def shared_runs(spool: Spool, owners: NDArray[np.int64]) -> Shared:
    """The runs of at least two owners; ``owners`` gives each text's, unknown ones below 0.

    Hashes are evenly spread, so that equal ranges of them are buckets of about one size, and one
    bucket at a time is in memory.
    """
    buckets = max(1, -(-int(spool.starts[-1]) // _AT_A_TIME))
    edges = [_ALL * number // buckets for number in range(buckets + 1)]
    found = [_shared(*_bucket(spool, owners, low, high - 1)) for low, high in pairwise(edges)]
    return Shared(*(np.concatenate(part) for part in zip(*found, strict=True)))


def _bucket(
    spool: Spool, owners: NDArray[np.int64], low: int, high: int
) -> tuple[Hashes, NDArray[np.int64]]:
    runs, whose = [np.empty(0, dtype=np.uint64)], [np.empty(0, dtype=np.int64)]
    sizes = spool.sizes
    for first, last in spool.spans(_READ):
        read = spool.read(first, last)
        inside = (read >= np.uint64(low)) & (read <= np.uint64(high))
        runs.append(read[inside])
        whose.append(np.repeat(owners[first:last], sizes[first:last])[inside])
    return np.concatenate(runs), np.concatenate(whose)


def _shared(runs: Hashes, whose: NDArray[np.int64]) -> tuple[Hashes, Hashes]:
    """The runs of two known owners or more, and those of two owners of any kind."""
    if not len(runs):
        return runs, runs
    order = np.argsort(runs)
    runs, whose = runs[order], whose[order]
    starts = np.flatnonzero(np.concatenate(([True], runs[1:] != runs[:-1])))
    first = runs[starts]
    last_owner = np.maximum.reduceat(whose, starts)
    several = np.minimum.reduceat(whose, starts) != last_owner
    first_known = np.minimum.reduceat(np.where(whose < 0, _NOBODY, whose), starts)
    return first[first_known < last_owner], first[several]
