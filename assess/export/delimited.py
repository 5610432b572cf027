"""Tables as CSV (RFC 4180): safe ones for spreadsheets, in a folder with their definitions."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from assess.export.about import ExportReport, readme, report, uncompared
from assess.export.cells import safe
from assess.export.columns import Table
from assess.export.folder import writing_folder
from assess.export.source import Cell, rows, snapshot
from assess.export.tables import chosen
from assess.progress import track
from assess.store.workspace import Workspace

DEFINITIONS = "definitions.csv"
# Without a byte order mark Excel reads UTF-8 as the machine's old code page.
FOR_SPREADSHEETS = "utf-8-sig"


def export_csv(
    workspace: Workspace, path: Path, only: Collection[str] | None = None
) -> ExportReport:
    """Write a folder of formula-safe tables, one file each, with definitions and a read-me.

    Raises:
        InputError: no such table, something else stands there, or it cannot be written.
    """
    tables, written = chosen(only), dict[str, int]()
    with snapshot(workspace) as connection, writing_folder(path, "csv") as folder:
        for table in track(tables, len(tables), "tables"):
            written[table.name] = write_csv(
                folder / f"{table.name}.csv", table.names, rows(connection, table), safe
            )
        write_csv(folder / DEFINITIONS, DEFINED, definitions(tables), safe)
        (folder / "README.txt").write_text(readme(), encoding=FOR_SPREADSHEETS)
    return report(path, "csv", written, uncompared(written))


DEFINED = ("table", "column", "meaning", "type")


def definitions(tables: Iterable[Table]) -> Iterable[tuple[str, str, str, str]]:
    """Rows under ``DEFINED``: each table, then its columns."""
    for table in tables:
        yield table.name, "", table.description, ""
        for column in table.columns:
            yield table.name, column.name, column.description, column.kind


def write_csv(
    path: Path,
    header: Sequence[str],
    found: Iterable[Sequence[Cell]],
    as_text: Callable[[Cell], str],
    encoding: str = FOR_SPREADSHEETS,
) -> int:
    """Write a file of rows under their header; the number of rows."""
    number = 0
    with path.open("w", encoding=encoding, newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(header)
        for row in found:
            writer.writerow([as_text(cell) for cell in row])
            number += 1
    return number
