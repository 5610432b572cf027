"""`assess export`: what a workspace holds, for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assess.cli.options import DEFAULT_DB, AsJson, Database, given, plural, show

app = typer.Typer(help="Write what the workspace holds for other programs.")


@app.callback()
def export() -> None:
    """A group, also while it has one command."""


@app.command()
def warc(
    file: Annotated[
        Path, typer.Argument(help="WARC file (.warc.gz) to write.", parser=given, metavar="FILE")
    ],
    db: Database = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Write all that was collected from the web as a WARC file: for replay, sharing and proof."""
    from assess.scrape.warc_export import export_warc
    from assess.store import open_workspace

    with open_workspace(db, create=False) as workspace:
        report = export_warc(workspace, file)
    lost = f"; {report.lost:,} kept files are lost or changed, see the issues table"
    show(
        report,
        f"{file}: {plural(report.attempts, 'attempt')}, {report.bodies:,} with their content"
        f"{lost if report.lost else ''}",
        as_json=as_json,
    )
