"""Runs that texts of different owners have."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assess.compare.reuse.runs import Hashes
from assess.compare.reuse.spool import Spool

# Hashes sorted at a time: with their owners and the sort's own arrays about 300 MB.
_AT_A_TIME: Final = 8_000_000
# Hashes read at a time while those of one bucket are gathered: 32 MB.
_READ: Final = 4_000_000
_ALL: Final = 1 << 64


def shared_runs(spool: Spool, owners: NDArray[np.int64]) -> Hashes:
    """The runs, sorted, that texts of at least two owners have; ``owners`` gives each text's.

    Hashes are evenly spread, so that equal ranges of them are buckets of about one size, and one
    bucket at a time is in memory.
    """
    buckets = max(1, -(-int(spool.starts[-1]) // _AT_A_TIME))
    edges = [_ALL * number // buckets for number in range(buckets + 1)]
    found = [_shared(*_bucket(spool, owners, low, high - 1)) for low, high in pairwise(edges)]
    return np.concatenate(found)


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


def _shared(runs: Hashes, whose: NDArray[np.int64]) -> Hashes:
    if not len(runs):
        return runs
    order = np.argsort(runs)
    runs, whose = runs[order], whose[order]
    starts = np.flatnonzero(np.concatenate(([True], runs[1:] != runs[:-1])))
    several = np.minimum.reduceat(whose, starts) != np.maximum.reduceat(whose, starts)
    found: Hashes = runs[starts[several]]
    return found
