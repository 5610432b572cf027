"""Which sentences texts of several owners have, gathered in arrays: millions fit in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from assess.compare.reuse.kept import Sentences
from assess.compare.reuse.sentences import is_standard
from assess.compare.reuse.standard import standard_runs
from assess.store.workspace import Workspace

_USE = np.dtype(
    [
        ("key", "u8"),
        ("text", "i4"),
        ("start", "i4"),
        ("end", "i4"),
        ("words", "i4"),
    ]
)
OneSentence = NDArray[np.void]
"""The uses of one sentence, in the order of texts."""


class Uses:
    """Sentences of texts by their key; ``owners`` gives the owner of each text."""

    def __init__(self, owners: NDArray[np.int64]) -> None:
        self._owners = owners
        self._uses: list[NDArray[np.void]] = []

    def add(self, texts: NDArray[np.int64] | int, sentences: Sentences) -> None:
        """Add sentences of one text, or of a text each."""
        uses = np.empty(len(sentences), _USE)
        uses["text"] = texts
        for of in ("key", "start", "end", "words"):
            uses[of] = sentences[of]
        self._uses.append(uses)

    def shared(self) -> Iterator[OneSentence]:
        """Each sentence that texts of two owners or more have; sentences by their key."""
        uses = np.concatenate(self._uses) if self._uses else np.empty(0, _USE)
        uses = uses[np.lexsort((uses["start"], uses["text"], uses["key"]))]
        if not len(uses):
            return
        starts = np.flatnonzero(np.append(True, uses["key"][1:] != uses["key"][:-1]))
        ends = np.append(starts[1:], len(uses))
        owners = self._owners[uses["text"]]
        several = np.minimum.reduceat(owners, starts) != np.maximum.reduceat(owners, starts)
        for start, end in zip(starts[several], ends[several], strict=True):
            yield uses[start:end]

    def described(
        self, workspace: Workspace, uses: OneSentence, hashes: Sequence[str]
    ) -> tuple[int, str, str, int, int, int, int]:
        """The row of one sentence."""
        first = uses[0]
        text = _quote(workspace, hashes[first["text"]], int(first["start"]), int(first["end"]))
        return (
            id_of(int(first["key"])),
            f"{int(first['key']):016x}",
            text,
            int(first["words"]),
            len(np.unique(uses["text"])),
            len(np.unique(self._owners[uses["text"]])),
            int(is_standard(text, standard_runs(normal=True))),
        )


def id_of(key: int) -> int:
    """The id of a sentence: the same whatever was compared before, and in the keys' order."""
    return key >> 1


def use_rows(uses: OneSentence, hashes: Sequence[str]) -> Iterator[tuple[int, str, int, int]]:
    """The rows of the places where a sentence stands."""
    for use in uses:
        yield id_of(int(use["key"])), hashes[use["text"]], int(use["start"]), int(use["end"])


def _quote(workspace: Workspace, sha256: str, start: int, end: int) -> str:
    (text,) = workspace.db.execute(
        "SELECT substr(content, ?, ?) FROM texts WHERE document_sha256 = ?",
        [start + 1, end - start, sha256],
    ).fetchone()
    return " ".join(text.split())
