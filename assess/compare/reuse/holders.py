"""Which owners have some runs, and which of the others' texts that touches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from assess.compare.reuse.runs import Hashes
from assess.compare.reuse.shared import Shared

Places = NDArray[np.intp]
Owners = NDArray[np.int64]
# The first bits of a hash tell nearly always that it is none of some hundred thousand: 4 MB, which
# stay in the processor's cache while millions are looked up.
_BITS: Final = 22
_MOST: Final = np.iinfo(np.int64).max
_LEAST: Final = np.iinfo(np.int64).min


class Needles:
    """Some hashes that are to be found among very many."""

    def __init__(self, values: Iterable[Hashes]) -> None:
        self.values: Hashes = np.unique(np.concatenate([np.empty(0, dtype=np.uint64), *values]))
        self._begun = np.zeros(1 << _BITS, dtype=np.bool_)
        self._begun[_begin(self.values)] = True

    def __len__(self) -> int:
        return len(self.values)

    def among(self, hashes: Hashes) -> tuple[Places, Places]:
        """Places in ``hashes`` that are one of these, and which."""
        if not len(self.values):
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
        near = np.flatnonzero(self._begun[_begin(hashes)])
        which = np.searchsorted(self.values, hashes[near])
        which[which == len(self.values)] = 0
        is_one = self.values[which] == hashes[near]
        return near[is_one], which[is_one]


def _begin(hashes: Hashes) -> NDArray[np.int64]:
    return (hashes >> np.uint64(64 - _BITS)).astype(np.int64)


@dataclass(frozen=True)
class Holders:
    """Of each needle the least and the greatest owner of texts that hold it."""

    size: int
    _ends: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        ends = np.empty((4, self.size), dtype=np.int64)
        ends[0::2], ends[1::2] = _MOST, _LEAST
        object.__setattr__(self, "_ends", ends)

    def copy(self) -> Self:
        """The same, to be added to."""
        other = type(self)(self.size)
        other._ends[:] = self._ends
        return other

    def add(self, which: Places, owners: Owners) -> None:
        """Add holders of needles; unknown owners are below 0, each text its own."""
        known = owners >= 0
        for row, (of, who) in enumerate(((which, owners), (which[known], owners[known]))):
            np.minimum.at(self._ends[2 * row], of, who)
            np.maximum.at(self._ends[2 * row + 1], of, who)

    @property
    def by_any(self) -> NDArray[np.bool_]:
        """Which needles two owners or more have."""
        several: NDArray[np.bool_] = self._ends[0] < self._ends[1]
        return several

    @property
    def by_known(self) -> NDArray[np.bool_]:
        """Which needles two known owners or more have."""
        several: NDArray[np.bool_] = self._ends[2] < self._ends[3]
        return several

    def shared(self, needles: Needles) -> Shared:
        """The needles that count as shared."""
        return Shared(needles.values[self.by_known], needles.values[self.by_any])


@dataclass
class Alone:
    """Texts whose needles no other owner holds yet: they are touched where another comes or goes.

    A needle that two owners have, whoever comes or goes, keeps none of its texts here, so that of
    each needle those of one owner remain.
    """

    holders: Holders
    _found: list[tuple[Places, Places, NDArray[np.bool_]]] = field(default_factory=list)

    def add(self, which: Places, texts: Places, owners: Owners) -> None:
        """Add needles with the texts that hold them and their owners."""
        self.holders.add(which, owners)
        known = owners >= 0
        settled = np.where(known, self.holders.by_known[which], self.holders.by_any[which])
        self._found.append((which[~settled], texts[~settled], known[~settled]))

    def touched(self, before: Holders, after: Holders) -> set[int]:
        """Texts with a needle that counts as shared after and did not before, or the reverse."""
        by_known, by_any = before.by_known != after.by_known, before.by_any != after.by_any
        return {
            int(text)
            for which, texts, known in self._found
            for text in np.unique(texts[np.where(known, by_known[which], by_any[which])])
        }
