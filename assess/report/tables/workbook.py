"""A report as one Excel workbook: typed cells, frozen headers, a sheet of definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from assess.files import ZipTarget, writing
from assess.report.tables.delimited import DEFINITIONS, definitions
from assess.report.tables.records import Cell, Kind, Tabular
from assess.report.words import cut, shown

# The file says when it was made; the same data must give the same file.
_MADE: Final = datetime(2015, 10, 29)  # noqa: DTZ001 - no moment, but section 54's first day in force
_OPTIONS: Final[Mapping[str, object]] = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORMATS: Final[Mapping[Kind, str]] = {"share": "0.0%", "score": "0.0", "number": "0.000"}
# Characters that a cell of Excel holds, less what an ellipsis needs.
_CELL: Final = 32_000
_WIDTH, _WIDE, _NARROW = 34, 80, 13
_WIDE_COLUMNS: Final = frozenset({"finding", "meaning", "quote", "note", "reasons"})


def write_workbook(report: Tabular, path: Path) -> None:
    """Write a sheet of findings, a sheet for each table, and one of definitions.

    Raises:
        InputError: it cannot be written.
    """
    import xlsxwriter

    with writing(path) as handle, TemporaryDirectory(prefix="assess-") as temporary:
        file = ZipTarget(handle.buffer)
        book = xlsxwriter.Workbook(file, {**_OPTIONS, "tmpdir": temporary})
        book.set_properties({"title": report.title, "created": _MADE})
        sheets = _Sheets(book)
        sheets.write("findings", ("finding",), ("text",), [(one,) for one in report.findings])
        sheets.write("how_to_read", ("note",), ("text",), [(one,) for one in report.notes])
        for table in report.tables:
            names = [column.name for column in table.columns]
            sheets.write(table.name, names, [column.kind for column in table.columns], table.rows)
        texts: list[Kind] = ["text" for _ in DEFINITIONS]
        sheets.write("definitions", DEFINITIONS, texts, definitions(report.tables))
        book.close()
        file.check()


class _Sheets:
    """Writes sheets of one workbook, row by row, as constant memory demands."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._of = {
            kind: book.add_format({"num_format": pattern, "valign": "top"})
            for kind, pattern in _FORMATS.items()
        }

    def write(
        self,
        name: str,
        columns: Sequence[str],
        kinds: Sequence[Kind],
        rows: Sequence[Sequence[Cell]],
    ) -> None:
        sheet = self._book.add_worksheet(name)
        for place, (column, kind) in enumerate(zip(columns, kinds, strict=True)):
            text = _WIDE if column in _WIDE_COLUMNS else _WIDTH
            sheet.set_column(place, place, text if kind == "text" else _NARROW)
            sheet.write_string(0, place, column, self._header)
        for number, row in enumerate(rows, 1):
            for place, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
                self._cell(sheet, (number, place), cell, kind)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)

    def _cell(self, sheet: Any, at: tuple[int, int], cell: Cell, kind: Kind) -> None:
        if cell is None:
            return
        if isinstance(cell, bool):
            sheet.write_boolean(*at, cell)
        elif isinstance(cell, str):
            sheet.write_string(*at, shown(cut(cell, _CELL)), self._text)
        else:
            sheet.write_number(*at, cell, self._of.get(kind))
