"""A Frictionless data package: raw CSV with its description, to publish and to check."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path

from assess import __version__
from assess.export.about import (
    OGL,
    PARAGRAPHS,
    REGISTRY,
    STATEMENTS,
    TITLE,
    ExportReport,
    report,
    uncompared,
)
from assess.export.cells import raw
from assess.export.columns import Column, Kind, Table
from assess.export.delimited import write_csv
from assess.export.folder import writing_folder
from assess.export.source import rows, snapshot
from assess.export.tables import chosen
from assess.progress import track
from assess.store.workspace import Workspace

DESCRIPTOR = "datapackage.json"
_TYPES: dict[Kind, str] = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "time": "datetime",
}


def export_package(
    workspace: Workspace, path: Path, only: Collection[str] | None = None
) -> ExportReport:
    """Write a folder with ``datapackage.json`` and one CSV file for each table, as it is.

    Cells are not made safe for spreadsheets, for a program must get them unchanged.

    Raises:
        InputError: no such table, something else stands there, or it cannot be written.
    """
    tables, written = chosen(only), dict[str, int]()
    with snapshot(workspace) as connection, writing_folder(path, "datapackage") as folder:
        for table in track(tables, len(tables), "tables"):
            file = folder / f"{table.name}.csv"
            written[table.name] = write_csv(
                file, table.names, rows(connection, table), raw, encoding="utf-8"
            )
        told = json.dumps(_descriptor(tables, folder), ensure_ascii=False, indent=1)
        (folder / DESCRIPTOR).write_text(told + "\n", encoding="utf-8")
    return report(path, "datapackage", written, uncompared(written))


def _descriptor(tables: Sequence[Table], folder: Path) -> dict[str, object]:
    names = {table.name for table in tables}
    return {
        "profile": "tabular-data-package",
        "name": "uk-modern-slavery-statements-assessed",
        "title": TITLE,
        "description": "\n\n".join(PARAGRAPHS),
        "keywords": ["modern slavery", "section 54", "supply chains", "human rights"],
        "contributors": [{"title": f"assess {__version__}", "role": "wrangler"}],
        "sources": [REGISTRY, STATEMENTS],
        "resources": [
            _resource(table, names, (folder / f"{table.name}.csv").stat().st_size)
            for table in tables
        ],
    }


def _resource(table: Table, names: set[str], size: int) -> dict[str, object]:
    licences = {"licenses": [OGL]} if table.registry else {}
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        **licences,
        "sources": [REGISTRY] if table.registry else [STATEMENTS],
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": list(to.columns),
                    "reference": {"resource": to.table, "fields": list(to.to)},
                }
                for to in table.references
                if to.table in names
            ],
            "missingValues": [""],
        },
    }


def _field(column: Column) -> dict[str, object]:
    constraints: dict[str, object] = {}
    if column.required:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    return {
        "name": column.name,
        "type": _TYPES[column.kind],
        "description": column.description,
        **({"constraints": constraints} if constraints else {}),
    }
