"""A copy of an older database, before it is brought up to date."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from assess import log
from assess.errors import WorkspaceError
from assess.store.schema import migrations

_UNFINISHED: Final = ".unfinished"
# Pages copied at a time: a few megabytes.
_PAGES: Final = 1000
# The copy, and as much again for what migrations write before it reaches the file.
_TIMES_ITS_SIZE: Final = 2


def keep_older(db: Database, path: Path) -> None:
    """Copy a database that lacks migrations, unless it is empty; to be called before they run.

    Raises:
        WorkspaceError: there is no room for the copy; nothing was changed then.
    """
    pending = migrations.pending(db)
    if pending and _holds_rows(db):
        kept = back_up(db, path, pending[0].name)
        log.tell(
            f"{path}: is of an older version of assess and is brought up to date; as it was it is"
            f" kept in {kept}",
            event="backup",
        )


def back_up(db: Database, path: Path, migration: str) -> Path:
    """Copy a database beside it, whole or not at all; the copy's name says before what.

    Raises:
        WorkspaceError: there is no room, or the folder cannot be written.
    """
    _check_room(path)
    for left in path.parent.glob(f".{_escaped(path.name)}.*{_UNFINISHED}"):
        left.unlink(missing_ok=True)
    at = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = path.with_name(f"{path.name}.before-{migration.split('_', 1)[0]}-{at}.bak")
    try:
        handle, name = tempfile.mkstemp(_UNFINISHED, f".{path.name}.", path.parent)
        os.close(handle)
    except OSError as error:
        raise WorkspaceError(_no_copy(path, error.strerror or str(error))) from None
    copy = Path(name)
    try:
        copy_database(db, copy)
        copy.chmod(stat.S_IMODE(path.stat().st_mode))
        copy.replace(target)
    except (OSError, sqlite3.OperationalError) as error:
        raise WorkspaceError(_no_copy(path, str(error))) from None
    finally:
        copy.unlink(missing_ok=True)
    return target


def copy_database(db: Database, target: Path) -> None:
    """Write one state of a database to another file, on the disk when this returns."""
    with closing(sqlite3.connect(target)) as copy:
        _connection(db).backup(copy, pages=_PAGES)
        # One file that needs no other beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
    handle = os.open(target, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _connection(db: Database) -> sqlite3.Connection:
    assert db.conn is not None, "sqlite-utils: only once it was closed"
    return db.conn


def _check_room(path: Path) -> None:
    beside = path.with_name(f"{path.name}-wal")
    size = path.stat().st_size + (beside.stat().st_size if beside.exists() else 0)
    if (free := shutil.disk_usage(path.parent).free) < _TIMES_ITS_SIZE * size:
        raise WorkspaceError(
            _no_copy(
                path,
                f"{free / 1e6:,.0f} MB are free, {_TIMES_ITS_SIZE * size / 1e6:,.0f} MB are needed",
            )
        )


def _no_copy(path: Path, why: str) -> str:
    return (
        f"{path}: is of an older version of assess and cannot be copied before it is brought up to"
        f" date ({why}); nothing was changed. Make room beside it and run the same command again"
    )


def _holds_rows(db: Database) -> bool:
    """Whether there is anything to lose; a database whose making was killed has no row."""
    # The full-text index has rows of its own from the start.
    own = ("sqlite_", "_sqlite_", "texts_fts")
    tables = (name for name in db.table_names() if not name.startswith(own))
    return any(True for name in tables for _ in db.table(name).rows_where(limit=1))


def _escaped(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)
