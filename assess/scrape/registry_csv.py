"""The registry's CSV as its writer makes it: cells, rows and what could not be recovered.

The writer quotes a cell only when it holds a comma or a line break, and does not double quotes
inside it, so a cell can look closed before it is. Files that the standard reader takes apart
evenly are left to it; in others each row is parsed by itself, so that a broken one costs itself.
Quotes are put right only where there is one way to do so; a row with sound quotes and another
number of cells than the header is broken, since which cell is missing cannot be known.
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
# A row of the live files has up to 200 lines; this bounds what one open quote can swallow.
MAX_ROW_LINES: Final = 500
# Ends of cells tried in one row; real rows with broken quotes need some hundreds.
MAX_ATTEMPTS: Final = 5_000

# The registry's first column; rows can be found again by it after a broken one.
YEAR_COLUMN: Final = "StatementYear"
_ROW_START = re.compile(r"(?:(?<=\n)|(?<=\r))(?=(?:19|20)\d\d,(?! ))")
# What free text does not hold, and a row does before its free text.
_ROW_MARK = re.compile(r",(?:Private|Public),|/statement-summary/[^,\s]+,")
# Where a cell surely ends: in prose a space follows the comma after a quotation.
_BORDER = re.compile(r'",[^\s]')
_PLAIN = re.compile(r"[^,\r\n]*")
# Text whose quotations are opened before a word and closed after one.
_PAIRED = re.compile(r'(?:[^"]|(?<![^\s(])"(?=\S)[^"]*(?<=\S)"(?!\w))*')
_LINE_END = "\r\n"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
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
    del text  # as large as the body
    rows = _even_rows(body, len(header))
    if rows is None and header[0] == YEAR_COLUMN:
        rows = _single_rows(body, header, fits)
    elif rows is None:
        rows = _as_read(body, header, fits)
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
    """The rows by the standard reader, or None if its quotes or any number of cells is wrong."""
    rows: list[Row] = []
    # Not from a StringIO of the whole: it takes four bytes a character.
    reader = csv.reader((line[0] for line in _LINE.finditer(body)), strict=True)
    try:
        for cells in filter(None, reader):
            if len(cells) != width:
                return None
            rows.append(Row(len(rows) + 2, tuple(cells)))
    except csv.Error:
        return None
    return rows


def _as_read(body: str, header: Sequence[str], fits: Fits) -> list[Row]:
    """The rows as the standard reader takes them apart; one that does not fit has no cells."""
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
            good = _all_fit(cells, header, fits)
            rows.append(Row(len(rows) + 2, tuple(cells) if good else None))


def _all_fit(cells: Sequence[str], header: Sequence[str], fits: Fits) -> bool:
    return len(cells) == len(header) and all(map(fits, header, cells))


def _single_rows(body: str, header: Sequence[str], fits: Fits) -> list[Row]:
    """The rows one by one, each beginning at a line that begins as a row does."""
    rows: list[Row] = []
    for chunk in _chunks(body, header):
        for cells, recovered in _rows_in(chunk, header, fits):
            rows.append(Row(len(rows) + 2, cells, recovered))
    return rows


def _chunks(body: str, header: Sequence[str]) -> list[str]:
    """Text from one beginning of a row to the next; no row reaches into the next chunk."""
    chunks: list[list[str]] = []
    for piece in _ROW_START.split(body):
        if chunks and not _begins_row(piece, header):
            chunks[-1].append(piece)
        else:
            chunks.append([piece])
    return ["".join(pieces) for pieces in chunks]


def _begins_row(piece: str, header: Sequence[str]) -> bool:
    """Whether a line that starts with a year starts a row, not a line of free text."""
    if "StatementSummaryURL" not in header or _ROW_MARK.search(piece):
        return True
    place = header.index("StatementSummaryURL")
    try:
        cells = next(csv.reader(io.StringIO(piece, newline="")), [])
    except csv.Error:
        return False
    return cells[place : place + 1] != [] and cells[place].startswith(("http://", "https://"))


def _rows_in(
    chunk: str, header: Sequence[str], fits: Fits
) -> Iterator[tuple[tuple[str, ...] | None, bool]]:
    """Cells of the rows of a chunk, and whether they were recovered; no cells for a broken row.

    There is one row, unless the next has lost its beginning. Broken ones in a row count as one,
    as the lines of a cell that has lost its quote look like rows.
    """
    lines = list(io.StringIO(chunk, newline=""))
    place = 0
    broken = False
    while place < len(lines):
        if not lines[place].strip():
            place += 1
            continue
        window = lines[place : place + MAX_ROW_LINES]
        cells, used, recovered = _first_row(window, header, fits)
        # What follows a row has no year to begin with, and must prove to be one.
        good = bool(cells) and (place == 0 or _all_fit(cells, header, fits))
        if good:
            yield cells, recovered
        elif not broken:
            yield None, False
        broken = not good
        place += used


def _first_row(
    lines: Sequence[str], header: Sequence[str], fits: Fits
) -> tuple[tuple[str, ...], int, bool]:
    """Cells of the first row (none if broken), how many lines it takes, whether recovered."""
    reader = csv.reader(lines, strict=True)
    try:
        cells = next(reader)
    except csv.Error:
        sound, used = False, len(lines)
    else:
        used = reader.line_num
        if len(cells) == len(header):
            return tuple(cells), used, False
        sound = all(cell.count('"') % 2 == 0 for cell in cells)
    text = "".join(lines).rstrip(_LINE_END)
    if not sound and (found := _parse_undoubled(text, header, fits)):
        cells_found, end = found
        return cells_found, len(list(io.StringIO(text[:end], newline=""))), True
    return (), used, False


@dataclass(frozen=True, slots=True)
class _Way:
    """How a place in the row was reached: the last cell, and the way to that cell."""

    cell: str
    before: _Way | None
    sole: bool


def _parse_undoubled(
    text: str, header: Sequence[str], fits: Fits
) -> tuple[tuple[str, ...], int] | None:
    """The only way to end quoted cells that leaves a fitting cell for every column.

    Returns:
        the cells and where the row ends; None if there is no way, or more than one.
    """
    if len(text) > MAX_ROW_CHARACTERS:
        return None
    attempts = 0
    reached: dict[int, _Way | None] = {0: None}
    for number, column in enumerate(header, 1):
        ahead: dict[int, _Way | None] = {}
        for start, way in reached.items():
            for cell, end in _cell_ends(text, start):
                attempts += 1
                in_place = text.startswith(",", end) != (number == len(header))
                if in_place and fits(column, cell):
                    place = end + (number < len(header))
                    sole = place not in ahead and (way is None or way.sole)
                    ahead[place] = _Way(cell, way, sole)
        reached = ahead
        if attempts > MAX_ATTEMPTS:
            return None
    # The whole text, rather than a row and a rest, where both can be.
    ends = [len(text)] if len(text) in reached else list(reached)
    way = reached[ends[0]] if len(ends) == 1 else None
    return (_cells_of(way), ends[0]) if way and way.sole else None


def _cells_of(way: _Way | None) -> tuple[str, ...]:
    cells: list[str] = []
    while way:
        cells.append(way.cell)
        way = way.before
    return tuple(reversed(cells))


def _cell_ends(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Each way the cell at ``start`` can end: its text, and where its border is."""
    if text.startswith('"', start):
        border = _BORDER.search(text, start + 1)
        stop = border.start() + 1 if border else len(text)
        end = text.find('"', start + 1, stop)
        while end != -1:
            cell = text[start + 1 : end]
            if text[end + 1 : end + 2] in ("", ",", "\r", "\n") and _needs_quotes(cell):
                yield cell.replace('""', '"'), end + 1
            end = text.find('"', end + 1, stop)
    match = _PLAIN.match(text, start)
    if match and _PAIRED.fullmatch(match[0]):
        yield match[0], match.end()


def _needs_quotes(cell: str) -> bool:
    return any(mark in cell for mark in ',\n\r"')
