"""`assess report`: pages for people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assess.cli.options import DEFAULT_DB, DEFAULT_MINIMUM, Database, Minimum, RubricFile

app = typer.Typer(help="Write reports from the workspace.")


@app.callback()
def reports() -> None:
    """Write reports from the workspace."""


@app.command()
def sectors(
    output: Annotated[Path, typer.Option("--output", "-o", help="HTML file to write.")],
    db: Database = DEFAULT_DB,
    minimum: Minimum = DEFAULT_MINIMUM,
    rubric: RubricFile = None,
) -> None:
    """Compare sectors: compliance, substance, minimal compliance, with their evidence."""
    from assess.report.sectors import write_sector_report
    from assess.score.rubric import load_rubric
    from assess.store import open_workspace

    loaded = load_rubric(rubric)
    with open_workspace(db, create=False, write=False) as workspace:
        result = write_sector_report(workspace, output, minimum=minimum, rubric=loaded)
    unchanged = "" if result.changed else " (unchanged)"
    typer.echo("\n".join([*result.headlines, f"report: {result.path}{unchanged}"]))
