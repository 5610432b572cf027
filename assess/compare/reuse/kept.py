"""What each text was compared by last, kept in the database: its runs and its sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from assess.compare.inputs import fingerprint, is_current, set_current
from assess.compare.reuse.runs import Hashes
from assess.compare.reuse.sketch import sketch_of
from assess.compare.reuse.spool import Sizes

_NAME: Final = "reuse index"
_RUN: Final = np.dtype("<u8")
SENTENCE: Final = np.dtype([("key", "<u8"), ("start", "<i4"), ("end", "<i4"), ("words", "<i4")])
"""A sentence of a text, as `sentences.Kept`."""
Sentences = NDArray[np.void]
# Texts read at a time: 3 MB of runs.
_AT_A_TIME: Final = 256


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text as it was compared last."""

    sha256: str
    made_from: str
    owner: int | None
    names: str
    size: int
    """Number of its runs."""
    own_size: int
    """Of those that are in no standard passage."""
    sketch: Hashes


@dataclass(frozen=True, slots=True)
class Compared:
    """A text as it is compared now, to be kept."""

    sha256: str
    made_from: str
    owner: int | None
    names: Sequence[str]
    own_size: int
    runs: Hashes


def read_kept(db: Database, version: int) -> dict[str, KeptText]:
    """All texts by hash, in its order; none where they are not those of the last comparison."""
    found = {
        sha256: KeptText(sha256, made_from, owner, names, size, own_size, _hashes(sketch))
        for sha256, made_from, owner, names, size, own_size, sketch in db.execute(
            "SELECT document_sha256, made_from, owner, names, size, own_size, sketch"
            " FROM reuse_texts ORDER BY document_sha256"
        )
    }
    return found if is_current(db, _NAME, _inputs(found.values(), version)) else {}


def _inputs(kept: Iterable[KeptText], version: int) -> str:
    return fingerprint([version, *((one.sha256, one.made_from, one.owner) for one in kept)])


def set_kept(db: Database, version: int) -> None:
    """Remember that what is kept is what the results were computed from; in one transaction."""
    rows = db.execute(
        "SELECT document_sha256, made_from, owner FROM reuse_texts ORDER BY document_sha256"
    )
    set_current(db, _NAME, fingerprint([version, *rows]))


def keep(db: Database, texts: Iterable[Compared]) -> None:
    """Keep texts with their runs, whatever was kept of them before."""
    for one in texts:
        names, sketch = names_key(one.names), sketch_of(one.runs)
        row = (one.sha256, one.made_from, one.owner, names, len(one.runs), one.own_size)
        db.execute("DELETE FROM reuse_texts WHERE document_sha256 = ?", [one.sha256])
        db.execute("INSERT INTO reuse_texts VALUES (?, ?, ?, ?, ?, ?, ?)", [*row, _bytes(sketch)])
        db.execute("INSERT INTO reuse_runs VALUES (?, ?)", [one.sha256, _bytes(one.runs)])


def keep_owner(db: Database, sha256: str, owner: int | None, names: Sequence[str]) -> None:
    """Keep whose text it is now; its runs stay."""
    db.execute(
        "UPDATE reuse_texts SET owner = ?, names = ? WHERE document_sha256 = ?",
        [owner, names_key(names), sha256],
    )


def keep_sentences(db: Database, sha256: str, sentences: Sentences) -> None:
    """Keep the sentences of a text that is kept."""
    db.execute(
        "INSERT OR REPLACE INTO reuse_sentences VALUES (?, ?)", [sha256, sentences.tobytes()]
    )


def forget(db: Database, texts: Iterable[str]) -> None:
    """Keep some texts no longer."""
    db.conn.executemany(
        "DELETE FROM reuse_texts WHERE document_sha256 = ?", [(one,) for one in texts]
    )


def forget_all(db: Database) -> None:
    """Keep nothing; table by table, as following each row's references takes long."""
    for table in ("reuse_sentences", "reuse_runs", "reuse_texts"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names


def names_key(names: Sequence[str]) -> str:
    """Names as one text."""
    return "\n".join(names)


def read_runs(db: Database, sha256: str) -> Hashes:
    """The runs of one text."""
    sql = "SELECT runs FROM reuse_runs WHERE document_sha256 = ?"
    return _hashes(db.execute(sql, [sha256]).fetchone()[0])


def read_sentences(db: Database, sha256: str) -> Sentences:
    """The sentences of one text."""
    sql = "SELECT sentences FROM reuse_sentences WHERE document_sha256 = ?"
    return np.frombuffer(db.execute(sql, [sha256]).fetchone()[0], SENTENCE)


def all_runs(db: Database, without: Collection[str]) -> Iterator[tuple[list[str], Sizes, Hashes]]:
    """All texts but some, many at a time: hashes of documents, sizes, and runs in a row."""
    for texts, sizes, found in _all(db, "SELECT document_sha256, runs FROM reuse_runs", without):
        yield texts, sizes // _RUN.itemsize, _hashes(found)


def all_sentences(
    db: Database, without: Collection[str]
) -> Iterator[tuple[list[str], Sizes, Sentences]]:
    """The same of sentences."""
    sql = "SELECT document_sha256, sentences FROM reuse_sentences"
    for texts, sizes, found in _all(db, sql, without):
        yield texts, sizes // SENTENCE.itemsize, np.frombuffer(found, SENTENCE)


def _all(
    db: Database, sql: str, without: Collection[str]
) -> Iterator[tuple[list[str], Sizes, bytes]]:
    cursor = db.execute(sql)
    while rows := cursor.fetchmany(_AT_A_TIME):
        wanted = [(sha256, found) for sha256, found in rows if sha256 not in without]
        sizes = np.array([len(found) for _, found in wanted], dtype=np.int64)
        yield [sha256 for sha256, _ in wanted], sizes, b"".join(found for _, found in wanted)


def _hashes(found: bytes) -> Hashes:
    return np.frombuffer(found, _RUN)


def _bytes(hashes: Hashes) -> bytes:
    return hashes.astype(_RUN, copy=False).tobytes()


@dataclass(frozen=True)
class KeptRuns:
    """The runs of a comparison's texts: of new ones in memory, of others in the database."""

    db: Database
    hashes: Sequence[str]
    sizes: Sizes
    new: Mapping[int, Hashes]

    def read(self, first: int) -> Hashes:
        """The runs of one text, sorted."""
        known = self.new.get(first)
        return read_runs(self.db, self.hashes[first]) if known is None else known
