"""The cells of a word processor's table row -> lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from assess.extract.prose.blocks import CELL

# A cell longer than this is a page laid out by a table, not a cell.
_MAX_CELL: Final = 300


def row_lines(cells: Sequence[Sequence[str]], *, nested: bool) -> Iterator[str]:
    """Yield one line for a row of cells (each its lines); their own lines where it lays out a page.

    ``nested``: a cell holds a table of its own.
    """
    filled = [cell for cell in cells if any(line.strip() for line in cell)]
    long = any(len(cell) > 1 and sum(map(len, cell)) > _MAX_CELL for cell in filled)
    if len(filled) < 2 or long or nested:
        for cell in filled:
            yield from cell
    else:
        yield CELL.join(" ".join(" ".join(cell).split()) for cell in filled)
