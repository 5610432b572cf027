"""`assess missing`: which organisations of a list have no statement for a year."""

from __future__ import annotations

import csv
import dataclasses
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.options import (
    DEFAULT_DB,
    FIRST_YEAR,
    LAST_YEAR,
    AsJson,
    Database,
    given,
    plural,
    tell_bad_row,
)
from assess.cli.tables import safe_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assess.compare.missing import Result


def missing(
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV: organisation, company_number; or one name a line.",
            parser=given,
            metavar="FILE",
        ),
    ],
    year: Annotated[
        int, typer.Option("--year", min=FIRST_YEAR, max=LAST_YEAR, help="Registry year.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="CSV to write.", parser=given, metavar="FILE"),
    ] = None,
    db: Database = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Tell which organisations of a list have no statement in the registry for a year.

    Exit code 1 if lines of the list could not be read.
    """
    from assess.compare.missing import find_missing, read_known, year_is_complete
    from assess.progress import counting
    from assess.scrape.lists import read_organisations
    from assess.store import open_workspace

    bad: list[int] = []
    listed = read_organisations(file, tell_bad_row(file, bad))
    with (
        open_workspace(db, create=False, write=False) as workspace,
        counting("compare") as progress,
    ):
        found = find_missing(read_known(workspace.db), listed, year, progress)
        complete = year_is_complete(workspace.db, year)
    if output:
        _write(output, found)
    if as_json:
        typer.echo(json.dumps([dataclasses.asdict(one) for one in found]))
    else:
        _print(found, year, complete=complete, listed=not output)
    if bad:
        raise typer.Exit(1)


def _print(found: Sequence[Result], year: int, *, complete: bool, listed: bool) -> None:
    from assess.report.words import shown

    counts = Counter(one.state for one in found)
    typer.echo(
        f"{plural(len(found), 'organisation')} listed: {counts['found']:,} with a statement for "
        f"{year} in the registry, {counts['doubtful']:,} to look at, {counts['missing']:,} for "
        "which none was found"
    )
    if not complete:
        typer.echo(
            f"No complete registry file of {year} was read: that none was found says little. "
            f"Run `assess scrape registry --year {year}`."
        )
    for state in ("missing", "doubtful") if listed else ():
        for one in (one for one in found if one.state == state):
            typer.echo(shown(_line(one)))


def _line(one: Result) -> str:
    years = f"; statements for {', '.join(map(str, one.other_years))}" if one.other_years else ""
    matched = f" = {one.matched} ({one.method}, {one.quality:.2f})" if one.matched else ""
    return f"{one.state}: {one.organisation}{matched}{years}; tried: {one.tried}"


def _write(output: Path, found: Sequence[Result]) -> None:
    from assess.compare.missing import Result
    from assess.files import writing

    names = [field.name for field in dataclasses.fields(Result)]
    with writing(output) as handle:
        writer = csv.writer(handle)
        writer.writerow(names)
        for one in found:
            row = {**dataclasses.asdict(one), "other_years": " ".join(map(str, one.other_years))}
            writer.writerow([safe_cell(row[name]) for name in names])
