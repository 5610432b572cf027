"""Cells as text: raw for programs, or safe for spreadsheets."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assess.export.source import Cell
from assess.report.words import formula_safe


def raw(cell: Cell) -> str:
    """The value as data: ISO dates, ``true`` and ``false``, nothing for what is not known."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def safe(cell: Cell) -> str:
    """The value for a spreadsheet: no text is taken for a formula, and what would hide or reorder
    text is shown."""
    return formula_safe(cell) if isinstance(cell, str) else raw(cell)
