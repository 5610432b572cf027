"""A report as Markdown; every text of others is shown as it is, never as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assess.report.tables.records import Cell, Kind, Table, Tabular
from assess.report.words import percent, shown

# What Markdown or the HTML in it would take for markup.
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]|~]|^[-+#=>])")
_NUMBERED: Final = re.compile(r"^(\d+)([.)])")
_HTML: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Longer tables nobody reads in a text; CSV and workbooks have all rows.
ROWS: Final = 200


def markdown(report: Tabular) -> str:
    """The findings, then the tables, at most ``ROWS`` rows each."""
    lines = [
        f"# {plain(report.title)}",
        "",
        "## Key findings",
        "",
        *(f"{number}. {plain(one)}" for number, one in enumerate(report.findings, 1)),
        "",
    ]
    for table in report.tables:
        if table.rows and table.in_text:
            lines += _table(table)
    lines += ["## How to read this", "", *(f"- {plain(one)}" for one in report.notes)]
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """Text on one line, in which nothing is markup."""
    folded = " ".join(shown(text).split())
    unmarked = _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", folded))
    return unmarked.translate(_HTML)


def _table(table: Table) -> Iterator[str]:
    yield f"## {plain(table.title)}"
    yield ""
    yield f"| {' | '.join(plain(column.name.replace('_', ' ')) for column in table.columns)} |"
    aligned = ("---" if column.kind == "text" else "---:" for column in table.columns)
    yield f"|{'|'.join(aligned)}|"
    for row in table.rows[:ROWS]:
        told = (_told(cell, column.kind) for cell, column in zip(row, table.columns, strict=True))
        yield f"| {' | '.join(told)} |"
    yield ""
    if len(table.rows) > ROWS:
        yield f"The first {ROWS} of {len(table.rows):,} rows; CSV and XLSX have all."
        yield ""


def _told(cell: Cell, kind: Kind) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str):
        return plain(cell)
    if kind == "share":
        return percent(cell)
    if kind == "integer":
        return f"{cell:,.0f}"
    if kind == "year":
        return str(cell)
    # Of 100 and more two digits would be written with a power of ten.
    return f"{cell:.0f}" if kind == "score" or abs(cell) >= 99 else f"{cell:.2g}"
