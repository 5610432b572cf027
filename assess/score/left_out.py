"""What a classifier said of labelled statements while each was left out of its training.

The shipped one has learned from them since, so that only this tells how good it is on others.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assess.errors import ModelError
from assess.score.features import Row
from assess.score.labels import LABELS
from assess.score.model_files import AGAIN, unpack_arrays

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE: Final = "left_out.npz"
_ARRAYS: Final = ("digests", "rows", "probabilities", "called")


@dataclass(frozen=True, eq=False, slots=True)
class LeftOut:
    """The rows of one table; shapes (rows, labels)."""

    probabilities: NDArray[np.float32]
    called: NDArray[np.bool_]
    """By thresholds chosen on other statements."""


def digest(rows: Iterable[Row]) -> str:
    """Tells a table by its rows, those of one statement together: 16 hexadecimal digits."""
    told = json.dumps([[row.statement_id, row.sentence] for row in rows])
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:16]


def to_bytes(tables: Mapping[str, LeftOut]) -> bytes:
    """The file for tables by digest, one at least. Same input, same bytes."""
    import numpy as np

    digests = sorted(tables)
    arrays: dict[str, Any] = {
        "digests": np.array(digests),
        "rows": np.array([len(tables[name].called) for name in digests], dtype=np.int32),
        "probabilities": np.concatenate([tables[name].probabilities for name in digests]),
        "called": np.concatenate([tables[name].called for name in digests]),
    }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def from_bytes(content: bytes, path: Path) -> dict[str, LeftOut]:
    """The tables in a file, by digest.

    Raises:
        ModelError: damaged, or its arrays do not fit each other.
    """
    import numpy as np

    digests, rows, probabilities, called = unpack_arrays(content, path, _ARRAYS).values()
    fits = (
        (digests.dtype.kind, digests.ndim, rows.shape) == ("U", 1, digests.shape)
        and [array.dtype.str for array in (rows, probabilities, called)] == ["<i4", "<f4", "|b1"]
        and bool((rows >= 0).all())
        and probabilities.shape == called.shape == (int(rows.sum(dtype=np.int64)), len(LABELS))
        and bool(((probabilities >= 0) & (probabilities <= 1)).all())
    )
    if not fits:
        raise ModelError(f"{path}: its arrays do not fit each other; {AGAIN}")
    ends = np.cumsum(rows)
    return {
        str(name): LeftOut(probabilities[end - count : end], called[end - count : end])
        for name, count, end in zip(digests, rows, ends, strict=True)
    }
