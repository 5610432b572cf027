"""`assess scrape companies` and `assess scrape groups`: what organisations are, and whose list."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assess.cli.options import (
    DEFAULT_DB,
    AsJson,
    Database,
    given,
    plural,
    show,
    tell_bad_row,
)
from assess.cli.tables import print_json


def companies(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Companies House's free company data: CSV or ZIP, whole or in parts.",
            parser=given,
            metavar="FILES",
        ),
    ],
    db: Database = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Read what kind of business the registry's organisations are (SIC 2007).

    Joined by company number; read it again after new registry files. Exit code 1 if rows could not
    be read.
    """
    from assess.progress import counting
    from assess.scrape.companies import import_companies
    from assess.store import open_workspace

    bad = 0
    with open_workspace(db, create=False) as workspace:
        for file in files:
            with counting("companies") as progress:
                report = import_companies(workspace, file, progress)
            bad += report.bad
            show(
                report,
                f"{file}: {plural(report.rows, 'company row')}, {report.kept:,} of organisations "
                f"in the registry files, {report.bad:,} could not be read; of "
                f"{plural(report.organisations, 'organisation')} with a company number "
                f"{report.not_found:,} not found so far",
                as_json=as_json,
            )
    if bad:
        raise typer.Exit(1)


def groups(
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV: group, organisation, company_number; or one name a line with --name.",
            parser=given,
            metavar="FILE",
        ),
    ],
    name: Annotated[
        str | None, typer.Option("--name", help="Name of the group that the file is.")
    ] = None,
    db: Database = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Read groups of organisations to compare: an index, suppliers, constituencies.

    A group of the same name is replaced. Exit code 1 if lines could not be read.
    """
    from dataclasses import asdict

    from assess.report.words import shown
    from assess.scrape.listed import import_groups
    from assess.scrape.lists import read_groups
    from assess.store import open_workspace

    if name is not None and not name.strip():
        raise typer.BadParameter("--name is empty")
    bad: list[int] = []
    listed = read_groups(file, name and name.strip(), tell_bad_row(file, bad))
    with open_workspace(db, create=False) as workspace:
        reports = import_groups(workspace, listed)
    if as_json:
        print_json([asdict(report) for report in reports])
    for report in () if as_json else reports:
        typer.echo(
            shown(
                f"{report.group}: {plural(report.organisations, 'organisation')}, "
                f"{report.by_number:,} found in the registry files by number, {report.by_name:,} "
                f"by name, {report.not_found:,} not found"
            )
        )
    if bad:
        raise typer.Exit(1)
