"""What is exported: all tables, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Collection

from assess.errors import InputError
from assess.export import compared_tables, group_tables, judged_tables, registry_tables, run_tables
from assess.export.columns import Table

TABLES: tuple[Table, ...] = (
    *registry_tables.TABLES,
    *run_tables.TABLES,
    *judged_tables.TABLES,
    *group_tables.TABLES,
    *compared_tables.TABLES,
)


def chosen(names: Collection[str] | None) -> tuple[Table, ...]:
    """The tables of these names; all of them where none is named.

    Raises:
        InputError: there is no such table.
    """
    if not names:
        return TABLES
    known = [table.name for table in TABLES]
    if unknown := [name for name in names if name not in known]:
        raise InputError(f"no table {unknown[0]!r} to export; there are {', '.join(known)}")
    return tuple(table for table in TABLES if table.name in names)
