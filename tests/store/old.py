"""Databases as earlier versions left them, made by the first migrations alone."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from assess.store.schema import NAMES, migrations


def old_database(path: Path, first: int) -> Path:
    """With the first so many migrations, and a document in it."""
    old = Database(path)
    old.enable_wal()
    migrations.apply(old, stop_before=NAMES[first])
    with old.atomic():
        old.execute("INSERT INTO documents VALUES ('ab', 'text/plain', 1, 'ab/ab.txt')")
        old.execute("INSERT INTO document_sources VALUES ('ab', 'a.txt', 'a.txt', '2025-01-01')")
    old.close()
    return path
