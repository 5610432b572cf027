"""`assess report`: pages for people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess import log
from assess.cli.options import (
    DEFAULT_DB,
    DEFAULT_JOBS,
    DEFAULT_MINIMUM,
    Database,
    Jobs,
    Minimum,
    RubricFile,
    given,
)
from assess.report.tables.write import Format

if TYPE_CHECKING:
    from assess.score.rubric import Rubric
    from assess.store import Workspace

app = typer.Typer(help="Write reports from the workspace.")

Output = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        help="File to write; for csv a folder.",
        parser=given,
        metavar="PATH",
    ),
]
As = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="A page (html), Markdown, a folder of CSV tables, or a workbook; by the ending of "
        "the output where not given.",
    ),
]
Compare = Annotated[
    bool,
    typer.Option(
        "--compare/--no-compare",
        help="Bring comparisons up to date first, or only read the database and show them as they "
        "were last made.",
    ),
]


@app.callback()
def reports() -> None:
    """Write reports from the workspace."""


@app.command()
def sectors(
    *,
    output: Output,
    db: Database = DEFAULT_DB,
    minimum: Minimum = DEFAULT_MINIMUM,
    rubric: RubricFile = None,
    jobs: Jobs = DEFAULT_JOBS,
    form: As = None,
    compare: Compare = True,
) -> None:
    """Compare sectors: compliance, substance, minimal compliance, with their evidence.

    A page that needs no server: statements can be filtered, tables sorted and searched in it.
    Comparisons that are not made yet, or are out of date, are made first.
    """
    from assess.report.sectors import write_sector_report, write_sector_tables
    from assess.report.tables.write import format_of
    from assess.score.rubric import load_rubric
    from assess.store import open_workspace

    loaded = load_rubric(rubric)
    with open_workspace(db, create=False, write=compare) as workspace:
        if rubric is not None:
            _warn_if_not_judged(workspace, loaded)
        if compare:
            _compare(workspace, loaded, minimum, jobs)
        if (wanted := form or format_of(output)) == "html":
            result = write_sector_report(workspace, output, minimum=minimum, rubric=loaded)
        else:
            result = write_sector_tables(workspace, output, wanted, minimum=minimum, rubric=loaded)
    unchanged = "" if result.changed else " (unchanged)"
    typer.echo("\n".join([*result.headlines, f"report: {result.path}{unchanged}"]))


def _warn_if_not_judged(workspace: Workspace, rubric: Rubric) -> None:
    """A report is of the rubric scored with last, whichever is given to explain it."""
    from assess.compare.counts import newest_rubric

    judged = newest_rubric(workspace.db)
    if judged not in (None, rubric.key):
        log.tell(
            f"the documents were last judged by {judged}, not by {rubric.key}; the report "
            "shows what that found. `assess score` judges with another",
            level=log.WARNING,
        )


def _compare(workspace: Workspace, rubric: Rubric, minimum: int, jobs: int) -> None:
    """Make the comparisons that reports rest on; say on standard error where it cannot be done."""
    from assess.cli.compare.waiting import tell_waiting
    from assess.progress import counting
    from assess.report.compared.refresh import refresh_for_reports

    tell_waiting(workspace)
    with counting("compare") as progress:
        compared = refresh_for_reports(workspace, rubric, minimum, jobs, progress)
    if not compared:
        log.tell(
            "the documents were judged by a rubric that is not at hand; comparisons are "
            "shown as they were last made. Give it with --rubric to bring them up to date",
            level=log.WARNING,
        )


@app.command()
def national(
    *,
    output: Output,
    db: Database = DEFAULT_DB,
    minimum: Minimum = DEFAULT_MINIMUM,
    rubric: RubricFile = None,
    jobs: Jobs = DEFAULT_JOBS,
    form: As = None,
    compare: Compare = True,
) -> None:
    """Give an overview over all years: who is missing, late, sharing text, reporting more or less.

    Form against substance by sector and turnover, and answers in the registry that statements
    contradict. Comparisons that are not made yet, or are out of date, are made first.
    """
    from assess.report.national.write import write_national_report
    from assess.report.tables.write import format_of
    from assess.score.rubric import load_rubric
    from assess.store import open_workspace

    loaded = load_rubric(rubric)
    with open_workspace(db, create=False, write=compare) as workspace:
        if rubric is not None:
            _warn_if_not_judged(workspace, loaded)
        if compare:
            _compare(workspace, loaded, minimum, jobs)
        result = write_national_report(
            workspace, output, form or format_of(output), minimum=minimum, rubric=loaded
        )
    typer.echo("\n".join([*result.findings, f"report: {result.path}"]))
