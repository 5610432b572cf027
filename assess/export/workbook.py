"""Tables as one Excel workbook: typed cells, definitions, and never a formula or link."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from assess.export.about import PARAGRAPHS, TITLE, ExportReport, report, uncompared
from assess.export.columns import Kind, Table
from assess.export.delimited import DEFINED, definitions
from assess.export.source import Cell, Row, rows, snapshot
from assess.export.tables import chosen
from assess.files import ZipTarget, writing
from assess.progress import track
from assess.report.words import shown
from assess.store.workspace import Workspace
from assess.temporary import new_folder

# What Excel can hold: characters (UTF-16 units) in a cell, and rows on a sheet with the header.
CELL_UNITS = 32_767
SHEET_ROWS = 1_048_576
CUT = "… [cut]"
# The first year whose dates Excel knows.
_FIRST_YEAR = 1900
# The file says when it was made; the same data must give the same file.
_MADE = datetime(2015, 10, 29)  # noqa: DTZ001 - no moment, but section 54's first day in force
_WIDTHS: dict[Kind, int] = {
    "text": 28,
    "integer": 10,
    "number": 10,
    "boolean": 9,
    "date": 12,
    "time": 20,
}
_WIDE = 70
# Heights are not found by Excel in a file written row by row: characters of a line, with room, and
# points.
_README_WIDTH, _README_LINE, _LINE_HEIGHT = 100, 90, 15
_WIDE_COLUMNS = frozenset({"quote", "later_quote", "question", "meaning"})


def export_workbook(
    workspace: Workspace,
    path: Path,
    only: Collection[str] | None = None,
    sheet_rows: int = SHEET_ROWS,
) -> ExportReport:
    """Write a workbook: a sheet to read first, one of definitions, and one for each table.

    Args:
        sheet_rows: rows of a sheet, header included; what is beyond goes on in a further sheet.

    Raises:
        InputError: no such table, or it cannot be written.
    """
    import xlsxwriter

    tables, written = chosen(only), dict[str, int]()
    with (
        snapshot(workspace) as connection,
        writing(path) as handle,
        new_folder(path.resolve()) as temporary,  # so that one disk needs room, not two
    ):
        file = ZipTarget(handle.buffer)
        book = xlsxwriter.Workbook(file, _OPTIONS | {"tmpdir": str(temporary)})
        book.set_properties({"title": TITLE, "created": _MADE})
        sheets = _Sheets(book, sheet_rows)
        sheets.read_me()
        sheets.write("Definitions", DEFINED, _TEXTS, definitions(tables))
        for table in track(tables, len(tables), "tables"):
            written[table.name] = sheets.table(table, rows(connection, table))
        book.close()
        file.check()
    cut = f"{sheets.cut:,} texts were longer than a cell holds and were cut" if sheets.cut else ""
    return report(path, "xlsx", written, cut, uncompared(written))


_TEXTS: tuple[Kind, ...] = ("text", "text", "text", "text")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


@dataclass(slots=True)
class _Sheets:
    """Writes sheets one after the other, as constant memory demands."""

    book: Any
    sheet_rows: int
    cut: int = 0
    formats: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.formats = {
            "header": self.book.add_format(
                {"bold": True, "bg_color": "#E7ECF2", "bottom": 1, "valign": "top"}
            ),
            "title": self.book.add_format({"bold": True, "font_size": 14}),
            "wrap": self.book.add_format({"text_wrap": True, "valign": "top"}),
            "date": self.book.add_format({"num_format": "yyyy-mm-dd"}),
            "time": self.book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }

    def read_me(self) -> None:
        sheet = self.book.add_worksheet("Read me")
        sheet.set_column(0, 0, _README_WIDTH)
        _to_print(sheet)
        sheet.write_string(0, 0, TITLE, self.formats["title"])
        for number, paragraph in enumerate(PARAGRAPHS, 2):
            lines = math.ceil(len(paragraph) / _README_LINE)
            sheet.set_row(number, _LINE_HEIGHT * lines + _LINE_HEIGHT / 2)
            sheet.write_string(number, 0, paragraph, self.formats["wrap"])

    def table(self, table: Table, found: Iterable[Row]) -> int:
        kinds = tuple(column.kind for column in table.columns)
        return self.write(table.name, table.names, kinds, found)

    def write(
        self,
        name: str,
        header: Sequence[str],
        kinds: Sequence[Kind],
        found: Iterable[Sequence[Cell]],
    ) -> int:
        """Write rows on as many sheets as they need; the number of rows."""
        sheet, at, sheets, number = self._begin(name, header, kinds), 0, 1, 0
        for row in found:
            if at + 1 == self.sheet_rows:
                self._end(sheet, at, len(header))
                sheets += 1
                sheet, at = self._begin(f"{name} ({sheets})", header, kinds), 0
            at += 1
            number += 1
            for place, cell in enumerate(row):
                self._cell(sheet, at, place, cell)
        self._end(sheet, at, len(header))
        return number

    def _begin(self, name: str, header: Sequence[str], kinds: Sequence[Kind]) -> Any:
        sheet = self.book.add_worksheet(name)
        for place, (column, kind) in enumerate(zip(header, kinds, strict=True)):
            width = _WIDE if column in _WIDE_COLUMNS else max(_WIDTHS[kind], len(column) + 4)
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, column, self.formats["header"])
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        _to_print(sheet)
        return sheet

    def _end(self, sheet: Any, last: int, columns: int) -> None:
        sheet.autofilter(0, 0, last, columns - 1)

    def _cell(self, sheet: Any, row: int, place: int, cell: Cell) -> None:
        match cell:
            case None | "":
                pass
            case bool():
                sheet.write_boolean(row, place, cell)
            case str():
                sheet.write_string(row, place, self._fitting(shown(cell)))
            case datetime() if cell.year >= _FIRST_YEAR:
                sheet.write_datetime(row, place, cell.replace(tzinfo=None), self.formats["time"])
            case date() if cell.year >= _FIRST_YEAR:
                sheet.write_datetime(row, place, cell, self.formats["date"])
            case date():
                sheet.write_string(row, place, cell.isoformat())
            case _:
                sheet.write_number(row, place, cell)

    def _fitting(self, text: str) -> str:
        units = text.encode("utf-16-le")
        if len(units) // 2 <= CELL_UNITS:
            return text
        self.cut += 1
        kept = units[: 2 * (CELL_UNITS - len(CUT))].decode("utf-16-le", "ignore")
        return kept + CUT


def _to_print(sheet: Any) -> None:
    """On A4, as wide as the page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
