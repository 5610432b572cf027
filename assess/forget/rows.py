"""Rows and what hangs on them, whatever tables there are."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from typing import Final

from sqlite_utils import Database

from assess.store.schema_comparing import COMPARING
from assess.store.schema_reuse import MATCHED, MINIMAL_INPUTS, REUSE_INDEX

# Read from files of their own, not computed.
_GIVEN: Final = frozenset({"companies", "company_sic", "listed_groups"})
_AMONG: Final = "(SELECT value FROM json_each(?))"

Value = str | int


def delete_rows(
    db: Database, table: str, column: str, values: Collection[Value], gone: Counter[str]
) -> None:
    """Delete the rows of these values, after all rows that refer to them; counts them by table.

    A row that refers to another of its own table stays, and refers to none.
    """
    if not values:
        return
    among = json.dumps(sorted(values, key=str))
    for child, child_column, parent_column in _children(db, table):
        referred: Collection[Value] = values
        if parent_column != column:
            sql = f"SELECT {parent_column} FROM {table} WHERE {column} IN {_AMONG}"  # noqa: S608 - names of our schema
            referred = {row[0] for row in db.execute(sql, [among])}
        if child == table:
            sql = f"UPDATE {table} SET {child_column} = NULL WHERE {child_column} IN {_AMONG}"  # noqa: S608
            db.execute(sql, [json.dumps(sorted(referred, key=str))])
        else:
            delete_rows(db, child, child_column, referred, gone)
    done = db.execute(f"DELETE FROM {table} WHERE {column} IN {_AMONG}", [among])  # noqa: S608
    gone[table] += done.rowcount


def _children(db: Database, table: str) -> Iterator[tuple[str, str, str]]:
    """Tables that refer to one: (table, its column, the column it refers to)."""
    for name in db.table_names():
        for key in db.table(name).foreign_keys:
            if key.other_table == table and key.column and key.other_column:
                yield name, key.column, key.other_column


def clear_comparisons(db: Database) -> None:
    """Let every comparison be computed anew: they quote, and count, what is gone.

    So it is with what texts were matched and compared by: hashes of words that are gone.
    """
    for table in _comparisons():
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our schema


@cache
def _comparisons() -> tuple[str, ...]:
    """The tables of comparisons, those first that refer to others."""
    tables = (*MATCHED, *COMPARING, *MINIMAL_INPUTS, *REUSE_INDEX)
    made = [name for sql in tables for name in re.findall(r"CREATE TABLE (\w+)", sql)]
    return tuple(name for name in reversed(made) if name not in _GIVEN)
