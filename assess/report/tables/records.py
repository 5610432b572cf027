"""What a report is made of where it is no page: sentences, and tables with described columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Cell = str | int | float | bool | None
Kind = Literal["text", "integer", "year", "score", "share", "number", "flag"]
"""``score``: 0 to 100; ``share``: 0 to 1, shown as a percentage; ``flag``: true or false."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and what it means."""

    name: str
    kind: Kind
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under described columns."""

    name: str
    """Of a file or sheet: letters and underscores, 31 at most."""
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    in_text: bool = True
    """Whether Markdown has it; what is too long to read stands in CSV and workbooks only."""


@dataclass(frozen=True, slots=True)
class Tabular:
    """A whole report as sentences and tables."""

    title: str
    findings: tuple[str, ...]
    notes: tuple[str, ...]
    """How to read it, and its limits."""
    tables: tuple[Table, ...]
