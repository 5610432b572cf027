"""Sentence tables: the AIMS data sets' columns, read and checked."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assess.errors import InputError
from assess.score.features import Row

# A cell longer than this is a broken quote that swallowed the rest of the file.
MAX_CELL_CHARACTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class SentenceTable:
    """Rows in document order, and all columns of each as written."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    cells: tuple[dict[str, str], ...]

    def ones(self, column: str) -> list[int]:
        """A 0/1 column as integers."""
        return [int(float(cells[column] or 0) >= 0.5) for cells in self.cells]


def read_sentences(path: Path, needed: Sequence[str] = ()) -> SentenceTable:
    """Read a CSV of ``statement_id,sentence`` and more.

    Raises:
        InputError: cannot be read, is not such a CSV, or lacks a needed column.
    """
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            return _read(handle, ("statement_id", "sentence", *needed), path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8 text; save the CSV as UTF-8") from None
    except csv.Error as error:
        raise InputError(f"{path}: not a readable CSV ({error})") from None


def _read(handle: Iterator[str], needed: Sequence[str], path: Path) -> SentenceTable:
    reader = csv.DictReader(handle, strict=True)
    columns = tuple(reader.fieldnames or ())
    if missing := [name for name in needed if name not in columns]:
        raise InputError(f"{path}: lacks the column {', '.join(missing)}")
    cells = []
    for row in reader:
        if None in row or None in row.values():
            raise InputError(f"{path}, line {reader.line_num}: has not {len(columns)} cells")
        cells.append(row)
    rows = tuple(Row(row["statement_id"], row["sentence"]) for row in cells)
    return SentenceTable(rows, columns, tuple(cells))
