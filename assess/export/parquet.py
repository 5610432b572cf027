"""Tables as Parquet, with types, and with descriptions as metadata of their columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from assess.export.about import ExportReport, readme, report, uncompared
from assess.export.columns import Column, Kind, Table
from assess.export.folder import writing_folder
from assess.export.source import Row, rows, snapshot
from assess.export.tables import chosen
from assess.progress import track
from assess.store.workspace import Workspace

# Rows held in memory at a time; evidence has half a kilobyte a row. Fewer compress worse.
ROWS_IN_GROUP = 20_000


def export_parquet(
    workspace: Workspace, path: Path, only: Collection[str] | None = None
) -> ExportReport:
    """Write a folder with one Parquet file for each table.

    Raises:
        InputError: no such table, something else stands there, or it cannot be written.
    """
    tables, written = chosen(only), dict[str, int]()
    with snapshot(workspace) as connection, writing_folder(path, "parquet") as folder:
        for table in track(tables, len(tables), "tables"):
            written[table.name] = _write(
                folder / f"{table.name}.parquet", table, rows(connection, table)
            )
        (folder / "README.txt").write_text(readme(), encoding="utf-8")
    return report(path, "parquet", written, uncompared(written))


def _write(path: Path, table: Table, found: Iterator[Row]) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema, number = _schema(table), 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(found):
            columns = [
                pa.array(cells, type=field.type)
                for cells, field in zip(zip(*group, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
            number += len(group)
    return number


def _groups(found: Iterator[Row]) -> Iterable[list[Row]]:
    while group := list(islice(found, ROWS_IN_GROUP)):
        yield group


def _schema(table: Table) -> Any:
    import pyarrow as pa

    types: dict[Kind, Any] = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "time": pa.timestamp("s", tz="UTC"),
    }
    return pa.schema(
        [_field(column, types[column.kind]) for column in table.columns],
        metadata={"title": table.title, "description": table.description},
    )


def _field(column: Column, type_: Any) -> Any:
    import pyarrow as pa

    about = {"description": column.description}
    return pa.field(column.name, type_, nullable=not column.required, metadata=about)
