"""Tables on standard output: as JSON, as CSV, or in words."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
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


def print_json_rows(rows: Iterable[object], *, ascii_only: bool = False) -> None:
    """Print records as one JSON list, one after the other: there may be very many."""
    _print_list(rows, ascii_only=ascii_only)
    typer.echo()


def print_json_lists(lists: Mapping[str, Iterable[object]]) -> None:
    """Print one JSON object of lists of records, likewise."""
    for number, (name, rows) in enumerate(lists.items()):
        typer.echo(f"{', ' if number else '{'}{json.dumps(name)}: ", nl=False)
        _print_list(rows)
    typer.echo("}")


def _print_list(rows: Iterable[object], *, ascii_only: bool = False) -> None:
    typer.echo("[", nl=False)
    for number, row in enumerate(rows):
        fields = asdict(row)  # type: ignore[call-overload]
        written = json.dumps(fields, ensure_ascii=ascii_only)
        typer.echo(f", {written}" if number else written, nl=False)
    typer.echo("]", nl=False)


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
