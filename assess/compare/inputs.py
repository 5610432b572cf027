"""What a comparison was computed from: it is computed anew only where that has changed."""

from __future__ import annotations

from sqlite_utils import Database

from assess.store.fingerprint import fingerprint

__all__ = ["fingerprint", "is_current", "set_current"]


def is_current(db: Database, name: str, inputs: str) -> bool:
    """Whether the comparison ``name`` was last computed from these inputs."""
    row = db.execute("SELECT inputs FROM comparisons WHERE name = ?", [name]).fetchone()
    return row is not None and row[0] == inputs


def set_current(db: Database, name: str, inputs: str) -> None:
    """Remember the inputs; to be called in the transaction that writes the results."""
    db.execute("INSERT OR REPLACE INTO comparisons VALUES (?, ?)", [name, inputs])
