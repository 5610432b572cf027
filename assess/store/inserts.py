"""Writing rows a batch at a time, as fast as SQLite itself: one prepared statement for many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlite_utils import Database


def insert_rows(db: Database, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows that all have the same columns; to be called in a transaction.

    sqlite-utils looks at the schema for every call, which costs more than the rows.
    """
    if not rows:
        return
    names = list(rows[0])
    columns, places = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    db.conn.executemany(
        f'INSERT INTO "{table}" ({columns}) VALUES ({places})',  # noqa: S608 - our own names
        ([row[name] for name in names] for row in rows),
    )


def next_id(db: Database, table: str) -> int:
    """The key that the next row of a table gets; nobody else writes meanwhile."""
    (last,) = db.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"').fetchone()  # noqa: S608
    return int(last) + 1
