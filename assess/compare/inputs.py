"""What a comparison was computed from: it is computed anew only where that has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlite_utils import Database


def fingerprint(parts: Iterable[object]) -> str:
    """A key of the inputs: the same parts in the same order give the same one."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(repr(part).encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()


def is_current(db: Database, name: str, inputs: str) -> bool:
    """Whether the comparison ``name`` was last computed from these inputs."""
    row = db.execute("SELECT inputs FROM comparisons WHERE name = ?", [name]).fetchone()
    return row is not None and row[0] == inputs


def set_current(db: Database, name: str, inputs: str) -> None:
    """Remember the inputs; to be called in the transaction that writes the results."""
    db.execute("INSERT OR REPLACE INTO comparisons VALUES (?, ?)", [name, inputs])
