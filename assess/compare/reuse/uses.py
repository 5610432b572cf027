"""Which sentences texts of several owners have, gathered in arrays: millions fit in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from assess.compare.reuse.sentences import Kept, is_standard
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


class Uses:
    """Sentences by their key; ``owners`` gives the owner of each text."""

    def __init__(self, owners: NDArray[np.int64]) -> None:
        self._owners = owners
        self._uses: list[NDArray[np.void]] = []

    def add(self, number: int, sentences: Sequence[Kept]) -> None:
        """Add the sentences of one text."""
        rows = [(s.key, number, s.start, s.end, s.words) for s in sentences]
        self._uses.append(np.array(rows, _USE))

    def write(self, workspace: Workspace, hashes: Sequence[str]) -> None:
        """Write the sentences that texts of two owners or more have, and where they stand."""
        workspace.db.conn.executemany(
            "INSERT INTO shared_sentences VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (number, *self._described(workspace, uses, hashes))
                for number, uses in enumerate(self._shared(), 1)
            ),
        )
        workspace.db.conn.executemany(
            "INSERT INTO sentence_uses VALUES (?, ?, ?, ?)",
            (
                (number, hashes[use["text"]], int(use["start"]), int(use["end"]))
                for number, uses in enumerate(self._shared(), 1)
                for use in uses
            ),
        )

    def _shared(self) -> Iterator[NDArray[np.void]]:
        """The uses of each shared sentence, in the order of texts; sentences by their key."""
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

    def _described(
        self, workspace: Workspace, uses: NDArray[np.void], hashes: Sequence[str]
    ) -> tuple[str, str, int, int, int, int]:
        first = uses[0]
        text = _quote(workspace, hashes[first["text"]], int(first["start"]), int(first["end"]))
        return (
            f"{int(first['key']):016x}",
            text,
            int(first["words"]),
            len(np.unique(uses["text"])),
            len(np.unique(self._owners[uses["text"]])),
            int(is_standard(text, standard_runs(normal=True))),
        )


def _quote(workspace: Workspace, sha256: str, start: int, end: int) -> str:
    (text,) = workspace.db.execute(
        "SELECT substr(content, ?, ?) FROM texts WHERE document_sha256 = ?",
        [start + 1, end - start, sha256],
    ).fetchone()
    return " ".join(text.split())
