"""What a classifier said of labelled statements while each was left out of its training.

The shipped one has learned from them since, so that only this tells how good it is on others.
Beside it, what sentences it has learned from: figures on those would say nothing.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assess.errors import ModelError
from assess.score.labels import LABELS
from assess.score.model_files import AGAIN, unpack_arrays

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE: Final = "left_out.npz"
_ARRAYS: Final = ("digests", "rows", "probabilities", "called", "learned")
# Shorter ones are headings and furniture, which many statements share.
_MIN_WORDS: Final = 5
# A statement is known by half of its sentences: some are of the law, or of a template.
_KNOWN: Final = 0.5


@dataclass(frozen=True, eq=False, slots=True)
class LeftOut:
    """The sentences of one statement, in order; shapes (sentences, labels)."""

    probabilities: NDArray[np.float32]
    called: NDArray[np.bool_]
    """By thresholds chosen on other statements."""


def digest(sentences: Iterable[str]) -> str:
    """Tells a statement by its sentences, whatever their blanks: 16 hexadecimal digits."""
    told = json.dumps([" ".join(sentence.split()) for sentence in sentences])
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:16]


def sentence_hashes(sentences: Iterable[str]) -> list[int]:
    """A number of 32 bits for each sentence of some length, whatever its blanks and capitals."""
    cleaned = (sentence.lower().split() for sentence in sentences)
    return [
        int.from_bytes(hashlib.sha256(json.dumps(words).encode()).digest()[:4], "big")
        for words in cleaned
        if len(words) >= _MIN_WORDS
    ]


def has_learned(learned: Collection[int], sentences: Iterable[str]) -> bool:
    """Whether a statement is one of those whose sentences (by hash) were learned from."""
    hashes = sentence_hashes(sentences)
    return bool(hashes) and sum(map(learned.__contains__, hashes)) >= _KNOWN * len(hashes)


def to_bytes(statements: Mapping[str, LeftOut], learned: Collection[int]) -> bytes:
    """The file for statements by digest, one at least, and hashes. Same input, same bytes."""
    import numpy as np

    digests = sorted(statements)
    arrays: dict[str, Any] = {
        "digests": np.array(digests),
        "rows": np.array([len(statements[name].called) for name in digests], dtype=np.int32),
        "probabilities": np.concatenate([statements[name].probabilities for name in digests]),
        "called": np.concatenate([statements[name].called for name in digests]),
        "learned": np.array(sorted(learned), dtype=np.uint32),
    }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def from_bytes(content: bytes, path: Path) -> tuple[dict[str, LeftOut], frozenset[int]]:
    """The statements in a file, by digest, and the hashes of sentences learned from.

    Raises:
        ModelError: damaged, or its arrays do not fit each other.
    """
    import numpy as np

    arrays = unpack_arrays(content, path, _ARRAYS)
    digests, rows, probabilities, called, learned = arrays.values()
    fits = (
        (digests.dtype.kind, digests.ndim, rows.shape) == ("U", 1, digests.shape)
        and [array.dtype.str for array in (rows, probabilities, called, learned)]
        == ["<i4", "<f4", "|b1", "<u4"]
        and learned.ndim == 1
        and bool((rows >= 0).all())
        and probabilities.shape == called.shape == (int(rows.sum(dtype=np.int64)), len(LABELS))
        and bool(((probabilities >= 0) & (probabilities <= 1)).all())
    )
    if not fits:
        raise ModelError(f"{path}: its arrays do not fit each other; {AGAIN}")
    ends = np.cumsum(rows)
    statements = {
        str(name): LeftOut(probabilities[end - count : end], called[end - count : end])
        for name, count, end in zip(digests, rows, ends, strict=True)
    }
    return statements, frozenset(learned.tolist())
