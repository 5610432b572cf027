"""`assess report organisation`: the dossier of an organisation, or of all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess import log
from assess.cli.options import (
    DEFAULT_DB,
    FIRST_YEAR,
    LAST_YEAR,
    Database,
    RubricFile,
    given,
    plural,
)

if TYPE_CHECKING:
    from assess.score.rubric import Rubric
    from assess.store import Workspace


def organisation(
    name: Annotated[
        str | None,
        typer.Argument(
            help="Its name, former name, part of a name, or company number.", metavar="NAME|NUMBER"
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="HTML file to write (by default NAME.html here); with --all a folder.",
            parser=given,
            metavar="PATH",
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            min=FIRST_YEAR,
            max=LAST_YEAR,
            help="Registry year of the statement to open; by default the newest assessed one.",
        ),
    ] = None,
    every: Annotated[
        bool,
        typer.Option("--all", help="A dossier of each assessed organisation, and an index."),
    ] = False,
    db: Database = DEFAULT_DB,
    rubric: RubricFile = None,
) -> None:
    """Write the dossier of an organisation: its statement's text with all evidence in place.

    Beside the text stands the scorecard: each finding with its quotes, linked to their place and
    to the kept document. Below: what was not found in the text, what differs from the statement
    before, text shared with others, declared against evidenced, place among sector peers, registry
    data, and where the document came from.

    With --all, exit code 1 if a dossier could not be made.
    """
    from assess.score.rubric import load_rubric
    from assess.store import open_workspace

    if (name is None) != every:
        raise typer.BadParameter("give one organisation, or --all")
    if every and year is not None:
        raise typer.BadParameter("--all opens the newest statement of each; leave --year out")
    if every and output is None:
        raise typer.BadParameter("--all needs a folder to write to: -o FOLDER")
    loaded = load_rubric(rubric)
    with open_workspace(db, create=False, write=False) as workspace:
        if rubric is not None:
            _warn_if_not_judged(workspace, loaded)
        if name is not None:
            _one(workspace, name, output, year, loaded)
        elif output is not None:
            _all(workspace, output, loaded)


def _warn_if_not_judged(workspace: Workspace, rubric: Rubric) -> None:
    """A dossier shows the newest judgement, whatever rubric made it."""
    if not workspace.db.table("assessments").count_where("rubric = ?", [rubric.key]):
        log.tell(
            f"no text was judged by {rubric.id}; what another rubric found is shown. "
            "`assess score` judges with it",
            level=log.WARNING,
        )


def _one(
    workspace: Workspace, name: str, output: Path | None, year: int | None, rubric: Rubric
) -> None:
    from assess.compare.named import find_organisation
    from assess.report.dossier import write_dossier
    from assess.report.words import cut, shown

    found = find_organisation(workspace.db, name)
    done = write_dossier(workspace, found.id, output, year=year, rubric=rubric)
    unchanged = "" if done.changed else " (unchanged)"
    typer.echo(shown(f"{cut(done.name)}\n{done.headline}\nreport: {done.path}{unchanged}"))


def _all(workspace: Workspace, folder: Path, rubric: Rubric) -> None:
    from assess.progress import counting
    from assess.report.dossier import write_dossiers
    from assess.report.words import cut, shown

    with counting("dossiers") as progress:
        done = write_dossiers(workspace, folder, rubric=rubric, progress=progress)
    for name, why in done.failed:
        log.tell(shown(f"{cut(name)}: no dossier ({cut(why)})"), level=log.WARNING)
    typer.echo(f"{plural(done.pages, 'dossier')}, {done.changed:,} of them new or changed")
    typer.echo(shown(f"index: {done.index}"))
    if done.others:
        log.tell(
            shown(
                f"{plural(len(done.others), 'page')} in {folder} not in the index, such as "
                f"{done.others[0]}: dossiers of an earlier run are out of date; delete them"
            ),
            level=log.WARNING,
        )
    if done.failed:
        raise typer.Exit(1)
