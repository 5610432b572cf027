"""Cells as text: raw for programs, or safe for spreadsheets."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assess.export.source import Cell
from assess.report.words import shown

# What spreadsheets take for the start of a formula, also in the wide forms of East Asian text.
_FORMULA = "=+-@＝＋－＠"
# Some of them drop these, and look at what follows.
_BLANK = "\t\n"


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
    return safe_text(cell) if isinstance(cell, str) else raw(cell)


def safe_text(text: str) -> str:
    """``text`` with an apostrophe before what a spreadsheet would take for a formula."""
    made = shown(text.replace("\r\n", "\n"))
    starts = made[:1] in _BLANK or made.lstrip()[:1] in _FORMULA
    return f"'{made}" if starts and made.strip() else made
