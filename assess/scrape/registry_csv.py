"""The registry's CSV as its writer makes it: cells, rows and what could not be recovered.

The writer quotes a cell only when it holds a comma or a line break, and does not double quotes
inside it, so a cell can look closed before it is. Files that the standard reader takes apart
evenly are left to it; in others each row is parsed by itself, so that a broken one costs itself.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assess.errors import RegistryError

# The live files have 76 columns; far more is another kind of table.
MAX_COLUMNS: Final = 500
# A row of the live files has up to 10 kB; more than this is several rows run together.
MAX_ROW_CHARACTERS: Final = 100_000
# A cell may itself hold lines that begin like a row ("2022,200 audits"): so many are tried.
MAX_JOINED_CHUNKS: Final = 5
# Ways to close the quotes of one row that are tried; real broken rows need below a hundred.
MAX_ATTEMPTS: Final = 5_000

# The registry's first column; rows can be found again by it after a broken one.
YEAR_COLUMN: Final = "StatementYear"
_ROW_START = re.compile(r"(?:(?<=\n)|(?<=\r))(?=(?:19|20)\d\d,(?! ))")
_LINE_END = "\r\n"
_FIRST_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")

Fits = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file."""

    number: int
    """As a spreadsheet counts: the header is row 1."""
    cells: tuple[str, ...] | None
    """None where it could not be taken apart."""
    recovered: bool = False
    """Its quotes were broken, and there was a way to read them."""


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows, each with as many cells as the header."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    odd_lines: int
    """Lines that were not UTF-8 and were read as Windows-1252."""


def parse(data: bytes, name: str, fits: Fits) -> Table:
    """Take the file apart.

    Args:
        fits: whether a cell may stand in the column of this header; it decides between ways to
            close quotes.

    Raises:
        RegistryError: empty, binary, or not a CSV table.
    """
    text, odd_lines = _decode(data, name)
    header, body = _header(text, name)
    rows = _even_rows(body, len(header))
    if rows is None and header[0] == YEAR_COLUMN:
        rows = _single_rows(body, header, fits)
    elif rows is None:
        rows = _as_read(body, len(header))
    return Table(header, tuple(rows), odd_lines)


def _decode(data: bytes, name: str) -> tuple[str, int]:
    """Text of the file; line by line, so that one odd byte does not garble every pound sign."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise RegistryError(f"{name}: is empty; download the registry's CSV again")
    if b"\0" in data:
        raise RegistryError(f"{name}: is not a text file; give the registry's CSV from GOV.UK")
    try:
        return data.decode("utf-8"), 0
    except UnicodeDecodeError:
        lines = [_decode_line(line) for line in data.split(b"\n")]
    return "\n".join(line for line, _ in lines), sum(odd for _, odd in lines)


def _decode_line(line: bytes) -> tuple[str, bool]:
    try:
        return line.decode("utf-8"), False
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace"), True


def _header(text: str, name: str) -> tuple[tuple[str, ...], str]:
    """The first line's cells, and the text after it."""
    text = text.lstrip(_LINE_END)
    match = _FIRST_LINE.match(text)
    first = match[0] if match else ""
    try:
        cells = next(csv.reader([first]), [])
    except csv.Error:
        cells = []
    header = tuple(cell.strip() for cell in cells)
    if not 1 < len(header) <= MAX_COLUMNS:
        raise RegistryError(
            f"{name}: is not a table of comma-separated columns;"
            " give the registry's CSV from GOV.UK"
        )
    return header, text[len(first) :]


def _even_rows(body: str, width: int) -> list[Row] | None:
    """The rows by the standard reader, or None if any has another number of cells."""
    rows = _as_read(body, width)
    return None if any(row.cells is None for row in rows) else rows


def _as_read(body: str, width: int) -> list[Row]:
    """The rows as the standard reader takes them apart; one of another width has no cells."""
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(body, newline=""))
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return rows
        except csv.Error:
            cells = [""]
        if cells:
            rows.append(Row(len(rows) + 2, tuple(cells) if len(cells) == width else None))


def _single_rows(body: str, header: Sequence[str], fits: Fits) -> list[Row]:
    """The rows one by one, each beginning at a line that starts with a year."""
    chunks = [chunk for chunk in _ROW_START.split(body) if chunk.strip()]
    rows: list[Row] = []
    place = 0
    while place < len(chunks):
        row, used = _one_row(len(rows) + 2, chunks[place : place + MAX_JOINED_CHUNKS], header, fits)
        rows.append(row)
        place += used
    return rows


def _one_row(
    number: int, chunks: Sequence[str], header: Sequence[str], fits: Fits
) -> tuple[Row, int]:
    """The first row, and how many chunks it takes; a hopeless chunk is a row of its own."""
    for used in range(1, len(chunks) + 1):
        row = "".join(chunks[:used]).rstrip(_LINE_END)
        if len(row) > MAX_ROW_CHARACTERS:
            break
        if cells := _parse_standard(row, len(header)):
            return Row(number, cells), used
        if cells := _parse_undoubled(row, header, fits):
            return Row(number, cells, recovered=True), used
    return Row(number, None), 1


def _parse_standard(row: str, width: int) -> tuple[str, ...] | None:
    try:
        rows = list(csv.reader(io.StringIO(row, newline=""), strict=True))
    except csv.Error:
        return None
    return tuple(rows[0]) if len(rows) == 1 and len(rows[0]) == width else None


def _parse_undoubled(row: str, header: Sequence[str], fits: Fits) -> tuple[str, ...] | None:
    """Search for the one way to end quoted cells that leaves a fitting cell for every column.

    Depth first: a plain cell ends at the next comma; a quoted one at any quote before a comma,
    the nearest first, provided that it holds what made the writer quote it.
    """
    attempts = 0
    open_cells = [_cell_ends(row, 0)]
    cells: list[str] = []
    while open_cells and attempts < MAX_ATTEMPTS:
        attempts += 1
        step = next(open_cells[-1], None)
        if step is None:
            open_cells.pop()
            if cells:
                cells.pop()
            continue
        cell, after = step
        if not fits(header[len(cells)], cell):
            continue
        cells.append(cell)
        if len(cells) == len(header) and after > len(row):
            return tuple(cells)
        if len(cells) == len(header) or after > len(row):
            cells.pop()
        else:
            open_cells.append(_cell_ends(row, after))
    return None


def _cell_ends(row: str, start: int) -> Iterator[tuple[str, int]]:
    """Each way the cell at ``start`` can end: its text, and where the next cell starts."""
    if row.startswith('"', start):
        end = row.find('"', start + 1)
        while end != -1:
            cell = row[start + 1 : end]
            if row[end + 1 : end + 2] in ("", ",") and _needs_quotes(cell):
                yield cell.replace('""', '"'), end + 2
            end = row.find('"', end + 1)
    end = row.find(",", start)
    end = len(row) if end == -1 else end
    plain = row[start:end]
    if "\n" not in plain and "\r" not in plain:
        yield plain, end + 1


def _needs_quotes(cell: str) -> bool:
    return any(mark in cell for mark in ',\n\r"')
