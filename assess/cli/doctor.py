"""`assess doctor`: what this installation can do, and whether a database is whole."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assess.cli.options import AsJson, given


def doctor(
    database: Annotated[
        Path | None,
        typer.Option(
            "--check",
            help="Check this database instead: file, originals, quotes, findings.",
            parser=given,
            metavar="DB",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what this installation can do, or with --check whether a database is whole.

    Exit code 1 if something needed does not work, or something in the database is broken. Checking
    changes nothing, and may go on while another command writes.
    """
    if database is not None:
        _check(database, as_json=as_json)
        return
    from assess.doctor import examine

    checks = examine()
    works = not any(check.fails for check in checks)
    if as_json:
        typer.echo(json.dumps({"ok": works, "checks": [asdict(check) for check in checks]}))
    else:
        for check in checks:
            typer.echo(f"{check.state:<8} {check.name}: {check.detail}")
    raise typer.Exit(0 if works else 1)


def _check(database: Path, *, as_json: bool) -> None:
    from assess.extract import EXTRACTOR_VERSION
    from assess.progress import counting
    from assess.report.words import shown
    from assess.store.checks import check_database

    found = []
    with counting("check") as progress:
        for checked in check_database(database, EXTRACTOR_VERSION, progress):
            found.append(checked)
            if not as_json:
                advice = f"; {checked.advice}" if checked.advice else ""
                typer.echo(shown(f"{checked.state:<7} {checked.name}: {checked.detail}{advice}"))
    whole = all(checked.state != "broken" for checked in found)
    if as_json:
        checks = [asdict(checked) for checked in found]
        typer.echo(json.dumps({"ok": whole, "database": str(database), "checks": checks}))
    raise typer.Exit(0 if whole else 1)
