"""`assess review`: a person confirms or corrects findings."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess import log
from assess.cli.options import DEFAULT_DB, AsJson, Database, Models, RubricFile, plural
from assess.cli.tables import AsCsv, one_form, print_csv, print_json
from assess.errors import InputError

if TYPE_CHECKING:
    from assess.review.queue import Doubtful
    from assess.score.rubric import Rubric
    from assess.store import Workspace

_COLUMNS = ("document", "name", "criterion", "value", "confidence", "why")

_NOTHING = (
    "assess: nothing to review by this rubric and classifier; `assess score` judges with them, "
    "--again shows what was reviewed"
)


def review(
    reviewer: Annotated[
        str, typer.Option("--reviewer", help="Your name; it stands beside what you say.")
    ] = "",
    criteria: Annotated[
        list[str] | None,
        typer.Option("--criterion", help="Only of this criterion (its id); repeatable."),
    ] = None,
    organisation: Annotated[
        str | None, typer.Option("--organisation", help="Only of this one: name or number.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Also what somebody has reviewed before.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many findings.")] = 100,
    list_only: Annotated[
        bool, typer.Option("--list", help="Print which findings would be shown, and end.")
    ] = False,
    db: Database = DEFAULT_DB,
    rubric: RubricFile = None,
    models: Models = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Confirm or correct findings, the most doubtful first.

    One key each: y it is right, n it is wrong, a digit that this quote is no evidence, s to skip,
    b to go back, q to end. What you say is kept at once with your name, the time and your reason,
    goes before what was found, is shown as yours in reports, stays when documents are scored
    again, and is learned from by `assess train --with-reviews`. From a pipe each character is a
    key.
    """
    from assess.batch import catch_up_reviews
    from assess.compare.named import find_organisation
    from assess.review.queue import Choice, doubtful
    from assess.score.homepage import homepage_criterion
    from assess.score.model import model_key
    from assess.score.rubric import load_rubric
    from assess.store import open_workspace

    one_form(as_json=as_json, as_csv=as_csv)
    telling = list_only or as_json or as_csv
    _check_name(reviewer.strip(), needed=not telling)
    loaded = load_rubric(rubric)
    if unknown := sorted(set(criteria or ()) - set(loaded.by_id())):
        raise InputError(f"no criterion {', '.join(unknown)}; 'assess rubric show' lists them")
    with open_workspace(db, create=False, write=not telling) as workspace:
        owner = find_organisation(workspace.db, organisation).id if organisation else None
        if not telling:
            catch_up_reviews(workspace, loaded, models)
        choice = Choice(tuple(criteria or ()), owner, again, limit)
        queue = doubtful(
            workspace.db, loaded.key, model_key(models), choice, homepage_criterion(loaded)
        )
        if telling:
            _tell(queue, as_json=as_json, as_csv=as_csv)
        elif queue:
            _sit(workspace, loaded, models, reviewer.strip(), queue)
        else:
            typer.echo(_NOTHING)


def _check_name(name: str, *, needed: bool) -> None:
    """Before the first key, not after it."""
    from assess.score.review_checks import MAX_REVIEWER, is_name

    if needed and not name:
        raise InputError("a review carries its author's name; give yours with --reviewer")
    if name and not is_name(name):
        raise InputError(f"--reviewer must be one line of at most {MAX_REVIEWER} characters")


def _tell(queue: list[Doubtful], *, as_json: bool, as_csv: bool) -> None:
    from assess.report.words import shown

    if not queue:
        log.tell(_NOTHING, plain=True)
    if as_json:
        print_json([asdict(one) for one in queue])
    elif as_csv:
        print_csv(_COLUMNS, map(asdict, queue))
    else:
        for one in queue:
            typer.echo(
                shown(f"{one.confidence:.2f}  {one.name}  {one.criterion} {one.value}: {one.why}")
            )


def _sit(
    workspace: Workspace,
    rubric: Rubric,
    models: Path | None,
    reviewer: str,
    queue: list[Doubtful],
) -> None:
    from rich.console import Console

    from assess.review.session import Session
    from assess.score.model import load_model

    load_model(models)  # now, not at the first key

    session = Session(workspace, rubric, models, reviewer, Console(highlight=False))
    session.go(queue)
    typer.echo(
        f"\n{plural(session.kept, 'review')} kept of {plural(session.seen, 'finding')} seen; "
        "reports show them once they are made anew"
    )
