"""What SQLite refuses, in words: what happened to which file, and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from assess.errors import WorkspaceError

# The lowest byte of an extended code is the primary one.
_PRIMARY: Final = 0xFF
_ADVICE: Final = {
    sqlite3.SQLITE_FULL: "no room is left on the disk ({error}); make room and run the same command"
    " again: it goes on from what is written",
    sqlite3.SQLITE_IOERR: "the disk or network drive fails or is full ({error}); mend that, then"
    " run the same command again",
    sqlite3.SQLITE_READONLY: "cannot be written ({error}); copy it and its documents to a folder"
    " that can be",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened ({error}); if a run was ended on it and its folder"
    " cannot be written, copy it with all files beside it to one that can be",
    sqlite3.SQLITE_BUSY: "another program keeps it ({error}); try again when that has ended",
    sqlite3.SQLITE_LOCKED: "another program keeps it ({error}); try again when that has ended",
    sqlite3.SQLITE_NOMEM: "there is not enough memory ({error})",
}
_DAMAGED: Final = (
    "cannot be used as a database ({error}): it is damaged, or none. `assess doctor --check` says"
    " what is wrong; take it from a backup, or save what can be read with `sqlite3 {path} .dump`"
    " (docs/faults.md)"
)


@contextmanager
def told(path: Path) -> Generator[None]:
    """Turn what SQLite raises within into a `WorkspaceError` on ``path``.

    Misuse of SQLite by our own code stays what it is.
    """
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.DatabaseError as error:
        raise WorkspaceError(trouble(path, error)) from error


def trouble(path: Path, error: sqlite3.DatabaseError) -> str:
    """What happened to a database, and what to do."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & _PRIMARY
    if code in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH):
        # Tables, columns or values that we never make: the file was changed by something else.
        return (
            f"{path}: is not as assess makes it ({error}); `assess doctor --check` says more, or"
            " take it from a backup"
        )
    return f"{path}: {_ADVICE.get(code, _DAMAGED).format(error=error, path=path)}"
