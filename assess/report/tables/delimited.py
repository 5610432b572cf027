"""A report as a folder of CSV tables that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from assess.errors import InputError, in_words
from assess.files import writing
from assess.report.tables.records import Cell, Table, Tabular
from assess.report.words import formula_safe
from assess.temporary import in_turn

# By this mark spreadsheets know that a table is UTF-8.
_UTF8_MARK: Final = "\ufeff"
DEFINITIONS: Final = ("table", "column", "type", "meaning")


def write_folder(report: Tabular, folder: Path) -> None:
    """Write a file for each table, one of findings and one of definitions; each whole or not.

    Raises:
        InputError: the folder cannot be made, or a file not written.
    """
    try:
        folder.mkdir(exist_ok=True)
        with in_turn(folder):  # of two runs at the same time the last stays, not some of each
            _write_all(report, folder)
    except OSError as error:
        raise InputError(
            f"{folder}: cannot be written {in_words(error)}; csv needs a folder"
        ) from None


def _write_all(report: Tabular, folder: Path) -> None:
    findings = [(number, text) for number, text in enumerate(report.findings, 1)]
    _write(folder / "findings.csv", ("number", "finding"), findings)
    _write(folder / "definitions.csv", DEFINITIONS, definitions(report.tables))
    for table in report.tables:
        names = tuple(column.name for column in table.columns)
        _write(folder / f"{table.name}.csv", names, table.rows)


def definitions(tables: Iterable[Table]) -> list[tuple[str, str, str, str]]:
    """A row for each column, under ``DEFINITIONS``."""
    return [
        (table.name, column.name, column.kind, column.meaning)
        for table in tables
        for column in table.columns
    ]


def _write(path: Path, names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    with writing(path) as handle:
        handle.write(_UTF8_MARK)
        writer = csv.writer(handle)
        writer.writerow(names)
        writer.writerows([safe_cell(cell) for cell in row] for row in rows)


def safe_cell(cell: Cell) -> str | int | float:
    """A cell that no spreadsheet takes for a formula, and in which nothing hides."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return int(cell)
    return formula_safe(cell) if isinstance(cell, str) else cell
