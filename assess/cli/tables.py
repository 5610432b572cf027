"""Tables on standard output: as JSON, as CSV, or in words."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

import typer

AsCsv = Annotated[bool, typer.Option("--csv", help="Print the result as CSV.")]


def one_form(*, as_json: bool, as_csv: bool) -> None:
    """Refuse two forms of one output."""
    if as_json and as_csv:
        raise typer.BadParameter("give --json or --csv, not both")


def print_json(value: Any) -> None:
    """Print one JSON value on one line."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def print_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Print rows under their header; a list's items are separated by "; "."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe_cell(row.get(column)) for column in columns])


def safe_cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    from assess.report.words import formula_safe

    if isinstance(value, (list, tuple)):
        value = "; ".join(map(str, value))
    return formula_safe(value) if isinstance(value, str) else value
