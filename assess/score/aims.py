"""Sentence tables: the AIMS data sets' columns, read and checked."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assess.errors import InputError
from assess.files import opened_regular
from assess.score.features import Row

# A cell longer than this is a broken quote that swallowed the rest of the file.
MAX_CELL_CHARACTERS = 1_000_000
# Some million sentences.
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


@dataclass(frozen=True, slots=True)
class SentenceFile:
    """An open table, of which no more is in memory than is looked at."""

    path: Path
    columns: tuple[str, ...]
    handle: BinaryIO

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The last line of each row in the file, from 1, and its cells; each time from the start.

        Raises:
            InputError: not a readable CSV from there on.
        """
        with _reader(self.handle, self.path) as reader:
            for row in reader:
                if None in row or None in row.values():
                    how = "more" if None in row else "fewer"
                    raise InputError(
                        f"{self.path}, line {reader.line_num}: has {how} cells than the "
                        f"{len(self.columns)} columns"
                    )
                yield reader.line_num, row


@contextmanager
def open_sentences(path: Path, needed: Sequence[str] = ()) -> Generator[SentenceFile]:
    """Open a CSV of ``statement_id,sentence`` and more.

    Raises:
        InputError: cannot be read, is not such a CSV, or lacks a needed column.
    """
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    with opened_regular(path, MAX_TABLE_BYTES) as handle:
        with _reader(handle, path) as reader:
            columns = tuple(reader.fieldnames or ())
        _check_columns(columns, ("statement_id", "sentence", *needed), path)
        yield SentenceFile(path, columns, handle)


def read_sentences(path: Path, needed: Sequence[str] = ()) -> SentenceTable:
    """Read a whole table; as `open_sentences`."""
    with open_sentences(path, needed) as file:
        found = list(file.rows())
    rows = tuple(Row(cells["statement_id"], cells["sentence"]) for _, cells in found)
    lines = tuple(line for line, _ in found)
    return SentenceTable(path, rows, file.columns, tuple(cells for _, cells in found), lines)


@contextmanager
def _reader(handle: BinaryIO, path: Path) -> Generator[csv.DictReader[str]]:
    """Reads the file from its start; what is wrong with it is told by its line."""
    handle.seek(0)
    text = io.TextIOWrapper(handle, "utf-8-sig", newline="")
    reader = csv.DictReader(text, strict=True)
    try:
        yield reader
    except UnicodeDecodeError:
        line = _first_other(text.detach())
        raise InputError(f"{path}, line {line}: not UTF-8 text; save the CSV as UTF-8") from None
    except csv.Error as error:
        raise InputError(
            f"{path}, after line {reader.line_num}: not a readable CSV ({error}); look for a "
            "quotation mark that is not closed, there or further up"
        ) from None
    finally:
        if text.buffer is not None:
            text.detach()


def _first_other(handle: BinaryIO) -> int:
    """The first line that is not UTF-8, from 1."""
    handle.seek(0)
    for number, line in enumerate(handle, 1):
        try:
            line.decode()
        except UnicodeDecodeError:
            return number
    return 1  # it has been changed meanwhile


def _check_columns(columns: Sequence[str], needed: Sequence[str], path: Path) -> None:
    if missing := [name for name in needed if name not in columns]:
        has = ", ".join(repr(name) for name in columns[:MAX_NAMED]) or "none"
        raise InputError(
            f"{path}: lacks the column {', '.join(missing)}; its first line has {has}. Columns "
            "are separated by commas and named in the first line"
        )
    if doubled := [repr(name) for name, times in Counter(columns).items() if times > 1]:
        raise InputError(f"{path}: column {', '.join(doubled)} twice; rename or remove one")
