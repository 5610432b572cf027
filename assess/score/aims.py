"""Sentence tables: the AIMS data sets' columns, read and checked."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assess.errors import InputError
from assess.files import read_regular
from assess.score.features import Row

# A cell longer than this is a broken quote that swallowed the rest of the file.
MAX_CELL_CHARACTERS = 1_000_000
# Some million sentences; the table is held in memory whole.
MAX_TABLE_BYTES = 1_000_000_000
# Columns named to a person who gave another table.
MAX_NAMED = 8


@dataclass(frozen=True, slots=True)
class SentenceTable:
    """Rows in document order, and all columns of each as written."""

    path: Path
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    cells: tuple[dict[str, str], ...]
    lines: tuple[int, ...]
    """The last line of each row in the file, from 1."""

    def shares(self, column: str) -> list[float]:
        """A column of numbers from 0 to 1.

        Raises:
            InputError: a cell holds something else; names line and column.
        """
        return [
            self._share(line, column, cells[column])
            for line, cells in zip(self.lines, self.cells, strict=True)
        ]

    def ones(self, column: str) -> list[int]:
        """A 0/1 column as integers.

        Raises:
            InputError: a cell holds something else; names line and column.
        """
        found = self.shares(column)
        for line, share in zip(self.lines, found, strict=True):
            if share not in (0, 1):
                raise InputError(f"{self.path}, line {line}, column {column!r}: not 0 or 1")
        return [int(share) for share in found]

    def _share(self, line: int, column: str, cell: str) -> float:
        try:
            share = float(cell)
        except ValueError:
            share = -1.0
        if not 0 <= share <= 1:
            place = f"{self.path}, line {line}, column {column!r}"
            raise InputError(f"{place}: {cell[:40]!r} is not a number from 0 to 1")
        return share


def read_sentences(path: Path, needed: Sequence[str] = ()) -> SentenceTable:
    """Read a CSV of ``statement_id,sentence`` and more.

    Raises:
        InputError: cannot be read, is not such a CSV, or lacks a needed column.
    """
    data = read_regular(path, MAX_TABLE_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}, line {line}: not UTF-8 text; save the CSV as UTF-8") from None
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        return _read(reader, ("statement_id", "sentence", *needed), path)
    except csv.Error as error:
        raise InputError(
            f"{path}, after line {reader.line_num}: not a readable CSV ({error}); look for a "
            "quotation mark that is not closed, there or further up"
        ) from None


def _read(reader: csv.DictReader[str], needed: Sequence[str], path: Path) -> SentenceTable:
    columns = tuple(reader.fieldnames or ())
    if missing := [name for name in needed if name not in columns]:
        has = ", ".join(repr(name) for name in columns[:MAX_NAMED]) or "none"
        raise InputError(
            f"{path}: lacks the column {', '.join(missing)}; its first line has {has}. Columns "
            "are separated by commas and named in the first line"
        )
    if doubled := [repr(name) for name, times in Counter(columns).items() if times > 1]:
        raise InputError(f"{path}: column {', '.join(doubled)} twice; rename or remove one")
    cells, lines = [], []
    for row in reader:
        if None in row or None in row.values():
            how = "more" if None in row else "fewer"
            raise InputError(
                f"{path}, line {reader.line_num}: has {how} cells than the {len(columns)} columns"
            )
        cells.append(row)
        lines.append(reader.line_num)
    rows = tuple(Row(row["statement_id"], row["sentence"]) for row in cells)
    return SentenceTable(path, rows, columns, tuple(cells), tuple(lines))
