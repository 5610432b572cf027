"""`assess run`: from registry file and documents to a report in one command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assess.cli.options import (
    DEFAULT_DB,
    DEFAULT_JOBS,
    DEFAULT_MINIMUM,
    Backend,
    Dask,
    Database,
    Jobs,
    Minimum,
    Originals,
    RubricFile,
    engine_of,
    given,
)


def run(
    report: Annotated[Path, typer.Option("--report", help="HTML report to write.")],
    registry: Annotated[
        list[Path] | None, typer.Option("--registry", help="Registry download (CSV).")
    ] = None,
    files: Annotated[
        list[Path] | None,
        typer.Option(
            "--files", help="Document, folder, or JSON Lines.", parser=given, metavar="PATH"
        ),
    ] = None,
    db: Database = DEFAULT_DB,
    rubric: RubricFile = None,
    minimum: Minimum = DEFAULT_MINIMUM,
    jobs: Jobs = DEFAULT_JOBS,
    dask: Dask = None,
    backend: Backend = None,
    originals: Originals = None,
) -> None:
    """Read, match, extract, score and report; work already done is skipped."""
    from assess.pipeline import Inputs, run_all
    from assess.score.rubric import load_rubric
    from assess.store import open_workspace

    loaded, engine = load_rubric(rubric), engine_of(jobs, dask, backend, originals)
    with open_workspace(db) as workspace:
        result = run_all(
            workspace,
            Inputs(tuple(registry or ()), tuple(files or ())),
            loaded,
            report,
            minimum,
            engine,
        )
    for line in result.lines:
        typer.echo(line)
    typer.echo(f"report: {report}" + ("" if result.changed else " (unchanged)"))
