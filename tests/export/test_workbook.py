"""The workbook: typed cells, never a formula or link, and what others read of it."""

from __future__ import annotations

import csv
import shutil
import subprocess
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import pytest

from assess.export.source import Cell, rows, snapshot
from assess.export.tables import TABLES, chosen
from assess.export.workbook import CELL_UNITS, CUT, export_workbook
from assess.report.words import shown
from assess.store import Workspace

OFFICE = shutil.which("soffice")
COMMA_QUOTES_UTF8_ALL_SHEETS = "44,34,76,1,,0,false,true,false,false,false,-1"


def as_read(cell: Cell) -> object:
    """What a cell is when it is read again: empty is nothing, moments are without a zone."""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).replace(tzinfo=None)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - as a sheet has it
    return (shown(cell) or None) if isinstance(cell, str) else cell


def sheet(path: Path, name: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        return list(book[name].iter_rows(values_only=True))
    finally:
        book.close()


@pytest.fixture(scope="module")
def made(grouped_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from assess.store import open_workspace

    path = tmp_path_factory.mktemp("xlsx") / "out.xlsx"
    with open_workspace(grouped_db, create=False, write=False) as workspace:
        export_workbook(workspace, path)
    return path


def test_cells_are_read_with_their_types(made: Path, corpus: Workspace) -> None:
    for table in chosen(["statements", "findings", "documents", "group_counts"]):
        with snapshot(corpus) as connection:
            expected = [tuple(map(as_read, row)) for row in islice(rows(connection, table), 200)]
        header, *found = islice(sheet(made, table.name), 201)
        assert header == table.names
        for one, other in zip(found, expected, strict=True):
            assert [*one] == [pytest.approx(c) if isinstance(c, float) else c for c in other]


def test_pandas_reads_every_sheet(made: Path) -> None:
    frames = pandas.read_excel(made, sheet_name=None)
    assert list(frames) == ["Read me", "Definitions", *(table.name for table in TABLES)]
    assert str(frames["statements"]["end_date"].dtype).startswith("datetime64")
    assert str(frames["findings"]["confidence"].dtype) == "float64"
    assert len(frames["Definitions"]) == sum(len(table.columns) + 1 for table in TABLES)


def test_the_header_is_frozen_and_filters(made: Path) -> None:
    book = openpyxl.load_workbook(made)
    for name in ("statements", "Definitions"):
        assert book[name].freeze_panes == "A2"
        assert book[name].auto_filter.ref.startswith("A1:")


def test_nothing_is_a_formula_or_link_and_long_texts_are_cut(
    hostile: Workspace, tmp_path: Path
) -> None:
    report = export_workbook(hostile, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    cells = [cell for name in book.sheetnames for row in book[name].iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
    names = [row[1] for row in book["organisations"].iter_rows(min_row=2, values_only=True)]
    assert names[0] == "=cmd|'/C calc'!A0" and names[8] == "nul inside"
    # As the format wants it; openpyxl does not undo it.
    assert names[14] == "_x005F_x0041_ is no A"
    last = names[-1]
    assert last.endswith(CUT) and len(last.encode("utf-16-le")) // 2 <= CELL_UNITS
    assert report.notes[0].endswith("longer than a cell holds and were cut")


def test_what_a_sheet_cannot_hold_goes_on_in_another(hostile: Workspace, tmp_path: Path) -> None:
    report = export_workbook(hostile, tmp_path / "out.xlsx", ["organisations"], sheet_rows=10)
    frames = pandas.read_excel(tmp_path / "out.xlsx", sheet_name=None)
    parts = ["organisations", "organisations (2)", "organisations (3)"]
    assert [len(frames[name]) for name in parts] == [9, 9, 1]
    assert report.rows == {"organisations": 19}


def test_made_twice_it_is_the_same(made: Path, corpus: Workspace, tmp_path: Path) -> None:
    export_workbook(corpus, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == made.read_bytes()


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_converts_it_without_loss(corpus: Workspace, tmp_path: Path) -> None:
    table = chosen(["findings"])[0]
    export_workbook(corpus, tmp_path / "out.xlsx", [table.name])
    subprocess.run(
        [
            str(OFFICE), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to", f"csv:Text - txt - csv (StarCalc):{COMMA_QUOTES_UTF8_ALL_SHEETS}",
            "--outdir", str(tmp_path), str(tmp_path / "out.xlsx"),
        ],
        check=True, capture_output=True, timeout=170,
    )  # fmt: skip
    with (tmp_path / "out-findings.csv").open(encoding="utf-8", newline="") as handle:
        header, *found = csv.reader(handle)
    with snapshot(corpus) as connection:
        expected = list(rows(connection, table))
    assert tuple(header) == table.names and len(found) == len(expected)
    places = [place for place, column in enumerate(table.columns) if column.kind == "text"]
    for one, other in zip(found, expected, strict=True):
        assert [one[place] for place in places] == [
            shown(str(other[place] or "")) for place in places
        ]
