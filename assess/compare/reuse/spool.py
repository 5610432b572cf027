"""The runs of many texts, on disk for the time of one comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assess.compare.reuse.runs import Hashes

_BYTES: Final = 8
Sizes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spool:
    """Arrays of sorted hashes, one a text, in one file; memory holds their places only."""

    path: Path
    starts: Sizes
    """Of text i, the file holds hashes ``starts[i]`` to before ``starts[i + 1]``."""
    sizes: Sizes
    """The number of hashes of each text."""

    def __len__(self) -> int:
        return len(self.sizes)

    def read(self, first: int, last: int | None = None) -> Hashes:
        """The hashes of one text, or of the texts from ``first`` to before ``last`` in a row."""
        begin, end = self.starts[first], self.starts[first + 1 if last is None else last]
        return np.fromfile(
            self.path, dtype=np.uint64, count=int(end - begin), offset=int(begin) * _BYTES
        )

    def spans(self, most: int) -> Iterator[tuple[int, int]]:
        """Texts (first, last) in stretches of about ``most`` hashes, last excluded."""
        first = 0
        for number in range(len(self)):
            if self.starts[number + 1] - self.starts[first] >= most or number + 1 == len(self):
                yield first, number + 1
                first = number + 1


def spooled(path: Path, texts: Iterable[Hashes]) -> Spool:
    """Write the hashes of texts to a file."""
    sizes = [0]
    with path.open("wb") as handle:
        for hashes in texts:
            handle.write(hashes.tobytes())
            sizes.append(len(hashes))
    every = np.asarray(sizes, dtype=np.int64)
    return Spool(path, np.cumsum(every), every[1:])


def among(values: Hashes, known: Hashes) -> NDArray[np.bool_]:
    """Of each value, whether it is in ``known`` (sorted); quicker than `numpy.isin`."""
    if not len(known):
        return np.zeros(len(values), dtype=np.bool_)
    places = np.searchsorted(known, values)
    places[places == len(known)] = 0
    found: NDArray[np.bool_] = known[places] == values
    return found
