"""A database that Datasette opens for reading only."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from datasette.database import Database


class ReadOnly(Database):  # type: ignore[misc]
    """The workspace, read while another process may write to it.

    SQLite's write-ahead log gives each question one state of the file. Datasette's own way of
    opening leaves a path as it is: `?`, `#` or `%` in it would end it or stand for something else.
    """

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A connection for reading; it is of no thread until it is used."""
        if write:
            raise sqlite3.OperationalError("attempt to write a readonly database")
        path = Path(str(self.path))
        opened = sqlite3.connect(
            f"{path.as_uri()}?{_mode(path)}", uri=True, check_same_thread=False
        )
        connections: list[Any] = self._all_file_connections
        connections.append(opened)
        return opened


def _mode(path: Path) -> str:
    """Where SQLite can make no files beside it, and nobody else can, the file is as it is."""
    alone = not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()
    return "mode=ro&immutable=1" if alone else "mode=ro"
