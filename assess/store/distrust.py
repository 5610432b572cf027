"""A database of somebody else, opened with distrust: it may be made to do harm."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final, TextIO

from sqlite_utils import Database

from assess.errors import WorkspaceError
from assess.store.schema_runs import RUN_TRIGGERS

# sqlite-utils makes those that keep the full-text index; our own are known word for word.
_INDEXING: Final = re.compile(
    r'CREATE TRIGGER \[?"?texts_a[iud]\]?"? AFTER (?:INSERT|DELETE|UPDATE) ON \[?"?texts\]?"? BEGIN'
    r'(?:\s+INSERT INTO \[?"?texts_fts\]?"? \([^();]+\) VALUES ?\([^();]+\);)+\s+END'
)


def distrust(db: Database, path: Path) -> None:
    """Refuse triggers that we do not make: they would change what is written.

    SQLite's functions that reach beyond the database are off in Python, in views as well.

    Raises:
        WorkspaceError: it has such a trigger.
    """
    # Pages are checked as they are read: a damaged or forged one is an error, not a wrong value.
    db.execute("PRAGMA cell_size_check = ON")
    for name, sql in db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"):
        if sql not in RUN_TRIGGERS and not _INDEXING.fullmatch(sql or ""):
            raise WorkspaceError(
                f"{path}: has a trigger that assess does not make ({str(name)[:80]!r}); "
                "do not trust this database"
            )


def open_lock(path: Path) -> TextIO:
    """Open a lock file, made if need be; its content stays.

    In a folder that others can write to, a link of that name would empty the file it leads to.

    Raises:
        OSError: it cannot be opened, or is a link.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0)
    return os.fdopen(os.open(path, flags, 0o666), "r+")


def kept_path(documents: Path, kept_as: str) -> Path:
    """Where a document is kept; a database of somebody else may name any file of this machine.

    Raises:
        WorkspaceError: it is not below the folder of documents, links followed.
    """
    path = documents / kept_as
    try:
        inside = path.resolve().is_relative_to(documents.resolve())
    except (OSError, ValueError, RuntimeError):  # a name that no file can have
        inside = False
    if not inside:
        raise WorkspaceError(
            f"kept document {documents.name}/{kept_as[:200]} is not below its folder; the database "
            "was changed, or is of somebody else: do not trust it"
        )
    return path
