"""Rows of an export, read from one state of the workspace in batches."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import PurePosixPath, PureWindowsPath

from assess import __version__
from assess.errors import InputError
from assess.export.columns import Column, Table
from assess.report.words import web_link
from assess.store.workspace import Workspace

Cell = str | int | float | bool | date | datetime | None
Row = tuple[Cell, ...]

# Rows fetched at a time: memory does not grow with the number of rows.
BATCH = 1000

# What most tables ask for, worked out once: the views would be computed again for each row.
# Withdrawn statements have no document any more, so that a document's owner is always a living one.
_HELPERS = (
    "CREATE TEMP TABLE judged AS SELECT * FROM current_assessments",
    "CREATE INDEX temp.judged_by_document ON judged (document_sha256)",
    "CREATE TEMP TABLE own_results AS SELECT * FROM statement_results",
    "CREATE INDEX temp.own_results_by_statement ON own_results (statement_id)",
    """CREATE TEMP TABLE owners AS
    SELECT document_sha256, statement_id, organisation, year, statements FROM (
        SELECT results.document_sha256, results.statement_id, label AS organisation,
            results.year, count(*) OVER (PARTITION BY results.document_sha256) AS statements,
            row_number() OVER (PARTITION BY results.document_sha256
                ORDER BY results.year DESC, results.summary_url) AS place
        FROM own_results AS results LEFT JOIN statement_names USING (statement_id))
    WHERE place = 1""",
    "CREATE INDEX temp.owners_by_document ON owners (document_sha256)",
    """CREATE TEMP TABLE names AS
    SELECT sha256 AS document_sha256, without_folder(coalesce(min(name), sha256)) AS name,
        min(web_address(source)) AS source
    FROM documents LEFT JOIN document_sources ON document_sha256 = sha256 GROUP BY sha256""",
    "CREATE INDEX temp.names_by_document ON names (document_sha256)",
)


@contextmanager
def snapshot(workspace: Workspace) -> Generator[sqlite3.Connection]:
    """One state of the workspace, whatever others write meanwhile; nothing of it is changed."""
    connection = workspace.db.conn
    if connection is None:  # sqlite-utils: only once it was closed
        raise InputError("the database is closed")
    connection.create_function("web_address", 1, web_link, deterministic=True)
    connection.create_function("without_folder", 1, _without_folder, deterministic=True)
    connection.create_function("assess_version", 0, lambda: __version__)
    connection.execute("BEGIN")
    try:
        for statement in _HELPERS:
            connection.execute(statement)
        yield connection
    finally:
        connection.rollback()


def _without_folder(text: str) -> str:
    """A path's last part: folders tell of a machine and its user, not of the data."""
    if PurePosixPath(text).is_absolute() or PureWindowsPath(text).is_absolute():
        return PureWindowsPath(text).name or text
    return text


def rows(connection: sqlite3.Connection, table: Table) -> Iterator[Row]:
    """A table's rows, in its order, each cell of its column's type.

    Raises:
        InputError: a date in the database is none.
    """
    found = connection.execute(table.sql)
    while batch := found.fetchmany(BATCH):
        for row in batch:
            yield tuple(map(_cell, row, table.columns))


def _cell(value: str | float | None, column: Column) -> Cell:
    if value is None or column.kind in ("text", "integer", "number"):
        return value
    if column.kind == "boolean":
        return bool(value)
    try:
        if column.kind == "date":
            return date.fromisoformat(str(value))
        return datetime.fromisoformat(str(value)).astimezone(UTC)
    except ValueError:
        raise InputError(
            f"{column.name} in the database: {str(value)[:40]!r} is no {column.kind}; correct it "
            "there, or leave its table out with --only"
        ) from None
